package app_test

import (
	"context"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
)

// BenchmarkBeforePurchase is what is read from the database and checked before a label of Own fleet is drawn: who is
// calling, and all that is to be settled of the order that backend/app/bench sends.
func BenchmarkBeforePurchase(b *testing.B) {
	a := apptest.NewFolder(b).Open(b)
	begun, err := a.Setup.Begin(apptest.Manager(b.Context()), setup.Begin{Group: "Shops", Account: "north", Sender: postal.Address{
		Name: "Dispatch Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	if err != nil {
		b.Fatal(err)
	}
	caller := account.Presented{APIUser: begun.Account.Name, Secret: begun.Key, From: "bench"}
	ctx, cancel := context.WithCancel(b.Context()) // as a request's, which its caller may give up
	defer cancel()
	who, err := a.Accounts.Authenticate(ctx, caller)
	if err != nil {
		b.Fatal(err)
	}
	o, err := order.Parse([]byte(`{"auth_company":"Main","request_id":"0000000001","shipment":{"label_size":"6x4","label_format":"zpl",`+
		`"dc_service_id":"OF-NEXTDAY","reference":"SO-0000000001",`+
		`"ship_from":{"name":"Bench One","company_name":"Example Goods Ltd","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB","phone":"0113 496 0000"},`+
		`"ship_to":{"name":"Robin Example","company_name":"","address_1":"7 Harbour Street","address_2":"Flat 3","city":"Whitstable","county":null,"postcode":"CT5 1AQ","country_iso":"GB","phone":"01632 960 000","email":"robin@example.com"},`+
		`"parcels":[{"dim_length":"30","dim_width":"20","dim_height":"10","dim_unit":"cm","items":[`+
		`{"description":"Stoneware mug, blue","quantity":2,"value":"12.50","value_currency":"GBP","weight":"0.4","weight_unit":"kg","sku":"MUG-BLUE","hs_code":"691200","origin_country":"GB"},`+
		`{"description":"Tea towel, linen","quantity":1,"value":"8.00","value_currency":"GBP","weight":"0.12","weight_unit":"kg","sku":"TOWEL-01","hs_code":"630260","origin_country":"PT"}]}]}}`), "OwnFleet")
	if err != nil {
		b.Fatal(err)
	}
	ctx = actor.With(ctx, who.Actor)
	b.Run("authenticate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := a.Accounts.Authenticate(ctx, caller); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("prepare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := a.Shipments.Check(ctx, begun.Account.ID, o); err != nil {
				b.Fatal(err)
			}
		}
	})
}
