package easypost

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/backend/couriers/couriertest"
)

const goodKey = "canary-ep-9c2d7be015-key"

// mock stands in for EasyPost and for the place of its files.
type mock struct {
	ledger *couriertest.Ledger
	mode   string // "test" when empty
	made   []*made
}

type made struct {
	id, ref, format, tracking string
	order                     newShipment
}

type object map[string]any

func (m *mock) named(id string) *made {
	for _, s := range m.made {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (m *mock) Buys(r *http.Request, _ []byte) (string, bool) {
	id, buys := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/v2/shipments/"), "/buy")
	if s := m.named(id); buys && r.Method == http.MethodPost && s != nil {
		return s.ref, true
	}
	return "", false
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host == files || r.Host == oldFiles {
		if r.Header.Get("Authorization") != "" {
			panic("a key was sent to the place of files")
		}
		fmt.Fprint(w, map[string]string{"pdf": "%PDF-1.4\n", "zpl": "^XA", "png": "\x89PNG\r\n\x1a\n"}[r.URL.Path[len(r.URL.Path)-3:]])
		return
	}
	key, _, _ := r.BasicAuth()
	path := strings.TrimPrefix(r.URL.Path, "/v2")
	id, verb, _ := strings.Cut(strings.TrimPrefix(path, "/shipments/"), "/")
	s := m.named(id)
	switch {
	case r.Host != host:
		fails(w, http.StatusNotFound, "NOT_FOUND", "no such host")
	case key != goodKey:
		fails(w, http.StatusUnauthorized, "APIKEY.INACTIVE", "This api key is no longer active.")
	case path == "/addresses":
		answer(w, http.StatusOK, object{"addresses": []any{object{"id": "adr_1", "mode": m.told()}}, "has_more": false})
	case path == "/shipments" && r.Method == http.MethodPost:
		m.make(w, r)
	case path == "/shipments":
		m.list(w, r.URL.Query().Get("before_id"), r.URL.Query().Get("start_datetime"))
	case path == "/scan_forms":
		answer(w, http.StatusCreated, object{"id": "sf_1", "object": "ScanForm", "status": "created", "message": nil, "form_url": "https://" + files + "/form.pdf"})
	case path == "/trackers":
		m.track(w, r.URL.Query().Get("tracking_code"))
	case s == nil:
		fails(w, http.StatusNotFound, "NOT_FOUND", "The requested resource could not be found.")
	case verb == "buy":
		m.buy(w, s)
	case verb == "refund":
		m.refund(w, s)
	case verb == "label":
		out := m.show(s)
		format := strings.ToLower(r.URL.Query().Get("file_format"))
		out["postage_label"].(object)["label_"+format+"_url"] = "https://" + oldFiles + "/label." + format
		answer(w, http.StatusOK, out)
	default:
		answer(w, http.StatusOK, m.show(s))
	}
}

func (m *mock) told() string {
	if m.mode == "" {
		return "test"
	}
	return m.mode
}

func (m *mock) make(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Shipment newShipment `json:"shipment"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fails(w, http.StatusUnprocessableEntity, "PARAMETER.INVALID", err.Error())
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		fails(w, http.StatusUnprocessableEntity, "SHIPMENT.INVALID_PARAMS", couriertest.Refusal)
		return
	}
	n := len(m.made) + 1
	s := &made{id: fmt.Sprintf("shp_%06d", n), ref: in.Shipment.Reference, format: strings.ToLower(in.Shipment.Options.Format), order: in.Shipment}
	m.made = append(m.made, s)
	answer(w, http.StatusCreated, m.show(s))
}

func (m *mock) show(s *made) object {
	price := func(id, service, amount string) object {
		return object{"id": id, "object": "Rate", "carrier": "USPS", "service": service, "rate": amount, "currency": "USD", "delivery_days": 3, "delivery_date": nil}
	}
	rates := []any{
		price("rate_1", "Express", "51.20"), price("rate_2", "GroundAdvantage", "9.40"), price("rate_3", "GroundAdvantage", "8.20"),
		price("rate_4", "PriorityMailInternational", "44.10"),
		price("rate_5", "ParcelSelect", "7.70"),
	}
	out := object{
		"id": s.id, "object": "Shipment", "reference": s.ref, "mode": m.told(), "rates": rates, "tracking_code": nil, "postage_label": nil,
		"selected_rate": nil, "tracker": nil, "refund_status": nil,
		"messages": []any{object{"carrier": "UPS", "type": "rate_error", "message": "Shipper number is not valid."}},
	}
	if s.tracking != "" && s.order.Customs != nil {
		out["forms"] = []any{
			object{"id": "form_1", "object": "Form", "mode": "test", "form_type": "commercial_invoice", "form_url": "https://" + files + "/form.pdf", "submitted_electronically": false},
			object{"id": "form_2", "object": "Form", "mode": "test", "form_type": "label_qr_code", "form_url": "https://elsewhere.example/code.png"},
		}
	}
	if s.tracking != "" {
		out["tracking_code"], out["selected_rate"] = s.tracking, rates[2]
		out["tracker"] = object{"public_url": "https://track.example/" + s.tracking}
		out["postage_label"] = object{
			"created_at": "2026-11-23T09:00:00Z", "label_file_type": map[string]string{"pdf": "application/pdf", "zpl": "application/zpl", "png": "image/png"}[s.format],
			"label_url": "https://" + files + "/label." + s.format, "label_pdf_url": nil, "label_zpl_url": nil,
		}
	}
	return out
}

func (m *mock) buy(w http.ResponseWriter, s *made) {
	if s.tracking != "" {
		fails(w, http.StatusUnprocessableEntity, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.")
		return
	}
	if m.ledger.Mood() == couriertest.Refusing {
		fails(w, http.StatusUnprocessableEntity, "SHIPMENT.POSTAGE.FAILURE", couriertest.Refusal)
		return
	}
	s.tracking = fmt.Sprintf("EZ%010d", m.ledger.Sell(s.ref))
	answer(w, http.StatusOK, m.show(s))
}

func (m *mock) refund(w http.ResponseWriter, s *made) {
	out := m.show(s)
	switch m.ledger.Standing(s.ref) {
	case couriertest.Cancelled:
		fails(w, http.StatusUnprocessableEntity, "SHIPMENT.REFUND.UNAVAILABLE", "Refund request has already been submitted.")
		return
	case couriertest.Live:
		m.ledger.Cancel(s.ref)
		out["refund_status"] = "submitted"
	case couriertest.Collected:
		out["refund_status"] = "rejected"
	default:
		out["refund_status"] = "not_applicable"
	}
	answer(w, http.StatusOK, out)
}

// list gives purchases, newest first and few a page, so that there are pages: fewer than the adapter reads at most, whatever
// a campaign buys in one store.
func (m *mock) list(w http.ResponseWriter, before, start string) {
	const page = 20
	list, seen, more := []any{}, before == "", false
	for i := len(m.made) - 1; i >= 0; i-- {
		s := m.made[i]
		switch {
		case s.id == before:
			seen = true
		case !seen || s.tracking == "" || s.madeAt() < start:
		case len(list) == page:
			more = true
		default:
			list = append(list, m.show(s))
		}
	}
	answer(w, http.StatusOK, object{"shipments": list, "has_more": more})
}

// madeAt gives when a shipment was made: our references begin with it (RFC 9562, version 7).
func (s *made) madeAt() string {
	ms, err := strconv.ParseInt(strings.ReplaceAll(s.ref, "-", "")[:12], 16, 64)
	if err != nil {
		panic(err)
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

func (m *mock) track(w http.ResponseWriter, code string) {
	list := []any{}
	for _, s := range m.made {
		if s.tracking != code {
			continue
		}
		events := []any{}
		if m.ledger.Standing(s.ref) == couriertest.Collected {
			events = append(events, object{
				"datetime": "2026-12-24T18:30:00Z", "status": "in_transit", "status_detail": "received_at_origin_facility", "message": "Accepted",
				"tracking_location": object{"city": "HOUSTON", "state": "TX", "country": nil, "zip": "77063"},
			})
		}
		list = append(list, object{"id": "trk_1", "tracking_code": code, "tracking_details": events})
	}
	answer(w, http.StatusOK, object{"trackers": list, "has_more": false})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func fails(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, object{"error": object{"code": code, "message": message, "errors": []any{}}})
}
