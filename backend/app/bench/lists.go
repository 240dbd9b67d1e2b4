package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"packbench/backend/app"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/shipment"
)

// What the Shipments page waits for, at most.
const (
	listLimit  = 16 * time.Millisecond
	countLimit = 100 * time.Millisecond
	openLimit  = 10 * time.Millisecond
)

// draws is how many lists of each kind are asked for, each with its first pages.
const (
	draws      = 150
	pagesOfOne = 3
)

// lists measures the Shipments page among many shipments: any filters, searches and orders, the counts of the filter bar,
// one shipment. kept names a data folder of before, with its passphrase beside it; "" makes one.
func lists(binary, kept string, shipments int) error {
	f, err := listed(binary, kept, shipments)
	if err != nil {
		return err
	}
	if kept == "" {
		defer f.remove()
	}
	ctx := actor.With(context.Background(), actor.Actor{Door: actor.Window, Name: "bench"})
	a, err := app.Open(ctx, app.Options{DataDir: f.data(), PassphraseFile: f.passphrase(), Version: "bench"})
	if err != nil {
		return err
	}
	defer a.Close()
	owners, err := a.Accounts.Page(ctx, account.Filter{}, page.Request{})
	if err != nil {
		return err
	}
	newest, err := a.Shipments.List(ctx, shipment.Filter{}, page.Request{})
	if err != nil {
		return err
	}
	if len(newest.Items) == 0 || len(owners.Items) == 0 {
		return errors.New("the folder holds no shipments")
	}
	d := drawer{Rand: rand.New(rand.NewPCG(3, 5)), owner: owners.Items[0].ID, newest: newest.Items[0]}
	among := fmt.Sprintf("among %d shipments", d.newest.Number)
	for _, kind := range []struct {
		name  string
		limit time.Duration
		draw  func() shipment.Filter
	}{
		{"lists by filters ", listLimit, d.filter},
		{"searches ", listLimit, func() shipment.Filter { return shipment.Filter{Search: d.search()} }},
		{"searches with filters ", listLimit, func() shipment.Filter { f := d.filter(); f.Search = d.search(); return f }},
		{"lists by filters in any order ", 50 * time.Millisecond, func() shipment.Filter { f := d.filter(); f.Sort = d.sort(); return f }},
	} {
		var took []time.Duration
		for range draws {
			some, err := pages(ctx, a, kind.draw())
			if err != nil {
				return err
			}
			took = append(took, some...)
		}
		if err := percentiles(kind.name+among, took, kind.limit); err != nil {
			return err
		}
	}
	var bars, opened []time.Duration
	for range 30 {
		took, err := timed(func() (any, error) { return filterBar(ctx, a, d.filter()) })
		if err != nil {
			return err
		}
		bars = append(bars, took)
	}
	for range draws {
		took, err := timed(func() (any, error) {
			return a.Shipments.Get(ctx, "", shipment.Handle{Number: 1 + d.Int64N(d.newest.Number)})
		})
		if err != nil {
			return err
		}
		opened = append(opened, took)
	}
	return errors.Join(percentiles("counts of the filter bar "+among, bars, countLimit), percentiles("one shipment "+among, opened, openLimit))
}

// listed gives a folder with many shipments.
func listed(binary, kept string, shipments int) (*folder, error) {
	if kept != "" {
		return &folder{binary: binary, dir: kept}, nil
	}
	f, err := newFolder(binary)
	if err != nil {
		return nil, err
	}
	if err := f.account(); err != nil {
		return nil, err
	}
	_, err = f.command("dev", "seed", "--account", accountName, "--shipments", fmt.Sprint(shipments))
	return f, err
}

// pages asks for the first pages of a list, as the window does.
func pages(ctx context.Context, a *app.App, f shipment.Filter) ([]time.Duration, error) {
	var took []time.Duration
	next := page.Request{Limit: 100}
	for range pagesOfOne {
		var got page.Result[shipment.Row]
		one, err := timed(func() (_ any, err error) { got, err = a.Shipments.List(ctx, f, next); return got, err })
		if err != nil {
			return nil, fmt.Errorf("%+v: %w", f, err)
		}
		took = append(took, one)
		if next.Cursor = got.Next; next.Cursor == "" {
			break
		}
	}
	return took, nil
}

