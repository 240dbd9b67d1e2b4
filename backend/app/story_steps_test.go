package app_test

import (
	"strings"
	"testing"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/preset"
	"packbench/backend/doors/desktop"
)

var long = strings.Repeat("x", 51)

func createGroup(name string) deed {
	return w(func(_ *testing.T, h *house) error { return last(h.window.accounts.CreateGroup(name)) })
}

var groupsAndAccounts = []step{
	{"group", "", createGroup(" North wing "), nil, cmd("", "group", "create", " North wing ")},
	{"second group", "", createGroup("South wing"), nil, cmd("", "group", "create", "South wing")},
	{"group whose name is taken", "name", createGroup("NORTH  wing"), nil, cmd("", "group", "create", "NORTH  wing")},
	{"group without a name", "name", createGroup(" "), nil, cmd("", "group", "create", " ")},
	{"group with a long name", "name", createGroup(long), nil, cmd("", "group", "create", long)},
	{"rename a group to a taken name", "name", onGroup("South wing", func(a *desktop.Accounts, _ *house, _ *testing.T, id string) error {
		return last(a.RenameGroup(id, "north wing"))
	}), nil, cmd("", "group", "rename", "South wing", "--to", "north wing")},
	{"rename a group", "", onGroup("South wing", func(a *desktop.Accounts, _ *house, _ *testing.T, id string) error {
		return last(a.RenameGroup(id, "Süd"))
	}), nil, cmd("", "group", "rename", "South wing", "--to", "Süd")},

	{"account", "", newAccount(desktop.NewAccount{GroupName: "North wing", Name: shopName, Key: broughtT + "-key"}), nil,
		cmd(broughtT+"-key\n", "account", "create", "--group", "North wing", "--name", shopName, "--key", "-")},
	{"token with every scope", "", newToken(desktop.NewToken{Name: "All", Scopes: actor.AllScopes()}), nil,
		cmd("", "token", "create", "--account", shopName, "--name", "All", "--scopes", "ship,track,documents,auths,accounts")},
	{"account whose name is taken", "name", newAccount(desktop.NewAccount{GroupName: "North wing", Name: "WEB SHOP"}),
		post(shopName, "/api/apiuser/create", `{"name":"WEB SHOP"}`), cmd("", "account", "create", "--group", "North wing", "--name", "WEB SHOP")},
	{"account with a colon and a short key", "key", newAccount(desktop.NewAccount{GroupName: "North wing", Name: "a:b", Key: "short"}),
		post(shopName, "/api/apiuser/create", `{"name":"a:b","key":"short"}`), cmd("short\n", "account", "create", "--group", "North wing", "--name", "a:b", "--key", "-")},
	{"account in a group that is not there", "group", newAccount(desktop.NewAccount{GroupName: "West", Name: "B"}),
		post(shopName, "/api/apiuser/create", `{"name":"B","api_user_group_name":"West"}`), cmd("", "account", "create", "--group", "West", "--name", "B")},
	{"account with a key in use", "key", newAccount(desktop.NewAccount{GroupName: "North wing", Name: "B", Key: broughtT + "-key"}),
		post(shopName, "/api/apiuser/create", `{"name":"B","key":"`+broughtT+`-key"}`),
		cmd(broughtT+"-key\n", "account", "create", "--group", "North wing", "--name", "B", "--key", "-")},
	{"account with a cut key", "key", newAccount(desktop.NewAccount{GroupName: "North wing", Name: "B", Key: "pka_live_1234567890"}),
		post(shopName, "/api/apiuser/create", `{"name":"B","key":"pka_live_1234567890"}`),
		cmd("pka_live_1234567890\n", "account", "create", "--group", "North wing", "--name", "B", "--key", "-")},
	{"account with its first token", "", func(t *testing.T, h *house) (string, told) {
		made, err := h.window.accounts.Create(desktop.NewAccount{GroupName: "Süd", Name: "Branch"})
		if err == nil {
			_, err = h.window.accounts.CreateToken(desktop.NewToken{AccountID: made.Account.ID, Name: "API"})
		}
		return "", said(err)
	}, post(shopName, "/api/apiuser/create", `{"name":"Branch","api_user_group_name":"Süd"}`), func(t *testing.T, h *house) (string, told) {
		if _, refused := h.command(t, "", "account", "create", "--group", "Süd", "--name", "Branch"); refused.Message != "" {
			return "", refused
		}
		return cmd("", "token", "create", "--account", "Branch", "--name", "API")(t, h)
	}},
	{"disable an account", "", onAccount("Branch", func(a *desktop.Accounts, id string, _ int64) error { return last(a.SetDisabled(id, true)) }),
		post(shopName, "/api/apiuser/disable", `{"name":"Branch","disabled":true}`), cmd("", "account", "disable", "--account", "Branch")},
	{"enable an account", "", onAccount("Branch", func(a *desktop.Accounts, id string, _ int64) error { return last(a.SetDisabled(id, false)) }),
		post(shopName, "/api/apiuser/disable", `{"name":"Branch","disabled":"0"}`), cmd("", "account", "enable", "--account", "Branch")},
	{"rename an account to a taken name", "name", onAccount("Branch", func(a *desktop.Accounts, id string, version int64) error {
		name := "web shop"
		return last(a.Update(desktop.ChangeAccount{ID: account.ID(id), Version: version, Name: &name}))
	}), nil, cmd("", "account", "update", "--account", "Branch", "--to", "web shop")},
	{"change an account", "", onAccount("Branch", func(a *desktop.Accounts, id string, version int64) error {
		name, strict := "Branch 2", true
		return last(a.Update(desktop.ChangeAccount{ID: account.ID(id), Version: version, Name: &name, StrictIDs: &strict}))
	}), nil, cmd("", "account", "update", "--account", "Branch", "--to", "Branch 2", "--strict-request-ids")},
	{"move an account", "", w(func(t *testing.T, h *house) error {
		return last(h.window.accounts.Move(string(h.account(t, "Branch 2").ID), string(h.group(t, "North wing").ID)))
	}), nil, cmd("", "account", "move", "--account", "Branch 2", "--group", "North wing")},
}

