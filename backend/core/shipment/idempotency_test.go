package shipment

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/order"
)

func id(text string) json.RawMessage { return json.RawMessage(text) }

// TestRepeats goes through voila-api §7: what is a repeat, what a conflict and what a new shipment.
func TestRepeats(t *testing.T) {
	other := func(o *order.Order) { o.To.Address1 = "5 Sample Rise" }
	cases := []struct {
		why           string
		strict        bool
		first, second func(*order.Order)
		want          string // "again", "new" or "conflict"
	}{
		{
			"the same id, courier, reference and order", false,
			func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }, func(o *order.Order) { o.RequestID, o.Reference = id(`"7"`), "SO-1" }, "again",
		},
		{
			"another order under the same three", false,
			func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }, func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1"; other(o) }, "conflict",
		},
		{
			"one constant id, another reference", false,
			func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }, func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-2" }, "new",
		},
		{
			"one constant id, no reference, another order", false,
			func(o *order.Order) { o.RequestID = id("7") }, func(o *order.Order) { o.RequestID = id("7"); other(o) }, "new",
		},
		{
			"one constant id, no reference, the same order", false,
			func(o *order.Order) { o.RequestID = id("7") }, func(o *order.Order) { o.RequestID = id("7") }, "again",
		},
		{
			"a strict account: the id alone, same order", true,
			func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }, func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-2" }, "again",
		},
		{
			"a strict account: the id alone, another order", true,
			func(o *order.Order) { o.RequestID = id("7") }, func(o *order.Order) { o.RequestID = id("7"); other(o) }, "conflict",
		},
		{
			"the same key and order", false,
			func(o *order.Order) { o.IdempotencyKey = "k" }, func(o *order.Order) { o.IdempotencyKey = "k" }, "again",
		},
		{
			"the same key, another order", false,
			func(o *order.Order) { o.IdempotencyKey = "k" }, func(o *order.Order) { o.IdempotencyKey = "k"; other(o) }, "conflict",
		},
		{
			"another key, the same request id", false,
			func(o *order.Order) { o.IdempotencyKey, o.RequestID = "k", id("7") }, func(o *order.Order) { o.IdempotencyKey, o.RequestID = "l", id("7") }, "again",
		},
		{"no id at all", false, nil, nil, "new"},
		{
			"label format and documents do not make another order", false,
			func(o *order.Order) { o.IdempotencyKey = "k" }, func(o *order.Order) { o.IdempotencyKey, o.LabelFormat, o.WantSlip = "k", "zpl", false }, "again",
		},
	}
	for _, local := range []bool{true, false} {
		for _, c := range cases {
			t.Run(fmt.Sprintf("%s, local %t", c.why, local), func(t *testing.T) {
				w := newWorld(t)
				w.depot.local = local
				acc := w.m.accounts[owned]
				acc.StrictIDs = c.strict
				w.m.accounts[owned] = acc
				first := w.buy(t, c.first)
				second, err := w.Create(w.ctx, owned, sample(t, c.second), Origin{Number: 99})
				switch c.want {
				case "conflict":
					wantCode(t, err, errs.Conflict)
				case "again":
					if err != nil || !second.Duplicate || second.Shipment.ID != first.Shipment.ID || second.Shipment.RequestNumber == 99 {
						t.Fatalf("want the first answer again: %+v %v", second.Shipment.Row, err)
					}
					if string(second.Label.Bytes) != string(first.Label.Bytes) || second.Label.Key != first.Label.Key {
						t.Error("the replay has another label")
					}
				case "new":
					if err != nil || second.Duplicate || second.Shipment.ID == first.Shipment.ID {
						t.Fatalf("want a new shipment: %+v %v", second.Shipment.Row, err)
					}
				}
			})
		}
	}
}

func TestManyAtOnceMakeOne(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		const callers = 32
		var wg sync.WaitGroup
		made, repeats, waits := make(chan ID, callers), make(chan ID, callers), make(chan error, callers)
		for range callers {
			wg.Go(func() {
				c, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.IdempotencyKey = "one" }), Origin{})
				switch {
				case err != nil:
					waits <- err
				case c.Duplicate:
					repeats <- c.Shipment.ID
				default:
					made <- c.Shipment.ID
				}
			})
		}
		wg.Wait()
		if len(made) != 1 || len(w.m.shipments) != 1 {
			t.Fatalf("local %t: %d made, %d kept", local, len(made), len(w.m.shipments))
		}
		if first := <-made; local && len(repeats) != callers-1 {
			t.Errorf("%d repeats of %s", len(repeats), first)
		}
		for len(waits) > 0 { // only a courier with an outside effect can be in progress
			if e := errs.As(<-waits); local || e.Code != errs.Conflict || e.RetryAfter < time.Second {
				t.Errorf("local %t: %v", local, e)
			}
		}
		if !local && len(w.depot.ledger) != 1 {
			t.Errorf("the courier sold %d", len(w.depot.ledger))
		}
	}
}

func TestInProgressAsksToWait(t *testing.T) {
	w := newWorld(t)
	edit := func(o *order.Order) { o.RequestID = id("7") }
	w.depot.during = func() {
		_, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
		if e := errs.As(err); e == nil || e.Code != errs.Conflict || e.RetryAfter == 0 {
			t.Errorf("a request while the first is under way: %v", err)
		}
	}
	w.buy(t, edit)
	if len(w.depot.ledger) != 1 {
		t.Errorf("sold: %v", w.depot.ledger)
	}
}

