package app_test

import (
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
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

// Seeded clients are accounts like those that people make: with a key, a token and an auth, each in a group.
func TestSeededClientsAreReal(t *testing.T) {
	f := apptest.NewFolder(t).Terminal(t)
	ctx := apptest.Manager(t.Context())
	for range 2 { // the second makes others
		f.JSON(t, &struct{}{}, "", "dev", "seed", "--groups", "3", "--accounts", "50")
	}
	s := f.App.Accounts
	groups, err := s.Groups(ctx)
	if err != nil || len(groups) != 6 || groups[0].Accounts+groups[1].Accounts+groups[2].Accounts < 48 {
		t.Fatalf("%+v %v", groups, err)
	}
	list, err := s.List(ctx, account.Filter{})
	if err != nil || len(list) != 100 {
		t.Fatalf("%d accounts, %v", len(list), err)
	}
	disabled := 0
	for _, a := range list {
		if a.Tokens != 1 || a.Auths != 1 || a.GroupName == "" {
			t.Errorf("%+v", a)
		}
		if a.Disabled {
			disabled++
		}
	}
	key, err := s.RevealKey(ctx, list[0].ID)
	if err != nil || !strings.HasPrefix(key.Expose(), "pka_live_") || disabled != 2 {
		t.Errorf("key: %v, %d are disabled", err, disabled)
	}
	for _, args := range [][]string{{"--groups", "0", "--accounts", "1"}, {"--groups", "1", "--accounts", "-1"}} {
		if r := f.Run(t, "", append([]string{"dev", "seed"}, args...)...); r.Status != 1 {
			t.Errorf("%v: %+v", args, r)
		}
	}
	for _, args := range [][]string{{}, {"--groups", "1"}, {"--shipments", "1"}, {"--groups", "1", "--shipments", "1", "--account", "x"}, {"--groups", "1", "--accounts", "1", "--shipments", "1", "--account", "x"}} {
		if r := f.Run(t, "", append([]string{"dev", "seed"}, args...)...); r.Status != 2 {
			t.Errorf("%v: %+v", args, r)
		}
	}
}
