package shipment

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
	"packbench/backend/core/settings"

	"github.com/google/go-cmp/cmp"
)

func TestLimitsAreToldAllAtOnce(t *testing.T) {
	w := newWorld(t)
	_, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) {
		o.To.Address1 = strings.Repeat("x", 36)
		o.From.Address2 = strings.Repeat("é", 36)
		o.Parcels[0].Weight, o.Parcels[0].Length = 30_001, 1201
		o.Options = map[string]string{"signature": "perhaps", "collection_cutoff": "16:00"}
		o.AuthCompany, o.PresetCode = "Nobody", "NOT-ONE"
	}), Origin{})
	wantCode(t, err, errs.Invalid)
	want := []string{
		"auth_company", "shipment.courier.signature", "shipment.dc_service_id", "shipment.parcels.0.dim_length",
		"shipment.parcels.0.weight", "shipment.ship_from.address_2", "shipment.ship_to.address_1",
	}
	if diff := cmp.Diff(want, paths(err)); diff != "" {
		t.Error(diff)
	}
	if len(w.m.shipments)+len(w.m.claims)+len(w.depot.sent) != 0 {
		t.Error("something was kept or sent")
	}
}

func TestSender(t *testing.T) {
	site := postal.Address{Name: "Site", Address1: "1 Quay", City: "Hull", Postcode: "HU1 1AA", CountryISO: "GB"}
	named := postal.Address{Name: "Returns", Address1: "2 Quay", City: "Hull", Postcode: "HU1 1AA", CountryISO: "IE", AddressName: "returns"}
	cases := []struct {
		why                   string
		given, account, site  postal.Address
		country, wantCity, of string
		path                  string
	}{
		{why: "the order's own", given: named, account: site, wantCity: "Hull", of: "IE"},
		{why: "the account's", account: named, site: site, wantCity: "Hull", of: "IE"},
		{why: "the site's", site: site, wantCity: "Hull", of: "GB"},
		{why: "nobody's", path: "shipment.ship_from"},
		{why: "a saved one by its name", given: postal.Address{AddressName: "returns"}, account: named, wantCity: "Hull", of: "IE"},
		{why: "one of the address book", given: postal.Address{AddressName: "book"}, account: named, wantCity: "Leith", of: "GB"},
		{why: "a name that is not saved", given: postal.Address{AddressName: "yard"}, account: named, path: "shipment.ship_from.address_name"},
		{why: "without a country: the account's", given: postal.Address{Name: "A", Address1: "B", City: "Cork"}, account: named, wantCity: "Cork", of: "IE"},
		{why: "without a country: the site's", given: postal.Address{Name: "A", Address1: "B", City: "Oslo"}, country: "NO", wantCity: "Oslo", of: "NO"},
		{why: "without a country anywhere", given: postal.Address{Name: "A", Address1: "B", City: "Oslo"}, path: "shipment.ship_from.country_iso"},
	}
	for _, c := range cases {
		w := newWorld(t)
		acc := w.m.accounts[owned]
		acc.DefaultSender = c.account
		w.m.accounts[owned] = acc
		w.m.settings = &settings.Settings{Sender: c.site, CountryISO: c.country}
		w.m.sender = postal.Address{CompanyName: "Book", Address1: "3 Quay", City: "Leith", Postcode: "EH6 6AA", CountryISO: "GB", AddressName: "book"}
		got, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.From = c.given }), Origin{})
		if c.path != "" {
			if errs.CodeOf(err) != errs.Invalid || paths(err)[0] != c.path {
				t.Errorf("%s: %v", c.why, err)
			}
			continue
		}
		if from := got.Shipment.Consignment.From; err != nil || from.City != c.wantCity || from.CountryISO != c.of {
			t.Errorf("%s: %+v %v", c.why, from, err)
		}
	}
}

func TestTestTokensBuyTestsOnly(t *testing.T) {
	w := newWorld(t)
	w.ctx = actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: string(owned), Scopes: actor.AllScopes(), TestOnly: true})
	no := false
	_, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.Testing = &no }), Origin{})
	wantCode(t, err, errs.Forbidden)
	_, err = w.Create(w.ctx, owned, sample(t, nil), Origin{})
	wantCode(t, err, errs.Invalid) // there is no test auth yet
	w.m.auths["auth-2"] = auth.Auth{ID: "auth-2", AccountID: owned, Courier: "Depot", Company: "Main", Testing: true}
	if c := w.buy(t, nil); !c.Shipment.Testing || !c.Shipment.Consignment.Testing || c.Shipment.AuthID != "auth-2" {
		t.Errorf("%+v", c.Shipment.Row)
	}
}

