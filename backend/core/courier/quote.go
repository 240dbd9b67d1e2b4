package courier

import (
	"context"

	"packbench/backend/base/money"
)

// Quoter is an adapter whose courier tells prices before anything is bought (Capabilities.Price).
type Quoter interface {
	// Quote asks what carrying the consignment costs, by the service it names and by every other that the courier offers
	// for it; it buys nothing. An empty list: the courier has no service for it. Rejected says in the courier's words why
	// it names no price, with the fields of the order that are wrong; Unavailable: it could not be asked.
	Quote(ctx context.Context, access Access, c Consignment) ([]Offer, error)
}

// Offer is what a courier asks for carrying a consignment by one of its services.
type Offer struct {
	// Service and Options are what an order names to be carried so: a code of the descriptor's Services and, where that
	// alone does not choose it, the options of the descriptor that do.
	Service string            `json:"service"`
	Options map[string]string `json:"options,omitempty"`

	Code   string       `json:"code"`   // of the service as the courier calls it; Service where both are one
	Name   string       `json:"name"`   // for people
	Price  money.Amount `json:"price"`  // of all parcels together, with everything the courier says that it adds
	Charge Charges      `json:"charge"` // parts of Price, as far as they are told

	TransitDays int   `json:"transit_days,omitempty"` // until delivery, as the courier counts; 0: not told
	DeliveryMs  int64 `json:"delivery_ms,omitempty"`  // Unix ms UTC; 0: not told

	Chosen bool `json:"chosen"` // the consignment as it is would be bought by this one
}

// Charges are parts of a price, zero where they are not told.
type Charges struct {
	Base       money.Amount `json:"base"`
	Fuel       money.Amount `json:"fuel"`
	Surcharges money.Amount `json:"surcharges"` // what is added beside fuel, taxes too
}
