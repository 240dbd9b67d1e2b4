// Package shipment buys labels safely and keeps what was bought: states, the purchase saga, cancelling, tracking.
package shipment

import (
	"encoding/json"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
)

// ID names a shipment; it is also the reference every courier is sent.
type ID string

// State is where a purchase stands (reference: security §2.4).
type State string

// The states. Sending is committed before the first byte leaves; Unknown is never sent again.
const (
	Queued    State = "queued"
	Sending   State = "sending"
	Booked    State = "booked"
	Rejected  State = "rejected"
	Unknown   State = "unknown"
	NotBought State = "not_bought" // an unknown that was proved not to have been bought
	// Cancelling is booked, with a cancellation on its way to the courier.
	Cancelling State = "cancelling"
	Cancelled  State = "cancelled"
)

// Live reports whether a label exists or may exist.
func (s State) Live() bool {
	return s == Queued || s == Sending || s == Unknown || s == Booked || s == Cancelling
}

// Row is a shipment as lists show it.
type Row struct {
	ID            ID             `json:"id"`
	Number        int64          `json:"number"` // what people read out; create_label_shipment_id
	RequestNumber int64          `json:"dc_request_id"`
	CreatedMs     int64          `json:"created_ms"`
	AccountID     account.ID     `json:"account_id"`
	AccountName   string         `json:"account"`
	Courier       courier.Key    `json:"courier"`
	Company       string         `json:"company"`
	ServiceName   string         `json:"service_name"`
	PresetCode    string         `json:"dc_service_id"`
	Testing       bool           `json:"testing"`
	Reference     string         `json:"reference"`
	Reference2    string         `json:"reference_2"`
	Recipient     string         `json:"recipient"`
	RecipientOrg  string         `json:"recipient_company"`
	City          string         `json:"city"`
	Postcode      string         `json:"postcode"`
	CountryISO    string         `json:"country_iso"`
	Parcels       int            `json:"parcels"`
	Weight        measure.Grams  `json:"weight_g"`
	TrackingCodes []string       `json:"tracking_codes"`
	State         State          `json:"state"`
	Status        courier.Status `json:"status_code"` // 0 until booked
	Packed        bool           `json:"packed"`
	PrintedMs     int64          `json:"printed_ms"` // first time the label was taken out; 0 never
	Version       int64          `json:"version"`
	UpdatedMs     int64          `json:"updated_ms"`
}

// Shipment is all of it.
type Shipment struct {
	Row
	AuthID        auth.ID              `json:"auth_id"`
	ServiceCode   string               `json:"service_code"`
	Consignment   courier.Consignment  `json:"consignment"`
	Invoice       order.InvoiceDetails `json:"commercial_invoice_details"`
	OrderAltID    string               `json:"order_alt_id"`
	AccountNumber string               `json:"account_number"`
	CustomerName  string               `json:"account_name"`
	GiftNote      string               `json:"gift_note"`
	CourierRef    string               `json:"courier_ref"`
	TrackingURLs  []string             `json:"tracking_urls"`
	TrackingHash  int64                `json:"tracking_request_hash"` // random, below 2^53
	Price         money.Amount         `json:"price"`
	CancelUntilMs int64                `json:"cancel_until_ms"`
	Failure       string               `json:"failure"` // the courier's words, or why it is unknown
	Warnings      []courier.Warning    `json:"warnings"`
	Request       json.RawMessage      `json:"request"`   // the shipment object as it came
	Answer        json.RawMessage      `json:"answer"`    // the courier's own answer, secrets removed
	LabelKey      string               `json:"label_key"` // of the label as it was bought
	Links         []Link               `json:"links"`     // to other purchases of the same order
	RedoDue       bool                 `json:"redo_due"`  // cancelled by a redo that has bought no new label yet
	Timeline      []Moment             `json:"timeline"`
	Events        []courier.Event      `json:"events"`

	packed []byte // what pack made
}

// Moment is one step of a shipment's life at this machine.
type Moment struct {
	AtMs int64  `json:"at_ms"`
	Step string `json:"step"` // one of the Step constants
	Note string `json:"note"`
	By   string `json:"by"`
}

// The steps of a timeline.
const (
	StepReceived     = "received"
	StepSending      = "sending"
	StepBooked       = "booked"
	StepRejected     = "rejected"
	StepUnknown      = "unknown"
	StepNotBought    = "not_bought"
	StepCancelling   = "cancelling"
	StepNotCancelled = "not_cancelled"
	StepCancelled    = "cancelled"
	StepRedone       = "redone"
	StepRedoEnded    = "redo_ended"
	StepDuplicated   = "duplicated"
	StepPacked       = "packed"
	StepClosed       = "closed" // its day was closed: it is in a manifest
	StepLabel        = "label"
	StepPackingSlip  = "slip"
	StepInvoice      = "invoice"
	StepCourierPaper = "courier_paper"
)

// Cancellable says whether a shipment can still be cancelled: until when, or why not.
type Cancellable struct {
	Yes     bool   `json:"yes"`
	UntilMs int64  `json:"until_ms"` // 0 with Yes: until it is collected
	Why     string `json:"why"`      // a sentence, where not
}

// Handle names a shipment the way a caller knows it; the first that is set counts. With Courier, only a shipment of that
// courier is found.
type Handle struct {
	Courier       courier.Key
	ID            ID
	Number        int64
	RequestNumber int64
	TrackingCode  string
	Reference     string
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	AccountID     account.ID  `json:"account_id"`
	Courier       courier.Key `json:"courier"`
	States        []State     `json:"states"`
	Testing       *bool       `json:"testing"`
	CountryISO    string      `json:"country_iso"`
	Printed       *bool       `json:"printed"`
	FromMs        int64       `json:"from_ms"` // created, included
	ToMs          int64       `json:"to_ms"`   // created, excluded
	Reference     string      `json:"reference"`
	Number        int64       `json:"number"`
	RequestNumber int64       `json:"dc_request_id"`
	Email         string      `json:"email"`
	TrackingCode  string      `json:"tracking_code"`
	Search        string      `json:"search"` // number, references, names, postcode, tracking, SKU
	Sort          Sort        `json:"sort"`   // the order of the list; counting takes no notice of it
	Skip          int         `json:"-"`      // rows passed over: the courier API pages by number; 0 with a cursor
}

// Created is what Create gives.
type Created struct {
	Shipment  Shipment
	Label     document.File // the label as it was bought
	Duplicate bool          // the first answer again
	Logged    bool          // its request-log entry was committed with it
	Cancelled bool          // a strict replay of a shipment that has been cancelled since
}