func TestWhoMayNotBuy(t *testing.T) {
	cases := map[string]struct {
		code errs.Code
		edit func(w *world, o *order.Order)
	}{
		"disabled account": {errs.Forbidden, func(w *world, _ *order.Order) {
			w.m.accounts[owned] = account.Account{ID: owned, Disabled: true}
		}},
		"deleted account": {errs.NotFound, func(w *world, _ *order.Order) {
			w.m.accounts[owned] = account.Account{ID: owned, DeletedMs: 1}
		}},
		"unknown courier":  {errs.NotFound, func(_ *world, o *order.Order) { o.Courier = "depot" }},
		"a key too long":   {errs.Invalid, func(_ *world, o *order.Order) { o.IdempotencyKey = strings.Repeat("k", 256) }},
		"nobody signed in": {errs.Unauthorized, func(w *world, _ *order.Order) { w.ctx = t.Context() }},
		"no such scope": {errs.Forbidden, func(w *world, _ *order.Order) {
			w.ctx = actor.With(t.Context(), actor.Actor{Door: actor.API, AccountID: string(owned), Scopes: []actor.Scope{actor.Track}})
		}},
	}
	for why, c := range cases {
		w := newWorld(t)
		o := sample(t, nil)
		c.edit(w, &o)
		if _, err := w.Create(w.ctx, owned, o, Origin{}); !errs.Is(err, c.code) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestPresetRulesAndOptions(t *testing.T) {
	w := newWorld(t)
	w.m.presets = []preset.Preset{{
		Code: "SIGNED", Courier: "Depot", ServiceCode: "STD", Options: map[string]string{"signature": "true"},
		Rules: preset.Rules{WeightMax: 2000, LongestMax: 250, Countries: []string{"GB"}},
	}}
	_, err := w.Create(w.ctx, owned, sample(t, func(o *order.Order) { o.PresetCode = "SIGNED" }), Origin{})
	wantCode(t, err, errs.Invalid)
	if n := len(errs.As(err).Fields); n != 3 {
		t.Errorf("%d rules are broken: %v", n, err)
	}
	w.m.presets[0].Rules = preset.Rules{WeightMin: 2000}
	c := w.buy(t, func(o *order.Order) { o.PresetCode = "SIGNED" })
	if got := c.Shipment; got.PresetCode != "SIGNED" || got.Consignment.Options["signature"] != "true" {
		t.Errorf("%+v", got.Consignment.Options)
	}
	c = w.buy(t, func(o *order.Order) {
		o.PresetCode = "SIGNED"
		o.Options = map[string]string{"signature": "false", "other": "x"}
	})
	if diff := cmp.Diff(map[string]string{"signature": "false"}, c.Shipment.Consignment.Options); diff != "" {
		t.Errorf("the order wins over the preset: %s", diff)
	}
}

func TestNearestLabel(t *testing.T) {
	w := newWorld(t)
	c := w.buy(t, func(o *order.Order) { o.LabelFormat, o.LabelSize = courier.PNG, courier.SizeA4 })
	var fields []string
	for _, x := range c.Shipment.Warnings {
		fields = append(fields, x.Field)
	}
	if diff := cmp.Diff([]string{"shipment.label_format", "shipment.label_size"}, fields); diff != "" {
		t.Error(diff)
	}
	if l := c.Shipment.Consignment; l.LabelFormat != courier.PDF || l.LabelSize != courier.Size4x6 {
		t.Errorf("%s %s", l.LabelFormat, l.LabelSize)
	}
}

func TestCheckKeepsNothing(t *testing.T) {
	w := newWorld(t)
	if err := w.Check(w.ctx, owned, sample(t, nil)); err != nil {
		t.Error(err)
	}
	err := w.Check(w.ctx, owned, sample(t, func(o *order.Order) { o.Parcels[0].Weight = 99_000 }))
	wantCode(t, err, errs.Invalid)
	if w.m.writes != 0 || len(w.depot.sent) != 0 {
		t.Error("a check wrote or sent something")
	}
}
