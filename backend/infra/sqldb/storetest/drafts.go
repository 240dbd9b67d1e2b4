package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/draft"
	"packbench/backend/core/shipment"
)

// drafts are kept by Key, listed newest first, and gone from every list once a purchase has claimed them.
func drafts(t *testing.T, b *Bench) {
	group := b.group("drafts").ID
	owner, other := b.account("drafter", group).ID, b.account("another", group).ID
	create := func(id account.ID, n int, source string, from draft.Imported) draft.Draft {
		ms, key := b.moment()
		d := draft.Draft{
			ID: draft.ID(key), AccountID: id, Order: `{"shipment":{}}`, Reference: fmt.Sprint("R", n), Recipient: "Jürgen Groß", CountryISO: "DE",
			Source: source, CreatedMs: ms, UpdatedMs: ms, Version: 1, From: from,
		}
		b.write(func(r Repo) error { return r.CreateDraft(d) })
		return d
	}
	var made []draft.Draft
	for n := range 5 {
		made = append(made, create(owner, n, draft.Window, draft.Imported{}))
	}
	made = append(made, create(owner, 5, draft.FromImport+"a.csv", draft.Imported{File: "f:live", Rows: []int{2, 4}}), create(other, 6, draft.Window, draft.Imported{}))
	b.refuse(errs.Conflict, func(r Repo) error { // the same rows again
		again := made[5]
		again.ID = "another id"
		return r.CreateDraft(again)
	})
	list := func(f draft.Filter) string {
		got := pageThrough(t, 2, func(p page.Request) (page.Result[draft.Draft], error) {
			return get(b, func(r Repo) (page.Result[draft.Draft], error) { return r.Drafts(f, p) }), nil
		})
		names := make([]string, len(got))
		for i, d := range got {
			names[i] = d.Reference
		}
		b.read(func(r Repo) error {
			count, more, err := r.CountDrafts(f)
			if err == nil && (int(count) != len(got) || more) {
				t.Errorf("%+v: counted %d %t, listed %d", f, count, more, len(got))
			}
			return err
		})
		return strings.Join(names, " ")
	}
	for _, c := range []struct {
		f    draft.Filter
		want string
	}{
		{draft.Filter{}, "R6 R5 R4 R3 R2 R1 R0"},
		{draft.Filter{AccountID: other}, "R6"},
		{draft.Filter{Source: "import"}, "R5"},
		{draft.Filter{Source: "import:a.csv"}, "R5"},
		{draft.Filter{Source: "import:b.csv"}, ""},
		{draft.Filter{Source: draft.Window, AccountID: owner, Search: "r3"}, "R3"},
		{draft.Filter{Search: "GROSS"}, "R6 R5 R4 R3 R2 R1 R0"}, // ß
		{draft.Filter{Search: "jürgen gr"}, "R6 R5 R4 R3 R2 R1 R0"},
	} {
		same(b, fmt.Sprintf("drafts of %+v", c.f), list(c.f), c.want)
	}
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Drafts(draft.Filter{}, page.Request{Cursor: "x"}); return err })
	rows := func(file string) []int {
		return get(b, func(r Repo) ([]int, error) { return r.DraftedRows(owner, file) })
	}
	if !slices.Equal(rows("f:live"), []int{2, 4}) || len(rows("f:test")) != 0 {
		t.Errorf("rows = %v and %v", rows("f:live"), rows("f:test"))
	}

	d := made[1]
	d.Order, d.Reference, d.Problems = `{"shipment":{"reference":"new"}}`, "new", []errs.Field{{Path: "shipment.ship_to", Message: "Needed."}}
	b.write(func(r Repo) error { return r.UpdateDraft(d) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateDraft(d) }) // an old version
	b.write(func(r Repo) error { return r.NoteProblems(d.ID, d.Problems[:0]) })
	got := get(b, func(r Repo) (draft.Draft, error) { return r.Draft(d.ID) })
	if got.Version != 2 || got.Order != d.Order || got.Account != "drafter" || len(got.Problems) != 0 || got.Key() != "draft:"+string(d.ID) {
		t.Errorf("%+v", got)
	}
	same(b, "found by what it says now", list(draft.Filter{Search: "NEW"}), "new")

	claimed(t, b, made[5], owner)
	if list(draft.Filter{Source: "import"}) != "" {
		t.Error("a draft whose key is claimed is listed")
	}
	b.refuse(errs.Conflict, func(r Repo) error { // what is bought is not kept again, even when its row is gone
		if err := r.DeleteDraft(made[5].ID); err != nil {
			return err
		}
		return r.CreateDraft(made[5])
	})
	b.write(func(r Repo) error { return r.DeleteDraft(made[5].ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteDraft(made[5].ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.NoteProblems(made[5].ID, nil) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdateDraft(made[5]) })
	waiting(t, b, made[:4], list)
}

// claimed makes a purchase of the draft, step by step.
func claimed(t *testing.T, b *Bench, d draft.Draft, owner account.ID) {
	bought := func(beforeMs int64) []draft.Bought {
		return get(b, func(r Repo) ([]draft.Bought, error) { return r.BoughtDrafts(beforeMs) })
	}
	sh := SampleShipment(700, owner, time.UnixMilli(d.CreatedMs))
	sh.State = shipment.Sending
	b.write(func(r Repo) error {
		if err := r.CreateShipment(sh); err != nil {
			return err
		}
		return r.CreateClaim(shipment.Claim{AccountID: owner, Key: "key|" + d.Key(), ShipmentID: sh.ID, CreatedMs: d.CreatedMs})
	})
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Draft(d.ID); return err })
	if n := len(bought(d.CreatedMs)); n != 0 {
		t.Errorf("%d drafts are bought while the courier is asked", n)
	}
	if got := bought(d.CreatedMs + 1); len(got) != 1 || got[0].ID != d.ID || got[0].Number != 700 || !slices.Equal(got[0].From.Rows, []int{2, 4}) {
		t.Errorf("%+v", got)
	}
	sh.State = shipment.Booked
	b.write(func(r Repo) error { return r.UpdateShipment(sh) })
	if n := len(bought(0)); n != 1 {
		t.Errorf("%d drafts are bought, want 1", n)
	}
}

