package auth_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/testkit"
)

func TestRegisterMasksAndSeals(t *testing.T) {
	w := newWorld(t)
	in := w.save("  ", false)
	in.Fields["client_id"] = "  shop-1 "
	in.Fields["unknown"] = "dropped"
	a, err := w.Auths.Register(w.ctx, in)
	ok(t, err)
	if a.Company != "Main" || a.Fields["client_id"] != "shop-1" || a.Fields["client_secret"] != "••••0001" || a.Fields["prices"] != "list" || len(a.Fields) != 3 {
		t.Errorf("registered %+v", a)
	}
	list, err := w.Auths.List(w.ctx, w.account.ID)
	ok(t, err)
	raw, err := json.Marshal(list)
	ok(t, err)
	if len(list) != 1 || strings.Contains(string(raw), canary) || strings.Contains(string(list[0].Sealed), canary) {
		t.Errorf("listed %s", raw)
	}
	access, err := w.Auths.Open(w.ctx, a.ID)
	ok(t, err)
	if access.Credentials.Get("client_secret") != canary || access.Credentials.Get("client_id") != "shop-1" || access.Credentials.Get("prices") != "list" || access.AuthID != string(a.ID) {
		t.Error("what is opened is not what was entered")
	}
	if printed := fmt.Sprintf("%v %+v %#v", access, access, access); strings.Contains(printed, canary) {
		t.Errorf("access prints %s", printed)
	}
	value, err := w.Auths.Reveal(w.ctx, a.ID, "client_secret")
	ok(t, err)
	if value != canary {
		t.Errorf("revealed %q", value)
	}
	_, err = w.Auths.Reveal(w.ctx, a.ID, "webhook_secret")
	want(t, err, errs.NotFound, "", "webhook_secret")
	entries, err := w.Audit.List(w.ctx, audit.Filter{SubjectID: string(a.ID)}, page.Request{})
	ok(t, err)
	raw, err = json.Marshal(entries)
	ok(t, err)
	if len(entries.Items) != 2 || entries.Items[0].Action != "auth.reveal" || entries.Items[1].Action != "auth.register" || strings.Contains(string(raw), canary) {
		t.Errorf("the audit holds %s", raw)
	}
}

func TestRegisterRefusals(t *testing.T) {
	w := newWorld(t)
	w.register(t, "Main", false)
	for name, c := range map[string]struct {
		change     func(*auth.Save)
		code       errs.Code
		path, says string
	}{
		"taken":           {func(s *auth.Save) {}, errs.Conflict, "auth_company", "Main"},
		"taken, alike":    {func(s *auth.Save) { s.Company = "MAIN" }, errs.Conflict, "auth_company", "Main"},
		"underscore":      {func(s *auth.Save) { s.Company = "a_b" }, errs.Invalid, "auth_company", "underscore"},
		"long company":    {func(s *auth.Save) { s.Company = strings.Repeat("x", 51) }, errs.Invalid, "auth_company", "at most 50"},
		"no secret":       {func(s *auth.Save) { delete(s.Fields, "client_secret") }, errs.Invalid, "auth.client_secret", "required"},
		"short secret":    {func(s *auth.Save) { s.Fields["client_secret"] = "s3cr3t" }, errs.Invalid, "auth.client_secret", "at least 8"},
		"choice":          {func(s *auth.Save) { s.Fields["prices"] = "free" }, errs.Invalid, "auth.prices", "list, ours"},
		"unknown courier": {func(s *auth.Save) { s.Courier = "parcelers" }, errs.NotFound, "", "list-couriers"},
		"unknown account": {func(s *auth.Save) { s.AccountID = "nowhere" }, errs.NotFound, "", "API account"},
	} {
		t.Run(name, func(t *testing.T) {
			in := w.save("Main", false)
			c.change(&in)
			_, err := w.Auths.Register(w.ctx, in)
			want(t, err, c.code, c.path, c.says)
			if strings.Contains(err.Error(), "s3cr3t") {
				t.Error("the sentence repeats a secret")
			}
		})
	}
	in := w.save("a_b", false)
	in.Fields = nil
	_, err := w.Auths.Register(w.ctx, in)
	if n := len(errs.As(err).Fields); n != 3 {
		t.Errorf("%d fields are told at once: %v", n, err)
	}
	w.register(t, "Main", true) // the other mode is another auth
	w.register(t, "Second", false)
}

