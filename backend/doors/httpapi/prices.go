package httpapi

import (
	"context"
	"encoding/json"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
)

type price struct {
	Base       json.Number `json:"base_price"`
	Fuel       json.Number `json:"fuel_price"`
	Surcharges json.Number `json:"surcharge_price"`
	Total      json.Number `json:"total_price"`
	Currency   string      `json:"currency"`
}

// getPrice tells what the order's service costs, nothing is bought: POST {courier}/get-price, with create-label's body.
func (a *api) getPrice(ctx context.Context, c *call) (any, error) {
	offers, err := a.quote(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, o := range offers {
		if o.Chosen {
			return priceOf(o), nil
		}
	}
	return nil, errs.OnField("shipment.dc_service_id", "The courier names no price for this service. POST get-services lists those it has one for.")
}

// priceOf splits the price. What the courier does not tell apart is in the base.
func priceOf(o courier.Offer) price {
	amount := func(minor int64) json.Number {
		return json.Number(money.Amount{Minor: minor, Currency: o.Price.Currency}.Decimal())
	}
	fuel, more := o.Charge.Fuel.Minor, o.Charge.Surcharges.Minor
	return price{
		Base: amount(o.Price.Minor - fuel - more), Fuel: amount(fuel), Surcharges: amount(more), Total: amount(o.Price.Minor), Currency: o.Price.Currency,
	}
}

type pricedService struct {
	Courier     courier.Key       `json:"service_courier"`
	Identifier  string            `json:"service_identifier"`
	Name        string            `json:"service_name"`
	Price       json.Number       `json:"service_price"`
	Currency    string            `json:"currency"`
	ServiceCode string            `json:"service_code"` // with Specifics what an order names to be carried so
	Specifics   map[string]string `json:"courier_specifics"`
	TransitDays int               `json:"transit_days,omitempty"`
}

// getServices lists what the courier would carry the order by, cheapest first: POST {courier}/get-services, with
// create-label's body.
func (a *api) getServices(ctx context.Context, c *call) (any, error) {
	offers, err := a.quote(ctx, c)
	if err != nil {
		return nil, err
	}
	list := make([]pricedService, 0, len(offers))
	for _, o := range offers {
		row := pricedService{
			Courier: courier.Key(c.PathValue("courier")), Identifier: o.Code, Name: o.Name, Price: json.Number(o.Price.Decimal()), Currency: o.Price.Currency,
			ServiceCode: o.Service, Specifics: o.Options, TransitDays: o.TransitDays,
		}
		if row.Specifics == nil {
			row.Specifics = map[string]string{}
		}
		list = append(list, row)
	}
	return list, nil
}

func (a *api) quote(ctx context.Context, c *call) ([]courier.Offer, error) {
	key := courier.Key(c.PathValue("courier"))
	if _, err := a.Auths.Carrier(ctx, c.account(), key); err != nil {
		return nil, err
	}
	o, err := order.Parse(c.body, key)
	if c.requestID = o.RequestIDText(); err != nil {
		return nil, err
	}
	return a.Shipments.Quote(ctx, c.account(), o)
}
