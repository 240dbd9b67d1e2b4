package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"packbench/backend/app"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// How many groups and accounts the API accounts page must show, and how soon.
const (
	benchGroups   = 500
	benchAccounts = 5000
	pageLimit     = 50 * time.Millisecond
)

// onScreen is the page that the API accounts page asks for.
var onScreen = page.Request{Limit: 100}

// accounts measures what the API accounts page waits for: the groups with their counts and the accounts, as the window
// hands them to the screen.
func accounts(binary string) error {
	f, err := newFolder(binary)
	if err != nil {
		return err
	}
	defer f.remove()
	if _, err := f.command("dev", "seed", "--groups", fmt.Sprint(benchGroups), "--accounts", fmt.Sprint(benchAccounts)); err != nil {
		return err
	}
	ctx := actor.With(context.Background(), actor.Actor{Door: actor.Window, Name: "bench"})
	a, err := app.Open(ctx, app.Options{DataDir: f.data(), PassphraseFile: f.passphrase(), Version: "bench"})
	if err != nil {
		return err
	}
	defer a.Close()
	groups, err := a.Accounts.Groups(ctx)
	if err != nil {
		return err
	}
	if len(groups) != benchGroups {
		return fmt.Errorf("%d groups are listed", len(groups))
	}
	first := func() (any, error) {
		groups, err := a.Accounts.Groups(ctx)
		if err != nil {
			return nil, err
		}
		list, err := a.Accounts.Page(ctx, account.Filter{GroupID: groups[0].ID}, onScreen)
		return []any{groups, list}, err
	}
	all := func() (any, error) { return a.Accounts.Page(ctx, account.Filter{}, onScreen) }
	for _, x := range []struct {
		name string
		read func() (any, error)
	}{
		{fmt.Sprintf("%d groups with counts and the accounts of the first, among %d", benchGroups, benchAccounts), first},
		{fmt.Sprintf("first page of all accounts among %d in %d groups", benchAccounts, benchGroups), all},
	} {
		took, err := shown(x.read)
		if err != nil {
			return err
		}
		ms, limit := milliseconds(took), milliseconds(pageLimit)
		if err := print(figure{Name: x.name, Value: ms, Unit: "ms", Limit: limit, Ratio: ms / limit, Goal: 1}); err != nil {
			return err
		}
	}
	return nil
}

// shown gives the median time until what a page shows is read and encoded for it.
func shown(read func() (any, error)) (time.Duration, error) {
	took := make([]time.Duration, 21)
	for i := range took {
		began := now()
		what, err := read()
		if err != nil {
			return 0, err
		}
		if _, err := json.Marshal(what); err != nil {
			return 0, err
		}
		took[i] = now().Sub(began)
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}
