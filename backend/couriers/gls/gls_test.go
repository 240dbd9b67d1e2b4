package gls

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"io"
	"net/http"
	"net/http/httptest"
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
	"packbench/backend/infra/pdf"
)

var access = courier.Access{
	Testing: true, Credentials: courier.NewCredentials(map[string]string{fieldID: goodID, fieldSecret: goodSecret, fieldContact: goodContact}),
}

const shipmentID = "01890000-0000-7000-8000-000000000000"

// sample is a consignment of parcels within Germany.
func sample(parcels int) courier.Consignment {
	c := courier.Consignment{
		ShipmentID: shipmentID, Reference: "SO-1", Service: courier.ServiceOffer{Code: "PARCEL"}, LabelFormat: courier.PDF, LabelDPI: 203,
		From: postal.Address{CompanyName: "Nordlager", Address1: "Am Speicher 7", City: "Kassel", Postcode: "34117", CountryISO: "DE"},
		To: postal.Address{
			Name: "Kim Muster", CompanyName: "Muster (Nord), KG", Address1: "Musterweg 4", Address2: "Hof 2", City: "Hamburg", Postcode: "20095", CountryISO: "DE",
			Email: "kim@muster.example", Phone: "+494000000000",
		},
		CreatedMs: time.Date(2026, 11, 23, 23, 50, 0, 0, time.UTC).UnixMilli(), ParcelDescription: "Dressings",
	}
	for range parcels {
		c.Parcels = append(c.Parcels, courier.Parcel{Weight: 1250, Value: money.Amount{Minor: 1680, Currency: "EUR"}})
	}
	return c
}

// sent gives the request as it goes out.
func sent(t *testing.T, c courier.Consignment) string {
	t.Helper()
	raw, err := json.Marshal(orderOf(access, c))
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

func paths(err error) string {
	var list []string
	for _, f := range errs.As(err).Fields {
		list = append(list, f.Path)
	}
	return strings.Join(list, " ")
}

func TestWeights(t *testing.T) {
	for grams, want := range map[measure.Grams]json.Number{1: "0.10", 100: "0.10", 101: "0.11", 1250: "1.25", 1251: "1.26", 99_000: "99.00"} {
		if got := weightOf(grams); got != want {
			t.Errorf("%d g: %s, want %s", grams, got, want)
		}
	}
}

func TestRequest(t *testing.T) {
	c := sample(2)
	c.DeliveryInstructions = `Ring "twice"; {back door}`
	holds(t, sent(t, c), `"ShipmentReference":["`+shipmentID+`"]`, `"ShipmentUnitReference":["`+shipmentID+`-1"],"Weight":1.25,"Note1":"SO-1"`,
		`"ShipmentUnitReference":["`+shipmentID+`-2"]`, `"Note2":"Ring twice back door"`, `"Shipper":{"ContactID":"2760000001","AlternativeShipperAddress":{"Name1":"Nordlager"`,
		`"Name1":"Muster Nord KG","Name2":"Kim Muster","Name3":"Hof 2","CountryCode":"DE","ZIPCode":"20095","City":"Hamburg","Street":"Musterweg 4","MobilePhoneNumber":"+494000000000","eMail":"kim@muster.example"`,
		`"Product":"PARCEL"`)
	if got := sent(t, c); strings.Contains(got, "ShippingDate") || strings.Contains(got, "IncotermCode") || strings.Contains(got, `"Service"`) || strings.Contains(got, "Category") {
		t.Errorf("more than was asked for: %s", got)
	}
}

func TestOptions(t *testing.T) {
	c := sample(1)
	c.Service.Code, c.CollectionMs = "EXPRESS-0900", time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC).UnixMilli()
	c.Options = map[string]string{
		optionFlex: "true", optionAddressee: "true", optionSignature: "true", optionSaturday: "true", optionDeposit: "Behind the garage", optionShop: "2760188645",
		optionLiability: "true", optionLimited: "true", optionRecipient: "PRIVATE",
	}
	holds(t, sent(t, c), `"ShippingDate":"2026-11-24T12:00:00Z"`, `"Product":"EXPRESS"`, `"Category":"PRIVATE"`,
		`"Service":[{"Service":{"ServiceName":"service_0900"}},{"Service":{"ServiceName":"service_flexdelivery"}},{"Service":{"ServiceName":"service_addresseeonly"}},`+
			`{"Service":{"ServiceName":"service_signature"}},{"Service":{"ServiceName":"service_Saturday"}},`+
			`{"Deposit":{"ServiceName":"service_deposit","PlaceOfDeposit":"Behind the garage"}},{"ShopDelivery":{"ServiceName":"service_shopdelivery","ParcelShopID":"2760188645"}}]`,
		`"Service":[{"AddonLiability":{"ServiceName":"service_addonliability","Amount":16.80,"Currency":"EUR","ParcelContent":"Dressings"}},`+
			`{"LimitedQuantities":{"ServiceName":"service_limitedquantities"}}]`)
}

