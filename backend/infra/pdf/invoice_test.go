package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/document"
)

func drawInvoice(t *testing.T, invoice document.CommercialInvoice) Result {
	t.Helper()
	result, err := CommercialInvoices(context.Background(), []document.CommercialInvoice{invoice}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestInvoiceSaysWhatCustomsAsksFor(t *testing.T) {
	invoice := sampleInvoice(3)
	invoice.Consignee = addresses["Polish"].to
	invoice.Consignee.Phone = "+48 22 000 00 00"
	invoice.IOSS = "IM0123456789"
	invoice.Lines[1].Unit = "sets"
	result := drawInvoice(t, invoice)
	if len(result.Warnings) > 0 {
		t.Errorf("warnings %v", result.Warnings)
	}
	text := strings.Join(textOf(t, keep(t, result.Bytes)), " ")
	for _, want := range []string{
		"Commercial invoice", "CI-100482", "2 March 2026", "Exporter", "Northern Goods Ltd", "Export desk", "EORI GB123456789000", "VAT/tax no. GB 123 4567 89",
		"Tel. +44 113 496 0000", "export@northerngoods.example", "Importer", "Harbour & Vine LLC", "EIN 04-0000000", "United States", "Consignee", "Zażółć Gęślą",
		"NG-2026-004812", "PO 77120", "340123450000000017", "DAP Boston", "Sale", "GBP", "IM0123456789", "Packages", "Gross weight", "1.575 kg", "1.275 kg",
		"Enamel mug, white with blue rim, 350 ml 7323.94.00 PL 0.240 1 4.50 4.50", "3406.00.00 GB 0.425 8 7.83 62.64", "sets",
		"Goods 1.275 11 89.46", "Freight 24.50", "Insurance 6.00", "Packing 3.50", "Discount -15.00", "Total GBP 108.46",
		"preferential origin", document.English.Words().InvoiceDeclaration[:60], "A. Example, export manager", "Leeds, 2 March 2026", "Signature", "Page 1 of",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the invoice:\n%s", want, text)
		}
	}
	if strings.Contains(text, "TEST") {
		t.Error("a real invoice is marked as a test")
	}
	invoice.Testing = true
	if text := strings.Join(textOf(t, keep(t, drawInvoice(t, invoice).Bytes)), " "); !strings.Contains(text, "TEST") {
		t.Error("a test invoice is not marked")
	}
}

func TestEveryCopyOfAnInvoiceIsNumberedByItself(t *testing.T) {
	for _, paper := range document.Papers {
		invoice := sampleInvoice(40)
		invoice.Paper = paper
		result, err := CommercialInvoices(context.Background(), []document.CommercialInvoice{invoice}, 3)
		if err != nil {
			t.Fatal(err)
		}
		pages := textOf(t, keep(t, result.Bytes))
		each := len(pages) / 3
		if each < 3 || len(pages) != 3*each || result.Pages != len(pages) {
			t.Fatalf("%d pages for three copies, the result says %d", len(pages), result.Pages)
		}
		for i, page := range pages {
			if want := fmt.Sprintf("Page %d of %d", i%each+1, each); !strings.Contains(page, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
			if page != pages[i%each] {
				t.Errorf("page %d differs from its first copy", i+1)
			}
		}
		total := slices.IndexFunc(pages, func(page string) bool { return strings.Contains(page, "Total GBP") })
		if total < each-2 || !strings.Contains(pages[total], "HS code") || !strings.Contains(pages[total], "Goods") {
			t.Errorf("%s: the total stands without a row of the table above it", paper)
		}
		if last := pages[each-1]; !strings.Contains(last, "Declaration") || !strings.Contains(last, "Signature") {
			t.Errorf("%s: the signature stands apart from what is declared:\n%s", paper, last)
		}
		for i, page := range pages[:each] {
			if rows := strings.Count(page, "NG-1") + strings.Count(page, "NG-2"); i > 0 && rows > 0 && !strings.Contains(page, "Description") {
				t.Errorf("%s: page %d has rows without a header", paper, i+1)
			}
		}
	}
}

// What has a column on a large sheet stands under another on a small one, with its name, and can still be written by hand.
func TestInvoiceOnSmallPaperSaysTheSame(t *testing.T) {
	for _, paper := range []document.Paper{document.PaperA5, document.Paper4x6} {
		t.Run(string(paper), func(t *testing.T) {
			invoice := sampleInvoice(20)
			invoice.Paper, invoice.Consignee, invoice.IOSS = paper, addresses["Polish"].to, "IM0123456789"
			invoice.Consignee.Phone = "+48 22 000 00 00"
			invoice.Lines[1].Unit = "sets"
			result := drawInvoice(t, invoice)
			if len(result.Warnings) > 0 {
				t.Errorf("warnings %v", result.Warnings)
			}
			path := keep(t, result.Bytes)
			pages := textOf(t, path)
			text := strings.Join(pages, " ")
			goods, err := invoice.Goods()
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range append([]string{
				"EORI GB123456789000", "VAT/tax no. GB 123 4567 89", "EIN 04-0000000", "Consignee", "Zażółć Gęślą", "NG-2026-004812", "PO 77120", "340123450000000017",
				"DAP Boston", "Sale", "GBP", "IM0123456789", "HS code · Origin · Net kg", "sets", "Goods · Net " + kilograms(invoice.NetWeight()) + " kg", document.English.Amount(goods),
				"Freight 24.50", "Insurance 6.00", "Packing 3.50", "Discount -15.00", "Total GBP", "preferential origin", "A. Example, export manager", "Leeds, 2 March 2026", "Signature",
			}, customs(invoice)...) {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not on the invoice:\n%s", want, text)
				}
			}
			apart(t, sheets[paper], words(t, path))

			bare := document.CommercialInvoice{Paper: paper, Lines: []document.InvoiceLine{{Description: "Oak board", Quantity: 2, UnitPrice: gbp(100)}}}
			if text := textOf(t, keep(t, drawInvoice(t, bare).Bytes))[0]; !strings.Contains(text, "HS __________ · Origin ___ · Net ______ kg") {
				t.Errorf("there is no room for what is missing:\n%s", text)
			}
		})
	}
}

// customs is what small paper says of each line.
func customs(invoice document.CommercialInvoice) (all []string) {
	for _, line := range invoice.Lines {
		all = append(all, line.SKU, fmt.Sprintf("HS %s · Origin %s · Net %s kg", line.HSCode, line.Origin, kilograms(line.NetWeight)), document.English.Amount(line.UnitPrice))
	}
	return all
}

func TestInvoiceWithGapsIsDrawnAndTold(t *testing.T) {
	invoice := document.CommercialInvoice{Lines: []document.InvoiceLine{{Description: "Gift", Quantity: 1, UnitPrice: money.Amount{Minor: 100, Currency: "EUR"}}}}
	result := drawInvoice(t, invoice)
	keep(t, result.Bytes)
	for _, want := range []string{"number", "exporter.name", "importer.country_iso", "lines.0.description", "lines.0.hs_code", "lines.0.origin", "lines.0.net_weight", "incoterms", "reason", "gross_weight", "signatory"} {
		if !slices.Contains(fieldsOf(result), want) {
			t.Errorf("%s is missing and not told: %v", want, fieldsOf(result))
		}
	}
}

func TestInvoiceThatCannotBeDrawnIsRefused(t *testing.T) {
	mixed := sampleInvoice(2)
	mixed.Lines[1].UnitPrice.Currency = "EUR"
	huge := sampleInvoice(1)
	huge.Lines[0].Quantity, huge.Lines[0].UnitPrice.Minor = 1_000_000_000, 9_000_000_000_000_000
	for name, c := range map[string]struct {
		invoice document.CommercialInvoice
		field   string
	}{"no line": {document.CommercialInvoice{}, "lines"}, "two currencies": {mixed, "lines.1.unit_price"}, "too large": {huge, "lines.0.unit_price"}} {
		_, err := CommercialInvoices(context.Background(), []document.CommercialInvoice{c.invoice}, 1)
		var refusal *errs.Error
		if !errors.As(err, &refusal) || refusal.Code != errs.Invalid || refusal.Fields[0].Path != c.field {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestSameInvoiceGivesSameBytes(t *testing.T) {
	invoice := sampleInvoice(20)
	invoice.Importer = addresses["Japanese"].to
	first := drawInvoice(t, invoice)
	for range 5 {
		if again := drawInvoice(t, invoice); !bytes.Equal(first.Bytes, again.Bytes) {
			t.Fatal("another drawing differs")
		}
	}
}

func FuzzCommercialInvoice(f *testing.F) {
	f.Add("Harbour & Vine", "Mug 🎂", "7323.94", "GBP", int64(450), int64(3))
	f.Add("\x00", "שלום\n\n", strings.Repeat("9", 5000), "JPY", int64(1<<62), int64(-4))
	f.Add(strings.Repeat("ب", 2000), strings.Repeat("W", 10_000), "\u202e", "GBP", int64(5), int64(2))
	f.Fuzz(func(t *testing.T, name, description, code, currency string, price, quantity int64) {
		invoice := sampleInvoice(1)
		invoice.Importer.Name, invoice.Number, invoice.Incoterms, invoice.Signatory = name, code, name, description
		invoice.Preference, invoice.Declaration = description, name
		invoice.Lines = append(invoice.Lines, document.InvoiceLine{Description: description, HSCode: code, Origin: code, Unit: code, Quantity: quantity, UnitPrice: money.Amount{Minor: price, Currency: currency}})
		result, err := CommercialInvoices(context.Background(), []document.CommercialInvoice{invoice}, 1)
		if err != nil {
			if errs.CodeOf(err) != errs.Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		checkTable(t, result.Bytes)
	})
}
