package voila

import (
	"encoding/base64"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"

	"github.com/google/go-cmp/cmp"
)

func TestLabels(t *testing.T) {
	png := "\x89PNG\r\n\x1a\nlabel"
	for name, c := range map[string]struct {
		told     func(object)
		want     courier.Format
		content  string
		warnings []string
	}{
		"by its link": {func(object) {}, courier.ZPL, "^XA^FDlabel of /labels/9001.zpl", nil},
		"by a fresh link": {func(o object) {
			o["uri"] = "https://voila-files.s3.eu-west-2.amazonaws.com/labels/9001.zpl?signature=over"
		}, courier.ZPL, "^XA^FDlabel of /labels/9001.zpl", nil},
		"by its key alone": {func(o object) { delete(o, "uri") }, courier.ZPL, "^XA^FDlabel of /labels/9001.zpl", nil},
		"in the answer, of another format": {
			func(o object) { o["label_base64"] = base64.StdEncoding.EncodeToString([]byte(png)) }, courier.PNG, png, []string{"shipment.label_format"},
		},
		"on another host": {func(o object) { o["uri"], o["key"] = "https://elsewhere.example/x.zpl", "" }, "", "", []string{"label"}},
		"nowhere":         {func(o object) { o["uri"], o["key"] = "", "" }, "", "", []string{"label"}},
		"with words of its own": {
			func(o object) {
				o["warnings"] = []object{{"field": "shipment.reference", "message": "Cut."}, {"field": "x"}}
				o["return"] = object{"uri": "https://app.heyvoila.io/back", "key": "back"}
			}, courier.ZPL, "^XA^FDlabel of /labels/9001.zpl", []string{"shipment.reference", "shipment.courier"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			adapter, m := start(t)
			m.told = c.told
			b, err := adapter.Book(t.Context(), access, consignment())
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, w := range b.Warnings {
				fields = append(fields, w.Field)
			}
			if diff := cmp.Diff(c.warnings, fields); diff != "" || b.Label.Format != c.want || string(b.Label.Bytes) != c.content {
				t.Errorf("%s label %q; warnings %s", b.Label.Format, b.Label.Bytes, diff)
			}
			if c.want != "" && b.Label.Size != courier.Size4x6 {
				t.Errorf("size %s", b.Label.Size)
			}
			if len(b.TrackingCodes) != 2 || b.TrackingCodes[0] == b.TrackingCodes[1] || len(b.TrackingURLs) != 2 || b.TrackingURLs[1] != "" {
				t.Errorf("%v %v", b.TrackingCodes, b.TrackingURLs)
			}
		})
	}
}

func TestAnInvoiceThatVoilaMadeByItselfIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		invoice object
		papers  int
	}{
		"by its link":       {object{"url": linkTo("invoices/1.pdf"), "key": "invoices/1.pdf"}, 1},
		"by a fresh link":   {object{"key": "invoices/1.pdf"}, 1},
		"of another kind":   {object{"key": "invoices/1.zpl"}, 0},
		"that is not there": {object{"url": "https://elsewhere.example/1.pdf"}, 0},
	} {
		adapter, m := start(t)
		m.told = func(o object) { o["commercial_invoice"] = c.invoice }
		b, err := adapter.Book(t.Context(), access, consignment())
		if err != nil || len(b.Papers) != c.papers || len(b.Warnings) != 1-c.papers || b.Label.Format != courier.ZPL {
			t.Errorf("%s: %v; %d papers, %+v", name, err, len(b.Papers), b.Warnings)
		}
	}
}

func TestALabelAgain(t *testing.T) {
	adapter, m := start(t)
	in := consignment()
	b, err := adapter.Book(t.Context(), access, in)
	if err != nil {
		t.Fatal(err)
	}
	bought := courier.Reference{CourierRef: "DPDLocal/9001", TrackingCodes: b.TrackingCodes} // its key is in the history
	label, _, err := adapter.Relabel(t.Context(), access, in, bought)
	if err != nil || string(label.Bytes) != string(b.Label.Bytes) {
		t.Fatalf("%q %v", label.Bytes, err)
	}
	other := in
	other.LabelFormat = courier.PDF
	if _, _, err := adapter.Relabel(t.Context(), access, other, bought); !errs.Is(err, errs.NotOffered) || !strings.Contains(err.Error(), "zpl") {
		t.Errorf("another format: %v", err)
	}
	m.silent = true
	if _, _, err := adapter.Relabel(t.Context(), access, in, bought); !errs.Is(err, errs.Unavailable) {
		t.Errorf("nothing says where it is: %v", err)
	}
}
