package account_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

func TestTokensAreListedNewOnesLastWithoutTheirValue(t *testing.T) {
	w := newWorld(t)
	var values []secret.Value
	for _, name := range []string{"zulu", "alpha", "mike"} {
		token, value := w.token(t, account.CreateToken{Name: name})
		values = append(values, value)
		if !strings.HasPrefix(value.Expose(), "pkt_live_") || token.Hint != value.Expose()[:13]+"…"+value.Expose()[54:] {
			t.Errorf("%s has the hint %q", name, token.Hint)
		}
		w.Clock.Advance(time.Second)
	}
	list, err := w.Accounts.Tokens(w.ctx, w.account.ID)
	ok(t, err)
	if len(list) != 3 || list[0].Name != "zulu" || list[2].Name != "mike" || !slices.Equal(list[0].Scopes, actor.DefaultScopes()) {
		t.Errorf("listed %+v", list)
	}
	raw, err := json.Marshal(list)
	ok(t, err)
	for i, value := range values {
		if strings.Contains(string(raw), value.Expose()[13:54]) {
			t.Error("the list holds a secret")
		}
		shown, err := w.Accounts.RevealToken(w.ctx, list[i].ID)
		ok(t, err)
		if shown.Expose() != value.Expose() {
			t.Errorf("token %s reveals another value", list[i].Name)
		}
	}
}

func TestTokenKinds(t *testing.T) {
	w := newWorld(t)
	test, value := w.token(t, account.CreateToken{Name: "test", Testing: true, Scopes: []actor.Scope{actor.Track, actor.Ship, actor.Track}})
	if !strings.HasPrefix(value.Expose(), "pkt_test_") || !test.Testing || !slices.Equal(test.Scopes, []actor.Scope{actor.Ship, actor.Track}) {
		t.Errorf("created %+v", test)
	}
	p, err := w.authenticate(t, value)
	ok(t, err)
	if !p.Actor.TestOnly || !slices.Equal(p.Actor.Scopes, test.Scopes) || p.Actor.Name != "test" || p.Actor.AccountID != string(w.account.ID) || p.Actor.From != "curl/8" || p.Actor.Door != actor.API {
		t.Errorf("acts as %+v", p.Actor)
	}
	brought, value := w.token(t, account.CreateToken{Name: "old system", Value: secret.New("abcdef0123456789")})
	if !brought.BroughtAlong || brought.Hint != "ab…6789" {
		t.Errorf("created %+v", brought)
	}
	p, err = w.Accounts.Authenticate(t.Context(), account.Presented{APIUser: "Web shop", Secret: value})
	ok(t, err)
	if p.Actor.TestOnly || p.Actor.Name != "old system" {
		t.Errorf("acts as %+v", p.Actor)
	}
}

// A test token stays one when its value comes from another system, and so does a key that says by itself that it is one.
func TestTestSecretsNeverActLive(t *testing.T) {
	w := newWorld(t)
	_, brought := w.token(t, account.CreateToken{Name: "old test system", Testing: true, Value: secret.New("abcdef0123456789")})
	made, err := w.Accounts.NewKeyValue(w.ctx)
	ok(t, err)
	_, _, err = w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: "x", Key: secret.New("pka_test_" + made.Expose()[9:])})
	want(t, err, errs.Invalid, "key", "cut or mistyped")
	testKey := secret.New("pka_test_77777777777777777777777777777777777777777774ZZCM2")
	_, _, err = w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: "Tests", Key: testKey})
	ok(t, err)
	for _, value := range []secret.Value{brought, testKey} {
		p, err := w.authenticate(t, value)
		ok(t, err)
		if !p.Actor.TestOnly {
			t.Errorf("%s acts live", p.Actor.Name)
		}
	}
}

func TestTokenRefusals(t *testing.T) {
	w := newWorld(t)
	_, used := w.token(t, account.CreateToken{Name: "till"})
	other := w.Account(t, "Other")
	for name, c := range map[string]struct {
		in         account.CreateToken
		code       errs.Code
		path, says string
	}{
		"no name":         {account.CreateToken{}, errs.Invalid, "name", "1 to 50"},
		"name taken":      {account.CreateToken{Name: "TILL "}, errs.Conflict, "name", "till"},
		"unknown scope":   {account.CreateToken{Name: "x", Scopes: []actor.Scope{"ships"}}, errs.Invalid, "scopes", "ship, track, documents, auths, accounts"},
		"expired already": {account.CreateToken{Name: "x", ExpiresMs: w.Clock.Now().UnixMilli()}, errs.Invalid, "expires_ms", "expired already"},
		"short value":     {account.CreateToken{Name: "x", Value: secret.New("0123456789")}, errs.Invalid, "value", "at least 16"},
		"value in use":    {account.CreateToken{Name: "x", Value: used}, errs.Conflict, "value", "in use"},
		"value is a key":  {account.CreateToken{Name: "x", Value: w.key}, errs.Invalid, "value", "pka_live_"},
		"wrong mode":      {account.CreateToken{Name: "x", Value: used, Testing: true}, errs.Invalid, "value", "pkt_test_"},
		"unknown account": {account.CreateToken{AccountID: "nowhere", Name: "x"}, errs.NotFound, "", "account"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.in.AccountID == "" {
				c.in.AccountID = w.account.ID
			}
			_, _, err := w.Accounts.CreateToken(w.ctx, c.in)
			want(t, err, c.code, c.path, c.says)
			if v := c.in.Value.Expose(); v != "" && strings.Contains(err.Error(), v) {
				t.Error("the sentence repeats the secret")
			}
		})
	}
	_, _, err := w.Accounts.CreateToken(w.ctx, account.CreateToken{AccountID: other.ID, Name: "other", Value: used})
	want(t, err, errs.Conflict, "value", "in use") // one secret stands for one caller, across accounts
	_, _, err = w.Accounts.CreateToken(w.ctx, account.CreateToken{AccountID: other.ID, Name: "till"})
	ok(t, err) // names are the account's own
}

func TestDeleteToken(t *testing.T) {
	w := newWorld(t)
	token, value := w.token(t, account.CreateToken{Name: "till"})
	ok(t, w.Accounts.DeleteToken(w.ctx, token.ID))
	_, err := w.authenticate(t, value)
	want(t, err, errs.Unauthorized, "", "not known")
	_, err = w.Accounts.RevealToken(w.ctx, token.ID)
	want(t, err, errs.NotFound, "", "token")
	err = w.Accounts.DeleteToken(w.ctx, token.ID)
	want(t, err, errs.NotFound, "", "token")
	w.token(t, account.CreateToken{Name: "till", Value: value})
	_, err = w.authenticate(t, value)
	ok(t, err)
}
