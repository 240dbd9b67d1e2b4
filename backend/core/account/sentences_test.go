package account_test

import (
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// rule is a rule of PRODUCT about groups, accounts, keys and tokens, what breaks it, and the sentence that a manager reads.
type rule struct {
	name   string
	breaks func(w world) error
	code   errs.Code
	path   string // of the field that it stands at, "" for none
	says   string
}

// TestRulesInWords breaks every rule once. Names and typed values have their own vectors (TestRuleVectors).
func TestRulesInWords(t *testing.T) {
	for _, r := range append(append(groupRules, accountRules...), secretRules...) {
		t.Run(r.name, func(t *testing.T) {
			err := r.breaks(newWorld(t))
			if errs.CodeOf(err) != r.code {
				t.Fatalf("got %v (%s), want %s", err, errs.CodeOf(err), r.code)
			}
			got, path := errs.As(err).Message, ""
			if fields := errs.As(err).Fields; len(fields) > 0 {
				got, path = fields[0].Message, fields[0].Path
			}
			if got != r.says || path != r.path {
				t.Errorf("it says, at %q:\n%s\nwant, at %q:\n%s", path, got, r.path, r.says)
			}
		})
	}
}

func create(w world, in account.CreateAccount) error {
	_, _, err := w.Accounts.Create(w.ctx, in)
	return err
}

func makeToken(w world, in account.CreateToken) error {
	in.AccountID = w.account.ID
	_, _, err := w.Accounts.CreateToken(w.ctx, in)
	return err
}

var groupRules = []rule{
	{
		"a group's name is unique", func(w world) error { _, err := w.Accounts.CreateGroup(w.ctx, "NORTH"); return err },
		errs.Conflict, "name", "There is an API group with the name “NORTH”, or one that looks like it. Choose another name.",
	},
	{
		"a group that holds accounts stays", func(w world) error { return w.Accounts.DeleteGroup(w.ctx, w.group.ID, "") },
		errs.Conflict, "", "The group “North” still holds 1 API account. Move them to another group, or delete them first.",
	},
	{
		"accounts can't move into the group that goes", func(w world) error { return w.Accounts.DeleteGroup(w.ctx, w.group.ID, w.group.ID) },
		errs.Invalid, "move_to", "The accounts can't stay in the group that is deleted; choose another one.",
	},
	{
		"accounts move into a group that is there", func(w world) error { return w.Accounts.DeleteGroup(w.ctx, w.group.ID, "nowhere") },
		errs.Invalid, "move_to", "There is no such API group; it may have been deleted. Choose another one.",
	},
	{
		"accounts can't move into a new group of a taken name", func(w world) error { return w.Accounts.DeleteGroupInto(w.ctx, w.group.ID, "north") },
		errs.Conflict, "move_to", "There is an API group with the name “north”, or one that looks like it. Choose another name.",
	},
	{
		"activity is asked for days that follow one another", func(w world) error { _, err := w.Accounts.Activity(w.ctx, []int64{2, 1}); return err },
		errs.Invalid, "moments", "Give 2 to 32 moments, the earliest first.",
	},
}

var accountRules = []rule{
	{
		"an account's name is unique", func(w world) error { return create(w, account.CreateAccount{GroupID: w.group.ID, Name: "web SHOP"}) },
		errs.Conflict, "name", "There is an API account with the name “web SHOP”, or one that looks like it. Choose another name.",
	},
	{
		"an account is in a group", func(w world) error { return create(w, account.CreateAccount{Name: "till"}) },
		errs.Invalid, "group", "Name the one API group the account belongs to.",
	},
	{
		"an account is in one group", func(w world) error {
			return create(w, account.CreateAccount{Name: "till", GroupID: w.group.ID, NewGroup: "South"})
		},
		errs.Invalid, "group", "Name the one API group the account belongs to.",
	},
	{
		"its group is there", func(w world) error { return create(w, account.CreateAccount{Name: "till", GroupName: "South"}) },
		errs.Invalid, "group", "There is no API group “South”. Create it first, or name another one.",
	},
	{
		"its new group's name is free", func(w world) error { return create(w, account.CreateAccount{Name: "till", NewGroup: "north"}) },
		errs.Conflict, "group", "There is an API group with the name “north”, or one that looks like it. Choose another name.",
	},
	{
		"a value stands for one key", func(w world) error {
			return create(w, account.CreateAccount{GroupID: w.group.ID, Name: "till", Key: w.key})
		},
		errs.Conflict, "key", "This value is in use here already. Choose another one, or leave it out to have one made.",
	},
	{
		"deleting asks for the name", func(w world) error { return w.Accounts.Delete(w.ctx, w.account.ID, "web shop") },
		errs.Invalid, "confirm", "Type the account's name, “Web shop”, to confirm.",
	},
	{
		"an account with shipments in flight stays", func(w world) error {
			w.Accounts.Store = inFlight{w.Accounts.Store, 2}
			return w.Accounts.Delete(w.ctx, w.account.ID, "Web shop")
		},
		errs.Conflict, "", "“Web shop” can't be deleted yet: 2 shipments in flight, whose outcome at the courier is not known. Settle these first.",
	},
	{
		"nobody overwrites another's change", func(w world) error {
			_, err := w.Accounts.Update(w.ctx, account.UpdateAccount{ID: w.account.ID, Version: 99})
			return err
		},
		errs.Conflict, "", "“Web shop” was changed meanwhile. Load it again and repeat your change.",
	},
	{
		"a disabled account is refused", func(w world) error {
			if _, err := w.Accounts.SetDisabled(w.ctx, w.account.ID, true); err != nil {
				return err
			}
			_, err := w.Accounts.Authenticate(w.ctx, account.Presented{Secret: w.key})
			return err
		},
		errs.Forbidden, "", "The API account “Web shop” is disabled. Its keeper can enable it in Packbench.",
	},
	{
		"a deleted account is unknown", func(w world) error {
			if err := w.Accounts.Delete(w.ctx, w.account.ID, "Web shop"); err != nil {
				return err
			}
			_, err := w.Accounts.Authenticate(w.ctx, account.Presented{Secret: w.key})
			return err
		},
		errs.Unauthorized, "", "The api-user and api-token are not known here. Check both, and that the token has not expired or been deleted.",
	},
}

var secretRules = []rule{
	{
		"the grace time is one of four", func(w world) error {
			_, _, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 5*time.Minute)
			return err
		},
		errs.Invalid, "grace", "The old key may work on for 1 h, 24 h, 72 h or 168 h (7 days).",
	},
	{
		"only an old key can be ended", func(w world) error { return w.Accounts.EndOldKey(w.ctx, w.account.ID) },
		errs.NotFound, "", "“Web shop” has no old key that still works.",
	},
	{
		"a reset asks for the name", func(w world) error { _, _, err := w.Accounts.ResetKey(w.ctx, w.account.ID, ""); return err },
		errs.Invalid, "confirm", "Type the account's name, “Web shop”, to confirm.",
	},
	{
		"a token's name is its own on the account", func(w world) error {
			if err := makeToken(w, account.CreateToken{Name: "till"}); err != nil {
				return err
			}
			return makeToken(w, account.CreateToken{Name: "TILL"})
		},
		errs.Conflict, "name", "This account has a token with the name “till” already. Choose another name.",
	},
	{
		"a scope is one of those there are", func(w world) error {
			return makeToken(w, account.CreateToken{Name: "till", Scopes: []actor.Scope{"everything"}})
		},
		errs.Invalid, "scopes", `There is no scope "everything". Choose among ship, track, documents, auths, accounts.`,
	},
	{
		"a token ends in time to come", func(w world) error { return makeToken(w, account.CreateToken{Name: "till", ExpiresMs: 1}) },
		errs.Invalid, "expires_ms", "The token would have expired already. Give a time to come, or none.",
	},
	{
		"a value that was cut is seen", func(w world) error {
			return makeToken(w, account.CreateToken{Name: "till", Value: secret.New("pkt_live_" + strings.Repeat("0", 40))})
		},
		errs.Invalid, "value", "This starts like a secret of Packbench (pkt_live_…), but its check characters are wrong: it was cut or mistyped. Copy it again.",
	},
	{
		"a value stands for one token", func(w world) error {
			value := secret.New("typed-by-hand-0001")
			if err := makeToken(w, account.CreateToken{Name: "till", Value: value}); err != nil {
				return err
			}
			return makeToken(w, account.CreateToken{Name: "desk", Value: value})
		},
		errs.Conflict, "value", "This value is in use here already. Choose another one, or leave it out to have one made.",
	},
	{
		"a deleted token is gone", func(w world) error { return w.Accounts.DeleteToken(w.ctx, "nowhere") },
		errs.NotFound, "", "There is no such token; it may have been deleted.",
	},
}
