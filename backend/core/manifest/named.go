package manifest

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// Named is a shipment that a caller of the courier API names, and the path of the field it stands in.
type Named struct {
	shipment.Handle
	Path string
}

// CloseFor closes the day for an account's auth: the one that the shipments were bought with, where any are named, else the
// one that the query finds. again is true where the same shipments were closed before: their manifest is given once more.
// Errors are as with Close; NotFound: the courier. Invalid: a named shipment does not exist or was bought with another auth
// than the others, or the query fits several.
func (s *Service) CloseFor(ctx context.Context, q auth.Query, named []Named) (m Manifest, again bool, err error) {
	if err := actor.Allow(ctx, string(q.AccountID), actor.Ship); err != nil {
		return m, false, err
	}
	adapter, err := s.Auths.Carrier(ctx, q.AccountID, q.Courier)
	if err != nil {
		return m, false, err
	}
	asked := q.Courier
	q.Courier = adapter.Descriptor().Key
	q.Forwards = q.Courier != asked
	list, err := s.namedOf(ctx, &q, asked, named)
	if err != nil {
		return m, false, err
	}
	a, access, err := s.Auths.Resolve(ctx, q)
	if err != nil {
		return m, false, err
	}
	if q.Forwards && len(list) == 0 { // of an upstream's auth only what is the courier's that was asked for
		if list, err = s.openOf(ctx, a, asked); err != nil {
			return m, false, err
		}
	}
	if m, again, err = s.closedBefore(ctx, list); again || err != nil {
		return m, again, err
	}
	m, err = s.close(ctx, a, access, numbersOf(list))
	return m, false, err
}

// namedOf finds named shipments, each once, and lets the query ask for the auth they were bought with.
func (s *Service) namedOf(ctx context.Context, q *auth.Query, asked courier.Key, named []Named) (list []shipment.Row, err error) {
	var wrong errs.Fields
	seen := map[int64]bool{}
	err = s.Store.Read(ctx, func(r Repo) error {
		for _, n := range named {
			n.Courier = asked
			sh, err := r.FindShipment(q.AccountID, n.Handle)
			if errs.Is(err, errs.NotFound) {
				wrong.Add(n.Path, "There is no such shipment of %s on this API account.", asked)
				continue
			}
			if err != nil {
				return err
			}
			company, testing, err := soldBy(r, sh)
			if err != nil {
				return err
			}
			if len(list) == 0 && q.Testing == nil {
				q.Testing = &testing
			}
			if len(list) == 0 && q.Company == "" {
				q.Company = company
			}
			if *q.Testing != testing || !q.Forwards && account.NameKey(q.Company) != account.NameKey(company) {
				wrong.Add(n.Path, "Shipment %d was bought with the %s auth “%s”. A manifest is of one auth: send one request for each.", sh.Number, mode(testing), company)
			}
			if !seen[sh.Number] {
				seen[sh.Number] = true
				list = append(list, sh.Row)
			}
		}
		return nil
	})
	if err == nil {
		err = wrong.Err()
	}
	return list, err
}

// soldBy gives company and mode of the auth that a shipment was bought with, as they are today.
func soldBy(r Repo, sh shipment.Shipment) (company string, testing bool, err error) {
	a, err := r.Auth(sh.AuthID)
	if errs.Is(err, errs.NotFound) {
		return sh.Company, sh.Testing, nil
	}
	return a.Company, a.Testing, err
}

func mode(testing bool) string {
	if testing {
		return "test"
	}
	return "live"
}

// openOf gives what is open of a courier that an upstream carries.
func (s *Service) openOf(ctx context.Context, a auth.Auth, key courier.Key) (list []shipment.Row, err error) {
	err = s.Store.Read(ctx, func(r Repo) error {
		open, err := r.OpenWith(a, s.since())
		for _, p := range open {
			if p.Courier == key {
				list = append(list, shipment.Row{Number: p.Number})
			}
		}
		return err
	})
	if err == nil && len(list) == 0 {
		err = nothing()
	}
	return list, err
}

// closedBefore gives the closed manifest that is made of just these shipments.
func (s *Service) closedBefore(ctx context.Context, list []shipment.Row) (m Manifest, found bool, err error) {
	if len(list) == 0 {
		return m, false, nil
	}
	err = s.Store.Read(ctx, func(r Repo) error {
		for i, row := range list {
			of, err := r.ManifestOf(row.ID)
			if errs.Is(err, errs.NotFound) || err == nil && i > 0 && of.ID != m.ID {
				m = Manifest{}
				return nil
			}
			if err != nil {
				return err
			}
			m = of
		}
		return nil
	})
	return m, err == nil && m.State == Closed && m.Shipments == len(list), err
}

func numbersOf(list []shipment.Row) []int64 {
	numbers := make([]int64, len(list))
	for i, row := range list {
		numbers[i] = row.Number
	}
	return numbers
}
