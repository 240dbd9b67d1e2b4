package bulk

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

// each does one shipment after the other. It gives a sentence where it stopped by itself.
func (s *Service) each(ctx context.Context, r *run) (why string) {
	failures := 0
	for {
		rows := s.next(ctx, r, 1)
		if len(rows) == 0 {
			return ""
		}
		sh, err := s.one(ctx, r, &r.rows[rows[0]])
		s.settle(r, rows[0], sh, err)
		if !errs.Is(err, errs.Unavailable) && !errs.Is(err, errs.Unclear) {
			failures = 0
			continue
		}
		if failures++; failures == failuresInARow {
			return errs.As(err).Message
		}
	}
}

// one does what the run does to one shipment.
func (s *Service) one(ctx context.Context, r *run, w *row) (shipment.Shipment, error) {
	handle := shipment.Handle{ID: w.id}
	sh, err := s.Shipments.Get(ctx, "", handle)
	if err != nil {
		return sh, err
	}
	whole := context.WithoutCancel(ctx) // what a courier is told is kept, even when the program closes
	switch r.Action {
	case Cancel:
		_, _, err = s.Shipments.Cancel(whole, "", handle)
	case Pack:
		_, err = s.Shipments.MarkPacked(whole, "", handle)
	case Print:
		err = s.print(ctx, r.Kinds, w)
	}
	return sh, err
}

// print sends a shipment's documents one after the other and waits for each: a run that is stopped leaves nothing in a
// printer's queue. What came out is not printed again when the row is tried again.
func (s *Service) print(ctx context.Context, kinds []document.Kind, w *row) error {
	if w.out == nil {
		w.out, w.jobs = map[document.Kind]bool{}, map[document.Kind]printing.JobID{}
	}
	for _, kind := range kinds {
		if w.out[kind] {
			continue
		}
		job, err := s.send(ctx, w, kind)
		if err != nil {
			return err
		}
		if job, err = s.Printing.Settled(ctx, job.ID); err != nil {
			return err
		}
		switch job.State {
		case printing.Done:
			w.out[kind] = true
		case printing.Unclear:
			return errs.New(errs.Unclear, "%s: %s", word(kind), job.Said)
		case printing.Cancelled:
			return errs.New(errs.Conflict, "%s: somebody took it off the list of print jobs.", word(kind))
		default:
			w.jobs[kind] = job.ID
			return errs.New(errs.Unavailable, "%s: %s", word(kind), job.Said)
		}
	}
	return nil
}

// send puts a document into its printer's queue; the job that failed before is taken up again.
func (s *Service) send(ctx context.Context, w *row, kind document.Kind) (printing.Job, error) {
	if failed, has := w.jobs[kind]; has {
		delete(w.jobs, kind)
		job, err := s.Printing.Retry(ctx, failed)
		if !errs.Is(err, errs.Conflict) && !errs.Is(err, errs.NotFound) {
			return job, err
		}
	}
	return s.Printing.Print(ctx, printing.Ask{ShipmentID: w.id, Kind: kind})
}

func word(kind document.Kind) string {
	switch kind {
	case document.KindPackingSlip:
		return "Packing slip"
	case document.KindInvoice:
		return "Commercial invoice"
	}
	return "Label"
}

// printersFor returns Invalid at printer_id where a kind of document has no default printer: every shipment would fail.
func (s *Service) printersFor(ctx context.Context, kinds []document.Kind) error {
	defaults, err := s.Printing.Defaults(ctx)
	if err != nil {
		return err
	}
	chosen := map[document.Kind]bool{}
	for _, d := range defaults {
		if d.PrinterID != "" && (d.Kind == document.KindLabel || d.Format == courier.PDF) {
			chosen[d.Kind] = true
		}
	}
	for _, kind := range kinds {
		if !chosen[kind] {
			return errs.OnField("printer_id", "No printer is chosen yet for: %s. Choose one under Print queue, Printers.", word(kind))
		}
	}
	return nil
}
