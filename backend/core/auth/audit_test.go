package auth_test

import (
	"context"
	"errors"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
)

func TestDeleteWaitsForShipmentsInFlight(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", false)
	w.Auths.Store = inFlight{w.Auths.Store}
	err := w.Auths.Delete(w.ctx, a.ID)
	want(t, err, errs.Conflict, "", "1 shipment(s)")
	_, err = w.Auths.Open(w.ctx, a.ID)
	ok(t, err)
}

// inFlight is a store on which every auth has a shipment in flight.
type inFlight struct{ store.Store[auth.Repo] }

func (s inFlight) Write(ctx context.Context, fn func(auth.Repo) error) error {
	return s.Store.Write(ctx, func(r auth.Repo) error { return fn(flying{r}) })
}

type flying struct{ auth.Repo }

func (flying) ShipmentsInFlightWith(auth.ID) (int, error) { return 1, nil }

// No entry, no change, and nothing is revealed.
func TestNoChangeWithoutItsAuditEntry(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", false)
	s := &auth.Service{Store: unaudited{w.Auths.Store}, Vault: w.Vault, Couriers: w.Auths.Couriers, Clock: w.Clock}
	for name, call := range map[string]func() (string, error){
		"Register": func() (string, error) { _, err := s.Register(w.ctx, w.save("Second", false)); return "", err },
		"Update": func() (string, error) {
			_, err := s.Update(w.ctx, a.ID, a.Version, auth.Save{Fields: map[string]string{"client_id": "shop-9"}})
			return "", err
		},
		"Delete": func() (string, error) { return "", s.Delete(w.ctx, a.ID) },
		"Reveal": func() (string, error) { return s.Reveal(w.ctx, a.ID, "client_secret") },
		"Test":   func() (string, error) { _, err := s.Test(w.ctx, a.ID); return "", err },
	} {
		if value, err := call(); !errors.Is(err, errAudit) || value != "" {
			t.Errorf("%s: %q, %v", name, value, err)
		}
	}
	list, err := w.Auths.List(w.ctx, w.account.ID)
	ok(t, err)
	if len(list) != 1 || list[0].Fields["client_id"] != "shop-1" || list[0].LastTestMs != 0 {
		t.Errorf("something changed: %+v", list)
	}
}

var errAudit = errors.New("the audit can't be written")

// unaudited is a store on which no audit entry can be written.
type unaudited struct{ store.Store[auth.Repo] }

func (s unaudited) Write(ctx context.Context, fn func(auth.Repo) error) error {
	return s.Store.Write(ctx, func(r auth.Repo) error { return fn(noAudit{r}) })
}

type noAudit struct{ auth.Repo }

func (noAudit) AppendAudit(audit.Entry) error { return errAudit }
