package order

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"

	"github.com/google/go-cmp/cmp"
)

func sample(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("testdata/order.json")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestParseSample(t *testing.T) {
	got, err := Parse(sample(t), "")
	if err != nil {
		t.Fatal(err)
	}
	no := false
	gbp := func(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }
	want := Order{
		Courier: "OwnFleet", Testing: &no, AuthCompany: "North Dock", RequestID: json.RawMessage("48213"),
		LabelSize: courier.Size4x6, LabelFormat: courier.PDF, LabelDPI: 203, WantInvoice: true, WantSlip: true,
		PresetCode: "OF-NEXTDAY", Incoterms: "DAP", Reason: "sale",
		CollectionMs: time.Date(2026, 11, 23, 16, 0, 0, 0, time.Local).UnixMilli(),
		Reference:    "SO-10482", OrderID: "10482", DeliveryInstructions: "Goods-in is behind the building",
		ParcelDescription: "Dressings and gloves", ShippingCharge: gbp(495),
		From: postal.Address{
			Name: "Dispatch", CompanyName: "North Dock Supplies", Address1: "Unit 7", Address2: "Quay Road", City: "Leith", Postcode: "EH6 6AA",
			CountryISO: "GB", Phone: "+44 131 496 0000", Email: "dispatch@northdock.example", EORI: "GB000000000000",
		},
		To: postal.Address{
			Name: "Ward Stores", CompanyName: "Hillside Clinic", Address1: "4 Sample Rise", City: "Galway", Postcode: "H91 AAAA",
			CountryISO: "IE", Phone: "+353 91 000000", Email: "stores@hillside.example",
		},
		Parcels: []courier.Parcel{{
			Weight: 2060, Length: 300, Width: 200, Height: 125,
			Items: []courier.Item{
				{Description: "Gauze dressings of cotton, sterile, 10 cm, box of 50", Quantity: 2, Value: gbp(840), Weight: 350, SKU: "GZ-10-50", HSCode: "30059010", Origin: "GB"},
				{Description: "Examination gloves of nitrile, medium, box of 100", Quantity: 4, Value: gbp(620), Weight: 310, SKU: "NG-M-100", HSCode: "4015120000", Origin: "MY"},
			},
		}},
		Raw: got.Raw,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var kept map[string]any
	if err := json.Unmarshal(got.Raw, &kept); err != nil || kept["label_size"] != "6x4" {
		t.Errorf("the shipment is kept as it came: %v", err)
	}
}

// body is the least an order needs, with what the test puts in: at the top, into the shipment, the recipient, the parcel
// and its item. A later key wins over an earlier one.
func body(top, shipment, to, parcel, item string) string {
	return `{"courier":"OwnFleet","shipment":{"ship_from":{"name":"A","address_1":"1 Quay","city":"Hull","postcode":"HU1 1AA","country_iso":"GB"},
		"ship_to":{"name":"B","address_1":"4 Sample Rise","city":"Hull","postcode":"HU1 1AB","country_iso":"GB"` + to + `},
		"parcels":[{"weight":1,"weight_unit":"kg"` + parcel + `,"items":[{"description":"Gloves","quantity":1,"value":1,"value_currency":"GBP"` + item + `}]}]` + shipment + `}` + top + `}`
}

func TestLeniency(t *testing.T) {
	type check func(o Order) bool
	testing := func(want bool) check { return func(o Order) bool { return o.Testing != nil && *o.Testing == want } }
	cases := []struct {
		why, body string
		ok        check
	}{
		{"testing as a word", body(`,"testing":"true"`, "", "", "", ""), testing(true)},
		{"testing as a number", body(`,"testing":0`, "", "", "", ""), testing(false)},
		{"testing as a number in text", body(`,"testing":"1"`, "", "", "", ""), testing(true)},
		{"testing empty is absent", body(`,"testing":""`, "", "", "", ""), func(o Order) bool { return o.Testing == nil }},
		{"testing null is absent", body(`,"testing":null`, "", "", "", ""), func(o Order) bool { return o.Testing == nil }},
		{"a text request id stays text", body(`,"request_id":"7"`, "", "", "", ""), func(o Order) bool { return string(o.RequestID) == `"7"` && o.RequestIDText() == "7" }},
		{"a number request id stays a number", body(`,"request_id":7`, "", "", "", ""), func(o Order) bool { return string(o.RequestID) == "7" && o.RequestIDText() == "7" }},
		{"an empty request id is absent", body(`,"request_id":""`, "", "", "", ""), func(o Order) bool { return o.RequestID == nil && o.RequestIDText() == "" }},
		{"the label size either way", body("", `,"label_size":"4X6"`, "", "", ""), func(o Order) bool { return o.LabelSize == courier.Size4x6 }},
		{"a size nobody makes is passed on", body("", `,"label_size":"10 x 8"`, "", "", ""), func(o Order) bool { return o.LabelSize == "10x8" }},
		{"the format in capitals", body("", `,"label_format":"ZPL","label_dpi":"300"`, "", "", ""), func(o Order) bool { return o.LabelFormat == courier.ZPL && o.LabelDPI == 300 }},
		{"the auth in the courier object", body("", `,"courier":{"auth_company":"North"}`, "", "", ""), func(o Order) bool { return o.AuthCompany == "North" && len(o.Options) == 0 }},
		{"the top level auth wins", body(`,"auth_company":"South"`, `,"courier":{"auth_company":"North"}`, "", "", ""), func(o Order) bool { return o.AuthCompany == "South" }},
		{"the guide's name of the invoice flag", body("", `,"generate_commercial_invoice":1`, "", "", ""), func(o Order) bool { return o.WantInvoice }},
		{"a date and time", body("", `,"collection_date":"2026-03-31T14:00:00+02:00"`, "", "", ""), func(o Order) bool { return o.CollectionMs == time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC).UnixMilli() }},
		{"a date alone", body("", `,"collection_date":"2026-03-31"`, "", "", ""), func(o Order) bool {
			return o.CollectionMs == time.Date(2026, 3, 31, 0, 0, 0, 0, time.Local).UnixMilli()
		}},
		{"an empty courier object as PHP writes it", body("", `,"courier":[],"gift_note":[]`, "", "", ""), func(o Order) bool { return o.Options == nil }},
		{"options as text", body("", `,"courier":{"signature":true,"depot":7,"nothing":null,"more":{"a":1}}`, "", "", ""), func(o Order) bool {
			return cmp.Equal(o.Options, map[string]string{"signature": "true", "depot": "7"})
		}},
		{"an option of any length", body("", `,"courier":{"blob":"`+strings.Repeat("x", 2000)+`"}`, "", "", ""), func(o Order) bool { return len(o.Options["blob"]) == 2000 }},
		{"a gift note as an object", body("", `,"gift_note":{"note":"Well done"}`, "", "", ""), func(o Order) bool { return o.GiftNote == "Well done" }},
		{"a gift note as text", body("", `,"gift_note":"Well done"`, "", "", ""), func(o Order) bool { return o.GiftNote == "Well done" }},
		{"trade terms with a place", body("", `,"courier":{"trade_terms":"ddp Galway"}`, "", "", ""), func(o Order) bool { return o.Incoterms == "DDP" }},
		{"the country's name", body("", "", `,"country_iso":"Ireland","postcode":"t12 ab34"`, "", ""), func(o Order) bool { return o.To.CountryISO == "IE" }},
		{"the country in the other field", body("", "", `,"country_iso":null,"country":"ireland","postcode":"T12AB34"`, "", ""), func(o Order) bool { return o.To.CountryISO == "IE" }},
		{"a country without postcodes", body("", "", `,"country_iso":"hk","postcode":""`, "", ""), func(o Order) bool { return o.To.CountryISO == "HK" && o.To.Postcode == "" }},
		{"null and empty are absent", body("", "", `,"county":null,"address_2":"","phone":"  "`, "", ""), func(o Order) bool { return o.To.County+o.To.Address2+o.To.Phone == "" }},
		{"a number where text is meant", body("", `,"reference":10482`, `,"address_2":7`, "", ""), func(o Order) bool { return o.Reference == "10482" && o.To.Address2 == "7" }},
		{"inches and pounds", body("", "", "", `,"dim_length":"10","dim_unit":"IN","weight":"2.5","weight_unit":"LBS"`, ""), func(o Order) bool { return o.Parcels[0].Length == 254 && o.Parcels[0].Weight == 1134 }},
		{"a number with an exponent", body("", "", "", `,"weight":1.5e3,"weight_unit":"g"`, ""), func(o Order) bool { return o.Parcels[0].Weight == 1500 }},
		{"a quantity with zeros behind the point", body("", "", "", "", `,"quantity":"2.00"`), func(o Order) bool { return o.Parcels[0].Items[0].Quantity == 2 }},
		{"zero is no weight", body("", "", "", `,"weight":0,"packaging_weight":"0.1"`, `,"quantity":3,"weight":"0.2"`), func(o Order) bool { return o.Parcels[0].Weight == 700 }},
		{"its own weight holds the packaging", body("", "", "", `,"packaging_weight":"0.1"`, ""), func(o Order) bool { return o.Parcels[0].Weight == 1000 }},
		{"lower case currency", body("", "", "", "", `,"value":"9.999","value_currency":"gbp"`), func(o Order) bool {
			return o.Parcels[0].Items[0].Value == money.Amount{Minor: 1000, Currency: "GBP"}
		}},
		{"grouped HS code", body("", "", "", "", `,"hs_code":"6109.10.00"`), func(o Order) bool { return o.Parcels[0].Items[0].HSCode == "61091000" }},
		{"unknown fields", body(`,"x":{"y":[1]}`, `,"x":1`, `,"x":[]`, `,"x":{}`, `,"x":null`), func(o Order) bool { return strings.Contains(string(o.Raw), `"x":1`) }},
		{"a byte order mark", "\ufeff" + body("", "", "", "", ""), func(o Order) bool { return o.To.Name == "B" }},
		{"states become codes when asked", body(`,"format_address_default":true`, "", `,"country_iso":"US","postcode":"94105","county":"California"`, "", ""), func(o Order) bool { return o.To.County == "CA" }},
		{"and stay when not", body("", "", `,"country_iso":"US","postcode":"94105","county":"California"`, "", ""), func(o Order) bool { return o.To.County == "California" }},
	}
	for _, c := range cases {
		o, err := Parse([]byte(c.body), "")
		if err != nil || !c.ok(o) {
			t.Errorf("%s: %v\n%+v", c.why, err, o)
		}
	}
}

func TestMistakesAreToldAllAtOnce(t *testing.T) {
	raw := `{"testing":"perhaps","request_id":{"a":1},"shipment":{
		"label_size":"large","label_format":"gif","label_dpi":600,"collection_date":"tomorrow","reference":"` + strings.Repeat("r", 101) + `",
		"courier":{"incoterms":"NOW"},"generate_invoice":"yes",
		"ship_to":{"name":"","city":["x"],"country_iso":"XX","address_1":"` + strings.Repeat("é", 101) + `"},
		"parcels":[
			{"dim_length":"-1","dim_unit":"ell","weight":"1,5","weight_unit":"stone","items":[
				{"description":" ","quantity":0,"value":"-1","value_currency":"pounds","origin_country":"ZZ"},
				{"description":"Cap","quantity":1.5,"value_currency":"GBP"},
				{"description":"Cap","quantity":1,"value_currency":"EUR"}, 7]},
			"box", {}]}}`
	_, err := Parse([]byte(raw), "")
	var got []string
	for _, f := range errs.As(err).Fields {
		got = append(got, f.Path+": "+f.Message)
	}
	want := []string{
		"courier: Courier is required: a courier's key, like OwnFleet.",
		"request_id: Request id must be text or a number.",
		"shipment.collection_date: \"tomorrow\" is not a date, like 2026-03-31, 2026-03-31 14:00:00 or 2026-03-31T14:00:00Z.",
		"shipment.courier.incoterms: Incoterms must be a rule of Incoterms 2020, like DAP or DDP.",
		"shipment.generate_invoice: Generate invoice must be true or false.",
		"shipment.label_dpi: Label dpi must be 203 or 300, the resolution of the label printer.",
		"shipment.label_format: Label format must be pdf, zpl or png.",
		"shipment.label_size: Label size must be 4x6, A6 or A4.",
		"shipment.parcels.0.dim_length: Length: \"-1\" is not a number such as 1.25.",
		"shipment.parcels.0.dim_unit: Unit of length must be one of: cm, mm, in, m.",
		"shipment.parcels.0.items.0.description: Description is required: what the item is.",
		"shipment.parcels.0.items.0.origin_country: \"ZZ\" is not a country code of two letters (ISO 3166-1), like GB.",
		"shipment.parcels.0.items.0.quantity: Quantity must be a whole number from 1 to 1000000.",
		"shipment.parcels.0.items.0.value: Value must not be less than zero.",
		"shipment.parcels.0.items.0.value_currency: \"POUNDS\" is not a currency code of three letters (ISO 4217), like GBP.",
		"shipment.parcels.0.items.1.quantity: Quantity must be a whole number from 1 to 1000000.",
		"shipment.parcels.0.items.2.value_currency: EUR stands beside GBP; one shipment has one currency.",
		"shipment.parcels.0.items.3: This must be an object, like {\"…\": \"…\"}.",
		"shipment.parcels.0.weight: Weight: \"1,5\" is not a number such as 1.25.",
		"shipment.parcels.0.weight_unit: Unit of weight must be one of: kg, g, lb, oz.",
		"shipment.parcels.1: This must be an object, like {\"…\": \"…\"}.",
		"shipment.reference: Reference has 101 characters and may have at most 100.",
		"shipment.ship_to.address_1: Address line 1 has 101 characters and may have at most 100.",
		"shipment.ship_to.city: City must be text.",
		"shipment.ship_to.country_iso: \"XX\" is not a country code of two letters (ISO 3166-1), like GB.",
		"shipment.ship_to.name: Name is required.",
		"shipment.ship_to.postcode: Postcode is required for an address in most countries.",
		"testing: Testing must be true or false.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if errs.CodeOf(err) != errs.Invalid {
		t.Error(errs.CodeOf(err))
	}
}

func TestWhatIsMissing(t *testing.T) {
	cases := []struct{ why, body, path string }{
		{"no shipment", `{"courier":"OwnFleet"}`, "shipment"},
		{"a shipment that is null", `{"courier":"OwnFleet","shipment":null}`, "shipment"},
		{"a shipment that is text", `{"courier":"OwnFleet","shipment":"x"}`, "shipment"},
		{"a shipment that is a list", `{"courier":"OwnFleet","shipment":[]}`, "shipment"},
		{"no courier", strings.Replace(body("", "", "", "", ""), `"courier":"OwnFleet",`, "", 1), "courier"},
		{"no parcels", body("", `,"parcels":[]`, "", "", ""), "shipment.parcels"},
		{"parcels that are no list", body("", `,"parcels":{"0":{}}`, "", "", ""), "shipment.parcels"},
		{"a hundred parcels", body("", `,"parcels":[`+strings.Repeat(`{"weight":1},`, 99)+`{"weight":1}]`, "", "", ""), "shipment.parcels"},
		{"no recipient", body("", `,"ship_to":null`, "", "", ""), "shipment.ship_to"},
		{"no country", body("", "", `,"country_iso":""`, "", ""), "shipment.ship_to.country_iso"},
		{"no postcode", body("", "", `,"postcode":null`, "", ""), "shipment.ship_to.postcode"},
		{"another country's postcode", body("", "", `,"postcode":"D02 AF30"`, "", ""), "shipment.ship_to.postcode"},
		{"no e-mail address", body("", "", `,"email":"none"`, "", ""), "shipment.ship_to.email"},
		{"letters in an HS code", body("", "", "", "", `,"hs_code":"6109.1O"`), "shipment.parcels.0.items.0.hs_code"},
		{"a short HS code", body("", "", "", "", `,"hs_code":"6109"`), "shipment.parcels.0.items.0.hs_code"},
		{"an HS code of eleven digits", body("", "", "", "", `,"hs_code":"6109.10.00.001"`), "shipment.parcels.0.items.0.hs_code"},
		{"no weight anywhere", body("", "", "", `,"weight":"0.000"`, ""), "shipment.parcels.0.weight"},
		{"no quantity", body("", "", "", "", `,"quantity":null`), "shipment.parcels.0.items.0.quantity"},
		{"more parcels than pieces", body("", `,"parcel_count":"2"`, "", `,"weight":null`, `,"weight":1`), "shipment.parcel_count"},
		{"too many parcels counted", body("", `,"parcel_count":100`, "", "", ""), "shipment.parcel_count"},
		{"a recipient of 101 tonnes", body("", "", "", `,"weight":101000`, ""), "shipment.parcels.0.weight"},
		{"a thousand and one items", body("", "", "", `,"items":[`+strings.Repeat(`{"description":"a","quantity":1},`, 1000)+`{}],"x":[{}]`, "") /* the later items win */, ""},
	}
	for _, c := range cases {
		_, err := Parse([]byte(c.body), "")
		if c.path == "" {
			if err != nil {
				t.Errorf("%s: %v", c.why, err)
			}
			continue
		}
		if e := errs.As(err); e == nil || e.Code != errs.Invalid || len(e.Fields) != 1 || e.Fields[0].Path != c.path {
			t.Errorf("%s: want only %s: %v", c.why, c.path, err)
		}
	}
}

func TestMalformed(t *testing.T) {
	for text, says := range map[string]string{
		"":                      "empty",
		" \n ":                  "empty",
		"{":                     "too early",
		`{"shipment":}`:         "line 1, column 13",
		"{\n\"shipment\":\n x}": "line 3, column 2",
		`[1]`:                   "array",
		`"text"`:                "string",
		`{} {}`:                 "behind",
		`{},`:                   "behind",
		"{\"a\":\"\xff\"}":      "UTF-8",
	} {
		_, err := Parse([]byte(text), "OwnFleet")
		if errs.CodeOf(err) != errs.Malformed || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: want Malformed with %q: %v", text, says, err)
		}
	}
}

