package shipment

import (
	"context"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/template"
)

func TestAPaperLooksAsItsGroupWants(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, func(o *order.Order) { o.Reference = "SO-1" })
	h := Handle{ID: c.Shipment.ID}
	one := func(kind document.Kind, wish Wish) string {
		t.Helper()
		wish.Copies = 1
		f, err := w.Paper(w.ctx, owned, h, kind, wish)
		if err != nil {
			t.Fatal(err)
		}
		return string(f.Bytes)
	}
	first := one(document.KindPackingSlip, Wish{})

	site, client := template.Default(), template.Default()
	site.Slip.Language, site.Slip.Message = document.German, "Danke"
	client.GroupID, client.Slip.Language, client.Slip.Paper, client.Business.Name = "g1", document.French, document.Paper4x6, "The client"
	w.m.templates = map[account.GroupID]template.Template{"": site, "g1": client}
	if slip := one(document.KindPackingSlip, Wish{}); !strings.Contains(slip, "Language:de") || !strings.Contains(slip, "Message:Danke") || !strings.Contains(slip, "21. November 2026") {
		t.Errorf("an account whose group has none of its own: %s", slip)
	}
	owner := w.m.accounts[owned]
	owner.GroupID = "g1"
	w.m.accounts[owned] = owner
	if slip := one(document.KindPackingSlip, Wish{}); !strings.Contains(slip, "Language:fr") || !strings.Contains(slip, "Paper:4x6") || !strings.Contains(slip, "21 novembre 2026") {
		t.Errorf("an account whose group has its own: %s", slip)
	}
	if slip := one(document.KindPackingSlip, Wish{Language: document.Dutch, Paper: document.PaperA5}); !strings.Contains(slip, "Language:nl") || !strings.Contains(slip, "Paper:A5") {
		t.Errorf("what is wished this once: %s", slip)
	}
	if invoice := one(document.KindInvoice, Wish{Language: document.Polish, Paper: document.PaperLetter}); !strings.Contains(invoice, "Language:pl") || !strings.Contains(invoice, "Paper:Letter") || !strings.Contains(invoice, "21 November 2026") {
		t.Errorf("an invoice's days are English: %s", invoice)
	}
	delete(w.m.accounts, owned)
	if b, err := w.brand(w.ctx, c.Shipment); err != nil || b.Slip.Language != document.German {
		t.Errorf("without its account: %v %v", b.Slip.Language, err)
	}

	kept := map[string]bool{}
	for _, d := range w.m.documents {
		content, err := w.m.Bytes(d)
		if err != nil {
			t.Fatal(err)
		}
		kept[string(content)] = true
	}
	if !kept[first] {
		t.Error("a changed template took away the slip as it was made first")
	}
}

func TestAnInvoicesPaperIsTheOrdersOrTheTemplatesOrTheCountrys(t *testing.T) {
	british, american := postal.Address{CountryISO: "GB"}, postal.Address{CountryISO: "US"}
	for _, c := range []struct {
		size   string
		chosen document.Paper
		from   postal.Address
		want   document.Paper
	}{
		{"", "", british, document.PaperA4},
		{"", "", american, document.PaperLetter},
		{"", document.PaperA5, american, document.PaperA5},
		{"letter", document.PaperA5, british, document.PaperLetter},
		{"a5", document.PaperA4, british, document.PaperA5},
		{"4X6", document.PaperA4, british, document.Paper4x6},
		{"A3", document.PaperA5, british, document.PaperA5},
	} {
		if got := invoicePaper(c.size, c.chosen, c.from); got != c.want {
			t.Errorf("size %q, template %q, from %s: %s, want %s", c.size, c.chosen, c.from.CountryISO, got, c.want)
		}
	}
}

func TestWhatASlipLeavesOut(t *testing.T) {
	w := newWorld(t)
	sh := w.buy(t, func(o *order.Order) { o.Reference, o.GiftNote = "SO-1", "Well done!" }).Shipment
	b := brand{Template: template.Default(), zone: day.Location(), courier: "Depot"}
	all := packingSlip(sh, b)
	if all.Barcode != "SO-1" || all.Weight == 0 || all.From.IsZero() || all.Lines[0].SKU == "" || all.GiftNote != "Well done!" || all.ShowPrices || all.Language != document.English {
		t.Errorf("the default shows %+v", all)
	}
	b.Slip = template.Slip{Prices: true, Message: "Thanks"}
	none := packingSlip(sh, b)
	if none.Barcode != "" || none.Weight != 0 || !none.From.IsZero() || none.Lines[0].SKU != "" || none.GiftNote != "" || none.Message != "Thanks" {
		t.Errorf("with everything off it shows %+v", none)
	}
	if none.Priced() {
		t.Error("a present shows prices")
	}
	sh.GiftNote = ""
	if !packingSlip(sh, b).Priced() {
		t.Error("prices that were asked for are missing")
	}
	// Prices off never reaches the invoice.
	b.Slip.Prices = false
	if total, err := commercialInvoice(sh, b).Total(); err != nil || total == (money.Amount{}) {
		t.Errorf("the invoice's total is %v, %v", total, err)
	}
	b.Business = template.Business{Name: "North", Footer: "Web", Details: true}
	if slip, invoice := packingSlip(sh, b), commercialInvoice(sh, b); slip.Branding.Details != "North" || slip.Branding.Footer != "Web" || invoice.Branding.Details != "" || invoice.Branding.Footer != "Web" {
		t.Errorf("at the foot %+v and %+v", slip.Branding, invoice.Branding)
	}
}

