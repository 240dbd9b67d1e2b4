package shipment

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/order"
)

// TestPowerFailsAtEveryWrite lets the power fail in every write of a purchase and of a cancellation, before and behind its
// commit, then starts again on what was kept and lets the caller ask again.
func TestPowerFailsAtEveryWrite(t *testing.T) {
	for _, local := range []bool{true, false} {
		for _, behind := range []bool{false, true} {
			for n := 1; ; n++ {
				w := newWorld(t)
				w.depot.local = local
				w.m.dieAt, w.m.dieAfter = n, behind
				edit := func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }
				first, told := w.Create(w.ctx, owned, sample(t, edit), Origin{})
				if told == nil {
					_, _, told = w.Cancel(w.ctx, owned, Handle{ID: first.Shipment.ID})
				}
				survived := !w.m.dead
				w.restart(t)
				unknown, err := w.Recover(w.ctx)
				if err != nil || unknown != 0 {
					t.Fatalf("local %t, write %d: recover: %d unknown, %v", local, n, unknown, err)
				}
				again, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
				if err != nil {
					t.Fatalf("local %t, write %d: the caller asks again: %v", local, n, err)
				}
				checkWorld(t, w, fmt.Sprintf("local %t, write %d, behind %t", local, n, behind))
				if sh := w.reload(t, again.Shipment.ID); sh.State != Booked {
					t.Errorf("local %t, write %d: %s", local, n, sh.State)
				}
				if survived {
					if told != nil {
						t.Fatal(told)
					}
					break
				}
			}
		}
	}
}

// checkWorld compares what the courier sold with what is kept: nothing twice, nothing lost, nothing sent again.
func checkWorld(t tester, w *world, when string) {
	t.Helper()
	for reference, n := range w.depot.sent {
		if n > 1 {
			t.Fatalf("%s: %s was sent %d times", when, reference, n)
		}
	}
	if w.depot.local {
		return // what was drawn and thrown away is no purchase
	}
	for reference, codes := range w.depot.ledger {
		sh, kept := w.m.shipments[ID(reference)]
		switch {
		case len(codes) > 1:
			t.Fatalf("%s: %s was sold %d times", when, reference, len(codes))
		case !kept:
			t.Fatalf("%s: %s was sold and is lost", when, reference)
		case !sh.State.bought() || len(sh.TrackingCodes) != 1 || sh.TrackingCodes[0] != codes[0]:
			t.Fatalf("%s: %s was sold as %s, kept as %s %v", when, reference, codes[0], sh.State, sh.TrackingCodes)
		}
		if _, err := boughtLabel(w.m, sh); err != nil {
			t.Fatalf("%s: the label of %s: %v", when, reference, err)
		}
	}
}

func TestRecoverWaitsForACourierThatCannotBeAsked(t *testing.T) {
	w := newWorld(t)
	w.depot.next, w.depot.blind = losesAfter, true
	c, err := w.Create(w.ctx, owned, sample(t, nil), Origin{})
	wantCode(t, err, errs.Unclear)
	if unknown, err := w.Recover(w.ctx); unknown != 1 || err != nil {
		t.Fatalf("%d unknown, %v", unknown, err)
	}
	w.depot.blind = false
	if unknown, err := w.Recover(w.ctx); unknown != 0 || err != nil {
		t.Fatalf("%d unknown, %v", unknown, err)
	}
	checkWorld(t, w, "after the courier came back")
	if got := steps(w.reload(t, c.Shipment.ID)); got[len(got)-1] != StepBooked {
		t.Errorf("steps %v", got)
	}
}

func TestRecoverWithoutAnybodyToAsk(t *testing.T) {
	w := newWorld(t)
	w.depot.blind = true
	cancelling := w.buy(t, nil).Shipment
	w.depot.late = errors.New("time-out")
	if _, _, err := w.Cancel(w.ctx, owned, Handle{ID: cancelling.ID}); !errs.Is(err, errs.Unclear) {
		t.Fatal(err)
	}
	w.depot.during = func() { w.m.dead = true }
	if _, err := w.Create(w.ctx, owned, sample(t, nil), Origin{}); err == nil {
		t.Fatal("the power did not fail")
	}
	w.restart(t)
	if unknown, err := w.Recover(w.ctx); unknown != 1 || err != nil {
		t.Fatalf("%d unknown, %v", unknown, err)
	}
	if sh := w.reload(t, cancelling.ID); sh.State != Booked || !w.Cancellable(sh).Yes {
		t.Errorf("a cancellation that nobody knows the end of can be asked for again: %s", sh.State)
	}
	if sh := w.reload(t, w.m.order[1]); sh.State != Unknown || steps(sh)[len(sh.Timeline)-1] != StepUnknown {
		t.Errorf("what was being sent is unknown: %s %v", sh.State, steps(sh))
	}
}

func TestRecoverProvesWhatWasNotBought(t *testing.T) {
	w := newWorld(t)
	w.depot.next = losesBefore
	edit := func(o *order.Order) { o.IdempotencyKey = "k" }
	c, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
	wantCode(t, err, errs.Unclear)
	if unknown, err := w.Recover(w.ctx); unknown != 1 || err != nil {
		t.Fatal("it may still be on its way", unknown, err)
	}
	w.restart(t)
	if unknown, err := w.Recover(w.ctx); unknown != 0 || err != nil {
		t.Fatal(unknown, err)
	}
	if sh := w.reload(t, c.Shipment.ID); sh.State != NotBought {
		t.Errorf("%s", sh.State)
	}
	w.depot.next = fine
	if again := w.buy(t, edit); again.Duplicate {
		t.Error("its key is free again")
	}
}

func TestResultOutlivesACallerThatHangsUp(t *testing.T) {
	w := newWorld(t)
	ctx, hangUp := context.WithCancel(w.ctx)
	w.depot.during = hangUp
	c, err := w.Create(ctx, owned, sample(t, nil), Origin{})
	if err != nil {
		t.Fatal(err)
	}
	if sh := w.reload(t, c.Shipment.ID); sh.State != Booked {
		t.Errorf("%s", sh.State)
	}
}

// TestResultWinsOverWhatHappenedMeanwhile lets another process start while the courier is asked.
func TestResultWinsOverWhatHappenedMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.depot.during = func() {
		w.depot.blind = true
		if unknown, err := w.Recover(w.ctx); unknown != 1 || err != nil {
			t.Error(unknown, err)
		}
	}
	c := w.buy(t, nil)
	sh := w.reload(t, c.Shipment.ID)
	if sh.State != Booked || sh.Version != c.Shipment.Version || len(sh.TrackingCodes) != 1 {
		t.Errorf("kept %+v, told version %d", sh.Row, c.Shipment.Version)
	}
}

func TestReserveStopsBeforeBuying(t *testing.T) {
	w := newWorld(t)
	w.Reserve = func() error { return errs.New(errs.Unavailable, "The disk is almost full.") }
	_, err := w.Create(w.ctx, owned, sample(t, nil), Origin{})
	wantCode(t, err, errs.Unavailable)
	if len(w.depot.sent) != 0 || len(w.m.shipments) != 0 {
		t.Error("something was sent or kept")
	}
}
