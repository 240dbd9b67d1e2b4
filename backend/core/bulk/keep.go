package bulk

import (
	"context"
	"maps"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
)

// Kept is a run as it outlives the program: what was asked, and how the shipments stand to which something was done.
type Kept struct {
	ID   string
	Ask  Ask
	Rows map[int]KeptRow // by their places in Ask.IDs
}

// KeptRow is how a shipment of a kept run stands. Documents that are in no file that left are made again, which costs
// nothing; so they are no progress.
type KeptRow struct {
	Through bool                             `json:"through,omitempty"`
	Parked  *Parked                          `json:"parked,omitempty"`
	Jobs    map[document.Kind]printing.JobID `json:"jobs,omitempty"` // that were begun, noted before they are made
}

// Repo keeps the run that was begun last.
type Repo interface {
	KeepBulkRun(Kept) error                                // instead of the one before
	KeepBulkRows(runID string, rows map[int]KeptRow) error // NotFound: another run is kept by now
	ForgetBulkRun() error
	BulkRun() (Kept, error) // NotFound: none is kept
}

// whyClosed is said of a run that the end of the program has stopped.
const whyClosed = "Packbench was closed before it was through. What was done stays done, and is not done again."

// recall takes up the run that an earlier start of the program left, once. The caller holds mu.
func (s *Service) recall(ctx context.Context) error {
	if s.recalled || s.run != nil {
		return nil
	}
	var kept Kept
	err := s.Store.Read(ctx, func(r Repo) (err error) { kept, err = r.BulkRun(); return err })
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	s.recalled = true
	if err == nil {
		s.run = kept.run()
	}
	return nil
}

// run gives the run as it goes on; nil where nothing is left to do or to look at.
func (k Kept) run() *run {
	r := &run{Ask: k.Ask, id: k.ID, state: Done, rows: make([]row, len(k.Ask.IDs))}
	some := false
	for i, id := range k.Ask.IDs {
		w, was := &r.rows[i], k.Rows[i]
		w.id, w.jobs = id, was.Jobs
		switch {
		case was.Parked != nil:
			w.state, w.parked, some = parked, *was.Parked, true
		case was.Through:
			w.state, w.filed = through, true
		default:
			r.state, r.why, some = Stopped, whyClosed, true
		}
	}
	if !some {
		return nil
	}
	return r
}

// keep notes how rows stand. Where that fails, the run goes on: what is done again after a crash is done to no harm, and
// what is printed is known by its job.
func (s *Service) keep(ctx context.Context, r *run, places ...int) {
	rows := make(map[int]KeptRow, len(places))
	s.mu.Lock()
	for _, i := range places {
		w := &r.rows[i]
		kept := KeptRow{Through: w.state == through, Jobs: maps.Clone(w.jobs)}
		if w.state == parked {
			said := w.parked
			kept.Parked = &said
		}
		rows[i] = kept
	}
	s.mu.Unlock()
	err := s.Store.Write(context.WithoutCancel(ctx), func(repo Repo) error { return repo.KeepBulkRows(r.id, rows) })
	if err != nil {
		s.Log.Error("how far a bulk run is could not be kept", "action", r.Action, "error", err)
	}
}
