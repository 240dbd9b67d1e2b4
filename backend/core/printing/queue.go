package printing

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// Times of sending.
const (
	sendTime     = time.Minute     // the longest a printer may take for one job
	closingGrace = 2 * time.Second // what a job on its way gets when the program closes
)

// lines is one line a printer: its jobs are sent one after the other, those of several printers at the same time.
type lines struct {
	mu      sync.Mutex
	ctx     context.Context // of sending; nil before Start and after Stop
	cancel  context.CancelFunc
	running map[PrinterID]bool // true: look again, a job came meanwhile
	ended   sync.WaitGroup
	changed chan struct{} // closed when a job changes
}

func (l *lines) open() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ctx != nil
}

// changes gives a channel that is closed at the next change of a job.
func (l *lines) changes() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed == nil {
		l.changed = make(chan struct{})
	}
	return l.changed
}

func (l *lines) tell() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// Start settles what the last run left behind and lets jobs be sent. Only who holds the data folder may: two programs
// would not know of each other's jobs on their way.
func (s *Service) Start(ctx context.Context) error {
	if err := s.recover(ctx); err != nil {
		return err
	}
	s.lines.mu.Lock()
	defer s.lines.mu.Unlock()
	s.lines.running = map[PrinterID]bool{}
	s.lines.ctx, s.lines.cancel = context.WithCancel(context.WithoutCancel(ctx))
	return nil
}

// Stop lets jobs on their way come to an end, for a moment, and sends no more.
func (s *Service) Stop() {
	s.lines.mu.Lock()
	cancel := s.lines.cancel
	s.lines.ctx, s.lines.cancel = nil, nil
	s.lines.mu.Unlock()
	if cancel == nil {
		return
	}
	defer time.AfterFunc(closingGrace, cancel).Stop()
	s.lines.ended.Wait()
	cancel()
}

// recover settles the jobs of a run that ended in the middle. What was being sent may have come out; what waited has not,
// and is not printed by surprise an hour later.
func (s *Service) recover(ctx context.Context) error {
	var left []Job
	err := s.Store.Read(ctx, func(r Repo) (err error) { left, err = r.UnsettledPrintJobs(); return err })
	if err != nil || len(left) == 0 {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		for _, job := range left {
			from := job.State
			job.State, job.Said = Failed, "Packbench was closed before this was sent. Nothing was printed."
			if from == Sending {
				job.State, job.Said = Unclear, "Packbench ended while this was being sent. Look whether it came out before you print it again."
			}
			job.UpdatedMs = s.Clock.Now().UnixMilli()
			if err := r.UpdatePrintJob(job, from); err != nil {
				return err
			}
		}
		return nil
	})
}

// kick makes a printer's line look for jobs.
func (s *Service) kick(id PrinterID) {
	s.lines.mu.Lock()
	defer s.lines.mu.Unlock()
	if s.lines.ctx == nil {
		return
	}
	if _, running := s.lines.running[id]; running {
		s.lines.running[id] = true
		return
	}
	s.lines.running[id] = false
	ctx := s.lines.ctx
	s.lines.ended.Go(func() { s.line(ctx, id) })
}

// line sends a printer's jobs until there are no more.
func (s *Service) line(ctx context.Context, id PrinterID) {
	for {
		job, some := s.begin(ctx, id)
		if some {
			s.send(ctx, job)
			continue
		}
		s.lines.mu.Lock()
		if !s.lines.running[id] || s.lines.ctx == nil {
			delete(s.lines.running, id)
			s.lines.mu.Unlock()
			return
		}
		s.lines.running[id] = false
		s.lines.mu.Unlock()
	}
}

