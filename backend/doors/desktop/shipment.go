package desktop

import (
	"packbench/backend/base/money"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/shipment"
)

// Shipment is all of a shipment as its page shows it. Request and Answer are JSON texts, "" for none.
type Shipment struct {
	Row           shipment.Row         `json:"row"`
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
	Price         money.Amount         `json:"price"`
	Failure       string               `json:"failure"`
	Warnings      []courier.Warning    `json:"warnings"`
	Request       string               `json:"request"`
	Answer        string               `json:"answer"`
	Timeline      []shipment.Moment    `json:"timeline"`
	Events        []courier.Event      `json:"events"`
	Cancellable   shipment.Cancellable `json:"cancellable"`
	Links         []shipment.Link      `json:"links"`
	RedoDue       bool                 `json:"redo_due"`
	Local         bool                 `json:"local"`     // its courier is this site: nobody else answers, nobody else is asked
	Trackable     bool                 `json:"trackable"` // its courier can be asked where it is
}

func seen(on *Services, s shipment.Shipment) Shipment {
	if s.ID == "" {
		return Shipment{}
	}
	s.Consignment.Forward.Given = nil // Request has it, with what is secret taken out
	out := Shipment{
		Row: s.Row, AuthID: s.AuthID, ServiceCode: s.ServiceCode, Consignment: s.Consignment, Invoice: s.Invoice,
		OrderAltID: s.OrderAltID, AccountNumber: s.AccountNumber, CustomerName: s.CustomerName, GiftNote: s.GiftNote,
		CourierRef: s.CourierRef, TrackingURLs: s.TrackingURLs, Price: s.Price, Failure: s.Failure, Warnings: s.Warnings,
		Request: requestlog.Redact(s.Request), Answer: string(s.Answer), Timeline: s.Timeline, Events: s.Events,
		Cancellable: on.Shipments.Cancellable(s), Links: s.Links, RedoDue: s.RedoDue,
	}
	if adapter, err := on.Shipments.Adapter(s); err == nil {
		d := adapter.Descriptor()
		out.Local, out.Trackable = d.Local, d.Capabilities.Track
	}
	return out
}
