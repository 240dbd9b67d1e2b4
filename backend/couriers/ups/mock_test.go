package ups

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"net/http"
	"strings"

	"packbench/backend/couriers/couriertest"
)

const (
	goodID      = "ups-client-7391"
	goodSecret  = "canary-ups-20c9d17e4b-secret"
	goodAccount = "a1b2c3"
	goodToken   = "canary-ups-token-77ab19"
)

// mock stands in for UPS.
type mock struct {
	ledger *couriertest.Ledger
	sold   []sold
}

type sold struct {
	ref   string
	codes []string
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/ship") {
		return "", false
	}
	var in order
	if json.Unmarshal(body, &in) != nil {
		return "", false
	}
	return hyphened(in.reference()), true
}

func (o order) reference() string {
	s := o.Request.Shipment
	if len(s.References) > 0 {
		return s.References[0].Value
	}
	if len(s.Packages) > 0 && len(s.Packages[0].References) > 0 {
		return s.Packages[0].References[0].Value
	}
	return ""
}

// hyphened gives an id as the program writes it.
func hyphened(id string) string {
	if len(id) != 32 {
		return id
	}
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api")
	switch {
	case r.Host != testHost:
		fail(w, http.StatusNotFound, "404", "no such host")
	case r.URL.Path == "/security/v1/oauth/token":
		m.token(w, r)
	case r.Header.Get("Authorization") != "Bearer "+goodToken:
		fail(w, http.StatusUnauthorized, "250002", "Invalid Authentication Information.")
	case r.Header.Get("transId") == "" || r.Header.Get("transactionSrc") == "":
		fail(w, http.StatusBadRequest, "10", "A header is missing")
	case path == "/shipments/v2409/ship":
		m.ship(w, r)
	case path == ratePath:
		m.rate(w, r)
	case path == "/labels/v1903/recovery":
		m.recover(w, r)
	case strings.HasPrefix(path, "/shipments/v2409/void/cancel/"):
		m.void(w, strings.TrimPrefix(path, "/shipments/v2409/void/cancel/"))
	case strings.HasPrefix(path, "/track/v1/details/"):
		m.track(w, strings.TrimPrefix(path, "/track/v1/details/"))
	default:
		fail(w, http.StatusNotFound, "404", "Unknown")
	}
}

func (*mock) token(w http.ResponseWriter, r *http.Request) {
	id, secret, ok := r.BasicAuth()
	if !ok || id != goodID || secret != goodSecret || r.PostFormValue("grant_type") != "client_credentials" {
		fail(w, http.StatusUnauthorized, "10401", "ClientId is Invalid")
		return
	}
	answer(w, http.StatusOK, object{"token_type": "Bearer", "issued_at": "1763888400000", "access_token": goodToken, "expires_in": "14399", "status": "approved"})
}

func (m *mock) ship(w http.ResponseWriter, r *http.Request) {
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "9110003", err.Error())
		return
	}
	s := in.Request.Shipment
	if s.Shipper.Account != strings.ToUpper(goodAccount) || s.Payment.Charges[0].Shipper.Account != strings.ToUpper(goodAccount) {
		fail(w, http.StatusBadRequest, "120100", "Missing or invalid shipper number")
		return
	}
	if m.ledger.Mood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "120208", "Missing or invalid ship to postal code. "+couriertest.Refusal)
		return
	}
	ref := hyphened(in.reference())
	n := m.ledger.Sell(ref)
	made := sold{ref: ref}
	var packages []any
	for i := range s.Packages {
		code := fmt.Sprintf("1ZA1B2C3%08d%02d", n, i)
		made.codes = append(made.codes, code)
		format := in.Request.Label.Format.Code
		packages = append(packages, object{
			"TrackingNumber": code, "ShippingLabel": object{"ImageFormat": object{"Code": format}, "GraphicImage": labelFile(format)},
		})
	}
	m.sold = append(m.sold, made)
	results := object{
		"ShipmentIdentificationNumber": made.codes[0], "PackageResults": packages,
		"BillingWeight":         object{"UnitOfMeasurement": object{"Code": "KGS"}, "Weight": "00001.50"},
		"ShipmentCharges":       object{"TransportationCharges": pounds("10.00"), "ServiceOptionsCharges": pounds("0.00"), "TotalCharges": pounds("10.00")},
		"NegotiatedRateCharges": object{"TotalCharge": pounds("7.45")},
	}
	if s.Options != nil && s.Options.Forms != nil {
		results["Form"] = object{"Code": "01", "Description": "All Requested International Forms", "Image": object{
			"ImageFormat": object{"Code": "PDF", "Description": "PDF"}, "GraphicImage": base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 invoice")),
		}}
	}
	answer(w, http.StatusOK, object{"ShipmentResponse": object{"Response": object{"ResponseStatus": done}, "ShipmentResults": results}})
}

