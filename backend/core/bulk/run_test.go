package bulk_test

import (
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/bulk"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

func TestCancellingSaysFirstWhatItCanDo(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 5, "pdf")
	_, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: list[1].ID})
	testkit.OK(t, err)
	_, err = w.shipments.Scan(w.ctx, "", shipment.Handle{ID: list[3].ID}, courier.Event{Status: courier.StatusInTransit})
	testkit.OK(t, err)
	seen, err := w.bulk.Foresee(w.ctx, ids(list...))
	testkit.OK(t, err)
	if len(seen.Cancellable) != 3 || seen.Cancellable[1] != list[2].ID || len(seen.Not) != 2 {
		t.Fatalf("foreseen %+v", seen)
	}
	if r := seen.Not[0]; r.Count != 1 || r.Numbers[0] != list[1].Number || !strings.Contains(r.Why, "cancelled already") {
		t.Errorf("reason %+v", r)
	}
	w.fleet.refusal[string(list[2].ID)] = errs.New(errs.Conflict, "The driver has it.")
	run := w.done(t, bulk.Ask{Action: bulk.Cancel, IDs: seen.Cancellable})
	if run.State != bulk.Done || run.Done != 2 || len(run.Parked) != 1 || run.Parked[0].Number != list[2].Number || run.Parked[0].Message != "The driver has it." {
		t.Fatalf("%+v", run)
	}
	if w.get(t, list[0].ID).State != shipment.Cancelled || w.get(t, list[4].ID).State != shipment.Cancelled || w.get(t, list[2].ID).State != shipment.Booked {
		t.Error("the wrong shipments were cancelled")
	}
	delete(w.fleet.refusal, string(list[2].ID))
	_, err = w.bulk.Again(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.Done != 3 || len(run.Parked) != 0 || w.get(t, list[2].ID).State != shipment.Cancelled {
		t.Errorf("tried again: %+v", run)
	}
}

func TestARunThatIsStoppedGoesOnWhereItWas(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 4, "pdf")
	hold, begun := make(chan struct{}), make(chan struct{}, 4)
	w.fleet.before = func() {
		begun <- struct{}{}
		<-hold
	}
	_, err := w.bulk.Start(w.ctx, bulk.Ask{Action: bulk.Cancel, IDs: ids(list...)})
	testkit.OK(t, err)
	<-begun
	_, err = w.bulk.Start(w.ctx, bulk.Ask{Action: bulk.Pack, IDs: ids(list...)})
	testkit.Refused(t, err, errs.Conflict, "Wait for its end")
	testkit.Refused(t, w.bulk.Dismiss(w.ctx), errs.Conflict, "Stop it first")
	_, err = w.bulk.Again(w.ctx)
	testkit.Refused(t, err, errs.Conflict, "Nothing can be tried")
	_, err = w.bulk.Continue(w.ctx)
	testkit.Refused(t, err, errs.Conflict, "Nothing is left")
	run, err := w.bulk.Stop(w.ctx)
	testkit.OK(t, err)
	if !run.Stopping || run.State != bulk.Working {
		t.Errorf("stopping: %+v", run)
	}
	close(hold)
	run = w.end(t)
	if run.State != bulk.Stopped || run.Done != 1 || run.Stopping {
		t.Fatalf("stopped: %+v", run)
	}
	if w.get(t, list[0].ID).State != shipment.Cancelled || w.get(t, list[1].ID).State != shipment.Booked {
		t.Error("the shipment in hand was not brought to its end, or another was begun")
	}
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.State != bulk.Done || run.Done != 4 {
		t.Errorf("gone on: %+v", run)
	}
	if n := len(begun); n != 3 {
		t.Errorf("%d shipments were cancelled after the stop, want the 3 that were left", n)
	}
	testkit.OK(t, w.bulk.Dismiss(w.ctx))
	if run, err := w.bulk.Now(w.ctx); err != nil || run.ID != "" {
		t.Errorf("dismissed: %+v, %v", run, err)
	}
	testkit.OK(t, w.bulk.Dismiss(w.ctx))
}