// filterBar counts what stands beside every choice of the filter bar.
func filterBar(ctx context.Context, a *app.App, f shipment.Filter) (any, error) {
	count, _, err := a.Shipments.Count(ctx, f)
	if err != nil {
		return nil, err
	}
	all := []any{count}
	for _, field := range shipment.Facetted {
		facets, err := a.Shipments.Facets(ctx, f, field)
		if err != nil {
			return nil, err
		}
		all = append(all, facets)
	}
	return all, nil
}

// timed gives how long something takes until it is read and encoded for the window.
func timed(read func() (any, error)) (time.Duration, error) {
	began := now()
	what, err := read()
	if err != nil {
		return 0, err
	}
	_, err = json.Marshal(what)
	return now().Sub(began), err
}

// percentiles prints the middle and the slowest hundredth.
func percentiles(name string, took []time.Duration, limit time.Duration) error {
	slices.Sort(took)
	p50, p99 := milliseconds(took[len(took)/2]), milliseconds(took[len(took)*99/100])
	most := milliseconds(limit)
	return print(
		figure{Name: name + ", p50", Value: p50, Unit: "ms", Limit: most, Ratio: p50 / most, Goal: 1},
		figure{Name: name + ", p99", Value: p99, Unit: "ms", Limit: most, Ratio: p99 / most, Goal: 1},
	)
}

// drawer draws what somebody might ask for.
type drawer struct {
	*rand.Rand
	owner  account.ID
	newest shipment.Row
}

func (d *drawer) filter() (f shipment.Filter) {
	often := func(percent int) bool { return d.IntN(100) < percent }
	if often(30) {
		f.AccountID = d.owner
	}
	if often(30) {
		f.Courier = d.newest.Courier
	}
	if often(50) {
		f.CountryISO = pick(d, []string{"GB", "IE", "DE", "FR", "NL", "US", "PL"})
	}
	if often(50) {
		f.States = pick(d, [][]shipment.State{{shipment.Booked}, {shipment.Cancelled}, {shipment.Unknown, shipment.Rejected}, {shipment.Cancelled, shipment.Booked}})
	}
	for _, flag := range []**bool{&f.Testing, &f.Printed} {
		if often(25) {
			yes := often(50)
			*flag = &yes
		}
	}
	if often(40) {
		const day = 24 * 60 * 60 * 1_000
		f.ToMs = d.newest.CreatedMs - d.Int64N(700*day)
		f.FromMs = f.ToMs - pick(d, []int64{day, 7 * day, 30 * day, 365 * day})
	}
	return f
}

func (d *drawer) search() string {
	number := 1 + d.Int64N(d.newest.Number)
	return pick(d, []func() string{
		func() string { return fmt.Sprintf("SO-%07d", number) },
		func() string { return fmt.Sprintf("SEED%09d", number) },
		func() string { return fmt.Sprintf("%09d", number)[1:] },
		func() string {
			return pick(d, []string{"orchard pharmacy", "reception", "joinery", "post room", "Hillside"})
		},
		func() string { return fmt.Sprintf("QX%d %dA", d.IntN(10), d.IntN(10)) },
		func() string { return fmt.Sprintf("SKU-%05d", d.IntN(100_000)) },
		func() string { return fmt.Sprint("#", number) },
		func() string { return pick(d, []string{"s", "or", "zz", "T9"}) },
		func() string { return "nothing like it" },
	})()
}

func (d *drawer) sort() shipment.Sort {
	return shipment.Sort{
		By: pick(d, []shipment.Field{
			shipment.FieldNumber, shipment.FieldStatus, shipment.FieldCountry, shipment.FieldParcels, shipment.FieldWeight,
			shipment.FieldReference, shipment.FieldRecipient, shipment.FieldPostcode, shipment.FieldTracking, shipment.FieldService,
		}),
		Ascending: d.IntN(2) == 0,
	}
}

func pick[T any](d *drawer, list []T) T { return list[d.IntN(len(list))] }
