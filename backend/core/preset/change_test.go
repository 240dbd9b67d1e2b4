package preset_test

import (
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/preset"
	"packbench/backend/testkit"
)

func TestUpdate(t *testing.T) {
	w := newWorld(t)
	made, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	change := made
	change.Name, change.Code, change.ServiceCode, change.AccountID, change.Courier = "Slow, small", "SLOW", "std", "elsewhere", "One"
	change.Rules = preset.Rules{ValueMin: money.Amount{Currency: "GBP"}, Postcodes: []string{" bt ", "BT", "10-20", "eh6  6"}}
	got, err := w.Presets.Update(w.ctx, change)
	ok(t, err)
	if got.Code != "SLOW" || got.Version != 2 || got.AccountID != w.account.ID || got.Courier != "Two" || got.Number != made.Number ||
		!got.Rules.ValueMin.IsZero() || !slices.Equal(got.Rules.Postcodes, []string{"BT", "10-20", "EH6 6"}) {
		t.Errorf("updated %+v", got)
	}
	_, err = w.Presets.Update(w.ctx, change)
	want(t, err, errs.Conflict, "", "changed meanwhile")
	same := got // its own code is no other's
	same.Name = "Slow"
	_, err = w.Presets.Update(w.ctx, same)
	ok(t, err)
	_, _, err = w.Presets.Resolve(w.ctx, w.account.ID, "Two", "NEXT-DAY-SMALL", "")
	want(t, err, errs.Invalid, "shipment.dc_service_id", "SLOW")
	change.Version, change.Code = 3, "two-exp"
	_, err = w.Presets.Update(w.ctx, change)
	want(t, err, errs.Conflict, "dc_service_id", "Express")
	change.Code, change.ServiceCode = "SLOW", "none"
	_, err = w.Presets.Update(w.ctx, change)
	want(t, err, errs.Invalid, "service_code", "std, exp")
	_, system, err := w.Presets.List(w.ctx, w.account.ID, "Two")
	ok(t, err)
	_, err = w.Presets.Update(w.ctx, system[0])
	want(t, err, errs.Forbidden, "", "Copy it")
	_, err = w.Presets.Update(testkit.Caller(t, w.Account(t, "Other").ID, actor.DefaultScopes()...), got)
	want(t, err, errs.NotFound, "", "no such preset")
}

// Everybody with whom a preset is shared uses it by its code; nobody but its owner changes it.
func TestShare(t *testing.T) {
	w := newWorld(t)
	first, second := w.Account(t, "b friend"), w.Account(t, "a friend")
	made, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	shared, err := w.Presets.Share(w.ctx, made.ID, []account.ID{first.ID, second.ID})
	ok(t, err)
	if len(shared.Shares) != 2 || shared.Shares[0].Account != "a friend" {
		t.Errorf("shared %+v", shared.Shares)
	}
	as := testkit.Caller(t, first.ID, actor.DefaultScopes()...)
	p, _, err := w.Presets.Resolve(as, first.ID, "Two", "NEXT-DAY-SMALL", "")
	ok(t, err)
	if p.ID != made.ID || p.ServiceCode != "exp" {
		t.Errorf("resolved %+v", p)
	}
	list, _, err := w.Presets.List(as, first.ID, "Two")
	ok(t, err)
	if len(list) != 1 || list[0].AccountID != w.account.ID || list[0].Account != "Web shop" || len(list[0].Shares) != 0 {
		t.Errorf("listed to a friend: %+v", list)
	}
	err = w.Presets.Delete(as, made.ID)
	want(t, err, errs.NotFound, "", "no such preset")
	_, err = w.Presets.Update(as, p)
	want(t, err, errs.NotFound, "", "no such preset")

	// A code means one preset to each account.
	mine := preset.Preset{AccountID: first.ID, Courier: "One", Name: "Mine", Code: "next-day-small"}
	_, err = w.Presets.Create(w.ctx, mine)
	want(t, err, errs.Conflict, "dc_service_id", "Next day, small")
	mine.Code = "MINE"
	_, err = w.Presets.Create(w.ctx, mine)
	ok(t, err)
	shared.Code = "Mine"
	_, err = w.Presets.Update(w.ctx, shared)
	want(t, err, errs.Conflict, "dc_service_id", "“b friend”")
	third := w.Account(t, "Third")
	mine.AccountID, mine.Code = third.ID, "NEXT-day-small"
	_, err = w.Presets.Create(w.ctx, mine)
	ok(t, err)
	_, err = w.Presets.Share(w.ctx, made.ID, []account.ID{second.ID, third.ID})
	want(t, err, errs.Conflict, "shares", "“Third”")
	if list, _, err = w.Presets.List(w.ctx, first.ID, ""); err != nil || len(list) != 2 {
		t.Errorf("a refused change of shares changed some: %+v %v", list, err)
	}

	_, err = w.Presets.Share(w.ctx, made.ID, []account.ID{second.ID})
	ok(t, err)
	_, _, err = w.Presets.Resolve(as, first.ID, "Two", "NEXT-DAY-SMALL", "")
	want(t, err, errs.Invalid, "shipment.dc_service_id", "has no preset")
	ok(t, w.Presets.Delete(w.ctx, made.ID))
	if list, _, err = w.Presets.List(w.ctx, second.ID, ""); err != nil || len(list) != 0 {
		t.Errorf("a deleted preset is still shared: %+v %v", list, err)
	}
	entries, err := w.Audit.List(w.ctx, audit.Filter{Action: "preset.share"}, page.Request{})
	ok(t, err)
	if len(entries.Items) != 2 || entries.Items[0].AccountID != string(w.account.ID) {
		t.Errorf("audit: %+v", entries.Items)
	}
}

func TestShareRefusals(t *testing.T) {
	w := newWorld(t)
	made, err := w.Presets.Create(w.ctx, w.small())
	ok(t, err)
	other := []account.ID{w.Account(t, "Other").ID}
	_, err = w.Presets.Share(w.ctx, made.ID, []account.ID{w.account.ID})
	want(t, err, errs.Invalid, "shares", "Web shop")
	_, err = w.Presets.Share(w.ctx, made.ID, []account.ID{"nobody"})
	want(t, err, errs.NotFound, "", "API account")
	_, err = w.Presets.Share(w.ctx, "nothing", other)
	want(t, err, errs.NotFound, "", "no such preset")
	_, err = w.Presets.Share(w.ctx, "system|Two|TWO-STD", other)
	want(t, err, errs.Forbidden, "", "Copy it")
	_, err = w.Presets.Share(testkit.Caller(t, w.account.ID, actor.AllScopes()...), made.ID, other)
	want(t, err, errs.Forbidden, "", "Packbench itself")
	_, err = w.Presets.Uses(testkit.Caller(t, w.account.ID, actor.AllScopes()...), made.ID)
	want(t, err, errs.Forbidden, "", "Packbench itself")
	uses, err := w.Presets.Uses(w.ctx, made.ID)
	ok(t, err)
	if len(uses) != 1 || uses[0] != (preset.Use{Account: "Web shop"}) {
		t.Errorf("uses %+v", uses)
	}
}
