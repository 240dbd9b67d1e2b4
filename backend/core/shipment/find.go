package shipment

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/settings"
)

// Get gives one shipment. accountID "" (at this machine only) looks in all.
func (s *Service) Get(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	if err := allow(ctx, accountID, actor.Track); err != nil {
		return Shipment{}, err
	}
	return s.find(ctx, accountID, h)
}

// List gives rows in the order of the filter's Sort.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Row], error) {
	var out page.Result[Row]
	if err := allow(ctx, f.AccountID, actor.Track); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Shipments(f, p); return err })
	return out, err
}

// Count gives how many rows a filter has, counted up to 1,000 and then "more".
func (s *Service) Count(ctx context.Context, f Filter) (count int64, more bool, err error) {
	if err := allow(ctx, f.AccountID, actor.Track); err != nil {
		return 0, false, err
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) { count, more, err = r.CountShipments(f); return err })
	return count, more, err
}

// Facets gives what a list can be narrowed to by a field, each with how many rows there would be: the filter's own
// condition on that field is left out, the others hold. The most frequent first. Invalid: field.
func (s *Service) Facets(ctx context.Context, f Filter, field Field) ([]Facet, error) {
	if err := allow(ctx, f.AccountID, actor.Track); err != nil {
		return nil, err
	}
	if !slices.Contains(Facetted, field) {
		return nil, errs.OnField("field", "Nothing is counted by %q. Ask for one of: %s.", string(field), joinedFields(Facetted))
	}
	if field == FieldAccount {
		if err := actor.AllowManager(ctx); err != nil {
			return nil, err
		}
	}
	var out []Facet
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.ShipmentFacets(f, field); return err })
	return out, err
}

// allow checks the actor; all accounts' things are for this machine only.
func allow(ctx context.Context, accountID account.ID, scope actor.Scope) error {
	if accountID == "" {
		return actor.AllowManager(ctx)
	}
	return actor.Allow(ctx, string(accountID), scope)
}

func (s *Service) find(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	var sh Shipment
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		sh, err = r.FindShipment(accountID, h)
		return err
	})
	if errs.Is(err, errs.NotFound) {
		return Shipment{}, errs.New(errs.NotFound, "There is no such shipment.")
	}
	return sh, err
}

// liveByReference finds the newest live shipment with the purchase's reference, courier and testing.
func (s *Service) liveByReference(ctx context.Context, p purchase) (ID, bool, error) {
	testing := p.shipment.Testing
	var found page.Result[Row]
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		found, err = r.Shipments(Filter{
			AccountID: p.shipment.AccountID, Courier: p.order.Courier, Reference: p.order.Reference, Testing: &testing,
			States: []State{Queued, Sending, Unknown, Booked, Cancelling},
		}, page.Request{Limit: 1})
		return err
	})
	if err != nil || len(found.Items) == 0 {
		return "", false, err
	}
	return found.Items[0].ID, true, nil
}

// site gives the settings; a site that has set none has the zero settings.
func (s *Service) site(ctx context.Context) (settings.Settings, error) {
	var site settings.Settings
	err := s.Store.Read(ctx, func(r Repo) (err error) { site, err = r.Settings(); return err })
	if errs.Is(err, errs.NotFound) {
		return settings.Settings{}, nil
	}
	return site, err
}
