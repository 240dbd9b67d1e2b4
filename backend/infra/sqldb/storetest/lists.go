package storetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// pageThrough reads a whole list page by page and fails on a page that is longer than asked or on an endless list.
func pageThrough[X any](t interface{ Fatalf(string, ...any) }, limit int, read func(page.Request) (page.Result[X], error)) []X {
	var list []X
	p := page.Request{Limit: limit}
	for range 1_000 {
		result, err := read(p)
		if err != nil {
			t.Fatalf("page %q: %v", p.Cursor, err)
		}
		if len(result.Items) > limit {
			t.Fatalf("a page of %d has %d rows", limit, len(result.Items))
		}
		list = append(list, result.Items...)
		if result.Next == "" {
			return list
		}
		p.Cursor = result.Next
	}
	t.Fatalf("the list does not end")
	return nil
}

var (
	someStates    = []shipment.State{shipment.Booked, shipment.Unknown, shipment.Cancelled, shipment.Sending}
	someCouriers  = []courier.Key{"OwnFleet", "Another"}
	someCountries = []string{"GB", "FR", "US"}
)

func lists(t *testing.T, b *Bench) {
	owner := b.shop()
	owners := []account.Account{owner, b.account("other", owner.GroupID)}
	var made []shipment.Shipment
	for n := range int64(90) {
		// A third each share a moment, so that the order must not hang on time alone; some come late.
		s := SampleShipment(n+1, owners[n%2].ID, start.Add(time.Duration(n*7%30)*time.Minute))
		s.State, s.Courier, s.CountryISO = someStates[n%7%4], someCouriers[n%5%2], someCountries[n%3]
		s.Testing, s.PrintedMs = n%4 == 0, n%3
		made = append(made, s)
	}
	b.write(func(r Repo) error {
		for _, s := range made {
			if err := r.CreateShipment(s); err != nil {
				return err
			}
		}
		return nil
	})
	for _, state := range []string{"due", "partly settled", "settled", "changed"} {
		switch state {
		case "partly settled":
			b.settle()
			for i := range made[20:60] { // what changed since it was settled lists as it is now
				s := &made[20+i]
				s.State, s.PrintedMs, s.Reference = shipment.Booked, 5, ""
				b.write(func(r Repo) error { return r.UpdateShipment(*s) })
				s.Version++
			}
		case "settled":
			b.settle()
		case "changed":
			for i := range made[30:50] {
				s := &made[30+i]
				s.Recipient, s.RecipientOrg, s.Testing, s.CountryISO, s.Parcels = "Zoë Ármin", "", true, "FR", 3
				b.write(func(r Repo) error { return r.UpdateShipment(*s) })
				s.Version++
			}
		}
		t.Run(state, func(t *testing.T) { everyFilter(t, b, made, owners) })
	}

	row := get(b, func(r Repo) (page.Result[shipment.Row], error) {
		return r.Shipments(shipment.Filter{}, page.Request{Limit: 1})
	}).Items[0]
	same(b, "account name", row.AccountName, map[account.ID]string{owners[0].ID: "shop", owners[1].ID: "other"}[row.AccountID])
	same(b, "tracking codes", len(row.TrackingCodes), 1)

	for _, f := range []shipment.Filter{{Reference: "SO-0000007"}, {Email: "Buyer7@EXAMPLE.com"}, {TrackingCode: "3401234 0000 0000 007"}, {Number: 7}, {RequestNumber: 1_000_007}} {
		found := get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, page.Request{}) })
		if len(found.Items) != 1 || found.Items[0].Number != 7 {
			t.Errorf("%+v finds %+v, want number 7", f, found.Items)
		}
	}
	for _, f := range []shipment.Filter{{Reference: "SO-000000"}, {Reference: "PO 7"}, {Email: "buyer7"}, {TrackingCode: "3401234"}} {
		if found := get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, page.Request{}) }); len(found.Items) != 0 {
			t.Errorf("%+v finds a part", f)
		}
	}
	for _, f := range []shipment.Filter{{}, {Search: "leeds"}} {
		for _, cursor := range []string{"x", "bm9uZQ", "WyJub25lIiwiMSIsIjIiXQ"} {
			b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Shipments(f, page.Request{Cursor: cursor}); return err })
		}
	}
}

