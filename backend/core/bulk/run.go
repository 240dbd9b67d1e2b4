package bulk

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/actor"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

// run is a run with its rows. Service.mu guards all of it but the binding, which is the worker's.
type run struct {
	Ask
	id       string
	state    State
	stopping bool
	binding  bool
	why      string
	rows     []row
	files    []File
	told     time.Time

	bound binding
}

// row is one shipment of a run.
type row struct {
	id     shipment.ID
	state  rowState
	parked Parked
	filed  bool                             // its documents are in a file
	jobs   map[document.Kind]printing.JobID // that were begun
	pages  map[document.Kind][]int          // in the binder
	zpl    []byte                           // its label, where that is ZPL
	bought shipment.Shipment                // for the manifest
}

type rowState int

const (
	waiting rowState = iota
	through
	parked
)

// failuresInARow of the kind that the next shipment would meet too make a run stop by itself: a printer that is off, a
// courier out of reach.
const failuresInARow = 3

// between is how often a run tells how far it is.
const between = 100 * time.Millisecond

// Start begins a run; the one before it is forgotten. Invalid: nothing or too much is chosen, or a printer is missing;
// Conflict: a run is working.
func (s *Service) Start(ctx context.Context, ask Ask) (Run, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Run{}, err
	}
	ask, err := checked(ask)
	if err != nil {
		return Run{}, err
	}
	if ask.Action == Print {
		if err := s.printersFor(ctx, ask.Kinds); err != nil {
			return Run{}, err
		}
	}
	r := &run{Ask: ask, id: ident.New(s.Clock.Now()), rows: make([]row, len(ask.IDs))}
	for i, id := range ask.IDs {
		r.rows[i].id = id
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != nil && s.run.state == Working {
		return Run{}, errs.New(errs.Conflict, "Something is being done to many shipments already. Wait for its end, or stop it.")
	}
	kept := Kept{ID: r.id, Ask: ask}
	if err := s.Store.Write(ctx, func(r Repo) error { return r.KeepBulkRun(kept) }); err != nil {
		return Run{}, err
	}
	s.run = r
	return s.begin(ctx)
}

// begin lets the worker loose on the rows that wait. The caller holds mu.
func (s *Service) begin(ctx context.Context) (Run, error) {
	if s.closed {
		return Run{}, errs.New(errs.Unavailable, "Packbench is closing.")
	}
	r := s.run
	r.state, r.stopping, r.why = Working, false, ""
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	s.ended.Go(func() { s.work(working, r) })
	return r.view(), nil
}

// work does what waits, then puts files together, and says how it ended.
func (s *Service) work(ctx context.Context, r *run) {
	why := ""
	defer func() {
		if fault := recover(); fault != nil {
			s.Log.Error("a bulk run panicked", "action", r.Action, "panic", fmt.Sprint(fault), "stack", string(debug.Stack()))
			why = "Something went wrong inside Packbench. What was done stays done; the log has the details."
		}
		s.mu.Lock()
		r.state, r.why, r.binding = Done, why, false
		if why != "" || slices.ContainsFunc(r.rows, func(w row) bool { return w.state == waiting }) {
			r.state = Stopped
		}
		r.stopping = false
		s.mu.Unlock()
		s.tell()
	}()
	switch r.Action {
	case Documents:
		why = s.documents(ctx, r)
	case Manifest:
		why = s.manifests(ctx, r)
	default:
		why = s.each(ctx, r)
	}
}

// next gives the rows that wait, up to most; none where the run is to stop.
func (s *Service) next(ctx context.Context, r *run, most int) (rows []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.stopping || ctx.Err() != nil {
		return nil
	}
	for i := range r.rows {
		if r.rows[i].state == waiting && len(rows) < most {
			rows = append(rows, i)
		}
	}
	return rows
}