func TestChangesAreTold(t *testing.T) {
	cases := []struct {
		why, body, field string
		ok               func(Order) bool
	}{
		{"a line break", body("", `,"delivery_instructions":"Leave at\r\nthe side"`, "", "", ""), "shipment.delivery_instructions", func(o Order) bool { return o.DeliveryInstructions == "Leave at the side" }},
		{"NUL", body("", "", `,"name":"Hill\u0000side"`, "", ""), "shipment.ship_to.name", func(o Order) bool { return o.To.Name == "Hillside" }},
		{"a bell", body("", "", `,"city":"\u0007Hull\u0085"`, "", ""), "shipment.ship_to.city", func(o Order) bool { return o.To.City == "Hull" }},
		{"a weight without a unit", body("", "", "", `,"weight_unit":""`, ""), "shipment.parcels.0.weight_unit", func(o Order) bool { return o.Parcels[0].Weight == 1000 }},
		{"a length without a unit", body("", "", "", `,"dim_length":"30"`, ""), "shipment.parcels.0.dim_unit", func(o Order) bool { return o.Parcels[0].Length == 300 }},
		{"UK", body("", "", `,"country_iso":"uk"`, "", ""), "shipment.ship_to.country_iso", func(o Order) bool { return o.To.CountryISO == "GB" }},
		{"fewer counted than sent", body("", `,"parcel_count":1,"parcels":[{"weight":1,"weight_unit":"kg"},{"weight":1,"weight_unit":"kg"}]`, "", "", ""), "shipment.parcel_count", func(o Order) bool { return len(o.Parcels) == 2 }},
		{"an item without a weight", body("", "", "", `,"weight":null`, `,"weight":1,"weight_unit":"kg"},{"description":"b","quantity":1`), "shipment.parcels.0.items", func(o Order) bool { return o.Parcels[0].Weight == 1000 }},
	}
	for _, c := range cases {
		o, err := Parse([]byte(c.body), "")
		if err != nil || !c.ok(o) || len(o.Warnings) != 1 || o.Warnings[0].Field != c.field || o.Warnings[0].Message == "" {
			t.Errorf("%s: %v\n%+v", c.why, err, o)
		}
	}
}

func TestSettleCurrency(t *testing.T) {
	raw := body("", `,"shipping_charge":"3"`, "", "", `,"value":"1500","value_currency":null`)
	for country, want := range map[string]money.Amount{
		"GB": {Minor: 150000, Currency: "GBP"}, "JP": {Minor: 1500, Currency: "JPY"}, "IE": {Minor: 150000, Currency: "EUR"},
	} {
		o, err := Parse([]byte(raw), "")
		if err != nil {
			t.Fatal(err)
		}
		if err := o.SettleCurrency(country); err != nil {
			t.Fatal(err)
		}
		if got := o.Parcels[0].Items[0].Value; got != want || o.ShippingCharge.Currency != want.Currency || len(o.Warnings) != 1 {
			t.Errorf("%s: %s, charge %s, %v", country, got, o.ShippingCharge, o.Warnings)
		}
	}
	o, err := Parse([]byte(raw), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := o.SettleCurrency("AQ"); !errs.Is(err, errs.Invalid) {
		t.Errorf("nobody knows what is paid in there: %v", err)
	}
	if o, _ = Parse(sample(t), ""); o.SettleCurrency("AQ") != nil || len(o.Warnings) != 0 {
		t.Error("amounts with a currency need no settling")
	}
}
