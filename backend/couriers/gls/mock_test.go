package gls

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"

	"packbench/backend/couriers/couriertest"
)

const (
	goodID      = "gls-app-4471"
	goodSecret  = "canary-gl-5f02b7ac31-secret"
	goodContact = "2760000001"
	goodToken   = "canary-gl-token-ee8814"
)

// mock stands in for the sandbox.
type mock struct {
	ledger *couriertest.Ledger
	sold   map[string]string   // parcel's code → our reference
	known  map[string]string   // reference of a parcel → its code
	closed map[string][]string // not closed yet: our reference → its parcels' codes
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	var in order
	if r.URL.Path != shipItPath+"/shipments" || json.Unmarshal(body, &in) != nil {
		return "", false
	}
	return in.Shipment.References[0], true
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, isShipIt := strings.CutPrefix(r.URL.Path, shipItPath)
	code, cancels := strings.CutPrefix(path, "/shipments/cancel/")
	switch {
	case r.Host != testHost:
		w.WriteHeader(http.StatusNotFound)
	case r.URL.Path == "/oauth2/v2/token":
		id, secret, _ := r.BasicAuth()
		if id != goodID || secret != goodSecret || r.PostFormValue("grant_type") != "client_credentials" {
			answer(w, http.StatusBadRequest, "application/json", object{"errors": []any{object{"message": "Invalid client identifier", "type": "400"}}})
			return
		}
		answer(w, http.StatusOK, "application/json", object{"access_token": goodToken, "token_type": "Bearer", "expires_in": 14400})
	case r.Header.Get("Authorization") != "Bearer "+goodToken:
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == trackPath+"/events/codes":
		answer(w, http.StatusOK, "application/json", object{"eventsCodes": []any{}})
	case strings.HasPrefix(r.URL.Path, trackPath):
		m.track(w, strings.TrimPrefix(r.URL.Path, trackPath+"/simple/references/"))
	case !isShipIt || r.Method != http.MethodPost || r.Header.Get("Content-Type") != mediaType:
		w.WriteHeader(http.StatusNotFound)
	case path == "/tracking/parcels":
		fail(w, http.StatusNotFound, "NO_DATA_FOUND", "Nothing was found")
	case path == "/shipments":
		m.ship(w, r)
	case path == "/shipments/reprintparcel":
		m.reprint(w, r)
	case path == "/shipments/endofday":
		m.close(w)
	case cancels:
		m.cancel(w, code)
	}
}

func (m *mock) ship(w http.ResponseWriter, r *http.Request) {
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "MANDATORY_PARAMETER_NOT_SET", "The Mandatory parameter Shipment is not set")
		return
	}
	s := in.Shipment
	if s.From.Contact != goodContact {
		fail(w, http.StatusBadRequest, "INVALID_FIELD_VALUE", "Invalid field Shipment.Shipper.ContactID. Not yours.")
		return
	}
	if m.ledger.Mood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "INVALID_FIELD_VALUE", "Invalid field Shipment.Consignee.Address.ZIPCode. "+couriertest.Refusal)
		return
	}
	if m.sold == nil {
		m.sold, m.known, m.closed = map[string]string{}, map[string]string{}, map[string][]string{}
	}
	n := m.ledger.Sell(s.References[0])
	var codes []string
	for i, u := range s.Units {
		code := fmt.Sprintf("Z%05d%02d", n, i)
		m.sold[code], m.known[u.References[0]] = s.References[0], code
		codes = append(codes, code)
	}
	m.closed[s.References[0]] = codes
	answer(w, http.StatusOK, mediaType, madeOf(in.Printing, codes))
}

// madeOf answers with parcels and a label for each.
func madeOf(p printing, codes []string) object {
	var parcels, labels []any
	for i, code := range codes {
		parcels = append(parcels, object{"TrackID": code, "ParcelNumber": fmt.Sprintf("2028000%04d", i)})
		labels = append(labels, object{"Data": []string{labelFile(p.Labels.Format)}, "LabelFormat": p.Labels.Format})
	}
	return object{"CreatedShipment": object{"ParcelData": parcels, "PrintData": labels, "CustomerID": goodContact, "PickupLocation": "DE 777"}}
}

func (m *mock) reprint(w http.ResponseWriter, r *http.Request) {
	var in reprint
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Created == "" {
		fail(w, http.StatusBadRequest, "MANDATORY_PARAMETER_NOT_SET", "The Mandatory parameter CreationDate is not set")
		return
	}
	code := in.Code
	if code == "" {
		code = m.known[in.Reference]
	}
	if m.sold[code] == "" {
		fail(w, http.StatusNotFound, "NO_DATA_FOUND", "Nothing was found")
		return
	}
	answer(w, http.StatusOK, mediaType, madeOf(in.Printing, []string{code}))
}

func (m *mock) cancel(w http.ResponseWriter, code string) {
	result := "CANCELLED"
	switch reference := m.sold[code]; m.ledger.Standing(reference) {
	case couriertest.NeverSold, couriertest.Cancelled:
		fail(w, http.StatusNotFound, "NO_DATA_FOUND", "Nothing was found")
		return
	case couriertest.Collected:
		result = "SCANNED"
	case couriertest.Live:
		m.ledger.Cancel(reference)
	}
	answer(w, http.StatusOK, mediaType, object{"TrackID": code, "Result": result})
}

func (m *mock) close(w http.ResponseWriter) {
	var list []any
	for _, codes := range m.closed {
		var units []any
		for _, code := range codes {
			units = append(units, object{"TrackID": code, "Weight": 1})
		}
		list = append(list, object{"Product": "PARCEL", "Consignee": object{}, "Shipper": object{"ContactID": goodContact}, "ShipmentUnit": units})
	}
	clear(m.closed)
	answer(w, http.StatusOK, mediaType, object{"Shipments": list})
}

func (m *mock) track(w http.ResponseWriter, code string) {
	parcel := object{"requested": code, "errorCode": "E_404_01", "errorMessage": "Resource Not Found"}
	if m.ledger.Standing(m.sold[code]) == couriertest.Collected {
		parcel = object{"requested": code, "unitno": "20280000000", "status": "INTRANSIT", "statusDateTime": "2026-12-20T21:40:00+0100", "events": []any{
			object{"code": "OUTBOD.NORMAL", "city": "Kassel", "country": "DE", "description": "The parcel has left the parcel center.", "eventDateTime": "2026-12-20T21:40:00+0100"},
			object{"code": begins + ".NORMAL", "city": "", "country": "DE", "description": "The parcel was handed over to GLS.", "eventDateTime": "2026-12-20T17:10:00+0100"},
		}}
	}
	answer(w, http.StatusOK, "application/json", object{"parcels": []any{parcel}})
}

// fail refuses as ShipIT does: in headers, without a body.
func fail(w http.ResponseWriter, status int, kind, words string) {
	w.Header().Set("error", kind)
	w.Header().Set("message", words)
	w.WriteHeader(status)
}

func answer(w http.ResponseWriter, status int, kind string, v any) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func labelFile(kind string) string {
	var out bytes.Buffer
	switch kind {
	case "PDF":
		out.WriteString("%PDF-1.4\nGLS")
	case "ZEBRA":
		out.WriteString("^XA^FDGLS^FS^XZ")
	default:
		if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 42, 59))); err != nil {
			panic(err)
		}
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}