// everyFilter compares lists, counts and facets with what plain Go finds.
func everyFilter(t *testing.T, b *Bench, made []shipment.Shipment, owners []account.Account) {
	t.Run("every filter, order and page size", rapid.MakeCheck(func(t *rapid.T) {
		f := drawFilter(t, owners)
		f.Sort.By = rapid.SampledFrom(append([]shipment.Field{""}, slices.Sorted(maps.Keys(sortKeys))...)).Draw(t, "by")
		f.Sort.Ascending = rapid.Bool().Draw(t, "ascending")
		var want []shipment.Shipment
		for _, s := range made {
			if matches(s, f) {
				want = append(want, s)
			}
		}
		slices.SortFunc(want, func(a, b shipment.Shipment) int { return compareBy(f.Sort, a, b) })
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		rows := pageThrough(t, limit, func(p page.Request) (page.Result[shipment.Row], error) {
			var result page.Result[shipment.Row]
			err := b.Store.Read(b.Context(), func(r Repo) (err error) { result, err = r.Shipments(f, p); return err })
			return result, err
		})
		if got, want := numbersIn(rows), numbersIn(rowsIn(want)); !slices.Equal(got, want) {
			t.Fatalf("%+v by pages of %d:\n got %v\nwant %v", f, limit, got, want)
		}
		count, more := countOf(b, f)
		if count != int64(len(want)) || more {
			t.Fatalf("%+v: count %d, %v; want %d", f, count, more, len(want))
		}
		f.Skip = rapid.IntRange(0, 100).Draw(t, "skip")
		skipped := get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, page.Request{Limit: limit}) })
		rest := want[min(f.Skip, len(want)):]
		if len(skipped.Items) != min(limit, len(rest)) || len(rest) > 0 && skipped.Items[0].Number != rest[0].Number {
			t.Fatalf("%+v: %d rows behind the skipped, want %d", f, len(skipped.Items), min(limit, len(rest)))
		}
	}))
	t.Run("every facet", rapid.MakeCheck(func(t *rapid.T) {
		f := drawFilter(t, owners)
		field := rapid.SampledFrom(shipment.Facetted).Draw(t, "field")
		narrowed := f
		want := map[string]int64{}
		for _, s := range made {
			switch field { // the filter's own condition is left out
			case shipment.FieldAccount:
				narrowed.AccountID = ""
			case shipment.FieldCourier:
				narrowed.Courier = ""
			case shipment.FieldStatus:
				narrowed.States = nil
			case shipment.FieldCountry:
				narrowed.CountryISO = ""
			case shipment.FieldTesting:
				narrowed.Testing = nil
			case shipment.FieldPrinted:
				narrowed.Printed = nil
			}
			if matches(s, narrowed) {
				want[facetOf[field](s)]++
			}
		}
		got := map[string]int64{}
		for _, facet := range get(b, func(r Repo) ([]shipment.Facet, error) { return r.ShipmentFacets(f, field) }) {
			if facet.More || facet.Label == "" {
				t.Fatalf("%+v by %s: %+v", f, field, facet)
			}
			got[facet.Value] = facet.Count
		}
		if !maps.Equal(got, want) {
			t.Fatalf("%+v by %s: %v, want %v", f, field, got, want)
		}
	}))
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

var facetOf = map[shipment.Field]func(shipment.Shipment) string{
	shipment.FieldAccount: func(s shipment.Shipment) string { return string(s.AccountID) },
	shipment.FieldCourier: func(s shipment.Shipment) string { return string(s.Courier) },
	shipment.FieldStatus:  func(s shipment.Shipment) string { return string(s.State) },
	shipment.FieldCountry: func(s shipment.Shipment) string { return s.CountryISO },
	shipment.FieldTesting: func(s shipment.Shipment) string { return yesNo(s.Testing) },
	shipment.FieldPrinted: func(s shipment.Shipment) string { return yesNo(s.PrintedMs > 0) },
}

