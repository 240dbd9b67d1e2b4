package sqldb_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/core/account"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/shipment"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/sqldb/storetest"
)

// The child of these tests is this program again, which writes shipments to the database it is told, and says the number
// of each on a line of its own once the store has acknowledged it.
const (
	childPath  = "PACKBENCH_TEST_CHILD_DB"
	childCount = "PACKBENCH_TEST_CHILD_COUNT" // how many it writes before it ends; 0: until it is killed
)

func TestMain(m *testing.M) {
	path := os.Getenv(childPath)
	if path == "" {
		os.Exit(m.Run())
	}
	count, _ := strconv.Atoi(os.Getenv(childCount))
	if err := writeShipments(path, count); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeShipments(path string, count int) error {
	db, err := sqldb.Open(context.Background(), path, testOptions)
	if err != nil {
		return err
	}
	workers := 8
	if count > 0 {
		workers = 1 // one commit each
	}
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](db)}
	shipments := sqldb.As[shipment.Repo](db)
	failed := make(chan error)
	for range workers {
		go func() {
			for i := 0; count == 0 || i < count; i++ {
				n, err := numbers.Next(context.Background(), numbering.SiteSeries(numbering.Shipments))
				if err == nil {
					err = createWhole(shipments, n)
				}
				if err != nil {
					failed <- err
					return
				}
				fmt.Printf("%d\n", n)
			}
			failed <- nil
		}()
	}
	if err := <-failed; err != nil {
		return err
	}
	return db.Close()
}

// createWhole writes a shipment with its claim and its label in one transaction.
func createWhole(shipments interface {
	Write(context.Context, func(shipment.Repo) error) error
}, n int64) error {
	s := storetest.SampleShipment(n, "owner", time.UnixMilli(1_772_442_000_000+n))
	label, content := storetest.SampleLabel(s)
	return shipments.Write(context.Background(), func(r shipment.Repo) error {
		if err := r.CreateShipment(s); err != nil {
			return err
		}
		if err := r.CreateClaim(shipment.Claim{AccountID: "owner", Key: fmt.Sprint("id|", n), ShipmentID: s.ID}); err != nil {
			return err
		}
		return r.PutDocument(label, content)
	})
}

func withOwner(t testing.TB, db *sqldb.DB) {
	t.Helper()
	write(t, sqldb.As[account.Repo](db), func(r account.Repo) error {
		if err := r.CreateGroup(account.Group{ID: "g", Name: "g", NameKey: "g", Version: 1}); err != nil {
			return err
		}
		_, err := r.CreateAccount(account.Account{ID: "owner", GroupID: "g", Name: "shop", NameKey: "shop", Version: 1})
		return err
	})
}

// child starts this program again on the database.
func child(t *testing.T, path string, count int, before ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := append(before, self, "-test.run", "^$")
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Env = append(os.Environ(), childPath+"="+path, fmt.Sprint(childCount, "=", count))
	cmd.Stderr = os.Stderr
	return cmd
}

