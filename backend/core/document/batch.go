package document

import (
	"context"

	"packbench/backend/core/courier"
)

// Drawn is one file with several documents. Warnings are as with a single one; their fields begin with the document's
// place in the list where there are several ("3.to.city").
type Drawn struct {
	Bytes    []byte
	Pages    []int // of each document, in order
	Warnings []courier.Warning
}

// BatchDrawer draws documents of one kind for many shipments into one file, which costs a fraction of drawing each alone,
// and joins files. Invalid: a document that its Validate refuses; the others are then not drawn either.
type BatchDrawer interface {
	DrawPackingSlips(ctx context.Context, slips []PackingSlip) (Drawn, error)
	DrawCommercialInvoices(ctx context.Context, invoices []CommercialInvoice) (Drawn, error)
	DrawManifests(ctx context.Context, manifests []Manifest) (Drawn, error)
	NewBinder() Binder
}

// Binder joins PDF files page by page, ours and couriers', every page in its own size. It is for one goroutine.
type Binder interface {
	// Add takes a file in and gives its pages, to be bound in any order. Invalid: it is no PDF, is damaged or encrypted;
	// what was added before stays sound.
	Add(file []byte) (pages []int, err error)
	// Bind gives the file of these pages in this order. createdMs, Unix ms UTC, is the file's own date. Invalid: no page.
	// Nothing can be added afterwards.
	Bind(title string, createdMs int64, pages []int) ([]byte, error)
}

// Previewer draws one page of a document as a picture for a screen. Warnings are as with the document itself.
type Previewer interface {
	PreviewPackingSlip(ctx context.Context, slip PackingSlip, page int) (Preview, error)
	PreviewCommercialInvoice(ctx context.Context, invoice CommercialInvoice, page int) (Preview, error)
	PreviewManifest(ctx context.Context, manifest Manifest, page int) (Preview, error)
}

// Preview is a page of a document as it would be printed.
type Preview struct {
	PNG      []byte
	Page     int // from 1; the last one where another was asked that is not there
	Pages    int
	Warnings []courier.Warning
}
