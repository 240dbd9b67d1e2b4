package account_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/infra/sqldb"
)

// Somebody who can write into the database moves sealed values and data keys about: nothing opens in another place.
func TestMovedSecretsDoNotOpen(t *testing.T) {
	w := newWorld(t)
	other := w.Account(t, "Other")
	mine, _ := w.token(t, account.CreateToken{Name: "mine"})
	also, _ := w.token(t, account.CreateToken{Name: "also mine"})
	theirs, _, err := w.Accounts.CreateToken(w.ctx, account.CreateToken{AccountID: other.ID, Name: "theirs"})
	ok(t, err)
	var key account.Key
	ok(t, sqldb.As[account.Repo](w.DB).Read(w.ctx, func(r account.Repo) error {
		keys, err := r.Keys(w.account.ID)
		key = keys[0]
		return err
	}))
	edit := func(change func(r account.Repo) error) {
		t.Helper()
		ok(t, sqldb.As[account.Repo](w.DB).Write(w.ctx, change))
	}
	put := func(token account.Token, sealed []byte) {
		t.Helper()
		edit(func(r account.Repo) error {
			if err := r.DeleteToken(token.ID); err != nil {
				return err
			}
			token.Sealed = sealed
			return r.CreateToken(token)
		})
	}
	for name, sealed := range map[string][]byte{"another token": also.Sealed, "a key": key.Sealed, "another account": theirs.Sealed, "nothing": nil} {
		put(mine, sealed)
		value, err := w.Accounts.RevealToken(w.ctx, mine.ID)
		if !errs.Is(err, errs.Internal) || !value.IsZero() {
			t.Errorf("sealed for %s: got %v", name, err)
		}
	}
	put(mine, mine.Sealed)
	_, err = w.Accounts.RevealToken(w.ctx, mine.ID)
	ok(t, err)

	current, _, err := w.Accounts.RegenerateKey(w.ctx, w.account.ID, 0)
	ok(t, err)
	edit(func(r account.Repo) error { // the old key's value in the new key's row
		if err := r.DeleteKey(current.ID); err != nil {
			return err
		}
		current.Sealed = key.Sealed
		return r.CreateKey(current)
	})
	_, err = w.Accounts.RevealKey(w.ctx, w.account.ID)
	want(t, err, errs.Internal, "", "can't be opened")

	// With the account's data key as well, it is still another token's place.
	put(theirs, mine.Sealed)
	edit(func(r account.Repo) error {
		b, err := r.Account(other.ID)
		if err != nil {
			return err
		}
		b.DataKey = w.account.DataKey
		return r.UpdateAccount(b)
	})
	_, err = w.Accounts.RevealToken(w.ctx, theirs.ID)
	want(t, err, errs.Internal, "", "can't be opened")
}

func TestRandomSecretsAreNeverAdmitted(t *testing.T) {
	w := newWorld(t)
	_, token := w.token(t, account.CreateToken{Name: "till"})
	_, brought := w.token(t, account.CreateToken{Name: "brought", Value: secret.New("abcdef0123456789")})
	known := map[string]bool{token.Expose(): true, brought.Expose(): true, w.key.Expose(): true}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringMatching(`[!-~]{16,40}`), rapid.StringMatching(`pk[at]_(live|test)_[0-9A-Za-z]{49}`), rapid.String(),
			rapid.Custom(func(t *rapid.T) string { // a known one with a character changed
				from := []byte(rapid.SampledFrom([]string{token.Expose(), brought.Expose(), w.key.Expose()}).Draw(t, "from"))
				from[rapid.IntRange(0, len(from)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "to")
				return string(from)
			}),
		).Draw(t, "secret")
		user := rapid.SampledFrom([]string{"", "Web shop", "Other"}).Draw(t, "user")
		who, err := w.Accounts.Authenticate(w.ctx, account.Presented{APIUser: user, Secret: secret.New(text)})
		if !known[text] && (!errs.Is(err, errs.Unauthorized) || fmt.Sprint(who) != fmt.Sprint(account.Principal{})) {
			t.Fatalf("%q as %q: %+v, %v", text, user, who, err)
		}
	})
}
