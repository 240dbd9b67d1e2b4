package shipment

import (
	"context"
	"errors"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// boughtLabel gives the label as it was bought, whatever was made of it since; of a shipment that does not say which that
// is, the first that was kept.
func boughtLabel(r Repo, sh Shipment) (document.File, error) {
	kept, err := r.DocumentsOf(string(sh.ID))
	if err != nil {
		return document.File{}, err
	}
	bought := slices.IndexFunc(kept, func(d document.Document) bool { return d.Key == sh.LabelKey })
	if bought < 0 {
		bought = slices.IndexFunc(kept, func(d document.Document) bool { return d.Kind == document.KindLabel })
	}
	if bought < 0 {
		return document.File{}, errs.New(errs.NotFound, "This shipment has no label file.")
	}
	return document.Read(r, kept[bought])
}

// Label gives the label, in another format where the courier can (format "" for the one that was bought, dpi 0 for its
// own), and notes that it was taken out. Conflict: there is no label, or it has been cancelled and must not be used.
func (s *Service) Label(ctx context.Context, accountID account.ID, h Handle, format courier.Format, dpi int) (document.File, error) {
	if err := allow(ctx, accountID, actor.Documents); err != nil {
		return document.File{}, err
	}
	sh, err := s.find(ctx, accountID, h)
	if err != nil {
		return document.File{}, err
	}
	if err := sh.LabelUsable(); err != nil {
		return document.File{}, err
	}
	f, err := s.labelAs(ctx, sh, format, dpi)
	if err != nil {
		return document.File{}, err
	}
	return f, s.takenOut(ctx, sh, &f, StepLabel)
}

// labelAs finds the label in the wanted form, or has it made.
func (s *Service) labelAs(ctx context.Context, sh Shipment, format courier.Format, dpi int) (document.File, error) {
	own := sh.Consignment
	if format == "" {
		format = own.LabelFormat
	}
	if dpi == 0 {
		dpi = own.LabelDPI
	}
	variant := document.LabelVariant(format, own.LabelSize, dpi)
	var f document.File
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if format == own.LabelFormat && dpi == own.LabelDPI {
			f, err = boughtLabel(r, sh)
			return err
		}
		kept, err := r.DocumentsOf(string(sh.ID))
		if err != nil {
			return err
		}
		for _, d := range kept {
			if d.Kind == document.KindLabel && d.Variant == variant {
				f, err = document.Read(r, d)
				return err
			}
		}
		return nil
	})
	if sh.LabelKey == "" && errs.Is(err, errs.NotFound) { // bought, and the label did not come
		return s.relabel(ctx, sh, format, dpi)
	}
	if err != nil || f.Key != "" {
		return f, err
	}
	return s.relabel(ctx, sh, format, dpi)
}

func (s *Service) relabel(ctx context.Context, sh Shipment, format courier.Format, dpi int) (document.File, error) {
	adapter, err := s.Adapter(sh)
	if err != nil {
		return document.File{}, err
	}
	relabeller, can := adapter.(courier.Relabeller)
	if !can {
		return document.File{}, errs.New(errs.NotOffered, "%s gives no label in another format. This one is %s.", adapter.Descriptor().Name, sh.Consignment.LabelFormat)
	}
	access, err := s.Auths.Open(ctx, sh.AuthID)
	if err != nil {
		return document.File{}, err
	}
	c := sh.Consignment
	c.LabelFormat, c.LabelDPI = format, dpi
	label, warnings, err := relabeller.Relabel(ctx, access, c, reference(sh))
	if err != nil {
		return document.File{}, err
	}
	f := s.Documents.Label(owner(sh), label)
	f.Warnings = warnings
	return f, nil
}

// PackingSlip makes or gives the packing slip; copies 1 to 100. Invalid: the shipment has no items.
func (s *Service) PackingSlip(ctx context.Context, accountID account.ID, h Handle, copies int) (document.File, error) {
	return s.Paper(ctx, accountID, h, document.KindPackingSlip, Wish{Copies: copies})
}

// CommercialInvoice makes or gives the commercial invoice; copies 1 to 100. What customs would miss is among the file's
// warnings. Invalid: the shipment has no items.
func (s *Service) CommercialInvoice(ctx context.Context, accountID account.ID, h Handle, copies int) (document.File, error) {
	return s.Paper(ctx, accountID, h, document.KindInvoice, Wish{Copies: copies})
}

// onOrder puts the paths of a document's fields onto the order's, where there is but one way to mend it.
func onOrder(err error) error {
	var e *errs.Error
	if !errors.As(err, &e) || e.Code != errs.Invalid {
		return err
	}
	mended := *e
	mended.Fields = make([]errs.Field, len(e.Fields))
	for i, f := range e.Fields {
		if f.Path == "lines" {
			f = errs.Field{Path: "shipment.parcels.0.items", Message: "Items are required for a packing slip or a commercial invoice: at least one."}
			mended.Message = f.Message
		}
		mended.Fields[i] = f
	}
	return &mended
}

// takenOut keeps the file where it is new, and notes that it was taken out: the first time as made, later as a reprint.
func (s *Service) takenOut(ctx context.Context, sh Shipment, f *document.File, step string) error {
	note, first := outNote(f.Kind, f.Variant), true
	for _, m := range sh.Timeline {
		if m.Step == step && (!f.Kind.OfCourier() || m.Note == note) {
			first = false
		}
	}
	if !first {
		note = "reprint, " + note
	}
	return s.noted(ctx, sh, f, s.moment(ctx, step, note))
}

// noted puts the moment at which a document left into the timeline, with its file where that is new; the first time a
// label leaves, the shipment counts as printed.
func (s *Service) noted(ctx context.Context, sh Shipment, f *document.File, moment Moment) error {
	if moment.Step == StepLabel && sh.PrintedMs == 0 {
		_, err := s.change(ctx, sh.AccountID, Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
			if sh.PrintedMs == 0 {
				sh.PrintedMs = moment.AtMs
			}
			return change{moments: []Moment{moment}, file: f}, nil
		})
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		if f != nil {
			if err := document.Keep(r, f); err != nil {
				return err
			}
		}
		return r.AppendMoment(sh.ID, moment)
	})
}
