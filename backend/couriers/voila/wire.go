package voila

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// What Voila answers, as far as it is read.

// label is create-label's answer.
type label struct {
	refusal
	TrackingCodes []string  `json:"tracking_codes"`
	TrackingURLs  []string  `json:"tracking_urls"`
	URI           string    `json:"uri"`
	Key           string    `json:"key"`
	Base64        string    `json:"label_base64"`
	Size          string    `json:"label_size"`
	LabelNumber   text      `json:"create_label_shipment_id"`
	Number        text      `json:"shipment_id"`
	RequestID     text      `json:"request_id"`
	Duplicate     bool      `json:"duplicate"`
	Return        *link     `json:"return"`
	Invoice       *paper    `json:"commercial_invoice"`
	Warnings      []warning `json:"warnings"`
}

type link struct {
	Key string `json:"key"`
	URI string `json:"uri"`
}

// paper is a link by another name.
type paper struct {
	Key string `json:"key"`
	URL string `json:"url"`
}

type warning struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// text is what comes as a text or as a number, "" for null.
type text string

// UnmarshalJSON reads either.
func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		if s = string(raw); s == "null" {
			s = ""
		}
	}
	*t = text(s)
	return nil
}

// refusal is Voila's error object, which also comes with a status of success.
type refusal struct {
	Success *bool           `json:"success"`
	State   string          `json:"state"` // "unknown": Voila can't tell either
	Message string          `json:"message"`
	Errors  json.RawMessage `json:"errors"` // sentences by field; what else it may be is passed over
}

// failed reports whether it says that nothing was done.
func (r refusal) failed() bool { return r.Success != nil && !*r.Success && r.State != "unknown" }

// told gives the words of a refusal, and those that are about fields of the order. Voila's fields are the order's own.
func (r refusal) told() (words string, fields []errs.Field) {
	var by map[string]json.RawMessage
	_ = json.Unmarshal(r.Errors, &by) // another shape has no fields
	var texts []string
	for path, raw := range by {
		for _, sentence := range sentences(raw) {
			fields = append(fields, errs.Field{Path: path, Message: sentence})
			texts = append(texts, path+": "+sentence)
		}
	}
	slices.SortFunc(fields, func(a, b errs.Field) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
	slices.Sort(texts)
	return cmp.Or(strings.TrimSpace(r.Message), strings.Join(texts, " ")), fields
}

// sentences reads one sentence or a list of them.
func sentences(raw json.RawMessage) []string {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}

// refusalOf reads an answer that is no success: the error object, or of missing credentials a bare list of sentences.
func refusalOf(a *httpx.Answer) (r refusal) {
	if bytes.HasPrefix(bytes.TrimSpace(a.Body), []byte("[")) {
		r.Message = strings.Join(sentences(a.Body), " ")
		return r
	}
	if json.Unmarshal(a.Body, &r) != nil {
		return refusal{}
	}
	return r
}

// told gives the words and fields of an answer that is no success.
func told(a *httpx.Answer) (words string, fields []errs.Field) { return refusalOf(a).told() }

// handle names a purchase to Voila: the courier it is with, its number there and the key of its label's file. Number and
// file may be missing.
type handle struct{ courier, number, file string }

func (h handle) String() string { return strings.TrimRight(h.courier+"/"+h.number+"/"+h.file, "/") }

func handleOf(b courier.Reference) handle {
	key, rest, _ := strings.Cut(b.CourierRef, "/")
	number, file, _ := strings.Cut(rest, "/")
	return handle{courier: key, number: number, file: file}
}
