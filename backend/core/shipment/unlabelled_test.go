package shipment

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

// TestALabelThatDidNotComeIsFetchedLater buys from a courier whose label is a web page: the purchase stands, and the label
// is asked for again instead of being bought again.
func TestALabelThatDidNotComeIsFetchedLater(t *testing.T) {
	w := newWorld(t)
	w.depot.bare = true
	made := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" })
	sh := w.reload(t, made.Shipment.ID)
	if sh.State != Booked || sh.LabelKey != "" || len(made.Label.Bytes) != 0 {
		t.Fatalf("%s, label %q of %d bytes", sh.State, sh.LabelKey, len(made.Label.Bytes))
	}
	if n := len(sh.Warnings); n == 0 || sh.Warnings[n-1].Message != labelMissing {
		t.Errorf("warnings %+v", sh.Warnings)
	}
	if again := w.buy(t, func(o *order.Order) { o.IdempotencyKey = "k" }); !again.Duplicate || again.Shipment.ID != sh.ID {
		t.Errorf("the same order again: duplicate %t", again.Duplicate)
	}
	for range 2 {
		f, err := w.Label(w.ctx, owned, Handle{ID: sh.ID}, "", 0)
		if err != nil || !strings.Contains(string(f.Bytes), sh.TrackingCodes[0]) {
			t.Fatalf("%q %v", f.Bytes, err)
		}
	}
	if n := w.depot.sent[string(sh.ID)]; n != 1 {
		t.Errorf("it was sent %d times", n)
	}
	if kept := w.m.documents; len(kept) != 1 {
		t.Errorf("%d documents are kept, want the label that was fetched", len(kept))
	}
}

// TestWhatTheCourierSaidIsKept looks at a purchase that failed: its page shows the courier's own answer.
func TestWhatTheCourierSaidIsKept(t *testing.T) {
	wire := json.RawMessage(`[{"request":"POST https://depot.example"}]`)
	for name, told := range map[string]struct {
		err  error
		want State
	}{
		"refused": {errs.New(errs.Rejected, "No."), Rejected},
		"unsent":  {errs.New(errs.Unavailable, "Out of reach."), NotBought},
		"unclear": {errors.New("read: reset"), Unknown},
	} {
		w := newWorld(t)
		w.depot.says = &courier.Traced{Err: told.err, Wire: wire}
		_, err := w.Create(w.ctx, owned, sample(t, nil), Origin{})
		if err == nil {
			t.Fatalf("%s: bought", name)
		}
		sh := w.reload(t, w.m.order[0])
		if sh.State != told.want || string(sh.Answer) != string(wire) {
			t.Errorf("%s: kept as %s with %s", name, sh.State, sh.Answer)
		}
	}
}
