package couriertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

type testCase struct {
	name string
	run  func(*testing.T, *world) result
}

// Names of cases that Suite.Lacks may hold.
const (
	caseThree    = "book 3 parcels"
	caseAbroad   = "book abroad with customs"
	casePapers   = "customs papers come with the label"
	caseTooLate  = "cancel too late"
	caseNothing  = "find nothing" // lacking: a purchase that was not made stays unknown, for a person
	caseRefused  = "courier's refusal"
	caseFailsIn  = "200 that is a failure"
	caseManifest = "end of day"
	casePrice    = "price"
)

func cases() []testCase {
	list := []testCase{
		{"connection check", checkConnection},
		{"bad credentials", badCredentials},
		{"book", func(t *testing.T, w *world) result { return bookOne(t, w, w.suite.sample(w.serial(), 1)) }},
		{caseThree, func(t *testing.T, w *world) result { return bookOne(t, w, w.suite.sample(w.serial(), 3)) }},
		{caseAbroad, bookAbroad},
		{casePapers, bookWithPapers},
		{"every label format and size", labelFormats},
		{"cancel", cancelOne},
		{"cancel twice", cancelTwice},
		{caseTooLate, cancelTooLate},
		{"find a purchase", findPurchase},
		{caseNothing, findNothing},
		{"track", track},
		{"label again", labelAgain},
		{caseManifest, endOfDay},
		{casePrice, tellPrice},
		{"price refused", refusePrice},
	}
	for _, f := range faults {
		list = append(list, testCase{string(f), func(t *testing.T, w *world) result { return underFault(t, w, f) }})
	}
	return append(list, testCase{"a disturbed look-up proves nothing", disturbedLookUp})
}

func (w *world) capabilities() courier.Capabilities { return w.adapter.Descriptor().Capabilities }

func checkConnection(t *testing.T, w *world) result {
	v, err := w.adapter.Check(w.ctx, w.access)
	if err != nil || len(v.Steps) == 0 {
		t.Fatalf("Check: %v %v", v, err)
	}
	return yes
}

// badCredentials changes each secret in turn: each must be needed, and said to be wrong.
func badCredentials(t *testing.T, w *world) result {
	for _, f := range w.adapter.Descriptor().Fields {
		if f.Kind != courier.Secret || w.suite.Fields[f.Key] == "" {
			continue
		}
		wrong := map[string]string{}
		for k, v := range w.suite.Fields {
			wrong[k] = v
		}
		wrong[f.Key] = "wrong-" + f.Key
		access := w.access
		access.Credentials = courier.NewCredentials(wrong)
		_, err := w.adapter.Check(w.ctx, access)
		w.hear(err)
		if !errs.Is(err, errs.Rejected) {
			t.Errorf("Check with a wrong %s: %v, want Rejected", f.Key, err)
		}
		_, err = w.adapter.Book(w.ctx, access, courier.Consignment{ShipmentID: "wrong-credentials", From: sender(), To: recipient(),
			Parcels: []courier.Parcel{parcel("GBP")}, Service: courier.ServiceOffer{Code: w.suite.Service}, LabelFormat: w.adapter.Descriptor().Formats[0],
			LabelSize: w.adapter.Descriptor().Sizes[0], LabelDPI: 203, Options: w.suite.Options, CreatedMs: w.clock.Now().UnixMilli()})
		w.hear(err)
		if !errs.Is(err, errs.Rejected) {
			t.Errorf("Book with a wrong %s: %v, want Rejected", f.Key, err)
		}
	}
	return yes
}

// bookOne buys and looks at what is kept.
func bookOne(t *testing.T, w *world, o order.Order) result {
	made := w.buy(t, o)
	sh := made.Shipment
	switch {
	case sh.State != shipment.Booked || sh.CourierRef == "":
		t.Fatalf("state %s, courier's reference %q", sh.State, sh.CourierRef)
	case len(sh.TrackingCodes) == 0 || len(sh.TrackingCodes) > len(o.Parcels):
		t.Fatalf("%d tracking codes of %d parcels", len(sh.TrackingCodes), len(o.Parcels))
	case !sh.Consignment.LabelFormat.Matches(made.Label.Bytes):
		t.Fatalf("the label is no %s", sh.Consignment.LabelFormat)
	case len(sh.Answer) == 0:
		t.Fatal("the courier's answer was not kept")
	}
	if w.ledger.Standing(string(sh.ID)) != Live {
		t.Fatal("the courier sold nothing under our reference")
	}
	return yes
}

func bookAbroad(t *testing.T, w *world) result {
	if w.suite.ServiceAbroad == "" {
		return lacks
	}
	return bookOne(t, w, w.suite.sampleAbroad(w.serial()))
}

