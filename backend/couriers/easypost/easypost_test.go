package easypost

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
	"packbench/backend/couriers/httpx"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var auth = courier.Access{AuthID: "a", Testing: true, Credentials: courier.NewCredentials(map[string]string{fieldKey: goodKey, fieldAccount: "ca_1"})}

func consignment() courier.Consignment {
	return courier.Consignment{
		ShipmentID: "01890000-0000-7000-8000-000000000001", Service: courier.ServiceOffer{Code: "USPS:GroundAdvantage"},
		From: postal.Address{Name: "Dispatch", Address1: "Unit 7", Address2: "Quay Road", Address3: "Leith", City: "Edinburgh", Postcode: "EH6 6AA", CountryISO: "GB", IOSS: "IM1234567890"},
		To:   postal.Address{CompanyName: "Harbour Goods", Address1: "100 Main Street", City: "Boston", County: "MA", Postcode: "02110", CountryISO: "US"},
		Parcels: []courier.Parcel{{Weight: 1257, Length: 305, Width: 254, Height: 121, Value: money.Amount{Minor: 1680, Currency: "GBP"}, Items: []courier.Item{
			{Description: "Gauze", Quantity: 2, Value: money.Amount{Minor: 840, Currency: "GBP"}, Weight: 350, HSCode: "30059010", Origin: "GB", SKU: "GZ"},
		}}},
		Reference: "SO-1", OrderID: "1001", ReasonForExport: "repair", Incoterms: "dap", LabelFormat: courier.ZPL, LabelSize: courier.Size4x6, LabelDPI: 203,
		CreatedMs: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC).UnixMilli(),
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
	got, service, err := requestOf(auth, consignment())
	if err != nil || service != "USPS:GroundAdvantage" {
		t.Fatal(service, err)
	}
	if diff := cmp.Diff(parcel{Length: "12.1", Width: "10.0", Height: "4.8", Weight: "44.4"}, got.Parcel); diff != "" {
		t.Error(diff)
	}
	want := &customs{
		Contents: "other", Explanation: "repair", Certify: true, Signer: "Dispatch", Export: "NOEEI 30.37(a)", NonDelivery: "return", Restriction: "none",
		Items: []customsItem{{Description: "Gauze", Quantity: 2, Value: "16.80", Currency: "GBP", Weight: "24.7", TariffCode: "30059010", Origin: "GB", Code: "GZ"}},
	}
	if diff := cmp.Diff(want, got.Customs); diff != "" {
		t.Error(diff)
	}
	if got.Options.Format != "ZPL" || got.Options.Incoterm != "DAP" || got.From.Street2 != "Quay Road, Leith" || len(got.TaxIDs) != 1 || got.Accounts[0] != "ca_1" {
		t.Errorf("%+v", got)
	}
	in := consignment()
	in.To.CountryISO, in.To.Postcode = "GB", "LS1 1AA"
	if got, _, err = requestOf(auth, in); err != nil || got.Customs != nil || got.TaxIDs != nil {
		t.Errorf("within one country: %+v %v", got, err)
	}
	in.Parcels = append(in.Parcels, in.Parcels[0])
	in.Service.Code = byCode
	if _, _, err = requestOf(auth, in); len(errs.As(err).Fields) != 2 {
		t.Errorf("two parcels and no service: %v", err)
	}
}

func TestUnitsRoundUpByLessThanATenth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 100_000_000).Draw(t, "n")
		for _, c := range []struct {
			text  string
			tenth int64 // in units of 1e-10 grams, or of 1e-10 millimetres
		}{{ounces(measure.Grams(n)), 28_349_523_125}, {inches(measure.Millimetres(n)), 25_400_000_000}} {
			written, err := money.Parse(c.text+"0", "USD")
			if err != nil {
				t.Fatal(err)
			}
			if over := written.Minor/10*c.tenth - n*10_000_000_000; over < 0 || over >= c.tenth {
				t.Fatalf("%d is written as %s", n, c.text)
			}
		}
	})
}

func TestTheCheapestRateOfTheServiceIsBought(t *testing.T) {
	c, _ := start(t)
	b, err := c.Book(t.Context(), auth, consignment())
	if err != nil || b.Price != (money.Amount{Minor: 820, Currency: "USD"}) || b.Label.Format != courier.ZPL {
		t.Fatalf("%v %s %s", err, b.Price, b.Label.Format)
	}
	if until := time.UnixMilli(b.CancelUntilMs).UTC(); until != time.Date(2026, 12, 23, 9, 0, 0, 0, time.UTC) {
		t.Errorf("USPS takes it back until %s, which is not 30 days", until)
	}
}

