package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/requestlog"
)

const mediaJSON = "application/json; charset=utf-8"

// file is an answer that is not JSON.
type file struct {
	media  string
	bytes  []byte
	header map[string]string
}

// reply is an answer ready to be sent. body is the call's buffer, valid until it is given back.
type reply struct {
	status int
	media  string
	body   []byte
	header map[string]string
}

// logged is what the request log keeps of the answer.
func (r reply) logged(hide string) string {
	if r.media != mediaJSON {
		return fmt.Sprintf("[%d bytes of %s]", len(r.body), r.media)
	}
	return requestlog.RedactJSON(r.body, hide) // encoded here, so it is JSON
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keep gives a buffer back, unless one large answer made it large.
func keep(b *bytes.Buffer) {
	if b.Cap() <= maxBody {
		buffers.Put(b)
	}
}

// encode writes a result into the buffer; one that is a reply already is it.
func encode(result any, buffer *bytes.Buffer) (reply, error) {
	if ready, ok := result.(reply); ok {
		return ready, nil
	}
	buffer.Reset()
	if f, ok := result.(file); ok {
		return reply{status: http.StatusOK, media: f.media, body: f.bytes, header: f.header}, nil
	}
	if err := encodeJSON(result, buffer); err != nil {
		return reply{}, fmt.Errorf("encode the answer: %w", err)
	}
	return reply{status: http.StatusOK, media: mediaJSON, body: buffer.Bytes()}, nil
}

// problem is an error with what its code does not say: another status than the code's, a header, the numbers a purchase
// is kept under.
type problem struct {
	*told
	status         int // 0 for the code's
	header         map[string]string
	requestNumber  int64
	shipmentNumber int64
}

// told is the error itself, under a name that leaves Error to be the method.
type told = errs.Error

// Unwrap gives the error itself, for its code.
func (p *problem) Unwrap() error { return p.told }

var statuses = map[errs.Code]int{
	errs.Invalid: http.StatusUnprocessableEntity, errs.Malformed: http.StatusBadRequest, errs.Unauthorized: http.StatusUnauthorized,
	errs.Forbidden: http.StatusForbidden, errs.NotFound: http.StatusNotFound, errs.Conflict: http.StatusConflict,
	errs.TooLarge: http.StatusRequestEntityTooLarge, errs.RateLimited: http.StatusTooManyRequests,
	errs.Rejected: http.StatusUnprocessableEntity, errs.NotOffered: http.StatusNotImplemented, errs.Unclear: http.StatusBadGateway,
	errs.Unavailable: http.StatusServiceUnavailable, errs.Internal: http.StatusInternalServerError,
}

// errorObject is how every error but 401 is told (voila-api §1).
type errorObject struct {
	Success        bool                `json:"success"`
	State          string              `json:"state,omitempty"`
	Message        string              `json:"message"`
	Errors         map[string][]string `json:"errors"`
	RequestNumber  int64               `json:"dc_request_id,omitempty"`
	ShipmentNumber int64               `json:"create_label_shipment_id,omitempty"`
}

// encodeError writes an error into the buffer.
func (a *api) encodeError(err error, buffer *bytes.Buffer) reply {
	var p *problem
	if !errors.As(err, &p) {
		p = &problem{told: errs.As(err)}
	}
	out := reply{status: p.status, media: mediaJSON, header: map[string]string{}}
	if out.status == 0 {
		out.status = statuses[p.Code]
	}
	maps.Copy(out.header, p.header)
	if p.RetryAfter > 0 {
		out.header["Retry-After"] = strconv.FormatInt(int64((p.RetryAfter+time.Second-1)/time.Second), 10)
	}
	var body any = []string{p.Message}
	if p.Code != errs.Unauthorized {
		body = objectOf(p)
	}
	buffer.Reset()
	if err := encodeJSON(body, buffer); err != nil {
		a.Log.Error("an error could not be told", "error", err) // texts and numbers only, so this is never reached
	}
	out.body = buffer.Bytes()
	return out
}

func objectOf(p *problem) errorObject {
	object := errorObject{
		Message: p.Message, Errors: map[string][]string{}, RequestNumber: p.requestNumber, ShipmentNumber: p.shipmentNumber,
	}
	for _, f := range p.Fields {
		object.Errors[f.Path] = append(object.Errors[f.Path], f.Message)
	}
	if p.Code == errs.Unclear {
		object.State = "unknown"
	}
	return object
}

func encodeJSON(value any, buffer *bytes.Buffer) error {
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func (a *api) send(w http.ResponseWriter, out reply) {
	for name, value := range out.header {
		w.Header().Set(name, value)
	}
	write(w, out.status, out.media, out.body)
}

func write(w http.ResponseWriter, status int, media string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller that hung up is not our error; its answer is in the request log
}