var keysAndTokens = []step{
	{"grace that is none", "grace", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return last(a.RegenerateKey(id, 5)) }), nil,
		cmd("", "key", "regenerate", "--account", shopName, "--grace", "5h")},
	{"regenerate the key", "", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return last(a.RegenerateKey(id, 72)) }), nil,
		cmd("", "key", "regenerate", "--account", shopName, "--grace", "72h")},
	{"end the old key", "", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return a.EndOldKey(id) }), nil,
		cmd("", "key", "end", "--account", shopName)},
	{"end an old key that is not there", "-", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return a.EndOldKey(id) }), nil,
		cmd("", "key", "end", "--account", shopName)},
	{"reset without the name", "confirm", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return last(a.ResetKey(id, "shop")) }), nil,
		cmd("", "key", "reset", "--account", shopName, "--confirm", "shop")},
	{"reset the key", "", onAccount(shopName, func(a *desktop.Accounts, id string, _ int64) error { return last(a.ResetKey(id, shopName)) }), nil,
		cmd("", "key", "reset", "--account", shopName, "--confirm", shopName)},

	{"token", "", newToken(desktop.NewToken{Name: "Orders"}), post(shopName, "/api/apiuser/create-token", `{"name":"Orders"}`),
		cmd("", "token", "create", "--account", shopName, "--name", "Orders")},
	{"token whose name is taken", "name", newToken(desktop.NewToken{Name: "orders"}), post(shopName, "/api/apiuser/create-token", `{"name":"orders"}`),
		cmd("", "token", "create", "--account", shopName, "--name", "orders")},
	{"token with a long name", "name", newToken(desktop.NewToken{Name: long}), post(shopName, "/api/apiuser/create-token", `{"name":"`+long+`"}`),
		cmd("", "token", "create", "--account", shopName, "--name", long)},
	{"token with an unknown scope", "scopes", newToken(desktop.NewToken{Name: "T", Scopes: []actor.Scope{"ship", "fly"}}), nil,
		cmd("", "token", "create", "--account", shopName, "--name", "T", "--scopes", "ship,fly")},
	{"token that has expired", "expires_ms", newToken(desktop.NewToken{Name: "T", ExpiresMs: 946684800000}), nil,
		cmd("", "token", "create", "--account", shopName, "--name", "T", "--expires", "2000-01-01")},
	{"token with a short value", "value", newToken(desktop.NewToken{Name: "T", Value: "short"}), nil,
		cmd("short\n", "token", "create", "--account", shopName, "--name", "T", "--value", "-")},
	{"token brought along", "", newToken(desktop.NewToken{Name: "Old", Value: broughtT, ExpiresMs: 4102444800000}), nil,
		cmd(broughtT+"\n", "token", "create", "--account", shopName, "--name", "Old", "--value", "-", "--expires", "2100-01-01")},
	{"token with a value in use", "value", newToken(desktop.NewToken{Name: "T", Value: broughtT}), nil,
		cmd(broughtT+"\n", "token", "create", "--account", shopName, "--name", "T", "--value", "-")},
	{"test token", "", newToken(desktop.NewToken{Name: "Trial", Testing: true, Scopes: []actor.Scope{actor.Ship}}), nil,
		cmd("", "token", "create", "--account", shopName, "--name", "Trial", "--testing", "--scopes", "ship")},
	{"reveal a token", "", func(t *testing.T, h *house) (string, told) {
		value, err := h.window.accounts.RevealToken(string(h.token(t, shopName, "Old").ID))
		return value, said(err)
	}, nil, cmd("", "token", "reveal", "--account", shopName, "--token", "Old")},
	{"delete a token", "", w(func(t *testing.T, h *house) error {
		return h.window.accounts.DeleteToken(string(h.token(t, shopName, "Old").ID))
	}), nil, cmd("", "token", "delete", "--account", shopName, "--token", "Old")},
}

