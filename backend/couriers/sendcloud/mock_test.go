package sendcloud

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
)

const (
	goodPublic = "a41c07f2-public"
	goodSecret = "canary-sc-77d0e1b3a9-secret"
)

// mock stands in for Sendcloud.
type mock struct {
	ledger *couriertest.Ledger
	sold   []*sold
	native bool // the carrier draws its own ZPL, whatever is asked for
	queued bool // the next cancellation waits for the carrier
	halves bool // the carrier takes the first parcel of the next shipment only
}

type sold struct {
	id       string
	ref      string
	first    int64 // the number of its first parcel
	abroad   bool
	tracking []string
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	if r.Method != http.MethodPost || r.URL.Path != "/api/v3/shipments/announce" {
		return "", false
	}
	var in announcement
	return in.External, json.Unmarshal(body, &in) == nil
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v3")
	public, secret, _ := r.BasicAuth()
	id, cancels := strings.CutSuffix(strings.TrimPrefix(path, "/shipments/"), "/cancel")
	switch {
	case r.Host != host:
		fails(w, http.StatusNotFound, "not_found", "no such host", "")
	case public != goodPublic || secret != goodSecret:
		fails(w, http.StatusUnauthorized, "authentication_failed", "Invalid username/password.", "")
	case path == "/shipping-options":
		m.options(w, r)
	case path == "/shipments/announce":
		m.announce(w, r)
	case path == "/shipments":
		m.list(w, r.URL.Query().Get("external_reference_id"))
	case cancels:
		m.cancel(w, m.named(id))
	case strings.HasPrefix(path, "/shipments/"):
		if s := m.named(id); s != nil {
			answer(w, http.StatusOK, object{"data": m.show(s)})
		} else {
			w.WriteHeader(http.StatusNotFound)
		}
	case path == "/parcel-documents/label":
		m.labels(w, r.URL.Query()["parcels"], "application/pdf")
	case strings.HasSuffix(path, "/documents/customs-declaration"):
		w.Header().Set("Content-Type", mediaTypes[courier.PDF])
		fmt.Fprint(w, "%PDF-1.4\nCN23")
	case strings.HasSuffix(path, "/documents/label"):
		number := strings.TrimSuffix(strings.TrimPrefix(path, "/parcels/"), "/documents/label")
		m.labels(w, []string{number}, r.Header.Get("Accept"))
	default:
		m.track(w, strings.TrimPrefix(path, "/parcels/tracking/"))
	}
}

func (m *mock) announce(w http.ResponseWriter, r *http.Request) {
	var in announcement
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fails(w, http.StatusBadRequest, "invalid", err.Error(), "")
		return
	}
	for _, s := range m.sold {
		if s.ref == in.External {
			answer(w, http.StatusConflict, object{"data": m.show(s)})
			return
		}
	}
	switch m.ledger.Mood() {
	case couriertest.Refusing:
		fails(w, http.StatusBadRequest, "invalid", couriertest.Refusal, "/to_address/postal_code")
		return
	case couriertest.Failing:
		out := m.show(&sold{id: "s-failed", ref: in.External, first: 9, tracking: []string{""}})
		status(out, 0, "ANNOUNCEMENT_FAILED")
		out["errors"] = []any{object{"status": "400", "code": "parcel_announcement_error", "detail": couriertest.Refusal}}
		answer(w, http.StatusCreated, object{"data": out})
		return
	}
	n := m.ledger.Sell(in.External)
	s := &sold{id: fmt.Sprintf("s-%06d", n), ref: in.External, first: n * 100, abroad: in.Customs != nil}
	for i := range in.Parcels {
		s.tracking = append(s.tracking, fmt.Sprintf("3SPB%08d%02d", n, i))
	}
	m.sold = append(m.sold, s)
	out := m.show(s)
	if m.halves {
		m.halves = false
		status(out, len(in.Parcels)-1, "ANNOUNCEMENT_FAILED")
		out["errors"] = []any{object{"status": "400", "code": "parcel_announcement_error", "detail": "The last parcel is too heavy."}}
	}
	answer(w, http.StatusCreated, object{"data": out})
}

