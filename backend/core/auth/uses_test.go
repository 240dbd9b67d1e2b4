package auth_test

import (
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/auth"
	"packbench/backend/core/preset"
	"packbench/backend/testkit"
)

func TestUses(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", false)
	tracking := w.save("Eyes", false)
	tracking.TrackingOnly = true
	_, err := w.Auths.Register(w.ctx, tracking)
	ok(t, err)
	_, err = w.Presets.Create(w.ctx, preset.Preset{AccountID: w.account.ID, Name: "Fast", Code: "FAST", Courier: "Parcelers", ServiceCode: "std"})
	ok(t, err)
	uses, err := w.Auths.Uses(w.ctx, a.ID)
	ok(t, err)
	if !slices.Equal(uses.Presets, []string{"Fast"}) || uses.Others != 0 || uses.InFlight != 0 {
		t.Errorf("uses = %+v, want the preset, and no other auth to buy with", uses)
	}
	w.register(t, "Main", true)
	uses, err = w.Auths.Uses(w.ctx, a.ID)
	ok(t, err)
	if uses.Others != 1 {
		t.Errorf("others = %d, want the test auth", uses.Others)
	}
	other := w.Account(t, "Another shop")
	_, err = w.Auths.Uses(testkit.Caller(t, other.ID, "auths"), a.ID)
	want(t, err, errs.NotFound, "", "registered auth")
}

func TestASecretIsCleared(t *testing.T) {
	w := newWorld(t)
	in := w.save("Main", false)
	in.Fields["webhook_secret"] = "calls from the courier"
	a, err := w.Auths.Register(w.ctx, in)
	ok(t, err)
	a, err = w.Auths.Update(w.ctx, a.ID, a.Version, auth.Save{Clear: []string{"webhook_secret", "client_id"}})
	ok(t, err)
	if _, kept := a.Fields["webhook_secret"]; kept || a.Fields["client_id"] != "shop-1" || a.Fields["client_secret"] != "••••0001" {
		t.Errorf("fields = %v: only the named secret may go", a.Fields)
	}
	_, err = w.Auths.Reveal(w.ctx, a.ID, "webhook_secret")
	want(t, err, errs.NotFound, "", "webhook_secret")
	value, err := w.Auths.Reveal(w.ctx, a.ID, "client_secret")
	ok(t, err)
	if value != canary {
		t.Error("the other secret went along")
	}
}
