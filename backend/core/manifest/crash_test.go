package manifest_test

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/auth"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

// TestPowerFailsAtEveryWrite lets the power fail in every write of a closing, before and behind its commit, then starts
// again on what was kept: the next start shows what is not known, and one more try closes the day once.
func TestPowerFailsAtEveryWrite(t *testing.T) {
	for _, here := range []bool{true, false} {
		for _, behind := range []bool{false, true} {
			for n := 1; ; n++ {
				w := newWorld(t)
				a := w.live
				if here {
					a = w.own
				}
				sh := w.book(t, a, false)
				w.power.dieAt, w.power.behind = n, behind
				_, told := w.Close(w.ctx, a.ID, nil)
				survived := !w.power.dead
				w.restart()
				when := fmt.Sprintf("here %t, write %d, behind %t", here, n, behind)
				unknown, err := w.Recover(w.ctx)
				testkit.OK(t, err)
				pending := w.left(t, a).Pending
				if (unknown == 1) != (pending != nil) || here && unknown != 0 {
					t.Fatalf("%s: %d unknown, pending %+v", when, unknown, pending)
				}
				if again, err := w.Recover(w.ctx); again != unknown || err != nil {
					t.Fatalf("%s: a second start has %d, %v", when, again, err)
				}
				switch {
				case pending != nil:
					_, err = w.Again(w.ctx, pending.ID)
				case w.left(t, a).Shipments > 0:
					_, err = w.Close(w.ctx, a.ID, nil)
				}
				if err != nil {
					t.Fatalf("%s: %v", when, err)
				}
				of, err := w.Of(w.ctx, sh.ID)
				testkit.OK(t, err)
				if of.State != manifest.Closed || of.PaperKey == "" {
					t.Fatalf("%s: %+v", when, of)
				}
				checkWorld(t, w)
				if survived {
					testkit.OK(t, told)
					break
				}
			}
		}
	}
}

// checkWorld holds what is kept against the depot's ledger: every shipment is in one manifest at most, none that the depot
// closed is open here, and none is closed here that the depot was not told of.
func checkWorld(t rapid.TB, w *world) {
	t.Helper()
	list, err := w.List(w.ctx, manifest.Filter{}, page.Request{Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	in := map[int64]manifest.Manifest{}
	for _, m := range list.Items {
		rows, err := w.Contents(w.ctx, m.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if m.State == manifest.Refused && len(rows) > 0 {
			t.Fatalf("manifest %d was refused and holds %d shipments", m.Number, len(rows))
		}
		for _, r := range rows {
			if other, twice := in[r.Number]; twice {
				t.Fatalf("shipment %d is in the manifests %d and %d", r.Number, other.Number, m.Number)
			}
			in[r.Number] = m
			if r.Testing != m.Testing {
				t.Fatalf("manifest %d mixes test and live", m.Number)
			}
			told := w.depot.closedIn[string(r.ID)] != ""
			if m.Courier == "Depot" && m.State == manifest.Closed && !told && r.State != shipment.Cancelled {
				t.Fatalf("shipment %d is closed here, and the depot was never told", r.Number)
			}
		}
	}
	for id := range w.depot.closedIn {
		sh, err := w.shipments.Get(w.ctx, "", shipment.Handle{ID: shipment.ID(id)})
		if err != nil {
			t.Fatal(err)
		}
		if _, kept := in[sh.Number]; !kept {
			t.Fatalf("the depot closed shipment %d, which is open here", sh.Number)
		}
	}
}

// TestWhateverHappens closes, cancels, loses answers and crashes in any order: a shipment is never closed twice.
func TestWhateverHappens(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		testkit.OK(t, checks.Value.Set("12")) // on the real store, whose every write is synced
		t.Cleanup(func() { _ = checks.Value.Set(checks.DefValue) })
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		auths := []auth.Auth{w.own, w.live, w.test}
		var bought []shipment.Shipment
		ask := func(err error) {
			switch errs.CodeOf(err) {
			case "", errs.Conflict, errs.Rejected, errs.Unavailable, errs.Unclear:
			default:
				if !w.power.dead {
					rt.Fatal(err)
				}
			}
		}
		pending := func() []manifest.ID {
			list, err := w.List(w.ctx, manifest.Filter{}, page.Request{Limit: 500})
			testkit.OK(t, err)
			var out []manifest.ID
			for _, m := range list.Items {
				if m.State == manifest.Unknown {
					out = append(out, m.ID)
				}
			}
			return out
		}
		mood := func() {
			w.depot.mood = rapid.SampledFrom([]mood{fine, fine, refuses, unreachable, losesBefore, losesAfter, panics}).Draw(rt, "mood")
			w.depot.strict = rapid.Bool().Draw(rt, "strict")
		}
		rt.Repeat(map[string]func(*rapid.T){
			"book": func(rt *rapid.T) {
				bought = append(bought, w.book(t, rapid.SampledFrom(auths).Draw(rt, "auth"), false))
			},
			"cancel": func(rt *rapid.T) {
				if len(bought) > 0 {
					_, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: rapid.SampledFrom(bought).Draw(rt, "which").ID})
					ask(err)
				}
			},
			"close": func(rt *rapid.T) {
				mood()
				var only []int64
				if len(bought) > 0 && rapid.Bool().Draw(rt, "some") {
					only = append(only, rapid.SampledFrom(bought).Draw(rt, "which").Number)
				}
				_, err := w.Close(w.ctx, rapid.SampledFrom(auths).Draw(rt, "auth").ID, only)
				ask(err)
			},
			"close while another is closed": func(rt *rapid.T) {
				mood()
				a := rapid.SampledFrom(auths[1:]).Draw(rt, "auth")
				w.depot.during = func() { _, err := w.Close(w.ctx, a.ID, nil); ask(err) }
				_, err := w.Close(w.ctx, a.ID, nil)
				w.depot.during = nil
				ask(err)
			},
			"again": func(rt *rapid.T) {
				mood()
				if ids := pending(); len(ids) > 0 {
					_, err := w.Again(w.ctx, rapid.SampledFrom(ids).Draw(rt, "which"))
					ask(err)
				}
			},
			"settle": func(rt *rapid.T) { // a person looks at the depot's page and says what it shows
				for _, id := range pending() {
					rows, err := w.Contents(w.ctx, id, 0)
					testkit.OK(t, err)
					if slices.ContainsFunc(rows, func(r shipment.Row) bool { return w.depot.closedIn[string(r.ID)] != "" }) {
						_, err = w.SettleClosed(w.ctx, id, "DEP")
					} else {
						_, err = w.SettleOpen(w.ctx, id)
					}
					ask(err)
				}
			},
			"crash": func(rt *rapid.T) {
				mood()
				w.restart()
				w.power.dieAt, w.power.behind = rapid.IntRange(1, 3).Draw(rt, "write"), rapid.Bool().Draw(rt, "behind")
				_, err := w.Close(w.ctx, rapid.SampledFrom(auths).Draw(rt, "auth").ID, nil)
				ask(err)
				w.restart()
				_, err = w.Recover(w.ctx)
				testkit.OK(t, err)
			},
			"wait": func(*rapid.T) { w.Bench.Clock.Advance(time.Hour) },
			"":     func(rt *rapid.T) { checkWorld(rt, w) },
		})
	})
}
