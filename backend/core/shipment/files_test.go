package shipment

import (
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/template"
)

func TestLabelIsKeptAsBought(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, nil)
	h := Handle{ID: c.Shipment.ID}
	for n := range 2 {
		f, err := w.Label(w.ctx, owned, h, "", 0)
		if err != nil || f.Key != c.Label.Key || string(f.Bytes) != string(c.Label.Bytes) {
			t.Fatalf("%+v %v", f.Document, err)
		}
		sh := w.reload(t, h.ID)
		last := sh.Timeline[len(sh.Timeline)-1]
		if sh.PrintedMs != day.UnixMilli() || last.Step != StepLabel || strings.HasPrefix(last.Note, "reprint") != (n == 1) {
			t.Errorf("%d: %+v", n, last)
		}
	}
	first, err := w.Label(w.ctx, owned, h, courier.ZPL, 300)
	if err != nil || string(first.Bytes) != "^XA DP000001 300 ^XZ" || first.Media != "application/zpl" {
		t.Fatalf("%q %v", first.Bytes, err)
	}
	again, err := w.Label(w.ctx, owned, h, courier.ZPL, 300)
	if err != nil || again.Key != first.Key {
		t.Errorf("the other format is kept too: %v", err)
	}
	if len(w.m.documents) != 2 {
		t.Errorf("%d documents", len(w.m.documents))
	}
}

func TestNoLabelOfWhatIsCancelled(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, nil)
	if _, _, err := w.Cancel(w.ctx, owned, Handle{ID: c.Shipment.ID}); err != nil {
		t.Fatal(err)
	}
	_, err := w.Label(w.ctx, owned, Handle{ID: c.Shipment.ID}, "", 0)
	wantCode(t, err, errs.Conflict)
	if f, err := w.Documents.Open(w.ctx, c.Label.Key); err != nil || len(f.Bytes) == 0 {
		t.Errorf("the file itself is kept for good: %v", err)
	}
}

func TestPapersAreNotPiledUp(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, func(o *order.Order) { o.WantInvoice, o.WantSlip = true, true }).Shipment
	h := Handle{ID: sh.ID}
	make := map[string]func(int) (document.File, error){
		"slip":    func(n int) (document.File, error) { return w.PackingSlip(w.ctx, owned, h, n) },
		"invoice": func(n int) (document.File, error) { return w.CommercialInvoice(w.ctx, owned, h, n) },
	}
	for name, one := range make {
		first, err := one(1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := one(1)
		if err != nil || again.Key != first.Key {
			t.Errorf("%s: the same paper has another key: %v", name, err)
		}
		three, err := one(3)
		if err != nil || three.Key == first.Key {
			t.Errorf("%s: three copies are another file: %v", name, err)
		}
		for _, n := range []int{0, 101} {
			if _, err := one(n); !errs.Is(err, errs.Invalid) || paths(err)[0] != "copy_count" {
				t.Errorf("%s: %d copies: %v", name, n, err)
			}
		}
	}
	w.m.templates = map[account.GroupID]template.Template{"": {Business: template.Business{Footer: "Registered in Scotland"}}}
	if _, err := w.PackingSlip(w.ctx, owned, h, 1); err != nil {
		t.Fatal(err)
	}
	slips := 0
	for _, d := range w.m.documents {
		if d.Kind == document.KindPackingSlip && d.Variant == "pdf 1" {
			slips++
		}
	}
	if slips != 2 {
		t.Errorf("another content is another document: %d", slips)
	}
}

func TestPapersSayWhatTheOrderSays(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, func(o *order.Order) {
		o.Reference, o.GiftNote = "SO-1", "Well done!"
		o.Parcels = append(o.Parcels, o.Parcels[0])
		o.Invoice.Billing = postal.Address{Name: "Accounts", Address1: "1 Sample Square", City: "Dublin", Postcode: "D01 AAAA", CountryISO: "IE"}
	}).Shipment
	b := brand{Template: template.Default(), zone: day.Location(), courier: "Depot"}
	b.Business = template.Business{Name: "North Dock Ltd", EORI: "GB111111111111"}
	slip := packingSlip(sh, b)
	if !slip.Gift || slip.Priced() || slip.Barcode != "SO-1" || slip.OrderDate != "21 November 2026" || slip.ParcelCount != 2 || slip.Service != "Depot, Standard" {
		t.Errorf("%+v", slip)
	}
	if len(slip.Lines) != 2 || slip.Lines[0].Shipped != 4 || slip.Lines[1].Shipped != 8 {
		t.Errorf("equal items are one line: %+v", slip.Lines)
	}
	v := commercialInvoice(sh, b)
	total, err := v.Total()
	if err != nil || total.String() != "88.15 GBP" { // 4 × 8.40 + 8 × 6.20 + 4.95
		t.Errorf("total %s %v", total, err)
	}
	if v.Exporter.EORI != "GB000000000000" || v.Importer.City != "Dublin" || v.Consignee.City != "Galway" || v.Place != "Galway" || v.Reason != "Sale" {
		t.Errorf("%+v", v)
	}
	if v.Packages != 2 || v.GrossWeight != 4120 || v.NetWeight() != 3880 || v.Lines[0].NetWeight != 1400 {
		t.Errorf("packages %d, gross %s, net %s", v.Packages, v.GrossWeight, v.NetWeight())
	}
}

// A label that was made in the same millisecond, or with a clock set back since, does not become the one that was bought.
func TestTheLabelAsBoughtStaysTheOne(t *testing.T) {
	for _, local := range []bool{true, false} {
		w := newWorld(t)
		w.depot.local = local
		c := w.buy(t, nil)
		w.clock.Advance(-time.Hour)
		if _, err := w.Label(w.ctx, owned, Handle{ID: c.Shipment.ID}, courier.ZPL, 300); err != nil {
			t.Fatal(err)
		}
		got, err := w.Label(w.ctx, owned, Handle{ID: c.Shipment.ID}, "", 0)
		if err != nil || got.Key != c.Label.Key {
			t.Errorf("local %t: %s %v, bought was %s", local, got.Variant, err, c.Label.Variant)
		}
	}
}

func TestBarcodeIsReadable(t *testing.T) {
	for reference, want := range map[string]string{
		"SO-1": "SO-1", "": "42", "Größe": "42", strings.Repeat("x", 31): "42", "a\tb": "42",
	} {
		if got := barcode(Shipment{Row: Row{Number: 42, Reference: reference}}); got != want {
			t.Errorf("%q: %q, want %q", reference, got, want)
		}
	}
}

func TestPapersThatCannotBeDrawnStopThePurchase(t *testing.T) {
	w := newWorld(t)
	for _, edit := range []func(*order.Order){
		func(o *order.Order) { o.WantInvoice = true }, func(o *order.Order) { o.WantSlip = true },
	} {
		_, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) {
			edit(o)
			o.Parcels[0].Items = nil
		}), Origin{})
		wantCode(t, err, errs.Invalid)
		if paths(err)[0] != "shipment.parcels.0.items" || len(w.depot.sent) != 0 {
			t.Errorf("%v, sent %v", err, w.depot.sent)
		}
	}
}
