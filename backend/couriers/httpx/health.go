package httpx

import (
	"context"
	"errors"
	"net/http"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/health"
)

// heard is what a talk's exchanges say of the courier: the last one how it is, the slowest one how fast.
type heard struct {
	any  bool
	last health.Outcome
	took time.Duration
}

// end takes an exchange down, unless its caller hung up: that says nothing of the courier.
func (h *heard) end(caller context.Context, a *Answer, err error, took time.Duration) {
	if errors.Is(caller.Err(), context.Canceled) {
		return
	}
	var big tooBig
	switch {
	case errors.As(err, &big), err == nil && a.Status == http.StatusTooManyRequests:
		h.last = health.Failed
	case err != nil, a.Status >= http.StatusInternalServerError:
		h.last = health.Absent
	default:
		h.last = health.Answered
	}
	h.any, h.took = true, max(h.took, took)
}

// note tells the monitor how the courier did in this talk. What was never asked says nothing.
func (t *Talk) note(buys bool, err error) {
	if t.line.env.Health == nil || !t.heard.any {
		return
	}
	c := health.Call{Courier: t.line.config.Courier.Key, Buys: buys, Took: t.heard.took}
	if err != nil {
		e := errs.As(err)
		c.Sentence = e.Message
		switch e.Code {
		case errs.Unavailable, errs.Unclear: // where it did answer, that can't be used
			c.Outcome = max(t.heard.last, health.Failed)
		case errs.Internal:
			c.Outcome = t.heard.last
		} // every other is a refusal, which only a courier that works gives
	}
	t.line.env.Health.Note(t.at, c)
}