// A hundred times the writing program is killed at a random moment. Nothing it was told is kept may be missing.
func TestKilledAtAnyMoment(t *testing.T) {
	const kills = 100
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := openTest(t, path)
	withOwner(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[int64]bool{}
	for range kills {
		cmd := child(t, path, 0)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for kill := rand.IntN(60); lines.Scan(); kill-- {
			n, err := strconv.ParseInt(lines.Text(), 10, 64)
			if err != nil {
				t.Fatalf("the child says %q", lines.Text())
			}
			if acknowledged[n] {
				t.Fatalf("number %d was given twice", n)
			}
			acknowledged[n] = true
			if kill == 0 {
				_ = cmd.Process.Kill()
			}
		}
		_ = cmd.Wait()
		checkWhole(t, path, acknowledged)
	}
	t.Logf("%d kills, %d shipments acknowledged, none lost", kills, len(acknowledged))
}

// checkWhole looks at the file as SQLite does, and for a part of what was acknowledged as the program does.
func checkWhole(t *testing.T, path string, acknowledged map[int64]bool) {
	t.Helper()
	db, err := sqldb.Open(t.Context(), path, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Settle(t.Context()), db.Close()); err != nil {
		t.Fatalf("what the killed program left due: %v", err)
	}
	raw, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	var verdict string
	if err := raw.QueryRow("PRAGMA quick_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("quick_check: %s, %v", verdict, err)
	}
	if _, err := raw.Exec("INSERT INTO shipment_trigrams (shipment_trigrams, rank) VALUES ('integrity-check', 1)"); err != nil {
		t.Fatalf("the search index does not fit its text: %v", err)
	}
	rows, err := raw.Query(`SELECT s.number FROM shipments s JOIN shipment_payloads p ON p.number = s.number JOIN shipment_search x ON x.number = s.number
		JOIN claims c ON c.shipment_id = s.id JOIN documents d ON d.shipment_id = s.id JOIN files f ON f.owner = d.shipment_id AND f.sha256 = d.sha256
		WHERE (SELECT count(*) FROM shipment_moments m WHERE m.number = s.number) = 2`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	whole := map[int64]bool{}
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		whole[n] = true
	}
	for n := range acknowledged {
		if !whole[n] {
			t.Fatalf("shipment %d was acknowledged and is lost", n)
		}
	}
	var count int
	if err := raw.QueryRow("SELECT count(*) FROM shipments").Scan(&count); err != nil || count != len(whole) {
		t.Fatalf("%d shipments, of which %d are whole: %v", count, len(whole), err)
	}
}

// Every acknowledged commit has reached the disk: the system is asked to write it out at least once for each.
func TestEachCommitIsSynced(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed; install it to count what reaches the disk")
	}
	const commits = 40
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := openTest(t, path)
	withOwner(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "strace")
	cmd := child(t, path, commits, strace, "-f", "-o", log, "-e", "trace=fsync,fdatasync")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(strings.Fields(string(out))); got != commits {
		t.Fatalf("%d commits, want %d", got, commits)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "Operation not permitted") {
		t.Skip("this machine does not let a program be traced")
	}
	if syncs := len(regexp.MustCompile(`f(data)?sync\(`).FindAll(text, -1)); syncs < commits {
		t.Fatalf("%d commits reached the disk with %d syncs", commits, syncs)
	}
}

// Two programs on one database, each with its own leases, many goroutines each: no number twice, none lost on the way.
func TestNumbersOfTwoPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	series := numbering.Series{Name: "vans", First: 1, Last: 900}
	var mu sync.Mutex
	given := map[int64]bool{}
	var all sync.WaitGroup
	for range 2 {
		service := &numbering.Service{Store: sqldb.As[numbering.Repo](openTest(t, path))}
		for range 16 {
			all.Go(func() {
				for range 25 {
					n, err := service.Next(t.Context(), series)
					mu.Lock()
					if err != nil || given[n] || n < series.First || n > series.Last {
						t.Errorf("number %d, given before: %v, %v", n, given[n], err)
					}
					given[n] = true
					mu.Unlock()
				}
			})
		}
	}
	all.Wait()
	if len(given) != 800 {
		t.Errorf("%d numbers, want 800", len(given))
	}
}

// The record of a document that was damaged on the disk is found, and its bytes are refused.
func TestDamagedBytesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	db := openTest(t, path)
	label, content := storetest.SampleLabel(storetest.SampleShipment(1, "owner", time.UnixMilli(0)))
	documents := sqldb.As[document.Repo](db)
	write(t, documents, func(r document.Repo) error { return r.PutDocument(label, content) })
	raw, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	content[100] ^= 1
	if _, err := raw.Exec("UPDATE files SET bytes = $1", content); err != nil {
		t.Fatal(err)
	}
	err = documents.Read(t.Context(), func(r document.Repo) error { _, err := r.Bytes(label); return err })
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Fatalf("a flipped bit was read as %v", err)
	}
}
