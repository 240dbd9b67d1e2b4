package sqldb_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/shipment"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/sqldb/storetest"
)

// callers is how many clients of the API are served at the same time in these measures.
const callers = 64

// The floor that the others are held against: one-row commits on one connection, 2 KB a row, three indexes, FULL.
func BenchmarkFloorOneRowCommits(b *testing.B) {
	b.ReportMetric(floor(b, b.N), "commits/s")
}

// floor makes so many one-row commits and gives how many it made in a second.
func floor(b *testing.B, commits int) float64 {
	b.Helper()
	dsn := "file:" + filepath.Join(b.TempDir(), "floor.db") + "?_journal_mode=WAL&_synchronous=FULL&_stmt_cache_size=8"
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, text := range []string{
		"CREATE TABLE rows (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER, body TEXT)",
		"CREATE INDEX rows_a ON rows (a)", "CREATE INDEX rows_b ON rows (b)", "CREATE INDEX rows_c ON rows (c)",
	} {
		if _, err := db.Exec(text); err != nil {
			b.Fatal(err)
		}
	}
	body := strings.Repeat("x", 2000)
	began := time.Now()
	for i := range commits {
		if _, err := db.Exec("INSERT INTO rows (a, b, c, body) VALUES ($1, $2, $3, $4)", fmt.Sprintf("SO-%07d", i), fmt.Sprintf("name %d", i*7919%9973), i, body); err != nil {
			b.Fatal(err)
		}
	}
	return float64(commits) / time.Since(began).Seconds()
}

// What create-label writes for a shipment of Own fleet, 64 callers at a time, each waiting for its commit. x-floor is
// how many it makes for each one-row commit that the same disk makes in the same minute.
func BenchmarkCreateShipment(b *testing.B) {
	before := floor(b, 1_000)
	db, owner := benchDB(b)
	shipments := sqldb.As[shipment.Repo](db)
	var number atomic.Int64
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	parallel(b, func() error {
		n := number.Add(1)
		s := storetest.SampleShipment(n, owner, now.Add(time.Duration(n)*time.Millisecond))
		label, content := storetest.SampleLabel(s)
		return shipments.Write(context.Background(), func(r shipment.Repo) error {
			claim := shipment.Claim{AccountID: owner, Key: "id|OwnFleet|" + s.Reference + "|1", ShipmentID: s.ID, CreatedMs: s.CreatedMs}
			if err := r.CreateClaim(claim); err != nil {
				return err
			}
			if err := r.CreateShipment(s); err != nil {
				return err
			}
			return r.PutDocument(label, content)
		})
	})
	perSecond := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(2*perSecond/(before+floor(b, 1_000)), "x-floor")
}

// One request-log entry of the size of a create-label, 64 callers at a time.
func BenchmarkAppendRequest(b *testing.B) {
	db, owner := benchDB(b)
	requests := sqldb.As[requestlog.Repo](db)
	body := strings.Repeat("x", 1500)
	var number atomic.Int64
	parallel(b, func() error {
		n := number.Add(1)
		return requests.Write(context.Background(), func(r requestlog.Repo) error {
			return r.AppendRequest(requestlog.Entry{Number: n, AtMs: n, AccountID: owner, RequestID: fmt.Sprint(n), Method: "POST",
				Path: "/api/couriers/v1/OwnFleet/create-label", Status: 200, Request: body, Response: body[:700]})
		})
	})
}

func benchDB(b *testing.B) (*sqldb.DB, account.ID) {
	b.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	db, err := sqldb.Open(b.Context(), filepath.Join(b.TempDir(), "packbench.db"), testOptions)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	owner := storetest.SampleAccount("shop", "g", now)
	write(b, sqldb.As[account.Repo](db), func(r account.Repo) error {
		if err := r.CreateGroup(account.Group{ID: "g", Name: "g", NameKey: "g", Version: 1}); err != nil {
			return err
		}
		_, err := r.CreateAccount(owner)
		return err
	})
	return db, owner.ID
}

func write[R any](tb testing.TB, s store.Store[R], fn func(R) error) {
	tb.Helper()
	if err := s.Write(context.Background(), fn); err != nil {
		tb.Fatal(err)
	}
}

// parallel runs work b.N times by 64 callers and reports how many it did in a second.
func parallel(b *testing.B, work func() error) {
	b.SetParallelism(callers / 2)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := work(); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

// What authenticating a request reads.
func BenchmarkReadBearer(b *testing.B) {
	db, owner := benchDB(b)
	accounts := sqldb.As[account.Repo](db)
	write(b, accounts, func(r account.Repo) error {
		return r.CreateToken(account.Token{ID: "t", AccountID: owner, Name: "till", Lookup: []byte("lookup"), Sealed: []byte("sealed")})
	})
	parallel(b, func() error {
		return accounts.Read(context.Background(), func(r account.Repo) error { _, err := r.Bearer([]byte("lookup")); return err })
	})
}

// The first page of a list of 10,000 shipments.
func BenchmarkListShipments(b *testing.B) {
	db, owner := benchDB(b)
	shipments := sqldb.As[shipment.Repo](db)
	write(b, shipments, func(r shipment.Repo) error {
		for n := range int64(10_000) {
			if err := r.CreateShipment(storetest.SampleShipment(n+1, owner, time.UnixMilli(1_772_442_000_000+n))); err != nil {
				return err
			}
		}
		return nil
	})
	parallel(b, func() error {
		return shipments.Read(context.Background(), func(r shipment.Repo) error {
			_, err := r.Shipments(shipment.Filter{}, page.Request{})
			return err
		})
	})
}
