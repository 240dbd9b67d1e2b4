package storetest

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/shipment"
)

// group makes a group.
func (b *Bench) group(name string) account.Group {
	b.Helper()
	ms, id := b.moment()
	g := account.Group{ID: account.GroupID(id), Name: name, NameKey: account.NameKey(name), Version: 1, CreatedMs: ms, UpdatedMs: ms}
	b.write(func(r Repo) error { return r.CreateGroup(g) })
	return g
}

// account makes an account in a group.
func (b *Bench) account(name string, in account.GroupID) account.Account {
	b.Helper()
	a := b.newAccount(name, in)
	b.write(func(r Repo) (err error) { a, err = r.CreateAccount(a); return err })
	return a
}

func (b *Bench) newAccount(name string, in account.GroupID) account.Account {
	ms, id := b.moment()
	a := SampleAccount(name, in, start)
	a.ID, a.CreatedMs, a.UpdatedMs = account.ID(id), ms, ms
	return a
}

// shop makes a group with one account.
func (b *Bench) shop() account.Account {
	b.Helper()
	return b.account("shop", b.group("clients").ID)
}

func groups(t *testing.T, b *Bench) {
	second, first := b.group("Zebra"), b.group("apple")
	list := get(b, func(r Repo) ([]account.Group, error) { return r.Groups() })
	if len(list) != 2 || list[0].ID != first.ID || list[1].ID != second.ID {
		t.Fatalf("groups = %+v, want them by their folded names", list)
	}
	same(b, "group", get(b, func(r Repo) (account.Group, error) { return r.GroupByName("Zebra") }), second)

	b.refuse(errs.Conflict, func(r Repo) error {
		return r.CreateGroup(account.Group{ID: "other", Name: "APPLE", NameKey: account.NameKey("APPLE"), Version: 1})
	})
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.GroupByName("zebra"); return err })

	renamed := first
	renamed.Name, renamed.NameKey = "Berry", "berry"
	b.write(func(r Repo) error { return r.UpdateGroup(renamed) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateGroup(renamed) }) // an old version
	renamed.Version, renamed.NameKey = 2, "zebra"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateGroup(renamed) }) // a taken name
	b.refuse(errs.NotFound, func(r Repo) error { return r.UpdateGroup(account.Group{ID: "none", NameKey: "none"}) })
	same(b, "version", get(b, func(r Repo) (account.Group, error) { return r.Group(first.ID) }).Version, 2)

	a := b.account("shop", first.ID)
	b.write(func(r Repo) error { return r.Touch(account.Use{AccountID: a.ID, AtMs: 77, From: "till"}) })
	g := get(b, func(r Repo) (account.Group, error) { return r.Group(first.ID) })
	same(b, "accounts of the group", g.Accounts, 1)
	same(b, "last use of the group", g.LastUsedMs, 77)
	same(b, "disabled accounts of the group", g.Disabled, 0)
	off := b.account("old till", first.ID)
	off.Disabled = true
	b.write(func(r Repo) error { return r.UpdateAccount(off) })
	g = get(b, func(r Repo) (account.Group, error) { return r.Group(first.ID) })
	same(b, "accounts of the group with a disabled one", g.Accounts, 2)
	same(b, "disabled accounts of the group", g.Disabled, 1)

	for i, at := range []int64{99, 100, 150, 199, 200} {
		s := SampleShipment(int64(i+1), []account.ID{a.ID, off.ID}[i%2], start)
		s.CreatedMs = at
		b.write(func(r Repo) error { return r.CreateShipment(s) })
	}
	counts := get(b, func(r Repo) (map[account.GroupID]int64, error) { return r.GroupShipments(100, 200) })
	same(b, "shipments of the group", counts[first.ID], 3)
	same(b, "shipments of a group without accounts", counts[second.ID], 0)

	b.refuse(errs.Conflict, func(r Repo) error { return r.DeleteGroup(first.ID) })
	b.write(func(r Repo) error { return r.DeleteGroup(second.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteGroup(second.ID) })
}

