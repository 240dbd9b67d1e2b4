package account_test

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

func TestCreateAccount(t *testing.T) {
	w := newWorld(t)
	if a := w.account; a.APIUserID < 1 || a.GroupName != "North" || a.Name != "Web shop" || a.Disabled || a.Version != 1 || len(a.DataKey) == 0 {
		t.Errorf("created %+v", a)
	}
	sender := postal.Address{Name: "Dock", Address1: "1 Quay", City: "Leeds", Postcode: "LS1 1AA", CountryISO: "GB"}
	second, key, err := w.Accounts.Create(w.ctx, account.CreateAccount{GroupName: "North", Name: "Marketplace", Key: secret.New("typed-in-key-0123"), DefaultSender: sender})
	ok(t, err)
	if key.Expose() != "typed-in-key-0123" || second.DefaultSender != sender || second.APIUserID == w.account.APIUserID {
		t.Errorf("created %+v", second)
	}
	p, err := w.authenticate(t, key)
	ok(t, err)
	if p.Account.ID != second.ID {
		t.Errorf("the typed key stands for %q", p.Account.Name)
	}
	found, err := w.Accounts.ByName(w.ctx, "Marketplace")
	ok(t, err)
	list, err := w.Accounts.List(w.ctx, account.Filter{Search: "market"})
	ok(t, err)
	if found.ID != second.ID || len(list) != 1 || list[0].ID != second.ID {
		t.Errorf("found %+v and %+v", found, list)
	}
	_, err = w.Accounts.ByName(w.ctx, "marketplace")
	want(t, err, errs.NotFound, "", "marketplace")
}

func TestCreateAccountRefusals(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		in         account.CreateAccount
		code       errs.Code
		path, says string
	}{
		"name taken":       {account.CreateAccount{GroupID: w.group.ID, Name: "web SHOP"}, errs.Conflict, "name", "web SHOP"},
		"no name":          {account.CreateAccount{GroupID: w.group.ID}, errs.Invalid, "name", "1 to 50"},
		"colon":            {account.CreateAccount{GroupID: w.group.ID, Name: "a:b"}, errs.Invalid, "name", "colon"},
		"no group":         {account.CreateAccount{Name: "x"}, errs.Invalid, "group", "Name the one API group"},
		"two groups":       {account.CreateAccount{Name: "x", GroupID: w.group.ID, GroupName: "North"}, errs.Invalid, "group", "one"},
		"unknown group":    {account.CreateAccount{Name: "x", GroupName: "South"}, errs.Invalid, "group", "South"},
		"unknown group id": {account.CreateAccount{Name: "x", GroupID: "nowhere"}, errs.Invalid, "group", "no such"},
		"short key":        {account.CreateAccount{Name: "x", GroupID: w.group.ID, Key: secret.New("0123456789abcde")}, errs.Invalid, "key", "at least 16"},
		"key in use":       {account.CreateAccount{Name: "x", GroupID: w.group.ID, Key: w.key}, errs.Conflict, "key", "in use"},
		"half a sender":    {account.CreateAccount{Name: "x", GroupID: w.group.ID, DefaultSender: postal.Address{Name: "D", City: "L", Postcode: "1"}}, errs.Invalid, "default_sender.address_1", "required"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := w.Accounts.Create(w.ctx, c.in)
			want(t, err, c.code, c.path, c.says)
			if !c.in.Key.IsZero() && strings.Contains(err.Error(), c.in.Key.Expose()) {
				t.Error("the sentence repeats the key")
			}
		})
	}
	_, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{Key: secret.New("short"), DefaultSender: postal.Address{Name: "x"}})
	if got := len(errs.As(err).Fields); got != 6 { // name, group, key, three lines of the sender
		t.Errorf("%d fields are told at once: %v", got, err)
	}
	list, err := w.Accounts.List(w.ctx, account.Filter{})
	ok(t, err)
	if len(list) != 1 {
		t.Errorf("refused accounts were stored: %+v", list)
	}
}

