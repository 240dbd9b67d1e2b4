package shipment

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/document"
)

// Wish says how a paper is wanted this once, where not as its template says.
type Wish struct {
	Copies   int // 1 to 100
	Paper    document.Paper
	Language document.Language
}

// Paper makes or gives the packing slip or the commercial invoice, as its template is today, and notes that it was taken
// out. A paper that differs from the kept ones is kept beside them; those never change (KeptFile gives them). Invalid: the wish, or the shipment has no items.
func (s *Service) Paper(ctx context.Context, accountID account.ID, h Handle, kind document.Kind, wish Wish) (document.File, error) {
	if err := allow(ctx, accountID, actor.Documents); err != nil {
		return document.File{}, err
	}
	sh, err := s.find(ctx, accountID, h)
	if err != nil {
		return document.File{}, err
	}
	f, err := s.drawPaper(ctx, sh, kind, wish)
	if err != nil {
		return document.File{}, onOrder(err)
	}
	return f, s.takenOut(ctx, sh, &f, takenOutBy(kind))
}

func (s *Service) drawPaper(ctx context.Context, sh Shipment, kind document.Kind, wish Wish) (document.File, error) {
	if kind != document.KindPackingSlip && kind != document.KindInvoice {
		return document.File{}, errs.OnField("kind", "There is no document %q; it is label, packing-slip or commercial-invoice.", string(kind))
	}
	b, err := s.brand(ctx, sh)
	if err != nil {
		return document.File{}, err
	}
	if kind == document.KindPackingSlip {
		slip := packingSlip(sh, b.wished(wish))
		return s.Documents.PackingSlip(ctx, owner(sh), slip, wish.Copies)
	}
	invoice := commercialInvoice(sh, b.wished(wish))
	if wish.Paper != "" { // which stands above what the order asks for
		invoice.Paper = wish.Paper
	}
	return s.Documents.CommercialInvoice(ctx, owner(sh), invoice, wish.Copies)
}

// wished puts a wish over the template.
func (b brand) wished(wish Wish) brand {
	if wish.Paper != "" {
		b.Slip.Paper, b.Invoice.Paper = wish.Paper, wish.Paper
	}
	if wish.Language != "" {
		b.Slip.Language, b.Invoice.Language = wish.Language, wish.Language
	}
	return b
}
