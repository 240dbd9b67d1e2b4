package bulk_test

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/bulk"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

var (
	allKinds   = []document.Kind{document.KindInvoice, document.KindPackingSlip, document.KindLabel} // the order asked does not count
	labelsOnly = []document.Kind{document.KindLabel}
)

// said tells what each page is and of which reference: "slip REF-pdf-1".
func said(texts []string) (out []string) {
	for _, text := range texts {
		kind := "label"
		switch {
		case strings.Contains(text, "Commercial invoice"):
			kind = "invoice"
		case strings.Contains(text, "Packing slip"):
			kind = "slip"
		case strings.Contains(text, "Manifest"):
			kind = "manifest"
		}
		reference := "?"
		for _, word := range strings.Fields(text) {
			if strings.HasPrefix(word, "REF-") {
				reference = word
			}
		}
		out = append(out, kind+" "+reference)
	}
	return out
}

func TestDocumentsComeInTheOrderOfTheScreen(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 3, "pdf")
	chosen := ids(list[2], list[0], list[1])
	for arrangement, want := range map[bulk.Arrangement]string{
		bulk.Collated: "label REF-pdf-2,slip REF-pdf-2,invoice REF-pdf-2,label REF-pdf-0,slip REF-pdf-0,invoice REF-pdf-0,label REF-pdf-1,slip REF-pdf-1,invoice REF-pdf-1",
		bulk.ByKind:   "label REF-pdf-2,label REF-pdf-0,label REF-pdf-1,slip REF-pdf-2,slip REF-pdf-0,slip REF-pdf-1,invoice REF-pdf-2,invoice REF-pdf-0,invoice REF-pdf-1",
	} {
		run := w.done(t, bulk.Ask{Action: bulk.Documents, IDs: append(chosen, chosen[0]), Kinds: allKinds, Arrangement: arrangement})
		if run.State != bulk.Done || run.Total != 3 || run.Done != 3 || len(run.Parked) != 0 || len(run.Files) != 1 {
			t.Fatalf("%s: %+v", arrangement, run)
		}
		got := said(pages(t, w.file(t, 0).Bytes))
		if strings.Join(got, ",") != want {
			t.Errorf("%s: pages are\n%s, want\n%s", arrangement, strings.Join(got, ","), want)
		}
		if f := run.Files[0]; f.Pages != 9 || f.Shipments != 3 || f.Size == 0 || !strings.HasSuffix(f.Name, ".pdf") {
			t.Errorf("file = %+v", f)
		}
	}
}

func TestALabelCountsAsTakenOutOnceItsFileLeft(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 2, "pdf")
	run := w.done(t, bulk.Ask{Action: bulk.Documents, IDs: ids(list...), Kinds: allKinds})
	if sh := w.get(t, list[0].ID); sh.PrintedMs != 0 || sh.TakenOut(document.KindPackingSlip) {
		t.Fatal("a file that nobody took counts as taken out")
	}
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	sh := w.get(t, list[0].ID)
	var notes []string
	for _, m := range sh.Timeline {
		if strings.Contains(m.Note, run.Files[0].Name) {
			notes = append(notes, m.Step+": "+m.Note)
		}
	}
	if len(notes) != 3 || sh.PrintedMs == 0 || !strings.Contains(strings.Join(notes, "\n"), "label: with 2 shipments in ") {
		t.Errorf("printed %d, noted %q", sh.PrintedMs, notes)
	}
	w.done(t, bulk.Ask{Action: bulk.Documents, IDs: ids(list...), Kinds: labelsOnly})
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	after := w.get(t, list[0].ID).Timeline
	if note := after[len(after)-1].Note; !strings.HasPrefix(note, "reprint, with 2 shipments") {
		t.Errorf("noted %q", note)
	}
	testkit.Refused(t, w.bulk.Gave(w.ctx, 1), errs.NotFound, "no such file")
}

func TestZPLLabelsComeInAFileOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	zpl, pdf := w.shipMany(t, 2, "zpl"), w.ship(t, "REF-pdf-9", "pdf")
	seen, err := w.bulk.Foresee(w.ctx, ids(zpl[0], pdf, zpl[1]))
	testkit.OK(t, err)
	if seen.PDF != 1 || seen.ZPL != 2 {
		t.Errorf("foreseen %+v", seen)
	}
	run := w.done(t, bulk.Ask{Action: bulk.Documents, IDs: ids(zpl[1], pdf, zpl[0]), Kinds: []document.Kind{document.KindLabel, document.KindPackingSlip}})
	if len(run.Files) != 2 || run.Done != 3 {
		t.Fatalf("%+v", run)
	}
	if got := strings.Join(said(pages(t, w.file(t, 0).Bytes)), ","); got != "slip REF-zpl-1,label REF-pdf-9,slip REF-pdf-9,slip REF-zpl-0" {
		t.Errorf("PDF: %s", got)
	}
	labels := w.file(t, 1)
	text := string(labels.Bytes)
	if strings.Count(text, "^XA") != 2 || strings.Index(text, "REF-zpl-1") > strings.Index(text, "REF-zpl-0") || !strings.HasSuffix(labels.Name, ".zpl") {
		t.Errorf("ZPL %s:\n%s", labels.Name, text)
	}
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	if sh := w.get(t, zpl[0].ID); sh.PrintedMs != 0 || !sh.TakenOut(document.KindPackingSlip) {
		t.Error("the PDF took a label out that is not in it")
	}
	testkit.OK(t, w.bulk.Gave(w.ctx, 1))
	if w.get(t, zpl[0].ID).PrintedMs == 0 || w.get(t, pdf.ID).PrintedMs == 0 {
		t.Error("a label that left does not count as taken out")
	}
}

func TestABadShipmentIsParkedAndTheOthersAreDone(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 4, "pdf")
	_, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: list[1].ID})
	testkit.OK(t, err)
	chosen := append(ids(list...), "no-such-shipment")
	run := w.done(t, bulk.Ask{Action: bulk.Documents, IDs: chosen, Kinds: allKinds})
	if run.State != bulk.Done || run.Done != 3 || run.Total != 5 || len(run.Parked) != 2 {
		t.Fatalf("%+v", run)
	}
	first, second := run.Parked[0], run.Parked[1]
	if first.Number != list[1].Number || first.Name == "" || !strings.Contains(first.Message, "must not be used") || second.Number != 0 || second.Code != "not_found" {
		t.Errorf("parked %+v", run.Parked)
	}
	if got := strings.Join(said(pages(t, w.file(t, 0).Bytes)), ","); strings.Contains(got, "REF-pdf-1") || strings.Count(got, "REF-") != 9 {
		t.Errorf("pages %s", got)
	}
	run, err = w.bulk.Again(w.ctx)
	testkit.OK(t, err)
	run = w.end(t)
	if run.Done != 3 || len(run.Parked) != 2 || len(run.Files) != 1 {
		t.Errorf("tried again: %+v", run)
	}
}

func TestAManifestListsWhatMayBeCollected(t *testing.T) {
	w := newWorld(t)
	list := w.shipMany(t, 3, "pdf")
	_, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: list[0].ID})
	testkit.OK(t, err)
	run := w.done(t, bulk.Ask{Action: bulk.Manifest, IDs: ids(list...)})
	if run.Done != 2 || len(run.Parked) != 1 || len(run.Files) != 1 || run.Files[0].Shipments != 2 || run.Files[0].Pages != 1 {
		t.Fatalf("%+v", run)
	}
	text := strings.Join(pages(t, w.file(t, 0).Bytes), "")
	for _, want := range []string{"Manifest", "Own fleet", "2 March 2026", "REF-pdf-1", "REF-pdf-2", "2 shipments", list[1].TrackingCodes[0], "Signature"} {
		if !strings.Contains(text, want) {
			t.Errorf("the manifest does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "REF-pdf-0") {
		t.Error("a cancelled shipment is on the manifest")
	}
	before := len(w.get(t, list[1].ID).Timeline)
	testkit.OK(t, w.bulk.Gave(w.ctx, 0))
	if len(w.get(t, list[1].ID).Timeline) != before {
		t.Error("a manifest counts as a document that was taken out")
	}
}
