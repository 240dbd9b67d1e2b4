package printing

import (
	"context"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// Uses lists what has a default printer, in the order of the screen.
func Uses() []Default {
	return []Default{
		{Kind: document.KindLabel, Format: courier.ZPL}, {Kind: document.KindLabel, Format: courier.PDF},
		{Kind: document.KindLabel, Format: courier.PNG}, {Kind: document.KindPackingSlip, Format: courier.PDF},
		{Kind: document.KindInvoice, Format: courier.PDF},
	}
}

// Defaults gives every use with its printer, or none.
func (s *Service) Defaults(ctx context.Context) ([]Default, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	out := Uses()
	err := s.Store.Read(ctx, func(r Repo) error {
		chosen, err := r.PrintDefaults()
		for i := range out {
			out[i].PrinterID = defaultOf(chosen, out[i].Kind, out[i].Format)
		}
		return err
	})
	return out, err
}

// SetDefault chooses the printer of a use, or none. Invalid: there is no such use, or the printer does not take it.
func (s *Service) SetDefault(ctx context.Context, d Default) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	if !slices.ContainsFunc(Uses(), func(u Default) bool { return u.Kind == d.Kind && u.Format == d.Format }) {
		return errs.OnField("kind", "There is no default printer for %s as %s.", noun(d.Kind), word(d.Format))
	}
	return s.Store.Write(ctx, func(r Repo) error {
		subject := audit.Subject{Kind: "printer"}
		if d.PrinterID != "" {
			p, err := r.Printer(d.PrinterID)
			if err != nil {
				return err
			}
			if !p.takes(d.Format) {
				return refused(p, d.Kind, d.Format)
			}
			subject = p.subject()
		}
		before, err := r.PrintDefaults()
		if err != nil {
			return err
		}
		if err := r.SavePrintDefault(d); err != nil {
			return err
		}
		was := Default{Kind: d.Kind, Format: d.Format, PrinterID: defaultOf(before, d.Kind, d.Format)}
		return audit.Record(ctx, r, s.Clock.Now(), "printer.default", subject, "", was, d)
	})
}

func defaultOf(chosen []Default, kind document.Kind, format courier.Format) PrinterID {
	for _, d := range chosen {
		if d.Kind == kind && d.Format == format {
			return d.PrinterID
		}
	}
	return ""
}

// route says which printer a document goes to, and in which format: as it is where a printer is set for that, else, for
// a label, in another format that a printer is set for. bought is the format the document has.
func route(r Repo, wanted PrinterID, kind document.Kind, bought courier.Format) (Printer, courier.Format, error) {
	formats := []courier.Format{bought}
	if kind == document.KindLabel {
		for _, f := range []courier.Format{courier.ZPL, courier.PDF, courier.PNG} {
			if f != bought {
				formats = append(formats, f)
			}
		}
	}
	if wanted != "" {
		p, err := r.Printer(wanted)
		if err != nil {
			return Printer{}, "", err
		}
		for _, f := range formats {
			if p.takes(f) {
				return p, f, nil
			}
		}
		return Printer{}, "", refused(p, kind, bought)
	}
	defaults, err := r.PrintDefaults()
	if err != nil {
		return Printer{}, "", err
	}
	for _, f := range formats {
		if id := defaultOf(defaults, use(kind), f); id != "" {
			p, err := r.Printer(id)
			return p, f, err
		}
	}
	return Printer{}, "", errs.OnField("printer_id", "No printer is chosen for %s. Choose one.", plural(kind))
}

// use gives the kind whose default printer a document goes to: a courier's own papers go where invoices do.
func use(kind document.Kind) document.Kind {
	if kind.OfCourier() {
		return document.KindInvoice
	}
	return kind
}

// refused says that a printer can't take a document, and what would be right.
func refused(p Printer, kind document.Kind, format courier.Format) error {
	var takes []string
	for _, f := range p.Formats {
		takes = append(takes, word(f))
	}
	return errs.OnField("printer_id", "%s takes %s, and this is %s as %s. Choose a printer that takes %s.",
		p.Name, strings.Join(takes, " and "), noun(kind), word(format), word(format))
}

func word(f courier.Format) string { return strings.ToUpper(string(f)) }

func noun(k document.Kind) string {
	switch k {
	case document.KindLabel:
		return "a label"
	case document.KindPackingSlip:
		return "a packing slip"
	}
	if k.OfCourier() {
		return "the courier's " + courier.PaperKind(k).Word()
	}
	return "a commercial invoice"
}

func plural(k document.Kind) string {
	switch k {
	case document.KindLabel:
		return "labels"
	case document.KindPackingSlip:
		return "packing slips"
	}
	if k.OfCourier() {
		return "the courier's papers"
	}
	return "commercial invoices"
}
