package actor_test

import (
	"context"
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
)

func as(t *testing.T, a actor.Actor) context.Context { return actor.With(t.Context(), a) }

func TestWhoMayDoWhat(t *testing.T) {
	people := map[string]context.Context{
		"nobody":   t.Context(),
		"window":   as(t, actor.Actor{Door: actor.Window, Name: "kim"}),
		"terminal": as(t, actor.Actor{Door: actor.Terminal, Name: "kim"}),
		"system":   as(t, actor.Actor{Door: actor.System}),
		"token":    as(t, actor.Actor{Door: actor.API, AccountID: "a1", Scopes: actor.DefaultScopes()}),
		"trusted":  as(t, actor.Actor{Door: actor.API, AccountID: "a1", Scopes: actor.AllScopes()}),
		"tracker":  as(t, actor.Actor{Door: actor.API, AccountID: "a1", Scopes: []actor.Scope{actor.Track}}),
		"no scope": as(t, actor.Actor{Door: actor.API, AccountID: "a1"}),
	}
	const unknown, forbidden, missing = errs.Unauthorized, errs.Forbidden, errs.NotFound
	for name, c := range map[string]struct {
		ask  func(context.Context) error
		want map[string]errs.Code // what is not named is allowed
	}{
		"ship on its own account": {func(c context.Context) error { return actor.Allow(c, "a1", actor.Ship) },
			map[string]errs.Code{"nobody": unknown, "tracker": forbidden, "no scope": forbidden}},
		"ship on another account": {func(c context.Context) error { return actor.Allow(c, "a2", actor.Ship) },
			map[string]errs.Code{"nobody": unknown, "token": missing, "trusted": missing, "tracker": missing, "no scope": missing}},
		"track on any account": {func(c context.Context) error { return actor.Allow(c, "", actor.Track) },
			map[string]errs.Code{"nobody": unknown, "no scope": forbidden}},
		"touch its own account": {func(c context.Context) error { return actor.AllowAccount(c, "a1") },
			map[string]errs.Code{"nobody": unknown}},
		"touch another account": {func(c context.Context) error { return actor.AllowAccount(c, "a2") },
			map[string]errs.Code{"nobody": unknown, "token": missing, "trusted": missing, "tracker": missing, "no scope": missing}},
		"touch no account": {func(c context.Context) error { return actor.AllowAccount(c, "") },
			map[string]errs.Code{"nobody": unknown, "token": missing, "trusted": missing, "tracker": missing, "no scope": missing}},
		"make accounts": {actor.AllowAccounts,
			map[string]errs.Code{"nobody": unknown, "token": forbidden, "tracker": forbidden, "no scope": forbidden}},
		"manage": {actor.AllowManager,
			map[string]errs.Code{"nobody": unknown, "token": forbidden, "trusted": forbidden, "tracker": forbidden, "no scope": forbidden}},
	} {
		for who, ctx := range people {
			if got := errs.CodeOf(c.ask(ctx)); got != c.want[who] {
				t.Errorf("%s: %s gets %q, want %q", name, who, got, c.want[who])
			}
		}
	}
}

func TestDefaultScopesLeaveAccountsOut(t *testing.T) {
	if slices.Contains(actor.DefaultScopes(), actor.Accounts) || len(actor.DefaultScopes()) != len(actor.AllScopes())-1 {
		t.Errorf("the default is %v of %v", actor.DefaultScopes(), actor.AllScopes())
	}
	actor.DefaultScopes()[0] = actor.Accounts
	if slices.Contains(actor.DefaultScopes(), actor.Accounts) {
		t.Error("a caller can change what the default is")
	}
}

func TestWithAndFrom(t *testing.T) {
	if _, ok := actor.From(t.Context()); ok {
		t.Error("nobody was put in, yet somebody is there")
	}
	outer := as(t, actor.Actor{Door: actor.Window, Name: "kim"})
	inner := actor.With(outer, actor.Actor{Door: actor.API, Name: "till"})
	if a, _ := actor.From(inner); a.Name != "till" {
		t.Errorf("the inner one is %+v", a)
	}
	if a, _ := actor.From(outer); a.Name != "kim" {
		t.Errorf("the outer one is %+v", a)
	}
}