func TestUpdateAccount(t *testing.T) {
	w := newWorld(t)
	name, strict := "Web-Shop", true
	a, err := w.Accounts.Update(w.ctx, account.UpdateAccount{ID: w.account.ID, Version: 1, Name: &name, StrictIDs: &strict})
	ok(t, err)
	if a.Name != name || !a.StrictIDs || a.Version != 2 {
		t.Errorf("updated %+v", a)
	}
	_, err = w.Accounts.Update(w.ctx, account.UpdateAccount{ID: w.account.ID, Version: 1, Name: &name})
	want(t, err, errs.Conflict, "", "changed meanwhile")
	other, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: "Other"})
	ok(t, err)
	_, err = w.Accounts.Update(w.ctx, account.UpdateAccount{ID: other.ID, Version: other.Version, Name: &name})
	want(t, err, errs.Conflict, "name", "Web-Shop")
	bad := postal.Address{Name: "x"}
	_, err = w.Accounts.Update(w.ctx, account.UpdateAccount{ID: other.ID, Version: other.Version, DefaultSender: &bad})
	want(t, err, errs.Invalid, "default_sender.address_1", "required")
	none := postal.Address{}
	same, err := w.Accounts.Update(w.ctx, account.UpdateAccount{ID: other.ID, Version: other.Version, DefaultSender: &none})
	ok(t, err)
	if same.Version != other.Version {
		t.Error("an update that changes nothing makes a new version")
	}
	_, err = w.Accounts.Update(w.ctx, account.UpdateAccount{ID: "nowhere", Name: &name})
	want(t, err, errs.NotFound, "", "API account")
}

func TestMoveAndDisable(t *testing.T) {
	w := newWorld(t)
	south, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	a, err := w.Accounts.Move(w.ctx, w.account.ID, south.ID)
	ok(t, err)
	if a.GroupName != "South" {
		t.Errorf("moved to %q", a.GroupName)
	}
	_, token := w.token(t, account.CreateToken{Name: "till"})
	for range 2 { // the second says the same again
		a, err = w.Accounts.SetDisabled(w.ctx, a.ID, true)
		ok(t, err)
		if !a.Disabled {
			t.Fatal("not disabled")
		}
	}
	for _, value := range []secret.Value{w.key, token} {
		_, err = w.authenticate(t, value)
		want(t, err, errs.Forbidden, "", "disabled")
	}
	_, err = w.Accounts.SetDisabled(w.ctx, a.ID, false)
	ok(t, err)
	_, err = w.authenticate(t, token)
	ok(t, err)
}

func TestDeleteAccount(t *testing.T) {
	w := newWorld(t)
	token, value := w.token(t, account.CreateToken{Name: "till"})
	for _, confirm := range []string{"", "web shop", "North"} {
		err := w.Accounts.Delete(w.ctx, w.account.ID, confirm)
		want(t, err, errs.Invalid, "confirm", "Web shop")
	}
	ok(t, w.Accounts.Delete(w.ctx, w.account.ID, "Web shop"))

	for _, gone := range []secret.Value{value, w.key} {
		_, err := w.authenticate(t, gone)
		want(t, err, errs.Unauthorized, "", "not known")
	}
	_, err := w.Accounts.Account(w.ctx, w.account.ID)
	want(t, err, errs.NotFound, "", "deleted")
	_, err = w.Accounts.RevealToken(w.ctx, token.ID)
	want(t, err, errs.NotFound, "", "token")
	_, err = w.Accounts.RevealKey(w.ctx, w.account.ID)
	want(t, err, errs.NotFound, "", "account")
	err = w.Accounts.Delete(w.ctx, w.account.ID, "Web shop")
	want(t, err, errs.NotFound, "", "account")

	// Its row stays, readable under its name, without what its secrets could be opened with.
	err = sqldb.As[account.Repo](w.DB).Read(w.ctx, func(r account.Repo) error {
		a, err := r.Account(w.account.ID)
		if a.Name != "Web shop" || a.DataKey != nil || a.DeletedMs == 0 {
			t.Errorf("what stays is %+v", a)
		}
		return err
	})
	ok(t, err)
	again, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: "Web shop", Key: w.key})
	ok(t, err) // name and key are free again
	if again.ID == w.account.ID || again.APIUserID == w.account.APIUserID {
		t.Error("the new account has an old id")
	}
}

func TestDeleteWaitsForShipmentsInFlight(t *testing.T) {
	w := newWorld(t)
	w.Accounts.Store = inFlight{w.Accounts.Store, 2}
	err := w.Accounts.Delete(w.ctx, w.account.ID, w.account.Name)
	want(t, err, errs.Conflict, "", "2 shipments in flight")
	_, err = w.authenticate(t, w.key)
	ok(t, err)
}

