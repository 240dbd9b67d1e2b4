package sendcloud

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
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

var access = courier.Access{AuthID: "a", Credentials: courier.NewCredentials(map[string]string{fieldPublic: goodPublic, fieldSecret: goodSecret})}

func consignment() courier.Consignment {
	return courier.Consignment{
		ShipmentID: "01890000-0000-7000-8000-000000000001", Service: courier.ServiceOffer{Code: "postnl:standard", Name: "PostNL Standard"},
		From: postal.Address{Name: "Dispatch", Address1: "Unit 7", Address2: "Quay Road", Address3: "Leith", City: "Edinburgh", Postcode: "EH6 6AA", CountryISO: "GB", EORI: "GB123456789000", IOSS: "IM1234567890"},
		To:   postal.Address{CompanyName: "Harbour Goods", Address1: "100 Main Street", City: "Boston", County: "ma", Postcode: "02110", CountryISO: "US"},
		Parcels: []courier.Parcel{{Weight: 1257, Length: 305, Width: 200, Height: 121, Value: money.Amount{Minor: 1680, Currency: "GBP"}, Items: []courier.Item{
			{Description: "Gauze", Quantity: 2, Value: money.Amount{Minor: 840, Currency: "GBP"}, Weight: 350, HSCode: "30059010", Origin: "GB", SKU: "GZ"},
		}}},
		Reference: "SO-1", DeliveryInstructions: "Ring twice", OrderID: "1001", CreatedMs: time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC).UnixMilli(),
		ReasonForExport: "Gift", ShippingCharge: money.Amount{Minor: 495, Currency: "GBP"}, LabelFormat: courier.PNG, LabelSize: courier.SizeA6, LabelDPI: 300,
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
	got, err := requestOf(access, consignment())
	if err != nil {
		t.Fatal(err)
	}
	want := newParcel{
		Weight: weight{"1.257", "kg"}, Dimensions: &dimensions{"30.5", "20", "12.1", "cm"}, Notes: []string{"SO-1", "Ring twice"},
		Items: []item{{
			Description: "Gauze", Quantity: 2, Weight: &itemWeight{json.Number("0.35"), "kg"}, Price: &price{"8.40", "GBP"}, HSCode: "30059010", Origin: "GB", SKU: "GZ",
		}},
	}
	if diff := cmp.Diff([]newParcel{want}, got.Parcels); diff != "" {
		t.Error(diff)
	}
	customs := &customs{
		Invoice: "1001", Reason: "gift", Type: "commercial_b2c", Date: "2026-11-23", Freight: &price{"4.95", "GBP"},
		TaxNumbers: &taxNumbers{Sender: []taxNumber{{"EORI", "GB", "GB123456789000"}, {"IOSS", "GB", "IM1234567890"}}, Receiver: []taxNumber{}, Importer: []taxNumber{}},
	}
	if diff := cmp.Diff(customs, got.Customs); diff != "" {
		t.Error(diff)
	}
	if got.To.State != "US-MA" || got.To.Name != "Harbour Goods" || got.From.Line2 != "Quay Road, Leith" || got.Label != (labelWish{"image/png", 300}) {
		t.Errorf("%+v %+v %+v", got.To, got.From, got.Label)
	}
	within := consignment()
	within.To.CountryISO, within.To.Postcode = "GB", "LS1 1AA"
	if got, err := requestOf(access, within); err != nil || got.Customs != nil {
		t.Errorf("customs data within one country: %+v %v", got.Customs, err)
	}
}

func TestOptionsReachTheRequest(t *testing.T) {
	in := consignment()
	in.Options = map[string]string{optionCode: "dpd:classic/service_point", optionContract: "517", optionServicePoint: "10168633", optionPackage: "tube", optionExportType: "private"}
	got, err := requestOf(access, in)
	if err != nil {
		t.Fatal(err)
	}
	if got.ShipWith.Properties != (shipping{"dpd:classic/service_point", 517}) || *got.ServicePoint != (servicePoint{"10168633"}) || got.Parcels[0].Package != "tube" || got.Customs.Type != "private" {
		t.Errorf("%+v", got)
	}
}

func TestATestAuthBuysTheFreeLetterOnly(t *testing.T) {
	c, m := start(t)
	test := access
	test.Testing = true
	_, err := c.Book(t.Context(), test, consignment())
	if e := errs.As(err); e.Code != errs.Invalid || e.Fields[0].Path != "shipment.dc_service_id" || len(m.sold) != 0 {
		t.Fatalf("%v, sold %d", err, len(m.sold))
	}
	in := consignment()
	in.Service.Code = letter
	if _, err := c.Book(t.Context(), test, in); err != nil {
		t.Fatal(err)
	}
	in.Service.Code = byCode
	if _, err := c.Book(t.Context(), access, in); !errs.Is(err, errs.Invalid) {
		t.Errorf("no shipping option was named: %v", err)
	}
}

