// Package order reads what an order system sends into an Order: Voila's create-label body (reference: voila-api §2),
// with all its leniency, and with every mistake told at once by its path. The window and the terminal send the same
// body, so that the same sentence stands beside the same field everywhere.
package order

import (
	"encoding/json"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
)

// Order is a validated request for one consignment. Addresses, parcels and options are normal: grams, millimetres, minor
// units, capitals in country codes. What belongs to an account or a courier (auth, preset, limits) is checked later, by
// core/shipment, with the same paths.
type Order struct {
	Courier     courier.Key
	Testing     *bool
	AuthCompany string

	RequestID      json.RawMessage // as it came: string or number; nil when absent
	IdempotencyKey string          // the header; strict

	LabelSize   courier.Size   // as asked; "" when not
	LabelFormat courier.Format // PDF when not asked
	LabelDPI    int            // ours: 203 (default) or 300
	LabelInline bool           // ours: answer with label_base64

	WantInvoice bool
	WantSlip    bool
	Invoice     InvoiceDetails

	PresetCode  string // dc_service_id
	ServiceCode string // courier.service_code
	Options     map[string]string
	Incoterms   string
	Reason      string // reason_for_export

	CollectionMs         int64
	Reference            string
	Reference2           string
	OrderID              string
	OrderAltID           string
	DeliveryInstructions string
	ParcelDescription    string
	ShippingCharge       money.Amount
	AccountNumber        string
	AccountName          string
	GiftNote             string

	ReturnDuplicate         bool
	CancelOrReturnDuplicate bool

	From    postal.Address // zero: the account's default sender
	To      postal.Address
	Parcels []courier.Parcel

	Warnings []courier.Warning
	Raw      json.RawMessage // the shipment object as it came, for the record
}

// InvoiceDetails is commercial_invoice_details.
type InvoiceDetails struct {
	VATNumber         string         `json:"vat_number,omitempty"`
	EORI              string         `json:"eori_number,omitempty"`
	CompanyNumber     string         `json:"company_number,omitempty"`
	ReceiverReference string         `json:"receiver_reference,omitempty"`
	Size              string         `json:"size,omitempty"`
	Billing           postal.Address `json:"billing_address"`
}
