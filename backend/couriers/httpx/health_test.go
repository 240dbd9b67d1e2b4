package httpx

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/health"
)

// What a purchase says of its courier's health: only silence, 5xx, 429 and answers nobody can use speak against it.
func TestWhatIsNotedOfAPurchase(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			w.Write([]byte(body))
		}
	}
	book := func(b *bench, ctx context.Context) error {
		_, err := b.Book(b.access, func(t *Talk) (courier.Booked, error) {
			a, err := t.Once(ctx, Call{Method: "POST", URL: theHost + "/buy"})
			if err != nil {
				return courier.Booked{}, err
			}
			if !a.OK() {
				return courier.Booked{}, a.Refused("no service there " + theSecret)
			}
			var said struct{ Code string }
			if err := a.JSON(&said); err != nil {
				return courier.Booked{}, err
			}
			if said.Code == "" {
				return courier.Booked{}, a.Rejected("no such postcode")
			}
			return courier.Booked{TrackingCodes: []string{said.Code}}, nil
		})
		return err
	}
	hungUp, hangUp := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		ctx   context.Context
		calls int
		want  health.State // after three of them
	}{
		"sold":              {status(200, `{"code":"1"}`), nil, 3, health.Answering},
		"refused":           {status(422, ""), nil, 3, health.Answering},
		"refused inside":    {status(200, `{}`), nil, 3, health.Answering},
		"wrong credentials": {status(401, ""), nil, 3, health.Answering},
		"too many":          {status(429, ""), nil, 3, health.Failing},
		"not to be read":    {status(200, `<p>We are back soon.</p>`), nil, 3, health.Failing},
		"500":               {status(500, ""), nil, 3, health.Away},
		"503":               {status(503, ""), nil, 3, health.Away},
		"dropped":           {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil, 3, health.Away},
		"the caller hangs up": {func(_ http.ResponseWriter, r *http.Request) {
			hangUp()
			<-r.Context().Done()
		}, hungUp, 0, ""},
	} {
		b := newBench(t, Config{}, c.serve)
		monitor := &health.Service{Monitor: &health.Monitor{Clock: b.clock}}
		b.env.Health = monitor.Monitor
		if c.ctx == nil {
			c.ctx = t.Context()
		}
		var err error
		for range 3 {
			err = book(b, c.ctx)
		}
		list, _ := monitor.List(actor.With(t.Context(), actor.Actor{Door: actor.Window}))
		if len(list) == 0 && c.calls == 0 {
			continue
		}
		if len(list) != 1 || list[0].AuthID != "auth-1" || list[0].Courier != "Depot" || list[0].Calls != c.calls || list[0].State != c.want {
			t.Errorf("%s: %+v, want %d calls and %s", name, list, c.calls, c.want)
			continue
		}
		if said := list[0].LastFailure; (said == "") != (c.want == health.Answering) || strings.Contains(said, theSecret) ||
			c.want != health.Answering && said != errs.As(err).Message {
			t.Errorf("%s: it says %q of %v", name, said, err)
		}
	}
}

// What never went out says nothing: an order that is wrong, a limit of ours, a mistake of ours.
func TestNothingIsNotedOfWhatWasNotAsked(t *testing.T) {
	b := newBench(t, Config{}, func(http.ResponseWriter, *http.Request) {})
	monitor := &health.Service{Monitor: &health.Monitor{Clock: b.clock}}
	b.env.Health = monitor.Monitor
	for _, err := range []error{errs.OnField("shipment.ship_to.postcode", "Needed."), errors.New("ours")} {
		_ = b.Do(b.access, func(*Talk) error { return err })
	}
	_ = b.Do(b.access, func(t *Talk) error {
		_, err := t.Ask(context.Background(), Call{URL: "https://elsewhere.example/"})
		return err
	})
	if list, _ := monitor.List(actor.With(t.Context(), actor.Actor{Door: actor.Window})); len(list) != 0 {
		t.Errorf("it noted %+v", list)
	}
}