func TestEveryServiceIsOneOfGLS(t *testing.T) {
	for _, s := range descriptor.Services {
		if products[s.Code].product == "" {
			t.Errorf("%s is no product", s.Code)
		}
	}
	if len(products) != len(descriptor.Services) {
		t.Error("there are products that nobody can choose")
	}
}

func TestDutiesAbroad(t *testing.T) {
	for _, c := range []struct{ country, terms, option, want string }{
		{"CH", "DDP", "", "10"}, {"CH", "DAP", "", "20"}, {"CH", "DAP", "40", "40"}, {"FR", "DAP", "", ""},
	} {
		in := sample(1)
		in.To.CountryISO, in.Incoterms, in.Options = c.country, c.terms, map[string]string{optionIncoterm: c.option}
		if err := check(in); err != nil {
			t.Error(err)
		}
		if got := orderOf(access, in).Shipment.Incoterm; got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestWhatIsMissing(t *testing.T) {
	c := sample(1)
	c.To.CountryISO, c.To.Email, c.Options = "CH", "", map[string]string{optionFlex: "true"}
	c.To.Address2, c.To.Address3 = strings.Repeat("a", 30), strings.Repeat("b", 30)
	if got, want := paths(check(c)), "shipment.incoterms shipment.ship_to.address_3 shipment.ship_to.email"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	c = sample(1)
	c.To.Address3 = "Tor 1"
	if err := check(c); err != nil || addressOf(c.To).Name3 != "Hof 2 Tor 1" {
		t.Errorf("%v; two lines of an address are one where they fit: %+v", err, addressOf(c.To))
	}
}

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		format  courier.Format
		dpi     int
		parcels int
		want    wish
	}{
		{courier.PDF, 203, 1, wish{"NONE", "PDF"}}, {courier.PDF, 203, 3, wish{"NONE", "PNG"}}, {courier.PNG, 203, 1, wish{"NONE", "PNG"}},
		{courier.ZPL, 203, 3, wish{"ZPL_200", "ZEBRA"}}, {courier.ZPL, 300, 1, wish{"ZPL_300", "ZEBRA"}},
	} {
		in := sample(c.parcels)
		in.LabelFormat, in.LabelDPI = c.format, c.dpi
		if got := printingOf(in).Labels; got != c.want {
			t.Errorf("%s for %d parcels: %v", c.format, c.parcels, got)
		}
		var files []string
		for range c.parcels {
			files = append(files, labelFile(c.want.Format))
		}
		if label, _, err := labelOf(in, files); err != nil || label.Format != c.format || !c.format.Matches(label.Bytes) {
			t.Errorf("%s for %d parcels: %v %.20q", c.format, c.parcels, err, label.Bytes)
		}
	}
	three := sample(3)
	label, warnings, err := labelOf(three, []string{labelFile("PNG"), labelFile("PNG"), labelFile("PNG")})
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := pdf.NewBinder().Add(label.Bytes); err != nil || len(pages) != 3 || label.Size != courier.Size4x6 || len(warnings) != 1 {
		t.Errorf("%v %v %s %v", pages, err, label.Size, warnings)
	}
	for _, bad := range [][]string{nil, {labelFile("PNG")}, {"!", "!", "!"}, {labelFile("PDF"), labelFile("PDF"), labelFile("PDF")}} {
		if _, _, err := labelOf(three, bad); !errs.Is(err, errs.Unavailable) {
			t.Errorf("%.40v: %v", bad, err)
		}
	}
	three.LabelFormat = courier.ZPL
	if _, _, err := labelOf(three, []string{labelFile("PNG"), labelFile("PNG"), labelFile("PNG")}); !errs.Is(err, errs.Unavailable) {
		t.Errorf("pictures where ZPL was asked for: %v", err)
	}
}