// glass shows what it is asked to draw as text, with a warning for each field a template could mend.
type glass struct{}

func (glass) shown(kind string, page int) (document.Preview, error) {
	return document.Preview{PNG: []byte(kind), Page: page, Pages: 1, Warnings: []courier.Warning{
		{Field: "branding.footer", Message: "f"}, {Field: "returns", Message: "r"}, {Field: "message", Message: "m"}, {Field: "to.city", Message: "c"},
	}}, nil
}

func (g glass) PreviewPackingSlip(_ context.Context, s document.PackingSlip, page int) (document.Preview, error) {
	return g.shown("slip "+s.Number+" "+string(s.Language)+" "+s.GiftNote, page)
}

func (g glass) PreviewCommercialInvoice(_ context.Context, v document.CommercialInvoice, page int) (document.Preview, error) {
	if err := v.Validate(); err != nil || len(v.Missing()) > 0 {
		return document.Preview{}, errs.New(errs.Internal, "the sample lacks %v, %v", v.Missing(), err)
	}
	return g.shown("invoice "+v.Number, page)
}

func (g glass) PreviewManifest(_ context.Context, m document.Manifest, page int) (document.Preview, error) {
	return g.shown("manifest of "+m.Lines[0].Number, page)
}

func TestPreviewKeepsNothingAndNamesTheTemplatesFields(t *testing.T) {
	w := newWorld(t)
	w.Previewer = glass{}
	sh := w.buy(t, nil).Shipment
	at := atThisMachine(t)
	ask := PreviewAsk{Template: template.Default(), Kind: document.KindPackingSlip, Page: 1}
	ask.Template.Slip.Language = document.Italian
	look := func(change func(*PreviewAsk)) (string, []string) {
		t.Helper()
		asked := ask
		change(&asked)
		p, err := w.Preview(at, asked)
		if err != nil {
			t.Fatal(err)
		}
		var fields []string
		for _, warning := range p.Warnings {
			fields = append(fields, warning.Field)
		}
		return string(p.PNG), fields
	}
	text, fields := look(func(*PreviewAsk) {})
	if text != "slip 184206 it " || strings.Join(fields, " ") != "business.footer business.returns packing_slip.message" {
		t.Errorf("the sample is %q with %v", text, fields)
	}
	if text, _ := look(func(a *PreviewAsk) { a.Gift = true }); !strings.Contains(text, "Happy birthday") {
		t.Errorf("a present is %q", text)
	}
	if text, fields := look(func(a *PreviewAsk) { a.Number = sh.Number }); strings.Contains(text, "184206") || len(fields) != 4 || fields[3] != "to.city" {
		t.Errorf("a shipment is %q with %v", text, fields)
	}
	if text, _ := look(func(a *PreviewAsk) { a.Kind = document.KindInvoice }); text != "invoice 184206" {
		t.Errorf("an invoice is %q", text)
	}
	if text, _ := look(func(a *PreviewAsk) { a.Kind = document.KindManifest }); text != "manifest of 184206" {
		t.Errorf("a manifest is %q", text)
	}
	if n := len(w.reload(t, sh.ID).Timeline); n != len(sh.Timeline) {
		t.Errorf("a look left a mark: %d steps, were %d", n, len(sh.Timeline))
	}

	for name, c := range map[string]struct {
		change func(*PreviewAsk)
		code   errs.Code
	}{
		"no such shipment": {func(a *PreviewAsk) { a.Number = 1 << 40 }, errs.NotFound},
		"no such document": {func(a *PreviewAsk) { a.Kind = document.KindLabel }, errs.Invalid},
		"wrong template":   {func(a *PreviewAsk) { a.Template.Slip.Paper = "A3" }, errs.Invalid},
	} {
		asked := ask
		c.change(&asked)
		if _, err := w.Preview(at, asked); !errs.Is(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.Preview(w.ctx, ask); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token may look: %v", err)
	}
}
