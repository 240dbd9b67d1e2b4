package desktop

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

// Redo cancels a shipment at its courier and buys its order again.
func (s *Shipments) Redo(id string) (CreatedShipment, error) {
	return ask(s.door, "Shipments.Redo", func(ctx context.Context, on *Services) (CreatedShipment, error) {
		made, err := on.Shipments.Redo(ctx, shipment.Handle{ID: shipment.ID(id)})
		return CreatedShipment{Shipment: seen(on, made.Shipment), Duplicate: made.Duplicate}, err
	})
}

// EndRedo leaves a shipment cancelled whose redo has not bought again.
func (s *Shipments) EndRedo(id string) (Shipment, error) {
	return ask(s.door, "Shipments.EndRedo", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.EndRedo(ctx, shipment.Handle{ID: shipment.ID(id)})
		return seen(on, got), err
	})
}

// Duplicate buys a second label for the order of a shipment. confirm is its number as it was typed; click names this one
// wish, so that asking twice buys once.
func (s *Shipments) Duplicate(id string, confirm int64, click string) (CreatedShipment, error) {
	return ask(s.door, "Shipments.Duplicate", func(ctx context.Context, on *Services) (CreatedShipment, error) {
		made, err := on.Shipments.Duplicate(ctx, shipment.Handle{ID: shipment.ID(id)}, confirm, click)
		return CreatedShipment{Shipment: seen(on, made.Shipment), Duplicate: made.Duplicate}, err
	})
}

// Papers is what is kept of a shipment's documents and how they were printed: its jobs newest first, 100 at most.
type Papers struct {
	Documents []document.Document `json:"documents"`
	Jobs      []printing.Job      `json:"jobs"`
}

// Papers gives the kept documents of a shipment with their print jobs.
func (s *Shipments) Papers(id string) (Papers, error) {
	return ask(s.door, "Shipments.Papers", func(ctx context.Context, on *Services) (Papers, error) {
		kept, err := on.Shipments.Kept(ctx, shipment.ID(id))
		if err != nil {
			return Papers{}, err
		}
		jobs, err := on.Printing.Jobs(ctx, printing.Filter{ShipmentID: shipment.ID(id)}, page.Request{Limit: 100})
		return Papers{Documents: kept, Jobs: jobs.Items}, err
	})
}