// A page of 4 by 6 inches must not stretch a label one way more than the other.
func TestPagesKeepTheShapeOfLabels(t *testing.T) {
	for _, size := range [][2]int{{839, 1183}, {812, 1218}, {400, 900}, {900, 400}} {
		p := image.NewGray(image.Rect(0, 0, size[0], size[1]))
		p.SetGray(size[0]-1, size[1]-1, color.Gray{Y: 7})
		f := framed(p)
		if f.Rect.Dy()*2/3 != f.Rect.Dx() && f.Rect.Dx()*3/2 != f.Rect.Dy() || f.GrayAt(size[0]-1, size[1]-1).Y != 7 {
			t.Errorf("%v became %v", size, f.Rect)
		}
	}
}

func TestWordsAndFields(t *testing.T) {
	refusal := func(message, kind, body string) *httpx.Answer {
		h := http.Header{}
		h.Set("message", message)
		h.Set("error", kind)
		return &httpx.Answer{Status: http.StatusBadRequest, Header: h, Body: []byte(body)}
	}
	for _, c := range []struct {
		a           *httpx.Answer
		words, path string
	}{
		{refusal("Invalid field Shipment.Shipper.ContactID. Value 1 is not valid.", "INVALID_FIELD_VALUE", ""), "Invalid field Shipment.Shipper.ContactID. Value 1 is not valid.", "auth.contact_id"},
		{refusal("Invalid field Shipment.Shipper.Address.EMail. Value is too long.", "", ""), "Invalid field Shipment.Shipper.Address.EMail. Value is too long.", "shipment.ship_from.email"},
		{refusal("Invalid field ShipmentRequestData.Shipment.Product. No.", "", ""), "Invalid field ShipmentRequestData.Shipment.Product. No.", "shipment.dc_service_id"},
		{refusal("Invalid field shipment.incoterm. No.", "", ""), "Invalid field shipment.incoterm. No.", "shipment.incoterms"},
		{refusal("", "NO_DATA_FOUND", ""), "NO_DATA_FOUND", ""},
		{refusal("", "", `{"errors":[{"message":"Invalid client identifier","type":"400"}]}`), "Invalid client identifier", ""},
		{refusal("", "", `{"fault":{"faultstring":"Quota limit  exceeded."}}`), "Quota limit exceeded.", ""},
		{refusal("", "", `{"title":"Bad Request","detail":"Failed to convert","status":400}`), "Bad Request Failed to convert", ""},
		{refusal("", "", `<html>`), "", ""},
	} {
		path := ""
		got, list := told(c.a)
		if len(list) > 0 {
			path = list[0].Path
		}
		if got != c.words || path != c.path {
			t.Errorf("%q at %q, want %q at %q", got, path, c.words, c.path)
		}
	}
}

func TestFilesAreAListOrOne(t *testing.T) {
	for _, raw := range []string{`{"PrintData":[{"Data":"QQ=="}]}`, `{"PrintData":[{"Data":["QQ=="]}]}`} {
		var p parcels
		if err := json.Unmarshal([]byte(raw), &p); err != nil || len(p.files()) != 1 || p.files()[0] != "QQ==" {
			t.Errorf("%s: %v %v", raw, p.files(), err)
		}
	}
}

// standIn runs the adapter against a handler.
func standIn(t *testing.T, h http.Handler) *Courier {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return New(httpx.Env{Clock: clock.NewManual(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)), Stand: server.URL})
}

