package printing_test

import (
	"crypto/sha256"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

func TestALabelIsPrintedAndNoted(t *testing.T) {
	w := newWorld(t)
	sh := w.ship(t, "A-1", "pdf")
	dock := w.printer(t, "Dock 4", courier.ZPL)
	testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: document.KindLabel, Format: courier.ZPL, PrinterID: dock.ID}))

	job := w.print(t, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel})
	if job.State != printing.Done || job.Said != "It took everything." || job.Attempts != 1 || job.Reprint || job.By != "manager" || job.PrinterName != "Dock 4" {
		t.Fatalf("job = %+v", job)
	}
	sent := w.driver.sent()
	if len(sent) != 1 || sent[0].printer != "Dock 4" || sent[0].format != courier.ZPL {
		t.Fatalf("sent %+v, want the label in the printer's language", sent)
	}
	after := w.get(t, sh)
	last := after.Timeline[len(after.Timeline)-1]
	if after.PrintedMs == 0 || last.Step != shipment.StepLabel || last.By != "manager" || last.Note != "printed on Dock 4 as ZPL" {
		t.Fatalf("printed %d, last step %+v; want it printed on Dock 4", after.PrintedMs, last)
	}
	file, err := w.shipments.Label(w.ctx, "", shipment.Handle{ID: sh.ID}, courier.ZPL, 203)
	testkit.OK(t, err)
	if sha256.Sum256(file.Bytes) != sent[0].sum || file.Key != job.DocumentKey {
		t.Error("the printer got other bytes than are kept")
	}

	again := w.print(t, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel})
	if history := w.get(t, sh).Timeline; history[len(history)-1].Note != "reprint, printed on Dock 4 as ZPL" {
		t.Errorf("history = %+v", history)
	}
	if !again.Reprint || again.ID == job.ID || w.driver.sent()[1].sum != sent[0].sum {
		t.Errorf("job = %+v, want a reprint of the same bytes", again)
	}
	entries, err := w.Audit.List(w.ctx, audit.Filter{Action: "print.send"}, page.Request{})
	testkit.OK(t, err)
	if len(entries.Items) != 2 || entries.Items[0].AccountID != string(sh.AccountID) {
		t.Errorf("audit = %+v, want an entry each time", entries.Items)
	}
}

