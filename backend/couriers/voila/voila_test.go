package voila

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
	"packbench/backend/couriers/httpx"

	"github.com/google/go-cmp/cmp"
)

var access = courier.Access{AuthID: "a", Testing: true, Credentials: courier.NewCredentials(map[string]string{fieldUser: goodUser, fieldToken: goodToken, fieldBase: "https://" + oldHost})}

const ourID = "01890000-0000-7000-8000-000000000001"

// consignment is an order for a courier that Voila carries.
func consignment() courier.Consignment {
	gbp := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }
	return courier.Consignment{
		ShipmentID: ourID, Service: courier.ServiceOffer{PresetCode: "DPD-12", Name: "DPD-12"},
		From: postal.Address{Name: "Dispatch", Address1: "Unit 7", City: "Edinburgh", Postcode: "EH6 6AA", CountryISO: "GB", EORI: "GB123456789000", IOSS: "IM1234567890"},
		To:   postal.Address{Name: "Jordan Sample", Address1: "100 Main Street", City: "Boston", County: "MA", Postcode: "02110", CountryISO: "US", Phone: "+16175550100"},
		Parcels: []courier.Parcel{{
			Weight: 1257, Length: 305, Width: 200, Height: 121, Value: gbp(1680),
			Items: []courier.Item{{Description: "Gauze", Quantity: 2, Value: gbp(840), Weight: 350, HSCode: "30059010", Origin: "GB", SKU: "GZ"}},
		}, {Weight: 90}},
		Reference: "SO-1", OrderID: "1001", ShippingCharge: gbp(495), Incoterms: "DAP", ReasonForExport: "sale",
		CollectionMs: time.Date(2026, 11, 24, 14, 0, 0, 0, time.Local).UnixMilli(),
		Options:      map[string]string{"book_collection": "true", "depot": "007"},
		LabelFormat:  courier.ZPL, LabelSize: courier.Size4x6, LabelDPI: 203,
		Forward: courier.Forward{
			Through: Key, Courier: "DPDLocal", Company: "North",
			Given: json.RawMessage(`{"auth_company":"Main","service_code":"old","book_collection":true,"depot":"007","collection_address":{"city":"Leith"},"incoterms":"DDP"}`),
		},
	}
}

// start gives an adapter on a mock of its own.
func start(t *testing.T) (*Courier, *mock) {
	t.Helper()
	m := &mock{ledger: couriertest.NewLedger()}
	return serve(t, m), m
}

