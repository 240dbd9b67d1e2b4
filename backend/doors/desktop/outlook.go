package desktop

import (
	"context"

	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

// Outlook looks at an order that is being filled in: a create-label body as JSON text. accountID is "" before one is chosen.
func (s *Shipments) Outlook(accountID, body string) (shipment.Outlook, error) {
	return ask(s.door, "Shipments.Outlook", func(ctx context.Context, on *Services) (shipment.Outlook, error) {
		return on.Shipments.Outlook(ctx, account.ID(accountID), []byte(body))
	})
}
