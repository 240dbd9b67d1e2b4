// Package actor says who is doing something and through which door, and what they may do. Services ask it; no door has
// rules of its own.
package actor

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
)

// Door is the way in that was used.
type Door string

// The doors.
const (
	Window   Door = "window"
	Terminal Door = "terminal"
	API      Door = "api"
	System   Door = "system" // the program itself: start-up, clean-up
)

// Scope is what a token may be used for.
type Scope string

// The scopes of a token. Accounts is never given unless asked for.
const (
	Ship      Scope = "ship"      // buy and cancel labels
	Track     Scope = "track"     // read shipments and tracking
	Documents Scope = "documents" // labels, packing slips, invoices
	Auths     Scope = "auths"     // register and list courier auths and presets
	Accounts  Scope = "accounts"  // create and delete API accounts and tokens
)

// DefaultScopes is what a new token may do when nothing is chosen.
func DefaultScopes() []Scope { return []Scope{Ship, Track, Documents, Auths} }

// AllScopes lists every scope.
func AllScopes() []Scope { return []Scope{Ship, Track, Documents, Auths, Accounts} }

// Actor is who acts. AccountID and Scopes are set for callers of the courier API only; the person at the window or the
// terminal acts for every account.
type Actor struct {
	Door      Door
	Name      string // token name, "account key", or the operating system's user
	AccountID string
	Scopes    []Scope
	TestOnly  bool   // a test token never buys live labels
	From      string // the calling program (user agent)
}

type contextKey struct{}

// With puts the actor into the context; doors do this once for each call.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, contextKey{}, a)
}

// From gives the actor, and false where none was put.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(contextKey{}).(Actor)
	return a, ok
}

// Allow checks that the actor may do what the scope covers on the account. It returns Unauthorized where nobody is
// known, NotFound for another account's things (whose existence is not told), Forbidden where the scope is missing.
func Allow(ctx context.Context, accountID string, scope Scope) error {
	a, ok := From(ctx)
	switch {
	case !ok:
		return errs.New(errs.Unauthorized, "Nobody is signed in.")
	case a.Door != API:
		return nil
	case accountID != "" && a.AccountID != accountID:
		return errs.New(errs.NotFound, "There is no such thing on this API account.")
	case !slices.Contains(a.Scopes, scope):
		return errs.New(errs.Forbidden, "This token may not do that: it lacks the scope %q.", string(scope))
	}
	return nil
}

// AllowManager checks that the actor sits at this machine (window, terminal, the program itself): what no token may do.
func AllowManager(ctx context.Context) error {
	a, ok := From(ctx)
	switch {
	case !ok:
		return errs.New(errs.Unauthorized, "Nobody is signed in.")
	case a.Door == API:
		return errs.New(errs.Forbidden, "This can only be done in Packbench itself.")
	}
	return nil
}

// AllowAccount checks that the actor may touch the account's things at all: a caller of the courier API only its own.
// It returns Unauthorized where nobody is known, NotFound for another account's things.
func AllowAccount(ctx context.Context, accountID string) error {
	a, ok := From(ctx)
	switch {
	case !ok:
		return errs.New(errs.Unauthorized, "Nobody is signed in.")
	case a.Door == API && a.AccountID != accountID:
		return errs.New(errs.NotFound, "There is no such thing on this API account.")
	}
	return nil
}

// AllowAccounts checks that the actor may create and delete API accounts and tokens: at this machine, or with a token
// that was given the scope Accounts. It returns Unauthorized and Forbidden.
func AllowAccounts(ctx context.Context) error { return Allow(ctx, "", Accounts) }
