// Package dhlexpress is the adapter of MyDHL, the API of DHL Express. A shipment with its labels is one call. DHL offers no
// way to cancel a shipment, to look one up that was not collected, or to get a label again.
package dhlexpress

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	host     = "express.api.dhl.com"
	liveBase = "https://" + host + "/mydhlapi"
	testBase = liveBase + "/test"
	version  = "3.1.0" // the interface's, which the contract 3.1.1 keeps
)

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter. DHL publishes no limits on live calls.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{Courier: descriptor, Hosts: []string{host}, Told: told}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

func call(t *httpx.Talk, access courier.Access, method, path, trace string, body any) httpx.Call {
	base := liveBase
	if access.Testing {
		base = testBase
	}
	header := http.Header{
		"Authorization": {t.Basic(access.Credentials.Get(fieldKey), access.Credentials.Get(fieldSecret))},
		"X-Version":     {version},
	}
	if trace != "" {
		header.Set("Message-Reference", trace)
	}
	return httpx.Call{Method: method, URL: base + path, JSON: body, Header: header}
}

// Check asks whether DHL delivers to a city, which it tells nobody without the keys.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		query := url.Values{"type": {"delivery"}, "countryCode": {"DE"}, "postalCode": {"53113"}, "cityName": {"Bonn"}, "strictValidation": {"false"}}
		var said struct {
			Address []struct {
				Country string `json:"countryCode"`
			} `json:"address"`
		}
		if _, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/address-validate?"+query.Encode(), "", nil), &said); err != nil {
			return err
		}
		v.Steps = []courier.Step{{Text: "DHL takes the keys and answers questions about addresses.", Took: c.env.Clock.Now().Sub(began)}}
		return nil
	})
	if err == nil && access.Testing {
		v.Warnings = append(v.Warnings, "DHL's test service sells nothing: its labels are samples that no driver may get, and can't be tracked.")
	}
	return v, err
}

// Book buys the shipment. Invalid: DHL could not take the order as it stands. Rejected: DHL refused it.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if err := check(in); err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		var said created
		a, err := t.OnceFor(ctx, call(t, access, http.MethodPost, "/shipments", in.ShipmentID, orderOf(access, in, c.env.Clock.Now())), &said)
		if err != nil {
			return courier.Booked{}, err
		}
		if said.Waybill == "" {
			return courier.Booked{}, a.Unreadable("it names no waybill")
		}
		return said.booked(in), nil
	})
}

// booked gives what was bought. A shipment of one parcel is known by its waybill, which recipients are used to; of several,
// each parcel has a number of its own.
func (s created) booked(in courier.Consignment) courier.Booked {
	b := courier.Booked{CourierRef: s.Waybill, TrackingCodes: []string{s.Waybill}, Price: s.price()}
	if len(in.Parcels) > 1 && len(s.Packages) == len(in.Parcels) {
		b.TrackingCodes = nil
		for _, p := range s.Packages {
			b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
		}
	}
	for _, code := range b.TrackingCodes {
		b.TrackingURLs = append(b.TrackingURLs, "https://www.dhl.com/global-en/home/tracking.html?tracking-id="+url.QueryEscape(code))
	}
	warn := func(field, words string) {
		b.Warnings = append(b.Warnings, courier.Warning{Field: field, Message: words})
	}
	for _, w := range s.Warnings {
		warn("shipment", "DHL: "+w)
	}
	look := lookOf(in)
	if look.size != in.LabelSize {
		warn("shipment.label_size", "DHL draws A4 as PDF only; this label is A6.")
	}
	label := courier.Label{Format: in.LabelFormat, Size: look.size, DPI: in.LabelDPI}
	for _, d := range s.Documents {
		file, err := base64.StdEncoding.DecodeString(d.Content)
		if err != nil {
			warn("papers", "DHL gave a document ("+d.Type+") that can't be read.")
			continue
		}
		kind, isPaper := paperKinds[d.Type]
		switch {
		case d.Type == "label" || d.Type == "waybillDoc" && in.LabelFormat == courier.ZPL:
			if in.LabelFormat.Matches(file) {
				label.Bytes = append(label.Bytes, file...)
			}
		case isPaper:
			b.AddPaper(kind, file)
		}
	}
	if len(label.Bytes) == 0 {
		warn("label", "The shipment was bought, and DHL gave no label with it. DHL's customer service can send it again.")
		return b
	}
	b.Label = label
	return b
}

// paperKinds are the documents that come beside the label.
var paperKinds = map[string]courier.PaperKind{
	"invoice": courier.PaperInvoice, "waybillDoc": courier.PaperWaybill, "shipmentReceipt": courier.PaperReceipt,
}

// price gives what the account is charged: the amount in the currency that is billed.
func (s created) price() money.Amount {
	for _, charge := range s.Charges {
		if a := amount(charge.Price, charge.Currency); charge.Kind == billed && !a.IsZero() {
			return a
		}
	}
	return money.Amount{}
}
