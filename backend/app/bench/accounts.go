package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"packbench/backend/app"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// How many groups and accounts the API accounts page must show, and how soon.
const (
	benchGroups   = 500
	benchAccounts = 5000
	pageLimit     = 50 * time.Millisecond
)

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
	took := make([]time.Duration, 21)
	for i := range took {
		began := now()
		if err := page(ctx, a.Accounts); err != nil {
			return err
		}
		took[i] = now().Sub(began)
	}
	slices.Sort(took)
	ms, limit := milliseconds(took[len(took)/2]), milliseconds(pageLimit)
	return print(figure{
		Name:  fmt.Sprintf("%d groups with counts and %d accounts listed, median", benchGroups, benchAccounts),
		Value: ms, Unit: "ms", Limit: limit, Ratio: ms / limit, Goal: 1,
	})
}

// page reads and encodes what the page shows.
func page(ctx context.Context, s *account.Service) error {
	groups, err := s.Groups(ctx)
	if err != nil {
		return err
	}
	list, err := s.List(ctx, account.Filter{})
	if err != nil {
		return err
	}
	if len(groups) != benchGroups || len(list) != benchAccounts {
		return fmt.Errorf("%d groups and %d accounts are listed", len(groups), len(list))
	}
	_, err = json.Marshal([]any{groups, list})
	return err
}
