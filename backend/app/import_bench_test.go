package app_test

import (
	"fmt"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/base/postal"
	"packbench/backend/core/importing"
	"packbench/backend/core/setup"
)

// measured is a folder of a benchmark with an account that ships with Own fleet.
func measured(b *testing.B) (*app.App, setup.Begun) {
	b.Helper()
	a := apptest.NewFolder(b).Open(b)
	begun, err := a.Setup.Begin(apptest.Manager(b.Context()), setup.Begin{Group: "Shops", Account: "north", Sender: postal.Address{
		Name: "Dispatch Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	if err != nil {
		b.Fatal(err)
	}
	return a, begun
}

// BenchmarkImport tries, keeps and buys a file of 2,000 orders with Own fleet, each order in a row of its own.
func BenchmarkImport(b *testing.B) {
	const rows = 2_000
	a, begun := measured(b)
	ctx := apptest.Manager(b.Context())
	file := func(n int) importing.Job {
		t := importing.Table{Name: "bench.csv", Headings: []string{"Ref", "Name", "Item"}}
		for i := range rows {
			t.Rows = append(t.Rows, importing.Row{Number: i + 2, Cells: []string{fmt.Sprintf("R%d-%d", n, i), "Ada Sample", "Bolts"}})
		}
		return importing.Job{AccountID: begun.Account.ID, Table: t, Mapping: importing.Mapping{
			Columns: map[string]string{"reference": "Ref", "ship_to.name": "Name", "item.description": "Item"},
			Fixed: map[string]string{
				"courier": "OwnFleet", "dc_service_id": "OF-NEXTDAY", "ship_to.address_1": "1 Sample Street", "ship_to.city": "Hull",
				"ship_to.postcode": "HU1 1AA", "ship_to.country_iso": "GB", "parcel.weight": "1.5", "parcel.weight_unit": "kg", "item.quantity": "2",
			},
		}}
	}
	n := 0
	b.Run("dry", func(b *testing.B) {
		for b.Loop() {
			if got, err := a.Imports.Try(ctx, file(0), nil); err != nil || got.Counts().Ready != rows {
				b.Fatalf("%v, %+v", err, got.Lines[0])
			}
		}
		b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("stored", func(b *testing.B) {
		for b.Loop() {
			n++
			if got, err := a.Imports.Keep(ctx, file(n), nil); err != nil || got.Counts().Kept != rows {
				b.Fatalf("%v, %+v", err, got.Lines[0])
			}
		}
		b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("bought", func(b *testing.B) {
		for b.Loop() {
			n++
			if got, err := a.Imports.Run(ctx, file(n), nil); err != nil || got.Counts().Made != rows {
				b.Fatalf("%v, %+v", err, got.Lines[0])
			}
		}
		b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
	})
}
