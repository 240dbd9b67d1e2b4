package httpx

import (
	"context"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"

	"golang.org/x/time/rate"
)

// Limit is a bound a courier sets: so many calls in a period.
type Limit struct {
	Calls int
	Per   time.Duration
	Buys  bool // counts calls of Talk.Once only
}

// patience is how long a call waits for its turn before it is told to come again.
const patience = 10 * time.Second

// gate holds one registered auth to its courier's limits.
type gate struct {
	limits []Limit
	mu     sync.Mutex
	rates  []*rate.Limiter
	until  time.Time // told by Retry-After: nothing before
}

func (l *Line) gate(access courier.Access) *gate {
	limits := l.config.Limits
	key := "live " + access.AuthID
	if access.Testing {
		limits, key = l.config.TestLimits, "test "+access.AuthID
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	g := l.gates[key]
	if g == nil {
		g = &gate{limits: limits}
		for _, limit := range limits {
			g.rates = append(g.rates, rate.NewLimiter(rate.Every(limit.Per/time.Duration(limit.Calls)), limit.Calls))
		}
		l.gates[key] = g
	}
	return g
}

// pass waits for the auth's turn. Unavailable with RetryAfter: that would take too long; nothing was sent.
func (t *Talk) pass(ctx context.Context, once bool) error {
	delay := t.gate.turn(t.line.env.Clock.Now(), once)
	if delay > patience {
		return &errs.Error{
			Code: errs.Unavailable, RetryAfter: delay,
			Message: t.name() + " takes no more calls at this moment. Nothing was sent; try again in a moment.",
		}
	}
	if delay <= 0 {
		return nil
	}
	if err := t.line.env.Wait(ctx, delay); err != nil {
		return errs.Wrap(err, errs.Unavailable, "%s was not asked: the wait for its limit on calls was cut short. Nothing was sent.", t.name())
	}
	return nil
}

// turn reserves a call and gives how long to wait for it; beyond patience nothing is reserved.
func (g *gate) turn(now time.Time, once bool) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	delay := g.until.Sub(now)
	var taken []*rate.Reservation
	for i, r := range g.rates {
		if g.limits[i].Buys && !once {
			continue
		}
		place := r.ReserveN(now, 1)
		taken = append(taken, place)
		delay = max(delay, place.DelayFrom(now))
	}
	if delay > patience {
		for _, place := range taken {
			place.CancelAt(now)
		}
	}
	return delay
}

// hold keeps the auth's calls back until the courier takes them again.
func (g *gate) hold(until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.until) {
		g.until = until
	}
}
