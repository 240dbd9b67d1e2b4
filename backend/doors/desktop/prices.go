package desktop

import (
	"context"
	"sync"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

// Prices asks couriers what an order would cost that is not bought.
type Prices struct {
	door *Door

	mu   sync.Mutex
	stop context.CancelFunc // of the question under way; nil while there is none
}

// Of gives what the courier would carry an order for: a create-label body as JSON text. A new question ends the one before
// it, which then gives nothing. Errors as of shipment.Service.Quote.
func (p *Prices) Of(accountID, body string) ([]courier.Offer, error) {
	return ask(p.door, "Prices.Of", func(ctx context.Context, on *Services) ([]courier.Offer, error) {
		o, err := order.Parse([]byte(body), "")
		if err != nil {
			return nil, err
		}
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		p.follow(stop)
		offers, err := on.Shipments.Quote(ctx, account.ID(accountID), o)
		if ctx.Err() != nil {
			return nil, nil
		}
		return offers, err
	})
}

// Stop ends the question under way, if there is one.
func (p *Prices) Stop() error {
	_, err := answer(p.door, "Prices.Stop", func(context.Context) (struct{}, error) {
		p.follow(nil)
		return struct{}{}, nil
	})
	return err
}

// follow ends the question under way; the next one ends by stop.
func (p *Prices) follow(stop context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop != nil {
		p.stop()
	}
	p.stop = stop
}
