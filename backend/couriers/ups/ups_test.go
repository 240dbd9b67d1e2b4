package ups

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
	"packbench/backend/infra/pdf"
)

var access = courier.Access{Credentials: courier.NewCredentials(map[string]string{fieldAccount: "a1b2c3"})}

func TestWeightsAndSides(t *testing.T) {
	for _, c := range []struct {
		grams  measure.Grams
		pounds bool
		want   string
	}{
		{1, false, "0.1"}, {1250, false, "1.3"}, {1200, false, "1.2"}, {70_000, false, "70.0"},
		{1, true, "0.1"}, {453, true, "1.0"}, {454, true, "1.1"}, {1250, true, "2.8"}, {70_000, true, "154.4"},
	} {
		if got := weightOf(c.grams, c.pounds); got.Weight != c.want {
			t.Errorf("%d g, pounds %t: %s, want %s", c.grams, c.pounds, got.Weight, c.want)
		}
	}
	p := courier.Parcel{Length: 200, Width: 305, Height: 121}
	if got := *dimensionsOf(p, false); got != (dimensions{coded{"CM"}, "31", "20", "13"}) {
		t.Errorf("%+v", got)
	}
	if got := *dimensionsOf(p, true); got != (dimensions{coded{"IN"}, "13", "8", "5"}) {
		t.Errorf("%+v", got)
	}
	if dimensionsOf(courier.Parcel{Length: 1, Width: 1}, false) != nil {
		t.Error("a side that is not known was sent")
	}
}

func TestPhonesAndPostcodes(t *testing.T) {
	if got := phoneOf("+1 (617) 555-0100", "US"); got != "6175550100" {
		t.Error(got)
	}
	if got := phoneOf("+44 131 496 0000", "GB"); got != "441314960000" {
		t.Error(got)
	}
	for given, want := range map[[2]string]string{{"02110-1234", "US"}: "021101234", {"K1A 0B1", "CA"}: "K1A0B1", {"EH6 6AA", "GB"}: "EH6 6AA"} {
		if got := postcodeOf(given[0], given[1]); got != want {
			t.Errorf("%v: %s", given, got)
		}
	}
}

func TestWhatIsMissing(t *testing.T) {
	c := courier.Consignment{From: postal.Address{CountryISO: "GB", Phone: "1"}, To: postal.Address{CountryISO: "US", County: "Massachusetts"}}
	e := errs.As(check(c))
	if e.Code != errs.Invalid || len(e.Fields) != 2 || e.Fields[0].Path != "shipment.ship_to.county" || e.Fields[1].Path != "shipment.ship_to.phone" {
		t.Errorf("%+v", e)
	}
	c.To.County, c.To.Phone = "MA", "2"
	if err := check(c); err != nil {
		t.Error(err)
	}
}

func TestReferencesStandWhereUPSTakesThem(t *testing.T) {
	c := courier.Consignment{ShipmentID: "01890000-0000-7000-8000-000000000000", Reference: "SO-1", Parcels: []courier.Parcel{{Weight: 1}, {Weight: 1}}}
	for lane, byParcels := range map[string]bool{"GBGB": false, "GBUS": false, "USUS": true, "PRPR": true, "USPR": false} {
		c.From.CountryISO, c.To.CountryISO = lane[:2], lane[2:]
		s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment
		if (s.References == nil) != byParcels || (s.Packages[1].References == nil) == byParcels {
			t.Errorf("%s: %+v", lane, s)
		}
	}
}