// options tells prices: one of two contracts, one that needs a service point and one without a price.
func (m *mock) options(w http.ResponseWriter, r *http.Request) {
	var in question
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || len(in.Parcels) == 0 {
		answer(w, http.StatusBadRequest, object{"errors": []any{object{"status": "400", "code": "invalid", "detail": "At least one parcel must be provided."}}})
		return
	}
	if m.ledger.PriceMood() == couriertest.Refusing {
		answer(w, http.StatusBadRequest, object{"errors": []any{object{"status": "400", "code": "invalid", "detail": couriertest.Refusal}}})
		return
	}
	option := func(code, name string, contract int, point bool, total string) object {
		out := object{
			"code": code, "name": name, "carrier": object{"code": "postnl", "name": "PostNL"}, "contract": object{"id": contract, "client_id": "", "carrier_code": "postnl", "name": "Ours"},
			"requirements": object{"fields": []any{}, "export_documents": false, "is_service_point_required": point}, "charging_type": "label_creation", "quotes": []any{},
		}
		if total != "" {
			eur := func(value string) object { return object{"value": value, "currency": "EUR"} }
			part := func(kind, value string) object { return object{"type": kind, "label": kind, "price": eur(value)} }
			out["quotes"] = []any{object{
				"weight": object{"min": object{"value": "0.001", "unit": "kg"}, "max": object{"value": "23.001", "unit": "kg"}}, "lead_time": 36,
				"price": object{"breakdown": []any{part("price_without_insurance", "5.00"), part("fuel", "0.40"), part("toll", "0.05"), part("seasonal", "0.10")}, "total": eur(total)},
			}}
		}
		return out
	}
	answer(w, http.StatusOK, object{"data": []any{
		option(letter, "Unstamped letter", 0, false, "0.00"), option("postnl:standard", "PostNL Standard", 60, false, "5.55"), option("postnl:standard", "PostNL Standard", 61, false, "5.20"),
		option("postnl:service_point", "PostNL Service Point", 60, true, "4.10"), option("dpd:classic", "DPD Classic", 0, false, "6.80"), option("ups:standard", "UPS Standard", 0, false, ""),
		option("dhl_express:worldwide/incoterm=dap", "DHL Express Worldwide", 0, false, "38.10"),
	}})
}

func status(s object, parcel int, code string) {
	s["parcels"].([]any)[parcel].(object)["status"] = object{"code": code, "message": plain(code)}
}

func (m *mock) show(s *sold) object {
	code := "READY_TO_SEND"
	switch m.ledger.Standing(s.ref) {
	case couriertest.Cancelled:
		code = "CANCELLED"
	case couriertest.Collected:
		code = "EN_ROUTE_TO_SORTING_CENTER"
	}
	place := object{"name": "A", "address_line_1": "B", "city": "C", "postal_code": "D", "country_code": "GB"}
	out := object{"id": s.id, "external_reference_id": s.ref, "to_address": place, "from_address": place, "parcels": []any{}, "errors": []any{},
		"ship_with": object{"type": "shipping_option_code", "properties": object{"shipping_option_code": "postnl:standard", "contract_id": 5}}}
	for i, tracking := range s.tracking {
		documents := []any{}
		for _, kind := range []string{"label", "customs-declaration"} {
			if kind == "label" || s.abroad {
				documents = append(documents, object{"document_type": kind, "size": "a4", "link": fmt.Sprintf("%s/parcels/%d/documents/%s", base, s.first+int64(i), kind)})
			}
		}
		out["parcels"] = append(out["parcels"].([]any), object{
			"id": s.first + int64(i), "documents": documents, "weight": object{"value": "1.250", "unit": "kg"}, "tracking_number": tracking, "tracking_url": "https://tracking.example/" + tracking,
			"announced_at": "2026-11-23T09:00:00.250000Z", "status": object{"code": code, "message": plain(code)},
		})
	}
	return out
}