// rate tells prices of services of ours, one of them without the account's own rate, and of one that is not.
func (m *mock) rate(w http.ResponseWriter, r *http.Request) {
	var in question
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Request.Shipment.Shipper.Account != strings.ToUpper(goodAccount) {
		fail(w, http.StatusBadRequest, "111580", fmt.Sprint("The shipper number is not yours. ", err))
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "111286", couriertest.Refusal)
		return
	}
	rated := func(service, list, own string) object {
		out := object{
			"Service": object{"Code": service, "Description": "Service"}, "BillingWeight": object{"UnitOfMeasurement": object{"Code": "KGS", "Description": "Kilograms"}, "Weight": "1.5"},
			"TransportationCharges": pounds(list), "ServiceOptionsCharges": pounds("0.00"), "TotalCharges": pounds(list), "RatedPackage": []any{},
		}
		if own != "" {
			out["NegotiatedRateCharges"] = object{"TotalCharge": pounds(own)}
			out["GuaranteedDelivery"] = object{"BusinessDaysInTransit": "2"}
		}
		return out
	}
	answer(w, http.StatusOK, object{"RateResponse": object{
		"Response":      object{"ResponseStatus": done},
		"RatedShipment": []any{rated("11", "10.00", "7.45"), rated("65", "31.20", ""), rated("07", "44.00", "40.10"), rated("96", "90.00", "")},
	}})
}

var done = object{"Code": "1", "Description": "Success"}

func pounds(value string) object { return object{"CurrencyCode": "GBP", "MonetaryValue": value} }

func (m *mock) find(name string) (sold, bool) {
	for _, s := range m.sold {
		if compact(s.ref) == name {
			return s, true
		}
		for _, code := range s.codes {
			if code == name {
				return s, true
			}
		}
	}
	return sold{}, false
}

func (m *mock) recover(w http.ResponseWriter, r *http.Request) {
	var in recovery
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "9300003", err.Error())
		return
	}
	name := in.Request.Tracking
	if by := in.Request.By; by != nil && by.Account == strings.ToUpper(goodAccount) {
		name = by.Reference.Value
	}
	s, there := m.find(name)
	if !there || m.ledger.Standing(s.ref) == couriertest.Cancelled {
		fail(w, http.StatusBadRequest, "9300012", "There is no label for this")
		return
	}
	format := in.Request.Look.Format.Code
	var labels []any
	for _, code := range s.codes {
		if name == code || in.Request.Tracking == "" {
			labels = append(labels, object{
				"TrackingNumber": code, "LabelImage": object{"LabelImageFormat": object{"Code": format}, "GraphicImage": labelFile(format)},
			})
		}
	}
	answer(w, http.StatusOK, object{"LabelRecoveryResponse": object{
		"Response": object{"ResponseStatus": done}, "ShipmentIdentificationNumber": s.codes[0], "LabelResults": labels,
	}})
}

func (m *mock) void(w http.ResponseWriter, number string) {
	s, there := m.find(number)
	if !there {
		fail(w, http.StatusBadRequest, "190101", "No such shipment")
		return
	}
	switch m.ledger.Standing(s.ref) {
	case couriertest.Collected:
		fail(w, http.StatusBadRequest, "190102", "No shipment found within the allowed void period")
	case couriertest.Cancelled:
		fail(w, http.StatusBadRequest, "190117", "The shipment has already been voided")
	default:
		m.ledger.Cancel(s.ref)
		answer(w, http.StatusOK, object{"VoidShipmentResponse": object{
			"Response": object{"ResponseStatus": done}, "SummaryResult": object{"Status": object{"Code": "1", "Description": "Voided"}},
		}})
	}
}

func (m *mock) track(w http.ResponseWriter, code string) {
	s, there := m.find(code)
	if !there || m.ledger.Standing(s.ref) != couriertest.Collected {
		fail(w, http.StatusNotFound, "TW0001", "Tracking Information Not Found")
		return
	}
	at := object{"address": object{"city": "Edinburgh", "countryCode": "GB"}}
	answer(w, http.StatusOK, object{"trackResponse": object{"shipment": []any{object{"inquiryNumber": code, "package": []any{object{
		"trackingNumber": code, "activity": []any{
			object{"date": "20261220", "time": "191500", "gmtDate": "20261220", "gmtTime": "191500", "location": at,
				"status": object{"type": "I", "code": "DP", "description": "Departed from Facility"}},
			object{"date": "20261220", "time": "170000", "location": at, "status": object{"type": "P", "code": "PU", "description": "Pickup Scan "}},
		},
	}}}}}})
}

func fail(w http.ResponseWriter, status int, code, words string) {
	answer(w, status, object{"response": object{"errors": []any{object{"code": code, "message": words}}}})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func labelFile(format string) string {
	if format == "ZPL" {
		return base64.StdEncoding.EncodeToString([]byte("\n^XA^LH10,12^FDUPS^FS^XZ\n"))
	}
	return base64.StdEncoding.EncodeToString(lying())
}

// lying draws a label as UPS does, on its side and with a margin, small: its upper left corner is black when it stands.
func lying() []byte {
	picture := image.NewPaletted(image.Rect(0, 0, 70, 40), color.Palette{color.White, color.Black})
	for y := 30; y < 40; y++ {
		for x := range 10 {
			picture.SetColorIndex(x, y, 1)
		}
	}
	var out bytes.Buffer
	if err := gif.Encode(&out, picture, nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}
