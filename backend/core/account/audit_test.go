package account_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// Each change and reveal leaves one entry, none of which holds a secret.
func TestEveryChangeIsInTheAudit(t *testing.T) {
	w := newWorld(t)
	south, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	_, err = w.Accounts.RenameGroup(w.ctx, south.ID, "East")
	ok(t, err)
	_, err = w.Accounts.Move(w.ctx, w.account.ID, south.ID)
	ok(t, err)
	token, value := w.token(t, account.CreateToken{Name: "till"})
	_, err = w.Accounts.RevealToken(w.ctx, token.ID)
	ok(t, err)
	ok(t, w.Accounts.DeleteToken(w.ctx, token.ID))
	_, second, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	ok(t, w.Accounts.EndOldKey(w.ctx, w.account.ID))
	_, err = w.Accounts.RevealKey(w.ctx, w.account.ID)
	ok(t, err)
	_, third, err := w.Accounts.ResetKey(w.ctx, w.account.ID, w.account.Name)
	ok(t, err)
	_, err = w.Accounts.SetDisabled(w.ctx, w.account.ID, true)
	ok(t, err)
	_, err = w.Accounts.SetDisabled(w.ctx, w.account.ID, false)
	ok(t, err)
	strict := true
	a, err := w.Accounts.Account(w.ctx, w.account.ID)
	ok(t, err)
	_, err = w.Accounts.Update(w.ctx, account.UpdateAccount{ID: a.ID, Version: a.Version, StrictIDs: &strict})
	ok(t, err)
	ok(t, w.Accounts.DeleteGroup(w.ctx, south.ID, w.group.ID)) // moves the account first
	ok(t, w.Accounts.Delete(w.ctx, w.account.ID, w.account.Name))

	entries := w.actions(t)
	var got []string
	for _, e := range entries {
		got = append(got, e.Action)
		if e.Door != actor.Terminal || e.Actor != "manager" || e.AtMs != w.Clock.Now().UnixMilli() || e.Subject.ID == "" || e.Subject.Name == "" {
			t.Errorf("incomplete: %+v", e)
		}
		if !strings.HasPrefix(e.Action, "group.") && e.AccountID != string(w.account.ID) {
			t.Errorf("%s is not on the account", e.Action)
		}
	}
	want := []string{
		"group.create", "account.create", "group.create", "group.rename", "account.move", "token.create", "token.reveal",
		"token.delete", "key.regenerate", "key.end", "key.reveal", "key.reset", "account.disable", "account.enable",
		"account.update", "account.move", "group.delete", "account.delete",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the audit holds\n%v, want\n%v", got, want)
	}
	raw, err := json.Marshal(entries)
	ok(t, err)
	for _, v := range []secret.Value{w.key, value, second, third} {
		if strings.Contains(string(raw), v.Expose()[13:54]) {
			t.Error("the audit holds a secret")
		}
	}
}

// No entry, no change, and nothing is revealed.
func TestNoChangeWithoutItsAuditEntry(t *testing.T) {
	w := newWorld(t)
	token, value := w.token(t, account.CreateToken{Name: "till"})
	_, _, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	south, err := w.Accounts.CreateGroup(w.ctx, "South")
	ok(t, err)
	s := &account.Service{Store: unaudited{w.Accounts.Store}, Vault: w.Vault, Clock: w.Clock}
	name := "Renamed"
	for action, call := range map[string]func() (any, error){
		"CreateGroup": func() (any, error) { return s.CreateGroup(w.ctx, "East") },
		"RenameGroup": func() (any, error) { return s.RenameGroup(w.ctx, south.ID, "East") },
		"DeleteGroup": func() (any, error) { return nil, s.DeleteGroup(w.ctx, south.ID, "") },
		"Update": func() (any, error) {
			return s.Update(w.ctx, account.UpdateAccount{ID: w.account.ID, Version: 1, Name: &name})
		},
		"Move":        func() (any, error) { return s.Move(w.ctx, w.account.ID, south.ID) },
		"SetDisabled": func() (any, error) { return s.SetDisabled(w.ctx, w.account.ID, true) },
		"Delete":      func() (any, error) { return nil, s.Delete(w.ctx, w.account.ID, w.account.Name) },
		"EndOldKey":   func() (any, error) { return nil, s.EndOldKey(w.ctx, w.account.ID) },
		"DeleteToken": func() (any, error) { return nil, s.DeleteToken(w.ctx, token.ID) },
		"Create": func() (any, error) {
			_, v, err := s.Create(w.ctx, account.CreateAccount{GroupID: south.ID, Name: "New"})
			return v, err
		},
		"CreateToken": func() (any, error) {
			_, v, err := s.CreateToken(w.ctx, account.CreateToken{AccountID: w.account.ID, Name: "new"})
			return v, err
		},
		"RegenerateKey": func() (any, error) { _, v, err := s.RegenerateKey(w.ctx, w.account.ID, 0); return v, err },
		"ResetKey":      func() (any, error) { _, v, err := s.ResetKey(w.ctx, w.account.ID, w.account.Name); return v, err },
		"RevealKey":     func() (any, error) { return s.RevealKey(w.ctx, w.account.ID) },
		"RevealToken":   func() (any, error) { return s.RevealToken(w.ctx, token.ID) },
	} {
		got, err := call()
		if !errors.Is(err, errAudit) {
			t.Errorf("%s: %v", action, err)
		}
		if v, isSecret := got.(secret.Value); isSecret && !v.IsZero() {
			t.Errorf("%s gave a secret away", action)
		}
	}
	a, err := w.Accounts.Account(w.ctx, w.account.ID)
	ok(t, err)
	groups, err := w.Accounts.Groups(w.ctx)
	ok(t, err)
	keys, err := w.Accounts.Keys(w.ctx, w.account.ID)
	ok(t, err)
	tokens, err := w.Accounts.Tokens(w.ctx, w.account.ID)
	ok(t, err)
	accounts, err := w.Accounts.List(w.ctx, account.Filter{})
	ok(t, err)
	if a.Name != "Web shop" || a.Disabled || a.GroupID != w.group.ID || len(groups) != 2 || len(keys) != 2 || len(tokens) != 1 || len(accounts) != 1 {
		t.Errorf("something changed: %+v, %d groups, %d keys, %d tokens, %d accounts", a, len(groups), len(keys), len(tokens), len(accounts))
	}
	for _, v := range []secret.Value{w.key, value} {
		_, err := w.authenticate(t, v)
		ok(t, err)
	}
}
