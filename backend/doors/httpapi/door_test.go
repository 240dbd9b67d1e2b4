package httpapi_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"packbench/backend/doors/httpapi"
)

func TestEveryRouteAsksForAToken(t *testing.T) {
	r := serve(t)
	wild := regexp.MustCompile(`\{[a-z]+\}`)
	endpoints := httpapi.Endpoints(httpapi.New(r.config))
	if len(endpoints) < 60 {
		t.Fatalf("%d routes: the list is not the router's", len(endpoints))
	}
	for _, e := range endpoints {
		path := wild.ReplaceAllString(e.Path, "1")
		for _, p := range []string{path, path + "/"} {
			res, body := r.do(t, e.Method, p, "", "api-user", "", "api-token", "")
			want, sentence := http.StatusUnauthorized, `["The api-user header is not set."]`
			if e.Open {
				want, sentence = http.StatusNotFound, "This link was not made here"
			}
			if res.StatusCode != want || !strings.Contains(body, sentence) {
				t.Errorf("%s %s: %d %s", e.Method, p, res.StatusCode, body)
			}
		}
	}
	for _, path := range []string{"/", "/api", "/api/nothing", "/api/../api/shipments.json", "/api//shipments.json", "/openapi.yaml"} {
		if res, body := r.do(t, "GET", path, "", "api-user", "", "api-token", ""); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}

func TestHealthSaysNothingButOK(t *testing.T) {
	r := serve(t)
	res, body := r.do(t, "GET", "/healthz", "", "api-user", "", "api-token", "")
	if res.StatusCode != http.StatusOK || body != `{"status":"ok"}`+"\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if n := len(r.logged()); n != 0 {
		t.Errorf("%d log entries", n)
	}
}

func TestUnknownRoutesAndMethods(t *testing.T) {
	r := serve(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/api/nothing", 404, ""},
		{"GET", "/api//shipments.json", 404, ""},
		{"POST", "/api/shipments.json", 405, "GET"},
		{"DELETE", "/api/couriers/v1/Carrier/create-label", 405, "POST"},
		{"PATCH", "/api/webhooks/1", 405, "GET, PUT, DELETE"},
		{"GET", "/api/couriers/v1/list-couriers/", 200, ""},
		{"HEAD", "/api/couriers/v1/list-couriers", 200, ""},
	} {
		res, body := r.do(t, c.method, c.path, "")
		if res.StatusCode != c.status || res.Header.Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, Allow %q, %s", c.method, c.path, res.StatusCode, res.Header.Get("Allow"), body)
		}
		if c.method != "HEAD" && !json.Valid([]byte(body)) {
			t.Errorf("%s %s: not JSON: %s", c.method, c.path, body)
		}
	}
}

func TestEveryAnswerIsNumberedAndLogged(t *testing.T) {
	r := serve(t)
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/couriers/v1/Carrier/courier-specifics", "", 200},
		{"POST", "/api/couriers/v1/Carrier/get-pickup-locations", "{}", 501},
		{"GET", "/api/couriers/v1/Nobody/courier-specifics", "", 404},
		{"GET", "/api/shipments.json?cancelled=maybe&api-token=zzzzzzzz", "", 422},
	} {
		before := len(r.logged())
		res, body := r.do(t, c.method, c.path, c.body, "User-Agent", "shop/1.0 "+token)
		entries := r.logged()
		if res.StatusCode != c.status || len(entries) != before+1 {
			t.Fatalf("%s: %d %s, %d entries", c.path, res.StatusCode, body, len(entries)-before)
		}
		e := entries[before]
		if res.Header.Get("X-Dc-Request-Id") == "" || res.Header.Get("X-Request-Id") == "" || e.Number != int64(before+1) {
			t.Errorf("%s: number %d, headers %v", c.path, e.Number, res.Header)
		}
		if e.AccountID != "acme" || e.TokenName != "shop" || e.Method != c.method || e.Status != c.status ||
			e.Request != c.body || e.Response != body || e.AtMs != start.UnixMilli() || e.From != "shop/1.0 [redacted]" {
			t.Errorf("%+v", e)
		}
		if strings.Contains(e.Path, "zzzzzzzz") {
			t.Errorf("the path keeps a token: %s", e.Path)
		}
	}
}

