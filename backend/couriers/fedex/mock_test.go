package fedex

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"

	"packbench/backend/couriers/couriertest"
)

const (
	goodKey     = "fedex-key-5513"
	goodSecret  = "canary-fx-71e0b24dd9-secret"
	goodAccount = "740561073"
	goodToken   = "canary-fx-token-90c1ee"
)

// mock stands in for FedEx's test service.
type mock struct {
	ledger *couriertest.Ledger
	sold   map[string]string // tracking number → our reference
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	var in order
	if r.Method != http.MethodPost || r.URL.Path != "/ship/v1/shipments" || json.Unmarshal(body, &in) != nil {
		return "", false
	}
	return in.reference(), true
}

func (o order) reference() string {
	for _, p := range o.Shipment.Parcels {
		for _, r := range p.References {
			if r.Type == "INVOICE_NUMBER" {
				return r.Value
			}
		}
	}
	return ""
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Host != testHost:
		fail(w, http.StatusNotFound, "NOT.FOUND.ERROR", "no such host")
	case r.URL.Path == "/oauth/token":
		if r.PostFormValue("client_id") != goodKey || r.PostFormValue("client_secret") != goodSecret || r.PostFormValue("grant_type") != "client_credentials" {
			fail(w, http.StatusUnauthorized, "NOT.AUTHORIZED.ERROR", "The given client credentials were not valid.")
			return
		}
		answer(w, http.StatusOK, object{"access_token": goodToken, "token_type": "bearer", "expires_in": 3599, "scope": "CXS"})
	case r.Header.Get("Authorization") != "Bearer "+goodToken:
		fail(w, http.StatusUnauthorized, "NOT.AUTHORIZED.ERROR", "Access token expired.")
	case r.URL.Path == ratePath:
		m.rate(w, r)
	case r.URL.Path == "/ship/v1/shipments":
		m.ship(w, r)
	case r.URL.Path == "/ship/v1/shipments/cancel":
		m.cancel(w, r)
	case r.URL.Path == "/track/v1/trackingnumbers":
		m.track(w, r)
	default:
		fail(w, http.StatusNotFound, "NOT.FOUND.ERROR", "no such place")
	}
}

func (m *mock) ship(w http.ResponseWriter, r *http.Request) {
	var in order
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "INVALID.INPUT.EXCEPTION", err.Error())
		return
	}
	if in.Account.Value != goodAccount || in.Shipment.Payment.Payor.Party.Account.Value != goodAccount {
		fail(w, http.StatusBadRequest, "ACCOUNTNUMBER.REGISTRATION.REQUIRED", "not yours")
		return
	}
	if m.ledger.Mood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "RECIPIENTS.POSTALCODE.INVALID", couriertest.Refusal)
		return
	}
	n := m.ledger.Sell(in.reference())
	if m.sold == nil {
		m.sold = map[string]string{}
	}
	master := ""
	var pieces []any
	for i := range in.Shipment.Parcels {
		code := fmt.Sprintf("7949%06d%02d", n, i)
		if master == "" {
			master = code
		}
		m.sold[code] = in.reference()
		pieces = append(pieces, object{
			"masterTrackingNumber": master, "trackingNumber": code, "packageSequenceNumber": i + 1,
			"packageDocuments": []any{object{"contentType": "LABEL", "docType": in.Shipment.Label.Image, "encodedLabel": labelFile(in.Shipment.Label.Image)}},
		})
	}
	papers := []any{}
	if in.Shipment.Papers != nil {
		papers = append(papers, object{"contentType": commercialInvoice, "docType": "PDF", "encodedLabel": labelFile("PDF")})
	}
	answer(w, http.StatusOK, object{"transactionId": "t", "output": object{"transactionShipments": []any{object{
		"masterTrackingNumber": master, "serviceType": in.Shipment.Service, "pieceResponses": pieces, "shipmentDocuments": papers,
		"completedShipmentDetail": object{"shipmentRating": object{"shipmentRateDetails": []any{object{"totalNetCharge": 18.75, "currency": "UKL"}}}},
	}}}})
}

