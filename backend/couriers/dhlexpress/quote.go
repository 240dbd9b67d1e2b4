package dhlexpress

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// The request and the answer of POST /rates, as far as they are used.

type question struct {
	Customers struct {
		From address `json:"shipperDetails"`
		To   address `json:"receiverDetails"`
	} `json:"customerDetails"`
	Accounts   []account `json:"accounts"`
	Services   []service `json:"valueAddedServices,omitempty"`
	Planned    string    `json:"plannedShippingDateAndTime"`
	Units      string    `json:"unitOfMeasurement"`
	Declarable bool      `json:"isCustomsDeclarable"`
	Values     []worth   `json:"monetaryAmount,omitempty"`
	Packages   []parcel  `json:"packages"`
}

type worth struct {
	Type     string      `json:"typeCode"`
	Value    json.Number `json:"value"`
	Currency string      `json:"currency"`
}

type product struct {
	Code     string  `json:"productCode"`
	Name     string  `json:"productName"`
	Totals   []total `json:"totalPrice"`
	Details  []total `json:"detailedPriceBreakdown"`
	Delivery struct {
		Days json.Number `json:"totalTransitDays"`
	} `json:"deliveryCapabilities"`
}

// total is an amount in one of the currencies that DHL tells, or its parts.
type total struct {
	Kind     string      `json:"currencyType"`
	Currency string      `json:"priceCurrency"`
	Price    json.Number `json:"price"`
	Parts    []struct {
		Service string      `json:"serviceCode"` // none: the product itself
		Price   json.Number `json:"price"`
	} `json:"breakdown"`
}

// billed is the currency type of what the account is charged.
const billed = "BILLC"

// fuel is the code of the fuel surcharge.
const fuel = "FF"

// Quote asks what each product costs that DHL offers between the addresses. Products that aren't among the services can't
// be ordered and aren't told.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			Products *[]product `json:"products"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodPost, "/rates", "", questionOf(access, in, c.env.Clock.Now())), &said)
		if err != nil {
			return err
		}
		if said.Products == nil {
			return a.Unreadable("it holds no list of products")
		}
		for _, p := range *said.Products {
			if s, known := descriptor.Service(p.Code); known {
				if o := p.offer(s); o.Price.Minor > 0 {
					o.Chosen = p.Code == in.Service.Code
					offers = append(offers, o)
				}
			}
		}
		return nil
	})
	return offers, err
}

func questionOf(access courier.Access, c courier.Consignment, now time.Time) question {
	q := question{
		Accounts: []account{{"shipper", access.Credentials.Get(fieldAccount)}}, Services: servicesOf(c), Planned: plannedOf(c, now), Units: "metric", Declarable: declarable(c),
	}
	q.Customers.From, q.Customers.To = partyOf(c.From).Address, partyOf(c.To).Address
	if sum := value(c); q.Declarable && sum.Minor > 0 {
		q.Values = []worth{{"declaredValue", json.Number(sum.Decimal()), sum.Currency}}
	}
	for _, p := range c.Parcels {
		q.Packages = append(q.Packages, parcelOf(p))
	}
	return q
}

func (p product) offer(s courier.ServiceOffer) courier.Offer {
	o := courier.Offer{Service: s.Code, Code: s.Code, Name: s.Name}
	for _, t := range p.Totals {
		if t.Kind == billed {
			o.Price = amount(t.Price, t.Currency)
		}
	}
	for _, t := range p.Details {
		if t.Kind != billed || t.Currency != o.Price.Currency {
			continue
		}
		for _, part := range t.Parts {
			into := &o.Charge.Surcharges
			switch part.Service {
			case "":
				into = &o.Charge.Base
			case fuel:
				into = &o.Charge.Fuel
			}
			if sum, err := into.Add(amount(part.Price, t.Currency)); err == nil {
				*into = sum
			}
		}
	}
	if days, err := p.Delivery.Days.Int64(); err == nil && days > 0 {
		o.TransitDays = int(days)
	}
	return o
}

// amount reads an amount, zero where that can't be done.
func amount(price json.Number, currency string) money.Amount {
	a, err := money.Parse(price.String(), currency)
	if err != nil {
		return money.Amount{}
	}
	return a
}
