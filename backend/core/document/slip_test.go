package document

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
)

func pathsOf(err error) []string {
	var refusal *errs.Error
	if !errors.As(err, &refusal) || refusal.Code != errs.Invalid {
		return nil
	}
	var paths []string
	for _, field := range refusal.Fields {
		paths = append(paths, field.Path)
	}
	return paths
}

func TestPackingSlipValidate(t *testing.T) {
	whole := func() PackingSlip {
		return PackingSlip{Lines: []SlipLine{{SKU: "A", Ordered: 2, Shipped: 1, UnitPrice: money.Amount{Minor: 250, Currency: "GBP"}}, {SKU: "B", Shipped: 3, UnitPrice: money.Amount{Minor: 100, Currency: "GBP"}}}}
	}
	cases := []struct {
		name   string
		change func(*PackingSlip)
		paths  []string
	}{
		{"whole", func(*PackingSlip) {}, nil},
		{"no line", func(s *PackingSlip) { s.Lines = nil }, []string{"lines"}},
		{"too many lines", func(s *PackingSlip) { s.Lines = make([]SlipLine, maxLines+1) }, []string{"lines"}},
		{"unknown paper", func(s *PackingSlip) { s.Paper = "A3" }, []string{"paper"}},
		{"less than nothing", func(s *PackingSlip) { s.Lines[1].Shipped, s.Lines[0].Ordered = -1, -2 }, []string{"lines.0.ordered", "lines.1.shipped"}},
		{"more than anybody packs", func(s *PackingSlip) { s.Lines[0].Shipped = maxPieces + 1 }, []string{"lines.0.shipped"}},
		{"parcel 3 of 2", func(s *PackingSlip) { s.ParcelIndex, s.ParcelCount = 3, 2 }, []string{"parcel_index"}},
		{"two currencies, prices shown", func(s *PackingSlip) { s.Lines[1].UnitPrice.Currency = "EUR"; s.ShowPrices = true }, []string{"lines.1.unit_price"}},
		{"two currencies, no prices shown", func(s *PackingSlip) { s.Lines[1].UnitPrice.Currency = "EUR" }, nil},
		{"logo of another kind", func(s *PackingSlip) { s.Branding.Logo = []byte("GIF89a") }, []string{"branding.logo"}},
		{"logo too large", func(s *PackingSlip) {
			s.Branding.Logo = append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, MaxLogo)...)
		}, []string{"branding.logo"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			slip := whole()
			c.change(&slip)
			err := slip.Validate()
			if got := pathsOf(err); !slices.Equal(got, c.paths) || (err == nil) != (c.paths == nil) {
				t.Errorf("refused for %v (%v), want %v", got, err, c.paths)
			}
		})
	}
}

func TestPackingSlipSums(t *testing.T) {
	slip := PackingSlip{Lines: []SlipLine{{Ordered: 5, Shipped: 2, UnitPrice: money.Amount{Minor: 250, Currency: "GBP"}}, {Ordered: 1, Shipped: 1, UnitPrice: money.Amount{Minor: 99, Currency: "GBP"}}}}
	if ordered, shipped := slip.Pieces(); ordered != 6 || shipped != 3 {
		t.Errorf("%d ordered, %d shipped", ordered, shipped)
	}
	if total, err := slip.Total(); err != nil || total != (money.Amount{Minor: 599, Currency: "GBP"}) {
		t.Errorf("total %v, %v: want what is in the parcel only", total, err)
	}
	slip.ShowPrices = true
	if !slip.Priced() {
		t.Error("prices were asked for and are not shown")
	}
	slip.Gift = true
	if slip.Priced() {
		t.Error("a gift shows prices")
	}
}

func TestEveryRefusalSaysWhatWouldBeRight(t *testing.T) {
	err := PackingSlip{Paper: "A0", ParcelIndex: 2, Branding: Branding{Logo: []byte("x")}}.Validate()
	var refusal *errs.Error
	if !errors.As(err, &refusal) {
		t.Fatal(err)
	}
	for _, field := range refusal.Fields {
		if !strings.ContainsAny(field.Message, ",;") {
			t.Errorf("%s: %q says what is wrong only", field.Path, field.Message)
		}
	}
}
