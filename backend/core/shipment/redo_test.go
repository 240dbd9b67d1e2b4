package shipment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"

	"pgregory.net/rapid"
)

// seated is somebody at this machine, who alone may redo and duplicate.
func seated() context.Context {
	return actor.With(context.Background(), actor.Actor{Door: actor.Window, Name: "packer"})
}

func redo(t tester, w *world, id ID) Created {
	t.Helper()
	out, err := w.Redo(seated(), Handle{ID: id})
	if err != nil {
		t.Fatalf("Redo: %v", err)
	}
	return out
}

func TestRedoCancelsAndBuysTheSameOrderAgain(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		old := w.buy(t, func(o *order.Order) { o.RequestID, o.Reference, o.GiftNote = id("7"), "SO-1", "For you" }).Shipment
		made := redo(t, w, old.ID)
		first, second := w.reload(t, old.ID), w.reload(t, made.Shipment.ID)
		if first.State != Cancelled || first.RedoDue || w.depot.cancelled[string(old.ID)] != 1 {
			t.Fatalf("local %t: the first is %s, told the courier %d times", local, first.State, w.depot.cancelled[string(old.ID)])
		}
		if second.State != Booked || made.Duplicate || second.ID == old.ID {
			t.Fatalf("local %t: the second is %+v", local, second.Row)
		}
		if want := (Link{RedoneAs, second.ID, second.Number}); !slices.Equal(first.Links, []Link{want}) {
			t.Errorf("local %t: the first links to %+v, want %+v", local, first.Links, want)
		}
		if want := (Link{RedoOf, old.ID, old.Number}); !slices.Equal(second.Links, []Link{want}) {
			t.Errorf("local %t: the second links to %+v, want %+v", local, second.Links, want)
		}
		a, b := old.order(0), second.order(0)
		if a.Fingerprint() != b.Fingerprint() || b.Reference != "SO-1" || b.GiftNote != "For you" || second.AccountID != owned {
			t.Errorf("local %t: another order was bought: %+v", local, b)
		}
		if last := w.m.audits[len(w.m.audits)-1]; last.Action != "shipment.redo" || last.Subject.ID != string(old.ID) || last.Actor != "packer" {
			t.Errorf("local %t: audit %+v", local, last)
		}
		if again := redo(t, w, old.ID); !again.Duplicate || again.Shipment.ID != second.ID {
			t.Errorf("local %t: pressed twice it made %+v", local, again.Shipment.Row)
		}
		// The order system that repeats its request is given the new label, and a third one is never bought.
		repeat := w.buy(t, func(o *order.Order) { o.RequestID, o.Reference, o.GiftNote = id("7"), "SO-1", "For you" })
		if !repeat.Duplicate || repeat.Shipment.ID != second.ID {
			t.Errorf("local %t: the repeated request is given %+v", local, repeat.Shipment.Row)
		}
		live(t, w, 1)
	}
}

// live fails unless the courier's ledger holds n labels that were sold and not cancelled.
func live(t tester, w *world, n int) {
	t.Helper()
	if w.depot.local {
		return // what was drawn and thrown away is no purchase
	}
	got := 0
	for reference, codes := range w.depot.ledger {
		if w.depot.cancelled[reference] == 0 {
			got += len(codes)
		}
	}
	if got != n {
		t.Fatalf("the courier has %d live labels, want %d: %v, cancelled %v", got, n, w.depot.ledger, w.depot.cancelled)
	}
}