// A label that does not come with the purchase is asked for at once.
func TestLabelsThatComeLater(t *testing.T) {
	m := &mock{ledger: couriertest.NewLedger()}
	c := standIn(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != shipItPath+"/shipments" {
			m.ServeHTTP(w, r)
			return
		}
		kept := httptest.NewRecorder()
		m.ServeHTTP(kept, r)
		answer(w, kept.Code, mediaType, object{"CreatedShipment": object{"ParcelData": []any{object{"TrackID": "Z0000100"}}}})
	}))
	b, err := c.Book(t.Context(), access, sample(1))
	if err != nil || !courier.PDF.Matches(b.Label.Bytes) || b.CourierRef != "Z0000100" {
		t.Errorf("%+v %v", b, err)
	}
}

// A purchase near midnight is looked for on both days it may have been made on.
func TestPurchasesNearMidnight(t *testing.T) {
	m := &mock{ledger: couriertest.NewLedger()}
	var days []string
	c := standIn(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == shipItPath+"/shipments/reprintparcel" {
			body, err := io.ReadAll(r.Body)
			var q reprint
			if err != nil || json.Unmarshal(body, &q) != nil {
				panic(err)
			}
			if days = append(days, q.Created); q.Created != "2026-11-24T12:00:00Z" {
				fail(w, http.StatusNotFound, "NO_DATA_FOUND", "Nothing was found")
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		m.ServeHTTP(w, r)
	}))
	in := sample(1) // ordered at 23:50 UTC
	bought, err := c.Book(t.Context(), access, in)
	if err != nil {
		t.Fatal(err)
	}
	b, found, err := c.Find(t.Context(), access, in)
	if err != nil || !found || b.CourierRef != bought.CourierRef || strings.Join(days, " ") != "2026-11-23T12:00:00Z 2026-11-24T12:00:00Z" {
		t.Errorf("%v %t %v, asked for %v", b.TrackingCodes, found, err, days)
	}
	if got := daysOf(time.Date(2026, 11, 23, 20, 59, 0, 0, time.UTC).UnixMilli()); len(got) != 1 {
		t.Errorf("by day there is one: %v", got)
	}
}

// Of three parcels one has been scanned: the others are cancelled, and the answer says so.
func TestCancelOfSome(t *testing.T) {
	results := map[string]string{"A": "CANCELLED", "B": "SCANNED", "C": "CANCELLATION_PENDING", "D": "ERROR", "E": "PERHAPS"}
	c := standIn(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/oauth2/v2/token" {
			answer(w, http.StatusOK, "application/json", object{"access_token": goodToken})
			return
		}
		code := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
		answer(w, http.StatusOK, mediaType, object{"TrackID": code, "Result": results[code]})
	}))
	for _, try := range []struct {
		codes string
		want  errs.Code
		words string
	}{
		{"A C", "", ""}, {"A B C", errs.Rejected, "cancelled 2 of 3 parcels"}, {"D", errs.Rejected, "parcel D can't be cancelled"}, {"A E", errs.Unclear, "cancelled 1 of 2 parcels"},
	} {
		err := c.Cancel(t.Context(), access, courier.Reference{TrackingCodes: strings.Fields(try.codes)})
		if errs.CodeOf(err) != try.want || err != nil && !strings.Contains(errs.As(err).Message, try.words) {
			t.Errorf("%s: %v", try.codes, err)
		}
	}
}