func (m *mock) named(id string) *sold {
	for _, s := range m.sold {
		if s.id == id {
			return s
		}
	}
	return nil
}

func (m *mock) list(w http.ResponseWriter, reference string) {
	for _, s := range m.sold {
		if s.ref == reference {
			answer(w, http.StatusOK, object{"data": []any{m.show(s)}})
			return
		}
	}
	fails(w, http.StatusNotFound, "not_found", "No shipment matches.", "")
}

func (m *mock) cancel(w http.ResponseWriter, s *sold) {
	switch {
	case s == nil:
		fails(w, http.StatusNotFound, "not_found", "Not found", "")
	case m.ledger.Standing(s.ref) == couriertest.Cancelled:
		fails(w, http.StatusConflict, "invalid", "This shipment is already being cancelled.", "")
	case m.ledger.Standing(s.ref) == couriertest.Collected:
		fails(w, http.StatusConflict, "invalid", "The carrier has this shipment.", "")
	case m.queued:
		m.ledger.Cancel(s.ref)
		answer(w, http.StatusAccepted, object{"data": object{"status": "queued", "message": "Waiting for the carrier"}})
	default:
		m.ledger.Cancel(s.ref)
		answer(w, http.StatusOK, object{"data": object{"status": "cancelled", "message": "Cancelled"}})
	}
}

func (m *mock) labels(w http.ResponseWriter, numbers []string, accept string) {
	for _, number := range numbers {
		n, _ := strconv.ParseInt(number, 10, 64)
		if n/100 < 1 || n/100 > int64(len(m.sold)) {
			answer(w, http.StatusNotFound, object{"errors": object{"status": "404", "code": "not_found", "detail": "No such document"}})
			return
		}
	}
	starts := map[string]string{mediaTypes[courier.PDF]: "%PDF-1.4\n", mediaTypes[courier.ZPL]: "^XA^FD", mediaTypes[courier.PNG]: "\x89PNG\r\n\x1a\n"}
	if m.native {
		accept = mediaTypes[courier.ZPL]
	}
	w.Header().Set("Content-Type", accept)
	fmt.Fprintf(w, "%slabel of %s", starts[accept], strings.Join(numbers, " "))
}

func (m *mock) track(w http.ResponseWriter, code string) {
	for _, s := range m.sold {
		for i, tracking := range s.tracking {
			if tracking != code {
				continue
			}
			events := []any{object{"event_at": "2026-11-23T09:00:00Z", "event_type": "internal", "status_code": "ready-to-send", "status_description": "Ready to send"}}
			if m.ledger.Standing(s.ref) == couriertest.Collected {
				events = append(events, object{"event_at": "2026-12-24T18:30:00+01:00", "event_type": "carrier", "status_code": "picked-up-by-driver", "status_description": "Picked up by driver"})
			}
			place := object{"country_code": "GB", "postal_code": "LS1 1AA"}
			answer(w, http.StatusOK, object{
				"announced_at": "2026-11-23T09:00:00Z", "created_at": "2026-11-23T09:00:00Z", "updated_at": "2026-11-23T09:00:00Z",
				"details": object{}, "events": events, "from_address": place, "to_address": place, "source_id": strconv.FormatInt(s.first+int64(i), 10),
				"tracking_numbers": []any{object{"carrier_code": "postnl", "tracking_number": code}},
			})
			return
		}
	}
	answer(w, http.StatusNotFound, object{"detail": "Parcel does not exist"})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

// fails answers an error as the contract's schemas have it: a bare list.
func fails(w http.ResponseWriter, status int, code, detail, pointer string) {
	one := object{"status": strconv.Itoa(status), "code": code, "detail": detail}
	if pointer != "" {
		one["source"] = object{"pointer": pointer}
	}
	answer(w, status, []any{one})
}
