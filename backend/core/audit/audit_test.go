package audit_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/testkit"
)

type kept []audit.Entry

func (k *kept) AppendAudit(e audit.Entry) error {
	*k = append(*k, e)
	return nil
}

type full struct{}

var errFull = errors.New("no space left on the disk")

func (full) AppendAudit(audit.Entry) error { return errFull }

func TestRecordSaysWhoDidWhatToWhichThing(t *testing.T) {
	ctx := actor.With(t.Context(), actor.Actor{Door: actor.API, Name: "till", From: "curl/8"})
	var list kept
	subject := audit.Subject{Kind: "token", ID: "t1", Name: "till"}
	err := audit.Record(ctx, &list, testkit.Start, "token.create", subject, "a1", nil, map[string]any{"value": secret.New("canary-7f3a")})
	if err != nil {
		t.Fatal(err)
	}
	e := list[0]
	if e.ID == "" || e.AtMs != testkit.Start.UnixMilli() || e.Door != actor.API || e.Actor != "till" || e.From != "curl/8" ||
		e.Action != "token.create" || e.Subject != subject || e.AccountID != "a1" || e.Before != nil || string(e.After) != `{"value":"[redacted]"}` {
		t.Errorf("recorded %+v", e)
	}
	raw, err := json.Marshal(e)
	if err != nil || strings.Contains(string(raw), "canary") || strings.Contains(string(raw), "before") {
		t.Errorf("written as %s, %v", raw, err)
	}
}

func TestRecordFailsWithItsStore(t *testing.T) {
	if err := audit.Record(t.Context(), full{}, testkit.Start, "a.b", audit.Subject{}, "", nil, nil); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
	var list kept
	for _, odd := range []any{func() {}, make(chan int)} {
		if err := audit.Record(t.Context(), &list, testkit.Start, "a.b", audit.Subject{}, "", odd, nil); err == nil || len(list) != 0 {
			t.Errorf("what can't be written was recorded: %v", list)
		}
	}
}

func TestListIsNewestFirstAndOnlyForPeopleHere(t *testing.T) {
	b := testkit.New(t)
	ctx := testkit.Manager(t)
	first, second := b.Account(t, "First"), b.Account(t, "Second")
	b.Clock.Advance(-time.Hour) // order does not hang on a clock that is set back
	if _, err := b.Accounts.SetDisabled(ctx, first.ID, true); err != nil {
		t.Fatal(err)
	}
	list, err := b.Audit.List(ctx, audit.Filter{AccountID: string(first.ID)}, page.Request{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("listed %+v, %v", list, err)
	}
	all, err := b.Audit.List(ctx, audit.Filter{Action: "account.create"}, page.Request{Limit: 1})
	if err != nil || len(all.Items) != 1 || all.Items[0].Subject.ID != string(second.ID) || all.Next == "" {
		t.Fatalf("the first page holds %+v, %v", all, err)
	}
	rest, err := b.Audit.List(ctx, audit.Filter{Action: "account.create"}, page.Request{Limit: 1, Cursor: all.Next})
	if err != nil || len(rest.Items) != 1 || rest.Items[0].Subject.ID != string(first.ID) || rest.Next != "" {
		t.Fatalf("the second page holds %+v, %v", rest, err)
	}
	_, err = b.Audit.List(testkit.Caller(t, first.ID, actor.AllScopes()...), audit.Filter{}, page.Request{})
	if !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token got %v", err)
	}
}