func accounts(t *testing.T, b *Bench) {
	g := b.group("clients")
	shop, mart := b.account("Shop", g.ID), b.account("mart_1", g.ID)
	if shop.APIUserID == 0 || shop.APIUserID == mart.APIUserID {
		t.Fatalf("numbers %d and %d, want two", shop.APIUserID, mart.APIUserID)
	}
	got := get(b, func(r Repo) (account.Account, error) { return r.Account(shop.ID) })
	same(b, "group", got.GroupName, "clients")
	same(b, "default sender", got.DefaultSender, shop.DefaultSender)
	same(b, "data key", string(got.DataKey), string(shop.DataKey))

	twin := b.newAccount("SHOP", g.ID)
	b.refuse(errs.Conflict, func(r Repo) error { _, err := r.CreateAccount(twin); return err })

	find := func(f account.Filter) int {
		return len(get(b, func(r Repo) (page.Result[account.Account], error) { return r.Accounts(f, page.Request{}) }).Items)
	}
	same(b, "all", find(account.Filter{}), 2)
	same(b, "by part of the name", find(account.Filter{Search: "SHO"}), 1)
	same(b, "by an underscore", find(account.Filter{Search: "_"}), 1)
	same(b, "by a per cent", find(account.Filter{Search: "%"}), 0)
	same(b, "by a group's name, unasked", find(account.Filter{Search: "CLIENT"}), 0)
	same(b, "by a group's name", find(account.Filter{Search: "CLIENT", InGroups: true}), 2)
	same(b, "by a name, in groups too", find(account.Filter{Search: "shop", InGroups: true}), 1)
	same(b, "of the group", find(account.Filter{GroupID: g.ID}), 2)
	same(b, "of another group", find(account.Filter{GroupID: "none"}), 0)

	accountPages(b, g)

	b.write(func(r Repo) error { return r.CreateShipment(SampleShipment(1, shop.ID, start)) })
	flying := SampleShipment(2, shop.ID, start)
	flying.State = shipment.Unknown
	b.write(func(r Repo) error { return r.CreateShipment(flying) })
	same(b, "in flight", get(b, func(r Repo) (int, error) { return r.ShipmentsInFlight(shop.ID) }), 1)
	same(b, "in flight with the auth", get(b, func(r Repo) (int, error) { return r.ShipmentsInFlightWith("auth") }), 0) // it is not registered
	same(b, "shipments", get(b, func(r Repo) (account.Account, error) { return r.AccountByName("Shop") }).Shipments, 2)

	same(b, "by its number", get(b, func(r Repo) (account.Account, error) { return r.AccountByUser(shop.APIUserID) }).ID, shop.ID)
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.AccountByUser(1 << 30); return err })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.AccountByName("shop"); return err })

	changed := shop
	changed.Disabled, changed.StrictIDs, changed.Name, changed.NameKey = true, true, "Store", "store"
	b.write(func(r Repo) error { return r.UpdateAccount(changed) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateAccount(changed) })
	got = get(b, func(r Repo) (account.Account, error) { return r.Account(shop.ID) })
	if !got.Disabled || !got.StrictIDs || got.Version != 2 || got.Shipments != 2 {
		t.Fatalf("changed account = %+v", got)
	}
	changed = mart
	changed.NameKey = "store"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateAccount(changed) })

	got.GroupID, got.DeletedMs, got.DataKey = "", 99, nil
	b.write(func(r Repo) error { return r.UpdateAccount(got) })
	same(b, "living", find(account.Filter{}), 1)
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.AccountByName("Store"); return err })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.AccountByUser(shop.APIUserID); return err })
	gone := get(b, func(r Repo) (account.Account, error) { return r.Account(shop.ID) })
	same(b, "name of the deleted", gone.Name, "Store")
	if gone.DataKey != nil {
		t.Fatal("a deleted account has a data key")
	}
	b.account("store", g.ID) // the name is free again
}

