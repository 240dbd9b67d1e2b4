package voila

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
)

const (
	goodUser  = "Example Goods Ltd"
	goodToken = "canary-vo-4be17c90d2-token"
)

// mock stands in for Voila, as its courier API's contract has it.
type mock struct {
	ledger *couriertest.Ledger
	sold   []*sold
	told   func(object) // changes the next answer to a purchase
	plain  bool         // histories come in the guide's shape, without status numbers
	silent bool         // histories don't say what create-label had answered
}

type sold struct {
	request object
	ours    string
	courier string
	number  int64
	codes   []string
	format  courier.Format
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/create-label") {
		return "", false
	}
	var in request
	return in.RequestID, json.Unmarshal(body, &in) == nil && in.RequestID != ""
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.Host, files) {
		m.file(w, r)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, couriers)
	key, route, _ := strings.Cut(path, "/")
	switch {
	case r.Host != host && r.Host != oldHost:
		answer(w, http.StatusNotFound, object{"success": false, "message": "no such host"})
	case r.Header.Get("api-user") != goodUser || r.Header.Get("api-token") != goodToken:
		answer(w, http.StatusUnauthorized, []string{"Invalid api-user or api-token"})
	case path == "list-couriers":
		answer(w, http.StatusOK, object{"couriers": []object{{"key": "DPDLocal", "name": "DPD Local"}}})
	case path == "list-registered-couriers":
		answer(w, http.StatusOK, []object{
			{"courier": "DPDLocal", "testing": true, "auth_company": "Main"}, {"courier": "EvriCorporate", "testing": true, "auth_company": "North"},
			{"courier": "DPDLocal", "testing": true, "auth_company": "North"}, {"courier": "UPSv2", "testing": false, "auth_company": "Main"},
			{"courier": "YodelDirect", "testing": true, "tracking_only": true},
		})
	case path == "get-tracking-identifiers":
		m.identifiers(w, r)
	case path == "get-tracking":
		m.history(w, r)
	case r.URL.Path == "/api/shipments.json":
		m.list(w, r.URL.Query())
	case r.URL.Path == "/api/pdfs/renew":
		answer(w, http.StatusOK, object{"uri": linkTo(r.URL.Query().Get("key"))})
	case route == "create-label":
		m.create(w, r, key)
	case route == "cancel-label":
		m.cancel(w, r, key)
	case route == "presets":
		answer(w, http.StatusOK, object{"user_presets": []any{}, "system_presets": []object{{"dc_service_id": key + "-12"}}})
	default:
		answer(w, http.StatusNotFound, object{"success": false, "message": "There is no such route.", "errors": object{}})
	}
}

func (m *mock) create(w http.ResponseWriter, r *http.Request, key string) {
	var in request
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &in); err != nil {
		answer(w, http.StatusBadRequest, object{"success": false, "message": err.Error(), "errors": object{}})
		return
	}
	switch m.ledger.Mood() {
	case couriertest.Refusing:
		answer(w, http.StatusUnprocessableEntity, object{"success": false, "message": couriertest.Refusal, "errors": object{"shipment.ship_to.postcode": []string{couriertest.Refusal}}})
		return
	case couriertest.Failing:
		answer(w, http.StatusOK, object{"success": false, "message": couriertest.Refusal, "errors": object{}})
		return
	}
	n := m.ledger.Sell(in.RequestID)
	s := &sold{ours: in.RequestID, courier: key, number: 9000 + n, format: in.Shipment.LabelFormat}
	var whole struct{ Shipment object }
	if err := json.Unmarshal(body, &whole); err != nil {
		panic(err)
	}
	s.request = whole.Shipment
	for i := range in.Shipment.Parcels {
		s.codes = append(s.codes, fmt.Sprintf("1597%07d%02d", n, i))
	}
	m.sold = append(m.sold, s)
	out := s.answer()
	if m.told != nil {
		m.told(out)
		m.told = nil
	}
	answer(w, http.StatusOK, out)
}

func (s *sold) key() string { return fmt.Sprintf("labels/%d.%s", s.number, s.format) }

func (s *sold) answer() object {
	return object{
		"type": s.format, "request_id": s.ours, "tracking_codes": s.codes, "tracking_urls": []string{"https://track.example/" + s.codes[0]},
		"uri": linkTo(s.key()), "key": s.key(), "dc_request_id": s.number * 2, "create_label_shipment_id": s.number, "label_size": "6x4", "courier": s.courier,
	}
}

// linkTo is where a file is, signed by itself.
func linkTo(key string) string {
	return "https://voila-files.s3.eu-west-2.amazonaws.com/" + key + "?signature=ends"
}

