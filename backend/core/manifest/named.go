package manifest

import (
	"context"
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/shipment"
)

// Named is a shipment that a caller of the courier API names, and the path of the field it stands in.
type Named struct {
	shipment.Handle
	Path string
}

// CloseFor closes the day for an account's auth: the one that the shipments were bought with, where any are named, else the
// one that the query finds. Errors are as with Close; Invalid: a named shipment does not exist or was bought with another
// auth than the others, or the query fits several.
func (s *Service) CloseFor(ctx context.Context, q auth.Query, named []Named) (Manifest, error) {
	if err := actor.Allow(ctx, string(q.AccountID), actor.Ship); err != nil {
		return Manifest{}, err
	}
	numbers, err := s.numbersOf(ctx, &q, named)
	if err != nil {
		return Manifest{}, err
	}
	a, access, err := s.Auths.Resolve(ctx, q)
	if err != nil {
		return Manifest{}, err
	}
	return s.close(ctx, a, access, numbers)
}

// numbersOf finds named shipments and lets the query ask for the auth they were bought with.
func (s *Service) numbersOf(ctx context.Context, q *auth.Query, named []Named) ([]int64, error) {
	var numbers []int64
	var wrong errs.Fields
	seen := map[int64]bool{}
	err := s.Store.Read(ctx, func(r Repo) error {
		for i, n := range named {
			n.Courier = q.Courier
			sh, err := r.FindShipment(q.AccountID, n.Handle)
			if errs.Is(err, errs.NotFound) {
				wrong.Add(n.Path, "There is no such shipment of %s on this API account.", q.Courier)
				continue
			}
			if err != nil {
				return err
			}
			company, testing, err := soldBy(r, sh)
			if err != nil {
				return err
			}
			switch {
			case q.Company == "" && q.Testing == nil && i == 0:
				q.Company, q.Testing = company, &testing
			case q.Company != "" && account.NameKey(q.Company) != account.NameKey(company), q.Testing != nil && *q.Testing != testing:
				wrong.Add(n.Path, "Shipment %d was bought with the %s auth “%s”. A manifest is of one auth; send one request for each.", sh.Number, mode(testing), company)
			}
			if !seen[sh.Number] {
				seen[sh.Number] = true
				numbers = append(numbers, sh.Number)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return numbers, wrong.Err()
}

// soldBy gives company and mode of the auth that a shipment was bought with, as they are today.
func soldBy(r Repo, sh shipment.Shipment) (company string, testing bool, err error) {
	a, err := r.Auth(sh.AuthID)
	switch {
	case err == nil:
		return a.Company, a.Testing, nil
	case errs.Is(err, errs.NotFound):
		return sh.Company, sh.Testing, nil
	}
	return "", false, fmt.Errorf("manifest: %w", err)
}

func mode(testing bool) string {
	if testing {
		return "test"
	}
	return "live"
}
