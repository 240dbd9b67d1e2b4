// Command bench measures drawing, and the courier API of a built packbench as order systems meet it: a data folder of its
// own, serve in a process of its own, and many connections. It prints one JSON line for each figure.
//
//	go run ./backend/app/bench -binary build/bin/packbench
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"golang.org/x/crypto/argon2"

	"packbench/backend/base/clock"
)

// now is the time of day; this program measures the machine, so it asks the machine's clock.
var now = clock.System{}.Now

// figure is one line. Ratio is value to floor, or value to limit where there is no floor; Goal is what ratio should reach
// (with a floor) or stay under (with a limit).
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Floor float64 `json:"floor,omitempty"`
	Limit float64 `json:"limit,omitempty"`
	Ratio float64 `json:"ratio"`
	Goal  float64 `json:"goal"`
}

func main() {
	binary := flag.String("binary", "build/bin/packbench", "the built `program`")
	clients := flag.Int("clients", 64, "connections at the same time")
	seconds := flag.Int("seconds", 8, "how long each load is counted")
	shipments := flag.Int("shipments", 100_000, "how many shipments the folder holds whose start is measured")
	listed := flag.Int("listed", 1_000_000, "how many shipments lists and searches are measured among")
	kept := flag.String("kept", "", "a `folder` of before with that many, its data and its passphrase in it, instead of a new one")
	only := flag.String("only", "", "measure only this `part`: drawing, purchases, starts, accounts, lists, among, import or bulk")
	flag.Parse()
	if err := run(*only, *binary, *clients, time.Duration(*seconds)*time.Second, *shipments, *listed, *kept); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(only, binary string, clients int, counted time.Duration, shipments, many int, kept string) error {
	for _, part := range []struct {
		name    string
		measure func() error
	}{
		{"drawing", drawing},
		{"purchases", func() error { return purchases(binary, clients, counted) }},
		{"starts", func() error { return starts(binary, shipments) }},
		{"accounts", func() error { return accounts(binary) }},
		{"lists", func() error { return lists(binary, kept, many) }},
		{"among", func() error { return among(binary, kept, many, clients, counted/2) }},
		{"import", func() error { return imports(binary) }},
		{"bulk", func() error { return documents(binary) }},
	} {
		if only != "" && only != part.name {
			continue
		}
		if err := part.measure(); err != nil {
			return err
		}
	}
	return nil
}

// purchases measures create-label. Each load stands between two floors, because a shared disk changes by the minute.
func purchases(binary string, clients int, counted time.Duration) error {
	f, err := newFolder(binary)
	if err != nil {
		return err
	}
	defer f.remove()
	if err := f.account(); err != nil {
		return err
	}
	s, err := f.serve()
	if err != nil {
		return err
	}
	defer s.stop()
	for _, kind := range []struct {
		format           string
		goal, limit, cpu float64
	}{{"zpl", 0.5, 60, 0.8}, {"pdf", 0.12, 150, 3}} {
		before, err := floor(f.dir, 3*time.Second)
		if err != nil {
			return err
		}
		used, err := s.cpu()
		if err != nil {
			return err
		}
		got, err := load{
			address: s.address, user: accountName, token: f.token, format: kind.format, clients: clients,
			warm: 2 * time.Second, counted: counted,
		}.run()
		if err != nil {
			return err
		}
		usedAfter, err := s.cpu()
		if err != nil {
			return err
		}
		after, err := floor(f.dir, 3*time.Second)
		if err != nil {
			return err
		}
		commits := (before + after) / 2
		p99 := milliseconds(got.p99)
		each := milliseconds((usedAfter - used) / time.Duration(got.answers))
		if err := print(
			figure{Name: "create-label " + kind.format, Value: got.perSecond, Unit: "/s", Floor: commits, Ratio: got.perSecond / commits, Goal: kind.goal},
			figure{Name: "create-label " + kind.format + " p99", Value: p99, Unit: "ms", Limit: kind.limit, Ratio: p99 / kind.limit, Goal: 1},
			figure{Name: "create-label " + kind.format + " processor time of serve", Value: each, Unit: "ms", Limit: kind.cpu, Ratio: each / kind.cpu, Goal: 1},
		); err != nil {
			return err
		}
	}
	return nil
}

// starts measures how soon serve answers on a folder with many shipments, and how much memory it holds then. A passphrase
// file adds one key derivation to the start, which is measured beside it.
func starts(binary string, shipments int) error {
	f, err := newFolder(binary)
	if err != nil {
		return err
	}
	defer f.remove()
	if err := f.account(); err != nil {
		return err
	}
	if _, err := f.command("dev", "seed", "--account", accountName, "--shipments", fmt.Sprint(shipments)); err != nil {
		return err
	}
	const tries = 5
	least, resident := time.Hour, 0.0
	for range tries {
		s, err := f.serve()
		if err != nil {
			return err
		}
		least = min(least, s.ready)
		resident, err = s.resident()
		s.stop()
		if err != nil {
			return err
		}
	}
	ms, limit := milliseconds(least), 150+milliseconds(derivation(tries))
	return print(
		figure{Name: fmt.Sprintf("serve ready with %d shipments and a passphrase file", shipments), Value: ms, Unit: "ms", Limit: limit, Ratio: ms / limit, Goal: 1},
		figure{Name: "serve resident memory", Value: resident, Unit: "MB", Limit: 60, Ratio: resident / 60, Goal: 1},
	)
}

// derivation gives the least time of one Argon2id as the vault runs it.
func derivation(tries int) time.Duration {
	least := time.Hour
	for range tries {
		began := now()
		argon2.IDKey([]byte("passphrase"), make([]byte, 16), 3, 64<<10, 4, 32)
		least = min(least, now().Sub(began))
	}
	return least
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func print(list ...figure) error {
	out := json.NewEncoder(os.Stdout)
	for _, f := range list {
		if err := out.Encode(f); err != nil {
			return err
		}
	}
	return nil
}
