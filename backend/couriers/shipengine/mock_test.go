package shipengine

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"packbench/backend/couriers/couriertest"
)

const (
	goodKey     = "TEST_canary-se-4b90cc71f2-key"
	goodCarrier = "se-100200"
)

// mock stands in for ShipEngine.
type mock struct {
	ledger *couriertest.Ledger
	sold   []*sold
	pdf    bool // the carrier draws PDF only
	lost   bool // the form for customs is not there
}

type sold struct {
	id, ref, format, carrier string
	abroad                   bool
	tracking                 []string
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	if r.Method != http.MethodPost || r.URL.Path != "/v1/labels" && r.URL.Path != "/v2/labels" {
		return "", false
	}
	var in labelOrder
	return in.Shipment.External, json.Unmarshal(body, &in) == nil
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, inEngine := strings.CutPrefix(r.URL.Path, "/v1")
	if !inEngine {
		path = strings.TrimPrefix(r.URL.Path, "/v2")
	}
	id, voids := strings.CutSuffix(strings.TrimPrefix(path, "/labels/"), "/void")
	ref, byRef := strings.CutPrefix(path, "/labels/external_shipment_id/")
	switch {
	case r.Host != hostEngine && inEngine || r.Host != hostStation && !inEngine:
		fails(w, http.StatusNotFound, "unspecified", "no such host", "")
	case r.Header.Get("API-Key") != goodKey:
		fails(w, http.StatusUnauthorized, "unauthorized", "The API key is invalid.", "")
	case path == "/carriers":
		answer(w, http.StatusOK, object{"carriers": []any{object{"carrier_id": goodCarrier, "friendly_name": "Stamps.com"}}})
	case path == "/labels" && r.Method == http.MethodPost:
		m.create(w, r)
	case path == "/labels":
		m.list(w, r.URL.Query().Get("tracking_number"))
	case byRef:
		m.give(w, func(s *sold) bool { return s.ref == ref })
	case voids:
		m.void(w, id)
	case strings.HasPrefix(path, "/labels/"):
		m.give(w, func(s *sold) bool { return s.id == id })
	case m.lost && strings.HasSuffix(path, "/form.pdf"):
		fails(w, http.StatusNotFound, "unspecified", "The form is gone.", "")
	case strings.HasPrefix(path, "/downloads/"):
		w.Write(file(path[strings.LastIndex(path, ".")+1:]))
	case path == "/rates":
		m.rates(w, r)
	case path == "/manifests":
		m.manifest(w, r)
	default:
		m.track(w, r.URL.Query().Get("tracking_number"), r.URL.Query().Get("carrier_id"))
	}
}

func (m *mock) create(w http.ResponseWriter, r *http.Request) {
	var in labelOrder
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fails(w, http.StatusBadRequest, "invalid_object", err.Error(), "")
		return
	}
	for _, s := range m.sold {
		if s.ref == in.Shipment.External {
			fails(w, http.StatusBadRequest, "identifier_conflict", "external_shipment_id is in use", "shipment.external_shipment_id")
			return
		}
	}
	switch m.ledger.Mood() {
	case couriertest.Refusing:
		fails(w, http.StatusBadRequest, "invalid_address", couriertest.Refusal, "shipment.ship_to.postal_code")
		return
	case couriertest.Failing:
		out := m.show(&sold{id: "se-9", ref: in.Shipment.External, carrier: goodCarrier, tracking: []string{"9400"}})
		out["status"] = "error"
		answer(w, http.StatusOK, out)
		return
	}
	n := m.ledger.Sell(in.Shipment.External)
	s := &sold{id: fmt.Sprintf("se-%d", n), ref: in.Shipment.External, format: in.Format, carrier: in.Shipment.Carrier, abroad: in.Shipment.Customs != nil}
	if m.pdf {
		s.format = "pdf"
	}
	for i := range in.Shipment.Packages {
		s.tracking = append(s.tracking, fmt.Sprintf("9400%08d%02d", n, i))
	}
	m.sold = append(m.sold, s)
	out := m.show(s)
	out["label_download"] = object{"href": "data:application/" + s.format + ";base64," + base64.StdEncoding.EncodeToString(file(s.format))}
	answer(w, http.StatusOK, out)
}

func file(format string) []byte {
	return []byte(map[string]string{"pdf": "%PDF-1.4\nlabel", "zpl": "^XA^FDlabel^XZ", "png": "\x89PNG\r\n\x1a\nlabel"}[format])
}