func TestRedoThatMayNotCancelBuysNothing(t *testing.T) {
	cases := map[string]struct {
		late   error
		edit   func(t *testing.T, w *world, sh Shipment)
		code   errs.Code
		says   string
		unsent bool
	}{
		"too late":         {late: errs.New(errs.Conflict, "The van has it."), code: errs.Conflict, says: "Nothing was bought. The van has it."},
		"refused":          {late: errs.New(errs.Rejected, "No."), code: errs.Conflict, says: "Nothing was bought. No."},
		"out of reach":     {late: errs.New(errs.Unavailable, "Out of reach."), code: errs.Unavailable, says: "Nothing was bought. Out of reach."},
		"nobody can tell":  {late: errors.New("time-out"), code: errs.Unclear, says: "Nothing was bought. It is not known whether the courier cancelled"},
		"collected":        {edit: scanned, code: errs.Conflict, says: `Nothing was bought. It can't be cancelled any more: its status is "Collected".`},
		"cancelled before": {edit: cancelledBefore, code: errs.Conflict, says: "there is nothing to redo"},
		"account disabled": {edit: disabled, code: errs.Forbidden, says: "is disabled"},
		"auth is gone":     {edit: authGone, code: errs.Invalid, says: ""},
		"disk is full":     {edit: full, code: errs.Unavailable, says: "almost full"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			sh := w.buy(t, nil).Shipment
			w.depot.late = c.late
			if c.edit != nil {
				c.edit(t, w, sh)
			}
			told := w.depot.cancelled[string(sh.ID)]
			_, err := w.Redo(seated(), Handle{ID: sh.ID})
			wantCode(t, err, c.code)
			if !strings.Contains(errs.As(err).Message, c.says) {
				t.Errorf("it says %q, want %q", errs.As(err).Message, c.says)
			}
			if len(w.depot.sent) != 1 || len(w.m.shipments) != 1 || w.depot.cancelled[string(sh.ID)] != told {
				t.Errorf("sent %v, kept %d, cancelled %v", w.depot.sent, len(w.m.shipments), w.depot.cancelled)
			}
			if now := w.reload(t, sh.ID); now.RedoDue || len(now.Links) != 0 {
				t.Errorf("it says that a redo is under way: %+v", now.Links)
			}
		})
	}
}

func scanned(t *testing.T, w *world, sh Shipment) {
	t.Helper()
	if _, err := w.Scan(w.ctx, owned, Handle{ID: sh.ID}, courier.Event{Status: courier.StatusCollected}); err != nil {
		t.Fatal(err)
	}
}

func cancelledBefore(t *testing.T, w *world, sh Shipment) {
	t.Helper()
	if _, _, err := w.Cancel(w.ctx, owned, Handle{ID: sh.ID}); err != nil {
		t.Fatal(err)
	}
}

func disabled(_ *testing.T, w *world, _ Shipment) {
	acc := w.m.accounts[owned]
	acc.Disabled = true
	w.m.accounts[owned] = acc
}

func authGone(_ *testing.T, w *world, _ Shipment) { delete(w.m.auths, "auth-1") }

func full(_ *testing.T, w *world, _ Shipment) {
	w.Reserve = func() error { return errs.New(errs.Unavailable, "The disk is almost full.") }
}

func TestRedoGoesOnWhereItsPurchaseFailed(t *testing.T) {
	for _, c := range []struct {
		fault fault
		code  errs.Code
		says  string
	}{
		{refuses, errs.Rejected, "is cancelled, and its new label was not bought: Depot does not go there."},
		{unreachable, errs.Unavailable, "is cancelled, and its new label was not bought: Depot can't be reached."},
		{losesBefore, errs.Unclear, "It is not known whether Depot sold this label"},
		{losesAfter, errs.Unclear, "It is not known whether Depot sold this label"},
		{panics, errs.Unclear, "It is not known whether Depot sold this label"},
		{answersBad, errs.Unclear, "It is not known whether Depot sold this label"},
	} {
		t.Run(fmt.Sprint(c.fault), func(t *testing.T) {
			w := newWorld(t)
			old := w.buy(t, nil).Shipment
			w.depot.next = c.fault
			_, err := w.Redo(seated(), Handle{ID: old.ID})
			wantCode(t, err, c.code)
			if !strings.Contains(errs.As(err).Message, c.says) {
				t.Errorf("it says %q, want %q", errs.As(err).Message, c.says)
			}
			now := w.reload(t, old.ID)
			if now.State != Cancelled || !now.RedoDue || len(now.Links) != 1 || now.Links[0].Kind != RedoneAs {
				t.Fatalf("the first is %s, due %t, links %+v", now.State, now.RedoDue, now.Links)
			}
			w.depot.next = fine
			if c.code == errs.Unclear {
				_, err := w.Redo(seated(), Handle{ID: old.ID})
				wantCode(t, err, errs.Unclear)
				if len(w.depot.sent) != 2 {
					t.Fatalf("what is not known was sent again: %v", w.depot.sent)
				}
				w.restart(t)
				if unknown, err := w.Recover(w.ctx); unknown != 0 || err != nil {
					t.Fatal(unknown, err)
				}
			}
			made := redo(t, w, old.ID)
			if now := w.reload(t, old.ID); now.RedoDue || w.reload(t, made.Shipment.ID).State != Booked {
				t.Errorf("after it went on: %+v", now)
			}
			live(t, w, 1)
			checkWorld(t, w, "after the redo")
		})
	}
}