const ownFleet = "/api/couriers/v1/OwnFleet/"

func authAdd(company, fields string, more ...string) deed {
	return cmd(fields, append([]string{"auth", "add", "--account", shopName, "--courier", "OwnFleet", "--company", company, "--fields", "-"}, more...)...)
}

func authCmd(verb, company, stdin string, more ...string) deed {
	return cmd(stdin, append([]string{"auth", verb, "--account", shopName, "--courier", "OwnFleet", "--company", company}, more...)...)
}

var authsAndPresets = []step{
	{"auth", "", newAuth(desktop.AuthForm{Company: "Main", Fields: map[string]string{"number_from": "1", "number_to": "99", "number_prefix": "NW-", "sscc_prefix": ""}}),
		post(shopName, ownFleet+"register-auth", `{"auth":{"number_from":1,"number_to":"99","number_prefix":"NW-","sscc_prefix":null},"auth_company":"Main"}`), authAdd("Main", `{"number_from":"1","number_to":"99","number_prefix":"NW-","sscc_prefix":""}`)},
	{"test auth", "", newAuth(desktop.AuthForm{Company: "Trial", Testing: true, TrackingOnly: true}),
		post(shopName, ownFleet+"register-auth", `{"auth":[],"auth_company":"Trial","testing":"1","tracking_only":true}`), authAdd("Trial", `{}`, "--testing", "--tracking-only")},
	{"auth that exists", "auth_company", newAuth(desktop.AuthForm{Company: "MAIN"}),
		post(shopName, ownFleet+"register-auth", `{"auth":{},"auth_company":"MAIN","testing":0}`), authAdd("MAIN", `{}`)},
	{"auth with several mistakes", "auth.sscc_prefix", newAuth(desktop.AuthForm{Company: "a_b", Fields: map[string]string{"number_prefix": "no spaces!", "sscc_prefix": "12"}}),
		post(shopName, ownFleet+"register-auth", `{"auth":{"number_prefix":"no spaces!","sscc_prefix":12},"auth_company":"a_b"}`), authAdd("a_b", `{"number_prefix":"no spaces!","sscc_prefix":"12"}`)},
	{"change an auth", "", onAuth("Main", func(a *desktop.Auths, id string, version int64, form desktop.AuthForm) error {
		form.TrackingOnly, form.Fields = true, map[string]string{"number_prefix": "NX-"}
		return last(a.Update(id, version, form))
	}), post(shopName, ownFleet+"update-auth", `{"auth":{"number_prefix":"NX-"},"auth_company":"Main","testing":false,"tracking_only":true}`),
		authCmd("update", "Main", `{"number_prefix":"NX-"}`, "--fields", "-", "--tracking-only")},
	{"empty a field of an auth", "", onAuth("Main", func(a *desktop.Auths, id string, version int64, form desktop.AuthForm) error {
		form.Fields = map[string]string{"number_prefix": ""}
		return last(a.Update(id, version, form))
	}), post(shopName, ownFleet+"update-auth", `{"auth":{"number_prefix":""},"auth_company":"Main"}`), authCmd("update", "Main", `{"number_prefix":""}`, "--fields", "-")},
	{"change an auth to what can't be", "auth.number_from", onAuth("Main", func(a *desktop.Auths, id string, version int64, form desktop.AuthForm) error {
		form.Fields = map[string]string{"number_from": "one"}
		return last(a.Update(id, version, form))
	}), post(shopName, ownFleet+"update-auth", `{"auth":{"number_from":"one"},"auth_company":"Main"}`), authCmd("update", "Main", `{"number_from":"one"}`, "--fields", "-")},
	{"test an auth", "", onAuth("Main", func(a *desktop.Auths, id string, _ int64, _ desktop.AuthForm) error { return last(a.Test(id)) }),
		post(shopName, ownFleet+"test-courier-auth", `{"auth_company":"Main"}`), authCmd("test", "Main", "")},

	{"preset", "", w(func(t *testing.T, h *house) error {
		return last(h.window.presets.Create(preset.Preset{AccountID: h.account(t, shopName).ID, Courier: "OwnFleet", ServiceCode: "OF-NEXTDAY", Name: "Light", Code: "LIGHT", Rules: preset.Rules{WeightMax: 2000}}))
	}), nil, cmd(`{"weight_max_g":2000}`, "preset", "create", "--account", shopName, "--courier", "OwnFleet", "--service", "OF-NEXTDAY", "--name", "Light", "--code", "LIGHT", "--rules", "-")},
	{"preset whose code is taken", "dc_service_id", w(func(t *testing.T, h *house) error {
		return last(h.window.presets.Create(preset.Preset{AccountID: h.account(t, shopName).ID, Courier: "OwnFleet", ServiceCode: "OF-NEXTDAY", Name: "Other", Code: "LIGHT"}))
	}), nil, cmd("", "preset", "create", "--account", shopName, "--courier", "OwnFleet", "--service", "OF-NEXTDAY", "--name", "Other", "--code", "LIGHT")},
	{"share a preset", "", w(func(t *testing.T, h *house) error {
		return last(h.window.presets.Share(string(h.preset(t, shopName, "LIGHT").ID), []string{string(h.account(t, "Branch 2").ID)}))
	}), nil, cmd("", "preset", "share", "--account", shopName, "--code", "LIGHT", "--with", "Branch 2")},
	{"delete a preset", "", w(func(t *testing.T, h *house) error {
		return h.window.presets.Delete(string(h.preset(t, shopName, "LIGHT").ID))
	}), nil, cmd("", "preset", "delete", "--account", shopName, "--code", "LIGHT")},

	{"delete an auth", "", onAuth("Trial", func(a *desktop.Auths, id string, _ int64, _ desktop.AuthForm) error { return a.Delete(id) }),
		post(shopName, ownFleet+"delete-auth", `{"auth_company":"Trial","testing":true}`), authCmd("delete", "Trial", "", "--testing")},
}

