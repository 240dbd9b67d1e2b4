package sendcloud

import (
	"cmp"
	"context"
	"net/http"
	"strconv"

	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// The request and the answer of POST /shipping-options, as far as they are used.

type question struct {
	FromCountry  string      `json:"from_country_code"`
	FromPostcode string      `json:"from_postal_code,omitempty"`
	ToCountry    string      `json:"to_country_code"`
	ToPostcode   string      `json:"to_postal_code,omitempty"`
	ServicePoint int64       `json:"to_service_point_id,omitempty"`
	Contract     int64       `json:"contract_id,omitempty"`
	Prices       bool        `json:"calculate_quotes"`
	Parcels      []newParcel `json:"parcels"`
}

type option struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Contract struct {
		ID int64 `json:"id"`
	} `json:"contract"`
	Needs struct {
		ServicePoint bool `json:"is_service_point_required"`
	} `json:"requirements"`
	Quotes []struct {
		Hours int64 `json:"lead_time"`
		Price struct {
			Total price `json:"total"`
			Parts []struct {
				Type  string `json:"type"`
				Price price  `json:"price"`
			} `json:"breakdown"`
		} `json:"price"`
	} `json:"quotes"`
}

// Quote asks for the prices of every shipping option between the addresses. A test auth, which can buy nothing else, is
// told of the free letter alone.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			Data *[]option `json:"data"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodPost, "/shipping-options", questionOf(in)), &said)
		if err != nil {
			return err
		}
		if said.Data == nil {
			return a.Unreadable("it holds no list of shipping options")
		}
		chosen := false
		for _, o := range *said.Data {
			if access.Testing && o.Code != letter || o.Needs.ServicePoint && in.Options[optionServicePoint] == "" {
				continue
			}
			offer, priced := o.offer()
			if !priced {
				continue
			}
			// Under several contracts an option is told several times; the first is the one that is taken without a choice.
			offer.Chosen = !chosen && o.Code == cmp.Or(in.Options[optionCode], in.Service.Code)
			chosen = chosen || offer.Chosen
			offers = append(offers, offer)
		}
		return nil
	})
	return offers, err
}

func questionOf(c courier.Consignment) question {
	q := question{
		FromCountry: c.From.CountryISO, FromPostcode: c.From.Postcode, ToCountry: c.To.CountryISO, ToPostcode: c.To.Postcode,
		ServicePoint: number(c.Options[optionServicePoint]), Contract: number(c.Options[optionContract]), Prices: true,
	}
	for _, p := range c.Parcels {
		all := parcelOf(c, p)
		q.Parcels = append(q.Parcels, newParcel{Dimensions: all.Dimensions, Weight: all.Weight})
	}
	return q
}

// number reads a number of Sendcloud's, which the descriptor has checked; none is 0.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}

// offer gives an option with its price, if it has one.
func (o option) offer() (courier.Offer, bool) {
	if o.Code == "" || len(o.Quotes) == 0 {
		return courier.Offer{}, false
	}
	quote := o.Quotes[0]
	out := courier.Offer{Service: o.Code, Code: o.Code, Name: cmp.Or(o.Name, o.Code), Price: quote.Price.Total.amount(), Options: map[string]string{}}
	if _, known := descriptor.Service(o.Code); !known {
		out.Service, out.Options[optionCode] = byCode, o.Code
	}
	if o.Contract.ID > 0 {
		out.Options[optionContract] = strconv.FormatInt(o.Contract.ID, 10)
	}
	if quote.Hours > 0 {
		out.TransitDays = int((quote.Hours + 23) / 24)
	}
	for _, part := range quote.Price.Parts {
		into := &out.Charge.Surcharges
		switch part.Type {
		case "price_without_insurance":
			into = &out.Charge.Base
		case "fuel":
			into = &out.Charge.Fuel
		}
		if sum, err := into.Add(part.Price.amount()); err == nil {
			*into = sum
		}
	}
	return out, !out.Price.IsZero()
}

// amount reads a price, zero where that can't be done.
func (p price) amount() money.Amount {
	a, err := money.Parse(p.Value, p.Currency)
	if err != nil {
		return money.Amount{}
	}
	return a
}
