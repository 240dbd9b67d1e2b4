package storetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/page"
	"packbench/backend/core/shipment"
)

// found searches and gives the numbers that were found, in order, all pages of two together.
func (b *Bench) found(f shipment.Filter) string {
	b.Helper()
	rows := pageThrough(b, 2, func(p page.Request) (page.Result[shipment.Row], error) {
		return get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, p) }), nil
	})
	numbers := make([]string, 0, len(rows))
	for _, row := range rows {
		numbers = append(numbers, strconv.FormatInt(row.Number, 10))
	}
	return strings.Join(numbers, " ")
}

func search(t *testing.T, b *Bench) {
	owner := b.shop()
	for i, who := range []string{"Amara Okafor", "Jürgen Groß", "Łucja Wójcik", "Noor \"the 100%\" Haddad_O'Neil"} {
		b.ship(int64(41+i), owner, func(s *shipment.Shipment) { s.Recipient, s.RecipientOrg = who, fmt.Sprint("Org ", 41+i) })
	}
	changed := b.ship(45, owner, func(s *shipment.Shipment) {
		s.Recipient, s.TrackingCodes, s.State = "Before", []string{"OLD123456"}, shipment.Sending
	})
	changed.Recipient, changed.TrackingCodes, changed.State = "Afterwards", []string{"NEW654321"}, shipment.Booked
	b.write(func(r Repo) error { return r.UpdateShipment(changed) })
	sku := b.ship(46, owner, func(s *shipment.Shipment) {
		s.Recipient, s.Consignment.OrderID = "出荷 太郎", "WEB/2026/000046"
		s.Consignment.Parcels[0].Items[0].SKU = "TEAPOT-BLUE-L"
	})

	b.ship(47, owner, func(s *shipment.Shipment) { s.Reference = "door#99b" })

	cases := []struct{ what, search, want string }{
		{"number", "42", "42"},
		{"number with its sign", "#42", "42"},
		{"a sign before what is no number of a shipment", "#99", "47"},
		{"reference", "SO-0000042", "42"},
		{"reference, any case", "so-0000042", "42"},
		{"the beginning of all references", "SO-00000", "46 45 44 43 42 41"},
		{"the end of a reference", "0000042", "42"},
		{"second reference", "po 43", "43"},
		{"order id", "web/2026/000046", "46"},
		{"part of an order id", "2026/0000", "46"},
		{"name", "Okafor", "41"},
		{"the middle of a name", "kafo", "41"},
		{"name without its accents", "jurgen gross", "42"},
		{"name with its accents", "JÜRGEN GROSS", "42"},
		{"letters Unicode keeps whole", "lucja wojcik", "43"},
		{"a quote", `"the 100%"`, "44"},
		{"an apostrophe", "o'neil", "44"},
		{"a LIKE sign", "d_o", "44"},
		{"a LIKE sign that is not there", "d%o", ""},
		{"Chinese characters, two", "出荷", "46"},
		{"organisation", "org 41", "41"},
		{"the beginning of a name, one letter", "j", "42"},
		{"the beginning of a name, two letters", "no", "44"},
		{"two letters in the middle", "fo", ""},
		{"postcode", "LS43 6AB", "42"},
		{"postcode in one piece", "ls436ab", "42"},
		{"the beginning of a postcode", "ls43", "42"},
		{"tracking code", "340123400000000042", "42"},
		{"tracking code in blocks", "3401234 0000 0000 042", "42"},
		{"the end of a tracking code", "00000043", "43"},
		{"a tracking code of before", "OLD123456", ""},
		{"the name of before", "Before", ""},
		{"a tracking code of now", "new654321", "45"},
		{"the name of now", "afterw", "45"},
		{"SKU", "TEAPOT-BLUE-L", "46"},
		{"part of a SKU", "pot-bl", "46"},
		{"pieces of two fields", "okafororg", ""},
		{"nothing of the kind", "zzzzzz", ""},
		{"only spaces", "   ", "47 46 45 44 43 42 41"},
		{"control characters", "oka\x00for", "41"},
		{"a very long text", strings.Repeat("okafor", 200), ""},
	}
	for _, settled := range []bool{false, true} {
		if settled {
			b.settle()
		}
		for _, c := range cases {
			if got := b.found(shipment.Filter{Search: c.search}); got != c.want {
				t.Errorf("%s, settled %t: %q finds %q, want %q", c.what, settled, c.search, got, c.want)
			}
			count, _ := countOf(b, shipment.Filter{Search: c.search})
			if want := len(strings.Fields(c.want)); count != int64(want) {
				t.Errorf("%s, settled %t: %q counts %d, want %d", c.what, settled, c.search, count, want)
			}
		}
	}
	same(b, "search and filter", b.found(shipment.Filter{Search: "so-000004", States: []shipment.State{shipment.Booked, shipment.Unknown}, FromMs: sku.CreatedMs}), "46")

	t.Run("whatever stands in a field is found by any part of it", rapid.MakeCheck(func(t *rapid.T) {
		b.made++
		number := int64(1_000 + b.made)
		text := rapid.StringMatching(`[a-zA-ZäéßŁ0-9 _%'"#/*().:^-]{3,30}`).Draw(t, "text")
		b.ship(number, owner, func(s *shipment.Shipment) { s.Reference = text })
		words := []rune(strings.TrimSpace(text))
		if len(words) < 3 {
			return
		}
		from := rapid.IntRange(0, len(words)-3).Draw(t, "from")
		part := string(words[from:rapid.IntRange(from+3, len(words)).Draw(t, "to")])
		if strings.TrimSpace(part) != part || strings.Contains(part, "  ") {
			return
		}
		found := get(b, func(r Repo) (page.Result[shipment.Row], error) {
			return r.Shipments(shipment.Filter{Search: part}, page.Request{Limit: page.MaxLimit})
		})
		if !slices.ContainsFunc(found.Items, func(r shipment.Row) bool { return r.Number == number }) {
			t.Fatalf("%q does not find %q", part, text)
		}
	}))
}
