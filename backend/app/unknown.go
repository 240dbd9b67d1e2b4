package app

import (
	"context"
	"time"
)

// lookUpEvery is how often it is looked whether an unknown purchase is due to be asked about; core/shipment says which.
const lookUpEvery = time.Minute

// askOn asks couriers about unknown purchases until the program closes.
func (a *App) askOn() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	a.stopAsking = func() {
		cancel()
		<-ended
	}
	go func() {
		defer close(ended)
		tick := time.NewTicker(lookUpEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if _, err := a.Shipments.LookUpDue(ctx); err != nil && ctx.Err() == nil {
				a.log.Error("unknown purchases could not be looked up", "error", err)
			}
		}
	}()
}
