package apitest

import (
	"context"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// auction is a mail that tells prices.
type auction struct {
	*mail
	offers []courier.Offer
	err    error
}

func (a auction) Descriptor() *courier.Descriptor {
	d := a.mail.Descriptor()
	d.Capabilities.Price = true
	d.Services = append(d.Services, courier.ServiceOffer{Code: "CODE", PresetCode: "ML-CODE", Name: "By code"})
	return d
}

func (a auction) Quote(context.Context, courier.Access, courier.Consignment) ([]courier.Offer, error) {
	return append([]courier.Offer{}, a.offers...), a.err
}

func pounds(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }

const (
	getPrice    = "/api/couriers/v1/Mail/get-price"
	getServices = "/api/couriers/v1/Mail/get-services"
)

func TestPriceOfAnOrder(t *testing.T) {
	m := &auction{mail: &mail{}, offers: []courier.Offer{
		{Service: "STD", Code: "STD", Name: "Standard", Price: pounds(1245), Charge: courier.Charges{Fuel: pounds(120), Surcharges: pounds(5)}, TransitDays: 2, Chosen: true},
		{Service: "CODE", Options: map[string]string{"depot": "LBA"}, Code: "slow-boat", Name: "Slow boat", Price: money.Amount{Minor: 300, Currency: "GBP"}},
	}}
	w := newWorld(t, m)
	c := w.client(t, "Acme")
	c.post(t, "/api/couriers/v1/Mail/register-auth", mailAuth).want(t, 200)
	order := mailOrder("")

	got := c.post(t, getPrice, order).want(t, 200)
	if want := `{"base_price":11.20,"fuel_price":1.20,"surcharge_price":0.05,"total_price":12.45,"currency":"GBP"}`; strings.TrimSpace(string(got.raw)) != want {
		t.Errorf("%s, want %s", got.raw, want)
	}
	got = c.post(t, getServices, order).want(t, 200)
	if want := `[{"service_courier":"Mail","service_identifier":"slow-boat","service_name":"Slow boat","service_price":3.00,"currency":"GBP","service_code":"CODE","courier_specifics":{"depot":"LBA"}},` +
		`{"service_courier":"Mail","service_identifier":"STD","service_name":"Standard","service_price":12.45,"currency":"GBP","service_code":"STD","courier_specifics":{},"transit_days":2}]`; strings.TrimSpace(string(got.raw)) != want {
		t.Errorf("%s, want %s", got.raw, want)
	}
	if m.sold != 0 {
		t.Error("asking for a price bought a label")
	}
	c.post(t, mailLabel, order).want(t, 200) // and the order can be bought all the same

	m.offers = nil
	if got := c.post(t, getPrice, order).want(t, 422); !strings.Contains(string(got.raw), "shipment.dc_service_id") {
		t.Errorf("%s", got.raw)
	}
	if got := c.post(t, getServices, order).want(t, 200); strings.TrimSpace(string(got.raw)) != "[]" {
		t.Errorf("%s", got.raw)
	}
	m.err = errs.New(errs.Rejected, "No service to this postcode.")
	if got := c.post(t, getPrice, order).want(t, 422); !strings.Contains(string(got.raw), "No service to this postcode.") {
		t.Errorf("%s", got.raw)
	}
	if got := c.post(t, getPrice, `{"shipment":{}}`).want(t, 422); !strings.Contains(string(got.raw), "shipment.ship_to") {
		t.Errorf("%s", got.raw)
	}
}

func TestPriceOfACourierThatTellsNone(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme").fleet(t)
	if got := c.post(t, "/api/couriers/v1/OwnFleet/get-price", order("SO-1", "")).want(t, 501); !strings.Contains(string(got.raw), "tells no prices before a label is bought") {
		t.Errorf("%s", got.raw)
	}
	c = w.client(t, "Reader", actor.Track)
	c.post(t, "/api/couriers/v1/OwnFleet/get-price", order("SO-1", "")).want(t, 403)
}
