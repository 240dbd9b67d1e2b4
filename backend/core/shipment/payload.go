package shipment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

// payloadVersion is the schema of payload; a change of meaning raises it and reads the old one too.
const payloadVersion = 1

// payload is what of a shipment no list shows and no query asks for: kept as one JSON value beside the row.
type payload struct {
	V             int                  `json:"v"`
	ServiceCode   string               `json:"service_code,omitempty"`
	Consignment   courier.Consignment  `json:"consignment"`
	Invoice       order.InvoiceDetails `json:"invoice"`
	OrderAltID    string               `json:"order_alt_id,omitempty"`
	AccountNumber string               `json:"account_number,omitempty"`
	CustomerName  string               `json:"account_name,omitempty"`
	GiftNote      string               `json:"gift_note,omitempty"`
	CourierRef    string               `json:"courier_ref,omitempty"`
	TrackingURLs  []string             `json:"tracking_urls,omitempty"`
	Price         money.Amount         `json:"price"`
	CancelUntilMs int64                `json:"cancel_until_ms,omitempty"`
	Failure       string               `json:"failure,omitempty"`
	Warnings      []courier.Warning    `json:"warnings,omitempty"`
	Request       json.RawMessage      `json:"request,omitempty"`
	Answer        json.RawMessage      `json:"answer,omitempty"`
	LabelKey      string               `json:"label_key,omitempty"`
	Links         []Link               `json:"links,omitempty"`
	RedoDue       bool                 `json:"redo_due,omitempty"`
}

// Payload gives everything of the shipment that is neither in Row nor AuthID, TrackingHash, Timeline or Events, as one
// JSON value for the store. The service encodes it before the transaction; a shipment changed inside one is encoded then.
func (s *Shipment) Payload() ([]byte, error) {
	if s.packed != nil {
		return s.packed, nil
	}
	p := payload{
		payloadVersion, s.ServiceCode, s.Consignment, s.Invoice, s.OrderAltID, s.AccountNumber, s.CustomerName, s.GiftNote,
		s.CourierRef, s.TrackingURLs, s.Price, s.CancelUntilMs, s.Failure, s.Warnings, s.Request, s.Answer, s.LabelKey,
		s.Links, s.RedoDue,
	}
	copied := s.copies()
	if copied {
		p.Request = nil
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("shipment: payload: %w", err)
	}
	if copied {
		raw = slices.Grow(raw, len(s.Request)+len(requestMember)+1)
		raw = append(append(append(raw[:len(raw)-1], requestMember...), s.Request...), '}')
	}
	return raw, nil
}

const requestMember = `,"request":`

// copies reports whether the request can go into the payload as it is: most of the payload is the request, of which
// encoding/json would read every byte twice. It is an order's, so it is JSON already. One that encoding/json would write
// otherwise is left to it: with white space, as programs set it, or with <, >, &, U+2028 or U+2029 (the last two begin like
// much punctuation).
func (s *Shipment) copies() bool {
	return len(s.Request) > 0 && !bytes.ContainsAny(s.Request, "<>&\t\n\r") &&
		!bytes.Contains(s.Request, []byte(`": `)) && !bytes.Contains(s.Request, []byte("\xe2\x80"))
}

// pack encodes the payload now, outside of the transaction that will store it. Nothing of it may change afterwards.
func (s *Shipment) pack() error {
	s.packed = nil
	raw, err := s.Payload()
	s.packed = raw
	return err
}

// SetPayload reads back what Payload made.
func (s *Shipment) SetPayload(raw []byte) error {
	var p payload
	if err := json.Unmarshal(raw, &p); err != nil {
		return fmt.Errorf("shipment: payload: %w", err)
	}
	if p.V != payloadVersion {
		return fmt.Errorf("shipment: payload has version %d, this program reads %d", p.V, payloadVersion)
	}
	s.ServiceCode, s.Consignment, s.Invoice, s.OrderAltID = p.ServiceCode, p.Consignment, p.Invoice, p.OrderAltID
	s.AccountNumber, s.CustomerName, s.GiftNote = p.AccountNumber, p.CustomerName, p.GiftNote
	s.CourierRef, s.TrackingURLs, s.Price, s.CancelUntilMs = p.CourierRef, p.TrackingURLs, p.Price, p.CancelUntilMs
	s.Failure, s.Warnings, s.Request, s.Answer, s.LabelKey = p.Failure, p.Warnings, p.Request, p.Answer, p.LabelKey
	s.Links, s.RedoDue = p.Links, p.RedoDue
	s.packed = nil
	return nil
}
