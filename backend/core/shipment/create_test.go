package shipment

import (
	"slices"
	"testing"

	"packbench/backend/core/courier"
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
		if err != nil || string(f.Bytes) != "%PDF label of DP000001" {
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

// BenchmarkCreate is everything of a purchase but the door, the label and the database.
func BenchmarkCreate(b *testing.B) {
	w := newWorld(b)
	w.depot.local = true
	o := sample(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := w.Create(w.ctx, owned, o, 1); err != nil {
			b.Fatal(err)
		}
	}
}
