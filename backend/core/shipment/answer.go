package shipment

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
)

// Answer is what a buyer is told (reference: voila-api §2); the courier API and the terminal give the same.
type Answer struct {
	TrackingCodes   []string          `json:"tracking_codes"` // one per parcel, never empty
	TrackingURLs    []string          `json:"tracking_urls"`  // one per code
	URI             string            `json:"uri"`            // link to the label file
	Key             string            `json:"key"`            // the label file's, for a fresh link
	Type            courier.Format    `json:"type"`
	LabelSize       courier.Size      `json:"label_size"` // as it was made
	Courier         courier.Key       `json:"courier"`
	PresetCode      string            `json:"dc_service_id"`
	Company         string            `json:"auth_company"`
	Testing         bool              `json:"testing"`
	RequestID       json.RawMessage   `json:"request_id,omitempty"` // in the type it came in
	RequestNumber   int64             `json:"dc_request_id"`        // of the request that bought
	LabelShipmentID int64             `json:"create_label_shipment_id"`
	ShipmentID      int64             `json:"shipment_id"`
	TrackingID      int64             `json:"tracking_request_id"`
	TrackingHash    int64             `json:"tracking_request_hash"`
	LabelBase64     []byte            `json:"label_base64,omitempty"`
	Invoice         *FileLink         `json:"commercial_invoice,omitempty"`
	PackingSlip     *FileLink         `json:"packing_slip,omitempty"`
	Duplicate       bool              `json:"duplicate"`
	DuplicateOf     int64             `json:"duplicate_of,omitempty"`
	Cancelled       bool              `json:"cancelled,omitempty"`
	Warnings        []courier.Warning `json:"warnings,omitempty"`
}

// FileLink is a document as a buyer gets it.
type FileLink struct {
	URL      string            `json:"url"`
	Key      string            `json:"key"`
	Warnings []courier.Warning `json:"warnings,omitempty"`
}

// Links makes addresses a buyer can open; each may be "" where nothing is served.
type Links interface {
	File(key string) string
	Status(sh Shipment, trackingCode string) string
}

// Answer makes what a buyer is told of what Create gave, with the documents the order asked for. A document that can't be
// made is a warning, because the label is bought by now.
func (s *Service) Answer(ctx context.Context, o order.Order, c Created, links Links) Answer {
	sh := c.Shipment
	out := Answer{
		TrackingCodes: sh.TrackingCodes, TrackingURLs: TrackingURLs(sh, links),
		URI: links.File(c.Label.Key), Key: c.Label.Key, Type: sh.Consignment.LabelFormat, LabelSize: sh.Consignment.LabelSize,
		Courier: sh.Courier, PresetCode: sh.PresetCode, Company: cmp.Or(sh.Consignment.Forward.Company, sh.Company), Testing: sh.Testing,
		RequestID: o.RequestID, RequestNumber: sh.RequestNumber, LabelShipmentID: sh.Number, ShipmentID: sh.Number,
		TrackingID: sh.Number, TrackingHash: sh.TrackingHash,
		Duplicate: c.Duplicate, Cancelled: c.Cancelled, Warnings: slices.Clip(sh.Warnings),
	}
	if c.Duplicate {
		out.DuplicateOf = sh.Number
	}
	if o.LabelInline {
		out.LabelBase64 = c.Label.Bytes
	}
	if o.WantInvoice {
		out.Invoice = s.fileLink(ctx, sh, s.CommercialInvoice, "shipment.generate_invoice", links, &out)
	}
	if o.WantSlip {
		out.PackingSlip = s.fileLink(ctx, sh, s.PackingSlip, "shipment.generate_packing_slip", links, &out)
	}
	return out
}

// TrackingURLs gives one address per code: the courier's own pages, and ours where it has none.
func TrackingURLs(sh Shipment, links Links) []string {
	urls := make([]string, len(sh.TrackingCodes))
	for i, code := range sh.TrackingCodes {
		if i < len(sh.TrackingURLs) && sh.TrackingURLs[i] != "" {
			urls[i] = sh.TrackingURLs[i]
		} else {
			urls[i] = links.Status(sh, code)
		}
	}
	return urls
}

type documentMaker func(ctx context.Context, id account.ID, h Handle, copies int) (document.File, error)

func (s *Service) fileLink(ctx context.Context, sh Shipment, make documentMaker, path string, links Links, out *Answer) *FileLink {
	f, err := make(ctx, sh.AccountID, Handle{ID: sh.ID}, 1)
	if err != nil {
		out.Warnings = append(out.Warnings, courier.Warning{Field: path, Message: err.Error()})
		return nil
	}
	for _, warning := range f.Warnings {
		if !slices.Contains(out.Warnings, warning) { // a slip and an invoice may miss the same thing
			out.Warnings = append(out.Warnings, warning)
		}
	}
	return &FileLink{URL: links.File(f.Key), Key: f.Key}
}