func (m *mock) show(s *sold) object {
	status, at := "completed", "https://"+hostEngine+"/v1/downloads/10/xyz/label."
	if m.ledger.Standing(s.ref) == couriertest.Cancelled {
		status = "voided"
	}
	links := object{"pdf": at + "pdf", "png": at + "png", "zpl": at + "zpl", "href": at + s.format}
	if m.pdf {
		links = object{"pdf": at + "pdf", "href": at + "pdf"}
	}
	var form any
	if s.abroad {
		form = object{"href": "https://" + hostEngine + "/v1/downloads/10/xyz/form.pdf", "type": "customs"}
	}
	packages := []any{}
	for i, tracking := range s.tracking {
		packages = append(packages, object{"package_id": i + 1, "weight": object{"value": 1250, "unit": "gram"}, "tracking_number": tracking})
	}
	return object{
		"label_id": s.id, "status": status, "shipment_id": s.id + "0", "external_shipment_id": s.ref, "external_order_id": nil, "ship_date": "2026-11-23T00:00:00Z",
		"created_at": "2026-11-23T09:00:00Z", "rate_details": []any{}, "is_return_label": false, "rma_number": nil, "is_international": false, "batch_id": "se-1",
		"charge_event": "carrier_default", "service_code": "usps_ground_advantage", "package_code": "package", "voided_at": nil, "label_format": "pdf",
		"display_scheme": "label", "label_layout": "4x6", "trackable": true, "label_image_id": nil, "carrier_code": "stamps_com", "tracking_status": "in_transit",
		"form_download": form, "qr_code_download": nil, "paperless_download": nil,
		"ship_to":         place("A"),
		"insurance_claim": nil, "carrier_id": s.carrier, "tracking_number": s.tracking[0],
		"tracking_url": "https://track.example/" + s.tracking[0], "shipment_cost": object{"currency": "usd", "amount": 8.05},
		"insurance_cost": object{"currency": "usd", "amount": 0}, "voided": status == "voided", "label_download": links, "packages": packages,
	}
}

func (m *mock) give(w http.ResponseWriter, is func(*sold) bool) {
	for _, s := range m.sold {
		if is(s) {
			answer(w, http.StatusOK, m.show(s))
			return
		}
	}
	fails(w, http.StatusNotFound, "invalid_identifier", "There is no such label.", "")
}

func (m *mock) list(w http.ResponseWriter, tracking string) {
	labels := []any{}
	for _, s := range m.sold {
		if s.tracking[0] == tracking {
			labels = append(labels, m.show(s))
		}
	}
	link := object{"href": "https://" + hostEngine + "/v1/labels"}
	answer(w, http.StatusOK, object{
		"labels": labels, "total": len(labels), "page": 1, "pages": 1, "links": object{"first": link, "last": link, "prev": object{}, "next": object{}},
	})
}

func (m *mock) void(w http.ResponseWriter, id string) {
	for _, s := range m.sold {
		if s.id != id {
			continue
		}
		switch m.ledger.Standing(s.ref) {
		case couriertest.Cancelled:
			answer(w, http.StatusOK, object{"approved": false, "message": "The label was voided before.", "reason_code": "label_already_voided"})
		case couriertest.Collected:
			answer(w, http.StatusOK, object{"approved": false, "message": "The label was used.", "reason_code": "label_already_used"})
		default:
			m.ledger.Cancel(s.ref)
			answer(w, http.StatusOK, object{"approved": true, "message": "Request for refund submitted."})
		}
		return
	}
	fails(w, http.StatusNotFound, "invalid_identifier", "There is no such label.", "")
}

