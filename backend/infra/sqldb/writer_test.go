package sqldb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

func TestAnotherProgramKeepsItLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	other := openPool(path, guarantees, writing, 1)
	defer func() { _ = other.Close() }()
	lock, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.conn.ExecContext(background, "PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	if err := addGroup(db, "a"); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("write while locked = %v, want unavailable", err)
	}
	if _, err := db.writer.conn.ExecContext(background, "PRAGMA busy_timeout = 10000"); err != nil {
		t.Fatal(err)
	}
	waiting := make(chan error)
	go func() { waiting <- addGroup(db, "b") }()
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; err != nil {
		t.Fatalf("write after the lock = %v", err)
	}
	if got := groupNames(t, db); got != "b" {
		t.Fatalf("groups: %q", got)
	}
}

// idleWriter gives a writer that does nothing but what the test calls, and its database.
func idleWriter(t *testing.T) (*writer, *DB) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	pool := openPool(path, guarantees, writing, 1)
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(conn.Close(), pool.Close()); err != nil {
			t.Error(err)
		}
	})
	w, err := newWriter(conn)
	if err != nil {
		t.Fatal(err)
	}
	return w, db
}

// A commit that fails fails everybody in its group, and the next one works.
func TestAFailedCommitFailsItsGroup(t *testing.T) {
	w, db := idleWriter(t)
	refuse := func(code int) {
		t.Helper()
		if err := w.conn.Raw(func(c any) error { c.(*sqlite3.SQLiteConn).RegisterCommitHook(func() int { return code }); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	make := func(name string, own error) *job {
		return &job{ctx: background, done: make(chan struct{}), fn: func(tx *Tx) error {
			return errors.Join(tx.CreateGroup(account.Group{ID: account.GroupID(name), Name: name, NameKey: name, Version: 1}), own)
		}}
	}
	own := errors.New("its own")
	refuse(1)
	group := []*job{make("a", nil), make("b", own), make("c", nil)}
	w.commit(group)
	if group[0].err == nil || !errors.Is(group[1].err, own) || group[2].err == nil {
		t.Fatalf("errors: %v, %v, %v", group[0].err, group[1].err, group[2].err)
	}
	if got := groupNames(t, db); got != "" {
		t.Fatalf("groups after the failed commit: %q", got)
	}
	refuse(0)
	group = []*job{make("a", nil), make("b", own), make("c", nil)}
	w.commit(group)
	if group[0].err != nil || !errors.Is(group[1].err, own) || group[2].err != nil {
		t.Fatalf("errors: %v, %v, %v", group[0].err, group[1].err, group[2].err)
	}
	if got := groupNames(t, db); got != "a c" {
		t.Fatalf("groups: %q", got)
	}
}

// A group runs once, and once more with each by itself where one of several fails.
func TestAGroupRunsAgainForTheSakeOfTheOthers(t *testing.T) {
	refused := errors.New("refused")
	for _, c := range []struct {
		name  string
		fails []bool // each job
		runs  []int
		kept  string
	}{
		{"nobody fails", []bool{false, false, false}, []int{1, 1, 1}, "0 1 2"},
		{"the first", []bool{true, false, false}, []int{2, 1, 1}, "1 2"},
		{"the last", []bool{false, false, true}, []int{2, 2, 2}, "0 1"},
		{"all", []bool{true, true}, []int{2, 1}, ""},
		{"alone", []bool{true}, []int{1}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, db := idleWriter(t)
			runs := make([]int, len(c.fails))
			group := make([]*job, len(c.fails))
			for i, fails := range c.fails {
				group[i] = &job{ctx: background, fn: func(tx *Tx) error {
					runs[i]++
					name := strconv.Itoa(i)
					if err := tx.CreateGroup(account.Group{ID: account.GroupID(name), Name: name, NameKey: name, Version: 1}); err != nil {
						return err
					}
					if fails {
						return refused
					}
					return nil
				}}
			}
			w.commit(group)
			for i, j := range group {
				if errors.Is(j.err, refused) != c.fails[i] || !c.fails[i] && j.err != nil {
					t.Errorf("job %d: %v", i, j.err)
				}
			}
			if !slices.Equal(runs, c.runs) {
				t.Errorf("they ran %v times, want %v", runs, c.runs)
			}
			if got := groupNames(t, db); got != c.kept {
				t.Errorf("kept: %q, want %q", got, c.kept)
			}
		})
	}
}

func TestARehearsalLeavesNothing(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "packbench.db"), Options{Clock: testOptions.Clock, Rehearse: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	runs := 0
	err = As[account.Repo](db).Write(t.Context(), func(r account.Repo) error {
		runs++
		return r.CreateGroup(account.Group{ID: "a", Name: "a", NameKey: "a", Version: 1}) // taken, were the first one kept
	})
	if err != nil || runs != 2 {
		t.Fatalf("%d runs, %v", runs, err)
	}
}

func TestWhoeverGaveUpInTheQueueIsNotRun(t *testing.T) {
	w, _ := idleWriter(t)
	gaveUp, cancel := context.WithCancel(t.Context())
	cancel()
	j := &job{ctx: gaveUp, fn: func(tx *Tx) error { t.Error("it was run"); return nil }}
	w.commit([]*job{j})
	if !errs.Is(j.err, errs.Unavailable) {
		t.Fatalf("error = %v, want unavailable", j.err)
	}
}

// What was deleted is in no file any more when the call returns.
func TestDeletedSecretsLeaveTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	canary := strings.Repeat("sealed-canary-", 20)
	accounts := As[account.Repo](db)
	write := func(fn func(account.Repo) error) {
		t.Helper()
		if err := accounts.Write(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	inFiles := func() (count int) {
		for _, name := range []string{path, path + "-wal"} {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			count += strings.Count(string(content), "sealed-canary-")
		}
		return count
	}
	if err := addGroup(db, "g"); err != nil {
		t.Fatal(err)
	}
	write(func(r account.Repo) error {
		_, err := r.CreateAccount(account.Account{ID: "a", GroupID: "g", Name: "a", NameKey: "a", Version: 1})
		return err
	})
	write(func(r account.Repo) error {
		return r.CreateToken(account.Token{ID: "t", AccountID: "a", Name: "t", Lookup: []byte("l"), Sealed: []byte(canary)})
	})
	if inFiles() == 0 {
		t.Fatal("the canary was never written")
	}
	write(func(r account.Repo) error { return r.DeleteToken("t") })
	if n := inFiles(); n != 0 {
		t.Fatalf("%d copies of a deleted secret are left", n)
	}
}

// A shipment that was taken back is not found, and does not stand in the way of the next one with its number.
func TestSearchForgetsWhatWasTakenBack(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	if err := addGroup(db, "g"); err != nil {
		t.Fatal(err)
	}
	type repo interface {
		account.Repo
		shipment.Repo
	}
	shipments := As[repo](db)
	create := func(name string, end error) error {
		return shipments.Write(t.Context(), func(r repo) error {
			if _, err := r.CreateAccount(account.Account{ID: account.ID(name), GroupID: "g", Name: name, NameKey: name, Version: 1}); err != nil {
				return err
			}
			s := shipment.Shipment{Row: shipment.Row{ID: shipment.ID(name), Number: 1, AccountID: account.ID(name), Recipient: name, State: shipment.Booked, Version: 1}}
			return errors.Join(r.CreateShipment(s), end)
		})
	}
	if err := create("takenback", errors.New("taken back")); err == nil {
		t.Fatal("it was kept")
	}
	if err := create("remaining", nil); err != nil {
		t.Fatal(err)
	}
	if err := db.Settle(t.Context()); err != nil { // as it was, so that it has to be found by something else
		t.Fatal(err)
	}
	err := shipments.Write(t.Context(), func(r repo) error {
		s, err := r.Shipment("remaining")
		s.Recipient = "renamed"
		return errors.Join(err, r.UpdateShipment(s))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.conn.ExecContext(background, "INSERT INTO shipment_trigrams (shipment_trigrams, rank) VALUES ('integrity-check', 1)"); err != nil {
		t.Errorf("the index does not fit its text: %v", err)
	}
}
