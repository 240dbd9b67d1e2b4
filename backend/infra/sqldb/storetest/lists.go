package storetest

import (
	"cmp"
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
	slices.SortFunc(made, func(a, b shipment.Shipment) int {
		return cmp.Or(cmp.Compare(b.CreatedMs, a.CreatedMs), cmp.Compare(b.Number, a.Number))
	})

	t.Run("every filter, every page size", rapid.MakeCheck(func(t *rapid.T) {
		f := drawFilter(t, owners)
		var want []int64
		for _, s := range made {
			if matches(s, f) {
				want = append(want, s.Number)
			}
		}
		if f.Search != "" { // a search runs by number
			slices.SortFunc(want, func(a, b int64) int { return cmp.Compare(b, a) })
		}
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		var got []int64
		rows := pageThrough(t, limit, func(p page.Request) (page.Result[shipment.Row], error) {
			var result page.Result[shipment.Row]
			err := b.Store.Read(b.Context(), func(r Repo) (err error) { result, err = r.Shipments(f, p); return err })
			return result, err
		})
		for _, row := range rows {
			got = append(got, row.Number)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v by pages of %d:\n got %v\nwant %v", f, limit, got, want)
		}
		count, more := countOf(b, f)
		if count != int64(len(want)) || more {
			t.Fatalf("%+v: count %d, %v; want %d", f, count, more, len(want))
		}
		f.Skip = rapid.IntRange(0, 100).Draw(t, "skip")
		skipped := get(b, func(r Repo) (page.Result[shipment.Row], error) { return r.Shipments(f, page.Request{Limit: limit}) })
		rest := want[min(f.Skip, len(want)):]
		if len(skipped.Items) != min(limit, len(rest)) || len(rest) > 0 && skipped.Items[0].Number != rest[0] {
			t.Fatalf("%+v: %d rows behind the skipped, want them from %v", f, len(skipped.Items), rest)
		}
	}))

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
	"SO-":       func(shipment.Shipment) bool { return true },
	"so-000001": func(s shipment.Shipment) bool { return s.Number/10 == 1 },
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
	for _, f := range []shipment.Filter{
		{}, {AccountID: owner.ID}, {States: []shipment.State{shipment.Booked, shipment.Unknown}},
		{Search: "s"}, {Search: "so"}, {Search: "SO-000"}, {Search: "so-", CountryISO: "GB"}, {Search: "o-0", States: []shipment.State{shipment.Booked}},
	} {
		count, more := countOf(b, f)
		if count != 1_000 || !more {
			t.Errorf("%+v: count %d, %v; want 1,000 and more", f, count, more)
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
