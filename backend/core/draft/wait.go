package draft

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/order"
)

// Waits is what came of letting drafts wait: how many do, and a Line for each that can't, with what has to be put right.
type Waits struct {
	Waiting int    `json:"waiting"`
	Lines   []Line `json:"lines"`
}

// Wait lets drafts wait until the courier of the auth they are bought by answers: a Queue buys them then, in the order they
// are named in, behind those that wait already. One that waits keeps its place.
func (s *Service) Wait(ctx context.Context, ids []ID) (Waits, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Waits{}, err
	}
	out := Waits{Lines: []Line{}}
	sinceMs := s.Clock.Now().UnixMilli()
	for i, id := range ids {
		d, err := s.wait(ctx, id, sinceMs+int64(i))
		if err != nil {
			e := errs.As(err)
			out.Lines = append(out.Lines, Line{
				ID: id, Reference: d.Reference, Recipient: d.Recipient, Code: string(e.Code), Message: e.Message, Fields: e.Fields,
			})
			continue
		}
		out.Waiting++
	}
	return out, nil
}

func (s *Service) wait(ctx context.Context, id ID, sinceMs int64) (Draft, error) {
	d, err := s.Get(ctx, id)
	if err != nil {
		return d, err
	}
	o, err := order.Parse([]byte(d.Order), "")
	var by auth.ID
	if err == nil {
		o.IdempotencyKey = d.Key()
		by, err = s.Shipments.Login(ctx, d.AccountID, o)
	}
	if err != nil {
		if keeps(err) {
			_ = s.Store.Write(ctx, func(r Repo) error { return r.NoteProblems(id, fieldsOf(err)) }) // it is told now, too
		}
		return d, err
	}
	return d, s.Store.Write(ctx, func(r Repo) error {
		now, err := r.Draft(id)
		switch {
		case err != nil:
			return err
		case now.Version != d.Version:
			return errs.New(errs.Conflict, changedMeanwhile)
		case now.WaitsFor == by:
			return nil
		}
		if err := r.SetWaiting(id, by, sinceMs); err != nil {
			return err
		}
		return audit.Record(ctx, r, s.Clock.Now(), "draft.wait", d.subject(), string(d.AccountID), nil, d.told())
	})
}

// StopWaiting leaves drafts as they are, to be bought by hand, and gives how many waited.
func (s *Service) StopWaiting(ctx context.Context, ids []ID) (stopped int, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	for _, id := range ids {
		waited := false
		err := s.Store.Write(ctx, func(r Repo) error {
			d, err := r.Draft(id)
			if waited = err == nil && d.WaitsFor != ""; !waited {
				if errs.Is(err, errs.NotFound) {
					return nil
				}
				return err
			}
			if err := r.SetWaiting(id, "", 0); err != nil {
				return err
			}
			return audit.Record(ctx, r, s.Clock.Now(), "draft.stop-waiting", d.subject(), string(d.AccountID), d.told(), nil)
		})
		if err != nil {
			return stopped, err
		}
		if waited {
			stopped++
		}
	}
	return stopped, nil
}