// sortKeys gives what lists are sorted by, "" for what comes last.
var sortKeys = map[shipment.Field]func(shipment.Shipment) string{
	shipment.FieldNumber:    func(shipment.Shipment) string { return "all" },
	shipment.FieldCourier:   func(s shipment.Shipment) string { return string(s.Courier) },
	shipment.FieldCountry:   func(s shipment.Shipment) string { return s.CountryISO },
	shipment.FieldTesting:   func(s shipment.Shipment) string { return yesNo(s.Testing) },
	shipment.FieldPrinted:   func(s shipment.Shipment) string { return yesNo(s.PrintedMs > 0) },
	shipment.FieldParcels:   func(s shipment.Shipment) string { return fmt.Sprintf("%09d", s.Parcels) },
	shipment.FieldWeight:    func(s shipment.Shipment) string { return fmt.Sprintf("%09d", s.Weight) },
	shipment.FieldReference: func(s shipment.Shipment) string { return strings.ToLower(s.Reference) },
	shipment.FieldRecipient: func(s shipment.Shipment) string {
		return strings.NewReplacer("ë", "e", "á", "a").Replace(strings.ToLower(cmp.Or(s.RecipientOrg, s.Recipient)))
	},
	shipment.FieldPostcode: func(s shipment.Shipment) string { return strings.ToLower(strings.ReplaceAll(s.Postcode, " ", "")) },
	shipment.FieldTracking: func(s shipment.Shipment) string { return strings.ToLower(s.TrackingCodes[0]) },
	shipment.FieldStatus: func(s shipment.Shipment) string {
		// What needs somebody comes first.
		rank := map[shipment.State]int{shipment.Unknown: 1, shipment.Sending: 2, shipment.Booked: 3, shipment.Cancelled: 4}[s.State]
		return fmt.Sprintf("%d %03d", rank, s.Status)
	},
}

func compareBy(sort shipment.Sort, a, b shipment.Shipment) int {
	by := sort.By
	if by == "" {
		by = shipment.FieldNumber
	}
	ka, kb := sortKeys[by](a), sortKeys[by](b)
	if (ka == "") != (kb == "") {
		return strings.Compare(kb, ka)
	}
	order := cmp.Or(strings.Compare(ka, kb), cmp.Compare(a.Number, b.Number))
	if sort.Ascending {
		return order
	}
	return -order
}

func rowsIn(list []shipment.Shipment) []shipment.Row {
	rows := make([]shipment.Row, len(list))
	for i := range list {
		rows[i] = list[i].Row
	}
	return rows
}

func numbersIn(rows []shipment.Row) []int64 {
	numbers := make([]int64, len(rows))
	for i := range rows {
		numbers[i] = rows[i].Number
	}
	return numbers
}

func countOf(b *Bench, f shipment.Filter) (count int64, more bool) {
	b.Helper()
	b.read(func(r Repo) (err error) { count, more, err = r.CountShipments(f); return err })
	return count, more
}

func drawFilter(t *rapid.T, owners []account.Account) shipment.Filter {
	f := shipment.Filter{States: rapid.SliceOfNDistinct(rapid.SampledFrom(someStates), 0, 3, rapid.ID).Draw(t, "states")}
	yes := rapid.Bool()
	if yes.Draw(t, "by account") {
		f.AccountID = rapid.SampledFrom(owners).Draw(t, "account").ID
	}
	if yes.Draw(t, "by courier") {
		f.Courier = rapid.SampledFrom(someCouriers).Draw(t, "courier")
	}
	if yes.Draw(t, "by country") {
		f.CountryISO = rapid.SampledFrom(someCountries).Draw(t, "country")
	}
	if yes.Draw(t, "by testing") {
		f.Testing = new(bool)
		*f.Testing = yes.Draw(t, "testing")
	}
	if yes.Draw(t, "by printed") {
		f.Printed = new(bool)
		*f.Printed = yes.Draw(t, "printed")
	}
	if yes.Draw(t, "from") {
		f.FromMs = start.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "from minute")) * time.Minute).UnixMilli()
	}
	if yes.Draw(t, "to") {
		f.ToMs = start.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "to minute")) * time.Minute).UnixMilli()
	}
	if yes.Draw(t, "by search") {
		f.Search = rapid.SampledFrom(slices.Sorted(maps.Keys(someSearches))).Draw(t, "search")
	}
	return f
}

// someSearches are searches and what they find of the samples.
var someSearches = map[string]func(shipment.Shipment) bool{
	"truro":     func(shipment.Shipment) bool { return false }, // towns are not searched
	"SO-":       func(s shipment.Shipment) bool { return s.Reference != "" },
	"so-000001": func(s shipment.Shipment) bool { return strings.HasPrefix(s.Reference, "SO-000001") },
	"okafor":    func(s shipment.Shipment) bool { return strings.Contains(s.Recipient, "Okafor") },
	"j":         func(s shipment.Shipment) bool { return strings.HasPrefix(s.Recipient, "J") },
	"mug-1":     func(s shipment.Shipment) bool { return strings.HasPrefix(strconv.FormatInt(s.Number, 10), "1") },
}

