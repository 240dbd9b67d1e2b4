package importing

import (
	"context"
	"encoding/json"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/shipment"
)

// Run buys a label for each shipment of a file that no import of it made before. One that is refused never stops the
// rest. When ctx ends it stops before the next one; what was made stays, and the report says how far it came. An error
// means that the report could not be kept complete: what it says was made, was made.
func (s *Service) Run(ctx context.Context, j Job, tell Progress) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	r, err := s.begin(ctx, j)
	if err != nil {
		return Report{}, err
	}
	sure := context.WithoutCancel(ctx)
	modes := make([]string, len(r.units))
	err = r.each(ctx, single, tell,
		func(ctx context.Context, at int) { modes[at] = r.buy(ctx, at) },
		func(done []int) error { return r.note(sure, modes, done) })
	report := Report{Lines: r.lines}
	if err != nil {
		return report, err
	}
	return report, s.Store.Write(sure, func(repo Repo) error {
		return audit.Record(sure, repo, s.Clock.Now(), "import.run", audit.Subject{Kind: "import", ID: r.file, Name: j.Table.Name},
			string(j.AccountID), nil, report.Counts())
	})
}

// buy buys a unit's label; it gives the mode where a shipment has to be noted.
func (r *run) buy(ctx context.Context, at int) string {
	o, body, ok := r.read(at)
	if !ok {
		return ""
	}
	o.IdempotencyKey = r.origin(at, o).Key()
	o.Raw, _ = json.Marshal(body["shipment"]) // texts always encode
	line := &r.lines[at]
	made, err := r.Shipments.Create(ctx, r.job.AccountID, o, shipment.Origin{})
	line.Number = made.Shipment.Number
	if len(made.Shipment.TrackingCodes) > 0 {
		line.Tracking = made.Shipment.TrackingCodes[0]
	}
	switch {
	case errs.Is(err, errs.Unclear):
		line.Result, line.Problems = Unclear, r.plan.problems(r.units[at], err)
	case err != nil:
		r.refuse(at, err)
		return ""
	case made.Duplicate:
		line.Result = Before
	default:
		line.Result = Made
	}
	return modeOf(o)
}

// note keeps which rows became which shipments. A crash before it is covered by the shipments' own claims.
func (r *run) note(ctx context.Context, modes []string, done []int) error {
	rows := map[string]map[int]int64{live: {}, test: {}}
	for _, at := range done {
		for _, row := range r.lines[at].Rows {
			if into := rows[modes[at]]; into != nil && r.lines[at].Number != 0 {
				into[row] = r.lines[at].Number
			}
		}
	}
	if len(rows[live])+len(rows[test]) == 0 {
		return nil
	}
	return r.Store.Write(ctx, func(repo Repo) error {
		for mode, made := range rows {
			if err := repo.AddImportedRows(r.job.AccountID, r.file+mode, made, r.Clock.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}
