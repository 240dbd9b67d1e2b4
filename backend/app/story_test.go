package app_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/backend/core/actor"
	"packbench/backend/doors/desktop"
)

// deed is one action, as each door does it. value is what it shows where that is the same everywhere.
type deed func(t *testing.T, h *house) (value string, refused told)

// step is one action of the story. api nil is an action that the courier API does not have; at is the field of a refusal
// ("-" for none), "" for an action that is done.
type step struct {
	name                  string
	at                    string
	window, api, terminal deed
}

const (
	shopName = "Web shop"
	broughtT = "value-of-another-system-123"
)

// w makes a window's deed of what a bound method answers.
func w(do func(t *testing.T, h *house) error) deed {
	return func(t *testing.T, h *house) (string, told) { return "", said(do(t, h)) }
}

// cmd is a deed of the terminal.
func cmd(stdin string, args ...string) deed {
	return func(t *testing.T, h *house) (string, told) {
		value, refused := h.command(t, stdin, args...)
		if !slices.Contains(args, "reveal") {
			value = "" // what was made here by chance
		}
		return value, refused
	}
}

// post is a deed of the API, as the account's order system.
func post(as, route, body string) deed {
	return func(t *testing.T, h *house) (string, told) {
		_, refused := h.call(t, as, route, body)
		return "", refused
	}
}

func newAccount(in desktop.NewAccount) deed {
	return w(func(_ *testing.T, h *house) error { _, err := h.window.accounts.Create(in); return err })
}

func newToken(in desktop.NewToken) deed {
	return w(func(t *testing.T, h *house) error {
		in.AccountID = h.account(t, shopName).ID
		made, err := h.window.accounts.CreateToken(in)
		if in.Name == "All" {
			h.tokens[shopName] = made.Value
		}
		return err
	})
}

func newAuth(in desktop.AuthForm) deed {
	return w(func(t *testing.T, h *house) error {
		in.AccountID, in.Courier = h.account(t, shopName).ID, "OwnFleet"
		_, err := h.window.auths.Register(in)
		return err
	})
}

// onAuth is a deed of the window on the shop's auth of a company.
func onAuth(company string, do func(a *desktop.Auths, id string, version int64, form desktop.AuthForm) error) deed {
	return w(func(t *testing.T, h *house) error {
		list, err := h.window.auths.List(string(h.account(t, shopName).ID))
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.Company == company {
				return do(h.window.auths, string(a.ID), a.Version, desktop.AuthForm{Company: a.Company, Testing: a.Testing, TrackingOnly: a.TrackingOnly})
			}
		}
		t.Fatalf("no auth %q", company)
		return nil
	})
}

// onAccount is a deed of the window on an account.
func onAccount(name string, do func(a *desktop.Accounts, id string, version int64) error) deed {
	return w(func(t *testing.T, h *house) error {
		x := h.account(t, name)
		return do(h.window.accounts, string(x.ID), x.Version)
	})
}

func onGroup(name string, do func(a *desktop.Accounts, h *house, t *testing.T, id string) error) deed {
	return w(func(t *testing.T, h *house) error { return do(h.window.accounts, h, t, string(h.group(t, name).ID)) })
}

func last[T any](_ T, err error) error { return err }

// story is everything that can be done with groups, accounts, keys, tokens, auths and presets, with the ways it goes wrong.
var story = slices.Concat(groupsAndAccounts, keysAndTokens, authsAndPresets, theEnd)

// The same action through the window, the courier API and the terminal leaves the same things stored and the same lines in
// the audit, each under its own door; what is refused is refused in the same words at the same field, and leaves nothing.
func TestThreeDoorsDoAlike(t *testing.T) {
	window, api, terminal := newHouse(t, actor.Window), newHouse(t, actor.API), newHouse(t, actor.Terminal)
	before, doors := window.state(t)
	for _, s := range story {
		shown, said := s.window(t, window)
		inAPI := s.api
		if inAPI == nil {
			inAPI = s.window
		}
		apiShown, apiSaid := inAPI(t, api)
		terminalShown, terminalSaid := s.terminal(t, terminal)
		if shown != apiShown || shown != terminalShown {
			t.Errorf("%s: the doors show %q, %q and %q", s.name, shown, apiShown, terminalShown)
		}
		same(t, s.name+": what the window (-) and the API (+) say", said, here(apiSaid))
		same(t, s.name+": what the window (-) and the terminal (+) say", said, terminalSaid)
		if (s.at == "") != (said.Message == "") || s.at != "" && s.at != "-" && said.Fields[s.at] == "" {
			t.Errorf("%s: refused at %q: %+v", s.name, s.at, said)
		}

		after, added := window.state(t)
		inAPIAfter, inAPIAdded := api.state(t)
		terminalAfter, terminalAdded := terminal.state(t)
		same(t, s.name+": what the window (-) and the API (+) stored", after, inAPIAfter)
		same(t, s.name+": what the window (-) and the terminal (+) stored", after, terminalAfter)
		if s.at != "" && before != after {
			t.Errorf("%s: was refused and changed %s", s.name, cmp.Diff(before, after))
		}
		if s.at == "" && len(added) == len(doors) {
			t.Errorf("%s: the audit does not tell of it", s.name)
		}
		n := len(added) - len(doors)
		apiDoor := actor.API
		if s.api == nil {
			apiDoor = actor.Window
		}
		for i := range n {
			if added[i] != actor.Window || inAPIAdded[i] != apiDoor || terminalAdded[i] != actor.Terminal {
				t.Errorf("%s: the audit tells of the doors %s, %s and %s", s.name, added[i], inAPIAdded[i], terminalAdded[i])
			}
		}
		if t.Failed() {
			return // what follows builds on it
		}
		before, doors = after, added
	}
}

func same[T any](t *testing.T, what string, a, b T) {
	t.Helper()
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("%s differs:\n%s", what, diff)
	}
}

// here gives the API's fields the names that they have everywhere else.
func here(said told) told {
	if message, ok := said.Fields["api_user_group_name"]; ok {
		said.Fields["group"] = message
		delete(said.Fields, "api_user_group_name")
	}
	return said
}
