package auth_test

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/testkit"
)

func TestFind(t *testing.T) {
	w := newWorld(t)
	w.register(t, "A", false)
	w.register(t, "A", true)
	w.register(t, "B", false)
	yes, no := true, false
	for name, c := range map[string]struct {
		courier courier.Key
		company string
		testing *bool
		want    string
		code    errs.Code
		paths   string
		says    string
	}{
		"all said":               {company: "A", testing: &yes, want: "A test"},
		"the other mode":         {company: "A", testing: &no, want: "A live"},
		"mode not needed":        {company: "B", want: "B live"},
		"company not needed":     {testing: &yes, want: "A test"},
		"as people read it":      {company: " a", testing: &no, want: "A live"},
		"which mode":             {company: "A", code: errs.Invalid, paths: "testing", says: "testing: true or testing: false"},
		"which company":          {testing: &no, code: errs.Invalid, paths: "auth_company", says: "A, B"},
		"nothing said":           {code: errs.Invalid, paths: "auth_company testing", says: "2 fields"},
		"not that mode":          {company: "B", testing: &yes, code: errs.NotFound, says: "no test auth of Parcelers with the company “B”"},
		"not that company":       {company: "C", code: errs.NotFound, says: "no registered auth of Parcelers with the company “C”"},
		"none of that courier":   {courier: "Other", code: errs.NotFound, says: "no registered auth of Other."},
		"no such courier at all": {courier: "parcelers", code: errs.NotFound, says: `no courier "parcelers"`},
	} {
		t.Run(name, func(t *testing.T) {
			key := c.courier
			if key == "" {
				key = "Parcelers"
			}
			found, err := w.Auths.Find(w.ctx, auth.Query{AccountID: w.account.ID, Courier: key, Company: c.company, Testing: c.testing})
			if c.code == "" {
				ok(t, err)
				mode := map[bool]string{true: " test", false: " live"}[found.Testing]
				if found.Company+mode != c.want {
					t.Errorf("found %s%s, want %s", found.Company, mode, c.want)
				}
				return
			}
			var paths []string
			for _, f := range errs.As(err).Fields {
				paths = append(paths, f.Path)
			}
			if !errs.Is(err, c.code) || strings.Join(paths, " ") != c.paths || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v at %v", err, paths)
			}
		})
	}
	_, err := w.Auths.Find(testkit.Caller(t, w.Account(t, "Other").ID, actor.Auths), auth.Query{AccountID: w.account.ID, Courier: "Parcelers"})
	want(t, err, errs.NotFound, "", "no such thing")
}
