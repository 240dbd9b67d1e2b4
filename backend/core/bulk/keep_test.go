package bulk_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/bulk"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

// restart closes the program and starts it again.
func (w *world) restart(t *testing.T) bulk.Run {
	t.Helper()
	w.bulk.Close()
	w.printing.Stop()
	w.begin(t)
	run, err := w.bulk.Now(w.ctx)
	testkit.OK(t, err)
	return run
}

// begin makes the services that print and work on many as another start of the program does.
func (w *world) begin(t *testing.T) {
	t.Helper()
	old := w.printing
	w.printing = &printing.Service{Store: old.Store, Shipments: old.Shipments, Documents: old.Documents, Clock: old.Clock, Log: old.Log, Drivers: old.Drivers}
	testkit.OK(t, w.printing.Start(w.ctx))
	w.bulk = w.start()
}

func TestARunGoesOnAfterTheProgramWasClosed(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 6, "pdf")
	var cancels atomic.Int32
	third := make(chan struct{})
	w.fleet.before = func() {
		if cancels.Add(1) == 3 {
			close(third)
		}
	}
	w.fleet.refusal[string(list[1].ID)] = errs.New(errs.Conflict, "The driver has it.")
	ending := make(chan struct{})
	go func() {
		<-third
		w.bulk.Close()
		close(ending)
	}()
	_, err := w.bulk.Start(w.ctx, bulk.Ask{Action: bulk.Cancel, IDs: ids(list...)})
	testkit.OK(t, err)
	<-ending
	told := int(cancels.Load())
	run := w.restart(t)
	if run.Action != bulk.Cancel || run.Total != 6 || run.Done+len(run.Parked) != told || len(run.Parked) != 1 || run.Parked[0].Message != "The driver has it." {
		t.Fatalf("after %d cancellations: %+v", told, run)
	}
	if told < 6 {
		if run.State != bulk.Stopped || !strings.Contains(run.Why, "was closed") {
			t.Fatalf("%+v", run)
		}
		_, err = w.bulk.Continue(w.ctx)
		testkit.OK(t, err)
	}
	run = w.end(t)
	if run.State != bulk.Done || run.Done != 5 || len(run.Parked) != 1 || cancels.Load() != 6 {
		t.Fatalf("gone on: %+v after %d cancellations", run, cancels.Load())
	}
	if run = w.restart(t); run.State != bulk.Done || run.Done != 5 || len(run.Parked) != 1 {
		t.Errorf("what was parked is still to be looked at: %+v", run)
	}
	clear(w.fleet.refusal)
	_, err = w.bulk.Again(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.Done != 6 || cancels.Load() != 7 {
		t.Errorf("tried again: %+v", run)
	}
	if run = w.restart(t); run.ID != "" {
		t.Errorf("a run that is through is still there: %+v", run)
	}
}

func TestADismissedRunIsGoneForGood(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 1, "pdf")
	testkit.OK(t, func() error { _, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: list[0].ID}); return err }())
	if run := w.done(t, bulk.Ask{Action: bulk.Pack, IDs: ids(list...)}); len(run.Parked) != 1 {
		t.Fatalf("%+v", run)
	}
	testkit.OK(t, w.bulk.Dismiss(w.ctx))
	if run := w.restart(t); run.ID != "" {
		t.Errorf("%+v", run)
	}
}