func TestLabelsOfSeveralParcels(t *testing.T) {
	for format, want := range map[courier.Format]struct {
		format  courier.Format
		content string
		warned  bool
	}{
		courier.PDF: {courier.PDF, "%PDF-1.4\nlabel of 100 101", false},
		courier.ZPL: {courier.ZPL, "^XA^FDlabel of 100\n^XA^FDlabel of 101", false},
		courier.PNG: {courier.PDF, "%PDF-1.4\nlabel of 100 101", true},
	} {
		c, _ := start(t)
		in := consignment()
		in.Parcels, in.LabelFormat = append(in.Parcels, in.Parcels[0]), format
		b, err := c.Book(t.Context(), access, in)
		if err != nil || len(b.TrackingCodes) != 2 || len(b.TrackingURLs) != 2 {
			t.Fatalf("%v %+v", err, b)
		}
		if b.Label.Format != want.format || string(b.Label.Bytes) != want.content || len(b.Warnings) > 0 != want.warned {
			t.Errorf("%s: %s %q %v", format, b.Label.Format, b.Label.Bytes, b.Warnings)
		}
	}
}

func TestACarriersOwnZPLIsKeptAsWhatItIs(t *testing.T) {
	c, m := start(t)
	m.native = true
	b, err := c.Book(t.Context(), access, consignment())
	if err != nil || b.Label.Format != courier.ZPL || len(b.Warnings) != 1 || b.Warnings[0].Field != "shipment.label_format" {
		t.Fatalf("%v %s %v", err, b.Label.Format, b.Warnings)
	}
}

func TestAShipmentTakenInPartIsTakenBack(t *testing.T) {
	c, m := start(t)
	m.halves = true
	in := consignment()
	in.Parcels = append(in.Parcels, in.Parcels[0])
	_, err := c.Book(t.Context(), access, in)
	if !errs.Is(err, errs.Rejected) || m.ledger.Standing(in.ShipmentID) != couriertest.Cancelled {
		t.Fatalf("%v; the ledger says %d", err, m.ledger.Standing(in.ShipmentID))
	}
}

