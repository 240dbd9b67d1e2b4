package storetest

import (
	"maps"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/importing"
)

// imports keeps mappings by source, and rows by account and file.
func imports(_ *testing.T, b *Bench) {
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
}
