package health_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/backend/core/actor"
	"packbench/backend/core/health"
)

func manager(t interface{ Context() context.Context }) context.Context {
	return actor.With(t.Context(), actor.Actor{Door: actor.Window, Name: "kim"})
}

// Whatever comes in whatever order: purchases are refused only after Threshold calls in a row without an answer, or one
// behind an answered check; never for longer than the longest pause; one at a time finds out; and an answer ends it.
func TestBreakerMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBench()
		absent := 0        // in a row
		var let time.Time  // when the last purchase was let through to find out, and nothing came of it yet
		sinceSale := false // it was away, and has sold nothing since
		away := func() bool { return absent >= health.Threshold || sinceSale && absent > 0 }
		t.Repeat(map[string]func(*rapid.T){
			"call": func(t *rapid.T) {
				c := health.Call{Courier: "Depot", Buys: rapid.Bool().Draw(t, "buys"), Outcome: health.Outcome(rapid.IntRange(0, 2).Draw(t, "outcome"))}
				was := away()
				b.Note(live, c)
				let = time.Time{}
				if c.Outcome == health.Absent {
					absent++
					if sinceSale && !was { // it opens again at once
						absent = max(absent, health.Threshold)
					}
					return
				}
				absent = 0
				sinceSale = (was || sinceSale) && !c.Buys
			},
			"buy": func(t *rapid.T) {
				err := b.MayBuy(live, "Depot")
				switch {
				case !away() && err != nil:
					t.Fatalf("refused after %d calls without an answer: %v", absent, err)
				case away() && err == nil:
					if b.clock.Now().Sub(let) < 2*time.Minute {
						t.Fatal("a second purchase finds out")
					}
					let = b.clock.Now()
				}
				if b.Answers("a1") != (absent == 0) {
					t.Fatal("Answers is wrong")
				}
			},
			"wait": func(t *rapid.T) {
				d := time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second
				b.clock.Advance(d)
				if d >= 5*time.Minute+15*time.Second && away() {
					if err := b.MayBuy(live, "Depot"); err != nil {
						t.Fatalf("still refused after %s: %v", d, err)
					}
					let = b.clock.Now()
				}
			},
			"": func(t *rapid.T) {
				list, err := b.List(manager(t))
				if err != nil || len(list) > 1 {
					t.Fatal(list, err)
				}
				if len(list) == 1 && (list[0].State == health.Away) != away() {
					t.Fatalf("%+v, want away %t after %d", list[0], away(), absent)
				}
			},
		})
	})
}
