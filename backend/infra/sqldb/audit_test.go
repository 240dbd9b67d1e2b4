package sqldb_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/infra/sqldb"
)

// firstKey is the audit's first key in these tests.
var firstKey = bytes.Repeat([]byte{7}, 32)

// safe is a vault in memory.
type safe struct{ anchor *audit.Anchor }

func (s *safe) AuditKey(context.Context) ([]byte, error) { return bytes.Clone(firstKey), nil }

func (s *safe) Anchor(context.Context) (audit.Anchor, error) {
	if s.anchor == nil {
		return audit.Anchor{}, errs.New(errs.NotFound, "no anchor")
	}
	return *s.anchor, nil
}

func (s *safe) MoveAnchor(_ context.Context, move func(*audit.Anchor) (*audit.Anchor, error)) error {
	moved, err := move(s.anchor)
	if err == nil && moved != nil {
		s.anchor = moved
	}
	return err
}

// audited is a database with an audit of its own.
type audited struct {
	db   *sqldb.DB
	safe *safe
}

func (a audited) service() *audit.Service {
	return &audit.Service{Store: sqldb.As[audit.Repo](a.db), Vault: a.safe, Clock: testOptions.Clock}
}

func (a audited) verify(t testing.TB) audit.Verdict {
	t.Helper()
	v, err := a.service().Verify(manager(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func manager(t testing.TB) context.Context {
	return actor.With(t.Context(), actor.Actor{Door: actor.Terminal, Name: "manager"})
}

// keep starts the audit of a database and adds entries up to count, several in each transaction, on the disk and anchored.
func keep(t testing.TB, db *sqldb.DB, count int) audited {
	t.Helper()
	a := audited{db: db, safe: &safe{}}
	keeper := &audit.Keeper{Store: sqldb.As[audit.Repo](db), Vault: a.safe, Clock: testOptions.Clock, Keys: audit.NewRatchet(bytes.Clone(firstKey))}
	db.UseAuditKeys(keeper.Keys)
	if err := keeper.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := clock.System{}.Now()
	for n := 1; n < count; {
		err := sqldb.As[audit.Repo](db).Write(t.Context(), func(r audit.Repo) error {
			for range min(count-n, 10_000) {
				subject := audit.Subject{Kind: "account", ID: strconv.Itoa(n % 50), Name: "Web shop"}
				if err := audit.Record(manager(t), r, now, "account.update", subject, subject.ID, map[string]int{"n": n}, map[string]int{"n": n + 1}); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := keeper.Advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// tamper is one change past the program: its SQL, and the entries where it has to be found first.
type tamper struct {
	name, sql string
	at        func(first audit.Fault) bool
}

const tamperedRows = 60

// randomTamper makes a change of a random kind at random places.
func randomTamper(r *rand.Rand) tamper {
	k := 1 + r.IntN(tamperedRows)
	other := 1 + (k+r.IntN(tamperedRows-1))%tamperedRows
	low, high := min(k, other), max(k, other)
	at := func(seq int, kinds ...audit.FaultKind) func(audit.Fault) bool {
		return func(f audit.Fault) bool { return f.From == int64(seq) && slices.Contains(kinds, f.Kind) }
	}
	texts := []string{"id", "door", "actor", "sender", "action", "subject_kind", "subject_id", "subject_name", "account_id", "before", "after"}
	switch r.IntN(9) {
	case 0:
		column := texts[r.IntN(len(texts))]
		return tamper{"edit " + column, fmt.Sprintf("UPDATE audit SET %s = %s || 'x' WHERE seq = %d", column, column, k), at(k, audit.Changed)}
	case 1:
		return tamper{"move in time", fmt.Sprintf("UPDATE audit SET at_ms = at_ms - %d WHERE seq = %d", 1+r.IntN(1_000_000), k), at(k, audit.Changed)}
	case 2:
		column := []string{"hash", "mac"}[r.IntN(2)]
		return tamper{"new " + column, fmt.Sprintf("UPDATE audit SET %s = randomblob(32) WHERE seq = %d", column, k), at(k, audit.Changed, audit.Forged)}
	case 3:
		if k == tamperedRows {
			return tamper{"delete the last", fmt.Sprintf("DELETE FROM audit WHERE seq = %d", k), at(k, audit.Cut)}
		}
		return tamper{"delete", fmt.Sprintf("DELETE FROM audit WHERE seq = %d", k), at(k, audit.Missing)}
	case 4:
		return tamper{"cut", fmt.Sprintf("DELETE FROM audit WHERE seq >= %d", k), at(k, audit.Cut)}
	case 5: // as if it had always been there
		return tamper{"insert", fmt.Sprintf(`UPDATE audit SET seq = -seq WHERE seq >= %d; UPDATE audit SET seq = 1 - seq WHERE seq < 0;
			INSERT INTO audit SELECT %d, id, at_ms, door, actor || 'x', sender, action, subject_kind, subject_id, subject_name, account_id, before, after, hash, mac FROM audit WHERE seq = %d`,
			k, k, k+1), at(k, audit.Changed)}
	case 6:
		return tamper{"delete and close the gap", fmt.Sprintf("DELETE FROM audit WHERE seq = %d; UPDATE audit SET seq = seq - 1 WHERE seq > %d", k, k), at(k, audit.Changed, audit.Cut)}
	case 7:
		return tamper{"swap", fmt.Sprintf("UPDATE audit SET seq = 0 WHERE seq = %d; UPDATE audit SET seq = %d WHERE seq = %d; UPDATE audit SET seq = %d WHERE seq = 0",
			low, low, high, high), at(low, audit.Changed)}
	}
	return tamper{"add at the end", fmt.Sprintf(`INSERT INTO audit SELECT %d, id, at_ms, door, actor, sender, action, subject_kind, subject_id, subject_name, account_id, before, after, hash, mac
		FROM audit WHERE seq = %d`, tamperedRows+1, k), at(tamperedRows+1, audit.Changed, audit.Forged)}
}

// Changes made directly in SQLite, its guards dropped: every one is found, and where it is. PACKBENCH_TAMPERS sets how
// many are tried (1,000).
func TestEveryTamperingIsFoundAndLocated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	a := keep(t, openTest(t, path), tamperedRows)
	outside, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer outside.Close()
	outside.SetMaxOpenConns(1)
	run := func(text string) {
		t.Helper()
		if _, err := outside.Exec(text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
	if _, err := outside.Exec("UPDATE audit SET actor = 'x'"); err == nil {
		t.Error("the database lets an entry be changed")
	}
	if _, err := outside.Exec("DELETE FROM audit"); err == nil {
		t.Error("the database lets entries be deleted")
	}
	run(`PRAGMA synchronous = OFF; DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; CREATE TEMP TABLE kept AS SELECT * FROM audit`)
	tries := 1000
	if asked := os.Getenv("PACKBENCH_TAMPERS"); asked != "" {
		if tries, err = strconv.Atoi(asked); err != nil {
			t.Fatal(err)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for range tries {
		if v := a.verify(t); !v.Whole {
			t.Fatalf("untouched, and yet %+v", v)
		}
		change := randomTamper(random)
		seen[change.name]++
		run(change.sql)
		if v := a.verify(t); v.Whole || !change.at(v.Faults[0]) {
			t.Fatalf("%s (%s) gave %+v", change.name, change.sql, v)
		}
		run("DELETE FROM audit; INSERT INTO audit SELECT * FROM kept")
	}
	t.Logf("%d changes found: %v", tries, seen)
}

// Writes of many callers share commits, and several of them add to the audit: the chain has no gap and no fork.
func TestAuditOfManyWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	a := keep(t, openTest(t, path), 1)
	beside := openTest(t, path) // another process
	beside.UseAuditKeys(audit.NewRatchet(bytes.Clone(firstKey)))
	ctx, failed := manager(t), errs.New(errs.Conflict, "taken")
	done := make(chan error)
	for n := range 40 {
		db := []*sqldb.DB{a.db, beside}[n%2]
		go func() {
			var last error
			for i := range 40 {
				err := sqldb.As[audit.Repo](db).Write(ctx, func(r audit.Repo) error {
					for range 2 {
						if err := audit.Record(ctx, r, testOptions.Clock.Now(), "a.b", audit.Subject{}, "", nil, nil); err != nil {
							return err
						}
					}
					if i%4 == 0 {
						return failed // takes its entries back, and nobody else's
					}
					return nil
				})
				if (err != nil) != (i%4 == 0) {
					last = fmt.Errorf("write %d: %w", i, err)
				}
			}
			done <- last
		}()
	}
	for range 40 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if v := a.verify(t); !v.Whole || v.Checked != 1+40*30*2 {
		t.Errorf("%+v", v)
	}
}

func TestNothingIsAuditedWithoutKeys(t *testing.T) {
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "packbench.db"), testOptions)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = sqldb.As[audit.Repo](db).Write(t.Context(), func(r audit.Repo) error { return r.AppendAudit(audit.Entry{}) })
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "key") {
		t.Errorf("got %v", err)
	}
}

// BenchmarkVerifyAudit reads PACKBENCH_AUDIT_ROWS entries (100,000). The goal is a million in 30 s.
func BenchmarkVerifyAudit(b *testing.B) {
	count := 100_000
	if asked := os.Getenv("PACKBENCH_AUDIT_ROWS"); asked != "" {
		var err error
		if count, err = strconv.Atoi(asked); err != nil {
			b.Fatal(err)
		}
	}
	a := keep(b, openTest(b, filepath.Join(b.TempDir(), "packbench.db")), count)
	for b.Loop() {
		if v := a.verify(b); !v.Whole || v.Checked != int64(count) {
			b.Fatalf("%+v", v)
		}
	}
	b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkAppendAudit is what an entry adds to a transaction.
func BenchmarkAppendAudit(b *testing.B) {
	a := keep(b, openTest(b, filepath.Join(b.TempDir(), "packbench.db")), 2000)
	ctx := manager(b)
	b.ResetTimer()
	err := sqldb.As[audit.Repo](a.db).Write(ctx, func(r audit.Repo) error {
		for range b.N {
			if err := audit.Record(ctx, r, testOptions.Clock.Now(), "account.update", audit.Subject{Kind: "account", ID: "1", Name: "Web shop"}, "1", nil, map[string]int{"n": 1}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
