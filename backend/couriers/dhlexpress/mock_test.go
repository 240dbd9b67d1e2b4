package dhlexpress

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"packbench/backend/couriers/couriertest"
)

const (
	goodKey     = "dhl-key-4417"
	goodSecret  = "canary-dhl-9ab3f0c75e-secret"
	goodAccount = "424242424"
)

// mock stands in for MyDHL's test service.
type mock struct {
	ledger *couriertest.Ledger
	sold   map[string]string // tracking code or waybill → our reference
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	var in order
	if r.Method != http.MethodPost || r.URL.Path != "/mydhlapi/test/shipments" || json.Unmarshal(body, &in) != nil || len(in.Refs) == 0 {
		return "", false
	}
	return hyphened(in.Refs[0].Value), true
}

// hyphened gives an id as the program writes it.
func hyphened(id string) string {
	if len(id) != 32 {
		return id
	}
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, test := strings.CutPrefix(r.URL.Path, "/mydhlapi/test")
	id, secret, _ := r.BasicAuth()
	switch {
	case r.Host != host || !test:
		fail(w, http.StatusNotFound, "Not found", "no such place")
	case id != goodKey || secret != goodSecret:
		w.WriteHeader(http.StatusUnauthorized)
	case r.Header.Get("X-Version") == "":
		fail(w, http.StatusBadRequest, "Bad request", "x-version is missing")
	case path == "/address-validate":
		answer(w, http.StatusOK, object{"address": []any{object{
			"countryCode": "DE", "postalCode": "53113", "cityName": "Bonn", "serviceArea": object{"code": "CGN", "description": "Cologne", "GMTOffset": "+01:00"},
		}}})
	case path == "/rates":
		m.rates(w, r)
	case path == "/shipments":
		m.create(w, r)
	case path == "/tracking":
		m.track(w, "", r.URL.Query().Get("pieceTrackingNumber"))
	case strings.HasSuffix(path, "/tracking"):
		m.track(w, strings.TrimSuffix(strings.TrimPrefix(path, "/shipments/"), "/tracking"), "")
	default:
		fail(w, http.StatusNotFound, "Not found", "no such place")
	}
}

func (m *mock) create(w http.ResponseWriter, r *http.Request) {
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "Bad request", err.Error())
		return
	}
	if in.Accounts[0].Number != goodAccount {
		fail(w, http.StatusBadRequest, "Bad request", "#/accounts/0/number: not yours")
		return
	}
	if m.ledger.Mood() == couriertest.Refusing {
		fail(w, http.StatusUnprocessableEntity, "Validation error", "#/customerDetails/receiverDetails/postalAddress/postalCode: "+couriertest.Refusal)
		return
	}
	reference := hyphened(in.Refs[0].Value)
	n := m.ledger.Sell(reference)
	if m.sold == nil {
		m.sold = map[string]string{}
	}
	waybill := fmt.Sprintf("%010d", 4_000_000_000+n)
	m.sold[waybill] = reference
	var packages []any
	for i := range in.Content.Packages {
		code := fmt.Sprintf("JD0146%010d%02d", n, i)
		m.sold[code] = reference
		packages = append(packages, object{"referenceNumber": i + 1, "trackingNumber": code})
	}
	file, kind := "%PDF-1.4\nDHL "+waybill, "PDF"
	if in.Output.Encoding == "zpl" {
		file, kind = "^XA^FD"+waybill+"^FS^XZ", "ZPL"
	}
	documents := []any{object{"imageFormat": kind, "typeCode": "label", "content": encoded(file)}}
	if len(in.Output.Images) > 2 {
		documents = append(documents, object{"imageFormat": "PDF", "typeCode": "invoice", "content": encoded("%PDF-1.4\ninvoice")})
	}
	answer(w, http.StatusCreated, object{
		"shipmentTrackingNumber": waybill, "packages": packages, "documents": documents,
		"shipmentCharges": []any{object{"currencyType": "PULCL", "priceCurrency": "EUR", "price": 30.1}, object{"currencyType": "BILLC", "priceCurrency": "GBP", "price": 25.35}},
	})
}

// rates tells prices of products of ours and of one that is not.
func (m *mock) rates(w http.ResponseWriter, r *http.Request) {
	var in question
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Accounts[0].Number != goodAccount {
		fail(w, http.StatusBadRequest, "Bad request", fmt.Sprint("#/accounts/0/number: not yours ", err))
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "Validation error", "#/customerDetails/receiverDetails/postalCode: "+couriertest.Refusal)
		return
	}
	product := func(code, name string, price float64) object {
		return object{
			"productName": name, "productCode": code, "weight": object{"provided": 1.25, "unitOfMeasurement": "metric"},
			"totalPrice": []any{
				object{"currencyType": "PULCL", "priceCurrency": "EUR", "price": price + 3}, object{"currencyType": billed, "priceCurrency": "GBP", "price": price},
			},
			"detailedPriceBreakdown": []any{object{"currencyType": billed, "priceCurrency": "GBP", "breakdown": []any{
				object{"name": name, "price": price - 4.5}, object{"name": "FUEL SURCHARGE", "serviceCode": fuel, "price": 3.25}, object{"name": "REMOTE AREA", "serviceCode": "OO", "price": 1.25},
			}}},
			"deliveryCapabilities": object{"deliveryTypeCode": "QDDC", "estimatedDeliveryDateAndTime": "2026-11-25T23:59:00", "totalTransitDays": 2},
		}
	}
	answer(w, http.StatusOK, object{"products": []any{
		product("N", "DOMESTIC EXPRESS", 14.2), product("1", "DOMESTIC EXPRESS 12:00", 17.9), product("P", "EXPRESS WORLDWIDE", 41.07), product("Y", "EXPRESS 12:00", 52),
		product("G", "DOMESTIC ECONOMY", 9), product("H", "ECONOMY SELECT", 0),
	}})
}

func (m *mock) track(w http.ResponseWriter, waybill, piece string) {
	reference, there := m.sold[waybill+piece]
	if !there || m.ledger.Standing(reference) != couriertest.Collected {
		fail(w, http.StatusNotFound, "No data found", "No data found")
		return
	}
	events := []any{
		object{"date": "2026-12-20", "time": "21:40:00", "GMTOffset": "+00:00", "typeCode": "DF", "description": "Shipment has departed from a DHL facility",
			"serviceArea": []any{object{"code": "EDI", "description": "Edinburgh-GB"}}},
		object{"date": "2026-12-20", "time": "17:10:00", "GMTOffset": "+00:00", "typeCode": "PU", "description": "Shipment picked up"},
	}
	shipment := object{"shipmentTrackingNumber": waybill, "status": "Success", "events": events}
	if piece != "" {
		shipment["pieces"] = []any{object{"trackingNumber": piece, "events": events}}
	}
	answer(w, http.StatusOK, object{"shipments": []any{shipment}})
}

func fail(w http.ResponseWriter, status int, title, detail string) {
	answer(w, status, object{"instance": "/expressapi", "title": title, "message": title, "detail": detail, "status": fmt.Sprint(status)})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
