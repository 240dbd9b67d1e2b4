package app

import (
	"context"
	"sync"
	"time"
)

const (
	// lookUpEvery is how often it is looked whether an unknown purchase is due to be asked about; core/shipment says which.
	lookUpEvery = time.Minute
	// watchEvery is how often it is looked whether a courier that was away is due to be asked, and whether what waits can be
	// bought; core/health and core/draft say which.
	watchEvery = 5 * time.Second
)

// beginBehind begins what runs until the program closes: asking about unknown purchases, asking couriers that were away
// whether they are back, and buying what waits for them.
func (a *App) beginBehind() {
	a.every(lookUpEvery, "unknown purchases could not be looked up", func(ctx context.Context) error {
		_, err := a.Shipments.LookUpDue(ctx)
		return err
	})
	a.every(watchEvery, "how couriers answer could not be kept", func(ctx context.Context) error {
		a.Health.AskDue(ctx)
		return a.Health.Keep(ctx)
	})
	a.every(watchEvery, "what waits could not be read", a.Waiting.Go)
	a.begun = append(a.begun, func() { within(patience, a.Waiting.Wait) })
}

// every does a thing again and again until the program closes.
func (a *App) every(pause time.Duration, failed string, do func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	a.begun = append(a.begun, func() {
		cancel()
		within(patience, ended.Wait)
	})
	ended.Go(func() {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if err := do(ctx); err != nil && ctx.Err() == nil {
				a.log.Error(failed, "error", err)
			}
		}
	})
}

// within waits for an end, and no longer than a time: what is being bought then is unknown at the next start.
func within(most time.Duration, wait func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		wait()
	}()
	select {
	case <-ended:
	case <-time.After(most):
	}
}
