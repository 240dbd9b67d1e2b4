package desktop

import (
	"context"

	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

// Shipments is buying, finding and cancelling; orders come as the JSON text of create-label's body, so that an error's
// path is the same here, in the courier API and in the terminal.
type Shipments struct{ door *Door }

// ShipmentPage is a page of shipments. Next is "" on the last one.
type ShipmentPage struct {
	Items []shipment.Row `json:"items"`
	Next  string         `json:"next"`
}

// ShipmentCount is how many shipments a filter has; More says that counting stopped there.
type ShipmentCount struct {
	Count int64 `json:"count"`
	More  bool  `json:"more"`
}

// CreatedShipment is what was bought, or the first answer again.
type CreatedShipment struct {
	Shipment  Shipment `json:"shipment"`
	Duplicate bool     `json:"duplicate"`
}

// CancelledShipment is what was cancelled; Already says that it had been before.
type CancelledShipment struct {
	Shipment Shipment `json:"shipment"`
	Already  bool     `json:"already"`
}

// List gives rows in the order of the filter's sort.
func (s *Shipments) List(filter shipment.Filter, p page.Request) (ShipmentPage, error) {
	return ask(s.door, "Shipments.List", func(ctx context.Context, on *Services) (ShipmentPage, error) {
		got, err := on.Shipments.List(ctx, filter, p)
		return ShipmentPage(got), err
	})
}

// Count gives how many rows a filter has, counted up to 1,000.
func (s *Shipments) Count(filter shipment.Filter) (ShipmentCount, error) {
	return ask(s.door, "Shipments.Count", func(ctx context.Context, on *Services) (ShipmentCount, error) {
		count, more, err := on.Shipments.Count(ctx, filter)
		return ShipmentCount{Count: count, More: more}, err
	})
}

// Facets gives what a list can be narrowed to by a field, each with how many rows there would be.
func (s *Shipments) Facets(filter shipment.Filter, field shipment.Field) ([]shipment.Facet, error) {
	return ask(s.door, "Shipments.Facets", func(ctx context.Context, on *Services) ([]shipment.Facet, error) {
		return on.Shipments.Facets(ctx, filter, field)
	})
}

// Get gives one shipment with its parcels, timeline and events, and whether it can be cancelled.
func (s *Shipments) Get(id string) (Shipment, error) {
	return ask(s.door, "Shipments.Get", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.Get(ctx, "", shipment.Handle{ID: shipment.ID(id)})
		return seen(on, got), err
	})
}

// Find gives one shipment by the number people read out.
func (s *Shipments) Find(number int64) (Shipment, error) {
	return ask(s.door, "Shipments.Find", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.Get(ctx, "", shipment.Handle{Number: number})
		return seen(on, got), err
	})
}

// Check says what Create would refuse, without buying anything.
func (s *Shipments) Check(accountID, orderJSON string) error {
	return do(s.door, "Shipments.Check", func(ctx context.Context, on *Services) error {
		o, err := order.Parse([]byte(orderJSON), "")
		if err != nil {
			return err
		}
		return on.Shipments.Check(ctx, account.ID(accountID), o)
	})
}

// Create buys a label.
func (s *Shipments) Create(accountID, orderJSON string) (CreatedShipment, error) {
	return ask(s.door, "Shipments.Create", func(ctx context.Context, on *Services) (CreatedShipment, error) {
		o, err := order.Parse([]byte(orderJSON), "")
		if err != nil {
			return CreatedShipment{}, err
		}
		made, err := on.Shipments.Create(ctx, account.ID(accountID), o, shipment.Origin{})
		return CreatedShipment{Shipment: seen(on, made.Shipment), Duplicate: made.Duplicate}, err
	})
}

// Cancel cancels at the courier.
func (s *Shipments) Cancel(id string) (CancelledShipment, error) {
	return ask(s.door, "Shipments.Cancel", func(ctx context.Context, on *Services) (CancelledShipment, error) {
		got, already, err := on.Shipments.Cancel(ctx, "", shipment.Handle{ID: shipment.ID(id)})
		return CancelledShipment{Shipment: seen(on, got), Already: already}, err
	})
}

// MarkCancelled sets the status only; the courier is not told.
func (s *Shipments) MarkCancelled(id string) (CancelledShipment, error) {
	return ask(s.door, "Shipments.MarkCancelled", func(ctx context.Context, on *Services) (CancelledShipment, error) {
		got, already, err := on.Shipments.MarkCancelled(ctx, "", shipment.Handle{ID: shipment.ID(id)})
		return CancelledShipment{Shipment: seen(on, got), Already: already}, err
	})
}

// MarkPacked notes that the parcel is packed.
func (s *Shipments) MarkPacked(id string) (Shipment, error) {
	return ask(s.door, "Shipments.MarkPacked", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.MarkPacked(ctx, "", shipment.Handle{ID: shipment.ID(id)})
		return seen(on, got), err
	})
}

// Scan adds a tracking event by hand.
func (s *Shipments) Scan(id string, event courier.Event) (Shipment, error) {
	return ask(s.door, "Shipments.Scan", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.Scan(ctx, "", shipment.Handle{ID: shipment.ID(id)}, event)
		return seen(on, got), err
	})
}

// Track asks the courier for news.
func (s *Shipments) Track(id string) (Shipment, error) {
	return ask(s.door, "Shipments.Track", func(ctx context.Context, on *Services) (Shipment, error) {
		got, err := on.Shipments.Track(ctx, "", shipment.Handle{ID: shipment.ID(id)})
		return seen(on, got), err
	})
}
