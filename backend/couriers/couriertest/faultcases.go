package couriertest

import (
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

// calm takes back what the case before left behind; what the courier wanted to be waited for is over.
func (w *world) calm() {
	w.stand.disarm()
	w.stand.disturb(quiet)
	w.ledger.collect(false)
	w.clock.Advance(3 * time.Hour)
}

func (w *world) serial() int {
	w.orders++
	return w.orders
}

// try buys and keeps what was said.
func (w *world) try(o order.Order) (shipment.Created, error) {
	made, err := w.Create(w.ctx, w.account, o, shipment.Origin{})
	w.hear(err)
	w.said = append(w.said, made.Shipment.Answer...)
	return made, err
}

func (w *world) buy(t *testing.T, o order.Order) shipment.Created {
	t.Helper()
	made, err := w.try(o)
	if err != nil {
		t.Fatalf("buying: %v (%s)", err, trail(err))
	}
	return made
}

func (w *world) state(t *testing.T, id shipment.ID) shipment.State {
	t.Helper()
	return w.get(t, id).State
}

func (w *world) get(t *testing.T, id shipment.ID) shipment.Shipment {
	t.Helper()
	sh, err := w.Get(w.ctx, w.account, shipment.Handle{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	return sh
}

// underFault buys with a fault in the way, asks again as a caller does who heard nothing, and then looks up what became
// of it.
func underFault(t *testing.T, w *world, f fault) result {
	before, _ := w.ledger.sales()
	o := w.suite.sample(w.serial(), 1)
	w.stand.arm(f)
	made, err := w.try(o)
	if !w.stand.disarm() {
		t.Fatal("the purchase never met the fault: does the mock read Ledger.Mood, and does Buys know the call?")
	}
	after, _ := w.ledger.sales()
	sold := after > before
	switch f {
	case unreachable, tooMany, tooManyUntil:
		if !errs.Is(err, errs.Unavailable) || sold {
			t.Fatalf("%v, sold: %t; want Unavailable", err, sold)
		}
		if f != unreachable && errs.As(err).RetryAfter <= 0 {
			t.Errorf("%v does not say when to try again", err)
		}
		return yes
	case refused, failsInside:
		if !errs.Is(err, errs.Rejected) || sold {
			t.Fatalf("%v, sold: %t; want Rejected", err, sold)
		}
		if !says(err, Refusal) {
			t.Errorf("%q does not say the courier's words: %s", err, Refusal)
		}
		return yes
	case echo:
		if err == nil || sold {
			t.Fatalf("%v, sold: %t; it was refused", err, sold)
		}
		return yes
	case dropAtOnce:
		if err == nil { // the connection that was dropped was a look-up's, which is asked again
			return yes
		}
	case giant, wrongType, wrongShape, dropBought, dropBody, stall, errorAfter:
		if !sold {
			t.Fatal("the mock sold nothing")
		}
	}
	if !errs.Is(err, errs.Unclear) || w.state(t, made.Shipment.ID) != shipment.Unknown {
		t.Fatalf("%v, kept as %s; nobody can know yet", err, w.state(t, made.Shipment.ID))
	}
	if _, again := w.try(o); again == nil || errs.Is(again, errs.Rejected) || errs.Is(again, errs.Unavailable) {
		t.Fatalf("asked again while unknown: %v", again)
	}
	if n := w.stand.strayed.Load(); n > 0 {
		t.Fatalf("%d requests followed a redirect to another host", n)
	}
	return settled(t, w, made.Shipment.ID, sold)
}

// settled looks an unknown purchase up and holds the outcome against the ledger.
func settled(t *testing.T, w *world, id shipment.ID, sold bool) result {
	w.clock.Advance(proved)
	if _, err := w.Recover(w.ctx); err != nil {
		t.Fatal(err)
	}
	sh := w.get(t, id)
	switch {
	case !w.capabilities().Find:
		if sh.State != shipment.Unknown {
			t.Fatalf("kept as %s, and the courier can't be asked", sh.State)
		}
		return person
	case !sold && w.provesNothing():
		if sh.State != shipment.Unknown {
			t.Fatalf("kept as %s, and the courier can't prove that nothing was bought", sh.State)
		}
		return person
	case sold && (sh.State != shipment.Booked || len(sh.TrackingCodes) == 0):
		t.Fatalf("it was sold, and is kept as %s %v", sh.State, sh.TrackingCodes)
	case !sold && sh.State != shipment.NotBought:
		t.Fatalf("it was not sold, and is kept as %s", sh.State)
	}
	return yes
}

// provesNothing reports whether the courier can be asked for what was bought, and can't prove that nothing was.
func (w *world) provesNothing() bool {
	_, lacking := w.suite.Lacks[caseNothing]
	return lacking
}

// disturbedLookUp looks a sold purchase up while every answer is disturbed: that must not make it "not bought".
func disturbedLookUp(t *testing.T, w *world) result {
	if !w.capabilities().Find {
		return lacks
	}
	w.stand.arm(dropBought)
	made, _ := w.try(w.suite.sample(w.serial(), 1))
	id := made.Shipment.ID
	for _, n := range noises {
		w.stand.disturb(n)
		w.clock.Advance(proved)
		if _, err := w.Recover(w.ctx); err != nil {
			t.Fatal(err)
		}
		if got := w.state(t, id); got != shipment.Unknown {
			t.Fatalf("under %q it became %s", n, got)
		}
	}
	w.stand.disturb(quiet)
	return settled(t, w, id, true)
}

// checkLedger holds the courier's ledger to what is always true of it.
func (w *world) checkLedger(t *testing.T) {
	t.Helper()
	if _, wrong := w.ledger.sales(); len(wrong) > 0 {
		t.Errorf("the courier's ledger: %v", wrong)
	}
}
