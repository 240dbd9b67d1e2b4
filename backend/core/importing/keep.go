package importing

import (
	"context"
	"encoding/json"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/actor"
	"packbench/backend/core/draft"
)

// Keep keeps a draft for each shipment of a file that could be bought and that no import of it made before, as a label or
// as a draft. Everything else is as with Run.
func (s *Service) Keep(ctx context.Context, j Job, tell Progress) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	r, err := s.begin(ctx, j)
	if err != nil {
		return Report{}, err
	}
	check, err := s.Shipments.Checks(ctx, j.AccountID)
	if err != nil {
		return Report{}, err
	}
	made := make([]draft.Draft, len(r.units))
	now := s.Clock.Now()
	for at := range slices.Backward(made) { // newest first is the order of the file then
		made[at].ID = draft.ID(ident.New(now))
	}
	sure := context.WithoutCancel(ctx)
	err = r.each(ctx, shared, tell,
		func(ctx context.Context, at int) {
			o, body, ok := r.read(at)
			if !ok {
				return
			}
			if err := check(ctx, o); err != nil {
				r.refuse(at, err)
				return
			}
			text, _ := json.Marshal(body) // texts always encode
			d := &made[at]
			d.Order, d.Source, d.From = string(text), draft.FromImport+j.Table.Name, r.origin(at, o)
			d.Reference, d.Recipient, d.CountryISO = o.Reference, o.To.Name, o.To.CountryISO
			r.lines[at].Result = Ready
		},
		func(done []int) error { return r.keep(sure, made, done) })
	return Report{Lines: r.lines}, err
}

// Wait is Keep, and lets the drafts wait until their courier answers, in the order of the file.
func (s *Service) Wait(ctx context.Context, j Job, tell Progress) (Report, error) {
	report, err := s.Keep(ctx, j, tell)
	if err != nil {
		return report, err
	}
	var ids []draft.ID
	for _, line := range report.Lines {
		if line.Result == Kept {
			ids = append(ids, line.draft)
		}
	}
	_, err = s.Drafts.Wait(ctx, ids)
	return report, err
}

// keep stores the drafts of what is done. What could not be stored is told line by line, too.
func (r *run) keep(ctx context.Context, made []draft.Draft, done []int) error {
	done = slices.DeleteFunc(done, func(at int) bool { return r.lines[at].Result != Ready })
	slices.Sort(done)
	list := make([]draft.Draft, len(done))
	for i, at := range done {
		list[i], made[at] = made[at], draft.Draft{}
	}
	if len(list) == 0 {
		return nil
	}
	isNew, err := r.Drafts.Keep(ctx, r.job.AccountID, list)
	for i, at := range done {
		switch line := &r.lines[at]; {
		case err != nil:
			line.Result, line.Problems = Wrong, []Problem{{Row: line.Rows[0], Message: errs.As(err).Message}}
		case isNew[i]:
			line.Result, line.draft = Kept, list[i].ID
		default:
			line.Result = Before
		}
	}
	return err
}
