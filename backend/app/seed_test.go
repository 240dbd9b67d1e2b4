package app_test

import (
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/base/page"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// Seeded shipments are ones the program can work with: listed, found, counted, drawn again, cancelled.
func TestSeededShipmentsAreReal(t *testing.T) {
	f := apptest.NewFolder(t).Terminal(t)
	ctx := apptest.Manager(t.Context())
	f.JSON(t, &struct{}{}, "", "demo", "--data-dir", f.Dir, "--out", t.TempDir())
	f.JSON(t, &struct{}{}, "", "dev", "seed", "--shipments", "600", "--account", "Demo")
	s := f.App.Shipments
	if count, _, err := s.Count(ctx, shipment.Filter{}); err != nil || count != 601 {
		t.Fatalf("%d shipments, %v", count, err)
	}
	found, err := s.List(ctx, shipment.Filter{Search: "SO-0000400"}, page.Request{})
	if err != nil || len(found.Items) != 1 {
		t.Fatalf("search by reference: %+v %v", found, err)
	}
	row := found.Items[0]
	if row.Recipient == "" || row.Postcode == "" || row.Weight == 0 || len(row.TrackingCodes) != row.Parcels {
		t.Errorf("%+v", row)
	}
	label, err := s.Label(ctx, "", shipment.Handle{ID: row.ID}, courier.ZPL, 203)
	if err != nil || len(label.Bytes) == 0 {
		t.Errorf("its label: %d bytes, %v", len(label.Bytes), err)
	}
	if slip, err := s.PackingSlip(ctx, "", shipment.Handle{ID: row.ID}, 1); err != nil || len(slip.Bytes) == 0 {
		t.Errorf("its packing slip: %v", err)
	}
}