// waiting lets drafts wait for two auths.
func waiting(t *testing.T, b *Bench, made []draft.Draft, list func(draft.Filter) string) {
	wait := func(d draft.Draft, by auth.ID, sinceMs int64) {
		b.write(func(r Repo) error { return r.SetWaiting(d.ID, by, sinceMs) })
	}
	next := func(by auth.ID) draft.Draft {
		return get(b, func(r Repo) (draft.Draft, error) { return r.NextWaiting(by) })
	}
	wait(made[0], "one", 20)
	wait(made[2], "one", 10)
	wait(made[3], "two", 15)
	same(b, "those that wait", list(draft.Filter{Waiting: true}), "R2 R3 R0")
	if got := next("one"); got.ID != made[2].ID || got.WaitsFor != "one" || got.WaitingMs != 10 || got.Version != made[2].Version {
		t.Errorf("the next is %+v", got)
	}
	auths := get(b, func(r Repo) ([]auth.ID, error) { return r.WaitingFor() })
	slices.Sort(auths)
	if !slices.Equal(auths, []auth.ID{"one", "two"}) {
		t.Errorf("drafts wait for %v", auths)
	}
	b.write(func(r Repo) error { // one that is being bought waits no longer
		sh := SampleShipment(701, made[2].AccountID, time.UnixMilli(made[2].CreatedMs))
		if err := r.CreateShipment(sh); err != nil {
			return err
		}
		return r.CreateClaim(shipment.Claim{AccountID: sh.AccountID, Key: "key|" + made[2].Key(), ShipmentID: sh.ID, CreatedMs: sh.CreatedMs})
	})
	same(b, "those that wait", list(draft.Filter{Waiting: true}), "R3 R0")
	if got := next("one"); got.ID != made[0].ID {
		t.Errorf("the next is %+v", got)
	}
	b.write(func(r Repo) error { return r.UpdateDraft(made[0]) }) // somebody is at it
	if got := get(b, func(r Repo) (draft.Draft, error) { return r.Draft(made[0].ID) }); got.WaitsFor != "" || got.WaitingMs != 0 {
		t.Errorf("a changed draft waits: %+v", got)
	}
	wait(made[3], "", 0)
	same(b, "those that wait", list(draft.Filter{Waiting: true}), "")
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.NextWaiting("one"); return err })
	b.refuse(errs.NotFound, func(r Repo) error { return r.SetWaiting("nobody", "one", 1) })
}