func serve(t *testing.T, handler http.Handler) *Courier {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	at := clock.NewManual(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	return New(httpx.Env{Clock: at, Stand: server.URL, Wait: func(_ context.Context, d time.Duration) error { at.Advance(d); return nil }})
}

func TestRequestOfAForwardedOrder(t *testing.T) {
	c := consignment()
	raw, err := json.Marshal(requestOf(access, c, askedOf(c)))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	want := object{
		"testing": true, "auth_company": "North", "request_id": ourID, "label_inline": true,
		"shipment": object{
			"label_size": "6x4", "label_format": "zpl", "label_dpi": 203.0, "dc_service_id": "DPD-12", "collection_date": "2026-11-24 14:00:00",
			"reference": "SO-1", "order_id": "1001", "order_alt_id": ourID, "shipping_charge": 4.95,
			"courier": object{
				"auth_company": "North", "book_collection": true, "depot": "007", "collection_address": object{"city": "Leith"},
				"incoterms": "DAP", "reason_for_export": "sale",
			},
			"ship_from": object{"name": "Dispatch", "address_1": "Unit 7", "city": "Edinburgh", "postcode": "EH6 6AA", "country_iso": "GB", "eori_id": "GB123456789000", "ioss_number": "IM1234567890"},
			"ship_to":   object{"name": "Jordan Sample", "address_1": "100 Main Street", "city": "Boston", "county": "MA", "postcode": "02110", "country_iso": "US", "phone": "+16175550100"},
			"parcels": []any{
				object{
					"weight": 1.257, "weight_unit": "kg", "dim_length": 30.5, "dim_width": 20.0, "dim_height": 12.1, "dim_unit": "cm", "value": 16.8, "value_currency": "GBP",
					"items": []any{object{
						"description": "Gauze", "quantity": 2.0, "value": 8.4, "value_currency": "GBP", "weight": 0.35, "weight_unit": "kg", "sku": "GZ", "hs_code": "30059010", "origin_country": "GB",
					}},
				},
				object{"weight": 0.09, "weight_unit": "kg", "items": []any{}},
			},
		},
	}
	if diff := cmp.Diff(plain(want), any(got)); diff != "" {
		t.Error(diff)
	}
}

// plain gives objects as they come out of JSON.
func plain(v any) any {
	switch v := v.(type) {
	case object:
		out := map[string]any{}
		for key, inner := range v {
			out[key] = plain(inner)
		}
		return out
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	}
	return v
}

func TestAnOrderToVoilaItselfNamesCourierAndService(t *testing.T) {
	c, m := start(t)
	in := consignment()
	in.Forward, in.Options = courier.Forward{}, nil
	var paths []string
	for _, f := range errs.As(descriptor.CheckOptions(in.Options, "shipment.courier")).Fields {
		paths = append(paths, f.Path)
	}
	if diff := cmp.Diff([]string{"shipment.courier.courier", "shipment.courier.service"}, paths); diff != "" {
		t.Error(diff)
	}
	in.Options = map[string]string{optionCourier: "DPDLocal", optionService: "DPD-12", optionCompany: "North"}
	if got := descriptor.Named(descriptor.Services[0], in.Options); got != "DPDLocal, DPD-12" {
		t.Errorf("the service is called %q", got)
	}
	b, err := c.Book(t.Context(), access, in)
	if err != nil || b.CourierRef != "DPDLocal/9001/labels/9001.zpl" {
		t.Fatal(b.CourierRef, err)
	}
	sent := m.sold[0].request
	if sent["dc_service_id"] != "DPD-12" || sent["courier"].(map[string]any)["auth_company"] != "North" || sent["courier"].(map[string]any)[optionService] != nil {
		t.Errorf("%v", sent)
	}
	refusing := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusUnprocessableEntity, object{"success": false, "message": "No.", "errors": object{"shipment.dc_service_id": []string{"There is no such preset."}}})
	}))
	if _, err := refusing.Book(t.Context(), access, in); errs.As(err).Fields[0].Path != "shipment.courier.service" {
		t.Errorf("%+v", errs.As(err))
	}
}

