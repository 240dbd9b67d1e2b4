package document

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

func eur(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "EUR"} }

func wholeInvoice() CommercialInvoice {
	party := postal.Address{CompanyName: "Handel GmbH", Address1: "Hauptstr. 1", City: "Köln", Postcode: "50667", CountryISO: "DE", Phone: "+49 221 0000", EORI: "DE1234567"}
	importer := party
	importer.CountryISO, importer.EORI = "US", ""
	return CommercialInvoice{
		Number: "CI-1", Date: "2 March 2026", Exporter: party, Importer: importer, Incoterms: "DAP", Place: "Boston", Reason: "Sale",
		Packages: 1, GrossWeight: 900, Signatory: "Export desk",
		Lines: []InvoiceLine{{Description: "Mug, enamelled steel, for drinking", HSCode: "7323.94", Origin: "PL", Quantity: 2, NetWeight: 700, UnitPrice: eur(450)}},
	}
}

func TestMissingTellsWhatCustomsTurnsBack(t *testing.T) {
	cases := []struct {
		name   string
		change func(*CommercialInvoice)
		fields []string
	}{
		{"nothing is missing", func(*CommercialInvoice) {}, nil},
		{"no EORI of the exporter", func(v *CommercialInvoice) { v.Exporter.EORI = "" }, []string{"exporter.eori_id"}},
		{"no EORI outside the United Kingdom and the Union", func(v *CommercialInvoice) { v.Exporter.CountryISO, v.Exporter.EORI = "CH", "" }, nil},
		{"no EORI of an importing company", func(v *CommercialInvoice) { v.Importer.CountryISO = "GB" }, []string{"importer.eori_id"}},
		{"no EORI of a person", func(v *CommercialInvoice) {
			v.Importer.CountryISO, v.Importer.CompanyName, v.Importer.Name = "GB", "", "Anna Example"
		}, nil},
		{"no contact", func(v *CommercialInvoice) { v.Importer.Phone = "" }, []string{"importer.phone"}},
		{"no postcode where there is none", func(v *CommercialInvoice) { v.Importer.CountryISO, v.Importer.Postcode = "AE", "" }, nil},
		{"no postcode", func(v *CommercialInvoice) { v.Importer.Postcode = "" }, []string{"importer.address_1"}},
		{"a consignee with gaps", func(v *CommercialInvoice) { v.Consignee = postal.Address{Name: "Anna Example"} }, []string{"consignee.address_1", "consignee.country_iso", "consignee.phone"}},
		{"no HS code", func(v *CommercialInvoice) { v.Lines[0].HSCode = " " }, []string{"lines.0.hs_code"}},
		{"a short HS code", func(v *CommercialInvoice) { v.Lines[0].HSCode = "73.23" }, []string{"lines.0.hs_code"}},
		{"an HS code with letters", func(v *CommercialInvoice) { v.Lines[0].HSCode = "7323AB" }, []string{"lines.0.hs_code"}},
		{"an HS code of 10 digits", func(v *CommercialInvoice) { v.Lines[0].HSCode = "7323 94 00 10" }, nil},
		{"no origin", func(v *CommercialInvoice) { v.Lines[0].Origin = "Poland" }, []string{"lines.0.origin"}},
		{"a vague description", func(v *CommercialInvoice) { v.Lines[0].Description = " Spare Parts. " }, []string{"lines.0.description"}},
		{"no value", func(v *CommercialInvoice) { v.Lines[0].UnitPrice.Minor = 0 }, []string{"lines.0.unit_price"}},
		{"no weight", func(v *CommercialInvoice) { v.Lines[0].NetWeight = 0 }, []string{"lines.0.net_weight"}},
		{"lighter than its goods", func(v *CommercialInvoice) { v.GrossWeight = 699 }, []string{"gross_weight"}},
		{"no such Incoterm", func(v *CommercialInvoice) { v.Incoterms = "DDU" }, []string{"incoterms"}},
		{"no named place", func(v *CommercialInvoice) { v.Place = "" }, []string{"place"}},
		{"IOSS of another form", func(v *CommercialInvoice) { v.IOSS = "IM123" }, []string{"ioss"}},
		{"IOSS", func(v *CommercialInvoice) { v.IOSS = "IM1234567890" }, nil},
		{"no packages, reason, number, date, name", func(v *CommercialInvoice) { v.Packages, v.Reason, v.Number, v.Date, v.Signatory = 0, "", "", "", "" }, []string{"number", "date", "reason", "packages", "signatory"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			invoice := wholeInvoice()
			c.change(&invoice)
			if err := invoice.Validate(); err != nil {
				t.Fatalf("refused: %v", err)
			}
			var fields []string
			for _, missing := range invoice.Missing() {
				fields = append(fields, missing.Field)
			}
			if !slices.Equal(fields, c.fields) {
				t.Errorf("told %v, want %v", fields, c.fields)
			}
		})
	}
}