// matches says by plain Go whether a filter lets a shipment through.
func matches(s shipment.Shipment, f shipment.Filter) bool {
	return (f.AccountID == "" || s.AccountID == f.AccountID) && (f.Courier == "" || s.Courier == f.Courier) &&
		(f.CountryISO == "" || s.CountryISO == f.CountryISO) && (len(f.States) == 0 || slices.Contains(f.States, s.State)) &&
		(f.Testing == nil || s.Testing == *f.Testing) && (f.Printed == nil || (s.PrintedMs > 0) == *f.Printed) &&
		(f.FromMs == 0 || s.CreatedMs >= f.FromMs) && (f.ToMs == 0 || s.CreatedMs < f.ToMs) &&
		(f.Search == "" || someSearches[f.Search](s))
}

// longTimes are filters by date over months.
func longTimes(t *testing.T, b *Bench) {
	const days = 200
	owner := b.shop()
	begin := start.AddDate(0, 0, -days)
	made := make([]shipment.Shipment, days)
	b.write(func(r Repo) error {
		for n := range made {
			made[n] = SampleShipment(int64(n+1), owner.ID, begin.Add(time.Duration(n)*25*time.Hour))
			if err := r.CreateShipment(made[n]); err != nil {
				return err
			}
		}
		return nil
	})
	b.settle()
	t.Run("from and to", rapid.MakeCheck(func(t *rapid.T) {
		hour := func(name string) int64 {
			return begin.Truncate(24 * time.Hour).Add(time.Duration(rapid.IntRange(-48, 24*(days+60)).Draw(t, name)) * time.Hour).UnixMilli()
		}
		f := shipment.Filter{Sort: shipment.Sort{Ascending: true}}
		if rapid.Bool().Draw(t, "has a from") {
			f.FromMs = hour("from")
		}
		if rapid.Bool().Draw(t, "has a to") {
			f.ToMs = hour("to")
		}
		var want []shipment.Shipment
		for _, s := range made {
			if matches(s, f) {
				want = append(want, s)
			}
		}
		rows := pageThrough(t, 90, func(p page.Request) (page.Result[shipment.Row], error) {
			return get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, p) }), nil
		})
		if got, want := numbersIn(rows), numbersIn(rowsIn(want)); !slices.Equal(got, want) {
			t.Fatalf("%+v:\n got %v\nwant %v", f, got, want)
		}
	}))
}

// crowds are lists that are longer than the store counts, sorts or compares one by one.
func crowds(t *testing.T, b *Bench) {
	const crowd = 1_200
	owner := b.shop()
	b.write(func(r Repo) error {
		for n := range int64(crowd) {
			if err := r.CreateShipment(SampleShipment(n+1, owner.ID, start.Add(time.Duration(n)*time.Second))); err != nil {
				return err
			}
		}
		return nil
	})
	b.settle()
	for _, f := range []shipment.Filter{
		{}, {AccountID: owner.ID}, {States: []shipment.State{shipment.Booked, shipment.Unknown}},
		{Search: "s"}, {Search: "so"}, {Search: "SO-000"}, {Search: "so-", CountryISO: "GB"}, {Search: "o-0", States: []shipment.State{shipment.Booked}},
	} {
		count, more := countOf(b, f)
		if f.Search == "" && (count != crowd || more) || f.Search != "" && (count != 1_000 || !more) {
			t.Errorf("%+v: count %d, %v", f, count, more)
		}
		rows := pageThrough(t, 499, func(p page.Request) (page.Result[shipment.Row], error) {
			return get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, p) }), nil
		})
		for i, row := range rows {
			if row.Number != int64(crowd-i) {
				t.Fatalf("%+v: row %d is number %d", f, i, row.Number)
			}
		}
		same(b, "rows", len(rows), crowd)
	}
	same(b, "the rest of a crowd", b.found(shipment.Filter{Search: "a", FromMs: start.Add((crowd - 7) * time.Second).UnixMilli()}), "1200 1194") // Amara's
}
