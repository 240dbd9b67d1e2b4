package account_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

func TestAuthenticateForms(t *testing.T) {
	w := newWorld(t)
	_, token := w.token(t, account.CreateToken{Name: "till"})
	for name, p := range map[string]account.Presented{
		"user and token":       {APIUser: "Web shop", Secret: token},
		"token alone":          {Secret: token},
		"key alone":            {Secret: w.key},
		"user and key":         {APIUser: "Web shop", Secret: w.key},
		"white space to spare": {APIUser: " Web shop ", Secret: token},
	} {
		who, err := w.Accounts.Authenticate(t.Context(), p)
		if err != nil || who.Account.ID != w.account.ID {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
	}
	who, err := w.authenticate(t, w.key)
	ok(t, err)
	if who.Actor.Name != "account key" || len(who.Actor.Scopes) != len(actor.DefaultScopes()) {
		t.Errorf("the key acts as %+v", who.Actor)
	}
	decomposed := "Cafe\u0301"
	cafe, _, err := w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: decomposed, Key: secret.New("0123456789abcdef")})
	ok(t, err)
	for _, user := range []string{decomposed, "Café"} {
		who, err := w.Accounts.Authenticate(t.Context(), account.Presented{APIUser: user, Secret: secret.New("0123456789abcdef")})
		if err != nil || who.Account.ID != cafe.ID {
			t.Errorf("as %q: %v", user, err)
		}
	}
}

// Whatever the reason, everyone who is not known hears the same.
func TestUnauthorizedIsAlwaysTheSame(t *testing.T) {
	w := newWorld(t)
	_, token := w.token(t, account.CreateToken{Name: "till"})
	_, expiring := w.token(t, account.CreateToken{Name: "short", ExpiresMs: w.Clock.Now().Add(time.Hour).UnixMilli()})
	deleted, gone := w.token(t, account.CreateToken{Name: "gone"})
	ok(t, w.Accounts.DeleteToken(w.ctx, deleted.ID))
	_, brought := w.token(t, account.CreateToken{Name: "brought", Value: secret.New("abcdef0123456789")})
	w.Account(t, "Other")
	_, err := w.authenticate(t, expiring)
	ok(t, err)
	w.Clock.Advance(time.Hour)

	other := token.Expose()
	answers := map[string]string{}
	for name, p := range map[string]account.Presented{
		"unknown user":           {APIUser: "Nobody", Secret: token},
		"another account's user": {APIUser: "Other", Secret: token},
		"user in other capitals": {APIUser: "web shop", Secret: token},
		"nothing":                {},
		"user alone":             {APIUser: "Web shop"},
		"typing mistake":         {APIUser: "Web shop", Secret: secret.New(other[:57] + string(other[57]^1))},
		"cut":                    {APIUser: "Web shop", Secret: secret.New(other[:57])},
		"unknown brought value":  {APIUser: "Web shop", Secret: secret.New("abcdef0123456780")},
		"brought, in capitals":   {APIUser: "Web shop", Secret: secret.New(strings.ToUpper(brought.Expose()))},
		"expired":                {APIUser: "Web shop", Secret: expiring},
		"deleted":                {APIUser: "Web shop", Secret: gone},
		"too long":               {Secret: secret.New(strings.Repeat("x", 300))},
		"binary":                 {Secret: secret.New("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\xff")},
	} {
		_, err := w.Accounts.Authenticate(t.Context(), p)
		want(t, err, errs.Unauthorized, "", "not known")
		told := *errs.As(err)
		told.Err = nil
		raw, err := json.Marshal(told)
		ok(t, err)
		answers[string(raw)] = name
	}
	if len(answers) != 1 {
		t.Errorf("reasons can be told apart: %v", answers)
	}
	_, err = w.Accounts.SetDisabled(w.ctx, w.account.ID, true)
	ok(t, err)
	_, err = w.Accounts.Authenticate(t.Context(), account.Presented{APIUser: "Other", Secret: token})
	want(t, err, errs.Unauthorized, "", "not known") // only its own secret and name hear that an account is disabled
}

// What can't be a secret of ours is refused without a look-up.
func TestTypingMistakesCostNoLookUp(t *testing.T) {
	w := newWorld(t)
	_, token := w.token(t, account.CreateToken{Name: "till"})
	counting := &counted{Store: w.Accounts.Store}
	service := &account.Service{Store: counting, Vault: w.Vault, Clock: w.Clock}
	right := token.Expose()
	for i := len("pkt_live_"); i < len(right); i++ {
		wrong := right[:i] + string('0'+(right[i]+1)%10) + right[i+1:]
		_, err := service.Authenticate(t.Context(), account.Presented{Secret: secret.New(wrong)})
		want(t, err, errs.Unauthorized, "", "not known")
	}
	if n := counting.reads.Load(); n != 0 {
		t.Errorf("%d mistakes were looked up", n)
	}
	_, err := service.Authenticate(t.Context(), account.Presented{Secret: token})
	ok(t, err)
	if counting.reads.Load() != 1 {
		t.Error("the counter counts nothing")
	}
}

