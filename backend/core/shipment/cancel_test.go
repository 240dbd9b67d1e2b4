package shipment

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

func TestCancel(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		c := w.buy(t, nil)
		h := Handle{Number: c.Shipment.Number}
		sh, already, err := w.Cancel(w.ctx, owned, h)
		if err != nil || already || sh.State != Cancelled || sh.Status != courier.StatusCancelled {
			t.Fatalf("local %t: %+v %t %v", local, sh.Row, already, err)
		}
		if kept := w.reload(t, sh.ID); kept.State != Cancelled || kept.Version != sh.Version {
			t.Errorf("local %t: %+v", local, kept.Row)
		}
		if last := w.m.audits[len(w.m.audits)-1]; last.Action != "shipment.cancel" || last.Subject.ID != string(sh.ID) {
			t.Errorf("local %t: audit %+v", local, last)
		}
		if _, already, err = w.Cancel(w.ctx, owned, h); err != nil || !already {
			t.Errorf("local %t: a second cancel is fine and says so: %t %v", local, already, err)
		}
		if w.depot.cancelled[string(sh.ID)] != 1 {
			t.Errorf("local %t: the courier was told %d times", local, w.depot.cancelled[string(sh.ID)])
		}
	}
}

func TestCancelRefused(t *testing.T) {
	cases := []struct {
		answer error
		code   errs.Code
		state  State
	}{
		{errs.New(errs.Conflict, "The van has it."), errs.Conflict, Booked},
		{errs.New(errs.Rejected, "The van has it."), errs.Conflict, Booked},
		{errs.New(errs.Unavailable, "Out of reach."), errs.Unavailable, Booked},
		{fmt.Errorf("time-out"), errs.Unclear, Cancelling},
	}
	for _, c := range cases {
		w := newWorld(t)
		bought := w.buy(t, nil)
		w.depot.late = c.answer
		_, _, err := w.Cancel(w.ctx, owned, Handle{ID: bought.Shipment.ID})
		wantCode(t, err, c.code)
		if sh := w.reload(t, bought.Shipment.ID); sh.State != c.state || steps(sh)[len(sh.Timeline)-1] != StepNotCancelled {
			t.Errorf("%v: %s %v", c.answer, sh.State, steps(sh))
		}
		w.depot.late = nil
		if sh, _, err := w.Cancel(w.ctx, owned, Handle{ID: bought.Shipment.ID}); err != nil || sh.State != Cancelled {
			t.Errorf("%v: cancelling again: %s %v", c.answer, sh.State, err)
		}
	}
}

func TestCancellableSaysWhyNot(t *testing.T) {
	w := newWorld(t)
	booked := w.buy(t, nil).Shipment
	with := func(edit func(*Shipment)) Shipment { sh := booked; edit(&sh); return sh }
	cases := []struct {
		sh  Shipment
		why string
	}{
		{booked, ""},
		{with(func(s *Shipment) { s.CancelUntilMs = day.Add(time.Hour).UnixMilli() }), ""},
		{with(func(s *Shipment) { s.CancelUntilMs = day.Add(-time.Hour).UnixMilli() }), "could be cancelled until"},
		{with(func(s *Shipment) { s.Status = courier.StatusInTransit }), "In transit"},
		{with(func(s *Shipment) { s.State = Cancelled }), "already"},
		{with(func(s *Shipment) { s.State = Unknown }), "not known"},
		{with(func(s *Shipment) { s.State = Rejected }), "never bought"},
		{with(func(s *Shipment) { s.Courier = "Gone" }), "mark it as cancelled"},
	}
	for _, c := range cases {
		got := w.Cancellable(c.sh)
		if got.Yes != (c.why == "") || !strings.Contains(got.Why, c.why) {
			t.Errorf("want %q: %+v", c.why, got)
		}
	}
}

func TestMarkCancelled(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, nil)
	sh, already, err := w.MarkCancelled(w.ctx, owned, Handle{RequestNumber: c.Shipment.RequestNumber})
	if err != nil || already || sh.State != Cancelled || len(w.depot.cancelled) != 0 {
		t.Fatalf("%+v %v %v", sh.Row, err, w.depot.cancelled)
	}
	if _, already, err := w.MarkCancelled(w.ctx, owned, Handle{ID: sh.ID}); err != nil || !already {
		t.Error(already, err)
	}
	delivered := w.buy(t, nil).Shipment
	if _, err := w.Scan(w.ctx, owned, Handle{ID: delivered.ID}, courier.Event{Status: courier.StatusDelivered}); err != nil {
		t.Fatal(err)
	}
	_, _, err = w.MarkCancelled(w.ctx, owned, Handle{ID: delivered.ID})
	wantCode(t, err, errs.Conflict)
}

// TestOthersThingsAreNotThere goes through every method that takes a handle.
func TestOthersThingsAreNotThere(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, nil)
	w.m.accounts["account-2"] = account.Account{ID: "account-2", Name: "Other"}
	ctx := actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: "account-2", Scopes: actor.AllScopes()})
	h := Handle{ID: c.Shipment.ID}
	for _, id := range []account.ID{"account-2", owned} {
		calls := map[string]func() error{
			"get":            func() error { _, err := w.Get(ctx, id, h); return err },
			"cancel":         func() error { _, _, err := w.Cancel(ctx, id, h); return err },
			"mark cancelled": func() error { _, _, err := w.MarkCancelled(ctx, id, h); return err },
			"mark packed":    func() error { _, err := w.MarkPacked(ctx, id, h); return err },
			"scan":           func() error { _, err := w.Scan(ctx, id, h, courier.Event{Status: 2}); return err },
			"track":          func() error { _, err := w.Track(ctx, id, h); return err },
			"label":          func() error { _, err := w.Label(ctx, id, h, "", 0); return err },
			"slip":           func() error { _, err := w.PackingSlip(ctx, id, h, 1); return err },
			"invoice":        func() error { _, err := w.CommercialInvoice(ctx, id, h, 1); return err },
		}
		for name, call := range calls {
			if err := call(); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s of %s: %v", name, id, err)
			}
		}
	}
	if _, err := w.Get(ctx, "", h); !errs.Is(err, errs.Forbidden) {
		t.Errorf("all accounts' things are for this machine only: %v", err)
	}
	if _, err := w.Documents.Open(ctx, c.Label.Key); !errs.Is(err, errs.NotFound) {
		t.Errorf("a foreign document: %v", err)
	}
	if got := steps(w.reload(t, c.Shipment.ID)); !slices.Equal(got, []string{StepReceived, StepSending, StepBooked}) {
		t.Errorf("something was changed: %v", got)
	}
}
