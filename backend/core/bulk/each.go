package bulk

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
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
		sh, err := s.one(ctx, r, rows[0])
		if err != nil && ctx.Err() != nil {
			return "" // the program closes: what was begun is looked at again when the run goes on
		}
		s.settle(r, rows[0], sh, err)
		s.keep(ctx, r, rows[0])
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
func (s *Service) one(ctx context.Context, r *run, i int) (shipment.Shipment, error) {
	handle := shipment.Handle{ID: r.rows[i].id}
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
		err = s.print(ctx, r, i, sh)
	}
	return sh, err
}

// print sends a shipment's documents one after the other and waits for each: a run that is stopped leaves nothing in a
// printer's queue. What came out is not printed again when the row is tried again.
func (s *Service) print(ctx context.Context, r *run, i int, sh shipment.Shipment) error {
	w := &r.rows[i]
	asks, err := s.asks(ctx, r, sh)
	if err != nil {
		return err
	}
	for _, ask := range asks {
		kind := ask.key
		job, err := s.send(ctx, r, i, ask)
		if err == nil {
			job, err = s.Printing.Settled(ctx, job.ID)
		}
		switch {
		case err != nil:
			return err
		case job.State == printing.Done:
		case job.State == printing.Unclear:
			return errs.New(errs.Unclear, "%s: %s", word(kind), job.Said)
		case job.State == printing.Cancelled:
			delete(w.jobs, kind)
			return errs.New(errs.Conflict, "%s: somebody took it off the list of print jobs.", word(kind))
		default:
			return errs.New(errs.Unavailable, "%s: %s", word(kind), job.Said)
		}
	}
	return nil
}

// printed is one document to print. key tells it from the shipment's others; of what is made here it is the kind.
type printed struct {
	key, kind document.Kind
	document  string
}

// asks gives what of a shipment is printed: each kind once, of the courier's own papers those that there are.
func (s *Service) asks(ctx context.Context, r *run, sh shipment.Shipment) (list []printed, err error) {
	for _, kind := range r.Kinds {
		if !kind.OfCourier() {
			list = append(list, printed{key: kind, kind: kind})
			continue
		}
		papers, err := s.Shipments.PapersOf(ctx, sh, kind)
		if err != nil {
			return nil, err
		}
		for _, p := range papers {
			list = append(list, printed{key: kind + document.Kind(" "+p.Key), kind: kind, document: p.Key})
		}
	}
	return list, nil
}

// send puts a document into its printer's queue. The job's name is kept before it is made, so that whatever ends the
// program, the document's own job is found again: one that is done stays done, one that failed is taken up again.
func (s *Service) send(ctx context.Context, r *run, i int, ask printed) (printing.Job, error) {
	w, kind := &r.rows[i], ask.key
	if begun, has := w.jobs[kind]; has {
		job, err := s.Printing.Settled(ctx, begun)
		switch {
		case errs.Is(err, errs.NotFound): // it was never made
		case err != nil || job.State != printing.Failed:
			return job, err
		default:
			return s.Printing.Retry(ctx, begun)
		}
	} else {
		if w.jobs == nil {
			w.jobs = map[document.Kind]printing.JobID{}
		}
		w.jobs[kind] = printing.JobID(ident.New(s.Clock.Now()))
		s.keep(ctx, r, i)
	}
	job, err := s.Printing.Print(ctx, printing.Ask{ID: w.jobs[kind], ShipmentID: w.id, Kind: ask.kind, DocumentKey: ask.document})
	if err == nil && job.ID != w.jobs[kind] { // somebody else's, which waited already
		w.jobs[kind] = job.ID
		s.keep(ctx, r, i)
	}
	return job, err
}

func word(kind document.Kind) string {
	switch kind {
	case document.KindPackingSlip:
		return "Packing slip"
	case document.KindInvoice:
		return "Commercial invoice"
	}
	if kind, _, _ := strings.Cut(string(kind), " "); document.Kind(kind).OfCourier() {
		return "The courier's " + courier.PaperKind(kind).Word()
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
		if kind.OfCourier() { // where invoices go; most shipments have none
			continue
		}
		if !chosen[kind] {
			return errs.OnField("printer_id", "No printer is chosen yet for: %s. Choose one under Print queue, Printers.", word(kind))
		}
	}
	return nil
}
