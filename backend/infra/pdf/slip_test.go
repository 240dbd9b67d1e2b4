package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/document"
)

func drawSlip(t *testing.T, slip document.PackingSlip) Result {
	t.Helper()
	result, err := PackingSlips(context.Background(), []document.PackingSlip{slip}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func fieldsOf(result Result) []string {
	var fields []string
	for _, warning := range result.Warnings {
		fields = append(fields, warning.Field)
	}
	return fields
}

func TestSlipSaysWhatIsInTheParcel(t *testing.T) {
	slip := sampleSlip(4)
	result := drawSlip(t, slip)
	if len(result.Warnings) > 0 || result.Pages != 1 {
		t.Errorf("%d pages, warnings %v", result.Pages, result.Warnings)
	}
	text := textOf(t, keep(t, result.Bytes))[0]
	for _, want := range []string{
		"Packing slip", "Anna Example", "Café Zwarte Kat", "Prinsengracht 263", "Netherlands", "Northern Goods Ltd", "United Kingdom",
		"28 February 2026", "2 March 2026", "Own fleet, next day", "340123450000000017", "1 of 2 · 4.38 kg", "100482", "NG-2026-004812",
		"NG-1180-A Enamel mug, white with blue rim, 350 ml 1 1", "NG-1291-D Oak bread board with juice groove, oiled 4 2 2 to follow",
		"Total pieces 4 lines 13 11", "Changed your mind?", "Page 1 of 1", "northerngoods.example",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the slip:\n%s", want, text)
		}
	}
}

func TestSlipShowsNoPricesUnlessAsked(t *testing.T) {
	slip := sampleSlip(2)
	cases := []struct {
		name         string
		prices, gift bool
		shown        bool
	}{{"by default", false, false, false}, {"asked for", true, false, true}, {"asked for, but a gift", true, true, false}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			slip.ShowPrices, slip.Gift, slip.GiftNote = c.prices, c.gift, "With love"
			text := textOf(t, keep(t, drawSlip(t, slip).Bytes))[0]
			if got := strings.Contains(text, "7.83") || strings.Contains(text, "GBP") || strings.Contains(text, "Price"); got != c.shown {
				t.Errorf("prices shown: %v\n%s", got, text)
			}
			if got := strings.Contains(text, "With love"); got != c.gift {
				t.Errorf("gift note shown: %v", got)
			}
		})
	}
}

func TestSlipOfManyPagesRepeatsItsHeader(t *testing.T) {
	for _, paper := range []document.Paper{document.PaperA4, document.PaperLetter, document.PaperA5, document.Paper4x6} {
		t.Run(string(paper), func(t *testing.T) {
			slip := sampleSlip(60)
			slip.Paper = paper
			result := drawSlip(t, slip)
			pages := textOf(t, keep(t, result.Bytes))
			if len(pages) != result.Pages || result.Pages < 3 {
				t.Fatalf("%d pages, the result says %d", len(pages), result.Pages)
			}
			rows := 0
			for i, page := range pages {
				if want := fmt.Sprintf("Page %d of %d", i+1, len(pages)); !strings.Contains(page, want) {
					t.Errorf("page %d lacks %q", i+1, want)
				}
				if strings.Contains(page, "NG-1") != strings.Contains(page, "Description") && strings.Contains(page, "NG-2") != strings.Contains(page, "Description") {
					t.Errorf("page %d has rows without a header", i+1)
				}
				if i > 0 && !strings.Contains(page, "Packing slip NG-2026-004812") {
					t.Errorf("page %d does not say what it belongs to", i+1)
				}
				for _, line := range slip.Lines {
					rows += strings.Count(page, line.SKU)
				}
			}
			if rows != 60 {
				t.Errorf("%d rows are drawn, want 60", rows)
			}
		})
	}
}

func TestSlipsBarcodeIsRead(t *testing.T) {
	for paper, references := range map[document.Paper][]string{
		document.PaperA4: {"NG-2026-004812", "7", "WAREHOUSE-NORTH-0004812-X"}, document.PaperLetter: {"NG-2026-004812"},
		document.PaperA5: {"NG-2026-004812", "#1001/A (b)"}, document.Paper4x6: {"7", "WAREHOUSE-NORTH-0004812-X"},
	} {
		for _, reference := range references {
			slip := sampleSlip(2)
			slip.Paper, slip.Reference, slip.Barcode = paper, reference, reference
			path := keep(t, drawSlip(t, slip).Bytes)
			for _, dpi := range []int{203, 300} {
				if got := scanned(t, path, dpi); got != reference {
					t.Errorf("%s at %d dpi: read %q, want %q", paper, dpi, got, reference)
				}
			}
		}
	}
}