// rate tells prices of services of ours and of one that is not; the account's own beside the published one.
func (m *mock) rate(w http.ResponseWriter, r *http.Request) {
	var in rateQuestion
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Account.Value != goodAccount {
		fail(w, http.StatusBadRequest, "ACCOUNTNUMBER.REGISTRATION.REQUIRED", fmt.Sprint("not yours ", err))
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		fail(w, http.StatusBadRequest, "RECIPIENTS.POSTALCODE.INVALID", couriertest.Refusal)
		return
	}
	service := func(name string, list, own float64) object {
		price := func(kind string, total float64) object {
			return object{"rateType": kind, "totalNetCharge": total, "totalBaseCharge": total - 2, "currency": "UKL"}
		}
		return object{
			"serviceType": name, "serviceName": name, "packagingType": ownPackaging, "operationalDetail": object{"transitTime": "TWO_DAYS"},
			"ratedShipmentDetails": []any{price("LIST", list), price("ACCOUNT", own)},
		}
	}
	answer(w, http.StatusOK, object{"transactionId": "t", "output": object{"rateReplyDetails": []any{
		service("FEDEX_PRIORITY", 24, 18.75), service("FEDEX_ECONOMY", 15, 11.2), service("FEDEX_INTERNATIONAL_PRIORITY", 70, 51.4), service("SAME_DAY", 200, 180),
	}}})
}

func (m *mock) cancel(w http.ResponseWriter, r *http.Request) {
	var in cancellation
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Account.Value != goodAccount {
		fail(w, http.StatusBadRequest, "INVALID.INPUT.EXCEPTION", "what is this")
		return
	}
	switch reference := m.sold[in.Tracking]; m.ledger.Standing(reference) {
	case couriertest.NeverSold:
		fail(w, http.StatusNotFound, "NOT.FOUND.ERROR", "no such shipment")
	case couriertest.Collected:
		answer(w, http.StatusOK, object{"output": object{"cancelledShipment": false, "message": "The shipment is already with FedEx"}})
	case couriertest.Cancelled:
		fail(w, http.StatusBadRequest, "SHIPMENT.ALREADY.CANCELLED", "The shipment is already cancelled")
	case couriertest.Live:
		m.ledger.Cancel(reference)
		answer(w, http.StatusOK, object{"output": object{"cancelledShipment": true, "cancelledHistory": true, "message": "done"}})
	}
}

func (m *mock) track(w http.ResponseWriter, r *http.Request) {
	var in question
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || len(in.Info) != 1 {
		fail(w, http.StatusBadRequest, "INVALID.INPUT.EXCEPTION", "what is this")
		return
	}
	code := in.Info[0].Number.Tracking
	result := object{"error": object{"code": "TRACKING.TRACKINGNUMBER.NOTFOUND", "message": "Tracking number cannot be found."}}
	if m.ledger.Standing(m.sold[code]) == couriertest.Collected {
		result = object{"scanEvents": []any{
			object{"date": "2026-12-20T21:40:00+00:00", "eventType": "DP", "derivedStatusCode": "IT", "eventDescription": "Left FedEx origin facility",
				"scanLocation": object{"city": "EDINBURGH", "countryCode": "GB"}},
			object{"date": "2026-12-20T17:10:00+00:00", "eventType": "PU", "derivedStatusCode": "PU", "eventDescription": "Picked up"},
		}}
	}
	answer(w, http.StatusOK, object{"output": object{"completeTrackResults": []any{object{"trackingNumber": code, "trackResults": []any{result}}}}})
}

func fail(w http.ResponseWriter, status int, code, words string) {
	answer(w, status, object{"transactionId": "t", "errors": []any{object{"code": code, "message": words}}})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func labelFile(kind string) string {
	var out bytes.Buffer
	switch kind {
	case "PDF":
		out.WriteString("%PDF-1.4\nFedEx")
	case "ZPLII":
		out.WriteString("^XA^FDFedEx^FS^XZ")
	default:
		if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 60))); err != nil {
			panic(err)
		}
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}
