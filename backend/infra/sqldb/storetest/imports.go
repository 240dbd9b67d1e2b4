package storetest

import (
	"maps"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/importing"
	"packbench/backend/core/shipment"
)

// imports keeps mappings by source, and rows by account and file.
func imports(t *testing.T, b *Bench) {
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.ImportMapping("shop"); return err })
	first := importing.Mapping{Columns: map[string]string{"reference": "Order"}, Fixed: map[string]string{"courier": "OwnFleet"}}
	second := importing.Mapping{Columns: map[string]string{"reference": "Nr"}}
	b.write(func(r Repo) error { return r.SaveImportMapping("shop", first, 1) })
	b.write(func(r Repo) error { return r.SaveImportMapping("other", second, 2) })
	got := get(b, func(r Repo) (importing.Mapping, error) { return r.ImportMapping("shop") })
	if !maps.Equal(got.Columns, first.Columns) || !maps.Equal(got.Fixed, first.Fixed) {
		b.Fatalf("mapping = %+v, want %+v", got, first)
	}
	b.write(func(r Repo) error { return r.SaveImportMapping("shop", second, 3) })
	if got := get(b, func(r Repo) (importing.Mapping, error) { return r.ImportMapping("shop") }); got.Columns["reference"] != "Nr" {
		b.Fatalf("mapping = %+v, want the newer one", got)
	}

	group := b.group("imports").ID
	owner, other := b.account("importer", group).ID, b.account("another", group).ID
	rows := func(id account.ID, file string) map[int]int64 {
		return get(b, func(r Repo) (map[int]int64, error) { return r.ImportedRows(id, file) })
	}
	b.write(func(r Repo) error { return r.AddImportedRows(owner, "f:live", map[int]int64{2: 7, 3: 8}, 1) })
	b.write(func(r Repo) error { return r.AddImportedRows(owner, "f:live", map[int]int64{3: 99, 4: 9}, 2) })
	if got := rows(owner, "f:live"); !maps.Equal(got, map[int]int64{2: 7, 3: 8, 4: 9}) {
		b.Fatalf("rows = %v, want the first number of each", got)
	}
	if len(rows(owner, "f:test"))+len(rows(other, "f:live")) != 0 {
		b.Fatal("another file or account has rows")
	}

	bought := SampleShipment(900, owner, start)
	b.write(func(r Repo) error {
		if err := r.CreateShipment(bought); err != nil {
			return err
		}
		for _, key := range []string{"key|import:f:live:5", "key|import:f:test:6", "key|import:g:live:7", "id|import:f:live:8"} {
			if err := r.CreateClaim(shipment.Claim{AccountID: owner, Key: key, ShipmentID: bought.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	claimed := get(b, func(r Repo) (map[int]int64, error) { return r.ClaimedRows(owner, "f:live") })
	if !maps.Equal(claimed, map[int]int64{5: 900}) {
		t.Errorf("claimed rows = %v", claimed)
	}
}