func TestOptions(t *testing.T) {
	c := courier.Consignment{
		From: postal.Address{CountryISO: "GB"}, To: postal.Address{CountryISO: "GB", Email: "a@b.example"},
		Parcels: []courier.Parcel{{Weight: 1000, Value: money.Amount{Minor: 1999, Currency: "GBP"}}},
		Options: map[string]string{
			optionSaturday: "true", optionSignature: adult, optionNotify: "true", optionDeclared: "true", optionHome: "true", optionPackaging: "04",
		},
	}
	s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment
	got, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"SaturdayDeliveryIndicator":"1"`, `"DeliveryConfirmation":{"DCISType":"2"}`, `"NotificationCode":"6"`, `"EMailAddress":["a@b.example"]`,
		`"DeclaredValue":{"CurrencyCode":"GBP","MonetaryValue":"19.99"}`, `"ResidentialAddressIndicator":"1"`, `"Packaging":{"Code":"04"}`,
		`"AccountNumber":"A1B2C3"`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	c.From.CountryISO, c.To.CountryISO = "US", "US"
	s = orderOf(access, c, time.UnixMilli(0)).Request.Shipment
	if s.Options.Confirmation != nil || s.Packages[0].Options.Confirmation.Type != "3" {
		t.Errorf("within the United States a parcel is signed for by itself: %+v", s)
	}
}

func TestCustoms(t *testing.T) {
	item := courier.Item{
		Description: "Gauze dressings of pure cotton, sterile, ten by ten centimetres, packed by fifty", Quantity: 2,
		Value: money.Amount{Minor: 840, Currency: "GBP"}, SKU: "GZ", HSCode: "3005.90.10", Origin: "GB",
	}
	c := courier.Consignment{
		From: postal.Address{CountryISO: "GB", Postcode: "EH6 6AA", IOSS: "IM1234567890"}, To: postal.Address{CountryISO: "FR", Name: "A B"},
		Parcels: []courier.Parcel{{Weight: 1000, Items: []courier.Item{item}}}, Incoterms: "DDP", ReasonForExport: "Sale of goods", Reference: "SO-1",
		ShippingCharge: money.Amount{Minor: 495, Currency: "GBP"},
	}
	s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment
	f := s.Options.Forms
	if f == nil || f.Reason != "SALE" || f.Terms != "DDP" || f.Number != "SO-1" || f.Freight.Value != "4.95" || f.Currency != "GBP" {
		t.Fatalf("%+v", f)
	}
	p := f.Products[0]
	if p.Code != "30059010" || p.Unit.Value != "8.40" || p.Unit.Number != "2" || len(p.Description) != 3 || p.Description[0] != "Gauze dressings of pure cotton, ster"[:35] {
		t.Errorf("%+v", p)
	}
	if len(s.Payment.Charges) != 2 || s.Payment.Charges[1].Type != "02" {
		t.Errorf("duties are the sender's: %+v", s.Payment)
	}
	if s.From == nil || *s.From.Vendor != (vendorInfo{"0356", "IM1234567890"}) {
		t.Errorf("%+v", s.From)
	}
	c.Options = map[string]string{optionInvoice: "false"}
	if s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment; s.Options != nil {
		t.Errorf("an invoice was asked for: %+v", s.Options)
	}
	c.To.CountryISO = "GB"
	if s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment; s.Options != nil || s.From != nil || len(s.Payment.Charges) != 1 {
		t.Errorf("customs within a country: %+v", s)
	}
}

func TestCanadaWantsTheWholeValue(t *testing.T) {
	c := courier.Consignment{
		From: postal.Address{CountryISO: "US"}, To: postal.Address{CountryISO: "CA"},
		Parcels: []courier.Parcel{{Value: money.Amount{Minor: 1001, Currency: "USD"}}, {Value: money.Amount{Minor: 500, Currency: "USD"}}},
	}
	if s := orderOf(access, c, time.UnixMilli(0)).Request.Shipment; s.InvoiceLine == nil || *s.InvoiceLine != (amount{"USD", "16"}) {
		t.Errorf("%+v", s.InvoiceLine)
	}
}

func TestLabelsOfAllParcels(t *testing.T) {
	three := []string{labelFile("GIF"), labelFile("GIF"), labelFile("GIF")}
	label, err := labelOf(courier.PDF, three)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := pdf.NewBinder().Add(label.Bytes); err != nil || len(pages) != 3 {
		t.Errorf("pages %v, %v", pages, err)
	}
	if label, err = labelOf(courier.PNG, three); err != nil {
		t.Fatal(err)
	}
	if picture, err := png.DecodeConfig(bytes.NewReader(label.Bytes)); err != nil || picture.Width != 40 || picture.Height != 180 {
		t.Errorf("%+v %v", picture, err)
	}
	if label, err = labelOf(courier.ZPL, []string{labelFile("ZPL"), labelFile("ZPL")}); err != nil || strings.Count(string(label.Bytes), "^XA") != 2 {
		t.Errorf("%q %v", label.Bytes, err)
	}
	for _, bad := range []string{"", "!", labelFile("ZPL")} {
		if _, err := labelOf(courier.PDF, []string{bad}); !errs.Is(err, errs.Unavailable) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		kind, words string
		want        courier.Status
	}{
		{"M", "Shipper created a label, UPS has not received the package yet.", courier.StatusBooked},
		{"MV", "Voided", courier.StatusCancelled}, {"P", "Pickup Scan", courier.StatusCollected}, {"I", "Departed from Facility", courier.StatusAtHub},
		{"I", "On the Way", courier.StatusInTransit}, {"I", "Out For Delivery Today", courier.StatusOutForDelivery},
		{"I", "Your package is pending release from customs", courier.StatusCustomsHold}, {"O", "Out for Delivery", courier.StatusOutForDelivery},
		{"I", "Your package was released by the customs agency.", courier.StatusInTransit},
		{"X", "The address is incomplete", courier.StatusAddressIssue}, {"X", "Delivery Attempted", courier.StatusFailedAttempt},
		{"X", "A delay", courier.StatusOnHold}, {"X", "The package was damaged", courier.StatusDamaged}, {"NA", "Not available", courier.StatusCustom},
	} {
		if got := statusOf(c.kind, c.words); got != c.want {
			t.Errorf("%s %q: %d, want %d", c.kind, c.words, got, c.want)
		}
	}
}

func TestTimesOfEvents(t *testing.T) {
	for _, c := range []struct {
		a    activity
		want string
	}{
		{activity{GMTDate: "20210210", GMTTime: "74700", Date: "20210210", Time: "024700"}, "2021-02-10T07:47:00Z"},
		{activity{GMTDate: "2021-02-10", GMTTime: "07:47:00"}, "2021-02-10T07:47:00Z"},
		{activity{Date: "20210210", Time: "024700"}, "2021-02-10T02:47:00Z"},
	} {
		if at, known := c.a.at(); !known || at.Format(time.RFC3339) != c.want {
			t.Errorf("%+v: %s", c.a, at)
		}
	}
	if _, known := (activity{Date: "soon"}).at(); known {
		t.Error("a time out of nothing")
	}
}

func TestWordsBecomeFields(t *testing.T) {
	for words, want := range map[string]string{
		"Missing or invalid ship to postal code":       "shipment.ship_to.postcode",
		"Missing or invalid ShipTo StateProvinceCode":  "shipment.ship_to.county",
		"Missing or invalid shipper phone number":      "shipment.ship_from.phone",
		"Missing or invalid shipper number":            "auth.account_number",
		"The requested service is unavailable here":    "shipment.dc_service_id",
		"Invalid package weight":                       "shipment.parcels.0.weight",
		"Something else went wrong":                    "",
		"The selected packaging type is not available": "shipment.courier.packaging",
	} {
		if got := ours(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	a := &httpx.Answer{Status: http.StatusBadRequest, Body: []byte(`{"response":{"errors":[{"code":"1","message":"One."},{"code":"2"}]}}`)}
	if words, _ := told(a); words != "One. code 2" {
		t.Error(words)
	}
}

func TestOneThingIsAListOfOne(t *testing.T) {
	var r recoverAnswer
	raw := `{"LabelRecoveryResponse":{"LabelResults":{"TrackingNumber":"1Z"},"TrackingCandidate":""}}`
	if err := json.Unmarshal([]byte(raw), &r); err != nil || len(r.Response.Labels) != 1 || len(r.Response.Candidates) != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAnOfferIsTheAccountsOwnRate(t *testing.T) {
	own, list := charge{"GBP", "7.45"}, charge{"GBP", "10.00"}
	for _, c := range []struct {
		charges []charge
		want    string
	}{{[]charge{own, list}, "7.45 GBP"}, {[]charge{{}, list}, "10.00 GBP"}, {[]charge{{}, {"GBP", "free"}}, "0.00 "}} {
		if got := priceOf(c.charges...).String(); got != c.want {
			t.Errorf("%v is %s, want %s", c.charges, got, c.want)
		}
	}
}