var theEnd = []step{
	{"delete a group that holds accounts", "-", onGroup("North wing", func(a *desktop.Accounts, _ *house, _ *testing.T, id string) error { return a.DeleteGroup(id, "") }), nil,
		cmd("", "group", "delete", "North wing")},
	{"delete a group into itself", "move_to", onGroup("North wing", func(a *desktop.Accounts, _ *house, _ *testing.T, id string) error { return a.DeleteGroup(id, id) }), nil,
		cmd("", "group", "delete", "North wing", "--move-to", "North wing")},
	{"delete a group, its accounts elsewhere", "", onGroup("North wing", func(a *desktop.Accounts, h *house, t *testing.T, id string) error {
		return a.DeleteGroup(id, string(h.group(t, "Süd").ID))
	}), nil, cmd("", "group", "delete", "North wing", "--move-to", "Süd")},
	{"delete an account without its name", "confirm", onAccount("Branch 2", func(a *desktop.Accounts, id string, _ int64) error { return a.Delete(id, "branch 2") }), nil,
		cmd("", "account", "delete", "--account", "Branch 2", "--confirm", "branch 2")},
	{"delete an account", "", onAccount("Branch 2", func(a *desktop.Accounts, id string, _ int64) error { return a.Delete(id, "Branch 2") }),
		post(shopName, "/api/apiuser/delete/n/Branch%202", ""), cmd("", "account", "delete", "--account", "Branch 2", "--confirm", "Branch 2")},
}