func TestSlipReportsWhatItCouldNotDrawAsGiven(t *testing.T) {
	long := strings.Repeat("very long words ", 200)
	cases := []struct {
		name   string
		change func(*document.PackingSlip)
		field  string
		says   string
	}{
		{"emoji", func(s *document.PackingSlip) { s.To.Name = "Anna 🎂" }, "to.name", "U+1F382"},
		{"emoji in a line", func(s *document.PackingSlip) { s.Lines[1].Description = "Mug 🫖" }, "lines.1.description", "U+1FAD6"},
		{"control character", func(s *document.PackingSlip) { s.Lines[0].SKU = "A\x00B" }, "lines.0.sku", "U+0000"},
		{"too long", func(s *document.PackingSlip) { s.Lines[0].Description = long }, "lines.0.description", "too long"},
		{"no PNG", func(s *document.PackingSlip) { s.Branding.Logo = append(bytes.Clone(s.Branding.Logo[:60]), 1, 2, 3) }, "branding.logo", "PNG or a JPEG"},
		{"barcode of another script", func(s *document.PackingSlip) { s.Barcode = "注文-1" }, "barcode", "Code 128"},
		{"barcode too long", func(s *document.PackingSlip) { s.Barcode = strings.Repeat("a1", 35) }, "barcode", "too long"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			slip := sampleSlip(2)
			c.change(&slip)
			result := drawSlip(t, slip)
			if got := fieldsOf(result); !slices.Equal(got, []string{c.field}) {
				t.Fatalf("warnings for %v, want %s: %v", got, c.field, result.Warnings)
			}
			if !strings.Contains(result.Warnings[0].Message, c.says) {
				t.Errorf("%q does not say %q", result.Warnings[0].Message, c.says)
			}
			keep(t, result.Bytes)
		})
	}
}

func TestWarningsOfManySlipsNameTheSlip(t *testing.T) {
	slips := []document.PackingSlip{sampleSlip(1), sampleSlip(1)}
	slips[1].To.City = "Amsterdam 🚲"
	result, err := PackingSlips(context.Background(), slips, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := fieldsOf(result); !slices.Equal(got, []string{"1.to.city"}) {
		t.Errorf("warnings for %v", got)
	}
	if result.Pages != 4 {
		t.Errorf("%d pages, want 2 slips of 2 copies", result.Pages)
	}
	for i, page := range textOf(t, keep(t, result.Bytes)) {
		if !strings.Contains(page, "Page 1 of 1") {
			t.Errorf("page %d is not numbered within its slip", i+1)
		}
	}
}

func TestSlipThatCannotBeDrawnIsRefused(t *testing.T) {
	cases := []struct {
		name   string
		slips  []document.PackingSlip
		copies int
		field  string
	}{
		{"nothing", nil, 1, ""},
		{"no line", []document.PackingSlip{{}}, 1, "lines"},
		{"no copy", []document.PackingSlip{sampleSlip(1)}, 0, "copy_count"},
		{"too many copies", []document.PackingSlip{sampleSlip(1)}, 101, "copy_count"},
	}
	for _, c := range cases {
		_, err := PackingSlips(context.Background(), c.slips, c.copies)
		var refusal *errs.Error
		if !errors.As(err, &refusal) || refusal.Code != errs.Invalid {
			t.Errorf("%s: got %v", c.name, err)
			continue
		}
		if c.field != "" && (len(refusal.Fields) != 1 || refusal.Fields[0].Path != c.field) {
			t.Errorf("%s: fields %v, want %s", c.name, refusal.Fields, c.field)
		}
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := PackingSlips(stopped, []document.PackingSlip{sampleSlip(1)}, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped drawing gave %v", err)
	}
}

func TestSameSlipGivesSameBytes(t *testing.T) {
	slip := sampleSlip(30)
	slip.To = addresses["Arabic"].to
	slip.From = addresses["Greek"].to
	slip.Lines[0].Description = addresses["Polish"].to.Name + " " + addresses["Cyrillic"].to.Name
	first := drawSlip(t, slip)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				again, err := PackingSlips(context.Background(), []document.PackingSlip{slip}, 1)
				if err != nil || !bytes.Equal(first.Bytes, again.Bytes) {
					t.Errorf("another drawing differs: %v", err)
				}
			}
		})
	}
	group.Wait()
}