func TestInvoiceValidate(t *testing.T) {
	cases := []struct {
		name   string
		change func(*CommercialInvoice)
		paths  []string
	}{
		{"no line", func(v *CommercialInvoice) { v.Lines = nil }, []string{"lines"}},
		{"paper nobody makes", func(v *CommercialInvoice) { v.Paper = "A3" }, []string{"paper"}},
		{"nothing of it", func(v *CommercialInvoice) { v.Lines[0].Quantity = 0 }, []string{"lines.0.quantity"}},
		{"less than nothing", func(v *CommercialInvoice) { v.Lines[0].UnitPrice.Minor, v.Lines[0].NetWeight = -1, -1 }, []string{"lines.0.unit_price", "lines.0.net_weight"}},
		{"a discount that raises", func(v *CommercialInvoice) { v.Discount = eur(-1) }, []string{"discount"}},
		{"a discount of more than all", func(v *CommercialInvoice) { v.Discount = eur(901) }, []string{"discount"}},
		{"freight in another currency", func(v *CommercialInvoice) { v.Freight = money.Amount{Minor: 1, Currency: "USD"} }, []string{"freight"}},
		{"lines in two currencies", func(v *CommercialInvoice) {
			v.Lines = append(v.Lines, InvoiceLine{Quantity: 1, UnitPrice: money.Amount{Minor: 1, Currency: "USD"}})
		}, []string{"lines.1.unit_price"}},
		{"too large", func(v *CommercialInvoice) { v.Lines[0].Quantity, v.Lines[0].UnitPrice.Minor = 1_000, 9e15 }, []string{"lines.0.unit_price"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			invoice := wholeInvoice()
			c.change(&invoice)
			if got := pathsOf(invoice.Validate()); !slices.Equal(got, c.paths) {
				t.Errorf("refused for %v, want %v", got, c.paths)
			}
		})
	}
}

// The total is what a reader adds up from what is printed.
func TestInvoiceTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invoice, want := wholeInvoice(), int64(0)
		invoice.Lines = nil
		for range rapid.IntRange(1, 20).Draw(t, "lines") {
			price, quantity := rapid.Int64Range(0, 1_000_000).Draw(t, "price"), rapid.Int64Range(1, 10_000).Draw(t, "quantity")
			invoice.Lines = append(invoice.Lines, InvoiceLine{Quantity: quantity, UnitPrice: eur(price)})
			want += price * quantity
		}
		if goods, err := invoice.Goods(); err != nil || goods.Minor != want {
			t.Fatalf("goods %v, %v; want %d", goods, err, want)
		}
		invoice.Freight, invoice.Discount = eur(rapid.Int64Range(0, 9999).Draw(t, "freight")), eur(rapid.Int64Range(0, 9999).Draw(t, "discount"))
		printed := want
		for _, charge := range invoice.Charges() {
			printed += charge.Amount.Minor
		}
		if total, err := invoice.Total(); err != nil || total.Minor != want+invoice.Freight.Minor-invoice.Discount.Minor || total.Minor != printed {
			t.Errorf("total %v, %v; the lines and charges on paper make %d", total, err, printed)
		}
	})
}
