package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/testkit"
)

func TestGroups(t *testing.T) {
	w := newWorld(t)
	south, err := w.Accounts.CreateGroup(w.ctx, "  south ")
	ok(t, err)
	if south.Name != "south" || south.Version != 1 || south.CreatedMs != testkit.Start.UnixMilli() {
		t.Errorf("created %+v", south)
	}
	list, err := w.Accounts.Groups(w.ctx)
	ok(t, err)
	if len(list) != 2 || list[0].Name != "North" || list[0].Accounts != 1 || list[1].Name != "south" || list[1].Accounts != 0 {
		t.Errorf("listed %+v", list)
	}
	found, err := w.Accounts.GroupByName(w.ctx, "south")
	ok(t, err)
	if found.ID != south.ID {
		t.Errorf("found %+v", found)
	}
	_, err = w.Accounts.GroupByName(w.ctx, "South")
	want(t, err, errs.NotFound, "", "South")

	for _, name := range []string{"North", "NORTH", "north ", "Ｎorth"} {
		_, err = w.Accounts.CreateGroup(w.ctx, name)
		want(t, err, errs.Conflict, "name", "Choose another name")
	}
	_, err = w.Accounts.CreateGroup(w.ctx, strings.Repeat("x", 51))
	want(t, err, errs.Invalid, "name", "at most 50")
}

func TestRenameGroup(t *testing.T) {
	w := newWorld(t)
	south, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	_, err = w.Accounts.RenameGroup(w.ctx, south.ID, "NORTH")
	want(t, err, errs.Conflict, "name", "NORTH")
	_, err = w.Accounts.RenameGroup(w.ctx, south.ID, "")
	want(t, err, errs.Invalid, "name", "1 to 50")
	_, err = w.Accounts.RenameGroup(w.ctx, "nowhere", "East")
	want(t, err, errs.NotFound, "", "API group")
	renamed, err := w.Accounts.RenameGroup(w.ctx, south.ID, "SOUTH") // only its capitals change
	ok(t, err)
	again, err := w.Accounts.RenameGroup(w.ctx, south.ID, "East")
	ok(t, err)
	if renamed.Name != "SOUTH" || again.Name != "East" || again.Version != 3 {
		t.Errorf("renamed to %+v and %+v", renamed, again)
	}
	_, err = w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
}

func TestDeleteGroup(t *testing.T) {
	w := newWorld(t)
	err := w.Accounts.DeleteGroup(w.ctx, w.group.ID, "")
	want(t, err, errs.Conflict, "", "1 API account.")
	err = w.Accounts.DeleteGroup(w.ctx, w.group.ID, w.group.ID)
	want(t, err, errs.Invalid, "move_to", "choose another one")
	err = w.Accounts.DeleteGroup(w.ctx, w.group.ID, "nowhere")
	want(t, err, errs.Invalid, "move_to", "no such API group")
	err = w.Accounts.DeleteGroup(w.ctx, "nowhere", "")
	want(t, err, errs.NotFound, "", "API group")

	south, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	ok(t, w.Accounts.DeleteGroup(w.ctx, w.group.ID, south.ID))
	moved, err := w.Accounts.Account(w.ctx, w.account.ID)
	ok(t, err)
	if moved.GroupID != south.ID || moved.GroupName != "South" {
		t.Errorf("the account is now in %q", moved.GroupName)
	}
	_, err = w.authenticate(t, w.key)
	ok(t, err)

	ok(t, w.Accounts.Delete(w.ctx, moved.ID, moved.Name))
	ok(t, w.Accounts.DeleteGroup(w.ctx, south.ID, "")) // a deleted account holds no group
	list, err := w.Accounts.Groups(w.ctx)
	ok(t, err)
	if len(list) != 0 {
		t.Errorf("groups left: %+v", list)
	}
	_, err = w.Accounts.Move(w.ctx, moved.ID, south.ID)
	want(t, err, errs.Invalid, "group", "no such API group")
}

func TestGroupNamesAreFreeAgain(t *testing.T) {
	w := newWorld(t)
	empty, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	ok(t, w.Accounts.DeleteGroup(w.ctx, empty.ID, ""))
	_, err = w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	_, _, err = w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: empty.ID, Name: "Late"})
	want(t, err, errs.Invalid, "group", "deleted")
}

// A group and what comes with it are made together or not at all.
func TestNewGroupsAlongTheWay(t *testing.T) {
	w := newWorld(t)
	names := func() string {
		list, err := w.Accounts.Groups(w.ctx)
		ok(t, err)
		out := ""
		for _, g := range list {
			out += g.Name + " "
		}
		return out
	}
	_, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{NewGroup: "South", Name: "WEB SHOP"})
	want(t, err, errs.Conflict, "name", "WEB SHOP")
	if got := names(); got != "North " {
		t.Fatalf("a refused account left groups behind: %s", got)
	}
	a, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{NewGroup: " South ", Name: "Till"})
	ok(t, err)
	if a.GroupName != "South" || names() != "North South " {
		t.Fatalf("made %+v in %s", a, names())
	}
	want(t, w.Accounts.DeleteGroupInto(w.ctx, a.GroupID, "north"), errs.Conflict, "move_to", "north")
	ok(t, w.Accounts.DeleteGroupInto(w.ctx, a.GroupID, "West"))
	a, err = w.Accounts.Account(w.ctx, a.ID)
	ok(t, err)
	if a.GroupName != "West" || names() != "North West " {
		t.Fatalf("moved to %q, groups %s", a.GroupName, names())
	}
}

// Activity counts every group, the quiet ones too, in the order of Groups.
func TestActivityOfGroups(t *testing.T) {
	w := newWorld(t)
	_, err := w.Accounts.CreateGroup(w.ctx, "East")
	ok(t, err)
	w.Accounts.Store = counting{w.Accounts.Store, w.group.ID}
	list, err := w.Accounts.Activity(w.ctx, []int64{10, 20, 40})
	ok(t, err)
	if len(list) != 2 || list[1].GroupID != w.group.ID || !slices.Equal(list[0].Counts, []int64{0, 0}) || !slices.Equal(list[1].Counts, []int64{10, 20}) {
		t.Errorf("activity = %+v", list)
	}
	_, err = w.Accounts.Activity(testkit.Caller(t, w.account.ID, actor.AllScopes()...), []int64{1, 2})
	want(t, err, errs.Forbidden, "", "")
}

// counting is a store on which a group has as many shipments as a span is long.
type counting struct {
	store.Store[account.Repo]
	group account.GroupID
}

func (s counting) Read(ctx context.Context, fn func(account.Repo) error) error {
	return s.Store.Read(ctx, func(r account.Repo) error { return fn(spans{r, s.group}) })
}

type spans struct {
	account.Repo
	group account.GroupID
}

func (c spans) GroupShipments(fromMs, untilMs int64) (map[account.GroupID]int64, error) {
	return map[account.GroupID]int64{c.group: untilMs - fromMs}, nil
}