func TestAServiceThatNobodyOffersIsRefused(t *testing.T) {
	c, m := start(t)
	in := consignment()
	in.Service.Code = "UPS:Ground"
	_, err := c.Book(t.Context(), auth, in)
	e := errs.As(err)
	if e.Code != errs.Rejected || !strings.Contains(e.Message, "Shipper number is not valid.") || !strings.Contains(e.Message, "USPS:Express") || e.Fields[0].Path != "shipment.dc_service_id" {
		t.Fatal(err)
	}
	if m.ledger.Standing(in.ShipmentID) != couriertest.NeverSold {
		t.Error("it was bought")
	}
}

func TestAKeyIsUsedForWhatItIs(t *testing.T) {
	for mode, testing := range map[string]bool{"production": true, "test": false} {
		c, m := start(t)
		m.mode = mode
		access := auth
		access.Testing = testing
		in := consignment()
		if _, err := c.Book(t.Context(), access, in); !errs.Is(err, errs.Rejected) || m.ledger.Standing(in.ShipmentID) != couriertest.NeverSold {
			t.Errorf("a %s key with Testing %t: %v", mode, testing, err)
		}
		if v, err := c.Check(t.Context(), access); err != nil || len(v.Warnings) != 1 {
			t.Errorf("the check of a %s key with Testing %t: %v %v", mode, testing, v, err)
		}
	}
}

func TestLabelsInOtherFormats(t *testing.T) {
	for bought, wants := range map[courier.Format]map[courier.Format]courier.Format{
		courier.PNG: {courier.PDF: courier.PDF, courier.ZPL: courier.ZPL, courier.PNG: courier.PNG}, courier.PDF: {courier.PNG: courier.PDF},
	} {
		c, _ := start(t)
		in := consignment()
		in.LabelFormat = bought
		b, err := c.Book(t.Context(), auth, in)
		if err != nil {
			t.Fatal(err)
		}
		for asked, want := range wants {
			in.LabelFormat = asked
			label, warnings, err := c.Relabel(t.Context(), auth, in, courier.Reference{CourierRef: b.CourierRef})
			if err != nil || label.Format != want || (len(warnings) > 0) != (asked != want) {
				t.Errorf("bought as %s, asked for %s: %s %v %v", bought, asked, label.Format, warnings, err)
			}
		}
	}
}

func TestFieldsOfErrors(t *testing.T) {
	for theirs, want := range map[string]string{
		"shipment.to_address.zip": "shipment.ship_to.postcode", "from_address.street1": "shipment.ship_from.address_1", "parcel.weight": "shipment.parcels.0.weight",
		"customs_info.eel_pfc": "shipment.courier.eel_pfc", "shipment": "", "": "",
	} {
		if got := ours(theirs); got != want {
			t.Errorf("%q is %q, want %q", theirs, got, want)
		}
	}
}

func TestStatuses(t *testing.T) {
	for e, want := range map[[2]string]courier.Status{
		{"pre_transit", "label_created"}: courier.StatusBooked, {"in_transit", "arrived_at_facility"}: courier.StatusAtHub, {"in_transit", "unknown"}: courier.StatusInTransit,
		{"out_for_delivery", "out_for_delivery"}: courier.StatusOutForDelivery, {"delivered", "arrived_at_destination"}: courier.StatusDelivered,
		{"available_for_pickup", "status_update"}: courier.StatusAwaitingPickup, {"return_to_sender", "return"}: courier.StatusReturning, {"failure", "damaged"}: courier.StatusDamaged,
		{"failure", "address_correction"}: courier.StatusAddressIssue, {"failure", "expired"}: courier.StatusExpired, {"error", ""}: courier.StatusOnHold,
		{"cancelled", "cancelled"}: courier.StatusCancelled, {"unknown", "unknown"}: courier.StatusCustom, {"in_transit", "delivery_exception"}: courier.StatusFailedAttempt,
	} {
		if got := (event{Status: e[0], Detail: e[1]}).status(); got != want {
			t.Errorf("%v is %s, want %s", e, got.Word(), want.Word())
		}
	}
}