func TestARunStopsByItselfWhenNothingComesThrough(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 6, "pdf")
	for _, sh := range list[1:5] {
		w.fleet.refusal[string(sh.ID)] = errs.New(errs.Unavailable, "The courier does not answer.")
	}
	run := w.done(t, bulk.Ask{Action: bulk.Cancel, IDs: ids(list...)})
	if run.State != bulk.Stopped || run.Done != 1 || len(run.Parked) != 3 || run.Why != "The courier does not answer." {
		t.Fatalf("%+v", run)
	}
	clear(w.fleet.refusal)
	_, err := w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.State != bulk.Done || run.Done != 3 || len(run.Parked) != 3 || run.Why != "" {
		t.Errorf("gone on: %+v", run)
	}
}

func TestDocumentsThatWereStoppedAreBoundWhenTheRunGoesOn(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 3, "pdf")
	chosen := ids(list...)
	for range 200 { // so many that the first hundred is drawn before the end
		chosen = append(chosen, shipment.ID("gone-"+strconv.Itoa(len(chosen))))
	}
	_, err := w.bulk.Start(w.ctx, bulk.Ask{Action: bulk.Documents, IDs: chosen, Kinds: labelsOnly})
	testkit.OK(t, err)
	_, err = w.bulk.Stop(w.ctx)
	testkit.OK(t, err)
	run := w.end(t)
	if run.State == bulk.Stopped {
		if len(run.Files) != 0 {
			t.Fatalf("a run that was stopped has a file: %+v", run.Files)
		}
		_, err = w.bulk.Continue(w.ctx)
		testkit.OK(t, err)
		run = w.end(t)
	}
	if run.State != bulk.Done || run.Done != 3 || len(run.Parked) != 200 || len(run.Files) != 1 {
		t.Fatalf("state %s, done %d, parked %d, files %d", run.State, run.Done, len(run.Parked), len(run.Files))
	}
	if got := strings.Join(said(pages(t, w.file(t, 0).Bytes)), ","); got != "label REF-pdf-0,label REF-pdf-1,label REF-pdf-2" {
		t.Errorf("pages %s", got)
	}
}

func TestPackingIsNoted(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 2, "pdf")
	run := w.done(t, bulk.Ask{Action: bulk.Pack, IDs: ids(list...)})
	if run.Done != 2 || !w.get(t, list[0].ID).Packed || !w.get(t, list[1].ID).Packed {
		t.Errorf("%+v", run)
	}
}

func TestPrintingWaitsForEachAndParksWhatThePrinterRefused(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 5, "pdf")
	both := []document.Kind{document.KindLabel, document.KindPackingSlip}
	ask := bulk.Ask{Action: bulk.Print, IDs: ids(list...), Kinds: both}
	_, err := w.bulk.Start(w.ctx, ask)
	testkit.Refused(t, err, errs.Invalid, "No printer is chosen yet for: Label")
	p, err := w.printing.AddPrinter(w.ctx, printing.Printer{Name: "Office", Kind: printing.IPP, Address: "ipp://office/p", Formats: []courier.Format{courier.PDF}})
	testkit.OK(t, err)
	for _, kind := range both {
		testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: kind, Format: courier.PDF, PrinterID: p.ID}))
	}
	w.driver.says(errs.New(errs.Rejected, "Out of paper."))
	run := w.done(t, ask)
	if run.State != bulk.Stopped || run.Done != 0 || len(run.Parked) != 3 || len(w.driver.sent()) != 3 || !strings.Contains(run.Why, "Label: ") {
		t.Fatalf("%+v after %d sheets", run, len(w.driver.sent()))
	}
	w.driver.says(nil)
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.State != bulk.Done || run.Done != 2 || len(run.Parked) != 3 {
		t.Fatalf("gone on: %+v", run)
	}
	_, err = w.bulk.Again(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.Done != 5 || len(run.Parked) != 0 {
		t.Fatalf("tried again: %+v", run)
	}
	sent := w.driver.sent()[3:]
	if len(sent) != 10 || !strings.HasPrefix(sent[0], "label-"+strconv.FormatInt(list[3].Number, 10)) || !strings.HasPrefix(sent[1], "packing-slip-") {
		t.Errorf("sent %v, want each document once", sent)
	}
	w.driver.says(errs.New(errs.Unclear, "Look whether it came out."))
	run = w.done(t, bulk.Ask{Action: bulk.Print, IDs: ids(list[0]), Kinds: both})
	if len(run.Parked) != 1 || run.Parked[0].Again {
		t.Errorf("what may have come out is printed again without a look: %+v", run.Parked)
	}
	_, err = w.bulk.Again(w.ctx)
	testkit.Refused(t, err, errs.Conflict, "Nothing can be tried again")
}

