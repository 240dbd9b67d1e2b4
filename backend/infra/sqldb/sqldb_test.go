package sqldb_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/audit"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/sqldb/storetest"
)

var testOptions = sqldb.Options{Clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) (store.Store[storetest.Repo], func(context.Context) error) {
		db := openTest(t, filepath.Join(t.TempDir(), "packbench.db"))
		return sqldb.As[storetest.Repo](db), db.Settle
	})
}

// openTest opens a database that the test closes by itself.
func openTest(t testing.TB, path string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), path, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	db.UseAuditKeys(audit.NewRatchet(make([]byte, 32)))
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}