func TestDaysThatHoldSomeOfOurs(t *testing.T) {
	c := standIn(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/oauth2/v2/token" {
			answer(w, http.StatusOK, "application/json", object{"access_token": goodToken})
			return
		}
		answer(w, http.StatusOK, mediaType, object{"Shipments": []any{
			object{"ShipmentReference": []string{"ours-1"}}, object{"ShipmentUnit": []any{object{"TrackID": "Z2"}}}, object{"ShipmentReference": []string{"another's"}},
		}})
	}))
	one, two, three := courier.Reference{ShipmentID: "ours-1"}, courier.Reference{ShipmentID: "ours-2", TrackingCodes: []string{"Z2"}}, courier.Reference{ShipmentID: "ours-3"}
	for _, try := range []struct {
		list []courier.Reference
		want string
		code errs.Code
	}{
		{[]courier.Reference{one, two}, "2026-11-24", ""}, {[]courier.Reference{one, two, three}, "2026-11-24 (2 of 3 shipments)", ""}, {[]courier.Reference{three}, "", errs.Rejected},
	} {
		m, err := c.Manifest(t.Context(), access, courier.Day{AtMs: time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC).UnixMilli(), Shipments: try.list})
		if m.Number != try.want || errs.CodeOf(err) != try.code {
			t.Errorf("%d: %+v %v", len(try.list), m, err)
		}
	}
}

// The day's tracking may be used up: labels are bought all the same.
func TestTrackingHasALimitOfItsOwn(t *testing.T) {
	m := &mock{ledger: couriertest.NewLedger()}
	c := standIn(t, m)
	var err error
	for range 600 {
		if _, err = c.Track(t.Context(), access, "Z1", ""); err != nil {
			break
		}
	}
	if !errs.Is(err, errs.Unavailable) || errs.As(err).RetryAfter <= 0 {
		t.Errorf("after 500 calls: %v", err)
	}
	if _, err := c.Book(t.Context(), access, sample(1)); err != nil {
		t.Error(err)
	}
}

func TestCheckTellsWhereTrackingIsMissing(t *testing.T) {
	m := &mock{ledger: couriertest.NewLedger()}
	c := standIn(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, trackPath) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		m.ServeHTTP(w, r)
	}))
	v, err := c.Check(t.Context(), access)
	if err != nil || len(v.Steps) != 1 || len(v.Warnings) != 2 || !strings.Contains(v.Warnings[0], "Add Track And Trace") {
		t.Errorf("%+v %v", v, err)
	}
}

func TestEvents(t *testing.T) {
	var got []string
	for _, e := range eventsOf("Z1", "DELIVEREDPS", "2026-11-24T15:00:00+0100", []scan{
		{Code: "SOMETHING.NEW", Words: "At the shop", At: "2026-11-24T15:00:00+0100"}, {Code: "SOMETHING.NEW", At: "2026-11-24T14:00:00+0100"}, {Code: "OUTDEL.NORMAL", At: "never"},
		{Code: begins + ".NORMAL", City: "Kassel", Country: "DE", At: "2026-11-23T18:00:00+0100"},
	}) {
		got = append(got, time.UnixMilli(e.AtMs).UTC().Format(time.RFC3339)+" "+e.Status.Word()+" "+e.Description+" "+e.Location)
	}
	want := "2026-11-23T17:00:00Z Collected " + begins + ".NORMAL Kassel, DE, 2026-11-24T13:00:00Z Custom SOMETHING.NEW , 2026-11-24T14:00:00Z Awaiting customer collection At the shop "
	if strings.Join(got, ", ") != want {
		t.Errorf("%q", got)
	}
	if list := eventsOf("Z1", "NOTDELIVERED", "2026-11-24T15:00:00+0100", nil); len(list) != 1 || list[0].Status != courier.StatusFailedAttempt {
		t.Errorf("no events: %+v", list)
	}
}

func TestStatuses(t *testing.T) {
	for code, want := range map[string]courier.Status{
		begins + ".PREADVICE": courier.StatusBooked, begins + ".E48_DATA": courier.StatusBooked, begins + ".NORMAL": courier.StatusCollected, "INBOUD.NORMAL": courier.StatusAtHub,
		"OUTBOD.NORMAL": courier.StatusInTransit, "OUTDEL.NORMAL": courier.StatusOutForDelivery, "DELIVD.NORMAL": courier.StatusDelivered,
		"DELIVD.PARCELSHOP": courier.StatusAwaitingPickup, "DELIVD.DEL_BY_PSAPP": courier.StatusDelivered, "CANCEL.NORMAL": courier.StatusCancelled,
		"CHANGD.MONEWADDR": courier.StatusCustom, "": courier.StatusCustom,
	} {
		if got := statusOf(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}