func TestWhatIsAskedIsChecked(t *testing.T) {
	w := newWorld(t)
	many := make([]shipment.ID, bulk.Limit+1)
	for i := range many {
		many[i] = shipment.ID(strconv.Itoa(i))
	}
	for says, ask := range map[string]bulk.Ask{
		"No shipment is chosen":   {Action: bulk.Cancel},
		"up to 1000 are done":     {Action: bulk.Cancel, IDs: many},
		`nothing called "burn"`:   {Action: "burn", IDs: many[:1]},
		"No document is chosen":   {Action: bulk.Documents, IDs: many[:1]},
		"No document is chosen. ": {Action: bulk.Print, IDs: many[:1], Kinds: []document.Kind{"postcard"}},
	} {
		_, err := w.bulk.Start(w.ctx, ask)
		testkit.Refused(t, err, errs.Invalid, says)
	}
}

func TestPickGivesTheListAsItIsShown(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 3, "pdf")
	picked, more, err := w.bulk.Pick(w.ctx, shipment.Filter{})
	testkit.OK(t, err)
	if more || len(picked) != 3 || picked[0] != list[2].ID || picked[2] != list[0].ID {
		t.Errorf("picked %v, more %v", picked, more)
	}
	picked, _, err = w.bulk.Pick(w.ctx, shipment.Filter{Sort: shipment.Sort{By: shipment.FieldReference, Ascending: true}})
	testkit.OK(t, err)
	if len(picked) != 3 || picked[0] != list[0].ID || picked[2] != list[2].ID {
		t.Errorf("picked %v, want the order of the references", picked)
	}
	picked, _, err = w.bulk.Pick(w.ctx, shipment.Filter{Reference: "REF-pdf-1"})
	testkit.OK(t, err)
	if len(picked) != 1 || picked[0] != list[1].ID {
		t.Errorf("picked %v", picked)
	}
}

func TestOnlyAtThisMachine(t *testing.T) {
	w := newWorld(t)
	ctx := testkit.Caller(t, w.begun.Account.ID, actor.Scope("documents"), actor.Scope("ship"))
	_, start := w.bulk.Start(ctx, bulk.Ask{})
	_, now := w.bulk.Now(ctx)
	_, stop := w.bulk.Stop(ctx)
	_, on := w.bulk.Continue(ctx)
	_, again := w.bulk.Again(ctx)
	_, foresee := w.bulk.Foresee(ctx, nil)
	_, _, pick := w.bulk.Pick(ctx, shipment.Filter{})
	_, take := w.bulk.Take(ctx, 0)
	_, label := w.shipments.LabelOf(ctx, shipment.Shipment{}, courier.PDF)
	_, slip := w.shipments.SlipOf(ctx, shipment.Shipment{})
	_, invoice := w.shipments.InvoiceOf(ctx, shipment.Shipment{})
	_, manifests := w.shipments.ManifestsOf(ctx, nil)
	for i, err := range []error{
		start, now, stop, on, again, w.bulk.Dismiss(ctx), foresee, pick, take, w.bulk.Gave(ctx, 0), label, slip, invoice, manifests,
		w.shipments.TakenOutTogether(ctx, nil, ""),
	} {
		if !errs.Is(err, errs.Forbidden) {
			t.Errorf("call %d of the courier API: %v", i, err)
		}
	}
}