func TestLastUseIsNotedOnceAMinute(t *testing.T) {
	w := newWorld(t)
	token, value := w.token(t, account.CreateToken{Name: "till"})
	counting := &counted{Store: w.Accounts.Store}
	service := &account.Service{Store: counting, Vault: w.Vault, Clock: w.Clock}
	use := func(from string) {
		t.Helper()
		_, err := service.Authenticate(t.Context(), account.Presented{Secret: value, From: from})
		ok(t, err)
	}
	noted := func() account.Token {
		t.Helper()
		list, err := w.Accounts.Tokens(w.ctx, w.account.ID)
		ok(t, err)
		for _, listed := range list {
			if listed.ID == token.ID {
				return listed
			}
		}
		t.Fatal("the token is gone")
		return account.Token{}
	}
	if got := noted(); got.LastUsedMs != 0 {
		t.Fatalf("never used, yet %+v", got)
	}
	first := w.Clock.Now().UnixMilli()
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if _, err := service.Authenticate(context.Background(), account.Presented{Secret: value, From: "first"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := noted(); got.LastUsedMs != first || got.LastUsedFrom != "first" {
		t.Fatalf("noted %+v", got)
	}
	if n := counting.writes.Load(); n != 1 {
		t.Errorf("32 uses at once made %d writes", n)
	}
	w.Clock.Advance(time.Minute - time.Millisecond)
	use("second")
	if got := noted(); got.LastUsedFrom != "first" {
		t.Errorf("noted again within the minute: %+v", got)
	}
	w.Clock.Advance(time.Millisecond)
	use("third")
	if got := noted(); got.LastUsedMs != w.Clock.Now().UnixMilli() || got.LastUsedFrom != "third" {
		t.Errorf("noted %+v", got)
	}
	a, err := w.Accounts.Account(w.ctx, w.account.ID)
	ok(t, err)
	if a.LastUsedMs != w.Clock.Now().UnixMilli() || a.LastUsedFrom != "third" {
		t.Errorf("the account says %d from %q", a.LastUsedMs, a.LastUsedFrom)
	}
	if _, err := w.authenticate(t, w.key); err != nil {
		t.Fatal(err)
	}
	keys, err := w.Accounts.Keys(w.ctx, w.account.ID)
	ok(t, err)
	if keys[0].LastUsedMs != w.Clock.Now().UnixMilli() || keys[0].LastUsedFrom != "curl/8" {
		t.Errorf("the key says %+v", keys[0])
	}
}

// A full disk is no reason to refuse a reader, and the next minute notes the use.
func TestUseThatCanNotBeNotedIsStillAdmitted(t *testing.T) {
	w := newWorld(t)
	_, value := w.token(t, account.CreateToken{Name: "till"})
	counting := &counted{Store: w.Accounts.Store, fail: true}
	service := &account.Service{Store: counting, Vault: w.Vault, Clock: w.Clock}
	_, err := service.Authenticate(t.Context(), account.Presented{Secret: value})
	ok(t, err)
	counting.fail = false
	w.Clock.Advance(time.Minute)
	_, err = service.Authenticate(t.Context(), account.Presented{Secret: value})
	ok(t, err)
	a, err := w.Accounts.Account(w.ctx, w.account.ID)
	ok(t, err)
	if counting.writes.Load() != 2 || a.LastUsedMs != w.Clock.Now().UnixMilli() {
		t.Errorf("after %d tries the account was last used at %d", counting.writes.Load(), a.LastUsedMs)
	}
}

func TestLockedVaultIsNotUnauthorized(t *testing.T) {
	w := newWorld(t)
	service := &account.Service{Store: w.Accounts.Store, Vault: locked{}, Clock: w.Clock}
	_, err := service.Authenticate(t.Context(), account.Presented{Secret: w.key})
	want(t, err, errs.Unavailable, "", "locked")
}

// Reset, disable and delete take effect with their commit: no request that starts after it gets in.
func TestNoRequestAfterTheCommitGetsIn(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w world, token account.Token) error{
		"reset": func(t *testing.T, w world, _ account.Token) error {
			_, _, err := w.Accounts.ResetKey(w.ctx, w.account.ID, w.account.Name)
			return err
		},
		"disable": func(_ *testing.T, w world, _ account.Token) error {
			_, err := w.Accounts.SetDisabled(w.ctx, w.account.ID, true)
			return err
		},
		"delete": func(_ *testing.T, w world, _ account.Token) error {
			return w.Accounts.Delete(w.ctx, w.account.ID, w.account.Name)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var ended atomic.Bool
			var all sync.WaitGroup
			for range 16 {
				all.Go(func() {
					for range 60 {
						late := ended.Load()
						_, err := w.Accounts.Authenticate(context.Background(), account.Presented{Secret: w.key})
						if late && err == nil {
							t.Error("a request that started after the commit was admitted")
						}
						if !late && err != nil && !errs.Is(err, errs.Unauthorized) && !errs.Is(err, errs.Forbidden) {
							t.Error(err)
						}
					}
				})
			}
			ok(t, end(t, w, account.Token{}))
			ended.Store(true)
			all.Wait()
			if _, err := w.authenticate(t, w.key); err == nil {
				t.Error("the key still works")
			}
		})
	}
}

// counted counts transactions, and can fail every write.
type counted struct {
	store.Store[account.Repo]
	reads, writes atomic.Int64
	fail          bool
}

func (c *counted) Read(ctx context.Context, fn func(account.Repo) error) error {
	c.reads.Add(1)
	return c.Store.Read(ctx, fn)
}

func (c *counted) Write(ctx context.Context, fn func(account.Repo) error) error {
	c.writes.Add(1)
	if c.fail {
		return errors.New("no space left on the disk")
	}
	return c.Store.Write(ctx, fn)
}

type locked struct{ account.Vault }

func (locked) Lookup(string) ([]byte, error) {
	return nil, errs.New(errs.Unavailable, "The secrets are locked.")
}

func BenchmarkAuthenticate(b *testing.B) {
	w := newWorld(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := w.Accounts.Authenticate(context.Background(), account.Presented{APIUser: "Web shop", Secret: w.key}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
