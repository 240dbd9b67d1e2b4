package shipment

import (
	"cmp"
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

// Quote asks the courier what the order would cost, by the service it names and by the others offered for it: cheapest
// first, and by currency where there are several. It buys and keeps nothing, and an order that was bought already may be
// asked for too. Invalid as for Create; Rejected: the courier names no price, in its words; NotOffered: this courier tells
// none before a purchase; Unavailable: it could not be asked.
func (s *Service) Quote(ctx context.Context, accountID account.ID, o order.Order) ([]courier.Offer, error) {
	if err := actor.Allow(ctx, string(accountID), actor.Ship); err != nil {
		return nil, err
	}
	var acc account.Account
	err := s.Store.Read(ctx, func(r Repo) (err error) { acc, err = usable(r, accountID); return err })
	if err != nil {
		return nil, err
	}
	p := purchase{order: o}
	f, err := s.fit(ctx, s, acc, &p)
	if err != nil {
		return nil, err
	}
	quoter, can := p.adapter.(courier.Quoter)
	if !can {
		return nil, errs.New(errs.NotOffered, "%s tells no prices before a label is bought.", p.adapter.Descriptor().Name)
	}
	offers, err := quoter.Quote(ctx, p.access, s.draft(ctx, acc, f, p.order).Consignment)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(offers, func(a, b courier.Offer) int {
		return cmp.Or(cmp.Compare(a.Price.Currency, b.Price.Currency), cmp.Compare(a.Price.Minor, b.Price.Minor), cmp.Compare(a.Name, b.Name))
	})
	return offers, nil
}
