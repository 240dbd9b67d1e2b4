package pdf

import (
	"context"
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// Result is a drawn file. Warnings say what is on it otherwise than it was given, or missing; in a
// file of several documents their fields begin with the document's place in the list ("3.to.city").
type Result struct {
	Bytes    []byte
	Pages    int
	Each     []int // pages of each document, all its copies together
	Warnings []courier.Warning
}

// Drawer draws business documents for core/document.
type Drawer struct{}

var (
	_ document.Drawer      = Drawer{}
	_ document.BatchDrawer = Drawer{}
)

// DrawPackingSlip draws one packing slip as PDF, copies times.
func (Drawer) DrawPackingSlip(ctx context.Context, slip document.PackingSlip, copies int) ([]byte, []courier.Warning, error) {
	result, err := PackingSlips(ctx, []document.PackingSlip{slip}, copies)
	return result.Bytes, result.Warnings, err
}

// DrawCommercialInvoice draws one commercial invoice as PDF, copies times.
func (Drawer) DrawCommercialInvoice(ctx context.Context, invoice document.CommercialInvoice, copies int) ([]byte, []courier.Warning, error) {
	result, err := CommercialInvoices(ctx, []document.CommercialInvoice{invoice}, copies)
	return result.Bytes, result.Warnings, err
}

// DrawPackingSlips draws packing slips into one PDF.
func (Drawer) DrawPackingSlips(ctx context.Context, slips []document.PackingSlip) (document.Drawn, error) {
	return drawn(PackingSlips(ctx, slips, 1))
}

// DrawCommercialInvoices draws commercial invoices into one PDF.
func (Drawer) DrawCommercialInvoices(ctx context.Context, invoices []document.CommercialInvoice) (document.Drawn, error) {
	return drawn(CommercialInvoices(ctx, invoices, 1))
}

// DrawManifests draws manifests into one PDF.
func (Drawer) DrawManifests(ctx context.Context, manifests []document.Manifest) (document.Drawn, error) {
	return drawn(Manifests(ctx, manifests))
}

func drawn(r Result, err error) (document.Drawn, error) {
	return document.Drawn{Bytes: r.Bytes, Pages: r.Each, Warnings: r.Warnings}, err
}

// drawAll draws documents into one file, each copies times and each with its own page numbers. It
// returns errs.Invalid for content or a number of copies that can't be drawn.
func drawAll(ctx context.Context, info Info, count, copies int, draw func(w writer, i int) ([]courier.Warning, error)) (result Result, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			result, err = Result{}, errs.Wrap(fmt.Errorf("pdf: %v", fault), errs.Internal, "The document can't be drawn: there is a fault in the program.")
		}
	}()
	switch {
	case count == 0:
		return Result{}, errs.New(errs.Invalid, "There is no document to draw; choose at least one.")
	case copies < 1 || copies > document.MaxCopies:
		return Result{}, errs.OnField("copy_count", "%d copies can't be drawn; give a number from 1 to %d", copies, document.MaxCopies)
	}
	canvas := NewCanvas(info)
	w := writer{canvas: canvas}
	if count*copies > 1 {
		w.fitted = typeset.NewMemory()
	}
	var warnings []courier.Warning
	each := make([]int, count)
	for i := range count {
		before := canvas.Pages()
		if count > 1 {
			w.prefix = fmt.Sprintf("%d.", i)
		}
		for copied := range copies {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			found, err := draw(w, i)
			if err != nil {
				return Result{}, err
			}
			if copied == 0 {
				warnings = append(warnings, found...)
			}
		}
		each[i] = canvas.Pages() - before
	}
	content, err := canvas.Bytes()
	if err != nil {
		return Result{}, errs.Wrap(err, errs.Internal, "The document can't be written.")
	}
	return Result{Bytes: content, Pages: canvas.Pages(), Each: each, Warnings: warnings}, nil
}
