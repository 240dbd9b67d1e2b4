package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/requestlog"
)

func requests(t *testing.T, b *Bench) {
	var whole requestlog.Entry
	for n := range int64(25) {
		e := requestlog.Entry{
			Number: n + 1, AtMs: 1_000 + n, AccountID: account.ID(fmt.Sprint("account ", n%2)), TokenName: "till", RequestID: fmt.Sprint("r", n%5), Method: "POST",
			Path: "/api/couriers/v1/OwnFleet/create-label", Status: 200, TookUs: 900 + n, From: "curl/8", Request: `{"shipment":{}}`, Response: `{"success":true}`,
		}
		if n%4 == 0 {
			e.Status, e.RequestID = 422, ""
		}
		b.write(func(r Repo) error { return r.AppendRequest(e) })
		whole = e
	}
	same(b, "entry", get(b, func(r Repo) (requestlog.Entry, error) { return r.Request(whole.Number) }), whole)
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Request(99); return err })

	for _, c := range []struct {
		f    requestlog.Filter
		want string
	}{
		{requestlog.Filter{}, "25 24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1"},
		{requestlog.Filter{AccountID: "account 1"}, "24 22 20 18 16 14 12 10 8 6 4 2"},
		{requestlog.Filter{RequestID: "r3"}, "24 19 14 4"},
		{requestlog.Filter{Failed: true}, "25 21 17 13 9 5 1"},
		{requestlog.Filter{AccountID: "account 1", RequestID: "r3", Failed: true}, ""},
	} {
		list := pageThrough(t, 4, func(p page.Request) (page.Result[requestlog.Entry], error) {
			return get(b, func(r Repo) (page.Result[requestlog.Entry], error) { return r.Requests(c.f, p) }), nil
		})
		var got []string
		for _, e := range list {
			got = append(got, fmt.Sprint(e.Number))
			if e.Request != "" || e.Response != "" {
				t.Errorf("entry %d of a list carries its bodies", e.Number)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v gives %v, want %s", c.f, got, c.want)
		}
	}
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Requests(requestlog.Filter{}, page.Request{Cursor: "x"}); return err })
}

func audits(t *testing.T, b *Bench) {
	ctx := actor.With(t.Context(), actor.Actor{Door: actor.Window, Name: "sam", From: "bench 1"})
	for n := range 25 {
		subject := audit.Subject{Kind: "token", ID: fmt.Sprint("id ", n%3), Name: "till"}
		b.write(func(r Repo) error {
			return audit.Record(ctx, r, start.Add(time.Duration(n)*time.Second), fmt.Sprint("token.verb", n%2), subject, fmt.Sprint("account ", n%5), nil, map[string]int{"n": n})
		})
	}
	order := func(f audit.Filter) string {
		list := pageThrough(t, 4, func(p page.Request) (page.Result[audit.Row], error) {
			return get(b, func(r Repo) (page.Result[audit.Row], error) { return r.ListAudit(f, p) }), nil
		})
		var got []string
		for _, e := range list {
			var after struct{ N int }
			if err := json.Unmarshal(e.After, &after); err != nil || e.Before != nil || e.Actor != "sam" || e.Door != actor.Window || e.Subject.Name != "till" {
				t.Errorf("entry %+v: %v", e, err)
			}
			got = append(got, fmt.Sprint(after.N))
		}
		return strings.Join(got, " ")
	}
	same(b, "all", order(audit.Filter{}), "24 23 22 21 20 19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0")
	same(b, "of an account", order(audit.Filter{AccountID: "account 2"}), "22 17 12 7 2")
	same(b, "of a verb", order(audit.Filter{Action: "token.verb1", SubjectID: "id 0"}), "21 15 9 3")
	same(b, "of a thing", order(audit.Filter{SubjectID: "id 1"}), "22 19 16 13 10 7 4 1")
	same(b, "of a kind", order(audit.Filter{Action: "token", SubjectID: "id 1"}), "22 19 16 13 10 7 4 1")
	same(b, "of another kind", order(audit.Filter{Action: "toke"}), "")
	same(b, "of a person", order(audit.Filter{Actor: "sam", SubjectID: "id 2", AccountID: "account 0"}), "20 5")
	same(b, "of nobody", order(audit.Filter{Actor: "kim"}), "")
	same(b, "through a door", order(audit.Filter{Door: actor.Window, AccountID: "account 4"}), "24 19 14 9 4")
	same(b, "through another", order(audit.Filter{Door: actor.API}), "")
	same(b, "by part of a name", order(audit.Filter{Subject: "ILL", AccountID: "account 1"}), "21 16 11 6 1")
	same(b, "by no pattern", order(audit.Filter{Subject: "t_ll"}), "")
	same(b, "of days", order(audit.Filter{FromMs: start.Add(3 * time.Second).UnixMilli(), ToMs: start.Add(6 * time.Second).UnixMilli()}), "5 4 3")
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.ListAudit(audit.Filter{}, page.Request{Cursor: "x"}); return err })
	chain(t, b)
}

// chain asks for the links of the 25 entries above.
func chain(t *testing.T, b *Bench) {
	same(b, "who", strings.Join(get(b, Repo.AuditActors), " "), "sam")
	rows := get(b, func(r Repo) ([]audit.Row, error) { return r.AuditRows(20, 3) })
	if len(rows) != 3 || rows[0].Seq != 21 || rows[2].Seq != 23 || len(rows[0].Hash) != 32 || len(rows[0].MAC) != 32 {
		t.Errorf("rows behind 20: %+v", rows)
	}
	head := get(b, Repo.AuditHead)
	link := get(b, func(r Repo) (audit.Link, error) { return r.AuditLink(25) })
	if head.Seq != 25 || head.AtMs != start.Add(24*time.Second).UnixMilli() || string(link.Hash) != string(head.Hash) {
		t.Errorf("the end is %+v, entry 25 %+v", head, link)
	}
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.AuditLink(26); return err })
	if err := b.Store.Write(t.Context(), func(r Repo) error { return r.SealAudit(rows[0]) }); err == nil {
		t.Error("a sealed entry was sealed again")
	}
}
