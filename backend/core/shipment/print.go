package shipment

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// LabelUsable returns Conflict unless the shipment has a label that may be stuck on a parcel.
func (sh Shipment) LabelUsable() error {
	switch {
	case sh.State == Cancelled:
		return errs.New(errs.Conflict, "This shipment was cancelled; its label must not be used.")
	case !sh.State.bought():
		return errs.New(errs.Conflict, "This shipment has no label; it is %s.", standing(sh))
	}
	return nil
}

// takenOutBy gives the step that takes a document of a kind out.
func takenOutBy(kind document.Kind) string {
	switch kind {
	case document.KindLabel:
		return StepLabel
	case document.KindPackingSlip:
		return StepPackingSlip
	case document.KindInvoice:
		return StepInvoice
	}
	return StepCourierPaper
}

// outNote says in the note which of a courier's papers is taken out, because one step is that of all of them.
func outNote(kind document.Kind, note string) string {
	if !kind.OfCourier() {
		return note
	}
	return courier.PaperKind(kind).Word() + ", " + note
}

// TakenOut reports that a document of the kind was saved, shown or printed before.
func (sh Shipment) TakenOut(kind document.Kind) bool {
	for _, m := range sh.Timeline {
		if m.Step == takenOutBy(kind) && strings.HasPrefix(m.Note, outNote(kind, "")) {
			return true
		}
	}
	return kind == document.KindLabel && sh.PrintedMs != 0
}

// ForPrinting makes or finds a document and keeps it; Printed notes later that it came out. format and dpi are for labels,
// as with Label. Conflict: there is no label, or it must not be used; NotOffered: the courier has it in no such format;
// Invalid: there is no such kind, or the shipment has no items.
func (s *Service) ForPrinting(ctx context.Context, sh Shipment, kind document.Kind, format courier.Format, dpi int) (document.File, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.File{}, err
	}
	f, err := s.toPrint(ctx, sh, kind, format, dpi)
	if err != nil {
		return document.File{}, onOrder(err)
	}
	err = s.Store.Write(ctx, func(r Repo) error { return document.Keep(r, &f) })
	return f, err
}

func (s *Service) toPrint(ctx context.Context, sh Shipment, kind document.Kind, format courier.Format, dpi int) (document.File, error) {
	if kind == document.KindLabel {
		if err := sh.LabelUsable(); err != nil {
			return document.File{}, err
		}
		return s.labelAs(ctx, sh, format, dpi)
	}
	if kind.OfCourier() {
		return s.courierPaper(ctx, sh, kind, "")
	}
	return s.drawPaper(ctx, sh, kind, Wish{Copies: 1})
}

// PaperForPrinting finds a courier's own paper by its key; Printed notes later that it came out. NotFound: the shipment has
// no such paper.
func (s *Service) PaperForPrinting(ctx context.Context, sh Shipment, kind document.Kind, key string) (document.File, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.File{}, err
	}
	return s.courierPaper(ctx, sh, kind, key)
}

// Printed notes that a document came out of a printer; note names the printer. A label counts as taken out from then on.
func (s *Service) Printed(ctx context.Context, id ID, kind document.Kind, note string) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	sh, err := s.find(ctx, "", Handle{ID: id})
	if err != nil {
		return err
	}
	return s.noted(ctx, sh, nil, s.moment(ctx, takenOutBy(kind), outNote(kind, note)))
}
