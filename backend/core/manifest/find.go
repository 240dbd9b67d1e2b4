package manifest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/shipment"
)

// Left gives what is left open, by account, courier, company and mode: each registered auth that has open shipments,
// purchases that are not settled, or a manifest that is pending. Only at this machine.
func (s *Service) Left(ctx context.Context) ([]Left, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []Left
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = s.left(r); return err })
	return out, err
}

func (s *Service) left(r Repo) ([]Left, error) {
	out, err := r.LeftOpen(s.since())
	if err != nil {
		return nil, err
	}
	of := func(l Left) *Left {
		i := slices.IndexFunc(out, func(o Left) bool { return o.AuthID == l.AuthID })
		if i < 0 {
			i, out = len(out), append(out, l)
		}
		return &out[i]
	}
	flights, err := r.InFlight()
	if err != nil {
		return nil, err
	}
	for _, f := range flights {
		if f.State == shipment.Queued {
			continue
		}
		a, err := r.Auth(f.AuthID)
		if err != nil {
			return nil, err
		}
		owner, err := r.AccountRecord(a.AccountID)
		if err != nil {
			return nil, err
		}
		l := of(Left{
			AuthID: a.ID, AccountID: a.AccountID, AccountName: owner.Name, Courier: a.Courier, Company: a.Company, Testing: a.Testing,
		})
		if f.State == shipment.Unknown {
			l.Unknown = append(l.Unknown, f.Number)
		} else {
			l.Busy++
		}
	}
	pending, err := r.PendingManifests()
	if err != nil {
		return nil, err
	}
	for _, m := range pending {
		m = s.doubtful(m)
		of(Left{ // its auth may be gone
			AuthID: m.AuthID, AccountID: m.AccountID, AccountName: m.AccountName, Courier: m.Courier, Company: m.Company, Testing: m.Testing,
		}).Pending = &m
	}
	for i := range out {
		out[i].Unknown = append([]int64{}, out[i].Unknown...)
		out[i].Asks = s.asks(out[i].Courier)
	}
	slices.SortFunc(out, func(a, b Left) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.AccountName), strings.ToLower(b.AccountName)),
			strings.Compare(string(a.Courier), string(b.Courier)), strings.Compare(a.Company, b.Company), cmp.Compare(a.AuthID, b.AuthID))
	})
	return out, nil
}

// List gives manifests, newest first. Only at this machine.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Manifest], error) {
	var out page.Result[Manifest]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Manifests(f, p); return err })
	for i, m := range out.Items {
		out.Items[i] = s.doubtful(m)
	}
	return out, err
}

// Numbered gives the manifest that people call by a number. Only at this machine. NotFound.
func (s *Service) Numbered(ctx context.Context, number int64) (Manifest, error) {
	return s.one(ctx, func(r Repo) (Manifest, error) { return r.ManifestNumbered(number) })
}

// Of gives the manifest that a shipment is in. Only at this machine. NotFound: it is in none.
func (s *Service) Of(ctx context.Context, id shipment.ID) (Manifest, error) {
	return s.one(ctx, func(r Repo) (Manifest, error) { return r.ManifestOf(id) })
}

func (s *Service) one(ctx context.Context, find func(Repo) (Manifest, error)) (Manifest, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Manifest{}, err
	}
	var m Manifest
	err := s.Store.Read(ctx, func(r Repo) (err error) { m, err = find(r); return err })
	return s.doubtful(m), err
}

// Contents gives up to 500 shipments of a manifest behind a number, by number. Only at this machine.
func (s *Service) Contents(ctx context.Context, id ID, after int64) ([]shipment.Row, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []shipment.Row
	err := s.Store.Read(ctx, func(r Repo) error {
		list, err := r.ManifestShipments(id, after, readTogether)
		for _, sh := range list {
			out = append(out, sh.Row)
		}
		return err
	})
	return out, err
}
