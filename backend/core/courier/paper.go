package courier

import (
	"cmp"

	"packbench/backend/base/errs"
)

// PaperKind is what a courier's own paper is.
type PaperKind string

// The kinds of a courier's papers.
const (
	PaperInvoice PaperKind = "courier-invoice" // the commercial invoice as the courier made it
	PaperCustoms PaperKind = "customs-form"    // CN22, CN23 and other declarations
	PaperReceipt PaperKind = "courier-receipt" // for the sender: a receipt, a report of high value
	PaperWaybill PaperKind = "waybill"         // for the driver
)

// PaperKinds gives every kind, in the order papers are listed and printed.
func PaperKinds() []PaperKind {
	return []PaperKind{PaperInvoice, PaperCustoms, PaperWaybill, PaperReceipt}
}

var paperWords = map[PaperKind]string{
	PaperInvoice: "commercial invoice", PaperCustoms: "customs form", PaperReceipt: "receipt", PaperWaybill: "waybill",
}

// Word gives the kind as words: "customs form".
func (k PaperKind) Word() string { return cmp.Or(paperWords[k], string(k)) }

// Paper is a document that a courier made beside the label.
type Paper struct {
	Kind   PaperKind
	Format Format
	Bytes  []byte
}

// AddPaper adds a paper that came with the purchase. What is neither PDF nor PNG is left out and told.
func (b *Booked) AddPaper(kind PaperKind, file []byte) {
	format := FormatOf(file)
	if format != PDF && format != PNG {
		b.NoPaper(kind, errs.New(errs.Unavailable, "What the courier gave is no document."))
		return
	}
	b.Papers = append(b.Papers, Paper{Kind: kind, Format: format, Bytes: file})
}

// NoPaper tells that a paper could not be had: the purchase stands all the same.
func (b *Booked) NoPaper(kind PaperKind, why error) {
	b.Warnings = append(b.Warnings, Warning{
		Field: "papers", Message: "The label was bought; the courier's " + kind.Word() + " could not be fetched: " + errs.As(why).Message,
	})
}
