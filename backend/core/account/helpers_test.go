package account_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/secret"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/testkit"
)

// want checks an error's code, the path of its first field ("" for none) and that it says something.
func want(t *testing.T, err error, code errs.Code, path, says string) {
	t.Helper()
	if !errs.Is(err, code) {
		t.Fatalf("got %v (%s), want %s", err, errs.CodeOf(err), code)
	}
	got := ""
	if fields := errs.As(err).Fields; len(fields) > 0 {
		got = fields[0].Path
	}
	if got != path || !strings.Contains(err.Error(), says) {
		t.Fatalf("got %v at %q, want it at %q and to say %q", err, got, path, says)
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a bench with one account in one group.
type world struct {
	*testkit.Bench
	ctx     context.Context
	group   account.Group
	account account.Account
	key     secret.Value
}

func newWorld(t testing.TB) world {
	t.Helper()
	w := world{Bench: testkit.New(t), ctx: testkit.Manager(t)}
	var err error
	w.group, err = w.Accounts.CreateGroup(w.ctx, "North")
	ok(t, err)
	w.account, w.key, err = w.Accounts.Create(w.ctx, account.CreateAccount{GroupID: w.group.ID, Name: "Web shop"})
	ok(t, err)
	return w
}

func (w world) token(t *testing.T, in account.CreateToken) (account.Token, secret.Value) {
	t.Helper()
	in.AccountID = w.account.ID
	token, value, err := w.Accounts.CreateToken(w.ctx, in)
	ok(t, err)
	return token, value
}

// authenticate presents a secret alone.
func (w world) authenticate(t *testing.T, value secret.Value) (account.Principal, error) {
	t.Helper()
	return w.Accounts.Authenticate(t.Context(), account.Presented{Secret: value, From: "curl/8"})
}

// actions gives what the audit holds, oldest first.
func (w world) actions(t *testing.T) []audit.Entry {
	t.Helper()
	list, err := w.Audit.List(w.ctx, audit.Filter{}, page.Request{Limit: page.MaxLimit})
	ok(t, err)
	out := make([]audit.Entry, 0, len(list.Items))
	for i := len(list.Items) - 1; i >= 0; i-- {
		out = append(out, list.Items[i].Entry)
	}
	return out
}

var errAudit = errors.New("the audit can't be written")

// unaudited is a store on which no audit entry can be written.
type unaudited struct{ store.Store[account.Repo] }

func (s unaudited) Write(ctx context.Context, fn func(account.Repo) error) error {
	return s.Store.Write(ctx, func(r account.Repo) error { return fn(noAudit{r}) })
}

type noAudit struct{ account.Repo }

func (noAudit) AppendAudit(audit.Entry) error { return errAudit }

type testContext = context.Context

// inFlight is a store on which the account has shipments in flight.
type inFlight struct {
	store.Store[account.Repo]
	count int
}

func (s inFlight) Write(ctx context.Context, fn func(account.Repo) error) error {
	return s.Store.Write(ctx, func(r account.Repo) error { return fn(flying{r, s.count}) })
}

type flying struct {
	account.Repo
	count int
}

func (f flying) ShipmentsInFlight(account.ID) (int, error) { return f.count, nil }
