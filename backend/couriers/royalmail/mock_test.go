package royalmail

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"packbench/backend/couriers/couriertest"
)

const goodKey = "canary-rm-5f1c7a90be-key"

// mock stands in for Click & Drop.
type mock struct {
	ledger    *couriertest.Ledger
	orders    []sold
	noLabel   bool // the next order gets no label
	manifests int
}

type sold struct {
	id       int64
	ref      string
	tracking []string
}

type object map[string]any

func (m *mock) Buys(r *http.Request, body []byte) (string, bool) {
	if r.Method != http.MethodPost || r.URL.Path != "/api/v1/orders" {
		return "", false
	}
	var in orders
	if json.Unmarshal(body, &in) != nil || len(in.Items) != 1 {
		return "", false
	}
	return in.Items[0].Reference, true
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	switch {
	case r.Host != host:
		answer(w, http.StatusNotFound, object{"message": "no such host"})
	case r.Header.Get("Authorization") != "Bearer "+goodKey:
		w.WriteHeader(http.StatusUnauthorized)
	case r.Method == http.MethodPost && path == "/orders":
		m.create(w, r)
	case r.Method == http.MethodGet && path == "/orders":
		m.list(w, r)
	case r.Method == http.MethodPost && path == "/manifests":
		m.manifests++
		answer(w, http.StatusAccepted, object{"manifestNumber": 1000 + m.manifests})
	case r.Method == http.MethodGet && strings.HasPrefix(path, "/manifests/"):
		number, _ := strconv.Atoi(strings.TrimPrefix(path, "/manifests/"))
		answer(w, http.StatusOK, object{"manifestNumber": number, "status": "Completed", "documentPdf": pdf("manifest")})
	case strings.HasSuffix(path, "/label"):
		m.label(w, strings.TrimSuffix(strings.TrimPrefix(path, "/orders/"), "/label"))
	case r.Method == http.MethodDelete:
		m.remove(w, strings.TrimPrefix(path, "/orders/"))
	default:
		m.get(w, strings.TrimPrefix(path, "/orders/"))
	}
}

func (m *mock) create(w http.ResponseWriter, r *http.Request) {
	var in orders
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		answer(w, http.StatusBadRequest, object{"code": "E", "message": err.Error()})
		return
	}
	o := in.Items[0]
	switch m.ledger.Mood() {
	case couriertest.Refusing:
		answer(w, http.StatusBadRequest, object{"code": "InvalidRequest", "message": couriertest.Refusal})
		return
	case couriertest.Failing:
		answer(w, http.StatusOK, object{
			"successCount": 0, "errorsCount": 1, "createdOrders": []any{},
			"failedOrders": []any{object{"order": o, "errors": []any{object{
				"errorCode": 1, "errorMessage": couriertest.Refusal, "fields": []any{object{"fieldName": "Recipient.Address.Postcode", "value": "x"}},
			}}}},
		})
		return
	}
	n := m.ledger.Sell(o.Reference)
	s := sold{id: 40_000 + n, ref: o.Reference}
	for i := range o.Packages {
		s.tracking = append(s.tracking, fmt.Sprintf("RM%08d%dGB", n, i))
	}
	m.orders = append(m.orders, s)
	made := m.show(s)
	if m.noLabel {
		made["labelErrors"] = []any{object{"code": "E1", "message": "The account has no such service."}}
	} else {
		made["label"] = pdf(o.Reference)
	}
	answer(w, http.StatusOK, object{"successCount": 1, "errorsCount": 0, "createdOrders": []any{made}, "failedOrders": []any{}})
}

func (m *mock) show(s sold) object {
	var packages []any
	for i, code := range s.tracking {
		packages = append(packages, object{"packageNumber": i + 1, "trackingNumber": code})
	}
	return object{
		"orderIdentifier": s.id, "orderReference": s.ref, "createdOn": "2026-11-23T09:00:00Z", "trackingNumber": s.tracking[0], "packages": packages,
	}
}

// find gives an order by its number, or by its reference in quotes.
func (m *mock) find(name string) (sold, bool) {
	for _, s := range m.orders {
		if name == strconv.FormatInt(s.id, 10) || name == `"`+s.ref+`"` {
			return s, m.ledger.Standing(s.ref) != couriertest.Cancelled
		}
	}
	return sold{}, false
}

func (m *mock) get(w http.ResponseWriter, name string) {
	s, there := m.find(name)
	if !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	answer(w, http.StatusOK, []any{m.show(s)})
}

// list gives two orders a page, so that there are pages.
func (m *mock) list(w http.ResponseWriter, r *http.Request) {
	const page = 2
	from, _ := strconv.Atoi(r.URL.Query().Get("continuationToken"))
	size, _ := strconv.Atoi(r.URL.Query().Get("pageSize"))
	if size > page && len(m.orders) > 40 {
		from = max(from, len(m.orders)-5) // as if the others were older than asked for
	}
	out := object{"orders": []any{}}
	for _, s := range m.orders[min(from, len(m.orders)):min(from+page, len(m.orders))] {
		out["orders"] = append(out["orders"].([]any), m.show(s))
	}
	if from+page < len(m.orders) {
		out["continuationToken"] = strconv.Itoa(from + page)
	}
	answer(w, http.StatusOK, out)
}

func (m *mock) label(w http.ResponseWriter, name string) {
	s, there := m.find(name)
	if !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	fmt.Fprintf(w, "%%PDF-1.4\nlabel of %s", s.ref)
}

func (m *mock) remove(w http.ResponseWriter, name string) {
	s, there := m.find(name)
	switch {
	case !there:
		w.WriteHeader(http.StatusNotFound)
	case m.ledger.Standing(s.ref) == couriertest.Collected:
		answer(w, http.StatusOK, object{"deletedOrders": []any{}, "errors": []any{
			object{"orderIdentifier": s.id, "code": "Forbidden", "message": "The order has been manifested"},
		}})
	default:
		m.ledger.Cancel(s.ref)
		answer(w, http.StatusOK, object{"deletedOrders": []any{object{"orderIdentifier": s.id, "orderReference": s.ref}}, "errors": []any{}})
	}
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		panic(err)
	}
}

func pdf(text string) string {
	return base64.StdEncoding.EncodeToString([]byte("%PDF-1.4\n" + text))
}
