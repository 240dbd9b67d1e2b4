package bulk_test

import (
	"strings"
	"testing"

	"packbench/backend/core/bulk"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

const customsForm = document.Kind(courier.PaperCustoms)

// withForms gives a shipment two customs forms as a courier made them: its own label again, so that pages can be read.
func (w *world) withForms(t *testing.T, sh shipment.Shipment) {
	t.Helper()
	label, err := w.shipments.LabelOf(w.ctx, sh, courier.PDF)
	testkit.OK(t, err)
	form := courier.Paper{Kind: courier.PaperCustoms, Format: courier.PDF, Bytes: label.Bytes}
	files := w.shipments.Documents.Papers(document.Owner{ShipmentID: string(sh.ID), AccountID: string(sh.AccountID)}, []courier.Paper{form, form})
	testkit.OK(t, sqldb.As[document.Repo](w.DB).Write(w.ctx, func(r document.Repo) error {
		for i := range files {
			if err := document.Keep(r, &files[i]); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestCouriersPapersComeWhenTheyAreAskedFor(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 2, "pdf")
	w.withForms(t, list[1])
	run := w.done(t, bulk.Ask{Action: bulk.Documents, IDs: ids(list...), Kinds: labelsOnly})
	if run.Files[0].Pages != 2 {
		t.Fatalf("labels alone have %d pages", run.Files[0].Pages)
	}
	run = w.done(t, bulk.Ask{Action: bulk.Documents, IDs: ids(list...), Kinds: []document.Kind{customsForm, document.KindLabel}})
	if run.Done != 2 || len(run.Parked) != 0 || run.Files[0].Pages != 4 {
		t.Fatalf("%+v", run)
	}
	if got := strings.Join(said(pages(t, w.file(t, 0).Bytes)), ","); got != "label REF-pdf-0,label REF-pdf-1,label REF-pdf-1,label REF-pdf-1" {
		t.Errorf("pages are %s", got)
	}
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	if !w.get(t, list[1].ID).TakenOut(customsForm) || w.get(t, list[0].ID).TakenOut(customsForm) {
		t.Error("what left is not what is noted")
	}
}

func TestCouriersPapersArePrintedEachOnce(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 2, "pdf")
	w.withForms(t, list[0])
	p, err := w.printing.AddPrinter(w.ctx, printing.Printer{Name: "Office", Kind: printing.IPP, Address: "ipp://office/p", Formats: []courier.Format{courier.PDF}})
	testkit.OK(t, err)
	for _, kind := range []document.Kind{document.KindLabel, document.KindInvoice} { // couriers' papers go where invoices do
		testkit.OK(t, w.printing.SetDefault(w.ctx, printing.Default{Kind: kind, Format: courier.PDF, PrinterID: p.ID}))
	}
	run := w.done(t, bulk.Ask{Action: bulk.Print, IDs: ids(list...), Kinds: []document.Kind{document.KindLabel, customsForm}})
	if run.Done != 2 || len(run.Parked) != 0 {
		t.Fatalf("%+v", run)
	}
	sent := w.driver.sent()
	if len(sent) != 4 || !strings.HasPrefix(sent[0], "label-") || !strings.HasPrefix(sent[1], "customs-form-") || !strings.HasPrefix(sent[2], "customs-form-") || !strings.HasPrefix(sent[3], "label-") {
		t.Errorf("sent %v", sent)
	}
}