func TestCancelling(t *testing.T) {
	c, m := start(t)
	b, err := c.Book(t.Context(), access, consignment())
	if err != nil {
		t.Fatal(err)
	}
	if until := time.UnixMilli(b.CancelUntilMs).UTC(); until != time.Date(2027, 1, 4, 9, 0, 0, 250_000_000, time.UTC) {
		t.Errorf("may be cancelled until %s, which is not 42 days", until)
	}
	m.queued = true
	named := courier.Reference{CourierRef: b.CourierRef}
	for range 2 { // the second is answered 409 with a shipment that is cancelled
		if err := c.Cancel(t.Context(), access, named); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheSameReferenceTwiceIsNotBoughtTwice(t *testing.T) {
	c, m := start(t)
	if _, err := c.Book(t.Context(), access, consignment()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Book(t.Context(), access, consignment()); !errs.Is(err, errs.Unclear) || len(m.sold) != 1 {
		t.Fatalf("%v, sold %d", err, len(m.sold))
	}
}

func TestErrorsNameOurFields(t *testing.T) {
	for _, c := range []struct {
		body, words string
		paths       []string
	}{
		{`{"errors":[{"detail":"This field is required.","status":"400","source":{"pointer":"/to_address/name"},"code":"required"}]}`, "to_address/name: This field is required.", []string{"shipment.ship_to.name"}},
		{`[{"title":"Too heavy","source":{"pointer":"/parcels/1/weight/value"}},{"detail":"Unknown","source":{"pointer":"/parcels/0/parcel_items/2/hs_code"}}]`, "parcels/1/weight/value: Too heavy parcels/0/parcel_items/2/hs_code: Unknown", []string{"shipment.parcels.1.weight", "shipment.parcels.0.items.2.hs_code"}},
		{`{"errors":{"code":"not_found","source":{"pointer":"/ship_with/properties/contract_id"}}}`, "ship_with/properties/contract_id: not_found", []string{"shipment.courier.contract_id"}},
		{`{"errors":[{"detail":"No","source":{"pointer":"/ship_with/properties/shipping_option_code"}}]}`, "ship_with/properties/shipping_option_code: No", []string{"shipment.dc_service_id"}},
		{`[{"detail":"No","source":{"pointer":"/from_address/house_number"}},{"detail":"So","source":{"pointer":"/parcels/0/dimensions/length"}}]`, "from_address/house_number: No parcels/0/dimensions/length: So", []string{"shipment.ship_from.address_1", "shipment.parcels.0.dim_length"}},
		{`{"detail":"Parcel does not exist"}`, "Parcel does not exist", nil},
		{`<html>`, "", nil}, {`{}`, "", nil}, {`null`, "", nil},
	} {
		words, fields := told(&httpx.Answer{Body: []byte(c.body)})
		var paths []string
		for _, f := range fields {
			paths = append(paths, f.Path)
		}
		if words != c.words || !slices.Equal(paths, c.paths) {
			t.Errorf("%s: %q %v", c.body, words, paths)
		}
	}
}

func TestStatuses(t *testing.T) {
	for code, want := range map[string]courier.Status{
		"READY_TO_SEND": courier.StatusBooked, "EN_ROUTE_TO_SORTING_CENTER": courier.StatusInTransit, "at-sorting-centre": courier.StatusAtHub,
		"Driver en route": courier.StatusOutForDelivery, "delivery_attempt_failed": courier.StatusFailedAttempt, "DELIVERED": courier.StatusDelivered,
		"Announced: not collected": courier.StatusBooked, "awaiting_customer_pickup": courier.StatusAwaitingPickup, "at_customs": courier.StatusCustomsHold,
		"RETURNED_TO_SENDER": courier.StatusReturning, "ADDRESS_INVALID": courier.StatusAddressIssue, "UNABLE_TO_DELIVER": courier.StatusOnHold,
		"CANCELLED": courier.StatusCancelled, "picked up by driver": courier.StatusCollected, "something new": courier.StatusCustom, "": courier.StatusCustom,
	} {
		if got := (event{Code: code}).status(); got != want {
			t.Errorf("%q is %s, want %s", code, got.Word(), want.Word())
		}
	}
	if got := (event{Code: "x9", Description: "Delivered"}).status(); got != courier.StatusDelivered {
		t.Errorf("by its words: %s", got.Word())
	}
}

func TestFindNeedsProof(t *testing.T) {
	for body, proves := range map[string]bool{
		`{"data":[]}`: true, `{"data":[{"id":"s","external_reference_id":"01890000-0000-7000-8000-000000000001","parcels":[{"id":1,"status":{"code":"ANNOUNCEMENT_FAILED"}}]}]}`: true,
		`{}`: false, `{"data":null}`: false, `[]`: false, `{"data":[{"id":"s","external_reference_id":"another","parcels":[{"id":1}]}]}`: false,
		`{"data":[{"id":"s","external_reference_id":"01890000-0000-7000-8000-000000000001","parcels":[{"id":1,"status":{"code":"BEING_ANNOUNCED"}}]}]}`: false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(body)) }))
		c := New(httpx.Env{Clock: clock.System{}, Stand: server.URL})
		_, found, err := c.Find(t.Context(), access, consignment())
		server.Close()
		if found || (err == nil) != proves {
			t.Errorf("%s: found %t, %v", body, found, err)
		}
	}
}

func TestQuoteTellsContractsApart(t *testing.T) {
	c, _ := start(t)
	in := consignment()
	in.Service.Code, in.Options = "postnl:standard", nil
	access := courier.Access{Credentials: courier.NewCredentials(map[string]string{fieldPublic: goodPublic, fieldSecret: goodSecret})}
	told := func() map[string]courier.Offer {
		t.Helper()
		offers, err := c.Quote(t.Context(), access, in)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]courier.Offer{}
		for _, o := range offers {
			out[o.Code+" "+o.Options[optionContract]] = o
		}
		return out
	}
	offers := told()
	first, second, other := offers["postnl:standard 60"], offers["postnl:standard 61"], offers["dpd:classic "]
	if len(offers) != 5 || !first.Chosen || second.Chosen || first.Price.String() != "5.55 EUR" || second.Price.String() != "5.20 EUR" || first.TransitDays != 2 {
		t.Errorf("%+v", offers)
	}
	if got := first.Charge; got.Base.Minor != 500 || got.Fuel.Minor != 40 || got.Surcharges.Minor != 15 {
		t.Errorf("parts %+v", got)
	}
	if other.Service != byCode || other.Options[optionCode] != "dpd:classic" {
		t.Errorf("an option beside the list is ordered by %+v", other)
	}
	in.Options = map[string]string{optionServicePoint: "1"}
	if _, there := told()["postnl:service_point 60"]; !there {
		t.Error("an option that has its service point is not told")
	}
	access.Testing, in.Options = true, nil
	if offers := told(); len(offers) != 1 || offers["sendcloud:letter "].Price.String() != "0.00 EUR" {
		t.Errorf("a test auth is told of %+v", offers)
	}
}
