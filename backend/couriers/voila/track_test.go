package voila

import (
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"

	"github.com/google/go-cmp/cmp"
)

func TestFindTellsOneOrderFromAnotherOfItsReference(t *testing.T) {
	adapter, m := start(t)
	for _, id := range []string{"first", "second", "third", "fourth"} {
		in := consignment()
		in.ShipmentID = id
		if _, err := adapter.Book(t.Context(), access, in); err != nil {
			t.Fatal(err)
		}
	}
	in := consignment()
	in.ShipmentID = "first" // on the last page
	b, found, err := adapter.Find(t.Context(), access, in)
	if err != nil || !found || b.CourierRef != "DPDLocal/9001/labels/9001.zpl" || b.Label.Format != courier.ZPL {
		t.Fatalf("%+v %t %v", b, found, err)
	}
	m.silent = true
	if b, found, err := adapter.Find(t.Context(), access, in); err != nil || !found || len(b.Label.Bytes) != 0 || len(b.Warnings) != 1 {
		t.Errorf("a history that does not tell of the label: %+v %t %v", b, found, err)
	}
	m.ledger.Cancel("first")
	if _, found, err := adapter.Find(t.Context(), access, in); found || !errs.Is(err, errs.Unavailable) {
		t.Errorf("cancelled in Voila since: %t %v", found, err)
	}
	in.ShipmentID = "fifth"
	if _, found, err := adapter.Find(t.Context(), access, in); found || !errs.Is(err, errs.Unavailable) {
		t.Errorf("not listed: %t %v", found, err)
	}
}

func TestEventsInBothShapes(t *testing.T) {
	at := func(text string) int64 {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return when.UnixMilli()
	}
	adapter, m := start(t)
	b, err := adapter.Book(t.Context(), access, consignment())
	if err != nil {
		t.Fatal(err)
	}
	code := b.TrackingCodes[1]
	got, err := adapter.Track(t.Context(), access, code, "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]courier.Event{{TrackingCode: code, AtMs: at("2026-11-23T09:00:00Z"), Status: courier.StatusBooked, Description: "Label made"}}, got); diff != "" {
		t.Error(diff)
	}
	m.plain = true
	if got, err = adapter.Track(t.Context(), access, code, ""); err != nil {
		t.Fatal(err)
	}
	want := []courier.Event{
		{TrackingCode: code, AtMs: at("2026-11-23T09:00:00Z"), Status: courier.StatusCustom, Description: "Weighed"},
		{TrackingCode: code, AtMs: at("2026-11-24T08:15:00Z"), Status: courier.StatusOutForDelivery, Description: "With the driver", Location: "Leeds"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := adapter.Track(t.Context(), access, "unheard-of", ""); !errs.Is(err, errs.Rejected) {
		t.Errorf("%v", err)
	}
	for n := 1; n <= 19; n++ {
		if s := courier.Status(n); s.Known() && (statusOf(n, "") != s || statusOf(0, strings.ToUpper(s.Word())) != s) {
			t.Errorf("%d %s", n, s.Word())
		}
	}
}
