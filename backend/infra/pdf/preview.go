package pdf

import (
	"context"
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

var _ document.Previewer = Drawer{}

// PreviewPackingSlip draws a page of a packing slip as PNG.
func (Drawer) PreviewPackingSlip(ctx context.Context, slip document.PackingSlip, page int) (document.Preview, error) {
	return preview(ctx, page, func(w writer) ([]courier.Warning, error) { return slipOn(w, slip) })
}

// PreviewCommercialInvoice draws a page of a commercial invoice as PNG.
func (Drawer) PreviewCommercialInvoice(ctx context.Context, invoice document.CommercialInvoice, page int) (document.Preview, error) {
	return preview(ctx, page, func(w writer) ([]courier.Warning, error) { return invoiceOn(w, invoice) })
}

// PreviewManifest draws a page of a manifest as PNG.
func (Drawer) PreviewManifest(ctx context.Context, manifest document.Manifest, page int) (document.Preview, error) {
	return preview(ctx, page, func(w writer) ([]courier.Warning, error) { return manifestOn(w, manifest) })
}

func preview(ctx context.Context, page int, paint func(w writer) ([]courier.Warning, error)) (out document.Preview, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			out, err = document.Preview{}, errs.Wrap(fmt.Errorf("pdf: %v", fault), errs.Internal, "The document can't be drawn: there is a fault in the program.")
		}
	}()
	for page = max(page, 1); ; page = out.Pages {
		if err := ctx.Err(); err != nil {
			return document.Preview{}, err
		}
		on := &screen{wanted: page}
		warnings, err := paint(writer{canvas: on})
		if err != nil {
			return document.Preview{}, err
		}
		out = document.Preview{Page: page, Pages: on.pages, Warnings: warnings}
		if page > on.pages {
			continue
		}
		if out.PNG, err = on.png(); err != nil {
			return document.Preview{}, errs.Wrap(err, errs.Internal, "The document can't be shown.")
		}
		return out, nil
	}
}