// TestNothingIsPrintedTwiceAfterACrash lets the program die while the third of five documents is on its way.
func TestNothingIsPrintedTwiceAfterACrash(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 5, "pdf")
	p, err := w.printing.AddPrinter(w.ctx, printing.Printer{Name: "Office", Kind: printing.IPP, Address: "ipp://office/p", Formats: []courier.Format{courier.PDF}})
	testkit.OK(t, err)
	testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: document.KindLabel, Format: courier.PDF, PrinterID: p.ID}))
	here, on := make(chan struct{}), make(chan struct{})
	var sheets atomic.Int32
	w.driver.after = func() {
		if sheets.Add(1) == 3 {
			close(here)
			<-on
		}
	}
	died := w.bulk
	_, err = w.bulk.Start(w.ctx, bulk.Ask{Action: bulk.Print, IDs: ids(list...), Kinds: labelsOnly})
	testkit.OK(t, err)
	<-here
	_, err = died.Stop(w.ctx) // a dead program prints no more
	testkit.OK(t, err)
	w.begin(t)
	run, err := w.bulk.Now(w.ctx)
	testkit.OK(t, err)
	if run.State != bulk.Stopped || run.Done != 2 || run.Total != 5 {
		t.Fatalf("%+v", run)
	}
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	run = w.end(t)
	if run.State != bulk.Done || run.Done != 4 || len(run.Parked) != 1 || run.Parked[0].ID != list[2].ID || run.Parked[0].Again {
		t.Errorf("%+v, want the one on its way parked for a person to look at", run)
	}
	sent := w.driver.sent()
	once := slices.Clone(sent)
	slices.Sort(once)
	if len(sent) != 5 || len(slices.Compact(once)) != 5 {
		t.Errorf("sent %v, want each once", sent)
	}
	close(on)
	died.Close()
}

// TestAPrintThatWasDoneIsKnownByItsJob forgets that a document is through: a crash came between the printer's word and the
// note of it.
func TestAPrintThatWasDoneIsKnownByItsJob(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 2, "pdf")
	p, err := w.printing.AddPrinter(w.ctx, printing.Printer{Name: "Office", Kind: printing.IPP, Address: "ipp://office/p", Formats: []courier.Format{courier.PDF}})
	testkit.OK(t, err)
	testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: document.KindLabel, Format: courier.PDF, PrinterID: p.ID}))
	w.done(t, bulk.Ask{Action: bulk.Print, IDs: ids(list...), Kinds: labelsOnly})
	testkit.OK(t, w.bulk.Store.Write(context.Background(), func(r bulk.Repo) error {
		kept, err := r.BulkRun()
		if err != nil {
			return err
		}
		was := kept.Rows[1]
		return r.KeepBulkRows(kept.ID, map[int]bulk.KeptRow{1: {Jobs: was.Jobs}})
	}))
	if run := w.restart(t); run.State != bulk.Stopped || run.Done != 1 {
		t.Fatalf("%+v", run)
	}
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	if run := w.end(t); run.Done != 2 || len(w.driver.sent()) != 2 {
		t.Errorf("%+v, sent %v", run, w.driver.sent())
	}
}

func TestDocumentsThatNobodyTookAreMadeAgain(t *testing.T) {
	w := newWorld(t)
	zpl, pdf := w.ship(t, "REF-zpl", "zpl"), w.ship(t, "REF-pdf", "pdf")
	ask := bulk.Ask{Action: bulk.Documents, IDs: ids(zpl, pdf), Kinds: []document.Kind{document.KindLabel, document.KindPackingSlip}}
	w.done(t, ask)
	run := w.restart(t)
	if run.State != bulk.Stopped || run.Done != 0 || len(run.Files) != 0 {
		t.Fatalf("%+v", run)
	}
	_, err := w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	if run = w.end(t); run.Done != 2 || len(run.Files) != 2 {
		t.Fatalf("%+v", run)
	}
	testkit.OK(t, w.bulk.Gave(w.ctx, 0)) // the PDF; the label of the first is in the other file
	if run = w.restart(t); run.State != bulk.Stopped || run.Done != 1 {
		t.Fatalf("%+v, want what is in both files to be done again", run)
	}
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	for i := range w.end(t).Files {
		testkit.OK(t, w.bulk.Gave(w.ctx, i))
	}
	if run = w.restart(t); run.ID != "" {
		t.Errorf("what left is asked for again: %+v", run)
	}
	w.done(t, bulk.Ask{Action: bulk.Manifest, IDs: ids(zpl, pdf)})
	if run = w.restart(t); run.State != bulk.Stopped || run.Done != 0 {
		t.Fatalf("%+v", run)
	}
	_, err = w.bulk.Continue(w.ctx)
	testkit.OK(t, err)
	w.end(t)
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	if run = w.restart(t); run.ID != "" {
		t.Errorf("a manifest that left: %+v", run)
	}
}
