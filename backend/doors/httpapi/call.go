package httpapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/numbering"
	"packbench/backend/core/requestlog"
)

// call is one request on its way through a route.
type call struct {
	*http.Request
	number    int64             // its number in the request log
	caller    account.Presented // zero on open routes
	who       account.Principal // zero on open routes
	body      []byte
	isJSON    bool   // the body is known to be JSON and nothing else
	requestID string // the caller's own id, as text, for the log
	started   time.Time
	buffer    *bytes.Buffer // for the answer
	logged    bool          // its entry was committed with what it did
}

// account is the API account that is acting.
func (c *call) account() account.ID { return c.who.Account.ID }

// base is the address the caller reached this machine by, for links back; the guard has checked Host.
func (c *call) base() string { return "http://" + c.Host }

// route is one thing the API does. handle gives what is answered as JSON, or a file.
type route struct {
	method, path string
	open         bool  // needs no token: the link is signed
	body         int64 // most bytes of a body; 0 for maxBody, unread for none
	handle       func(context.Context, *call) (any, error)
}

// The longest bodies, and what most keep to.
const (
	maxBody = 1 << 20
	maxBulk = 10 << 20
	unread  = -1

	usualBody = 16 << 10 // few orders are longer
)

// serve numbers a request, runs it, writes its log entry and answers, in this order: what has been answered is in the log.
func (a *api) serve(w http.ResponseWriter, r *http.Request, rt route) {
	// A caller that hangs up does not stop a purchase half-way, nor its entry in the log.
	ctx := context.WithoutCancel(r.Context())
	c := &call{Request: r, started: a.Clock.Now(), buffer: buffers.Get().(*bytes.Buffer)}
	defer keep(c.buffer)

	number, err := a.Numbers.Next(ctx, numbering.SiteSeries(numbering.Requests))
	if err != nil {
		a.Log.Error("a request could not be numbered", "error", err, "cause", errors.Unwrap(err))
		a.send(w, a.encodeError(errs.New(errs.Unavailable, "Packbench can't keep its request log just now, so it does nothing."), c.buffer))
		return
	}
	c.number = number
	w.Header().Set("X-Dc-Request-Id", strconv.FormatInt(number, 10))

	ready, err := a.run(ctx, w, c, rt)
	if err != nil {
		a.report(c, err)
		ready = a.encodeError(err, c.buffer)
	}
	if !c.logged && a.hasLine(c) {
		a.append(ctx, c, ready)
	}
	a.send(w, ready)
}

// append writes the log entry of a call by itself.
func (a *api) append(ctx context.Context, c *call, ready reply) {
	if err := a.Requests.Append(ctx, a.entry(c, ready)); err != nil {
		// The caller still learns what was done: a label that was bought must not look as if it had not been.
		a.Log.Error("the request log took no entry", "number", c.number, "error", err, "cause", errors.Unwrap(err))
	}
}

// run authenticates, reads the body, handles, and writes the answer into the buffer. A panic becomes an Internal error.
func (a *api) run(ctx context.Context, w http.ResponseWriter, c *call, rt route) (ready reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			// Only the type: the value may hold what the caller sent.
			a.Log.Error("a request panicked", "number", c.number, "route", c.Pattern, "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			ready, err = reply{}, errs.New(errs.Internal, "Something went wrong inside Packbench. The log has the details under request %d.", c.number)
		}
	}()
	if !rt.open {
		if err := a.authenticate(ctx, c); err != nil {
			return reply{}, err
		}
		ctx = actor.With(ctx, c.who.Actor)
	}
	if err := readBody(w, c, rt); err != nil {
		return reply{}, err
	}
	result, err := rt.handle(ctx, c)
	if err != nil {
		return reply{}, err
	}
	return encode(result, c.buffer)
}

func (a *api) authenticate(ctx context.Context, c *call) error {
	caller, err := presented(c.Header)
	if err != nil {
		return err
	}
	caller.From = requestlog.RedactText(program(c.Request), caller.Secret.Expose())
	c.caller = caller
	c.who, err = a.Accounts.Authenticate(ctx, caller)
	if errs.Is(err, errs.Unauthorized) {
		if slow := a.slowdown.wait(c.Context(), caller.APIUser); slow != nil {
			return slow
		}
	}
	return err
}

// program is what the calling program says it is.
func program(r *http.Request) string {
	const longest = 200
	agent := headerText(r.UserAgent())
	return strings.ToValidUTF8(agent[:min(len(agent), longest)], "")
}

func readBody(w http.ResponseWriter, c *call, rt route) error {
	if c.Method == http.MethodGet || c.Method == http.MethodHead || rt.body == unread {
		return nil
	}
	limit := rt.body
	if limit == 0 {
		limit = maxBody
	}
	tooLarge := errs.New(errs.TooLarge, "The body is too large: at most %d MiB are taken.", limit>>20)
	if c.ContentLength > limit {
		return tooLarge
	}
	if c.ContentLength == 0 && c.Header.Get("Content-Type") == "" {
		return nil
	}
	if !isJSON(c.Header.Get("Content-Type")) {
		return &problem{
			told:   errs.New(errs.Malformed, "The body must be JSON: send Content-Type: application/json."),
			status: http.StatusUnsupportedMediaType,
		}
	}
	// At once as large as it says it is, with the room to see its end; but memory is not had for the asking.
	in := bytes.NewBuffer(make([]byte, 0, min(max(c.ContentLength, 0), usualBody)+bytes.MinRead))
	_, err := in.ReadFrom(http.MaxBytesReader(w, c.Body, limit))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return tooLarge
	case err != nil:
		return errs.Wrap(err, errs.Malformed, "The body ended early.")
	}
	c.body = in.Bytes()
	return nil
}

func isJSON(contentType string) bool {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	charset := params["charset"]
	return (media == "application/json" || strings.HasPrefix(media, "application/") && strings.HasSuffix(media, "+json")) &&
		(charset == "" || strings.EqualFold(charset, "utf-8"))
}

// entry is what the request log keeps of the call and its answer. Its time taken ends here: before its own commit.
func (a *api) entry(c *call, out reply) requestlog.Entry {
	const longestID = 255
	hide := c.caller.Secret.Expose()
	id := strings.ToValidUTF8(c.requestID[:min(len(c.requestID), longestID)], "")
	return requestlog.Entry{
		Number: c.number, AtMs: c.started.UnixMilli(), TookUs: a.Clock.Now().Sub(c.started).Microseconds(), AccountID: c.account(), TokenName: c.who.Actor.Name, RequestID: requestlog.RedactText(id, hide),
		Method: c.Method, Path: requestlog.RedactURL(c.URL.Path, c.URL.RawQuery, hide), Status: out.status,
		From:    requestlog.RedactText(program(c.Request), hide),
		Request: c.kept(hide), Response: out.logged(hide),
	}
}

// kept is what the request log keeps of the body.
func (c *call) kept(hide string) string {
	if c.isJSON {
		return requestlog.RedactJSON(c.body, hide)
	}
	return requestlog.Redact(c.body, hide)
}

// report logs what the caller is not told.
func (a *api) report(c *call, err error) {
	if errs.Is(err, errs.Internal) {
		a.Log.Error("a request failed", "number", c.number, "route", c.Pattern, "error", err, "cause", errors.Unwrap(err))
	}
}
