package fedex

import (
	"encoding/json"
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

var (
	access = courier.Access{Credentials: courier.NewCredentials(map[string]string{fieldAccount: goodAccount})}
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// sample is a consignment from Edinburgh to Boston.
func sample() courier.Consignment {
	pence := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }
	return courier.Consignment{
		ShipmentID: "01890000-0000-7000-8000-000000000000", Reference: "SO-1", Service: courier.ServiceOffer{Code: "FEDEX_INTERNATIONAL_PRIORITY"},
		From: postal.Address{Name: "A", Phone: "+44 131 496 0000", CountryISO: "GB", Postcode: "EH6 6AA", EORI: "GB1"},
		To:   postal.Address{Name: "B", Phone: "2", CountryISO: "US", County: "MA", Email: "b@c.example"},
		Parcels: []courier.Parcel{{Weight: 1250, Length: 305, Width: 200, Height: 121, Value: pence(1680), Items: []courier.Item{{
			Description: "Gauze", Quantity: 2, Value: pence(840), Weight: 350, HSCode: "3005.90.10", Origin: "GB", SKU: "GZ",
		}}}},
		Incoterms: "DDP", ReasonForExport: "A gift", ShippingCharge: pence(495), LabelFormat: courier.PDF, LabelDPI: 203,
	}
}

// sent gives the request as it goes out.
func sent(t *testing.T, c courier.Consignment) string {
	t.Helper()
	raw, err := json.Marshal(orderOf(access, c, noon))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func holds(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, want := range parts {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		grams    measure.Grams
		imperial bool
		want     json.Number
	}{{1250, false, "1.25"}, {1, false, "0.001"}, {1250, true, "2.8"}, {453, true, "1.0"}, {454, true, "1.1"}, {68_000, true, "150.0"}} {
		if got := weightOf(c.grams, c.imperial); got.Value != c.want {
			t.Errorf("%d g: %s %s, want %s", c.grams, got.Value, got.Units, c.want)
		}
	}
	p := courier.Parcel{Length: 305, Width: 200, Height: 121}
	if got := *dimensionsOf(p, false); got != (dimensions{31, 20, 13, "CM"}) {
		t.Errorf("%+v", got)
	}
	if got := *dimensionsOf(p, true); got != (dimensions{13, 8, 5, "IN"}) {
		t.Errorf("%+v", got)
	}
}

func TestAbroad(t *testing.T) {
	got := sent(t, sample())
	holds(t, got, `"weight":{"units":"KG","value":1.25}`, `"totalWeight":2.8`, `"phoneNumber":"441314960000"`, `"stateOrProvinceCode":"MA"`,
		`"dutiesPayment":{"paymentType":"SENDER","payor":{"responsibleParty":{"accountNumber":{"value":"740561073"}}}}`, `"shipmentPurpose":"GIFT"`, `"termsOfSale":"DDP"`,
		`"unitPrice":{"amount":8.40,"currency":"UKL"}`, `"customsValue":{"amount":16.80,"currency":"UKL"}`, `"totalCustomsValue":{"amount":16.80,"currency":"UKL"}`,
		`"freightCharge":{"amount":4.95,"currency":"UKL"}`, `"harmonizedCode":"30059010"`, `"weight":{"units":"KG","value":0.7}`,
		`"specialServiceTypes":["ELECTRONIC_TRADE_DOCUMENTS"],"etdDetail":{"requestedDocumentTypes":["COMMERCIAL_INVOICE"]}`, `"docType":"PDF"`,
		`"tins":[{"number":"GB1","tinType":"BUSINESS_UNION","usage":"EORI"}]`, `{"customerReferenceType":"INVOICE_NUMBER","value":"01890000-0000-7000-8000-000000000000"}`)
	c := sample()
	c.Incoterms, c.Options = "DAP", map[string]string{optionInvoice: "false"}
	got = sent(t, c)
	holds(t, got, `"dutiesPayment":{"paymentType":"RECIPIENT"}`)
	if strings.Contains(got, "ELECTRONIC_TRADE_DOCUMENTS") || strings.Contains(got, "shippingDocumentSpecification") {
		t.Errorf("the invoice was switched off: %s", got)
	}
	c.To.CountryISO = "GB"
	if got = sent(t, c); strings.Contains(got, "customsClearanceDetail") {
		t.Errorf("customs within a country: %s", got)
	}
}

func TestOptions(t *testing.T) {
	c := sample()
	c.To.CountryISO, c.CollectionMs = "GB", noon.Add(26*time.Hour).UnixMilli()
	c.Options = map[string]string{
		optionSignature: "ADULT", optionSaturday: "true", optionHome: "true", optionDeclared: "true", optionNotify: "true", optionPackaging: "FEDEX_PAK",
		optionPickup: "DROPOFF_AT_FEDEX_LOCATION",
	}
	c.LabelFormat, c.LabelDPI = courier.ZPL, 300
	holds(t, sent(t, c), `"shipDatestamp":"2026-11-24"`, `"specialServiceTypes":["SIGNATURE_OPTION"],"signatureOptionType":"ADULT"`, `"specialServiceTypes":["SATURDAY_DELIVERY"]`,
		`"residential":true`, `"declaredValue":{"amount":16.80,"currency":"UKL"}`, `"emailNotificationRecipientType":"RECIPIENT","emailAddress":"b@c.example"`,
		`"packagingType":"FEDEX_PAK"`, `"pickupType":"DROPOFF_AT_FEDEX_LOCATION"`, `"imageType":"ZPLII","labelStockType":"STOCK_4X6","resolution":300`)
}

func TestWhatIsMissing(t *testing.T) {
	c := sample()
	c.To.County, c.From.Phone, c.Parcels[0].Length, c.Parcels[0].Items[0].Origin = "Massachusetts", "", 0, ""
	var got []string
	for _, f := range errs.As(check(c)).Fields {
		got = append(got, f.Path)
	}
	want := "shipment.parcels.0.dim_length shipment.parcels.0.items.0.origin_country shipment.ship_from.phone shipment.ship_to.county"
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
	if err := check(sample()); err != nil {
		t.Error(err)
	}
}

func TestKeysForTrackingArePairs(t *testing.T) {
	for _, c := range []struct{ key, secret, want string }{{"", "", ""}, {"a", "b", ""}, {"a", "", fieldTrackSecret}, {"", "b", fieldTrackKey}} {
		got := descriptor.Together(map[string]string{fieldTrackKey: c.key, fieldTrackSecret: c.secret})
		if (c.want == "") != (len(got) == 0) || c.want != "" && got[0].Path != c.want {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

func TestLabels(t *testing.T) {
	c := sample()
	c.Parcels = append(c.Parcels, c.Parcels[0], c.Parcels[0])
	if got := wish(c).Image; got != "PNG" {
		t.Errorf("several labels as one PDF are made of pictures, not of %s", got)
	}
	three := []string{labelFile("PNG"), labelFile("PNG"), labelFile("PNG")}
	label, err := labelOf(c, three)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := pdf.NewBinder().Add(label.Bytes); err != nil || len(pages) != 3 {
		t.Errorf("%v %v", pages, err)
	}
	c.LabelFormat = courier.ZPL
	if label, err := labelOf(c, []string{labelFile("ZPLII"), labelFile("ZPLII"), labelFile("ZPLII")}); err != nil || strings.Count(string(label.Bytes), "^XA") != 3 {
		t.Errorf("%q %v", label.Bytes, err)
	}
	for _, bad := range [][]string{nil, three[:2], {"!", "!", "!"}, three, {labelFile("PDF"), labelFile("PDF"), labelFile("PDF")}} {
		if _, err := labelOf(c, bad); !errs.Is(err, errs.Unavailable) {
			t.Errorf("%.40v: %v", bad, err)
		}
	}
}

func TestWhatWasBought(t *testing.T) {
	var s shipped
	raw := `{"pieceResponses":[{"masterTrackingNumber":"1","trackingNumber":"1","packageDocuments":[{"contentType":"COMMERCIAL_INVOICE","encodedLabel":"` + labelFile("PDF") +
		`"},{"contentType":"CERTIFICATE_OF_ORIGIN","encodedLabel":"%"},{"contentType":"LABEL","encodedLabel":"` + labelFile("PDF") + `"}]}],
		"shipmentDocuments":[{"contentType":"COMMERCIAL_INVOICE","encodedLabel":"` + labelFile("PDF") + `"},{"contentType":"GAA_FORM","encodedLabel":"x"}],"completedShipmentDetail":{"shipmentRating":{"shipmentRateDetails":[{"totalNetCharge":18.75,"currency":"UKL"}]}}}`
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	b := s.booked(sample())
	if b.CourierRef != "1" || b.Price != (money.Amount{Minor: 1875, Currency: "GBP"}) || !courier.PDF.Matches(b.Label.Bytes) {
		t.Errorf("%+v", b)
	}
	if len(b.Papers) != 1 || b.Papers[0].Kind != courier.PaperInvoice || len(b.Warnings) != 1 || b.Warnings[0].Field != "papers" {
		t.Errorf("papers %+v, told %v", b.Papers, b.Warnings)
	}
	s.Pieces[0].Documents, s.Papers = nil, nil
	if b := s.booked(sample()); b.CourierRef != "1" || b.Label.Bytes != nil || len(b.Warnings) != 1 {
		t.Errorf("bought without a label: %+v", b)
	}
}

func TestCodesBecomeFields(t *testing.T) {
	for code, want := range map[string]string{
		"RECIPIENTS.POSTALCODE.INVALID": "shipment.ship_to.postcode", "SHIPPER.STATEORPROVINCECODE.INVALID": "shipment.ship_from.county",
		"RECIPIENTCONTACT.PHONENUMBER.INVALID": "shipment.ship_to.phone", "ACCOUNTNUMBER.REGISTRATION.REQUIRED": "auth.account_number",
		"SERVICETYPE.PACKAGETYPE.INVALID": "shipment.dc_service_id", "PACKAGE.WEIGHT.EXCEEDED": "shipment.parcels.0.weight", "INTERNAL.SERVER.ERROR": "",
	} {
		if got := ours(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	for body, want := range map[string]string{
		`{"errors":[{"code":"A","message":"One."},{"code":"B","message":{"x":1}}]}`: "One. B", `<html>`: "", `{}`: "",
	} {
		if got, _ := told(&httpx.Answer{Status: http.StatusBadRequest, Body: []byte(body)}); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func TestEvents(t *testing.T) {
	list := eventsOf("1", []scan{
		{Date: "2026-11-24T09:00:00-05:00", Type: "DL", Words: "Delivered"}, {Date: "2026-11-24T08:00:00-05:00", Type: "DE", Words: "Delivery exception", Exception: "Incorrect address"},
		{Date: "2026-11-23T17:00:00+00:00", Type: "PU", Words: "Picked up"}, {Date: "never", Type: "PU"},
	})
	var got []string
	for _, e := range list {
		got = append(got, time.UnixMilli(e.AtMs).UTC().Format(time.RFC3339)+" "+e.Status.Word())
	}
	if want := "2026-11-23T17:00:00Z Collected, 2026-11-24T13:00:00Z Address issue, 2026-11-24T14:00:00Z Delivered"; strings.Join(got, ", ") != want {
		t.Errorf("%v", got)
	}
	for _, c := range []struct {
		s    scan
		want courier.Status
	}{
		{scan{Type: "OC"}, courier.StatusBooked}, {scan{Type: "AR"}, courier.StatusAtHub}, {scan{Type: "OD"}, courier.StatusOutForDelivery},
		{scan{Type: "DE", Exception: "Customer not available"}, courier.StatusFailedAttempt}, {scan{Type: "SE", Exception: "Clearance delay"}, courier.StatusCustomsHold},
		{scan{Type: "SE", Exception: "Damaged"}, courier.StatusDamaged}, {scan{Type: "SE", Exception: "Weather"}, courier.StatusOnHold},
		{scan{Type: "HL"}, courier.StatusAwaitingPickup}, {scan{Type: "CA"}, courier.StatusCancelled}, {scan{Type: "RS"}, courier.StatusReturning},
		{scan{Type: "??", Derived: "IT"}, courier.StatusInTransit}, {scan{Type: "??"}, courier.StatusCustom},
	} {
		if got := statusOf(c.s); got != c.want {
			t.Errorf("%+v: %d, want %d", c.s, got, c.want)
		}
	}
}

func TestTransitTimes(t *testing.T) {
	for words, want := range map[string]int{"ONE_DAY": 1, "TWO_DAYS": 2, "SEVEN_DAYS": 7, "ELEVEN_DAYS": 11, "UNKNOWN": 0, "": 0} {
		if got := daysOf(words); got != want {
			t.Errorf("%q is %d, want %d", words, got, want)
		}
	}
}
