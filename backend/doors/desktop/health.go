package desktop

import (
	"context"

	"packbench/backend/core/account"
	"packbench/backend/core/draft"
	"packbench/backend/core/health"
	"packbench/backend/core/importing"
	"packbench/backend/core/shipment"
)

// Health tells how couriers answer, for every registered auth that was asked. The topic "health" tells when that changes.
func (c *Couriers) Health() ([]health.Report, error) {
	return ask(c.door, "Couriers.Health", func(ctx context.Context, s *Services) ([]health.Report, error) { return s.Health.List(ctx) })
}

// Alternatives offers presets of other couriers that take an order: a create-label body as JSON text.
func (s *Shipments) Alternatives(accountID, body string) ([]shipment.Alternative, error) {
	return ask(s.door, "Shipments.Alternatives", func(ctx context.Context, on *Services) ([]shipment.Alternative, error) {
		return on.Shipments.Alternatives(ctx, account.ID(accountID), []byte(body))
	})
}

// Wait lets drafts wait until their courier answers; they are bought then, in the order they are named in.
func (d *Drafts) Wait(ids []string) (draft.Waits, error) {
	return ask(d.door, "Drafts.Wait", func(ctx context.Context, s *Services) (draft.Waits, error) { return s.Drafts.Wait(ctx, draftIDs(ids)) })
}

// StopWaiting leaves drafts to be bought by hand, and gives how many waited.
func (d *Drafts) StopWaiting(ids []string) (int, error) {
	return ask(d.door, "Drafts.StopWaiting", func(ctx context.Context, s *Services) (int, error) { return s.Drafts.StopWaiting(ctx, draftIDs(ids)) })
}

// Wait keeps what could be bought as drafts that wait until their courier answers; otherwise as Keep.
func (i *Imports) Wait(accountID string, m importing.Mapping) (ImportReport, error) {
	return ask(i.door, "Imports.Wait", func(ctx context.Context, s *Services) (ImportReport, error) {
		return i.make(ctx, s, accountID, m, s.Imports.Wait)
	})
}