// Every shape of a refusal, and what is no refusal.
func TestRefusals(t *testing.T) {
	field := func(path, message string) errs.Field { return errs.Field{Path: path, Message: message} }
	for name, c := range map[string]struct {
		status int
		body   string
		code   errs.Code
		words  string
		fields []errs.Field
	}{
		"a bare list":                  {401, `["The api-token header is not set."]`, errs.Rejected, "Voila: The api-token header is not set.", nil},
		"the error object":             {422, `{"success":false,"message":"Check the address","errors":{"shipment.ship_to.postcode":["Too long.","Not British."],"a":"One."}}`, errs.Rejected, "Voila: Check the address.", []errs.Field{field("a", "One."), field("shipment.ship_to.postcode", "Not British."), field("shipment.ship_to.postcode", "Too long.")}},
		"errors without a message":     {422, `{"success":false,"errors":{"b":["Two."],"a":["One."]}}`, errs.Rejected, "Voila: a: One. b: Two.", []errs.Field{field("a", "One."), field("b", "Two.")}},
		"errors of another shape":      {422, `{"success":false,"message":"No.","errors":[]}`, errs.Rejected, "Voila: No.", nil},
		"no JSON":                      {400, `<html>`, errs.Rejected, "Voila: Bad Request.", nil},
		"a conflict":                   {409, `{"success":false,"message":"In progress."}`, errs.Unclear, "", nil},
		"the courier's answer unclear": {502, `{"success":false,"state":"unknown","message":"Not known.","errors":{}}`, errs.Unclear, "", nil},
		"a failure inside a success":   {200, `{"success":false,"message":"The courier is closed."}`, errs.Rejected, "Voila: The courier is closed.", nil},
		"unknown inside a success":     {200, `{"success":false,"state":"unknown","message":"Not known."}`, errs.Unclear, "", nil},
		"no tracking code":             {200, `{"success":true,"tracking_codes":[""],"uri":"https://app.heyvoila.io/x"}`, errs.Unclear, "", nil},
		"a list inside a success":      {200, `["Welcome"]`, errs.Unclear, "", nil},
		"somebody else's label":        {200, `{"tracking_codes":["15970000001"],"duplicate":true,"duplicate_of":7}`, errs.Unclear, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			adapter := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			}))
			_, err := adapter.Book(t.Context(), access, consignment())
			e := errs.As(err)
			if e.Code != c.code || c.words != "" && e.Message != c.words {
				t.Errorf("%s %q", e.Code, e.Message)
			}
			if diff := cmp.Diff(c.fields, e.Fields); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCancelNamesThePurchase(t *testing.T) {
	adapter, m := start(t)
	for _, form := range []string{"DPDLocal/%", "DPDLocal", ""} { // with its number, without, and of a purchase that a person settled
		in := consignment()
		in.ShipmentID += form
		b, err := adapter.Book(t.Context(), access, in)
		if err != nil {
			t.Fatal(err)
		}
		ref := courier.Reference{CourierRef: strings.Replace(form, "%", handleOf(courier.Reference{CourierRef: b.CourierRef}).number, 1), TrackingCodes: b.TrackingCodes}
		if err := adapter.Cancel(t.Context(), access, ref); err != nil || m.ledger.Standing(in.ShipmentID) != couriertest.Cancelled {
			t.Errorf("by %+v: %v", ref, err)
		}
	}
	if err := adapter.Cancel(t.Context(), access, courier.Reference{CourierRef: "DPDLocal/77", TrackingCodes: []string{"1"}}); !errs.Is(err, errs.Rejected) {
		t.Errorf("what was never sold: %v", err)
	}
}

func TestCheckSaysWhatCanBeBought(t *testing.T) {
	adapter, _ := start(t)
	live := access
	live.Testing = false
	for want, with := range map[string]courier.Access{"Couriers with a test login: DPDLocal, EvriCorporate.": access, "Couriers with a live login: UPSv2.": live} {
		v, err := adapter.Check(t.Context(), with)
		if err != nil || len(v.Steps) != 2 || v.Steps[1].Text != want || len(v.Warnings) != 0 {
			t.Errorf("%+v %v", v, err)
		}
	}
	poor := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "list-couriers") {
			answer(w, http.StatusOK, object{"couriers": []any{}})
			return
		}
		answer(w, http.StatusForbidden, object{"success": false, "message": "This token may not.", "errors": object{}})
	}))
	if v, err := poor.Check(t.Context(), access); err != nil || len(v.Steps) != 1 || len(v.Warnings) != 1 || !strings.Contains(v.Warnings[0], "This token may not.") {
		t.Errorf("%+v %v", v, err)
	}
}

func TestToldPassesOnWhatVoilaSays(t *testing.T) {
	adapter, _ := start(t)
	told, err := adapter.Told(t.Context(), access, "DPDLocal", courier.TopicPresets)
	if err != nil || strings.TrimSpace(string(told)) != `{"system_presets":[{"dc_service_id":"DPDLocal-12"}],"user_presets":[]}` {
		t.Errorf("%s %v", told, err)
	}
	if _, err := adapter.Told(t.Context(), access, "DPDLocal", courier.TopicSpecifics); !errs.Is(err, errs.Rejected) {
		t.Errorf("%v", err)
	}
}