func TestUpdateNeverNeedsTheOldSecret(t *testing.T) {
	for name, entered := range map[string]map[string]string{
		"left out":        {"client_id": "shop-2"},
		"empty":           {"client_id": "shop-2", "client_secret": ""},
		"as it was shown": {"client_id": "shop-2", "client_secret": "••••0001"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			a := w.register(t, "Main", false)
			_, err := w.Auths.Test(w.ctx, a.ID)
			ok(t, err)
			b, err := w.Auths.Update(w.ctx, a.ID, a.Version, auth.Save{Testing: true, Fields: entered})
			ok(t, err)
			if b.Fields["client_id"] != "shop-2" || b.Fields["client_secret"] != "••••0001" || !b.Testing || b.Company != "Main" || b.Version != 2 || b.LastTestMs != 0 {
				t.Errorf("updated %+v", b)
			}
			value, err := w.Auths.Reveal(w.ctx, a.ID, "client_secret")
			ok(t, err)
			if value != canary {
				t.Errorf("the secret is now %q", value)
			}
		})
	}
	w := newWorld(t)
	a := w.register(t, "Main", false)
	b, err := w.Auths.Update(w.ctx, a.ID, a.Version, auth.Save{Fields: map[string]string{"client_secret": "another-secret-9999"}})
	ok(t, err)
	if b.Fields["client_secret"] != "••••9999" || b.Fields["client_id"] != "shop-1" {
		t.Errorf("updated %+v", b)
	}
	_, err = w.Auths.Update(w.ctx, a.ID, a.Version, auth.Save{Fields: fields()})
	want(t, err, errs.Conflict, "", "changed meanwhile")
	_, err = w.Auths.Update(w.ctx, a.ID, b.Version, auth.Save{Fields: map[string]string{"client_id": "x"}})
	want(t, err, errs.Invalid, "auth.client_id", "at least 4")
	second := w.register(t, "Second", false)
	_, err = w.Auths.Update(w.ctx, second.ID, second.Version, auth.Save{Company: "main"})
	want(t, err, errs.Conflict, "auth_company", "Main")
	_, err = w.Auths.Update(w.ctx, "nowhere", 1, auth.Save{})
	want(t, err, errs.NotFound, "", "registered auth")
}

func TestDeleteAuth(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", false)
	ok(t, w.Auths.Delete(w.ctx, a.ID))
	_, err := w.Auths.Auth(w.ctx, a.ID)
	want(t, err, errs.NotFound, "", "registered auth")
	err = w.Auths.Delete(w.ctx, a.ID)
	want(t, err, errs.NotFound, "", "registered auth")
	w.register(t, "Main", false)
	ok(t, w.Accounts.Delete(w.ctx, w.account.ID, w.account.Name))
	_, err = w.Auths.List(w.ctx, w.account.ID)
	want(t, err, errs.NotFound, "", "API account")
}

func TestTestKeepsTheVerdict(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", true)
	verdict, err := w.Auths.Test(w.ctx, a.ID)
	ok(t, err)
	asked := w.courier.asked[0]
	if len(verdict.Steps) != 1 || !asked.Testing || asked.AuthID != string(a.ID) || asked.Credentials.Get("client_secret") != canary {
		t.Errorf("asked with %v, answered %+v", asked, verdict)
	}
	kept, err := w.Auths.Auth(w.ctx, a.ID)
	ok(t, err)
	if kept.LastTestMs != w.Clock.Now().UnixMilli() || !kept.LastTestOK || kept.LastTestNote != "" || kept.Version != a.Version {
		t.Errorf("kept %+v", kept)
	}
	w.courier.refuses = errs.New(errs.Rejected, "invalid_client %s", strings.Repeat("é", 600))
	_, err = w.Auths.Test(w.ctx, a.ID)
	want(t, err, errs.Rejected, "", "invalid_client")
	kept, err = w.Auths.Auth(w.ctx, a.ID)
	ok(t, err)
	if kept.LastTestOK || !strings.HasPrefix(kept.LastTestNote, "invalid_client") || len([]rune(kept.LastTestNote)) != 500 {
		t.Errorf("kept %+v", kept)
	}
}

