package dhlexpress

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
	"packbench/backend/couriers/httpx"

	"github.com/google/go-cmp/cmp"
)

var (
	access = courier.Access{Credentials: courier.NewCredentials(map[string]string{fieldAccount: goodAccount})}
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// sample is a consignment from Edinburgh to Boston.
func sample() courier.Consignment {
	pounds := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }
	return courier.Consignment{
		ShipmentID: "01890000-0000-7000-8000-000000000000", Reference: "SO-1", Service: courier.ServiceOffer{Code: "P"}, CreatedMs: noon.UnixMilli(),
		From: postal.Address{Name: "A", Phone: "1", CountryISO: "GB", Postcode: "EH6 6AA", EORI: "GB1", TaxID: "GB2", IOSS: "IM3"},
		To:   postal.Address{Name: "B", Phone: "2", CountryISO: "US", County: "MA", Email: "b@c.example"},
		Parcels: []courier.Parcel{{Weight: 1250, Length: 305, Width: 200, Height: 125, Value: pounds(1680), Items: []courier.Item{{
			Description: "Gauze", Quantity: 2, Value: pounds(840), Weight: 350, HSCode: "3005.90.10", Origin: "GB",
		}}}},
		Incoterms: "DDP", ReasonForExport: "A gift", ShippingCharge: pounds(495), LabelFormat: courier.PDF, LabelSize: courier.SizeA6, LabelDPI: 203,
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

func TestAbroad(t *testing.T) {
	got := sent(t, sample())
	for _, want := range []string{
		`"weight":1.25,"dimensions":{"length":30.5,"width":20,"height":12.5}`, `"unitOfMeasurement":"metric"`, `"isCustomsDeclarable":true`,
		`"declaredValue":16.80,"declaredValueCurrency":"GBP"`, `"commodityCodes":[{"typeCode":"outbound","value":"30059010"}]`,
		`"weight":{"netValue":0.7,"grossValue":0.7}`, `"exportReasonType":"gift"`, `"additionalCharges":[{"value":4.95,"typeCode":"freight"}]`,
		`"incoterm":"DDP"`, `{"typeCode":"duties-taxes","number":"424242424"}`, `{"serviceCode":"WY"},{"serviceCode":"DD"}`, `"provinceCode":"MA"`,
		`{"typeCode":"EOR","number":"GB1","issuerCountryCode":"GB"}`, `"invoiceType":"commercial"`, `"date":"2026-11-23"`,
		`"customerReferences":[{"value":"01890000000070008000000000000000","typeCode":"CU"},{"value":"SO-1","typeCode":"CU"}]`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestWithoutCustoms(t *testing.T) {
	for name, change := range map[string]func(*courier.Consignment){
		"documents":          func(c *courier.Consignment) { c.Service.Code = "D" },
		"within the country": func(c *courier.Consignment) { c.To.CountryISO = "GB" },
		"within the union":   func(c *courier.Consignment) { c.From.CountryISO, c.To.CountryISO = "DE", "FR" },
	} {
		c := sample()
		change(&c)
		got := sent(t, c)
		for _, never := range []string{"exportDeclaration", "declaredValue", "duties-taxes", `"WY"`, `"DD"`, "invoice"} {
			if strings.Contains(got, never) {
				t.Errorf("%s: %s was sent", name, never)
			}
		}
	}
	c := sample()
	c.Options = map[string]string{optionPaperless: "false"}
	if got := sent(t, c); strings.Contains(got, `"WY"`) || !strings.Contains(got, "exportDeclaration") {
		t.Errorf("paperless trade was switched off: %s", got)
	}
}

func TestOptions(t *testing.T) {
	c := sample()
	c.To.CountryISO = "GB"
	c.Options = map[string]string{optionSignature: adult, optionSaturday: "true", optionInsurance: "true", optionNotify: "true", optionWaybill: "true"}
	c.LabelFormat, c.LabelDPI = courier.ZPL, 300
	got := sent(t, c)
	for _, want := range []string{
		`[{"serviceCode":"SD"},{"serviceCode":"AA"},{"serviceCode":"II","value":16.80,"currency":"GBP"}]`, `"shipmentNotification":[{"typeCode":"email","receiverId":"b@c.example"}]`,
		`"printerDPI":300,"encodingFormat":"zpl"`, `{"typeCode":"waybillDoc","templateName":"ARCH_8X4","isRequested":true}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestPlannedTime(t *testing.T) {
	for name, c := range map[string]struct {
		collected time.Time
		want      string
	}{
		"none": {time.UnixMilli(0), "2026-11-23T13:00:00GMT+00:00"}, "past": {noon.Add(-time.Hour), "2026-11-23T13:00:00GMT+00:00"},
		"ahead": {noon.Add(26 * time.Hour), "2026-11-24T14:00:00GMT+00:00"},
	} {
		if got := plannedOf(courier.Consignment{CollectionMs: c.collected.UnixMilli()}, noon); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatIsMissing(t *testing.T) {
	c := sample()
	c.From.Phone, c.Parcels[0].Items[0].Origin = "", ""
	e := errs.As(check(c))
	if e.Code != errs.Invalid || len(e.Fields) != 2 || e.Fields[0].Path != "shipment.parcels.0.items.0.origin_country" || e.Fields[1].Path != "shipment.ship_from.phone" {
		t.Errorf("%+v", e)
	}
	c = sample()
	c.Parcels[0].Items = nil
	if e := errs.As(check(c)); len(e.Fields) != 1 || e.Fields[0].Path != "shipment.parcels.0.items" {
		t.Errorf("%+v", e)
	}
	if err := check(sample()); err != nil {
		t.Error(err)
	}
}

func TestWhatWasBought(t *testing.T) {
	var s created
	raw := `{"shipmentTrackingNumber":"4000000001","packages":[{"trackingNumber":"JD1"},{"trackingNumber":"JD2"}],"warnings":["No prices"],
		"documents":[{"typeCode":"invoice","content":"` + encoded("%PDF-1.4 invoice") + `"},{"typeCode":"label","content":"` + encoded("%PDF-1.4 label") + `"}],
		"shipmentCharges":[{"currencyType":"PULCL","priceCurrency":"EUR","price":30},{"currencyType":"BILLC","priceCurrency":"GBP","price":25.35}]}`
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	c := sample()
	b := s.booked(c)
	if strings.Join(b.TrackingCodes, " ") != "4000000001" || b.Price != (money.Amount{Minor: 2535, Currency: "GBP"}) || string(b.Label.Bytes) != "%PDF-1.4 label" || len(b.Warnings) != 1 {
		t.Errorf("%+v", b)
	}
	c.Parcels = append(c.Parcels, c.Parcels[0])
	if b := s.booked(c); strings.Join(b.TrackingCodes, " ") != "JD1 JD2" || b.CourierRef != "4000000001" {
		t.Errorf("%+v", b)
	}
	c.LabelFormat, c.LabelSize = courier.ZPL, courier.SizeA4
	if b := s.booked(c); b.Label.Bytes != nil || len(b.Warnings) != 3 {
		t.Errorf("a PDF is no ZPL, and ZPL is not A4: %+v", b)
	}
}

func TestWordsBecomeFields(t *testing.T) {
	for words, want := range map[string]string{
		"#/customerDetails/receiverDetails/postalAddress: required key [countryCode] not found": "shipment.ship_to.country_iso",
		"#/customerDetails/shipperDetails/contactInformation/phone: too short":                  "shipment.ship_from.phone",
		"#/content/packages/2/weight: is too large":                                             "shipment.parcels.2.weight",
		"#/content/packages/0/dimensions/height: is too small":                                  "shipment.parcels.0.dim_height",
		"#/productCode: unknown": "shipment.dc_service_id", "#/accounts/0/number: x": "auth.account_number", "#/content/other: x": "", "Something": "",
	} {
		if got := ours(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	for body, want := range map[string]string{
		`{"title":"Bad","message":"Bad request","detail":"Multiple problems found, see Additional Details","additionalDetails":["One.","Two."]}`: "One. Two.",
		`{"title":"Bad","message":"Bad request","detail":"The date is past."}`:                                                                   "The date is past.",
		`{"title":"Bad","message":"Bad request"}`:                                                                                                "Bad request", `<html>`: "",
	} {
		if got, _ := told(&httpx.Answer{Status: http.StatusBadRequest, Body: []byte(body)}); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func TestEvents(t *testing.T) {
	list := eventsOf("1", []reading{
		{Date: "2026-11-24", Time: "09:00:00", Offset: "+01:00", Code: "OK", Description: " Delivered "}, {Date: "2026-11-24", Time: "08:30:00", Code: "WC"},
		{Date: "2026-11-23", Time: "17:00:00", Offset: "-05:00", Code: "PU", Description: "Picked up"}, {Date: "never", Code: "PU"},
	})
	var got []string
	for _, e := range list {
		got = append(got, time.UnixMilli(e.AtMs).UTC().Format(time.RFC3339)+" "+e.Status.Word()+" "+e.Description)
	}
	want := "2026-11-23T22:00:00Z Collected Picked up, 2026-11-24T08:00:00Z Delivered Delivered, 2026-11-24T08:30:00Z Out for delivery Status WC"
	if strings.Join(got, ", ") != want {
		t.Errorf("%s", strings.Join(got, ", "))
	}
}

// TestEveryStatusOfTheList holds the table of statuses against DHL's own list of codes.
func TestEveryStatusOfTheList(t *testing.T) {
	f, err := os.Open(filepath.Join(couriertest.SpecsDir(t), "dhl-express/tracking-status-codes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ';', -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows {
		if row[0] != "express" || len(row[1]) != 2 {
			continue
		}
		seen++
		if _, known := statuses[row[1]]; !known && row[1] != "CS" {
			t.Errorf("%s (%s) has no status", row[1], row[2])
		}
	}
	if seen < 30 {
		t.Errorf("the list has %d codes", seen)
	}
}

func TestAnOfferIsWhatTheAccountIsBilled(t *testing.T) {
	var p product
	if err := json.Unmarshal([]byte(`{"productCode":"P","totalPrice":[{"currencyType":"PULCL","priceCurrency":"EUR","price":44},{"currencyType":"BILLC","priceCurrency":"GBP","price":41.07}],
		"detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"GBP","breakdown":[{"price":30.5},{"serviceCode":"FF","price":8.5},{"serviceCode":"OO","price":1},{"serviceCode":"II","price":1.07}]},
		{"currencyType":"PULCL","priceCurrency":"EUR","breakdown":[{"price":99}]}],"deliveryCapabilities":{"totalTransitDays":2}}`), &p); err != nil {
		t.Fatal(err)
	}
	pounds := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }
	want := courier.Offer{
		Service: "P", Code: "P", Name: "Express Worldwide", Price: pounds(4107), TransitDays: 2,
		Charge: courier.Charges{Base: pounds(3050), Fuel: pounds(850), Surcharges: pounds(207)},
	}
	s, _ := descriptor.Service("P")
	if diff := cmp.Diff(want, p.offer(s)); diff != "" {
		t.Error(diff)
	}
	p.Totals = p.Totals[:1]
	if o := p.offer(s); !o.Price.IsZero() {
		t.Errorf("without a price that is billed: %s", o.Price)
	}
}

func TestDocumentsBesideTheLabelArePapers(t *testing.T) {
	said := created{Waybill: "1"}
	if err := json.Unmarshal([]byte(`{"documents":[{"typeCode":"label","content":"`+encoded("%PDF-1 label")+`"},{"typeCode":"waybillDoc","content":"`+encoded("%PDF-1 waybill")+
		`"},{"typeCode":"invoice","content":"`+encoded("%PDF-1 invoice")+`"},{"typeCode":"shipmentReceipt","content":"`+encoded("<html>")+`"},{"typeCode":"qr-code","content":"`+encoded("%PDF-1")+`"}]}`), &said); err != nil {
		t.Fatal(err)
	}
	b := said.booked(sample())
	if string(b.Label.Bytes) != "%PDF-1 label" || len(b.Papers) != 2 || b.Papers[0].Kind != courier.PaperWaybill || b.Papers[1].Kind != courier.PaperInvoice || len(b.Warnings) != 1 {
		t.Errorf("label %q, papers %+v, told %v", b.Label.Bytes, b.Papers, b.Warnings)
	}
	in := sample()
	in.LabelFormat = courier.ZPL
	said.Documents[0].Content, said.Documents[1].Content = encoded("^XA1^XZ"), encoded("^XA2^XZ")
	if b := said.booked(in); string(b.Label.Bytes) != "^XA1^XZ^XA2^XZ" || len(b.Papers) != 1 {
		t.Errorf("as ZPL the waybill is printed after the label: %q, papers %+v", b.Label.Bytes, b.Papers)
	}
}