// TestPowerFailsAtEveryWriteOfARedo starts again on what was kept, and presses again until a label is there: one only.
func TestPowerFailsAtEveryWriteOfARedo(t *testing.T) {
	for _, local := range []bool{true, false} {
		for _, behind := range []bool{false, true} {
			for n := 1; ; n++ {
				when := fmt.Sprintf("local %t, write %d, behind %t", local, n, behind)
				w := newWorld(t)
				w.depot.local = local
				old := w.buy(t, nil).Shipment
				w.m.writes, w.m.dieAt, w.m.dieAfter = 0, n, behind
				_, told := w.Redo(seated(), Handle{ID: old.ID})
				survived := !w.m.dead
				w.restart(t)
				if unknown, err := w.Recover(w.ctx); err != nil || unknown != 0 {
					t.Fatalf("%s: %d unknown, %v", when, unknown, err)
				}
				if now := w.reload(t, old.ID); now.State == Cancelled && !now.RedoDue && len(now.Links) == 0 {
					t.Fatalf("%s: nobody can see that it was to be bought again", when)
				}
				made := redo(t, w, old.ID)
				if now := w.reload(t, old.ID); now.State != Cancelled || now.RedoDue || w.reload(t, made.Shipment.ID).State != Booked {
					t.Fatalf("%s: %s, due %t; the new one is %s", when, now.State, now.RedoDue, made.Shipment.State)
				}
				live(t, w, 1)
				checkWorld(t, w, when)
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

func TestRedoMeanwhile(t *testing.T) {
	w := newWorld(t)
	old := w.buy(t, nil).Shipment
	w.depot.during = func() { // the second click comes while the courier is asked
		_, err := w.Redo(seated(), Handle{ID: old.ID})
		if errs.CodeOf(err) != errs.Conflict || !strings.Contains(err.Error(), "in progress") {
			t.Errorf("the second click: %v", err)
		}
	}
	redo(t, w, old.ID)
	if len(w.depot.sent) != 2 {
		t.Errorf("sent %v", w.depot.sent)
	}
	live(t, w, 1)
}

func TestRedoEndsWhenAPersonSettlesItsPurchase(t *testing.T) {
	for _, bought := range []bool{true, false} {
		w := newWorld(t)
		w.depot.blind = true
		old := w.buy(t, nil).Shipment
		w.depot.next = losesBefore
		_, err := w.Redo(seated(), Handle{ID: old.ID})
		wantCode(t, err, errs.Unclear)
		w.depot.next = fine
		second := Handle{ID: w.reload(t, old.ID).Links[0].ID}
		if bought {
			_, err = w.SettleBought(seated(), second, []string{"DP9"})
		} else {
			_, err = w.SettleNotBought(seated(), second)
		}
		if err != nil {
			t.Fatal(err)
		}
		if now := w.reload(t, old.ID); now.RedoDue == bought {
			t.Errorf("bought %t: a redo is due %t", bought, now.RedoDue)
		}
		made := redo(t, w, old.ID)
		if made.Duplicate != bought || bought && made.Shipment.ID != second.ID || w.reload(t, old.ID).RedoDue {
			t.Errorf("bought %t: pressed again it made %+v", bought, made.Shipment.Row)
		}
	}
}

func TestEndRedo(t *testing.T) {
	w := newWorld(t)
	first := func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }
	old := w.buy(t, first).Shipment
	w.depot.next = refuses
	_, err := w.Redo(seated(), Handle{ID: old.ID})
	wantCode(t, err, errs.Rejected)
	// While it is to be redone nothing else is bought for it.
	_, err = w.Create(w.ctx, owned, sample(t, first), Origin{})
	wantCode(t, err, errs.Conflict)
	for range 2 {
		sh, err := w.EndRedo(seated(), Handle{ID: old.ID})
		if err != nil || sh.RedoDue || sh.State != Cancelled {
			t.Fatal(sh.RedoDue, sh.State, err)
		}
	}
	w.depot.next = fine
	if again := w.buy(t, first); again.Duplicate { // its request may be sent again
		t.Errorf("after the end: %+v", again.Shipment.Row)
	}
	if got := steps(w.reload(t, old.ID)); got[len(got)-1] != StepRedoEnded || got[len(got)-2] == StepRedoEnded {
		t.Errorf("steps %v", got)
	}
	_, err = w.Redo(seated(), Handle{ID: old.ID})
	wantCode(t, err, errs.Conflict)
}

func TestDuplicate(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		old := w.buy(t, func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }).Shipment
		_, err := w.Duplicate(seated(), Handle{ID: old.ID}, old.Number+1, "a")
		wantCode(t, err, errs.Invalid)
		if p := paths(err); !slices.Equal(p, []string{"confirm"}) {
			t.Errorf("at %v", p)
		}
		live(t, w, 1)

		made, err := w.Duplicate(seated(), Handle{ID: old.ID}, old.Number, "a")
		if err != nil || made.Duplicate {
			t.Fatal(made.Duplicate, err)
		}
		again, err := w.Duplicate(seated(), Handle{ID: old.ID}, old.Number, "a")
		if err != nil || !again.Duplicate || again.Shipment.ID != made.Shipment.ID {
			t.Fatalf("the same click again: %+v %v", again.Shipment.Row, err)
		}
		live(t, w, 2)
		first, second := w.reload(t, old.ID), w.reload(t, made.Shipment.ID)
		if first.State != Booked || !slices.Equal(first.Links, []Link{{DuplicatedAs, second.ID, second.Number}}) ||
			!slices.Equal(second.Links, []Link{{DuplicateOf, first.ID, first.Number}}) {
			t.Errorf("links %+v and %+v", first.Links, second.Links)
		}
		if last := w.m.audits[len(w.m.audits)-1]; last.Action != "shipment.duplicate" || last.Subject.ID != string(old.ID) {
			t.Errorf("audit %+v", last)
		}
		if _, err := w.Duplicate(seated(), Handle{ID: old.ID}, old.Number, "b"); err != nil {
			t.Fatalf("another click is another purchase: %v", err)
		}
		live(t, w, 3)
	}
}

func TestDuplicateOfWhatIsNotKnown(t *testing.T) {
	w := newWorld(t)
	w.depot.next = losesAfter
	c, err := w.Create(w.ctx, owned, sample(t, nil), Origin{})
	wantCode(t, err, errs.Unclear)
	w.depot.next = fine
	_, err = w.Duplicate(seated(), Handle{ID: c.Shipment.ID}, c.Shipment.Number, "a")
	wantCode(t, err, errs.Conflict)
	_, err = w.Redo(seated(), Handle{ID: c.Shipment.ID})
	wantCode(t, err, errs.Conflict)
	if len(w.depot.sent) != 1 {
		t.Errorf("sent %v", w.depot.sent)
	}
}

func TestAgainIsForThisMachineOnly(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, nil).Shipment
	_, redoing := w.Redo(w.ctx, Handle{ID: sh.ID})
	_, doubling := w.Duplicate(w.ctx, Handle{ID: sh.ID}, sh.Number, "a")
	_, ending := w.EndRedo(w.ctx, Handle{ID: sh.ID})
	for i, err := range []error{redoing, doubling, ending} {
		if !errs.Is(err, errs.Forbidden) {
			t.Errorf("call %d of the courier API: %v", i, err)
		}
	}
}

