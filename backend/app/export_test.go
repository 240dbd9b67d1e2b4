package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
)

// TestAnExportIsTheListAsItIsShown exports what a filter and a sort show, tells how far it is, and stops when asked.
func TestAnExportIsTheListAsItIsShown(t *testing.T) {
	a := apptest.NewFolder(t).Open(t)
	ctx := apptest.Manager(t.Context())
	begun, err := a.Setup.Begin(ctx, setup.Begin{Group: "Shops", Account: "north", Sender: postal.Address{
		Name: "Dispatch Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, reference := range []string{"B-2", "A-1", "=C-3"} {
		o, err := order.Parse([]byte(strings.Replace(setup.SampleOrder, "SAMPLE-1001", reference, 1)), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Shipments.Create(ctx, begun.Account.ID, o, shipment.Origin{}); err != nil {
			t.Fatal(err)
		}
	}
	byReference := shipment.Sort{By: shipment.FieldReference, Ascending: true}
	for _, c := range []struct {
		filter shipment.Filter
		want   []string
	}{
		{shipment.Filter{}, []string{"=C-3", "A-1", "B-2"}},
		{shipment.Filter{Sort: byReference}, []string{"=C-3", "A-1", "B-2"}},
		{shipment.Filter{Sort: shipment.Sort{By: shipment.FieldReference}}, []string{"B-2", "A-1", "=C-3"}},
		{shipment.Filter{Search: "A-1", Sort: byReference}, []string{"A-1"}},
	} {
		var out bytes.Buffer
		told := int64(0)
		n, err := a.Shipments.Export(ctx, c.filter, shipment.JSONLines, &out, func(rows int64) { told = rows })
		var got []string
		for line := range strings.Lines(out.String()) {
			var row shipment.Row
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			got = append(got, row.Reference)
		}
		if err != nil || !slices.Equal(got, c.want) || n != int64(len(got)) || told != n {
			t.Errorf("%+v: %v, %q, %d rows, told %d; want %q", c.filter, err, got, n, told, c.want)
		}
	}
	var table bytes.Buffer
	if _, err := a.Shipments.Export(ctx, shipment.Filter{}, shipment.CSV, &table, nil); err != nil || !strings.Contains(table.String(), ",'=C-3,") {
		t.Errorf("a formula is not made harmless: %v\n%s", err, table.String())
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if n, err := a.Shipments.Export(stopped, shipment.Filter{}, shipment.CSV, &table, nil); !errs.Is(err, errs.Unavailable) || n != 0 {
		t.Error(fmt.Sprint(n, err))
	}
}