func TestWhereADocumentGoes(t *testing.T) {
	w := newWorld(t)
	asPDF, asZPL := w.ship(t, "A-1", "pdf"), w.ship(t, "A-2", "zpl")
	zpl, office, both := w.printer(t, "Zebra", courier.ZPL), w.printer(t, "Office", courier.PDF), w.printer(t, "Both", courier.ZPL, courier.PDF)
	const label, slip, invoice = document.KindLabel, document.KindPackingSlip, document.KindInvoice
	for name, c := range map[string]struct {
		defaults []printing.Default
		ask      printing.Ask
		want     string // printer and format
		says     string // where it is refused
	}{
		"nothing chosen":               {ask: printing.Ask{ShipmentID: asPDF.ID, Kind: label}, says: "No printer is chosen for labels"},
		"no slip printer":              {defaults: []printing.Default{{Kind: label, Format: courier.PDF, PrinterID: office.ID}}, ask: printing.Ask{ShipmentID: asPDF.ID, Kind: slip}, says: "No printer is chosen for packing slips"},
		"as bought":                    {defaults: []printing.Default{{Kind: label, Format: courier.PDF, PrinterID: office.ID}, {Kind: label, Format: courier.ZPL, PrinterID: zpl.ID}}, ask: printing.Ask{ShipmentID: asPDF.ID, Kind: label}, want: "Office pdf"},
		"as bought, ZPL":               {defaults: []printing.Default{{Kind: label, Format: courier.PDF, PrinterID: office.ID}, {Kind: label, Format: courier.ZPL, PrinterID: zpl.ID}}, ask: printing.Ask{ShipmentID: asZPL.ID, Kind: label}, want: "Zebra zpl"},
		"in the printer's language":    {defaults: []printing.Default{{Kind: label, Format: courier.PDF, PrinterID: office.ID}}, ask: printing.Ask{ShipmentID: asZPL.ID, Kind: label}, want: "Office pdf"},
		"a slip":                       {defaults: []printing.Default{{Kind: slip, Format: courier.PDF, PrinterID: both.ID}}, ask: printing.Ask{ShipmentID: asZPL.ID, Kind: slip}, want: "Both pdf"},
		"an invoice":                   {defaults: []printing.Default{{Kind: invoice, Format: courier.PDF, PrinterID: office.ID}}, ask: printing.Ask{ShipmentID: asZPL.ID, Kind: invoice}, want: "Office pdf"},
		"chosen by hand":               {defaults: []printing.Default{{Kind: label, Format: courier.PDF, PrinterID: office.ID}}, ask: printing.Ask{ShipmentID: asPDF.ID, Kind: label, PrinterID: both.ID}, want: "Both pdf"},
		"chosen by hand, other format": {ask: printing.Ask{ShipmentID: asPDF.ID, Kind: label, PrinterID: zpl.ID}, want: "Zebra zpl"},
		"a slip to a ZPL printer":      {ask: printing.Ask{ShipmentID: asPDF.ID, Kind: slip, PrinterID: zpl.ID}, says: "Zebra takes ZPL, and this is a packing slip as PDF. Choose a printer that takes PDF."},
		"an invoice to a ZPL printer":  {ask: printing.Ask{ShipmentID: asPDF.ID, Kind: invoice, PrinterID: zpl.ID}, says: "Choose a printer that takes PDF."},
	} {
		t.Run(name, func(t *testing.T) {
			for _, use := range printing.Uses() {
				testkit.OK(t, w.printing.SetDefault(w.ctx, use))
			}
			for _, d := range c.defaults {
				testkit.OK(t, w.printing.SetDefault(w.ctx, d))
			}
			before := len(w.driver.sent())
			job, err := w.printing.Print(w.ctx, c.ask)
			if c.says != "" {
				testkit.Refused(t, err, errs.Invalid, c.says)
				if errs.As(err).Fields[0].Path != "printer_id" || len(w.driver.sent()) != before {
					t.Fatalf("refused at %+v, or something was sent", errs.As(err).Fields)
				}
				return
			}
			testkit.OK(t, err)
			if job = w.settled(t, job); job.State != printing.Done {
				t.Fatalf("the job is %s: %s", job.State, job.Said)
			}
			got := w.driver.sent()[before]
			if got.printer+" "+string(got.format) != c.want {
				t.Errorf("went to %s as %s, want %s", got.printer, got.format, c.want)
			}
		})
	}
	testkit.Refused(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: slip, Format: courier.PDF, PrinterID: zpl.ID}), errs.Invalid, "Choose a printer that takes PDF")
	testkit.Refused(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: slip, Format: courier.ZPL, PrinterID: zpl.ID}), errs.Invalid, "no default printer")
	_, err := w.printing.Print(w.ctx, printing.Ask{ShipmentID: asPDF.ID, Kind: "postcard", PrinterID: office.ID})
	testkit.Refused(t, err, errs.Invalid, `no document "postcard"`)
}

