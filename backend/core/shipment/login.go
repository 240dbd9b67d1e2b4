package shipment

import (
	"context"
	"errors"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/order"
)

// Login tells by which registered auth Create would buy the order. Invalid: what Create would refuse; Conflict: it was
// bought, or is being bought, already.
func (s *Service) Login(ctx context.Context, accountID account.ID, o order.Order) (auth.ID, error) {
	p, err := s.prepare(ctx, accountID, o)
	var repeat taken
	if errors.As(err, &repeat) {
		return "", errs.New(errs.Conflict, "This order was bought already, or is being bought at this moment.")
	}
	return p.shipment.AuthID, err
}
