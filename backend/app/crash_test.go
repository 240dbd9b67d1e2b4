package app_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"packbench/backend/app/apptest"
	"packbench/backend/base/page"
	"packbench/backend/core/shipment"
)

// crashCycles is how often the process is killed; PACKBENCH_CRASH_CYCLES changes it.
const crashCycles = 300

// buyers is how many order systems buy at the same time.
const buyers = 3

// purchase is one order of the crash test and what was answered to it.
type purchase struct {
	key      string // Idempotency-Key, and the order's reference
	number   int64  // 0 until a 200 was read to its end
	tracking string
}

// The process is killed at random moments while order systems buy. Afterwards every purchase that was answered is there,
// as it was answered, and none was bought twice: not by the kill, and not by the repeats that order systems send.
func TestKilledWhileBuying(t *testing.T) {
	cycles := crashCycles
	if text := os.Getenv("PACKBENCH_CRASH_CYCLES"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		cycles = n
	}
	program := binary(t)
	f := apptest.NewFolder(t)
	user, token := shop(t, f)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	var ledger []*purchase
	var open []*purchase // of the last cycle: answered or not
	for cycle := range cycles {
		p := start(t, program, f)
		c := &client{url: p.url, user: user, token: token}
		repeat(t, c, open, cycle)
		open = buyUntilKilled(c, p, cycle, 20*time.Millisecond+time.Duration(random.IntN(180))*time.Millisecond)
		ledger = append(ledger, open...)
		if t.Failed() {
			return
		}
	}
	p := start(t, program, f)
	repeat(t, &client{url: p.url, user: user, token: token}, open, cycles)
	p.kill()
	answered := 0
	for _, x := range ledger {
		if x.number != 0 {
			answered++
		}
	}
	stored := shipmentsOf(t, f)
	for _, x := range ledger {
		switch found := stored[x.key]; {
		case len(found) > 1:
			t.Errorf("order %s was bought %d times: %v", x.key, len(found), found)
		case x.number != 0 && len(found) == 0:
			t.Errorf("order %s was answered with shipment %d and is gone", x.key, x.number)
		case x.number != 0 && found[0] != fmt.Sprint(x.number, " ", x.tracking):
			t.Errorf("order %s was answered with shipment %d %s and is stored as %s", x.key, x.number, x.tracking, found[0])
		}
	}
	t.Logf("%d kills, %d orders, %d answered", cycles, len(ledger), answered)
	if answered == 0 {
		t.Error("nothing was bought: the test shows nothing")
	}
}

// buyUntilKilled lets the buyers buy and kills the process after a time.
func buyUntilKilled(c *client, p *process, cycle int, after time.Duration) []*purchase {
	var mu sync.Mutex
	var made []*purchase
	var group sync.WaitGroup
	dead := make(chan struct{})
	for buyer := range buyers {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-dead:
					return
				default:
				}
				x := &purchase{key: fmt.Sprintf("crash-%d-%d-%d", cycle, buyer, i)}
				mu.Lock()
				made = append(made, x)
				mu.Unlock()
				if _, err := c.buy(x); err != nil {
					return // the process is gone; what became of this order is not known here
				}
			}
		})
	}
	time.AfterFunc(after, func() {
		_ = p.cmd.Process.Kill() // fails only where it has ended, which the next start shows
		close(dead)
	})
	group.Wait()
	<-dead
	_ = p.cmd.Wait()
	c.CloseIdleConnections()
	return made
}

// repeat sends the orders of the last cycle that had no answer again, as order systems do, and some that had, and compares
// with the first answer.
func repeat(t *testing.T, c *client, orders []*purchase, cycle int) {
	t.Helper()
	for i, x := range orders {
		first := *x
		if first.number != 0 && i%16 != cycle%16 {
			continue
		}
		status, err := c.buy(x)
		if err != nil || status != http.StatusOK {
			t.Fatalf("order %s, sent again: %d %v", x.key, status, err)
		}
		if first.number != 0 && first != *x {
			t.Errorf("order %s was answered %+v and then %+v", x.key, first, *x)
		}
	}
}

// buy sends one order and notes what was answered.
func (c *client) buy(x *purchase) (int, error) {
	body := fmt.Sprintf(`{"testing":false,"shipment":{"reference":%q,"dc_service_id":"OF-NEXTDAY","label_format":"zpl",
		"ship_to":{"name":"Goods In","address_1":"4 Sample Rise","city":"Norbury Vale","postcode":"QN4 2LT","country_iso":"GB"},
		"parcels":[{"weight":1,"weight_unit":"kg","items":[{"description":"Mug","quantity":1,"value":5}]}]}}`, x.key)
	status, text, err := c.post(createLabel, body, "Idempotency-Key", x.key)
	if err != nil || status != http.StatusOK {
		return status, err
	}
	var answer struct {
		Codes  []string `json:"tracking_codes"`
		Number int64    `json:"shipment_id"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return status, err
	}
	x.number, x.tracking = answer.Number, strings.Join(answer.Codes, " ")
	return status, nil
}

// shipmentsOf gives every order's shipments, number and tracking codes, by its reference, after SQLite has found the whole
// database sound.
func shipmentsOf(t *testing.T, f apptest.Folder) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(f.Dir, "packbench.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity_check: %s %v", sound, err)
	}
	stored := map[string][]string{}
	a := f.Open(t)
	for next := ""; ; {
		got, err := a.Shipments.List(apptest.Manager(t.Context()), shipment.Filter{}, page.Request{Limit: page.MaxLimit, Cursor: next})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range got.Items {
			stored[row.Reference] = append(stored[row.Reference], fmt.Sprint(row.Number, " ", strings.Join(row.TrackingCodes, " ")))
		}
		if next = got.Next; next == "" {
			return stored
		}
	}
}