// Every change is refused to those who may not make it, and tells nothing.
func TestWhoMayDoWhat(t *testing.T) {
	w := newWorld(t)
	token, _ := w.token(t, account.CreateToken{Name: "till"})
	name := "New"
	managers := map[string]func(ctx testContext) error{
		"CreateGroup": func(c testContext) error { _, err := w.Accounts.CreateGroup(c, "x"); return err },
		"RenameGroup": func(c testContext) error { _, err := w.Accounts.RenameGroup(c, w.group.ID, "x"); return err },
		"DeleteGroup": func(c testContext) error { return w.Accounts.DeleteGroup(c, w.group.ID, "") },
		"Update": func(c testContext) error {
			_, err := w.Accounts.Update(c, account.UpdateAccount{ID: w.account.ID, Name: &name})
			return err
		},
		"Move":          func(c testContext) error { _, err := w.Accounts.Move(c, w.account.ID, w.group.ID); return err },
		"Keys":          func(c testContext) error { _, err := w.Accounts.Keys(c, w.account.ID); return err },
		"RegenerateKey": func(c testContext) error { _, _, err := w.Accounts.RegenerateKey(c, w.account.ID, 0); return err },
		"ResetKey": func(c testContext) error {
			_, _, err := w.Accounts.ResetKey(c, w.account.ID, w.account.Name)
			return err
		},
		"EndOldKey":   func(c testContext) error { return w.Accounts.EndOldKey(c, w.account.ID) },
		"RevealKey":   func(c testContext) error { _, err := w.Accounts.RevealKey(c, w.account.ID); return err },
		"Tokens":      func(c testContext) error { _, err := w.Accounts.Tokens(c, w.account.ID); return err },
		"RevealToken": func(c testContext) error { _, err := w.Accounts.RevealToken(c, token.ID); return err },
		"DeleteToken": func(c testContext) error { return w.Accounts.DeleteToken(c, token.ID) },
	}
	scoped := map[string]func(ctx testContext) error{
		"Groups":      func(c testContext) error { _, err := w.Accounts.Groups(c); return err },
		"GroupByName": func(c testContext) error { _, err := w.Accounts.GroupByName(c, "North"); return err },
		"List":        func(c testContext) error { _, err := w.Accounts.List(c, account.Filter{}); return err },
		"Page":        func(c testContext) error { _, err := w.Accounts.Page(c, account.Filter{}, page.Request{}); return err },
		"Briefs":      func(c testContext) error { _, err := w.Accounts.Briefs(c); return err },
		"ByName":      func(c testContext) error { _, err := w.Accounts.ByName(c, "Web shop"); return err },
		"NewKeyValue": func(c testContext) error { _, err := w.Accounts.NewKeyValue(c); return err },
		"Create": func(c testContext) error {
			_, _, err := w.Accounts.Create(c, account.CreateAccount{GroupID: w.group.ID, Name: "Made by a token"})
			return err
		},
		"CreateToken": func(c testContext) error {
			_, _, err := w.Accounts.CreateToken(c, account.CreateToken{AccountID: w.account.ID, Name: "made by a token"})
			return err
		},
		"SetDisabled": func(c testContext) error { _, err := w.Accounts.SetDisabled(c, w.account.ID, false); return err },
	}
	caller := testkit.Caller(t, w.account.ID, actor.DefaultScopes()...)
	trusted := testkit.Caller(t, w.account.ID, actor.AllScopes()...)
	before := len(w.actions(t))
	for name, call := range managers {
		want(t, call(t.Context()), errs.Unauthorized, "", "signed in")
		if err := call(trusted); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s by a token: %v", name, err)
		}
	}
	for name, call := range scoped {
		want(t, call(t.Context()), errs.Unauthorized, "", "signed in")
		if err := call(caller); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s by a token without the scope: %v", name, err)
		}
	}
	if after := len(w.actions(t)); after != before {
		t.Errorf("%d refused calls left something in the audit", after-before)
	}
	for name, call := range scoped {
		if err := call(trusted); err != nil {
			t.Errorf("%s by a token with the scope accounts: %v", name, err)
		}
	}
	_, err := w.Accounts.Account(caller, w.account.ID)
	ok(t, err)
	other := w.Account(t, "Other")
	_, err = w.Accounts.Account(caller, other.ID)
	want(t, err, errs.NotFound, "", "no such thing")
}
