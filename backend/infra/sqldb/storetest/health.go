package storetest

import (
	"testing"

	"packbench/backend/core/auth"
	"packbench/backend/core/health"
)

// courierHealth is kept of auths as they are, the last word only, and goes with them.
func courierHealth(t *testing.T, b *Bench) {
	owner := b.account("owner", b.group("health").ID).ID
	register := func(testing bool) auth.ID {
		ms, id := b.moment()
		a := auth.Auth{ID: auth.ID(id), AccountID: owner, Courier: "Depot", Company: "Main", Testing: testing, Fields: map[string]string{}, Version: 1, CreatedMs: ms, UpdatedMs: ms}
		b.write(func(r Repo) error { return r.CreateAuth(a) })
		return a.ID
	}
	live, test := register(false), register(true)
	keep := func(r health.Report) { b.write(func(repo Repo) error { return repo.KeepHealth(r) }) }
	kept := func() []health.Report {
		return get(b, func(r Repo) ([]health.Report, error) { return r.Health() })
	}
	away := health.Report{
		AuthID: string(live), Courier: "Depot", State: health.Away, SinceMs: 5, LastSuccessMs: 4, LastFailureMs: 6, LastFailure: "It took too long.", KeptMs: 7,
		Company: "Main", Account: "owner",
	}
	keep(health.Report{AuthID: string(live), Courier: "Depot", State: health.Answering, LastSuccessMs: 4, KeptMs: 4})
	keep(away)
	keep(health.Report{AuthID: string(live), Testing: true, State: health.Failing}) // that auth is not for tests
	keep(health.Report{AuthID: "nobody", State: health.Failing})
	if got := kept(); len(got) != 1 || got[0] != away {
		t.Errorf("kept %+v, want %+v", got, away)
	}
	keep(health.Report{AuthID: string(test), Testing: true, State: health.Answering})
	b.write(func(r Repo) error { return r.DeleteAuth(live) })
	if got := kept(); len(got) != 1 || got[0].AuthID != string(test) || !got[0].Testing || got[0].Courier != "Depot" {
		t.Errorf("without its auth: %+v", got)
	}
}
