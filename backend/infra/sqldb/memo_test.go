package sqldb_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/sqldb/storetest"
)

// What a program remembers of accounts, secrets and auths is never older than what another program on the same file has
// just committed.
func TestWhatIsRememberedIsNeverOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	here, there := sqldb.As[storetest.Repo](openTest(t, path)), sqldb.As[storetest.Repo](openTest(t, path))
	lookup := []byte("the hash of a token")
	owner := storetest.SampleAccount("shop", "g", time.UnixMilli(1))
	write := func(fn func(storetest.Repo) error) {
		t.Helper()
		if err := there.Write(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	read := func() (b account.Bearer, record account.Account, list []auth.Auth, err error) {
		t.Helper()
		failed := here.Read(t.Context(), func(r storetest.Repo) error {
			b, err = r.Bearer(lookup)
			var errs [2]error
			record, errs[0] = r.AccountRecord(owner.ID)
			list, errs[1] = r.AuthsFor(owner.ID, "OwnFleet")
			if errs[0] != nil {
				return errs[0]
			}
			return errs[1]
		})
		if failed != nil {
			t.Fatal(failed)
		}
		return b, record, list, err
	}

	write(func(r storetest.Repo) error {
		if err := r.CreateGroup(account.Group{ID: "g", Name: "One", NameKey: "one", Version: 1}); err != nil {
			return err
		}
		var err error
		if owner, err = r.CreateAccount(owner); err != nil {
			return err
		}
		return r.CreateToken(account.Token{ID: "t", AccountID: owner.ID, Name: "till", Lookup: lookup})
	})
	for range 2 { // the second time from memory
		b, record, list, err := read()
		if err != nil || b.Token == nil || b.Token.ID != "t" || b.Account.GroupName != "One" || record.Name != "shop" || len(list) != 0 {
			t.Fatalf("%+v %+v %v %v", b, record, list, err)
		}
		b.Token.Name, b.Account.Name = "changed by its reader", "changed"
	}

	write(func(r storetest.Repo) error {
		return r.UpdateGroup(account.Group{ID: "g", Name: "Two", NameKey: "two", Version: 1})
	})
	if b, _, _, err := read(); err != nil || b.Account.GroupName != "Two" || b.Token.Name != "till" {
		t.Errorf("behind a new name of the group: %+v %v", b.Account, err)
	}
	write(func(r storetest.Repo) error {
		return r.CreateAuth(auth.Auth{ID: "a", AccountID: owner.ID, Courier: "OwnFleet", Company: "Main", Version: 1})
	})
	if _, _, list, _ := read(); len(list) != 1 {
		t.Errorf("behind a new auth: %v", list)
	}
	owner.Disabled = true
	write(func(r storetest.Repo) error { return r.UpdateAccount(owner) })
	if b, record, _, err := read(); err != nil || !b.Account.Disabled || !record.Disabled {
		t.Errorf("behind disabling: %+v %+v %v", b.Account, record, err)
	}
	write(func(r storetest.Repo) error { return r.DeleteAuth("a") })
	if _, _, list, _ := read(); len(list) != 0 {
		t.Errorf("behind deleting the auth: %v", list)
	}
	write(func(r storetest.Repo) error { return r.DeleteToken("t") })
	if _, _, _, err := read(); !errs.Is(err, errs.NotFound) {
		t.Errorf("a deleted token is still known: %v", err)
	}
}

// What is remembered and what is read beside it are one state of the data, whatever another program changes meanwhile.
func TestAReadSeesOneStateOfWhatIsRememberedToo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	here, there := sqldb.As[storetest.Repo](openTest(t, path)), sqldb.As[storetest.Repo](openTest(t, path))
	lookup := []byte("the hash of a token")
	owner := storetest.SampleAccount("shop", "g", time.UnixMilli(1))
	write(t, there, func(r storetest.Repo) (err error) {
		if err := r.CreateGroup(account.Group{ID: "g", Name: "0", NameKey: "0", Version: 1}); err != nil {
			return err
		}
		if owner, err = r.CreateAccount(owner); err != nil {
			return err
		}
		return r.CreateToken(account.Token{ID: "t", AccountID: owner.ID, Name: "till", Lookup: lookup})
	})
	change := func(n int64) {
		t.Helper()
		name := strconv.FormatInt(n, 10)
		write(t, there, func(r storetest.Repo) error {
			if err := r.UpdateGroup(account.Group{ID: "g", Name: name, NameKey: name, Version: n}); err != nil {
				return err
			}
			return r.CreateAuth(auth.Auth{ID: auth.ID(name), AccountID: owner.ID, Courier: "OwnFleet", Company: name, Version: 1})
		})
	}
	// All that a reader sees of it: three times the same number.
	state := func(r storetest.Repo) string {
		t.Helper()
		b, err := r.Bearer(lookup)
		group, groupErr := r.Group("g") // never remembered
		list, listErr := r.AuthsFor(owner.ID, "OwnFleet")
		_, unknown := r.Group("none") // comes to its end without a row
		if err != nil || groupErr != nil || listErr != nil || !errs.Is(unknown, errs.NotFound) {
			t.Fatal(err, groupErr, listErr, unknown)
		}
		return b.Account.GroupName + " " + group.Name + " " + strconv.Itoa(len(list))
	}

	for n := range int64(4) {
		want := fmt.Sprint(n, n, n)
		if n%2 == 1 { // the others remember nothing yet
			read(t, here, func(r storetest.Repo) error { same(t, "before", state(r), want); return nil })
		}
		read(t, here, func(r storetest.Repo) error {
			same(t, "at first", state(r), want)
			change(n + 1)
			same(t, "behind a change", state(r), want)
			return nil
		})
	}
	read(t, here, func(r storetest.Repo) error { same(t, "in the end", state(r), "4 4 4"); return nil })
}

func same(t *testing.T, when, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s", when, got, want)
	}
}

func read(t *testing.T, s store.Store[storetest.Repo], fn func(storetest.Repo) error) {
	t.Helper()
	if err := s.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
