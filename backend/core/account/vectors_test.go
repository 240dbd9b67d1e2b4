package account_test

import (
	"encoding/json"
	"os"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// TestRuleVectors runs the vectors that the screen runs too (frontend/src/lib/form), so that both say the same sentence.
// Each value goes in with something else that is wrong, so that nothing is made; companies are tried in core/auth.
func TestRuleVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/rule_vectors.json")
	ok(t, err)
	var vectors []struct{ Rule, Why, Value, Error string }
	ok(t, json.Unmarshal(raw, &vectors))
	w := newWorld(t)
	token := func(name, value string, testing bool) error {
		_, _, err := w.Accounts.CreateToken(w.ctx, account.CreateToken{
			AccountID: w.account.ID, Name: name, Value: secret.New(value), Testing: testing, Scopes: []actor.Scope{"nothing"},
		})
		return err
	}
	create := func(in account.CreateAccount) error { _, _, err := w.Accounts.Create(w.ctx, in); return err }
	rules := map[string]struct {
		path string
		try  func(value string) error
	}{
		"account":    {"name", func(value string) error { return create(account.CreateAccount{Name: value}) }},
		"key":        {"key", func(value string) error { return create(account.CreateAccount{Key: secret.New(value)}) }},
		"token":      {"name", func(value string) error { return token(value, "", false) }},
		"live token": {"value", func(value string) error { return token("till", value, false) }},
		"test token": {"value", func(value string) error { return token("till", value, true) }},
		"group": {"name", func(value string) error {
			_, err := w.Accounts.RenameGroup(w.ctx, "nowhere", value)
			return err
		}},
	}
	ran := map[string]int{}
	for _, v := range vectors {
		rule, known := rules[v.Rule]
		if !known {
			continue
		}
		ran[v.Rule]++
		err := rule.try(v.Value)
		if err == nil {
			t.Fatalf("%s, %s: something was made", v.Rule, v.Why)
		}
		if got := sentence(err, rule.path); got != v.Error {
			t.Errorf("%s, %s: %q says %q, want %q", v.Rule, v.Why, v.Value, got, v.Error)
		}
	}
	for rule := range rules {
		if ran[rule] < 8 {
			t.Errorf("only %d vectors of the rule %q", ran[rule], rule)
		}
	}
}

// sentence gives what an error says of a field.
func sentence(err error, path string) string {
	for _, f := range errs.As(err).Fields {
		if f.Path == path {
			return f.Message
		}
	}
	return ""
}
