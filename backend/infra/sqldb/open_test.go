package sqldb

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
)

var testOptions = Options{Clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}

func mustOpen(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func addGroup(db *DB, name string) error {
	return As[account.Repo](db).Write(context.Background(), func(r account.Repo) error {
		return r.CreateGroup(account.Group{ID: account.GroupID(name), Name: name, NameKey: name, Version: 1})
	})
}

func groupNames(t *testing.T, db *DB) string {
	t.Helper()
	var names []string
	err := As[account.Repo](db).Read(t.Context(), func(r account.Repo) error {
		groups, err := r.Groups()
		for _, g := range groups {
			names = append(names, g.Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

// Each guarantee is taken away once: Open must refuse and name it.
func TestOpenRefusesLess(t *testing.T) {
	for parameter, weaker := range map[string]string{
		"_journal_mode": "DELETE", "_synchronous": "NORMAL", "_foreign_keys": "0", "_busy_timeout": "50", "_secure_delete": "0",
	} {
		t.Run(parameter, func(t *testing.T) {
			broken := maps.Clone(guarantees)
			broken[parameter] = weaker
			db, err := open(t.Context(), filepath.Join(t.TempDir(), "packbench.db"), testOptions, broken)
			if err == nil {
				_ = db.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), strings.TrimPrefix(parameter, "_")+"=") {
				t.Fatalf("error %q does not name the guarantee", err)
			}
		})
	}
}

// The same on the other side: a reader that could write is found out, and so is one that has less than the writer.
func TestReadersAreAskedToo(t *testing.T) {
	path := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db")).Path()
	pool := openPool(path, guarantees, writing, 1)
	defer func() { _ = pool.Close() }()
	if err := verify(t.Context(), pool, reading); err == nil || !strings.Contains(err.Error(), "query_only=0") {
		t.Fatalf("verify of a reader that can write = %v", err)
	}
	broken := maps.Clone(guarantees)
	broken["_synchronous"] = "NORMAL"
	pool = openPool(path, broken, reading, 1)
	defer func() { _ = pool.Close() }()
	if err := verify(t.Context(), pool, reading); err == nil || !strings.Contains(err.Error(), "synchronous=1") {
		t.Fatalf("verify of a weak reader = %v", err)
	}
}

func TestFilesAreOursAlone(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	folder := filepath.Join(t.TempDir(), "new", "data")
	path := filepath.Join(folder, "packbench.db")
	check := func() {
		t.Helper()
		for name, want := range map[string]os.FileMode{folder: 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600} {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm(); got != want {
				t.Errorf("%s has mode %o, want %o", name, got, want)
			}
		}
	}
	db := mustOpen(t, path)
	if err := addGroup(db, "a"); err != nil {
		t.Fatal(err)
	}
	check()
	for name, mode := range map[string]os.FileMode{folder: 0o755, path: 0o644, path + "-wal": 0o644, path + "-shm": 0o666} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	mustOpen(t, path) // a second program on the same files repairs them
	check()
}

func TestOpenSaysWhatIsWrongWithTheFolder(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), filepath.Join(blocked, "packbench.db"), testOptions); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("open under a file = %v", err)
	}
	noDatabase := filepath.Join(t.TempDir(), "packbench.db")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("this is no database", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), noDatabase, testOptions); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("open of something else = %v", err)
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"with space", "per%20cent", "quest?ion", "ha#sh", "ünïcode", "a&b=c"} {
		path := filepath.Join(t.TempDir(), name, "packbench.db")
		if err := addGroup(mustOpen(t, path), "a"); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCloseKeepsEverythingInOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	if err := addGroup(db, "a"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatalf("a second Close = %v", err)
	}
	if err := addGroup(db, "b"); !errs.Is(err, errs.Unavailable) {
		t.Errorf("write after Close = %v", err)
	}
	if err := As[account.Repo](db).Read(t.Context(), func(account.Repo) error { return nil }); !errs.Is(err, errs.Unavailable) {
		t.Errorf("read after Close = %v", err)
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("%d bytes are left in the write-ahead log", info.Size())
	}
	if got := groupNames(t, mustOpen(t, path)); got != "a" {
		t.Errorf("groups after opening again: %q", got)
	}
}

func TestWritersMeanwhileOfCloseAreAnswered(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for {
				err := As[account.Repo](db).Write(context.Background(), func(account.Repo) error { return nil })
				if errs.Is(err, errs.Unavailable) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	all.Wait()
}

func TestANewerSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	if _, err := db.writer.conn.ExecContext(background, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)"); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	if _, err := Open(t.Context(), path, testOptions); !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "newer Packbench") {
		t.Fatalf("open = %v", err)
	}
}

// nextSchema is today's migrations and one more.
func nextSchema(t *testing.T, more string) fstest.MapFS {
	t.Helper()
	today, err := migrations.ReadFile("migrations/00001_house.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"00001_house.sql": {Data: today},
		"00999_more.sql":  {Data: []byte("-- +goose Up\n" + more)},
	}
}

func TestACopyIsMadeBeforeAMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	if err := addGroup(db, "kept"); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	pool := openPool(path, guarantees, writing, 1)
	err := migrateTo(t.Context(), pool, path, testOptions.Clock.Now(), nextSchema(t, "CREATE TABLE more (id TEXT) STRICT;"))
	_ = pool.Close()
	if err != nil {
		t.Fatal(err)
	}
	copies, _ := filepath.Glob(path + ".before-schema-*")
	if len(copies) != 1 {
		t.Fatalf("copies: %v", copies)
	}
	info, err := os.Stat(copies[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("copy: %v, %v", info.Mode(), err)
	}
	if got := groupNames(t, mustOpen(t, copies[0])); got != "kept" {
		t.Fatalf("the copy holds %q", got)
	}
}

func TestAFailedMigrationChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := mustOpen(t, path)
	if err := addGroup(db, "kept"); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	pool := openPool(path, guarantees, writing, 1)
	err := migrateTo(t.Context(), pool, path, testOptions.Clock.Now(), nextSchema(t, "DELETE FROM account_groups;\nCREATE TABLE accounts (again TEXT);"))
	_ = pool.Close()
	if err == nil {
		t.Fatal("a migration that can't work was reported as done")
	}
	if got := groupNames(t, mustOpen(t, path)); got != "kept" {
		t.Fatalf("the database holds %q", got)
	}
}

func TestManyProgramsStartAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			db, err := Open(t.Context(), path, testOptions)
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			defer func() { _ = db.Close() }()
			for n := range 5 {
				if err := addGroup(db, string(rune('a'+i))+string(rune('0'+n))); err != nil {
					t.Errorf("write: %v", err)
				}
			}
		})
	}
	all.Wait()
	if got := len(strings.Fields(groupNames(t, mustOpen(t, path)))); got != 40 {
		t.Errorf("%d groups, want 40", got)
	}
}