func TestRefusedBurnsNothing(t *testing.T) {
	for _, local := range []bool{true, false} {
		for f, code := range map[fault]errs.Code{refuses: errs.Rejected, unreachable: errs.Unavailable} {
			w := newWorld(t)
			w.depot.local, w.depot.next = local, f
			edit := func(o *order.Order) { o.IdempotencyKey, o.RequestID, o.Reference = "k", id("7"), "SO-1" }
			_, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
			wantCode(t, err, code)
			if len(w.m.claims) != 0 || len(w.m.documents) != 0 {
				t.Errorf("claims %v, documents %v", w.m.claims, w.m.documents)
			}
			w.depot.next = fine
			c := w.buy(t, func(o *order.Order) { edit(o); o.To.City = "Cork" })
			if c.Duplicate {
				t.Error("the ids of a refused order were burnt")
			}
		}
	}
}

func TestCancelledGivesRequestIDBackButNotTheKey(t *testing.T) {
	w := newWorld(t)
	edit := func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }
	first := w.buy(t, edit)
	keyed := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" })
	for _, c := range []Created{first, keyed} {
		if _, already, err := w.Cancel(w.ctx, owned, Handle{ID: c.Shipment.ID}); err != nil || already {
			t.Fatal(already, err)
		}
	}
	if c := w.buy(t, edit); c.Duplicate || c.Shipment.ID == first.Shipment.ID {
		t.Error("request_id and reference are free again once cancelled")
	}
	c := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" })
	if !c.Duplicate || !c.Cancelled || c.Shipment.ID != keyed.Shipment.ID {
		t.Errorf("the key answers the first, cancelled: %+v", c.Shipment.Row)
	}
}

func TestUnknownIsNeverSentAgain(t *testing.T) {
	for _, f := range []fault{losesBefore, losesAfter, panics, answersBad} {
		w := newWorld(t)
		w.depot.next = f
		edit := func(o *order.Order) { o.RequestID, o.Reference = id("7"), "SO-1" }
		c, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
		wantCode(t, err, errs.Unclear)
		if c.Shipment.State != Unknown || w.reload(t, c.Shipment.ID).State != Unknown {
			t.Fatalf("fault %d: %+v", f, c.Shipment.Row)
		}
		w.depot.next = fine
		again, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
		wantCode(t, err, errs.Unclear)
		if again.Shipment.ID != c.Shipment.ID || w.depot.sent[string(c.Shipment.ID)] != 1 || len(w.depot.sent) != 1 {
			t.Errorf("fault %d: sent %v", f, w.depot.sent)
		}
	}
}

func TestReturnDuplicate(t *testing.T) {
	w := newWorld(t)
	plain := w.buy(t, func(o *order.Order) { o.Reference = "SO-1" })
	c := w.buy(t, func(o *order.Order) { o.Reference, o.ReturnDuplicate = "SO-1", true; o.To.City = "Cork" })
	if !c.Duplicate || c.Shipment.ID != plain.Shipment.ID || len(c.Label.Bytes) == 0 {
		t.Errorf("%+v", c.Shipment.Row)
	}
	c = w.buy(t, func(o *order.Order) { o.Reference, o.CancelOrReturnDuplicate = "SO-1", true })
	if c.Duplicate || w.reload(t, plain.Shipment.ID).State != Cancelled {
		t.Errorf("the first was to be cancelled: %+v", c.Shipment.Row)
	}
	w.depot.late = errs.New(errs.Conflict, "Too late.")
	again := w.buy(t, func(o *order.Order) { o.Reference, o.CancelOrReturnDuplicate = "SO-1", true })
	if !again.Duplicate || again.Shipment.ID != c.Shipment.ID {
		t.Errorf("what can't be cancelled is given: %+v", again.Shipment.Row)
	}
}

// TestReturnDuplicateAtOnceMakesOne lets another order with the same reference be bought while the first label is drawn.
func TestReturnDuplicateAtOnceMakesOne(t *testing.T) {
	w := newWorld(t)
	w.depot.local = true
	edit := func(o *order.Order) { o.Reference, o.ReturnDuplicate = "SO-1", true }
	var quicker Created
	w.depot.during = func() {
		quicker = w.buy(t, func(o *order.Order) { edit(o); o.To.City = "Cork" })
	}
	c := w.buy(t, edit)
	if quicker.Duplicate || !c.Duplicate || c.Shipment.ID != quicker.Shipment.ID || len(w.m.shipments) != 1 {
		t.Errorf("%d shipments, %+v", len(w.m.shipments), c.Shipment.Row)
	}
}

func TestClaimsAreForgottenInTime(t *testing.T) {
	w := newWorld(t)
	first := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" })
	w.clock.Advance(7 * 24 * time.Hour)
	if _, err := w.Recover(w.ctx); err != nil {
		t.Fatal(err)
	}
	if c := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" }); c.Shipment.ID != first.Shipment.ID {
		t.Error("a key is kept for 7 days at least")
	}
	w.clock.Advance(ClaimsKept)
	if _, err := w.Recover(w.ctx); err != nil {
		t.Fatal(err)
	}
	if len(w.m.claims) != 0 {
		t.Error("old claims are pruned")
	}
}