// accountPages checks that pages of any length bring each of two groups' accounts once, in the order of their folded names;
// there are mart_1 and Shop.
func accountPages(b *Bench, of account.Group) {
	b.Helper()
	more := b.group("warehouses")
	for _, name := range []string{"Zebra", "apple", "Äpfel", "market", "Shop 2", "a b"} {
		b.account(name, more.ID)
	}
	gone := b.account("a deleted one", more.ID)
	gone.GroupID, gone.DeletedMs = "", 1
	b.write(func(r Repo) error { return r.UpdateAccount(gone) })

	const want = "a b,apple,market,mart_1,Shop,Shop 2,Zebra,Äpfel"
	for limit := 1; limit <= 9; limit++ {
		same(b, "names by pages of "+strconv.Itoa(limit), b.accountNames(account.Filter{}, limit), want)
		same(b, "found by pages of "+strconv.Itoa(limit), b.accountNames(account.Filter{Search: "sho"}, limit), "Shop,Shop 2")
	}
	same(b, "names of a group", b.accountNames(account.Filter{GroupID: of.ID}, 1), "mart_1,Shop")
	for _, cursor := range []string{"x", "W10", "WyJzaGlwbWVudHMiLCIxIl0"} {
		b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Accounts(account.Filter{}, page.Request{Cursor: cursor}); return err })
	}

	briefs := get(b, func(r Repo) ([]account.Brief, error) { return r.AccountBriefs() })
	names := make([]string, len(briefs))
	for i, x := range briefs {
		names[i] = x.Name
	}
	same(b, "names of the briefs", strings.Join(names, ","), want)
	same(b, "group of a brief", briefs[3].GroupID, of.ID)
	same(b, "group's name of a brief", briefs[3].GroupName, of.Name)
	same(b, "auths of a brief", briefs[3].Auths, 0)

	for _, x := range briefs {
		if x.GroupID == more.ID {
			a := get(b, func(r Repo) (account.Account, error) { return r.Account(x.ID) })
			a.GroupID, a.DeletedMs = "", 1
			b.write(func(r Repo) error { return r.UpdateAccount(a) })
		}
	}
}

// accountNames reads a list of accounts by pages of a length, and gives the names.
func (b *Bench) accountNames(f account.Filter, limit int) string {
	b.Helper()
	list := pageThrough(b, limit, func(p page.Request) (page.Result[account.Account], error) {
		return get(b, func(r Repo) (page.Result[account.Account], error) { return r.Accounts(f, p) }), nil
	})
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = a.Name
	}
	return strings.Join(names, ",")
}