// TestNeverTwoByARedo lets chance redo, cancel and lose power with a courier that fails in every way there is: of one
// order, the courier never has two labels that it sold and did not cancel.
func TestNeverTwoByARedo(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &machine{world: newWorld(t)}
		m.buy(rt, nil)
		atMostOne := func(rt *rapid.T) {
			sold := 0
			for reference, codes := range m.depot.ledger {
				if m.depot.cancelled[reference] == 0 {
					sold += len(codes)
				}
			}
			if sold > 1 {
				rt.Fatalf("%d live labels: %v, cancelled %v", sold, m.depot.ledger, m.depot.cancelled)
			}
			m.check(rt)
		}
		press := func(rt *rapid.T) {
			m.depot.next = rapid.SampledFrom(faults).Draw(rt, "fault")
			m.depot.late = rapid.SampledFrom([]error{nil, nil, errs.New(errs.Conflict, "Too late."), fmt.Errorf("time-out")}).Draw(rt, "cancel answer")
			_, err := m.Redo(seated(), m.one(rt))
			if errs.Is(err, errs.Rejected) {
				return
			}
			allowed(rt, err)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"redo": press, "redo again": press, "cancel": m.cancel, "look up": m.recover,
			"power fails": func(rt *rapid.T) {
				m.m.writes, m.m.dieAt = 0, rapid.IntRange(1, 8).Draw(rt, "write")
				m.m.dieAfter = rapid.Bool().Draw(rt, "behind the commit")
				m.depot.next = rapid.SampledFrom(faults).Draw(rt, "fault")
				m.depot.late = nil
				_, _ = m.Redo(seated(), m.one(rt)) // what came of it is looked at after the start
				m.recover(rt)
			},
			"": atMostOne,
		})
	})
}
