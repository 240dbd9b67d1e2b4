package auth_test

import (
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/auth"
)

// TestRulesInWords breaks every rule of PRODUCT about registered auths once, and wants the sentence that a manager reads.
// Companies have vectors of their own (TestCompanyVectors), fields those of core/courier.
func TestRulesInWords(t *testing.T) {
	register := func(change func(*auth.Save)) func(world, auth.Auth) error {
		return func(w world, _ auth.Auth) error {
			in := w.save("Main", false)
			change(&in)
			_, err := w.Auths.Register(w.ctx, in)
			return err
		}
	}
	update := func(version int64, in auth.Save) func(world, auth.Auth) error {
		return func(w world, a auth.Auth) error {
			_, err := w.Auths.Update(w.ctx, a.ID, a.Version+version, in)
			return err
		}
	}
	for name, r := range map[string]struct {
		breaks     func(w world, registered auth.Auth) error
		code       errs.Code
		path, says string
	}{
		"courier, company and testing are unique": {
			register(func(in *auth.Save) { in.Company = "main" }), errs.Conflict, "auth_company",
			"There is a live auth of Parcelers with the company “Main” already. Change that one, or choose another company.",
		},
		"no company is Main": {
			register(func(in *auth.Save) { in.Company = " " }), errs.Conflict, "auth_company",
			"There is a live auth of Parcelers with the company “Main” already. Change that one, or choose another company.",
		},
		"a company has no underscore": {
			register(func(in *auth.Save) { in.Company = "north_dock" }), errs.Invalid, "auth_company",
			"A company may not hold an underscore, because order systems join names with it. Use a hyphen or a space.",
		},
		"a required secret is needed": {
			register(func(in *auth.Save) { in.Company = "B"; delete(in.Fields, "client_secret") }), errs.Invalid, "auth.client_secret",
			"Client secret is required.",
		},
		"a choice is one of those there are": {
			register(func(in *auth.Save) { in.Company = "B"; in.Fields["prices"] = "free" }), errs.Invalid, "auth.prices",
			"Prices must be one of: list, ours.",
		},
		"an account is there": {
			register(func(in *auth.Save) { in.AccountID = "nowhere" }), errs.NotFound, "",
			"There is no such API account; it may have been deleted.",
		},
		"nobody overwrites another's change": {
			update(1, auth.Save{}), errs.Conflict, "", "This auth was changed meanwhile. Load it again and repeat your change.",
		},
		"a required secret can't be cleared": {
			update(0, auth.Save{Clear: []string{"client_secret"}}), errs.Invalid, "auth.client_secret", "Client secret is required.",
		},
		"an auth with shipments in flight stays": {
			func(w world, a auth.Auth) error {
				w.Auths.Store = inFlight{w.Auths.Store}
				return w.Auths.Delete(w.ctx, a.ID)
			}, errs.Conflict, "",
			"This auth can't be deleted yet: the outcome of 1 shipment(s) made with it is not known, and only with it can the courier be asked. Settle these first.",
		},
		"a deleted auth is gone": {
			func(w world, _ auth.Auth) error { return w.Auths.Delete(w.ctx, "nowhere") }, errs.NotFound, "",
			"There is no such registered auth; it may have been deleted.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			err := r.breaks(w, w.register(t, "Main", false))
			if errs.CodeOf(err) != r.code {
				t.Fatalf("got %v (%s), want %s", err, errs.CodeOf(err), r.code)
			}
			got, path := errs.As(err).Message, ""
			if fields := errs.As(err).Fields; len(fields) > 0 {
				got, path = fields[0].Message, fields[0].Path
			}
			if got != r.says || path != r.path {
				t.Errorf("it says, at %q:\n%s\nwant, at %q:\n%s", path, got, r.path, r.says)
			}
		})
	}
}
