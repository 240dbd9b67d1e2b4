package pdf

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"packbench/backend/base/postal"
	"packbench/backend/core/document"
)

// headings gives the texts of a struct of headings.
func headings(words any) (all []string) {
	v := reflect.ValueOf(words)
	for i := range v.NumField() {
		all = append(all, v.Field(i).String())
	}
	return all
}

// together compares texts without their spaces and line breaks: a heading may stand on two lines.
func together(text string) string { return strings.Join(strings.Fields(text), "") }

// missingWords lists what of the words, taken singly, is on none of the pages.
func missingWords(pages []string, texts []string) (missing []string) {
	all := together(strings.Join(pages, ""))
	for _, text := range texts {
		for _, word := range strings.Fields(text) {
			if !strings.Contains(all, word) {
				missing = append(missing, word)
			}
		}
	}
	return missing
}

// apart fails where words run into each other, off the content of the page, or were cut.
func apart(t *testing.T, s *sheet, found []word) {
	t.Helper()
	for i, a := range found {
		if a.left < points(s.left())-0.5 || a.right > points(s.right())+0.5 || a.bottom > points(s.height) {
			t.Errorf("%q runs off the page's content", a.text)
		}
		if strings.Contains(a.text, "…") {
			t.Errorf("%q was cut", a.text)
		}
		for _, b := range found[:i] {
			overlap := min(a.right, b.right) - max(a.left, b.left)
			if shared := min(a.bottom, b.bottom) - max(a.top, b.top); a.page == b.page && overlap > 0.5 && shared > 0.6*min(a.bottom-a.top, b.bottom-b.top) {
				t.Errorf("%q and %q overlap by %.1f points", a.text, b.text, overlap)
			}
		}
	}
}

// clearOfLogo fails where the mark of a test reaches under the sample logo, which is as wide as logos get.
func clearOfLogo(t *testing.T, s *sheet, found []word) {
	t.Helper()
	logo := min(4*leading(s.title)*1.6, s.content()*0.32)
	for _, w := range found {
		if w.text == "TEST" && w.right+points(2) > points(s.right()-logo) && w.page == 1 {
			t.Errorf("the mark of a test ends at %.0f points, where the logo stands", w.right)
		}
	}
}

func TestSlipsInEveryLanguageOnEveryPaper(t *testing.T) {
	for _, paper := range document.Papers {
		for _, language := range document.Languages {
			t.Run(string(paper)+" "+string(language), func(t *testing.T) {
				slip := sampleSlip(24)
				slip.Paper, slip.Language = paper, language
				slip.Message, slip.Instructions = "Thank you.", "Ring twice."
				slip.Branding.Details = "Northern Goods Ltd · Unit 7, Canal Works, 22 Mill Street, Leeds LS9 8AB"
				var pages []string
				for _, slip.ShowPrices = range []bool{false, true} {
					result := drawSlip(t, slip)
					if len(result.Warnings) > 0 {
						t.Errorf("warnings %v", result.Warnings)
					}
					path := keep(t, result.Bytes)
					apart(t, sheets[paper], words(t, path))
					pages = append(pages, textOf(t, path)...)
					if slip.ShowPrices || language != document.English {
						continue // the barcode is the same
					}
					if got := scanned(t, path, 203); got != slip.Barcode {
						t.Errorf("the barcode reads %q", got)
					}
				}
				own := language.Words().Slip
				switch paper {
				case document.Paper4x6: // barcode, article number and price stand without a heading
					own.Order, own.SKU, own.Price = "", "", ""
				case document.PaperA5: // and there the barcode
					own.Order = ""
				}
				if missing := missingWords(pages, headings(own)); len(missing) > 0 {
					t.Errorf("%q are not on the slip:\n%s", missing, pages[0])
				}
			})
		}
	}
}

func TestInvoicesInEveryLanguageOnEveryPaper(t *testing.T) {
	for _, paper := range document.Papers {
		for _, language := range document.Languages {
			t.Run(string(paper)+" "+string(language), func(t *testing.T) {
				invoice := sampleInvoice(30)
				invoice.Paper, invoice.Language, invoice.IOSS, invoice.Testing = paper, language, "IM0123456789", true
				var pages []string
				for _, invoice.Consignee = range []postal.Address{{}, addresses["Polish"].to} {
					result := drawInvoice(t, invoice)
					path := keep(t, result.Bytes)
					apart(t, sheets[paper], words(t, path))
					clearOfLogo(t, sheets[paper], words(t, path))
					pages = append(pages, textOf(t, path)...)
				}
				want := append(headings(*language.InvoiceWords()), language.Words().InvoiceDeclaration, document.English.Words().InvoiceDeclaration)
				if missing := missingWords(pages, want[1:]); len(missing) > 0 {
					t.Errorf("%q are not on the invoice:\n%s", missing, pages[0])
				}
				if !strings.Contains(pages[0], language.Words().Invoice.Title) || !strings.Contains(pages[0], "Commercial invoice") {
					t.Errorf("the invoice is not called what it is:\n%s", pages[0])
				}
				if text := strings.Join(pages, " "); !strings.Contains(text, "2 March 2026") || !strings.Contains(text, "24.50") {
					t.Error("dates and numbers are not those of English")
				}
			})
		}
	}
}

func TestManifestsInEveryLanguageOnEveryPaper(t *testing.T) {
	for _, paper := range document.OfficePapers {
		for _, language := range document.Languages {
			t.Run(string(paper)+" "+string(language), func(t *testing.T) {
				m := sampleManifest(30)
				m.Paper, m.Language, m.Testing, m.Courier = paper, language, true, "A Courier with a Long Name Ltd"
				result, err := Manifests(context.Background(), []document.Manifest{m})
				if err != nil {
					t.Fatal(err)
				}
				path := keep(t, result.Bytes)
				apart(t, sheets[paper], words(t, path))
				clearOfLogo(t, sheets[paper], words(t, path))
				if missing := missingWords(textOf(t, path), headings(language.Words().Manifest)); len(missing) > 0 {
					t.Errorf("%q are not on the manifest", missing)
				}
			})
		}
	}
}
