package shipment

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/document"
	"packbench/backend/core/template"
)

// PreviewAsk names a page of a paper under a template, which need not be kept.
type PreviewAsk struct {
	Template template.Template
	Kind     document.Kind // packing slip, commercial invoice or manifest
	Number   int64         // of a shipment; 0 for a made-up one
	Gift     bool          // the made-up one is a present
	Page     int           // from 1; 0 is the first
}

// Preview draws a page as it would be printed; nothing is kept or noted. Warnings bear the template's fields where it is
// the template that can mend them; of a made-up shipment there are no others. Invalid: the template, or there is no such
// kind of paper, or the shipment has no items; NotFound: there is no such shipment. Only at this machine.
func (s *Service) Preview(ctx context.Context, ask PreviewAsk) (document.Preview, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.Preview{}, err
	}
	checked, err := template.Checked(ask.Template)
	if err != nil {
		return document.Preview{}, err
	}
	sh := madeUp(checked.Business, ask.Gift, s.Clock.Now())
	if ask.Number != 0 {
		if sh, err = s.find(ctx, "", Handle{Number: ask.Number}); err != nil {
			return document.Preview{}, err
		}
	}
	b, err := s.unbranded(ctx, sh)
	if err != nil {
		return document.Preview{}, err
	}
	b.Template = checked
	out, err := s.preview(ctx, sh, b, ask)
	if err != nil {
		return document.Preview{}, onOrder(err)
	}
	warnings := out.Warnings
	out.Warnings = nil
	for _, w := range warnings {
		field, own := ofTemplate(w.Field)
		if w.Field = field; own || ask.Number != 0 {
			out.Warnings = append(out.Warnings, w)
		}
	}
	return out, nil
}

func (s *Service) preview(ctx context.Context, sh Shipment, b brand, ask PreviewAsk) (document.Preview, error) {
	switch ask.Kind {
	case document.KindPackingSlip:
		return s.Previewer.PreviewPackingSlip(ctx, packingSlip(sh, b), ask.Page)
	case document.KindInvoice:
		return s.Previewer.PreviewCommercialInvoice(ctx, commercialInvoice(sh, b), ask.Page)
	case document.KindManifest:
		m := b.manifest(sh, s.Clock.Now().UnixMilli())
		m.Lines = []document.ManifestLine{manifestLine(sh)}
		return s.Previewer.PreviewManifest(ctx, m, ask.Page)
	}
	return document.Preview{}, errs.OnField("kind", "There is no document %q; it is packing-slip, commercial-invoice or manifest.", string(ask.Kind))
}

// ofTemplate gives the template's field for one of a paper, where it came from there.
func ofTemplate(field string) (string, bool) {
	switch field {
	case "message":
		return "packing_slip.message", true
	case "returns":
		return "business.returns", true
	}
	if part, branded := strings.CutPrefix(field, "branding."); branded {
		return "business." + part, true
	}
	return field, false
}
