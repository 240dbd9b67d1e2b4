package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

func (b *Bench) printer(name, address string) printing.Printer {
	ms, id := b.moment()
	return printing.Printer{
		ID: printing.PrinterID(id), Name: name, Kind: printing.Raw, Address: address, Formats: []courier.Format{courier.ZPL},
		DPI: 203, Version: 1, CreatedMs: ms, UpdatedMs: ms,
	}
}

func printers(t *testing.T, b *Bench) {
	dock, desk := b.printer("Dock", "10.0.0.1:9100"), b.printer("desk", "10.0.0.2:9100")
	desk.Kind, desk.Formats, desk.DPI = printing.IPP, []courier.Format{courier.PDF, courier.PNG}, 0
	for _, p := range []printing.Printer{dock, desk} {
		b.write(func(r Repo) error { return r.CreatePrinter(p) })
	}
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreatePrinter(b.printer("DOCK", "10.0.0.3:9100")) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreatePrinter(b.printer("Third", "10.0.0.1:9100")) })
	list := get(b, func(r Repo) ([]printing.Printer, error) { return r.Printers() })
	if len(list) != 2 || list[0].ID != desk.ID || !slices.Equal(list[0].Formats, desk.Formats) || list[1].DPI != 203 {
		t.Fatalf("printers = %+v, want them by name, with what they take", list)
	}

	dock.Name, dock.DPI, dock.UpdatedMs = "Dock 4", 300, dock.UpdatedMs+1
	b.write(func(r Repo) error { return r.UpdatePrinter(dock) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdatePrinter(dock) }) // an old version
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdatePrinter(b.printer("none", "10.0.0.9:9100")) })
	got := get(b, func(r Repo) (printing.Printer, error) { return r.Printer(dock.ID) })
	if got.Name != "Dock 4" || got.DPI != 300 || got.Version != 2 || got.UpdatedMs != dock.UpdatedMs || got.CreatedMs != dock.CreatedMs {
		t.Fatalf("printer = %+v, want it as changed", got)
	}
	got.Name = "Desk"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdatePrinter(got) }) // taken

	defaults := func() []printing.Default {
		return get(b, func(r Repo) ([]printing.Default, error) { return r.PrintDefaults() })
	}
	zpl := printing.Default{Kind: document.KindLabel, Format: courier.ZPL, PrinterID: desk.ID}
	slip := printing.Default{Kind: document.KindPackingSlip, Format: courier.PDF, PrinterID: desk.ID}
	b.write(func(r Repo) error { return r.SavePrintDefault(zpl) })
	zpl.PrinterID = dock.ID
	for _, d := range []printing.Default{zpl, slip} {
		b.write(func(r Repo) error { return r.SavePrintDefault(d) })
	}
	if d := defaults(); len(d) != 2 || !slices.Contains(d, zpl) || !slices.Contains(d, slip) {
		t.Fatalf("defaults = %+v", d)
	}
	b.write(func(r Repo) error { return r.SavePrintDefault(printing.Default{Kind: slip.Kind, Format: slip.Format}) })
	same(b, "defaults without the slip's", len(defaults()), 1)
	b.write(func(r Repo) error { return r.DeletePrinter(dock.ID) })
	same(b, "defaults without their printer", len(defaults()), 0)
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeletePrinter(dock.ID) })
}

func printJobs(t *testing.T, b *Bench) {
	dock, desk := printing.PrinterID("dock"), printing.PrinterID("desk")
	var made []printing.Job
	for n := range 12 {
		ms, id := b.moment()
		job := printing.Job{
			ID: printing.JobID(id), PrinterID: []printing.PrinterID{dock, desk}[n%2], PrinterName: "Dock 4", ShipmentID: shipment.ID(fmt.Sprint("s", n%3)),
			ShipmentNumber: int64(n), AccountID: "a", Kind: document.KindLabel, Format: courier.ZPL, DocumentKey: fmt.Sprint("d", n),
			Reprint: n%2 == 1, State: printing.Queued, By: "sam", CreatedMs: ms, UpdatedMs: ms,
		}
		made = append(made, job)
		b.write(func(r Repo) error { return r.CreatePrintJob(job) })
	}
	one := func(n int) printing.Job {
		return get(b, func(r Repo) (printing.Job, error) { return r.PrintJob(made[n].ID) })
	}
	if got := one(1); got != made[1] {
		t.Fatalf("job = %+v, want %+v", got, made[1])
	}
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.PrintJob("none"); return err })

	move := func(n int, to printing.State) func(Repo) error {
		return func(r Repo) error {
			job, err := r.PrintJob(made[n].ID)
			if err != nil {
				return err
			}
			from := job.State
			job.State, job.Attempts, job.Said, job.UpdatedMs = to, job.Attempts+1, "said", job.UpdatedMs+1
			return r.UpdatePrintJob(job, from)
		}
	}
	b.write(move(0, printing.Sending))
	b.write(move(1, printing.Sending))                 // another printer
	b.refuse(errs.Conflict, move(2, printing.Sending)) // this printer is sending one
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdatePrintJob(made[0], printing.Queued) })
	none := made[3]
	none.ID = "none"
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdatePrintJob(none, printing.Queued) })
	if got := one(0); got.State != printing.Sending || got.Attempts != 1 || got.Said != "said" || got.UpdatedMs != made[0].UpdatedMs+1 {
		t.Fatalf("job = %+v, want it as changed", got)
	}
	b.write(move(0, printing.Done))
	b.write(move(2, printing.Sending))
	b.write(move(4, printing.Failed))
	b.write(move(5, printing.Unclear))

	unsettled := get(b, func(r Repo) ([]printing.Job, error) { return r.UnsettledPrintJobs() })
	same(b, "unsettled", jobNumbers(unsettled), "1 2 3 6 7 8 9 10 11")
	for _, c := range []struct {
		f    printing.Filter
		want string
	}{
		{printing.Filter{}, "11 10 9 8 7 6 5 4 3 2 1 0"},
		{printing.Filter{States: []printing.State{printing.Failed, printing.Unclear}}, "5 4"},
		{printing.Filter{States: []printing.State{printing.Queued}, ShipmentID: "s0"}, "9 6 3"},
		{printing.Filter{ShipmentID: "s1"}, "10 7 4 1"},
	} {
		list := pageThrough(t, 2, func(p page.Request) (page.Result[printing.Job], error) {
			return get(b, func(r Repo) (page.Result[printing.Job], error) { return r.PrintJobs(c.f, p) }), nil
		})
		same(b, fmt.Sprintf("jobs of %+v", c.f), jobNumbers(list), c.want)
	}
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.PrintJobs(printing.Filter{}, page.Request{Cursor: "x"}); return err })
}

func jobNumbers(list []printing.Job) string {
	out := make([]string, len(list))
	for i, j := range list {
		out[i] = fmt.Sprint(j.ShipmentNumber)
	}
	return strings.Join(out, " ")
}
