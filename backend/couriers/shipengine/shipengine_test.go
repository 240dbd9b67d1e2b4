package shipengine

import (
	"context"
	"encoding/json"
	"fmt"
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

func auth(more ...string) courier.Access {
	fields := map[string]string{fieldKey: goodKey, fieldCarrier: goodCarrier}
	for i := 0; i+1 < len(more); i += 2 {
		fields[more[i]] = more[i+1]
	}
	return courier.Access{AuthID: "a", Testing: true, Credentials: courier.NewCredentials(fields)}
}

func consignment() courier.Consignment {
	return courier.Consignment{
		ShipmentID: "01890000-0000-7000-8000-000000000001", Service: courier.ServiceOffer{Code: "usps_ground_advantage", Name: "USPS Ground Advantage"},
		From: postal.Address{Name: "Dispatch", Address1: "Unit 7", City: "Edinburgh", Postcode: "EH6 6AA", CountryISO: "GB", EORI: "GB123456789000"},
		To:   postal.Address{CompanyName: "Harbour Goods", Address1: "100 Main Street", City: "Boston", County: "MA", Postcode: "02110", CountryISO: "US"},
		Parcels: []courier.Parcel{{Weight: 1257, Length: 305, Width: 200, Height: 121, Value: money.Amount{Minor: 1680, Currency: "GBP"}, Items: []courier.Item{
			{Description: "Gauze", Quantity: 2, Value: money.Amount{Minor: 840, Currency: "GBP"}, Weight: 350, HSCode: "30059010", Origin: "GB", SKU: "GZ"},
		}}},
		Reference: "SO-1", OrderID: "1001", ReasonForExport: "repair", Incoterms: "DDP", ShippingCharge: money.Amount{Minor: 495, Currency: "GBP"},
		LabelFormat: courier.ZPL, LabelSize: courier.SizeA6, LabelDPI: 203,
	}
}

// start gives an adapter on a mock of its own.
func start(t *testing.T) (*Courier, *mock) {
	t.Helper()
	m := &mock{ledger: couriertest.NewLedger()}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	at := clock.NewManual(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	return New(httpx.Env{Clock: at, Stand: server.URL, Wait: func(_ context.Context, d time.Duration) error { at.Advance(d); return nil }}), m
}

func TestRequestConvertsUnitsAndCustoms(t *testing.T) {
	in := consignment()
	in.Options = map[string]string{optionInsurance: "carrier", optionSaturday: "true"}
	got, warnings, err := requestOf(auth(), in)
	if err != nil {
		t.Fatal(err)
	}
	want := []newPackage{{
		Weight: weight{1257, "gram"}, Dimensions: &dimensions{"centimeter", "30.5", "20", "12.1"}, Insured: &price{"gbp", "16.80"}, Messages: &messages{"SO-1", "", "1001"},
		Products: []product{{Description: "Gauze", Quantity: 2, Value: &price{"gbp", "8.40"}, Weight: &weight{350, "gram"}, TariffCode: "30059010", Origin: "GB", SKU: "GZ"}},
	}}
	if diff := cmp.Diff(want, got.Shipment.Packages); diff != "" {
		t.Error(diff)
	}
	declared := &customs{
		Contents: "other", Explanation: "repair", NonDelivery: "return_to_sender", Terms: "ddp", Invoice: invoice{Freight: &price{"gbp", "4.95"}, Number: "1001"},
	}
	if diff := cmp.Diff(declared, got.Shipment.Customs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]taxID{{"shipper", "eori", "GB", "GB123456789000"}}, got.Shipment.TaxIDs); diff != "" {
		t.Error(diff)
	}
	if *got.Shipment.Advanced != (advanced{DutyPaid: true, Saturday: true}) {
		t.Errorf("%+v", got.Shipment.Advanced)
	}
	if got.Layout != "4x6" || len(warnings) != 1 || warnings[0].Field != "shipment.label_size" {
		t.Errorf("ZPL in A6 is %s, told %v", got.Layout, warnings)
	}
	in.To.CountryISO, in.To.Postcode, in.LabelFormat = "GB", "LS1 1AA", courier.PDF
	if got, warnings, err = requestOf(auth(), in); err != nil || got.Shipment.Customs != nil || got.Layout != "A6" || len(warnings) != 0 {
		t.Errorf("within one country: %+v %v %v", got, warnings, err)
	}
}

func TestAKeyIsUsedForWhatItIs(t *testing.T) {
	for _, c := range []struct {
		key     string
		testing bool
		right   bool
	}{{goodKey, true, true}, {goodKey, false, false}, {"live_canary-se-0011223344", true, false}} {
		a, m := start(t)
		access := auth(fieldKey, c.key)
		access.Testing = c.testing
		_, err := a.Book(t.Context(), access, consignment())
		if (err == nil) != c.right || !c.right && (!errs.Is(err, errs.Rejected) || len(m.sold) != 0) {
			t.Errorf("%+v: %v, sold %d", c, err, len(m.sold))
		}
	}
}

func TestCheckNamesTheCarriersOfTheKey(t *testing.T) {
	a, _ := start(t)
	_, err := a.Check(t.Context(), auth(fieldCarrier, "se-1"))
	if e := errs.As(err); e.Code != errs.Rejected || !strings.Contains(e.Message, "Stamps.com ("+goodCarrier+")") || len(e.Fields) != 1 || e.Fields[0].Path != "auth.carrier_id" {
		t.Fatalf("%+v", e)
	}
}

func TestShipStationIsAskedAtItsOwnAddress(t *testing.T) {
	a, m := start(t)
	if _, err := a.Book(t.Context(), auth(fieldPlatform, platformStation), consignment()); err != nil || len(m.sold) != 1 {
		t.Fatalf("%v, sold %d", err, len(m.sold))
	}
}

func TestTheSameReferenceTwiceIsLookedUp(t *testing.T) {
	a, m := start(t)
	first, err := a.Book(t.Context(), auth(), consignment())
	if err != nil || first.Price != (money.Amount{Minor: 805, Currency: "USD"}) {
		t.Fatalf("%v %v", first.Price, err)
	}
	if _, err := a.Book(t.Context(), auth(), consignment()); !errs.Is(err, errs.Unclear) || len(m.sold) != 1 {
		t.Fatalf("%v, sold %d", err, len(m.sold))
	}
}

func TestACarrierThatDrawsPDFOnly(t *testing.T) {
	a, m := start(t)
	m.pdf = true
	b, err := a.Book(t.Context(), auth(), consignment())
	if err != nil || b.Label.Format != courier.PDF || len(b.Warnings) != 2 {
		t.Fatalf("%v %s %v", err, b.Label.Format, b.Warnings)
	}
	again, warnings, err := a.Relabel(t.Context(), auth(), consignment(), courier.Reference{CourierRef: b.CourierRef})
	if err != nil || again.Format != courier.PDF || len(warnings) != 1 {
		t.Fatalf("%v %s %v", err, again.Format, warnings)
	}
}

func TestVoidingTwiceIsNoError(t *testing.T) {
	a, _ := start(t)
	b, err := a.Book(t.Context(), auth(), consignment())
	for range 2 {
		if err == nil {
			err = a.Cancel(t.Context(), auth(), courier.Reference{CourierRef: b.CourierRef})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnEmptyDayIsToldApart(t *testing.T) {
	a, _ := start(t)
	if _, err := a.Manifest(t.Context(), auth(), courier.Day{}); !errs.Is(err, errs.Rejected) {
		t.Fatal(err)
	}
}

func TestFieldsOfErrors(t *testing.T) {
	for theirs, want := range map[string]string{
		"shipment.ship_to.phone_number": "shipment.ship_to.phone", "ship_from.city_locality": "shipment.ship_from.city", "shipment.service_code": "shipment.dc_service_id",
		"shipment.packages[1].weight.value": "shipment.parcels.1.weight", "packages[0].dimensions.length": "shipment.parcels.0.dim_length",
		"shipment.packages[0].products[2].harmonized_tariff_code": "shipment.parcels.0.items.2.hs_code", "shipment.packages.0.products": "shipment.parcels.0.items",
		"carrier_id": "shipment.courier.carrier_id", "label_layout": "shipment.label_size", "something": "", "": "",
	} {
		if got := ours(theirs); got != want {
			t.Errorf("%q is %q, want %q", theirs, got, want)
		}
	}
}

func TestStatuses(t *testing.T) {
	for e, want := range map[event]courier.Status{
		{Code: "AC", Detail: "PICKED_UP"}: courier.StatusCollected, {Code: "IT"}: courier.StatusInTransit, {Code: "IT", Detail: "HUB_SCAN_IN"}: courier.StatusAtHub,
		{Code: "IT", Detail: "OUT_FOR_DELIVERY"}: courier.StatusOutForDelivery, {Code: "DE", Detail: "DELIVERED_TO_NEIGHBOUR"}: courier.StatusDelivered,
		{Code: "DE", Detail: "DELIVERED_DAMAGED"}: courier.StatusDamaged, {Code: "EX", Detail: "HELD_BY_CUSTOMS"}: courier.StatusCustomsHold,
		{Code: "EX", Detail: "ADDRESS_QUERY"}: courier.StatusAddressIssue, {Code: "EX"}: courier.StatusOnHold, {Code: "AT"}: courier.StatusFailedAttempt,
		{Code: "NY"}: courier.StatusBooked, {Code: "SP"}: courier.StatusAwaitingPickup, {Code: "EX", Detail: "RETURN_TO_SENDER"}: courier.StatusReturning,
		{Code: "EX", Detail: "TRACKING_EXPIRED"}: courier.StatusExpired, {Code: "UN"}: courier.StatusCustom, {Code: "??"}: courier.StatusCustom, {Code: "IT", Detail: "INFORMATION"}: courier.StatusInTransit,
	} {
		if got := e.status(); got != want {
			t.Errorf("%+v is %s, want %s", e, got.Word(), want.Word())
		}
	}
}

func TestADetailHasOneStatus(t *testing.T) {
	seen := map[string]courier.Status{}
	for status, details := range byDetails {
		for _, d := range details {
			if other, twice := seen[d]; twice {
				t.Errorf("%s is %s and %s", d, status.Word(), other.Word())
			}
			seen[d] = status
		}
	}
}

func TestFindNeedsProof(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		proves bool
	}{
		{404, `{"request_id":"` + request + `","errors":[{"error_code":"invalid_identifier","message":"none"}]}`, true},
		{404, `{"errors":[]}`, false}, {404, `<html>`, false}, {200, `{}`, false}, {200, `[]`, false},
		{200, `{"label_id":"se-1","status":"error","external_shipment_id":"01890000-0000-7000-8000-000000000001"}`, true},
		{200, `{"label_id":"se-1","status":"processing","external_shipment_id":"01890000-0000-7000-8000-000000000001"}`, false},
		{200, `{"label_id":"se-1","status":"completed","external_shipment_id":"another"}`, false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(c.status); w.Write([]byte(c.body)) }))
		a := New(httpx.Env{Clock: clock.System{}, Stand: server.URL})
		_, found, err := a.Find(t.Context(), auth(), consignment())
		server.Close()
		if found || (err == nil) != c.proves {
			t.Errorf("%d %s: found %t, %v", c.status, c.body, found, err)
		}
	}
}

func TestPrices(t *testing.T) {
	for body, want := range map[string]money.Amount{
		`{"shipment_cost":{"currency":"usd","amount":8.05},"insurance_cost":{"currency":"usd","amount":1.5}}`: {Minor: 955, Currency: "USD"},
		`{"shipment_cost":{"currency":"usd","amount":8},"insurance_cost":{"currency":"eur","amount":0.0}}`:    {Minor: 800, Currency: "USD"},
		`{"shipment_cost":{"currency":"dollars","amount":8.05}}`:                                              {}, `{}`: {},
	} {
		var l label
		if err := json.Unmarshal([]byte(body), &l); err != nil {
			t.Fatal(err)
		}
		if got := l.price(); got != want {
			t.Errorf("%s is %s", body, got)
		}
	}
}

func TestALabelThatCouldNotBeMadeIsRefused(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"label_id":"se-1","status":"error","external_shipment_id":"01890000-0000-7000-8000-000000000001"}`))
	}))
	defer server.Close()
	a := New(httpx.Env{Clock: clock.System{}, Stand: server.URL})
	if _, err := a.Book(t.Context(), auth(), consignment()); !errs.Is(err, errs.Rejected) {
		t.Fatal(err)
	}
}

func TestQuoteTellsOwnBoxesAndWhatToOrder(t *testing.T) {
	a, _ := start(t)
	in := consignment()
	offers, err := a.Quote(t.Context(), auth(), in)
	if err != nil || len(offers) != 4 {
		t.Fatalf("%d offers, %v: want four, without the flat rate and the one with an error", len(offers), err)
	}
	want := courier.Offer{
		Service: "usps_ground_advantage", Code: "usps_ground_advantage", Name: "USPS Ground Advantage", Price: money.Amount{Minor: 805, Currency: "USD"}, TransitDays: 4, Chosen: true,
		Charge:     courier.Charges{Base: money.Amount{Minor: 655, Currency: "USD"}, Surcharges: money.Amount{Minor: 150, Currency: "USD"}},
		DeliveryMs: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC).UnixMilli(),
	}
	if diff := cmp.Diff(want, offers[0]); diff != "" {
		t.Error(diff)
	}
	if other := offers[2]; other.Service != byCode || other.Options[optionService] != "usps_parcel_select" || other.Chosen {
		t.Errorf("a service beside the list is ordered by %+v", other)
	}
	in.Service.Code, in.Options = byCode, map[string]string{optionPackage: "flat_rate_envelope"}
	if offers, err = a.Quote(t.Context(), auth(), in); err != nil || len(offers) != 1 || offers[0].Price.Minor != 940 || offers[0].Chosen {
		t.Errorf("of the carrier's packaging %+v, %v", offers, err)
	}
}

func TestAFormThatCantBeFetchedIsToldAndNoMore(t *testing.T) {
	for _, lost := range []bool{false, true} {
		a, m := start(t)
		m.lost = lost
		b, err := a.Book(t.Context(), auth(), consignment())
		if err != nil || len(b.Label.Bytes) == 0 {
			t.Fatalf("lost %t: %v, a label of %d bytes", lost, err, len(b.Label.Bytes))
		}
		told := strings.Contains(fmt.Sprint(b.Warnings), "customs form could not be fetched")
		if told != lost || (len(b.Papers) == 1) == lost {
			t.Errorf("lost %t: %d papers, told %v", lost, len(b.Papers), b.Warnings)
		}
	}
}
