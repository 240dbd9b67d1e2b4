package httpx

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/health"
)

// Talk is one operation with a courier: a purchase, a look-up. It is used by one goroutine and remembers what went over
// the wire.
type Talk struct {
	line    *Line
	gate    *gate
	secrets []string
	hiding  *strings.Replacer // made of secrets when it is needed
	used    []tokenKey        // tokens that calls were made with
	wire    wire
	open    int // calls of Once that went out and were not refused
	at      health.Line
	heard   heard
}

// Call is one request. URL is whole and names the courier's own host. At most one of JSON, Form and Body is given.
type Call struct {
	Method string // GET when empty
	URL    string
	Header http.Header // the credentials too
	JSON   any
	Form   url.Values
	Body   []byte
	Type   string // the body's content type; of JSON and Form by itself
	Accept string // "application/json" when empty
}

// Ask sends a call that neither costs nor changes anything, up to three times. An answer of whatever status is no error.
// Unavailable: there was none.
func (t *Talk) Ask(ctx context.Context, c Call) (*Answer, error) {
	const tries = 3
	pause := 500 * time.Millisecond
	for try := 1; ; try++ {
		a, err := t.askOnce(ctx, c)
		if try == tries || ctx.Err() != nil || !passing(a, err) {
			return a, err
		}
		if t.line.env.Wait(ctx, pause) != nil {
			return a, err
		}
		pause *= 2
	}
}

// passing reports whether asking again in a moment may help.
func passing(a *Answer, err error) bool {
	if err != nil {
		return errs.Is(err, errs.Unavailable) && errs.As(err).RetryAfter == 0
	}
	switch a.Status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return a.retryAfter() <= patience
	}
	return false
}

func (t *Talk) askOnce(ctx context.Context, c Call) (*Answer, error) {
	if err := t.pass(ctx, false); err != nil {
		return nil, err
	}
	a, sent, err := t.exchange(ctx, c, false)
	var big tooBig
	switch {
	case err == nil:
		return a, nil
	case errors.As(err, &big):
		return nil, &errs.Error{Code: errs.Unavailable, Message: t.name() + " answered with more than can be taken.", Err: err, RetryAfter: time.Minute}
	case sent:
		return nil, errs.Wrap(err, errs.Unavailable, "%s did not answer: %s.", t.name(), plain(err))
	}
	return nil, errs.Wrap(err, errs.Unavailable, "%s can't be reached: %s.", t.name(), plain(err))
}

// Once sends a call that buys, cancels or closes the day: one time, on a connection of its own. An answer of whatever
// status is no error; Answer.Refused and Answer.Rejected say that it did nothing. Unavailable: it is proven that nothing
// was sent. Unclear: it went out, and no whole answer came back.
func (t *Talk) Once(ctx context.Context, c Call) (*Answer, error) {
	if err := t.pass(ctx, true); err != nil {
		return nil, err
	}
	a, sent, err := t.exchange(ctx, c, true)
	if !sent {
		return nil, errs.Wrap(err, errs.Unavailable, "%s can't be reached: %s. Nothing was sent.", t.name(), plain(err))
	}
	t.open++
	if err != nil {
		return nil, errs.Wrap(err, errs.Unclear, "%s was asked, and no whole answer came back: %s.", t.name(), plain(err))
	}
	return a, nil
}

// AskFor is Ask, and Answer.Read of what is answered. With an error there is no answer.
func (t *Talk) AskFor(ctx context.Context, c Call, into any) (*Answer, error) {
	a, err := t.Ask(ctx, c)
	return read(a, err, into)
}

// OnceFor is Once, and Answer.Read of what is answered. With an error there is no answer: what a refusal means beside being
// one has to be asked of the answer before it is read.
func (t *Talk) OnceFor(ctx context.Context, c Call, into any) (*Answer, error) {
	a, err := t.Once(ctx, c)
	return read(a, err, into)
}

func read(a *Answer, err error, into any) (*Answer, error) {
	if err == nil {
		err = a.Read(into)
	}
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Hide keeps values out of the wire log and of errors, beside the Secret fields of the credentials and tokens, which are
// kept out anyway.
func (t *Talk) Hide(values ...string) {
	for _, v := range values {
		if len(v) >= shortest {
			t.secrets, t.hiding = append(t.secrets, v), nil
		}
	}
}

// Basic gives the header of HTTP's basic authentication, and keeps it out of the wire log.
func (t *Talk) Basic(user, password string) string {
	value := basic(user, password)
	t.Hide(value[len("Basic "):])
	return value
}

func (t *Talk) name() string { return t.line.config.Courier.Name }
