package auth_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/testkit"
)

func TestResolve(t *testing.T) {
	yes, no := true, false
	type is struct {
		company  string
		testing  bool
		tracking bool
	}
	for name, c := range map[string]struct {
		has     []is
		company string
		testing *bool
		test    bool // by a test token
		want    is
		code    errs.Code
		paths   string
		says    string
	}{
		"none":                           {code: errs.Invalid, paths: "auth_company", says: "no registered auth of Parcelers"},
		"only tracking":                  {has: []is{{"A", false, true}}, code: errs.Invalid, paths: "auth_company", says: "to buy with"},
		"the only one, live":             {has: []is{{"A", false, false}}, want: is{company: "A"}},
		"the only one, test":             {has: []is{{"A", true, false}}, want: is{"A", true, false}},
		"the only one beside tracking":   {has: []is{{"A", false, false}, {"B", true, true}}, want: is{company: "A"}},
		"both modes":                     {has: []is{{"A", false, false}, {"A", true, false}}, code: errs.Invalid, paths: "testing", says: "live is never assumed"},
		"both modes, test said":          {has: []is{{"A", false, false}, {"A", true, false}}, testing: &yes, want: is{"A", true, false}},
		"both modes, live said":          {has: []is{{"A", false, false}, {"A", true, false}}, testing: &no, want: is{company: "A"}},
		"both modes, company said":       {has: []is{{"A", false, false}, {"A", true, false}}, company: "A", code: errs.Invalid, paths: "testing", says: "live is never assumed"},
		"modes of two companies":         {has: []is{{"A", false, false}, {"B", true, false}}, code: errs.Invalid, paths: "testing", says: "live is never assumed"},
		"two companies":                  {has: []is{{"A", false, false}, {"B", false, false}}, code: errs.Invalid, paths: "auth_company", says: "A, B"},
		"two companies, one said":        {has: []is{{"A", false, false}, {"B", false, false}}, company: "B", want: is{company: "B"}},
		"two companies, said otherwise":  {has: []is{{"A", false, false}, {"B", false, false}}, company: " b", want: is{company: "B"}},
		"unknown company":                {has: []is{{"A", false, false}, {"B", true, false}}, company: "C", code: errs.Invalid, paths: "auth_company", says: "It has: A, B."},
		"two companies and modes":        {has: []is{{"A", false, false}, {"A", true, false}, {"B", false, false}}, code: errs.Invalid, paths: "auth_company testing", says: "2 fields"},
		"test said, live only":           {has: []is{{"A", false, false}}, testing: &yes, code: errs.Invalid, paths: "testing", says: "no test auth"},
		"live said, test only":           {has: []is{{"A", true, false}}, testing: &no, code: errs.Invalid, paths: "testing", says: "no live auth"},
		"company said, mode elsewhere":   {has: []is{{"A", false, false}, {"B", true, false}}, company: "A", testing: &yes, code: errs.Invalid, paths: "testing", says: "no test auth"},
		"test token, both modes":         {has: []is{{"A", false, false}, {"A", true, false}}, test: true, want: is{"A", true, false}},
		"test token, live only":          {has: []is{{"A", false, false}}, test: true, code: errs.Invalid, paths: "testing", says: "no test auth"},
		"test token, live said":          {has: []is{{"A", false, false}, {"A", true, false}}, testing: &no, test: true, code: errs.Forbidden, says: "test token"},
		"test token, two test companies": {has: []is{{"A", true, false}, {"B", true, false}, {"C", false, false}}, test: true, code: errs.Invalid, paths: "auth_company", says: "A, B."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for _, i := range c.has {
				in := w.save(i.company, i.testing)
				in.TrackingOnly = i.tracking
				_, err := w.Auths.Register(w.ctx, in)
				ok(t, err)
			}
			who := actor.Actor{Door: actor.API, Name: "till", AccountID: string(w.account.ID), Scopes: []actor.Scope{actor.Ship}, TestOnly: c.test}
			a, access, err := w.Auths.Resolve(actor.With(t.Context(), who), auth.Query{AccountID: w.account.ID, Courier: "Parcelers", Company: c.company, Testing: c.testing})
			if c.code != "" {
				if !errs.Is(err, c.code) || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("got %v, want %s that says %q", err, c.code, c.says)
				}
				var paths []string
				for _, f := range errs.As(err).Fields {
					paths = append(paths, f.Path)
				}
				if got := strings.Join(paths, " "); got != c.paths {
					t.Errorf("wrong are %q, want %q", got, c.paths)
				}
				return
			}
			ok(t, err)
			if a.Company != c.want.company || a.Testing != c.want.testing || access.Testing != a.Testing || access.Credentials.Get("client_secret") != canary {
				t.Errorf("resolved %+v", a)
			}
		})
	}
}

func TestResolveKnowsItsCourier(t *testing.T) {
	w := newWorld(t)
	w.register(t, "Main", false)
	_, _, err := w.Auths.Resolve(w.ctx, auth.Query{AccountID: w.account.ID, Courier: "Nobody"})
	want(t, err, errs.NotFound, "", "list-couriers")
	_, _, err = w.Auths.Resolve(w.ctx, auth.Query{AccountID: w.account.ID, Courier: "Other"})
	want(t, err, errs.Invalid, "auth_company", "Other")
}

// What the caller has just read is not read again, and is the caller's own afterwards.
func TestResolveTakesWhatItsCallerHasRead(t *testing.T) {
	w := newWorld(t)
	tracks := w.save("Archive", false)
	tracks.TrackingOnly = true
	_, err := w.Auths.Register(w.ctx, tracks)
	ok(t, err)
	live := w.register(t, "Main", false)
	q := auth.Query{AccountID: w.account.ID, Courier: "Parcelers"}
	ok(t, w.Auths.Store.Read(t.Context(), func(r auth.Repo) error {
		owner, err := r.Account(w.account.ID)
		q.Owner = &owner
		if err == nil {
			q.Auths, err = r.AuthsFor(w.account.ID, "Parcelers")
		}
		return err
	}))
	given := slices.Clone(q.Auths)
	unread := *w.Auths
	unread.Store = nil
	for range 2 {
		a, access, err := unread.Resolve(w.ctx, q)
		ok(t, err)
		if a.ID != live.ID || access.Credentials.Get("client_secret") != canary {
			t.Errorf("resolved %+v", a)
		}
	}
	if !reflect.DeepEqual(q.Auths, given) {
		t.Errorf("the caller's list became %+v", q.Auths)
	}
	q.Auths = []auth.Auth{}
	_, _, err = unread.Resolve(w.ctx, q)
	want(t, err, errs.Invalid, "auth_company", "no registered auth")
}

func TestTestTokenOpensNoLiveAuth(t *testing.T) {
	w := newWorld(t)
	live, test := w.register(t, "Main", false), w.register(t, "Main", true)
	who := actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: string(w.account.ID), Scopes: actor.DefaultScopes(), TestOnly: true})
	_, err := w.Auths.Open(who, live.ID)
	want(t, err, errs.Forbidden, "", "test token")
	access, err := w.Auths.Open(who, test.ID)
	ok(t, err)
	if !access.Testing {
		t.Error("a test auth opens as live")
	}
	_, err = w.Auths.Open(testkit.Caller(t, w.account.ID, actor.Track), live.ID)
	ok(t, err)
}

var _ courier.Adapter = (*parcelers)(nil)