// begin takes a printer's oldest waiting job and commits that it is being sent.
func (s *Service) begin(ctx context.Context, id PrinterID) (job Job, some bool) {
	if !s.lines.open() {
		return Job{}, false
	}
	err := s.Store.Write(ctx, func(r Repo) error {
		some = false
		waiting, err := r.UnsettledPrintJobs()
		if err != nil {
			return err
		}
		for _, job = range waiting {
			if job.PrinterID != id || !job.to(Sending) {
				continue
			}
			job.Attempts++
			job.UpdatedMs = s.Clock.Now().UnixMilli()
			some = true
			return r.UpdatePrintJob(job, Queued)
		}
		return nil
	})
	if err != nil {
		s.Log.Error("a print job could not be begun", "printer", id, "error", err)
		return Job{}, false
	}
	if some {
		s.lines.tell()
	}
	return job, some
}

// send sends a job and keeps how it ended. What the printer did is kept even when the program is closing.
func (s *Service) send(ctx context.Context, job Job) {
	kept := actor.With(context.WithoutCancel(ctx), actor.Actor{Door: actor.System, Name: job.By})
	said, err := s.deliver(ctx, kept, job)
	job.Said = said
	state := Done
	switch {
	case err == nil:
		if err := s.Shipments.Printed(kept, job.ShipmentID, job.Kind, job.note()); err != nil {
			s.Log.Error("a printed document could not be noted on its shipment", "job", job.ID, "error", err)
		}
	case unprinted(err):
		state, job.Said = Failed, errs.As(err).Message
	default:
		state, job.Said = Unclear, errs.As(err).Message
	}
	if err != nil {
		s.Log.Warn("a document was not printed", "job", job.ID, "state", state, "error", err, "cause", errors.Unwrap(err))
	}
	if !job.to(state) {
		panic("printing: a job on its way can't become " + string(state))
	}
	job.UpdatedMs = s.Clock.Now().UnixMilli()
	err = s.Store.Write(kept, func(r Repo) error { return r.UpdatePrintJob(job, Sending) })
	if err != nil {
		s.Log.Error("a print job's end could not be kept", "job", job.ID, "state", state, "error", err)
	}
	s.lines.tell()
}

// note is what the shipment's history says of a job that was printed.
func (j Job) note() string {
	note := fmt.Sprintf("printed on %s as %s", j.PrinterName, word(j.Format))
	if j.Reprint {
		note = "reprint, " + note
	}
	return note
}

// deliver hands the document to the printer, unless something has made it unfit since the job was made.
func (s *Service) deliver(ctx, kept context.Context, job Job) (said string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.Wrap(fmt.Errorf("printing: panic: %v", p), errs.Internal, "Something went wrong inside Packbench while this was being sent. Look whether it came out before you print it again.")
		}
	}()
	var p Printer
	err = s.Store.Read(kept, func(r Repo) (err error) { p, err = r.Printer(job.PrinterID); return err })
	if err != nil {
		return "", unsent(err)
	}
	if !p.takes(job.Format) {
		return "", unsent(refused(p, job.Kind, job.Format))
	}
	driver, can := s.Drivers[p.Kind]
	if !can {
		return "", errs.New(errs.Unavailable, "This machine has no printers of the kind %q.", string(p.Kind))
	}
	sh, err := s.Shipments.Get(kept, "", shipment.Handle{ID: job.ShipmentID})
	if err != nil {
		return "", unsent(err)
	}
	if job.Kind == document.KindLabel {
		if err := sh.LabelUsable(); err != nil {
			return "", unsent(err)
		}
	}
	file, err := s.Documents.Open(kept, job.DocumentKey)
	if err != nil {
		return "", unsent(err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return driver.Send(ctx, p, Sheet{
		Name: fmt.Sprintf("%s-%d", job.Kind, job.ShipmentNumber), By: job.By, Format: job.Format, Bytes: file.Bytes,
	})
}

// unsent marks an error of before the first byte.
func unsent(err error) error {
	return errs.Wrap(err, errs.Unavailable, "%s", errs.As(err).Message)
}

// unprinted reports that nothing came out.
func unprinted(err error) bool {
	return errs.Is(err, errs.Unavailable) || errs.Is(err, errs.Rejected)
}