func TestNotOfferedIsOneSentence(t *testing.T) {
	r := serve(t)
	res, body := r.do(t, "POST", "/api/couriers/v1/bulk/create-label", "{}")
	if want := `{"success":false,"message":"This version of Packbench does not offer bulk/create-label.","errors":{}}` + "\n"; res.StatusCode != 501 || body != want {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestUnknownCourierNamesTheList(t *testing.T) {
	r := serve(t)
	for _, path := range []string{"GET Nobody/presets", "GET Nobody/courier-specifics", "GET carrier/register-auth-rules", "POST Nobody/register-auth", "POST Nobody/create-label", "POST Nobody/get-price", "POST Nobody/get-services", "POST Nobody/track"} {
		method, rest, _ := strings.Cut(path, " ")
		res, body := r.do(t, method, "/api/couriers/v1/"+rest, "{}")
		if res.StatusCode != 404 || !strings.Contains(body, "list-couriers") {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}

func TestWhatACourierIsToldAs(t *testing.T) {
	r := serve(t)
	_, list := r.do(t, "GET", "/api/couriers/v1/list-couriers", "")
	var couriers struct{ Couriers []map[string]any }
	if err := json.Unmarshal([]byte(list), &couriers); err != nil || len(couriers.Couriers) != 1 {
		t.Fatal(err, list)
	}
	for _, field := range []string{"key", "name", "logo", "thumbnail", "status", "supports_returns", "digital_customs", "requires_manifest", "tracking_only", "website", "description"} {
		if _, ok := couriers.Couriers[0][field]; !ok {
			t.Errorf("%s is missing", field)
		}
	}
	_, rules := r.do(t, "GET", "/api/couriers/v1/Carrier/register-auth-rules", "")
	if want := `{"client_id":"required|string|min:4|max:50","depot":"nullable|integer","fast":"nullable|boolean","mode":"nullable|in:a,b","secret":"required|string","site":"nullable|url"}` + "\n"; rules != want {
		t.Error(rules)
	}
	_, specifics := r.do(t, "GET", "/api/couriers/v1/Carrier/courier-specifics", "")
	if want := `{"required":[{"name":"lead_time","type":"integer","description":"Lead time. In days."}],"optional":[{"name":"safe_place","type":"string","description":"Safe place."}]}` + "\n"; specifics != want {
		t.Error(specifics)
	}
}

func TestAPanicStaysInside(t *testing.T) {
	r := newRig(t)
	r.config.Couriers = nil // every route that asks for it panics
	r.restart(t)
	res, body := r.do(t, "GET", "/api/couriers/v1/list-couriers", "")
	if res.StatusCode != 500 || strings.Contains(body, "goroutine") || !strings.Contains(body, "under request 1") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if log := r.log.String(); !strings.Contains(log, "a request panicked") || strings.Contains(log, token) {
		t.Error(log)
	}
	if e := r.logged(); len(e) != 1 || e[0].Status != 500 {
		t.Errorf("%+v", e)
	}
}

func TestBodiesAreBoundedAndJSON(t *testing.T) {
	r := serve(t)
	const track, bulk = "/api/couriers/v1/Carrier/track", "/api/couriers/v1/bulk/create-label"
	fill := func(n int) string { return `{"a":"` + strings.Repeat("x", n-8) + `"}` }
	for _, c := range []struct {
		name, path, body string
		header           []string
		status           int
	}{
		{"at the limit", track, fill(1 << 20), nil, 422},
		{"over the limit", track, fill(1<<20 + 1), nil, 413},
		{"bulk may be longer", bulk, fill(10 << 20), nil, 501},
		{"bulk over its limit", bulk, fill(10<<20 + 1), nil, 413},
		{"a form", track, "tracking_code=1", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"plain text", track, "{}", []string{"Content-Type", "text/plain"}, 415},
		{"nothing said", track, "{}", []string{"Content-Type", ""}, 415},
		{"another charset", track, "{}", []string{"Content-Type", "application/json; charset=utf-16"}, 415},
		{"with charset", track, "{}", []string{"Content-Type", "application/json; charset=UTF-8"}, 422},
		{"a vendor's JSON", track, "{}", []string{"Content-Type", "application/vnd.shop+json"}, 422},
		{"no body", track, "", []string{"Content-Type", ""}, 422},
		{"not JSON", track, "{", nil, 400},
		{"a list", track, "[]", nil, 400},
		{"not UTF-8", track, "{\"tracking_code\":\"\xff\"}", nil, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, body := r.do(t, "POST", c.path, c.body, c.header...)
			if res.StatusCode != c.status || !json.Valid([]byte(body)) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
		})
	}
}

func TestTheLogKeepsNoSecret(t *testing.T) {
	const canary = "cAnArY-51e0"
	r := serve(t)
	for _, body := range []string{
		`{"auth":{"client_secret":"` + canary + `","nested":{"x":"` + canary + `"}},"auth_company":7,"testing":"perhaps"}`,
		`{"auth":"` + canary + `"}`,
		`{"password":"` + canary + `", "auth_company":"a"`,
	} {
		r.do(t, "POST", "/api/couriers/v1/Nobody/register-auth", body, "Authorization", "Bearer "+canary)
		r.do(t, "POST", "/api/couriers/v1/Carrier/track?token="+canary, body)
	}
	if strings.Contains(r.log.String(), canary) {
		t.Error(r.log.String())
	}
	for _, e := range r.logged() {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(line), canary) || strings.Contains(string(line), token) {
			t.Errorf("%s", line)
		}
	}
}

// Callers that nobody knows are logged one by one only up to a bound: a program without a token can't fill the disk. Whoever
// is known always is.
func TestStrangersDontFillTheLog(t *testing.T) {
	r := serve(t)
	for range 100 {
		if res, _ := r.do(t, "GET", "/api/shipments.json", "", "api-token", "", "api-user", ""); res.StatusCode != 401 || res.Header.Get("X-Dc-Request-Id") == "" {
			t.Fatal(res.StatusCode, res.Header)
		}
	}
	if n := len(r.logged()); n != 60 {
		t.Errorf("%d of 100 strangers are in the log", n)
	}
	r.do(t, "GET", "/api/nothing", "")
	if n := len(r.logged()); n != 61 {
		t.Error("a known caller is not in the log")
	}
	r.clock.Advance(time.Minute)
	r.do(t, "GET", "/api/shipments.json", "", "api-token", "")
	if n := len(r.logged()); n != 62 || !strings.Contains(r.log.String(), "count=40") {
		t.Errorf("%d entries; the log does not tell of the 40 that were counted: %s", n, r.log.String())
	}
}