func secrets(t *testing.T, b *Bench) {
	a := b.shop()
	ms, id := b.moment()
	old := account.Key{ID: account.KeyID(id), AccountID: a.ID, Hint: "pka…1", CreatedMs: ms, Lookup: []byte("lookup 1"), Sealed: []byte("sealed 1")}
	ms, id = b.moment()
	current := account.Key{ID: account.KeyID(id), AccountID: a.ID, Hint: "pka…2", CreatedMs: ms, Lookup: []byte("lookup 2"), Sealed: []byte("sealed 2")}
	b.write(func(r Repo) error { return r.CreateKey(old) })
	b.write(func(r Repo) error { return r.CreateKey(current) })
	b.write(func(r Repo) error { return r.EndKey(old.ID, 5_000) })
	b.write(func(r Repo) error { return r.MarkTime(4_000) })
	b.write(func(r Repo) error { return r.MarkTime(3_000) })
	keys := get(b, func(r Repo) ([]account.Key, error) { return r.Keys(a.ID) })
	if len(keys) != 2 || keys[0].ID != current.ID || keys[1].EndsMs != 5_000 {
		t.Fatalf("keys = %+v, want the newest first and the other ending", keys)
	}
	same(b, "mark of the ending key", keys[1].MarkMs, 4_000)
	same(b, "mark of the current key", keys[0].MarkMs, 0)
	b.write(func(r Repo) error { return r.EndKey(old.ID, 6_000) })
	same(b, "mark after a new end", get(b, func(r Repo) ([]account.Key, error) { return r.Keys(a.ID) })[1].MarkMs, 0)
	b.refuse(errs.NotFound, func(r Repo) error { return r.EndKey("none", 1) })

	token := func(name, lookup string) account.Token {
		ms, id := b.moment()
		return account.Token{ID: account.TokenID(id), AccountID: a.ID, Name: name, Hint: "pkt…", Scopes: []actor.Scope{actor.Ship, actor.Track},
			Testing: true, ExpiresMs: 9, CreatedMs: ms, Lookup: []byte(lookup), Sealed: []byte("sealed")}
	}
	first := token("till", "lookup 3")
	b.write(func(r Repo) error { return r.CreateToken(first) })
	showOnce := token("show once", "lookup 4")
	showOnce.Sealed = nil
	b.write(func(r Repo) error { return r.CreateToken(showOnce) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateToken(token("TILL", "lookup 5")) })
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateToken(token("a key's value", "lookup 2")) })
	tokens := get(b, func(r Repo) ([]account.Token, error) { return r.Tokens(a.ID) })
	if len(tokens) != 2 || tokens[0].Name != "till" || len(tokens[0].Scopes) != 2 || !tokens[0].Testing || tokens[1].Sealed != nil {
		t.Fatalf("tokens = %+v, want the oldest first, whole", tokens)
	}

	bearer := get(b, func(r Repo) (account.Bearer, error) { return r.Bearer([]byte("lookup 3")) })
	if bearer.Token == nil || bearer.Key != nil || bearer.Token.ID != first.ID || bearer.Account.ID != a.ID || bearer.Token.ExpiresMs != 9 {
		t.Fatalf("bearer = %+v, want the token", bearer)
	}
	bearer = get(b, func(r Repo) (account.Bearer, error) { return r.Bearer([]byte("lookup 1")) })
	if bearer.Key == nil || bearer.Token != nil || bearer.Key.EndsMs != 6_000 || !bytes.Equal(bearer.Key.Sealed, old.Sealed) {
		t.Fatalf("bearer = %+v, want the key", bearer)
	}
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Bearer([]byte("lookup")); return err })

	b.write(func(r Repo) error {
		return r.Touch(account.Use{AccountID: a.ID, TokenID: first.ID, AtMs: 50, From: "curl"})
	})
	b.write(func(r Repo) error {
		return r.Touch(account.Use{AccountID: a.ID, TokenID: first.ID, AtMs: 40, From: "an older one"})
	})
	used := get(b, func(r Repo) (account.Token, error) { return r.Token(first.ID) })
	same(b, "last use", used.LastUsedMs, 50)
	same(b, "last user", used.LastUsedFrom, "curl")
	same(b, "last user of the account", get(b, func(r Repo) (account.Account, error) { return r.Account(a.ID) }).LastUsedFrom, "curl")
	same(b, "tokens of the account", get(b, func(r Repo) (account.Account, error) { return r.Account(a.ID) }).Tokens, 2)

	b.write(func(r Repo) error { return r.DeleteToken(first.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteToken(first.ID) })
	b.write(func(r Repo) error { return r.DeleteKey(old.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteKey(old.ID) })
	b.write(func(r Repo) error { return r.DeleteAccountSecrets(a.ID) })
	same(b, "keys left", len(get(b, func(r Repo) ([]account.Key, error) { return r.Keys(a.ID) })), 0)
	same(b, "tokens left", len(get(b, func(r Repo) ([]account.Token, error) { return r.Tokens(a.ID) })), 0)

	b.write(func(r Repo) error { return r.CreateKey(current) }) // its value is free again
	a.GroupID, a.DeletedMs = "", 1
	b.write(func(r Repo) error { return r.UpdateAccount(a) })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Bearer(current.Lookup); return err })
	b.write(func(r Repo) error { return r.DeleteKeys(a.ID) })
	same(b, "keys left", len(get(b, func(r Repo) ([]account.Key, error) { return r.Keys(a.ID) })), 0)
}
