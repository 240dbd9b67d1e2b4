package shipengine

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// The request and the answer of POST /rates, as far as they are used.

type rateOrder struct {
	Shipment shipment    `json:"shipment"`
	Options  rateOptions `json:"rate_options"`
}

type rateOptions struct {
	Carriers []string `json:"carrier_ids"`
	Packages []string `json:"package_types,omitempty"`
}

type rates struct {
	Response *struct {
		Rates   []rate  `json:"rates"`
		Invalid []rate  `json:"invalid_rates"`
		Errors  []fault `json:"errors"`
	} `json:"rate_response"`
}

type rate struct {
	Carrier      string   `json:"carrier_id"`
	Service      string   `json:"service_code"`
	Name         string   `json:"service_type"`
	Package      string   `json:"package_type"`
	Days         int      `json:"delivery_days"`
	Delivery     string   `json:"estimated_delivery_date"`
	Shipping     amount   `json:"shipping_amount"`
	Insurance    amount   `json:"insurance_amount"`
	Confirmation amount   `json:"confirmation_amount"`
	Other        amount   `json:"other_amount"`
	Tax          amount   `json:"tax_amount"`
	Errors       []string `json:"error_messages"`
}

// ownBox is the package type of a price for the sender's own box.
const ownBox = "package"

// Quote asks for the prices of the carrier account that the order would be bought with. ShipEngine keeps the question as a
// shipment without a label; our id is not given to it, because it is taken once.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	order := shipmentOf(access, in)
	wanted, packaging := order.Service, cmp.Or(in.Options[optionPackage], ownBox)
	if order.External = ""; order.Service == byCode {
		order.Service = ""
	}
	request := rateOrder{Shipment: order, Options: rateOptions{Carriers: []string{order.Carrier}}}
	if packaging != ownBox {
		request.Options.Packages = []string{packaging}
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said rates
		a, err := t.AskFor(ctx, call(access, http.MethodPost, "/rates", request), &said)
		if err != nil {
			return err
		}
		if said.Response == nil {
			return a.Unreadable("it holds no prices")
		}
		for _, r := range said.Response.Rates {
			price := sum(r.Shipping, r.Insurance, r.Confirmation, r.Other, r.Tax)
			if r.Service == "" || price.Minor <= 0 || len(r.Errors) > 0 || cmp.Or(r.Package, packaging) != packaging {
				continue
			}
			offers = append(offers, r.offer(price, wanted))
		}
		if len(offers) == 0 && len(said.Response.Errors) > 0 {
			text, fields := wordsOf(said.Response.Errors)
			return a.Rejected(text, fields...)
		}
		return nil
	})
	return offers, err
}

func (r rate) offer(price money.Amount, wanted string) courier.Offer {
	o := courier.Offer{
		Service: r.Service, Code: r.Service, Name: cmp.Or(r.Name, r.Service), Price: price, TransitDays: r.Days, Chosen: r.Service == wanted,
		Charge: courier.Charges{Base: sum(r.Shipping), Surcharges: sum(r.Insurance, r.Confirmation, r.Other, r.Tax)},
	}
	if _, known := descriptor.Service(r.Service); !known {
		o.Service, o.Options = byCode, map[string]string{optionService: r.Service}
	}
	if at, err := time.Parse(time.RFC3339, r.Delivery); err == nil {
		o.DeliveryMs = at.UnixMilli()
	}
	return o
}
