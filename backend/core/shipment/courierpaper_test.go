package shipment

import (
	"bytes"
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// given are papers as a courier makes them: two of one kind among them.
var given = []courier.Paper{
	{Kind: courier.PaperInvoice, Format: courier.PDF, Bytes: []byte("%PDF- invoice")}, {Kind: courier.PaperCustoms, Format: courier.PDF, Bytes: []byte("%PDF- CN23 of parcel 1")},
	{Kind: courier.PaperCustoms, Format: courier.PNG, Bytes: []byte("\x89PNG\r\n\x1a\n CN23 of parcel 2")},
}

func TestACouriersPapersAreKeptWithTheLabel(t *testing.T) {
	for name, lost := range map[string]fault{"bought": fine, "found later": losesAfter} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.depot.papers, w.depot.next = given, lost
			made, err := w.Create(w.ctx, owned, sample(t, nil), Origin{})
			if (err == nil) != (lost == fine) {
				t.Fatal(err)
			}
			w.depot.next = fine
			if lost != fine {
				w.restart(t)
				if _, err := w.Recover(w.ctx); err != nil {
					t.Fatal(err)
				}
			}
			id := made.Shipment.ID
			kept, err := w.Kept(seated(), id)
			if err != nil || len(kept) != 1+len(given) {
				t.Fatalf("%d documents, %v", len(kept), err)
			}
			w.depot.blind = true // nothing of what follows asks the courier
			for _, p := range given {
				at := slices.IndexFunc(kept, func(d document.Document) bool {
					return d.Kind == document.Kind(p.Kind) && d.Size == int64(len(p.Bytes))
				})
				if at < 0 {
					t.Fatalf("%s of %d bytes is not kept: %+v", p.Kind, len(p.Bytes), kept)
				}
				f, err := w.KeptFile(seated(), id, kept[at].Key)
				if err != nil || !bytes.Equal(f.Bytes, p.Bytes) {
					t.Errorf("%s: %q, %v", p.Kind, f.Bytes, err)
				}
				last := w.reload(t, id).Timeline
				if m := last[len(last)-1]; m.Step != StepCourierPaper || m.Note != p.Kind.Word()+", "+kept[at].Variant {
					t.Errorf("noted as %+v", m)
				}
			}
			if n := len(w.m.documents); n != len(kept) {
				t.Errorf("%d documents after looking at them, want %d", n, len(kept))
			}
		})
	}
}

func TestPrintingACouriersPaper(t *testing.T) {
	w := newWorld(t)
	w.depot.papers = given[:1]
	sh := w.buy(t, nil).Shipment
	kind := document.Kind(courier.PaperInvoice)
	if sh.TakenOut(kind) {
		t.Error("it was not taken out yet")
	}
	f, err := w.ForPrinting(seated(), sh, kind, courier.PDF, 0)
	if err != nil || string(f.Bytes) != "%PDF- invoice" {
		t.Fatalf("%q %v", f.Bytes, err)
	}
	if err := w.Printed(seated(), sh.ID, kind, "office"); err != nil {
		t.Fatal(err)
	}
	after := w.reload(t, sh.ID)
	if !after.TakenOut(kind) || after.TakenOut(document.Kind(courier.PaperCustoms)) || after.PrintedMs != 0 {
		t.Errorf("taken out: invoice %t, customs form %t; label printed at %d", after.TakenOut(kind), after.TakenOut(document.Kind(courier.PaperCustoms)), after.PrintedMs)
	}
	_, err = w.ForPrinting(seated(), sh, document.Kind(courier.PaperReceipt), courier.PDF, 0)
	wantCode(t, err, errs.NotFound)
}

func TestWhatIsNoPaperIsToldAndLeftOut(t *testing.T) {
	var b courier.Booked
	b.AddPaper(courier.PaperInvoice, []byte("<html>try ~ again</html>"))
	b.AddPaper(courier.PaperCustoms, []byte("%PDF-1.4"))
	if len(b.Papers) != 1 || b.Papers[0].Format != courier.PDF || len(b.Warnings) != 1 || b.Warnings[0].Field != "papers" {
		t.Errorf("%+v %+v", b.Papers, b.Warnings)
	}
}
