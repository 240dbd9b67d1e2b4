package storetest

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/savedview"
	"packbench/backend/core/shipment"
)

// views keeps saved views by place, under names of their own.
func views(_ *testing.T, b *Bench) {
	same(b, "at first", len(get(b, Repo.Views)), 0)
	query := savedview.Query{Search: "mug", Status: []shipment.State{shipment.Booked}, Sort: shipment.Sort{By: shipment.FieldWeight, Ascending: true}, Columns: []string{"number", "weight"}}
	first := savedview.View{ID: "v1", Name: "Heavy", Place: 2, Query: query, Version: 1, CreatedMs: 5, UpdatedMs: 6}
	second := savedview.View{ID: "v2", Name: "Abroad", Place: 1, Version: 1}
	b.write(func(r Repo) error { return r.CreateView(first) })
	b.write(func(r Repo) error { return r.CreateView(second) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateView(savedview.View{ID: "v3", Name: "HEAVY"}) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateView(savedview.View{ID: "v1", Name: "Other"}) })

	list := get(b, Repo.Views)
	if len(list) != 2 || list[0].ID != "v2" || list[1].ID != "v1" {
		b.Fatalf("views = %+v, want them by place", list)
	}
	kept := list[1]
	if kept.Name != "Heavy" || kept.CreatedMs != 5 || kept.UpdatedMs != 6 || kept.Query.Search != "mug" || kept.Query.Sort != query.Sort || len(kept.Query.Columns) != 2 || kept.Query.Status[0] != shipment.Booked {
		b.Fatalf("view = %+v, want what was kept", kept)
	}

	kept.Name, kept.Place = "Heavier", 0
	b.write(func(r Repo) error { return r.UpdateView(kept) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateView(kept) }) // an old version
	kept.Version, kept.Name = 2, "abroad"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateView(kept) }) // taken
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdateView(savedview.View{ID: "none", Name: "None"}) })
	got := get(b, func(r Repo) (savedview.View, error) { return r.View("v1") })
	if got.Name != "Heavier" || got.Version != 2 || get(b, Repo.Views)[0].ID != "v1" {
		b.Fatalf("view = %+v, want it changed and first", got)
	}

	b.write(func(r Repo) error { return r.DeleteView("v1") })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteView("v1") })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.View("v1"); return err })
}
