package printing

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// Ask says what to print.
type Ask struct {
	ID         JobID         `json:"-"` // of the job to be; "" for any. The job of that ID is given where there is one
	ShipmentID shipment.ID   `json:"shipment_id"`
	Kind       document.Kind `json:"kind"`
	// DocumentKey tells a courier's own papers of one kind apart; "" is the first. Of what is made here it counts nothing.
	DocumentKey string    `json:"document_key,omitempty"`
	PrinterID   PrinterID `json:"printer_id"` // "" for the default
}

// Print puts a document of a shipment into its printer's queue. A job for the same document that has not been printed yet
// is given again instead of a second one. Invalid at printer_id: none is chosen, or it does not take this document;
// Conflict: the shipment has no label, or a cancelled one; Unavailable: nothing is printed here.
func (s *Service) Print(ctx context.Context, in Ask) (Job, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Job{}, err
	}
	if !s.lines.open() {
		return Job{}, errs.New(errs.Unavailable, "Packbench prints from its window. Open it, then print.")
	}
	sh, err := s.Shipments.Get(ctx, "", shipment.Handle{ID: in.ShipmentID})
	if err != nil {
		return Job{}, err
	}
	p, file, err := s.prepare(ctx, sh, in)
	if err != nil {
		return Job{}, err
	}
	now := s.Clock.Now()
	who, _ := actor.From(ctx)
	job := Job{
		ID: JobID(ident.New(now)), PrinterID: p.ID, PrinterName: p.Name, ShipmentID: sh.ID, ShipmentNumber: sh.Number,
		AccountID: sh.AccountID, Kind: in.Kind, Format: formatOf(file.Media), DocumentKey: file.Key,
		Reprint: sh.TakenOut(in.Kind), State: Queued, By: who.Name, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(),
	}
	if in.ID != "" {
		job.ID = in.ID
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if in.ID != "" {
			made, err := r.PrintJob(in.ID)
			if err == nil {
				job = made
			}
			if !errs.Is(err, errs.NotFound) {
				return err
			}
		}
		waiting, err := r.UnsettledPrintJobs()
		if err != nil {
			return err
		}
		for _, other := range waiting {
			if other.DocumentKey == job.DocumentKey && other.PrinterID == job.PrinterID {
				job = other
				return nil
			}
		}
		if _, err := r.Printer(p.ID); err != nil {
			return err
		}
		if err := r.CreatePrintJob(job); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "print.send", job.subject(), string(job.AccountID), nil, job)
	})
	if err != nil {
		return Job{}, err
	}
	s.kick(job.PrinterID)
	return job, nil
}

// prepare finds the printer, and the document in a form that it takes.
func (s *Service) prepare(ctx context.Context, sh shipment.Shipment, in Ask) (Printer, document.File, error) {
	var p Printer
	bought, format := courier.PDF, courier.PDF
	if in.Kind == document.KindLabel {
		bought = sh.Consignment.LabelFormat
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		p, format, err = route(r, in.PrinterID, in.Kind, bought)
		return err
	})
	if err != nil {
		return p, document.File{}, err
	}
	dpi := 0
	if format == courier.ZPL {
		dpi = p.DPI
	}
	if in.Kind.OfCourier() && in.DocumentKey != "" {
		file, err := s.Shipments.PaperForPrinting(ctx, sh, in.Kind, in.DocumentKey)
		return p, file, err
	}
	file, err := s.Shipments.ForPrinting(ctx, sh, in.Kind, format, dpi)
	if !errs.Is(err, errs.NotOffered) {
		return p, file, err
	}
	if format != bought {
		return p, file, refused(p, in.Kind, bought) // the courier gives it in no form that this printer takes
	}
	return p, file, errs.OnField("printer_id", "%s prints %d dots per inch, and the courier made this label for %d. Choose a printer of %d.",
		p.Name, p.DPI, sh.Consignment.LabelDPI, sh.Consignment.LabelDPI)
}

func formatOf(media string) courier.Format {
	switch media {
	case "application/zpl":
		return courier.ZPL
	case "image/png":
		return courier.PNG
	}
	return courier.PDF
}

// Retry puts a job that failed, or whose outcome is unclear, into the queue again: a person has looked at the printer.
// Conflict: it is in another state.
func (s *Service) Retry(ctx context.Context, id JobID) (Job, error) {
	job, err := s.turn(ctx, id, "print.retry", Queued, "This job is %s; only one that failed or is unclear is printed again.")
	if err == nil {
		s.kick(job.PrinterID)
	}
	return job, err
}

// Cancel takes a job off the list that is not being sent. Conflict: it is, or it is done.
func (s *Service) Cancel(ctx context.Context, id JobID) (Job, error) {
	return s.turn(ctx, id, "print.cancel", Cancelled, "This job is %s and can't be taken off the list.")
}

// turn is a person's change of a job's state.
func (s *Service) turn(ctx context.Context, id JobID, action string, to State, otherwise string) (Job, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Job{}, err
	}
	var job Job
	err := s.Store.Write(ctx, func(r Repo) error {
		before, err := r.PrintJob(id)
		if err != nil {
			return err
		}
		job = before
		if !job.to(to) {
			return errs.New(errs.Conflict, otherwise, string(before.State))
		}
		job.UpdatedMs = s.Clock.Now().UnixMilli()
		if to == Queued {
			who, _ := actor.From(ctx)
			job.By, job.Said = who.Name, ""
		}
		if err := r.UpdatePrintJob(job, before.State); err != nil {
			return err
		}
		return audit.Record(ctx, r, s.Clock.Now(), action, job.subject(), string(job.AccountID), before, job)
	})
	if err != nil {
		return Job{}, err
	}
	s.lines.tell()
	return job, nil
}

// to moves the job to a state, and reports whether that is possible from its own.
func (j *Job) to(state State) bool {
	for _, possible := range next[j.State] {
		if possible == state {
			j.State = state
			return true
		}
	}
	return false
}

func (j Job) subject() audit.Subject {
	return audit.Subject{Kind: "print job", ID: string(j.ID), Name: j.PrinterName}
}

// Jobs gives jobs, newest first.
func (s *Service) Jobs(ctx context.Context, f Filter, p page.Request) (page.Result[Job], error) {
	var out page.Result[Job]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.PrintJobs(f, p); return err })
	return out, err
}

// Settled waits until a job does nothing more by itself, and gives it.
func (s *Service) Settled(ctx context.Context, id JobID) (Job, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Job{}, err
	}
	for {
		changed := s.lines.changes() // before the look, so that nothing is missed between the two
		var job Job
		err := s.Store.Read(ctx, func(r Repo) (err error) { job, err = r.PrintJob(id); return err })
		if err != nil || job.State.Settled() {
			return job, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return job, errs.New(errs.Unavailable, "Packbench is closing.")
		}
	}
}
