package desktop

import (
	"context"

	"packbench/backend/core/shipment"
)

// LookedUp is what came of asking a courier about a purchase: Told is a sentence while it stays unknown, "" once it is settled.
type LookedUp struct {
	Shipment Shipment `json:"shipment"`
	Told     string   `json:"told"`
}

// Unknown gives the purchases whose outcome is not known, the oldest first.
func (s *Shipments) Unknown() ([]shipment.Question, error) {
	return ask(s.door, "Shipments.Unknown", func(ctx context.Context, on *Services) ([]shipment.Question, error) {
		return on.Shipments.Unknown(ctx)
	})
}

// LookUp asks the courier of one such purchase now.
func (s *Shipments) LookUp(id string) (LookedUp, error) {
	return ask(s.door, "Shipments.LookUp", func(ctx context.Context, on *Services) (LookedUp, error) {
		sh, told, err := on.Shipments.LookUp(ctx, shipment.Handle{ID: shipment.ID(id)})
		return LookedUp{Shipment: seen(on, sh), Told: told}, err
	})
}

// SettleBought closes one that a person found to have been bought, with its tracking numbers.
func (s *Shipments) SettleBought(id string, codes []string) (Shipment, error) {
	return ask(s.door, "Shipments.SettleBought", func(ctx context.Context, on *Services) (Shipment, error) {
		sh, err := on.Shipments.SettleBought(ctx, shipment.Handle{ID: shipment.ID(id)}, codes)
		return seen(on, sh), err
	})
}

// SettleNotBought closes one that a person found not to have been bought.
func (s *Shipments) SettleNotBought(id string) (Shipment, error) {
	return ask(s.door, "Shipments.SettleNotBought", func(ctx context.Context, on *Services) (Shipment, error) {
		sh, err := on.Shipments.SettleNotBought(ctx, shipment.Handle{ID: shipment.ID(id)})
		return seen(on, sh), err
	})
}
