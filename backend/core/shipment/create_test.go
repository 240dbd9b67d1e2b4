package shipment

import (
	"slices"
	"testing"

	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/requestlog"
)

func TestCreateKeepsEverythingTogether(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		c := w.buy(t, nil)
		sh := w.reload(t, c.Shipment.ID)
		if sh.State != Booked || sh.Status != courier.StatusBooked || len(sh.TrackingCodes) != 1 || sh.Number != 1 || sh.RequestNumber != 1 {
			t.Errorf("local %t: %+v", local, sh.Row)
		}
		want := []string{StepReceived, StepSending, StepBooked}
		if local {
			want = []string{StepReceived, StepBooked}
		}
		if !slices.Equal(steps(sh), want) {
			t.Errorf("local %t: steps %v", local, steps(sh))
		}
		if len(sh.Events) != 1 || sh.Events[0].Status != courier.StatusBooked {
			t.Errorf("local %t: a booked shipment has its first event at once: %v", local, sh.Events)
		}
		f, err := w.Documents.Open(w.ctx, c.Label.Key)
		if err != nil || string(f.Bytes) != "%PDF- label of DP000001" {
			t.Errorf("local %t: label %q %v", local, f.Bytes, err)
		}
		if c.Shipment.Version != sh.Version {
			t.Errorf("local %t: told version %d, kept %d", local, c.Shipment.Version, sh.Version)
		}
		if sh.Consignment.From.City != "Leith" || len(sh.Request) == 0 || sh.TrackingHash <= 0 || sh.TrackingHash >= 1<<53 {
			t.Errorf("local %t: %+v", local, sh)
		}
	}
}

func TestALocalPurchaseAndItsRequestAreOneCommit(t *testing.T) {
	w := newWorld(t)
	w.depot.local = true
	from := Origin{Number: 7, Entry: func(c Created) (requestlog.Entry, error) {
		return requestlog.Entry{Number: 7, Response: c.Shipment.TrackingCodes[0]}, nil
	}}
	once := func(o *order.Order) { o.IdempotencyKey = "one" }
	c, err := w.Create(w.ctx, owned, sample(t, once), from)
	if err != nil || !c.Logged {
		t.Fatalf("logged %t, %v", c.Logged, err)
	}
	if len(w.m.requests) != 1 || w.m.requests[0].Response != "DP000001" {
		t.Errorf("log: %+v", w.m.requests)
	}

	again, err := w.Create(w.ctx, owned, sample(t, once), from)
	if err != nil || !again.Duplicate || again.Logged || len(w.m.requests) != 1 {
		t.Errorf("a repeat buys nothing, so its caller writes its entry: %+v %v, log %+v", again, err, w.m.requests)
	}

	w.m.dieAt = w.m.writes + 2 // behind the numbers of the purchase
	if _, err := w.Create(w.ctx, owned, sample(t, nil), from); err == nil {
		t.Fatal("the power did not fail")
	}
	if len(w.m.requests) != 1 || len(w.m.shipments) != 1 {
		t.Errorf("half of a purchase stayed: %d entries, %d shipments", len(w.m.requests), len(w.m.shipments))
	}
}

func TestACouriersAnswerIsLoggedByTheCaller(t *testing.T) {
	w := newWorld(t)
	c, err := w.Create(w.ctx, owned, sample(t, nil), Origin{Entry: func(Created) (requestlog.Entry, error) {
		t.Error("an entry was asked for before the courier answered")
		return requestlog.Entry{}, nil
	}})
	if err != nil || c.Logged || len(w.m.requests) != 0 {
		t.Errorf("logged %t, %v, log %+v", c.Logged, err, w.m.requests)
	}
}

// BenchmarkCreate is everything of a purchase but the door, the label and the database.
func BenchmarkCreate(b *testing.B) {
	w := newWorld(b)
	w.depot.local = true
	o := sample(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Create(w.ctx, owned, o, Origin{Number: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
