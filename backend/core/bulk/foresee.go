package bulk

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// Reason is why something can't be done to some shipments.
type Reason struct {
	Why     string  `json:"why"`
	Count   int     `json:"count"`
	Numbers []int64 `json:"numbers"` // the first few of them
}

// Foresight says what a run would find.
type Foresight struct {
	Cancellable []shipment.ID `json:"cancellable"` // in the order asked
	Not         []Reason      `json:"not"`         // why the others can't be cancelled
	Live        int           `json:"live"`        // of the cancellable, those that are no tests
	PDF         int           `json:"pdf"`         // shipments whose label is had as PDF
	ZPL         int           `json:"zpl"`
}

// fewNumbers is how many numbers stand with a reason.
const fewNumbers = 5

// Foresee looks at shipments without doing anything. Invalid: as with Start.
func (s *Service) Foresee(ctx context.Context, ids []shipment.ID) (Foresight, error) {
	var out Foresight
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	ask, err := checked(Ask{Action: Cancel, IDs: ids})
	if err != nil {
		return out, err
	}
	for _, id := range ask.IDs {
		sh, err := s.Shipments.Get(ctx, "", shipment.Handle{ID: id})
		if errs.Is(err, errs.NotFound) {
			out.not(errs.As(err).Message, 0)
			continue
		}
		if err != nil {
			return out, err
		}
		if c := s.Shipments.Cancellable(sh); c.Yes {
			out.Cancellable = append(out.Cancellable, id)
			if !sh.Testing {
				out.Live++
			}
		} else {
			out.not(c.Why, sh.Number)
		}
		switch {
		case sh.LabelUsable() != nil:
		case sh.Consignment.LabelFormat == courier.ZPL:
			out.ZPL++
		default:
			out.PDF++
		}
	}
	return out, nil
}

func (f *Foresight) not(why string, number int64) {
	for i := range f.Not {
		if r := &f.Not[i]; r.Why == why {
			r.Count++
			if len(r.Numbers) < fewNumbers {
				r.Numbers = append(r.Numbers, number)
			}
			return
		}
	}
	f.Not = append(f.Not, Reason{Why: why, Count: 1, Numbers: []int64{number}})
}

// Pick gives the shipments of a filter in the order of the list, up to Limit; more says that there are others.
func (s *Service) Pick(ctx context.Context, f shipment.Filter) (ids []shipment.ID, more bool, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, false, err
	}
	ask := page.Request{Limit: page.MaxLimit}
	for {
		got, err := s.Shipments.List(ctx, f, ask)
		if err != nil {
			return nil, false, err
		}
		for _, row := range got.Items {
			if len(ids) == Limit {
				return ids, true, nil
			}
			ids = append(ids, row.ID)
		}
		if got.Next == "" {
			return ids, false, nil
		}
		ask.Cursor = got.Next
	}
}
