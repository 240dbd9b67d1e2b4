package shipment

import (
	"fmt"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/order"
)

// lost makes a world with one purchase whose outcome is not known.
func lost(t *testing.T, how fault) (*world, Shipment) {
	t.Helper()
	w := newWorld(t)
	w.ctx = actor.With(t.Context(), actor.Actor{Door: actor.Window, Name: "tester"})
	w.depot.next = how
	made, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.IdempotencyKey = "k" }), Origin{})
	wantCode(t, err, errs.Unclear)
	w.depot.next = fine
	return w, made.Shipment
}

func TestUnknownIsAskedOfWithLongerPauses(t *testing.T) {
	w, sh := lost(t, losesAfter)
	w.depot.blind = true
	var looked []time.Duration
	last := int64(0)
	for minute := range 60 * 6 {
		if n, err := w.LookUpDue(w.ctx); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		list, err := w.Unknown(w.ctx)
		if err != nil || len(list) != 1 || list[0].Shipment.ID != sh.ID || !list[0].Askable || list[0].Told == "" || list[0].NextMs <= list[0].AskedMs {
			t.Fatalf("%+v %v", list, err)
		}
		if list[0].AskedMs != last {
			last = list[0].AskedMs
			looked = append(looked, time.Duration(minute)*time.Minute)
		}
		w.clock.Advance(time.Minute)
	}
	if got := fmt.Sprint(looked); got != "[0s 1m0s 3m0s 7m0s 15m0s 31m0s 1h3m0s 2h3m0s 3h3m0s 4h3m0s 5h3m0s]" {
		t.Errorf("looked up at %s", got)
	}
	if w.reload(t, sh.ID).State != Unknown {
		t.Error("time settled it")
	}
	w.depot.blind = false
	w.clock.Advance(time.Hour)
	if n, err := w.LookUpDue(w.ctx); err != nil || n != 0 || w.reload(t, sh.ID).State != Booked {
		t.Errorf("the courier answers, and it is %s: %d %v", w.reload(t, sh.ID).State, n, err)
	}
	checkWorld(t, w, "looked up")
}

func TestLookUpNow(t *testing.T) {
	w, sh := lost(t, losesBefore)
	got, told, err := w.LookUp(w.ctx, Handle{ID: sh.ID})
	if err != nil || got.State != Unknown || told == "" {
		t.Fatalf("%s %q %v: it may be on its way", got.State, told, err)
	}
	w.clock.Advance(proofAge)
	if got, told, err = w.LookUp(w.ctx, Handle{ID: sh.ID}); err != nil || got.State != NotBought || told != "" {
		t.Fatalf("%s %q %v", got.State, told, err)
	}
	_, _, err = w.LookUp(w.ctx, Handle{ID: sh.ID})
	wantCode(t, err, errs.Conflict)
}

func TestAPersonFindsThatItWasBought(t *testing.T) {
	w, sh := lost(t, losesAfter)
	for name, codes := range map[string][]string{
		"none": nil, "blank": {" "}, "too many": {"A1", "A2"}, "twice": {"A1", "A1"}, "control": {"A\x00"}, "long": {string(make([]rune, 61))},
	} {
		_, err := w.SettleBought(w.ctx, Handle{ID: sh.ID}, codes)
		if !errs.Is(err, errs.Invalid) || paths(err)[0] != "tracking_codes" {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := w.SettleBought(w.ctx, Handle{ID: sh.ID}, []string{" DP000001 ", ""})
	if err != nil || got.State != Booked || len(got.TrackingCodes) != 1 || got.TrackingCodes[0] != "DP000001" || got.Failure != "" {
		t.Fatalf("%+v %v", got.Row, err)
	}
	if last := w.m.audits[len(w.m.audits)-1]; last.Action != "shipment.settle-bought" || last.Subject.ID != string(sh.ID) {
		t.Errorf("audit %+v", last)
	}
	if again, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.IdempotencyKey = "k" }), Origin{}); err != nil || !again.Duplicate {
		t.Errorf("the same order again: %v, duplicate %t", err, again.Duplicate)
	}
	for _, settle := range []func() error{
		func() error { _, err := w.SettleBought(w.ctx, Handle{ID: sh.ID}, []string{"X"}); return err },
		func() error { _, err := w.SettleNotBought(w.ctx, Handle{ID: sh.ID}); return err },
	} {
		wantCode(t, settle(), errs.Conflict)
	}
}

func TestAPersonFindsThatItWasNotBought(t *testing.T) {
	w, sh := lost(t, losesBefore)
	got, err := w.SettleNotBought(w.ctx, Handle{ID: sh.ID})
	if err != nil || got.State != NotBought {
		t.Fatalf("%s %v", got.State, err)
	}
	if last := w.m.audits[len(w.m.audits)-1]; last.Action != "shipment.settle-not-bought" {
		t.Errorf("audit %+v", last)
	}
	if again := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" }); again.Duplicate {
		t.Error("its order can't be bought again")
	}
	if list, err := w.Unknown(w.ctx); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
}

// TestALookUpDoesNotUndoWhatAPersonSettled lets the courier be asked while a person settles.
func TestALookUpDoesNotUndoWhatAPersonSettled(t *testing.T) {
	for _, how := range []fault{losesBefore, losesAfter} {
		w, sh := lost(t, how)
		w.clock.Advance(proofAge)
		w.depot.asked = func() {
			if _, err := w.SettleBought(w.ctx, Handle{ID: sh.ID}, []string{"BY-HAND"}); err != nil {
				t.Error(err)
			}
		}
		if n, err := w.LookUpDue(w.ctx); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		if got := w.reload(t, sh.ID); got.State != Booked || got.TrackingCodes[0] != "BY-HAND" {
			t.Errorf("%s %v", got.State, got.TrackingCodes)
		}
	}
}

func TestUnknownIsForThisMachine(t *testing.T) {
	w, sh := lost(t, losesBefore)
	token := actor.With(t.Context(), actor.Actor{Door: actor.API, Name: "till", AccountID: string(owned), Scopes: actor.AllScopes()})
	for name, call := range map[string]func() error{
		"Unknown":         func() error { _, err := w.Unknown(token); return err },
		"LookUp":          func() error { _, _, err := w.LookUp(token, Handle{ID: sh.ID}); return err },
		"SettleBought":    func() error { _, err := w.SettleBought(token, Handle{ID: sh.ID}, []string{"A"}); return err },
		"SettleNotBought": func() error { _, err := w.SettleNotBought(token, Handle{ID: sh.ID}); return err },
	} {
		if err := call(); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s with a token: %v", name, err)
		}
	}
}

func TestAPanicOfALookUpProvesNothing(t *testing.T) {
	w, sh := lost(t, losesBefore)
	w.clock.Advance(proofAge)
	w.depot.asked = func() { panic("index out of range") }
	if n, err := w.LookUpDue(w.ctx); err != nil || n != 1 || w.reload(t, sh.ID).State != Unknown {
		t.Errorf("%d %v", n, err)
	}
}