func (m *mock) manifest(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Labels []string `json:"label_ids"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || len(in.Labels) == 0 {
		fails(w, http.StatusBadRequest, "field_value_required", "label_ids is required.", "label_ids")
		return
	}
	answer(w, http.StatusOK, object{"manifests": []any{object{
		"manifest_id": "se-700", "form_id": "se-701", "submission_id": "9475700000000000000001", "label_ids": in.Labels, "shipments": len(in.Labels),
		"manifest_download": object{"href": "https://" + hostEngine + "/v1/downloads/10/xyz/label.pdf"},
	}}})
}

// rates tells prices of the carrier account, one of them for another packaging and one that can't be had.
func (m *mock) rates(w http.ResponseWriter, r *http.Request) {
	var in rateOrder
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Shipment.External != "" {
		fails(w, http.StatusBadRequest, "invalid_object", fmt.Sprint("a question takes an id of a purchase ", err), "")
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		fails(w, http.StatusBadRequest, "invalid_address", couriertest.Refusal, "shipment.ship_to.postal_code")
		return
	}
	usd := func(cents int) object { return object{"currency": "usd", "amount": float64(cents) / 100} }
	price := func(n int, service, name, packaging string, cents, days int) object {
		return object{
			"rate_id": fmt.Sprintf("se-80%d", n), "rate_type": "shipment", "carrier_id": in.Options.Carriers[0], "shipping_amount": usd(cents), "insurance_amount": usd(0),
			"confirmation_amount": usd(40), "other_amount": usd(110), "tax_amount": usd(0), "zone": 6, "package_type": packaging, "delivery_days": days,
			"guaranteed_service": false, "estimated_delivery_date": "2026-11-27T00:00:00Z", "carrier_delivery_days": fmt.Sprint(days), "ship_date": "2026-11-23T00:00:00Z",
			"negotiated_rate": false, "service_type": name, "service_code": service, "trackable": true, "carrier_code": "stamps_com",
			"carrier_nickname": "Stamps", "carrier_friendly_name": "Stamps.com", "validation_status": "valid", "warning_messages": []any{}, "error_messages": []any{},
		}
	}
	broken := price(6, "usps_media_mail", "USPS Media Mail", "package", 300, 7)
	broken["error_messages"] = []any{"Not for these contents."}
	rates := []any{
		price(1, "usps_ground_advantage", "USPS Ground Advantage", "package", 655, 4), price(2, "usps_priority_mail", "USPS Priority Mail", "package", 910, 2),
		price(3, "usps_priority_mail", "USPS Priority Mail", "flat_rate_envelope", 790, 2), price(4, "usps_parcel_select", "USPS Parcel Select", "package", 600, 6),
		price(5, "usps_priority_mail_international", "USPS Priority Mail International", "package", 4410, 8), broken,
	}
	answer(w, http.StatusOK, object{
		"shipment_id": "se-900", "ship_date": "2026-11-23T00:00:00Z", "created_at": "2026-11-23T09:00:00Z", "modified_at": "2026-11-23T09:00:00Z", "shipment_status": "pending",
		"return_to": place("Dispatch"), "confirmation": "none", "customs": nil, "advanced_options": object{}, "insurance_provider": "none", "tags": []any{}, "packages": []any{object{"weight": object{"value": 1250, "unit": "gram"}}},
		"total_weight": object{"value": 1250, "unit": "gram"},
		"rate_response": object{
			"rates": rates, "invalid_rates": []any{}, "rate_request_id": "se-901", "shipment_id": "se-900", "status": "completed", "errors": []any{},
		},
	})
}

func place(name string) object {
	return object{
		"name": name, "address_line1": "B", "city_locality": "C", "state_province": "D", "postal_code": "E", "country_code": "GB", "phone": "1", "address_residential_indicator": "unknown",
	}
}

func (m *mock) track(w http.ResponseWriter, tracking, carrier string) {
	for _, s := range m.sold {
		if s.carrier != carrier || !strings.Contains(strings.Join(s.tracking, " "), tracking) {
			continue
		}
		events := []any{}
		if m.ledger.Standing(s.ref) == couriertest.Collected {
			events = append(events, object{
				"occurred_at": "2026-12-24T18:30:00Z", "description": "Picked up", "city_locality": "LEEDS", "state_province": "ENG", "postal_code": "", "country_code": "GB",
				"carrier_detail_code": "PU", "status_code": "AC", "status_detail_code": "PICKED_UP", "status_description": "Accepted", "carrier_status_code": "PU", "carrier_status_description": "",
			})
		}
		answer(w, http.StatusOK, object{
			"tracking_number": tracking, "tracking_url": "https://track.example", "status_code": "AC", "carrier_code": "stamps_com", "carrier_id": 1,
			"carrier_detail_code": "PU", "carrier_status_code": "PU", "events": events,
		})
		return
	}
	fails(w, http.StatusNotFound, "invalid_identifier", "The carrier does not know this number.", "")
}

const request = "aa3d8e8e-462b-4476-9618-72db7f7b7009"

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func fails(w http.ResponseWriter, status int, code, message, field string) {
	one := object{"error_source": "shipengine", "error_type": "validation", "error_code": code, "message": message}
	if field != "" {
		one["field_name"] = field
	}
	answer(w, status, object{"request_id": request, "errors": []any{one}})
}