// settle notes how a row ended.
func (s *Service) settle(r *run, i int, sh shipment.Shipment, err error) {
	s.mu.Lock()
	w := &r.rows[i]
	w.state = through
	if err != nil {
		e := errs.As(err)
		w.state = parked
		w.parked = Parked{ID: w.id, Number: sh.Number, Name: recipient(sh), Code: string(e.Code), Message: e.Message, Again: true}
		if e.Code == errs.Internal {
			s.Log.Error("a shipment of a bulk run failed", "action", r.Action, "shipment", w.id, "error", err)
		}
		if r.Action == Print && e.Code == errs.Unclear {
			w.parked.Again = false
		}
	}
	now := s.Clock.Now()
	due := now.Sub(r.told) >= between
	if due {
		r.told = now
	}
	s.mu.Unlock()
	if due {
		s.tell()
	}
}

func recipient(sh shipment.Shipment) string {
	if sh.RecipientOrg != "" {
		return sh.RecipientOrg
	}
	return sh.Recipient
}

func (s *Service) tell() {
	if s.Changed != nil {
		s.Changed()
	}
}

// Now gives the run as it stands; one without an ID where there is none.
func (s *Service) Now(ctx context.Context) (Run, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Run{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.recall(ctx); err != nil || s.run == nil {
		return Run{}, err
	}
	return s.run.view(), nil
}

// Stop lets the shipment in hand come to its end and does no more. Nothing happens where no run is working.
func (s *Service) Stop(ctx context.Context) (Run, error) {
	return s.turn(ctx, func(r *run) (Run, error) {
		r.stopping = r.state == Working
		return r.view(), nil
	})
}

// Continue goes on with what waits. Conflict: the run is working, or done.
func (s *Service) Continue(ctx context.Context) (Run, error) {
	return s.turn(ctx, func(r *run) (Run, error) {
		if r.state != Stopped {
			return Run{}, errs.New(errs.Conflict, "Nothing is left to go on with.")
		}
		return s.begin(ctx)
	})
}

// Again tries what was parked once more. Conflict: the run is working, or nothing parked can be tried again.
func (s *Service) Again(ctx context.Context) (Run, error) {
	return s.turn(ctx, func(r *run) (Run, error) {
		some := false
		for i := range r.rows {
			if w := &r.rows[i]; r.state != Working && w.state == parked && w.parked.Again {
				w.state, some = waiting, true
			}
		}
		if !some {
			return Run{}, errs.New(errs.Conflict, "Nothing can be tried again now.")
		}
		return s.begin(ctx)
	})
}

// Dismiss forgets a run and its files. Conflict: it is working.
func (s *Service) Dismiss(ctx context.Context) error {
	_, err := s.turn(ctx, func(r *run) (Run, error) {
		if r.state == Working {
			return Run{}, errs.New(errs.Conflict, "It is still working. Stop it first.")
		}
		if err := s.Store.Write(ctx, Repo.ForgetBulkRun); err != nil {
			return Run{}, err
		}
		s.run = nil
		return Run{}, nil
	})
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	return err
}

func (s *Service) turn(ctx context.Context, do func(*run) (Run, error)) (Run, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Run{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.recall(ctx); err != nil {
		return Run{}, err
	}
	if s.run == nil {
		return Run{}, errs.New(errs.NotFound, "Nothing is being done to many shipments.")
	}
	return do(s.run)
}

// Close ends a run at work, after the shipment in hand, and begins no other.
func (s *Service) Close() {
	s.mu.Lock()
	s.closed = true
	if s.cancel != nil {
		s.cancel()
	}
	s.mu.Unlock()
	s.ended.Wait()
}

// view is the run as callers see it. The caller holds mu.
func (r *run) view() Run {
	out := Run{
		ID: r.id, Action: r.Action, State: r.state, Total: len(r.rows), Binding: r.binding, Stopping: r.stopping, Why: r.why,
		Files: slices.Clone(r.files),
	}
	for i := range r.rows {
		switch r.rows[i].state {
		case through:
			out.Done++
		case parked:
			out.Parked = append(out.Parked, r.rows[i].parked)
		}
	}
	return out
}
