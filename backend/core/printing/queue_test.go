package printing_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

func TestOneAtATimeForEachPrinter(t *testing.T) {
	w := newWorld(t)
	one, two := w.printer(t, "One", courier.PDF), w.printer(t, "Two", courier.PDF)
	w.driver.gate, w.driver.begun = make(chan struct{}), make(chan string)
	var jobs []printing.Job
	for n := range 6 {
		sh := w.ship(t, fmt.Sprint("A-", n), "pdf")
		p := []printing.Printer{one, two}[n%2]
		job, err := w.printing.Print(w.ctx, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
		testkit.OK(t, err)
		jobs = append(jobs, job)
		if n == 0 {
			<-w.driver.begun
			same, err := w.printing.Print(w.ctx, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
			testkit.OK(t, err)
			if same.ID != job.ID {
				t.Error("a second press made a second job")
			}
		}
	}
	<-w.driver.begun // the second printer does not wait for the first
	testkit.Refused(t, w.printing.RemovePrinter(w.ctx, one.ID), errs.Conflict, "still has jobs")
	gone, err := w.printing.Cancel(w.ctx, jobs[4].ID)
	testkit.OK(t, err)
	_, err = w.printing.Cancel(w.ctx, jobs[0].ID)
	testkit.Refused(t, err, errs.Conflict, "is sending")
	go func() {
		for range 3 {
			<-w.driver.begun
		}
	}()
	close(w.driver.gate)
	for _, job := range jobs {
		want := printing.Done
		if job.ID == gone.ID {
			want = printing.Cancelled
		}
		if got := w.settled(t, job); got.State != want {
			t.Errorf("job = %+v, want it %s", got, want)
		}
	}
	if n := len(w.driver.sent()); n != 5 || w.driver.most != 1 {
		t.Errorf("%d sheets, %d at once on one printer; want 5, one at a time", n, w.driver.most)
	}
}

// A crash leaves a job in the middle. It is unclear afterwards, and nothing but a person prints it again.
func TestAfterACrash(t *testing.T) {
	w := newWorld(t)
	p := w.printer(t, "Office", courier.PDF)
	w.driver.gate, w.driver.begun = make(chan struct{}), make(chan string, 9)
	var jobs []printing.Job
	for n := range 2 {
		job, err := w.printing.Print(w.ctx, printing.Ask{ShipmentID: w.ship(t, fmt.Sprint("A-", n), "pdf").ID, Kind: document.KindLabel, PrinterID: p.ID})
		testkit.OK(t, err)
		jobs = append(jobs, job)
	}
	<-w.driver.begun
	second := w.service(nil) // what the next start finds in the database
	testkit.OK(t, second.Start(w.ctx))
	t.Cleanup(second.Stop)
	for i, want := range []struct {
		state printing.State
		says  string
	}{{printing.Unclear, "Look whether it came out"}, {printing.Failed, "Nothing was printed"}} {
		job, err := second.Settled(w.ctx, jobs[i].ID)
		testkit.OK(t, err)
		if job.State != want.state || !strings.Contains(job.Said, want.says) {
			t.Errorf("job = %+v, want it %s", job, want.state)
		}
	}
	if n := len(w.driver.sent()); n != 1 {
		t.Errorf("sent %d times", n)
	}
	close(w.driver.gate)
}

func TestClosingInTheMiddle(t *testing.T) {
	w := newWorld(t)
	p := w.printer(t, "Office", courier.PDF)
	w.driver.gate, w.driver.begun = make(chan struct{}), make(chan string, 9) // never opened: the printer stalls
	job, err := w.printing.Print(w.ctx, printing.Ask{ShipmentID: w.ship(t, "A-1", "pdf").ID, Kind: document.KindLabel, PrinterID: p.ID})
	testkit.OK(t, err)
	<-w.driver.begun
	w.printing.Stop()
	job = w.settled(t, job)
	if job.State != printing.Unclear {
		t.Errorf("job = %+v, want it unclear", job)
	}
	_, err = w.printing.Print(w.ctx, printing.Ask{ShipmentID: job.ShipmentID, Kind: document.KindLabel, PrinterID: p.ID})
	testkit.Refused(t, err, errs.Unavailable, "prints from its window")
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	_, err = w.printing.Settled(ctx, job.ID)
	if err != nil && !errs.Is(err, errs.Unavailable) {
		t.Error(err)
	}
}

// Whatever printers answer and people press, a job is sent once for each time a person asked, counts as printed exactly
// when its printer took it, and a printer has one job at a time.
func TestJobsByChance(t *testing.T) {
	w := newWorld(t)
	printers := []printing.Printer{w.printer(t, "One", courier.PDF), w.printer(t, "Two", courier.PDF)}
	answers := []error{nil, nil, errs.New(errs.Unavailable, "off"), errs.New(errs.Rejected, "no"), errs.New(errs.Unclear, "broke off"), errors.New("odd")}
	want := map[error]printing.State{
		nil: printing.Done, answers[2]: printing.Failed, answers[3]: printing.Failed, answers[4]: printing.Unclear, answers[5]: printing.Unclear,
	}
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		sh := w.ship(t, fmt.Sprint("A-", round), "pdf")
		asked, sent := 0, len(w.driver.sent())
		var job printing.Job
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			answer := rapid.SampledFrom(answers).Draw(r, "answer")
			w.driver.says(answer)
			before, err := job, error(nil)
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0, 1:
				p := rapid.SampledFrom(printers).Draw(r, "printer")
				job, err = w.printing.Print(w.ctx, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
			case 2:
				job, err = w.printing.Retry(w.ctx, before.ID)
				if able := before.State == printing.Failed || before.State == printing.Unclear; able != (err == nil) {
					r.Fatalf("retry of %q: %v", before.State, err)
				}
			case 3:
				_, err = w.printing.Cancel(w.ctx, before.ID)
				if able := before.State == printing.Failed || before.State == printing.Unclear; able != (err == nil) {
					r.Fatalf("cancel of %q: %v", before.State, err)
				}
				if err == nil {
					job.State = printing.Cancelled
				}
				continue
			}
			if err != nil {
				job = before
				continue
			}
			asked++
			job = w.settled(t, job)
			if job.State != want[answer] {
				r.Fatalf("after %v the job is %s", answer, job.State)
			}
		}
		if n := len(w.driver.sent()) - sent; n != asked {
			r.Fatalf("sent %d times, asked %d times", n, asked)
		}
		w.countsAsPrinted(r, sh)
	})
	if w.driver.most != 1 {
		t.Errorf("a printer had %d jobs at once", w.driver.most)
	}
}

// countsAsPrinted compares the shipment's mark and history with its jobs.
func (w *world) countsAsPrinted(r *rapid.T, sh shipment.Shipment) {
	jobs, err := w.printing.Jobs(w.ctx, printing.Filter{ShipmentID: sh.ID}, page.Request{})
	if err != nil {
		r.Fatal(err)
	}
	after, err := w.shipments.Get(w.ctx, "", shipment.Handle{ID: sh.ID})
	if err != nil {
		r.Fatal(err)
	}
	done, noted := 0, 0
	for _, j := range jobs.Items {
		if j.State == printing.Done {
			done++
		}
	}
	for _, m := range after.Timeline {
		if m.Step == shipment.StepLabel {
			noted++
		}
	}
	if noted != done || (after.PrintedMs > 0) != (done > 0) {
		r.Fatalf("%d jobs are done, %d are noted, printed at %d", done, noted, after.PrintedMs)
	}
}