// bookWithPapers buys abroad, and looks for the courier's own papers among what is kept.
func bookWithPapers(t *testing.T, w *world) result {
	if len(w.suite.Papers) == 0 {
		return lacks
	}
	sh := w.buy(t, w.suite.sampleAbroad(w.serial())).Shipment
	kept, err := w.Kept(w.ctx, sh.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range w.suite.Papers {
		at := slices.IndexFunc(kept, func(d document.Document) bool { return d.Kind == document.Kind(kind) })
		if at < 0 {
			t.Fatalf("no %s is kept; told: %v", kind.Word(), sh.Warnings)
		}
		if file, err := w.KeptFile(w.ctx, sh.ID, kept[at].Key); err != nil || !courier.PDF.Matches(file.Bytes) {
			t.Errorf("%s: %v, %d bytes", kind.Word(), err, len(file.Bytes))
		}
	}
	return yes
}

func labelFormats(t *testing.T, w *world) result {
	d := w.adapter.Descriptor()
	for _, format := range d.Formats {
		for _, size := range d.Sizes {
			o := w.suite.sample(w.serial(), 1)
			o.LabelFormat, o.LabelSize = format, size
			made := w.buy(t, o)
			if got := made.Shipment.Consignment; got.LabelFormat != format {
				t.Errorf("asked for %s, the label is %s", format, got.LabelFormat)
			} else if !format.Matches(made.Label.Bytes) {
				t.Errorf("the label of %s %s is something else", format, size)
			}
		}
	}
	return yes
}

func cancelOne(t *testing.T, w *world) result {
	if !w.capabilities().Cancel {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	if _, _, err := w.Cancel(w.ctx, w.account, shipment.Handle{ID: sh.ID}); err != nil {
		t.Fatal(err)
	}
	if w.state(t, sh.ID) != shipment.Cancelled || w.ledger.Standing(string(sh.ID)) != Cancelled {
		t.Fatalf("kept as %s; the courier's ledger says %d", w.state(t, sh.ID), w.ledger.Standing(string(sh.ID)))
	}
	return yes
}

// cancelTwice asks the courier again, as a person does whose first answer was lost.
func cancelTwice(t *testing.T, w *world) result {
	if !w.capabilities().Cancel {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	named := reference(sh)
	for try := range 2 {
		err := w.adapter.(courier.Canceller).Cancel(w.ctx, w.access, named)
		w.hear(err)
		switch errs.CodeOf(err) {
		case "":
		case errs.Conflict, errs.Rejected, errs.NotFound:
			if try == 0 {
				t.Fatal(err)
			}
		default:
			t.Fatalf("cancelling a second time: %v", err)
		}
	}
	return yes
}

func reference(sh shipment.Shipment) courier.Reference {
	return courier.Reference{ShipmentID: string(sh.ID), CourierRef: sh.CourierRef, TrackingCodes: sh.TrackingCodes, Status: sh.Status}
}

func cancelTooLate(t *testing.T, w *world) result {
	if !w.capabilities().Cancel {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	w.ledger.collect(true)
	_, _, err := w.Cancel(w.ctx, w.account, shipment.Handle{ID: sh.ID})
	w.hear(err)
	if !errs.Is(err, errs.Conflict) || w.state(t, sh.ID) != shipment.Booked {
		t.Fatalf("%v; kept as %s", err, w.state(t, sh.ID))
	}
	return yes
}

func findPurchase(t *testing.T, w *world) result {
	if !w.capabilities().Find {
		return lacks
	}
	for _, parcels := range []int{1, 3} {
		if _, single := w.suite.Lacks[caseThree]; single && parcels > 1 {
			continue
		}
		sh := w.buy(t, w.suite.sample(w.serial(), parcels)).Shipment
		b, found, err := w.adapter.(courier.Finder).Find(w.ctx, w.access, sh.Consignment)
		if err != nil || !found {
			t.Fatalf("found %t, %v", found, err)
		}
		if fmt.Sprint(b.TrackingCodes) != fmt.Sprint(sh.TrackingCodes) || b.CourierRef != sh.CourierRef {
			t.Errorf("found %v %s, bought %v %s", b.TrackingCodes, b.CourierRef, sh.TrackingCodes, sh.CourierRef)
		}
		if !b.Label.Format.Matches(b.Label.Bytes) {
			t.Errorf("found without its label, which is %q", b.Label.Format)
		}
	}
	return yes
}

func findNothing(t *testing.T, w *world) result {
	if !w.capabilities().Find {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	c := sh.Consignment
	c.ShipmentID = "01890000-0000-7000-8000-000000000000"
	if b, found, err := w.adapter.(courier.Finder).Find(w.ctx, w.access, c); err != nil || found {
		t.Fatalf("found %t %+v, %v; it was never sold", found, b, err)
	}
	return yes
}

func track(t *testing.T, w *world) result {
	if !w.capabilities().Track {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	w.ledger.collect(true)
	w.clock.Advance(proved)
	told, err := w.Track(w.ctx, w.account, shipment.Handle{ID: sh.ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(told.Events) <= len(sh.Events) {
		t.Fatal("the courier collected it, and told nothing")
	}
	for _, e := range told.Events {
		if !e.Status.Known() || e.AtMs <= 0 || strings.TrimSpace(e.Description) == "" {
			t.Errorf("event %+v", e)
		}
	}
	if told.Status == courier.StatusBooked {
		t.Error("it was collected, and is still told to be booked")
	}
	return yes
}

func labelAgain(t *testing.T, w *world) result {
	relabeller, can := w.adapter.(courier.Relabeller)
	if !can {
		return lacks
	}
	sh := w.buy(t, w.suite.sample(w.serial(), 1)).Shipment
	before, _ := w.ledger.sales()
	label, _, err := relabeller.Relabel(w.ctx, w.access, sh.Consignment, reference(sh))
	if err != nil || !label.Format.Matches(label.Bytes) {
		t.Fatalf("%v, %d bytes of %s", err, len(label.Bytes), label.Format)
	}
	if after, _ := w.ledger.sales(); after != before {
		t.Error("a label was bought again")
	}
	return yes
}