// What one slip says must not leak into the next of the same file.
func TestASlipAmongOthersIsTheSlipAlone(t *testing.T) {
	slips := sampleOrders(12)
	slips[3].Paper, slips[4].Language, slips[5].To = document.Paper4x6, document.Polish, addresses["Arabic"].to
	slips[6].To.Name, slips[7].To.Name = "Anna 🎂", "Anna 🎂"
	together, err := PackingSlips(context.Background(), slips, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := fieldsOf(together); !slices.Equal(got, []string{"6.to.name", "7.to.name"}) {
		t.Errorf("warnings for %v", got)
	}
	pages := textOf(t, keep(t, together.Bytes))
	for i, slip := range slips {
		alone := textOf(t, keep(t, drawSlip(t, slip).Bytes))
		if !slices.Equal(pages[:together.Each[i]], alone) {
			t.Errorf("slip %d differs from itself alone:\n%q\n%q", i, pages[:together.Each[i]], alone)
		}
		pages = pages[together.Each[i]:]
	}
}

func TestNothingRunsOverTheNextColumn(t *testing.T) {
	slip := sampleSlip(1)
	slip.ShowPrices = true
	slip.Lines = []document.SlipLine{{
		SKU: strings.Repeat("W", 60), Description: strings.Repeat("Donaudampfschifffahrt", 9), Ordered: 1_000_000_000, Shipped: 999_999_999,
		UnitPrice: money.Amount{Minor: 8_999_999, Currency: "GBP"},
	}}
	for _, paper := range []document.Paper{document.PaperA4, document.PaperA5, document.Paper4x6} {
		slip.Paper = paper
		found := words(t, keep(t, drawSlip(t, slip).Bytes))
		for i, a := range found {
			if a.left < points(sheets[paper].left())-0.5 || a.right > points(sheets[paper].right())+0.5 {
				t.Errorf("%s: %q runs off the page's content", paper, a.text)
			}
			for _, b := range found[:i] {
				overlap := min(a.right, b.right) - max(a.left, b.left)
				if shared := min(a.bottom, b.bottom) - max(a.top, b.top); a.page == b.page && overlap > 0.5 && shared > 0.6*(a.bottom-a.top) {
					t.Errorf("%s: %q and %q overlap by %.1f points", paper, a.text, b.text, overlap)
				}
			}
		}
	}
}

func FuzzPackingSlip(f *testing.F) {
	f.Add("Anna", "Café", "SKU-1", "Mug 🎂", int64(3), uint8(0))
	f.Add("\x00\xff", "\u202eabc", strings.Repeat("W", 10_000), "東京\n\n\n都", int64(7), uint8(3))
	f.Add("שלום", "شارع 12 (ب)", "👩‍👩‍👧", "a\u0301\u0302", int64(3), uint8(2))
	f.Add("", strings.Repeat("क्षि", 700), "", strings.Repeat("ا", 3000), int64(-1), uint8(1))
	f.Fuzz(func(t *testing.T, name, street, sku, description string, pieces int64, paper uint8) {
		slip := sampleSlip(1)
		slip.Paper = []document.Paper{document.PaperA4, document.PaperLetter, document.PaperA5, document.Paper4x6}[paper%4]
		slip.To = postal.Address{Name: name, Address1: street, City: description, CountryISO: "JP"}
		slip.Reference, slip.Barcode, slip.GiftNote, slip.Gift = sku, sku, description, true
		slip.Lines = append(slip.Lines, document.SlipLine{SKU: sku, Description: description, Ordered: pieces, Shipped: pieces})
		result, err := PackingSlips(context.Background(), []document.PackingSlip{slip}, 1)
		if err != nil {
			if errs.CodeOf(err) != errs.Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		checkTable(t, result.Bytes)
	})
}