func (m *mock) file(w http.ResponseWriter, r *http.Request) {
	starts := map[string]string{".pdf": "%PDF-1.4\n", ".zpl": "^XA^FD", ".png": "\x89PNG\r\n\x1a\n"}
	start, known := starts[r.URL.Path[max(0, len(r.URL.Path)-4):]]
	switch {
	case r.Header.Get("api-token") != "" || r.Header.Get("api-user") != "":
		w.WriteHeader(http.StatusBadRequest) // a signed link refuses another signature beside its own
	case r.URL.Query().Get("signature") != "ends" || !known:
		w.WriteHeader(http.StatusForbidden)
	default:
		fmt.Fprint(w, start, "label of ", r.URL.Path)
	}
}

func (m *mock) by(fits func(*sold) bool) *sold {
	if i := slices.IndexFunc(m.sold, fits); i >= 0 {
		return m.sold[i]
	}
	return nil
}

func (m *mock) cancel(w http.ResponseWriter, r *http.Request, key string) {
	var in struct {
		Number int64  `json:"create_label_shipment_id"`
		Code   string `json:"tracking_code"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		answer(w, http.StatusBadRequest, object{"success": false, "message": err.Error()})
		return
	}
	s := m.by(func(s *sold) bool {
		return s.courier == key && (s.number == in.Number || slices.Contains(s.codes, in.Code))
	})
	switch {
	case s == nil:
		answer(w, http.StatusNotFound, object{"success": false, "message": "There is no such shipment.", "errors": object{}})
	case m.ledger.Standing(s.ours) == couriertest.Cancelled:
		answer(w, http.StatusOK, object{"success": true, "already": true})
	case m.ledger.Standing(s.ours) == couriertest.Collected:
		answer(w, http.StatusConflict, object{"success": false, "message": "The courier has collected it.", "errors": object{}})
	default:
		m.ledger.Cancel(s.ours)
		answer(w, http.StatusOK, object{"success": true})
	}
}

func (m *mock) list(w http.ResponseWriter, query url.Values) {
	rows := []object{}
	for _, s := range slices.Backward(m.sold) {
		code := query.Get("tracking_code")
		if query.Has("reference") && s.request["reference"] != query.Get("reference") || code != "" && !slices.Contains(s.codes, code) {
			continue
		}
		rows = append(rows, object{
			"id": s.number, "courier": s.courier, "tracking_codes": s.codes, "reference": s.request["reference"],
			"cancelled": m.ledger.Standing(s.ours) == couriertest.Cancelled, "request_shipment": s.request,
		})
	}
	const most = 2 // less than is asked for
	page, _ := strconv.Atoi(query.Get("page"))
	from := min((page-1)*most, len(rows))
	rows = rows[from:min(from+most, len(rows))]
	answer(w, http.StatusOK, object{"shipments": rows, "page": page, "count": len(rows), "max_count": most})
}

func (m *mock) identifiers(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Code string `json:"tracking_code"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		panic(err)
	}
	out := []object{}
	if s := m.by(func(s *sold) bool { return slices.Contains(s.codes, in.Code) }); s != nil {
		out = append(out, object{"tracking_request_id": s.number, "tracking_request_hash": s.number + 1<<40, "postcode": "LS1 1AA", "reference": s.request["reference"]})
	}
	answer(w, http.StatusOK, out)
}

func (m *mock) history(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ID   int64 `json:"tracking_request_id"`
		Hash int64 `json:"tracking_request_hash"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		panic(err)
	}
	s := m.by(func(s *sold) bool { return s.number == in.ID && in.Hash == in.ID+1<<40 })
	if s == nil {
		answer(w, http.StatusNotFound, object{"success": false, "message": "There is no such shipment.", "errors": object{}})
		return
	}
	var parcels []object
	for _, code := range s.codes {
		events := []object{{"update_id": "1", "update_date": "2026-11-23 09:00:00", "status_code": 1, "status": "Booked", "status_description": "Label made"}}
		if m.ledger.Standing(s.ours) == couriertest.Collected {
			events = append(events, object{"update_id": "2", "update_date": "2026-12-24T17:30:00Z", "status_code": 2, "status": "Collected", "status_description": "Picked up"})
		}
		parcels = append(parcels, object{"tracking_code": code, "tracking_events": events})
	}
	out := object{"tracking_code": s.codes[0], "status": "Booked", "shipment_response": s.answer(), "data": object{"shipment_id": s.number, "parcels": parcels}}
	if m.plain {
		out["events"] = []object{
			{"date": "2026-11-24", "time": "08:15:00", "location": "Leeds", "description": "With the driver", "status": "out for delivery"},
			{"date": "2026-11-23", "time": "09:00:00", "location": "", "description": "", "status": "Weighed"}, {"date": "yesterday", "status": "Lost"},
		}
		delete(out, "data")
	}
	if m.silent {
		delete(out, "shipment_response")
	}
	answer(w, http.StatusOK, out)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}
