// Package httpx is how every adapter speaks with its courier over HTTPS, so that the rules on which money and secrets
// rest are kept in one place: what buys goes out once, on a connection of its own; what was not proved unsent or
// refused is unclear; nothing is asked but the courier's hosts; no secret stands in an error or in the wire log.
// docs/adding-a-courier.md tells how an adapter is written on it.
package httpx

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/health"
)

// Env is what the program gives every adapter. The zero value of all but Clock is right outside tests.
type Env struct {
	Clock  clock.Clock
	Health *health.Monitor // is told what came of every operation; nil: nobody

	// Stand answers for every host of the courier, in tests: "http://127.0.0.1:PORT", loopback only. The host that was
	// meant stands in the request's Host.
	Stand string
	// Wait passes a time, or ends with ctx. nil: a timer.
	Wait func(ctx context.Context, d time.Duration) error
	// Deadline bounds one call. nil: context.WithTimeout.
	Deadline func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)
}

// Config says what is known of speaking with a courier. Zero times and sizes take their defaults.
type Config struct {
	Courier    *courier.Descriptor // its name is told in sentences, its Secret fields are kept out of the wire log
	Hosts      []string            // may be asked, over https; ".example.com" is every host below example.com
	Limits     []Limit             // the courier's own, for each registered auth
	TestLimits []Limit             // of an auth with Testing; nil: Limits
	AskTime    time.Duration       // of one look-up, 30 s
	OnceTime   time.Duration       // of one purchase, 90 s
	MaxAnswer  int64               // bytes, 10 MiB

	// Told reads what the courier says in an answer that is not OK, and which fields of the order it is about. nil: it says
	// nothing.
	Told func(*Answer) (words string, fields []errs.Field)
}

// Line is the way to one courier; it is safe for use by many goroutines.
type Line struct {
	config Config
	env    Env
	asking *http.Transport
	buying *http.Transport

	mu     sync.Mutex
	gates  map[string]*gate
	tokens map[tokenKey]*token
}

// NewLine makes the line of an adapter.
func NewLine(c Config, env Env) *Line {
	setDefault(&c.AskTime, 30*time.Second)
	setDefault(&c.OnceTime, 90*time.Second)
	setDefault(&c.MaxAnswer, 10<<20)
	if env.Wait == nil {
		env.Wait = wait
	}
	if env.Deadline == nil {
		env.Deadline = context.WithTimeout
	}
	if c.TestLimits == nil {
		c.TestLimits = c.Limits
	}
	l := &Line{config: c, env: env, gates: map[string]*gate{}, tokens: map[tokenKey]*token{}}
	l.asking, l.buying = transport(env), transport(env)
	l.buying.DisableKeepAlives = true // a purchase never goes out on a connection that may be dying
	return l
}

func setDefault[T ~int64](value *T, otherwise T) {
	if *value == 0 {
		*value = otherwise
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// Book runs an adapter's purchase. What fn answers gets the wire log; its error keeps the rule of courier.Adapter
// whatever fn makes of it: once a call of Talk.Once went out that was not refused, every error is Unclear.
func (l *Line) Book(access courier.Access, fn func(*Talk) (courier.Booked, error)) (courier.Booked, error) {
	var b courier.Booked
	t := l.talk(access)
	err := t.run(true, func() (err error) { b, err = fn(t); return err })
	if err != nil {
		return courier.Booked{}, err
	}
	b.Raw = t.wire.json()
	return b, nil
}

// Do runs everything else that an adapter asks its courier for: check, cancel, find, track, manifest. Errors as for Book.
func (l *Line) Do(access courier.Access, fn func(*Talk) error) error {
	t := l.talk(access)
	return t.run(false, func() error { return fn(t) })
}

func (l *Line) talk(access courier.Access) *Talk {
	t := &Talk{line: l, gate: l.gate(access), at: health.LineOf(access)}
	for _, f := range l.config.Courier.Fields {
		if f.Kind == courier.Secret {
			t.Hide(access.Credentials.Get(f.Key))
		}
	}
	return t
}

// run calls fn, cleans and judges its error, and notes what that says of the courier's health. A panic is an error like
// any other.
func (t *Talk) run(buys bool, fn func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = t.end(fmt.Errorf("courier %s: panic: %v", t.line.config.Courier.Key, cause))
		}
		t.note(buys, err)
	}()
	return t.end(fn())
}

// end judges an error: after a call that bought or may have bought, nothing is certain; before it, a mistake of ours is
// as good as a courier out of reach.
func (t *Talk) end(err error) error {
	if err == nil {
		return nil
	}
	told := *errs.As(err)
	switch {
	case t.open > 0 && told.Code == errs.Internal:
		told = errs.Error{Code: errs.Unclear, Message: t.name() + " may have done what it was asked for; its answer was not understood."}
	case t.open > 0 && told.Code != errs.Unclear:
		told = errs.Error{Code: errs.Unclear, Message: t.name() + " may have done what it was asked for. Then: " + told.Message}
	case told.Code == errs.Internal:
		told = errs.Error{Code: errs.Unavailable, Message: t.name() + " could not be asked because of a mistake inside Packbench. Nothing was bought. The log has the details."}
	}
	return &courier.Traced{Err: t.clean(told, err), Wire: t.wire.json()}
}

// clean gives the error without secrets. The cause stays as text, for the log.
func (t *Talk) clean(told errs.Error, cause error) error {
	told.Message = t.hide(told.Message)
	told.Fields = slices.Clone(told.Fields)
	for i := range told.Fields {
		told.Fields[i].Message = t.hide(told.Fields[i].Message)
	}
	told.Err = errors.New(t.hide(causes(cause)))
	return &told
}

// causes gives the sentences of an error and of what it wraps.
func causes(err error) string {
	var list []string
	for ; err != nil; err = errors.Unwrap(err) {
		if s := err.Error(); len(list) == 0 || !strings.Contains(list[len(list)-1], s) {
			list = append(list, s)
		}
	}
	return strings.Join(list, ": ")
}