func TestTestUnsavedKeepsNothing(t *testing.T) {
	w := newWorld(t)
	_, err := w.Auths.TestUnsaved(w.ctx, "", w.save("Main", true))
	ok(t, err)
	list, err := w.Auths.List(w.ctx, w.account.ID)
	ok(t, err)
	if len(list) != 0 {
		t.Errorf("stored %+v", list)
	}
	_, err = w.Auths.TestUnsaved(w.ctx, "", auth.Save{AccountID: w.account.ID, Courier: "Parcelers"})
	want(t, err, errs.Invalid, "auth.client_id", "required")
	a := w.register(t, "Main", true)
	_, err = w.Auths.TestUnsaved(w.ctx, a.ID, auth.Save{Testing: true, Fields: map[string]string{"client_id": "shop-9"}})
	ok(t, err)
	asked := w.courier.asked[len(w.courier.asked)-1]
	if asked.Credentials.Get("client_id") != "shop-9" || asked.Credentials.Get("client_secret") != canary {
		t.Error("the stored secret did not stand in for the one left out")
	}
	kept, err := w.Auths.Auth(w.ctx, a.ID)
	ok(t, err)
	if kept.LastTestMs != 0 || kept.Fields["client_id"] != "shop-1" {
		t.Errorf("kept %+v", kept)
	}
}

func TestAuthsOfOthersDoNotExist(t *testing.T) {
	w := newWorld(t)
	a := w.register(t, "Main", false)
	other := w.Account(t, "Other")
	stranger := testkit.Caller(t, other.ID, actor.DefaultScopes()...)
	scopeless := testkit.Caller(t, w.account.ID, actor.Ship)
	yes := false
	for name, call := range map[string]func(ctx context.Context) error{
		"Register":    func(c context.Context) error { _, err := w.Auths.Register(c, w.save("x", true)); return err },
		"Update":      func(c context.Context) error { _, err := w.Auths.Update(c, a.ID, a.Version, auth.Save{}); return err },
		"Delete":      func(c context.Context) error { return w.Auths.Delete(c, a.ID) },
		"List":        func(c context.Context) error { _, err := w.Auths.List(c, w.account.ID); return err },
		"Auth":        func(c context.Context) error { _, err := w.Auths.Auth(c, a.ID); return err },
		"Test":        func(c context.Context) error { _, err := w.Auths.Test(c, a.ID); return err },
		"TestUnsaved": func(c context.Context) error { _, err := w.Auths.TestUnsaved(c, a.ID, auth.Save{}); return err },
		"Resolve": func(c context.Context) error {
			_, _, err := w.Auths.Resolve(c, auth.Query{AccountID: w.account.ID, Courier: "Parcelers", Testing: &yes})
			return err
		},
		"Open": func(c context.Context) error { _, err := w.Auths.Open(c, a.ID); return err },
	} {
		if err := call(t.Context()); !errs.Is(err, errs.Unauthorized) {
			t.Errorf("%s by nobody: %v", name, err)
		}
		if err := call(stranger); !errs.Is(err, errs.NotFound) {
			t.Errorf("%s by another account: %v", name, err)
		}
		if name == "Resolve" || name == "Open" {
			continue
		}
		if err := call(scopeless); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s without the scope: %v", name, err)
		}
	}
	_, err := w.Auths.Reveal(testkit.Caller(t, w.account.ID, actor.AllScopes()...), a.ID, "client_secret")
	want(t, err, errs.Forbidden, "", "Packbench itself")
	if len(w.courier.asked) != 0 {
		t.Error("the courier was asked for a stranger")
	}
	_, missing := w.Auths.Auth(stranger, "nowhere")
	_, foreign := w.Auths.Auth(stranger, a.ID)
	if missing.Error() != foreign.Error() {
		t.Errorf("a stranger can tell %q from %q", missing, foreign)
	}
}
