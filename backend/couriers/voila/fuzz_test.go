package voila

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// FuzzAnswers holds what becomes of a purchase to the rule of courier.Adapter, whatever Voila answers: bought only with a
// tracking code, refused only where it said so, and no answer that the adapter falls over.
func FuzzAnswers(f *testing.F) {
	for _, body := range []string{
		`{"tracking_codes":["1"],"uri":"https://app.heyvoila.io/l","key":"k","create_label_shipment_id":"7","duplicate":false,"return":{}}`,
		`{"tracking_codes":["1"],"label_base64":"XlhB","warnings":[{"message":"m"}],"tracking_urls":[null]}`,
		`{"success":false,"message":"No.","errors":{"shipment.ship_to.postcode":["x"],"a":{"b":1},"c":"d"}}`,
		`{"success":"no","errors":[[]],"state":7}`, `["x"]`, `[`, `null`, `{"tracking_codes":"1"}`, ``, `{"tracking_codes":[""],"success":true}`,
	} {
		for _, status := range []int{200, 401, 422, 409, 502} {
			f.Add(status, body)
		}
	}
	var status int
	var body string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/create-label") {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}))
	f.Cleanup(server.Close)
	adapter := New(httpx.Env{Clock: clock.NewManual(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)), Stand: server.URL})
	f.Fuzz(func(t *testing.T, s int, answer string) {
		if s < 200 || s > 599 || s == 429 || s == 503 || s == 204 || s == 304 { // which have no body, or make the next call wait
			return
		}
		status, body = s, answer
		b, err := adapter.Book(t.Context(), access, consignment())
		switch errs.CodeOf(err) {
		case "":
			if s >= 300 || len(b.TrackingCodes) == 0 || b.TrackingCodes[0] == "" || b.CourierRef == "" {
				t.Errorf("%d %q was taken for a purchase: %+v", s, answer, b)
			}
		case errs.Rejected:
			if said := strings.Contains(answer, "success") || s >= 400 && s < 500; !said {
				t.Errorf("%d %q was taken for a refusal: %v", s, answer, err)
			}
		case errs.Unclear:
			if strings.Contains(err.Error(), "mistake") || strings.Contains(errs.As(err).Err.Error(), "panic") {
				t.Errorf("%d %q: %v", s, answer, errs.As(err).Err)
			}
		default:
			t.Errorf("%d %q: %v", s, answer, err)
		}
	})
}