func TestWhatHappensToAJob(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		want   printing.State
		says   string
	}{
		"out of reach": {errs.New(errs.Unavailable, "No printer answers."), printing.Failed, "No printer answers."},
		"refused":      {errs.New(errs.Rejected, "Office refused: out of paper."), printing.Failed, "out of paper"},
		"broke off":    {errs.New(errs.Unclear, "Look whether it came out."), printing.Unclear, "Look whether"},
		"anything":     {errs.New(errs.Internal, "odd"), printing.Unclear, "odd"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			sh, p := w.ship(t, "A-1", "pdf"), w.printer(t, "Office", courier.PDF)
			w.driver.says(c.answer)
			job := w.print(t, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
			if job.State != c.want || !strings.Contains(job.Said, c.says) {
				t.Fatalf("job = %+v, want %s that says %q", job, c.want, c.says)
			}
			if after := w.get(t, sh); after.PrintedMs != 0 || len(after.Timeline) != len(sh.Timeline) {
				t.Errorf("it counts as printed: %+v", after.Timeline)
			}
			w.driver.says(nil)
			if n := len(w.driver.sent()); n != 1 {
				t.Fatalf("it was sent %d times by itself", n)
			}
			job, err := w.printing.Retry(w.ctx, job.ID)
			testkit.OK(t, err)
			job = w.settled(t, job)
			if job.State != printing.Done || job.Attempts != 2 || w.get(t, sh).PrintedMs == 0 {
				t.Errorf("after the retry %+v", job)
			}
			_, err = w.printing.Retry(w.ctx, job.ID)
			testkit.Refused(t, err, errs.Conflict, "only one that failed or is unclear")
			_, err = w.printing.Cancel(w.ctx, job.ID)
			testkit.Refused(t, err, errs.Conflict, "can't be taken off")
		})
	}
}

func TestWhatBecameUnfitIsNotSent(t *testing.T) {
	w := newWorld(t)
	sh, p := w.ship(t, "A-1", "pdf"), w.printer(t, "Office", courier.PDF)
	w.driver.says(errs.New(errs.Unavailable, "off"))
	job := w.print(t, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
	again := func(says string) {
		t.Helper()
		sent := len(w.driver.sent())
		retried, err := w.printing.Retry(w.ctx, job.ID)
		testkit.OK(t, err)
		retried = w.settled(t, retried)
		if retried.State != printing.Failed || !strings.Contains(retried.Said, says) || len(w.driver.sent()) != sent {
			t.Errorf("job = %+v, want it failed, unsent, and saying %q", retried, says)
		}
	}
	p.Formats, p.DPI = []courier.Format{courier.ZPL}, 203
	_, err := w.printing.UpdatePrinter(w.ctx, p)
	testkit.OK(t, err)
	again("Choose a printer that takes PDF")
	testkit.OK(t, w.printing.RemovePrinter(w.ctx, p.ID))
	again("no such printer")

	p = w.printer(t, "Office", courier.PDF)
	job = w.print(t, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
	_, _, err = w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: sh.ID})
	testkit.OK(t, err)
	again("was cancelled")
	_, err = w.printing.Print(w.ctx, printing.Ask{ShipmentID: sh.ID, Kind: document.KindLabel, PrinterID: p.ID})
	testkit.Refused(t, err, errs.Conflict, "must not be used")
}

func TestOnlyAtThisMachine(t *testing.T) {
	w := newWorld(t)
	ctx := testkit.Caller(t, w.begun.Account.ID, "documents", "ship")
	_, printers := w.printing.Printers(ctx)
	_, _, find := w.printing.Find(ctx)
	_, look := w.printing.Look(ctx, printing.Raw, "127.0.0.1")
	_, add := w.printing.AddPrinter(ctx, printing.Printer{})
	_, update := w.printing.UpdatePrinter(ctx, printing.Printer{})
	_, defaults := w.printing.Defaults(ctx)
	_, print := w.printing.Print(ctx, printing.Ask{})
	_, retry := w.printing.Retry(ctx, "x")
	_, cancel := w.printing.Cancel(ctx, "x")
	_, jobs := w.printing.Jobs(ctx, printing.Filter{}, page.Request{})
	_, settled := w.printing.Settled(ctx, "x")
	for i, err := range []error{
		printers, find, look, add, update, w.printing.RemovePrinter(ctx, "x"), defaults, w.printing.SetDefault(ctx, printing.Default{}),
		print, retry, cancel, jobs, settled,
	} {
		if !errs.Is(err, errs.Forbidden) {
			t.Errorf("call %d of the courier API: %v", i, err)
		}
	}
}