func TestFindNeedsProof(t *testing.T) {
	for body, proves := range map[string]bool{
		`{"shipments":[],"has_more":false}`: true, `{"shipments":[{"id":"shp_1","reference":"another"}],"has_more":false}`: true,
		`{}`: false, `{"shipments":[]}`: false, `{"shipments":[],"has_more":true}`: false, `[]`: false, `{"shipments":[{"id":"shp_1"}],"has_more":true}`: false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(body)) }))
		c := New(httpx.Env{Clock: clock.System{}, Stand: server.URL, Wait: func(context.Context, time.Duration) error { return nil }})
		_, found, err := c.Find(t.Context(), auth, consignment())
		server.Close()
		if found || (err == nil) != proves {
			t.Errorf("%s: found %t, %v", body, found, err)
		}
	}
}

// TestRecordedAnswers reads what EasyPost really answered.
func TestRecordedAnswers(t *testing.T) {
	dir := filepath.Join(couriertest.SpecsDir(t), "easypost")
	read := func(name string, into any) {
		t.Helper()
		raw, err := os.ReadFile(filepath.Join(dir, "responses", name))
		if err == nil {
			err = json.Unmarshal(raw, into)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	var bought, refunded, drawn shipment
	read("shipments-buy.json", &bought)
	read("shipping-refund-refund.json", &refunded)
	read("shipments-label.json", &drawn)
	if best, found := bought.best("USPS:Express"); !found || best.price().Minor != 5120 || bought.Tracking == "" || bought.Mode != "test" || bought.Label.in(courier.PNG) == "" || bought.Selected.price().IsZero() || bought.Tracker.URL == "" {
		t.Errorf("a purchase is read as %+v", bought)
	}
	if refunded.Refund != "submitted" || drawn.Label.in(courier.ZPL) == "" {
		t.Errorf("%q %+v", refunded.Refund, drawn.Label)
	}
	for _, link := range []string{bought.Label.URL, drawn.Label.ZPL} {
		if !strings.HasPrefix(link, "https://"+files+"/") && !strings.HasPrefix(link, "https://"+oldFiles+"/") {
			t.Errorf("labels are at %s, which is not asked", link)
		}
	}
	var page struct {
		Shipments []shipment `json:"shipments"`
		More      *bool      `json:"has_more"`
	}
	read("shipments-list.json", &page)
	var trackers struct {
		Trackers []struct {
			Code   string  `json:"tracking_code"`
			Events []event `json:"tracking_details"`
		} `json:"trackers"`
	}
	read("trackers-list.json", &trackers)
	if len(page.Shipments) == 0 || page.More == nil || len(trackers.Trackers) == 0 || len(trackers.Trackers[0].Events) == 0 || trackers.Trackers[0].Events[0].status() != courier.StatusBooked {
		t.Errorf("lists are read as %+v %+v", page, trackers)
	}
}

// TestRequestsAreThoseOfTheRecordedOnes holds every name of a request to those that EasyPost was really sent or answered
// with under the same path.
func TestRequestsAreThoseOfTheRecordedOnes(t *testing.T) {
	dir := filepath.Join(couriertest.SpecsDir(t), "easypost")
	known := map[string]bool{"carrier_accounts": true}
	for _, pattern := range []string{"responses/*.json", "cassettes/*.yaml", "curl/*.sh"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range bytes.Split(raw, []byte(`":`)) {
				known[string(part[bytes.LastIndexByte(part, '"')+1:])] = true
			}
		}
	}
	in := consignment()
	request, _, err := requestOf(auth, in)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(map[string]any{"shipment": request})
	if err != nil {
		t.Fatal(err)
	}
	// Names that EasyPost's documentation has and nothing that was recorded.
	documented := map[string]bool{"print_custom_2": true, "incoterm": true, "tax_identifiers": true, "entity": true, "tax_id_type": true, "tax_id": true, "issuing_country": true}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if !known[name] && !documented[name] {
					t.Errorf("%q was never sent to EasyPost", name)
				}
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	var sent any
	if err := json.Unmarshal(raw, &sent); err != nil {
		t.Fatal(err)
	}
	walk(sent)
}

func TestRecordedErrorNamesTheField(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		w.Write([]byte(`{"error":{"code":"PARAMETER.REQUIRED","message":["Missing required parameter."],"errors":[{"field":"to_address.zip","message":"cannot be blank"},"Look again."]}}`))
	}))
	defer server.Close()
	c := New(httpx.Env{Clock: clock.System{}, Stand: server.URL})
	_, err := c.Book(t.Context(), auth, consignment())
	e := errs.As(err)
	if e.Code != errs.Rejected || !strings.Contains(e.Message, "Missing required parameter. to_address.zip cannot be blank Look again.") || len(e.Fields) != 1 || e.Fields[0].Path != "shipment.ship_to.postcode" {
		t.Fatalf("%v", e)
	}
}
