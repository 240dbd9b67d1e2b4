package shipment

import (
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestOverallStatus(t *testing.T) {
	e := func(code string, at int64, status courier.Status) courier.Event {
		return courier.Event{TrackingCode: code, AtMs: at, Status: status}
	}
	two := []string{"A", "B"}
	cases := []struct {
		why    string
		events []courier.Event
		want   courier.Status
	}{
		{"nothing told", nil, courier.StatusBooked},
		{"the newest counts", []courier.Event{e("A", 1, 2), e("A", 3, 5), e("A", 2, 4)}, 5},
		{"one of two delivered", []courier.Event{e("A", 1, 2), e("B", 2, 2), e("A", 3, 7)}, 2},
		{"both delivered", []courier.Event{e("A", 3, 7), e("B", 4, 7)}, 7},
		{"an event without a code is every parcel's", []courier.Event{e("", 3, 7)}, 7},
		{"delivered stays delivered", []courier.Event{e("", 3, 7), e("A", 9, 4), e("B", 1, 2)}, 7},
		{"at one moment the later told counts", []courier.Event{e("A", 1, 2), e("A", 1, 3)}, 3},
	}
	for _, c := range cases {
		if got := overall(two, c.events); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got.Word(), c.want.Word())
		}
	}
}

// TestDeliveredIsFinal: whatever is told after or late, a delivered parcel stays delivered.
func TestDeliveredIsFinal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		event := rapid.Custom(func(t *rapid.T) courier.Event {
			return courier.Event{
				TrackingCode: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "code"), AtMs: rapid.Int64Range(0, 100).Draw(t, "at"),
				Status: rapid.SampledFrom([]courier.Status{2, 3, 4, 5, 6, 8, 9, 10, 13, 16, 18, 19}).Draw(t, "status"),
			}
		})
		events := append(rapid.SliceOf(event).Draw(t, "before"), courier.Event{Status: courier.StatusDelivered, AtMs: rapid.Int64Range(0, 100).Draw(t, "delivered")})
		events = append(events, rapid.SliceOf(event).Draw(t, "after")...)
		if got := overall([]string{"A", "B"}, events); got != courier.StatusDelivered {
			t.Fatal(got.Word())
		}
	})
}

func TestScan(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, nil).Shipment
	h := Handle{TrackingCode: sh.TrackingCodes[0]}
	w.clock.Advance(time.Hour)
	got, err := w.Scan(w.ctx, owned, h, courier.Event{Status: courier.StatusCollected, Location: "Depot"})
	if err != nil || got.Status != courier.StatusCollected {
		t.Fatal(got.Status, err)
	}
	last := w.reload(t, sh.ID).Events[1]
	want := courier.Event{ID: last.ID, AtMs: day.Add(time.Hour).UnixMilli(), Status: courier.StatusCollected, Description: "Collected", Location: "Depot"}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
	_, err = w.Scan(w.ctx, owned, h, courier.Event{Status: 14, TrackingCode: "nobody's", AtMs: day.Add(72 * time.Hour).UnixMilli()})
	wantCode(t, err, errs.Invalid)
	if diff := cmp.Diff([]string{"event_date", "tracking_code", "tracking_status_code"}, paths(err)); diff != "" {
		t.Error(diff)
	}
	_, err = w.Scan(w.ctx, owned, h, courier.Event{Status: courier.StatusCancelled})
	wantCode(t, err, errs.Invalid)
	if _, _, err := w.MarkCancelled(w.ctx, owned, h); err != nil {
		t.Fatal(err)
	}
	_, err = w.Scan(w.ctx, owned, h, courier.Event{Status: courier.StatusDelivered})
	wantCode(t, err, errs.Conflict)
}

func TestPackedFromBookedOnly(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, nil).Shipment
	for range 2 {
		if got, err := w.MarkPacked(w.ctx, owned, Handle{ID: sh.ID}); err != nil || !got.Packed {
			t.Fatal(got.Packed, err)
		}
	}
	if got := steps(w.reload(t, sh.ID)); got[len(got)-1] != StepPacked || got[len(got)-2] == StepPacked {
		t.Errorf("packed once: %v", got)
	}
	other := w.buy(t, nil).Shipment
	if _, err := w.Scan(w.ctx, owned, Handle{ID: other.ID}, courier.Event{Status: courier.StatusCollected}); err != nil {
		t.Fatal(err)
	}
	_, err := w.MarkPacked(w.ctx, owned, Handle{ID: other.ID})
	wantCode(t, err, errs.Conflict)
}

func TestTrackAsksOnce(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, nil).Shipment
	for range 2 { // the second answer holds no news
		got, err := w.Track(w.ctx, owned, Handle{ID: sh.ID})
		if err != nil || got.Status != courier.StatusCollected || len(got.Events) != 2 {
			t.Fatalf("%v %v", got.Events, err)
		}
	}
	if kept := w.reload(t, sh.ID); kept.Status != courier.StatusCollected || len(kept.Events) != 2 {
		t.Errorf("%+v", kept.Events)
	}
}
