package sqldb

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

// However a read ends, its connection sees the newest state the next time.
func TestEveryReadLetsGoOfItsState(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "packbench.db"), Options{Clock: testOptions.Clock, Readers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	want := ""
	for _, end := range []struct {
		name string
		read func(account.Repo, context.CancelFunc) error
	}{
		{"asks-nothing", func(account.Repo, context.CancelFunc) error { return nil }},
		{"reads", func(r account.Repo, _ context.CancelFunc) error { _, err := r.Groups(); return err }},
		{"finds-nothing", func(r account.Repo, _ context.CancelFunc) error { _, err := r.Group("none"); return err }},
		{"remembers", func(r account.Repo, _ context.CancelFunc) error { _, err := r.Bearer([]byte("none")); return err }},
		{"fails", func(account.Repo, context.CancelFunc) error { return errors.New("failed") }},
		{"writes", func(r account.Repo, _ context.CancelFunc) error { return r.MarkTime(1) }},
		{"panics", func(account.Repo, context.CancelFunc) error { panic("a mistake") }},
		{"is-given-up", func(r account.Repo, cancel context.CancelFunc) error { cancel(); _, err := r.Groups(); return err }},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		_ = As[account.Repo](db).Read(ctx, func(r account.Repo) error {
			if _, err := r.Groups(); err != nil {
				t.Error(err)
			}
			return end.read(r, cancel)
		})
		cancel()
		if err := addGroup(db, end.name); err != nil {
			t.Fatal(err)
		}
		want += end.name + " "
		if got := groupNames(t, db); len(got)+1 != len(want) {
			t.Errorf("behind one that %s: %s", end.name, got)
		}
	}
}

// A read that was given up reads nothing more, not even what is too quick to be watched.
func TestAReadThatWasGivenUpReadsNothingMore(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	ctx, cancel := context.WithCancel(t.Context())
	err := As[shipment.Repo](db).Read(ctx, func(r shipment.Repo) error {
		if _, err := r.Claim("a", "key|1"); !errs.Is(err, errs.NotFound) {
			t.Errorf("before: %v", err)
		}
		cancel()
		_, err := r.Claim("a", "key|1")
		return err
	})
	if !errs.Is(err, errs.Unavailable) || !errors.Is(err, context.Canceled) {
		t.Errorf("after: %v, want unavailable because of the context", err)
	}
}
