// Package document says what labels, packing slips and commercial invoices contain, keeps a shipment's files
// by their content, and finds them again for a reprint. How they are drawn is infra's.
package document

import (
	"context"
	"slices"

	"packbench/backend/core/courier"
)

// Kind is what a document is.
type Kind string

// The kinds of document.
const (
	KindLabel       Kind = "label"
	KindPackingSlip Kind = "packing-slip"
	KindInvoice     Kind = "commercial-invoice"
	KindManifest    Kind = "manifest" // of many shipments; kept of a day that was closed, under the manifest's ID
)

// OfCourier reports whether a document is a courier's own paper, which came with the purchase and can't be made again.
func (k Kind) OfCourier() bool { return slices.Contains(courier.PaperKinds(), courier.PaperKind(k)) }

// Document is the record of a kept file. Key is URL-safe, can't be guessed, and never changes: the handle of
// pdfs/renew.
type Document struct {
	Key        string `json:"key"`
	ShipmentID string `json:"shipment_id"`
	AccountID  string `json:"account_id"`
	Kind       Kind   `json:"kind"`
	Media      string `json:"media"` // application/pdf, application/zpl, image/png
	SHA256     string `json:"sha256"`
	Size       int64  `json:"size"`
	Variant    string `json:"variant"` // format, size, dpi, copies: what tells two documents of one kind apart
	CreatedMs  int64  `json:"created_ms"`
}

// File is a document with its bytes and what was odd when it was drawn.
type File struct {
	Document
	Bytes    []byte
	Warnings []courier.Warning
}

// Repo is what documents are kept in; a shipment's bytes are stored once for each SHA-256.
type Repo interface {
	PutDocument(Document, []byte) error
	Document(key string) (Document, error)
	DocumentsOf(shipmentID string) ([]Document, error) // oldest first
	Bytes(Document) ([]byte, error)                    // checked against their SHA-256
}

// LabelDrawer draws the label of a courier that has none of its own.
type LabelDrawer interface {
	// DrawLabels draws one page for each label. Invalid: a content that can't be drawn at all (a bad barcode).
	DrawLabels(ctx context.Context, labels []Label, format courier.Format, size courier.Size, dpi int) ([]byte, []courier.Warning, error)
}

// Drawer draws the business documents.
type Drawer interface {
	DrawPackingSlip(ctx context.Context, slip PackingSlip, copies int) ([]byte, []courier.Warning, error)
	DrawCommercialInvoice(ctx context.Context, invoice CommercialInvoice, copies int) ([]byte, []courier.Warning, error)
}
