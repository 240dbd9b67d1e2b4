package requestlog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"packbench/backend/core/requestlog"
)

const canary = "cAnArY-9f2b71c4"

func TestRedact(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"kept as it came", `{ "a" : [1, "x\ny", null] , "courier":"OwnFleet"}`, `{ "a" : [1, "x\ny", null] , "courier":"OwnFleet"}`},
		{"by name", `{"password": "p","b":1}`, `{"password":"[redacted]","b":1}`},
		{"by part of a name, any case", `{"My-API.Token":"p"}`, `{"My-API.Token":"[redacted]"}`},
		{"an escaped name", `{"pass\u0077ord":"p"}`, `{"pass\u0077ord":"[redacted]"}`},
		{"a whole object", `{"auth":{"a":{"b":"}\""},"c":[1,2]},"testing":true}`, `{"auth":"[redacted]","testing":true}`},
		{"a list", `{"credentials":["x",["y"]],"n":1}`, `{"credentials":"[redacted]","n":1}`},
		{"a number, last", `{"pin":1234}`, `{"pin":"[redacted]"}`},
		{"a literal before a comma", `{"secret":null,"n":1}`, `{"secret":"[redacted]","n":1}`},
		{"in a list of objects", `[{"token":"a"},{"token":"b"}]`, `[{"token":"[redacted]"},{"token":"[redacted]"}]`},
		{"not a secret", `{"auth_company":"Main","tracking_codes":["1"]}`, `{"auth_company":"Main","tracking_codes":["1"]}`},
		{"a token in a text", `{"note":"use pkt_live_abcDEF123 now"}`, `{"note":"use pkt_live_[redacted] now"}`},
		{"an escaped token", `{"note":"pkt\u005flive_abcDEF123"}`, `{"note":"[redacted]"}`},
		{"a signed link", `{"uri":"http://h/f?expires=1&signature=a-b_c"}`, `{"uri":"http://h/f?expires=1&signature=[redacted]"}`},
		{"a file", `{"label_base64":"QUJD","n":1}`, `{"label_base64":"[6 bytes]","n":1}`},
		{"not JSON", `password=1`, `[10 bytes that are not JSON]`},
		{"a bare text", `"pka_test_zz"`, `"pka_test_[redacted]"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := requestlog.Redact([]byte(c.in)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRedactTakesOutGivenSecrets(t *testing.T) {
	got := requestlog.Redact([]byte(`{"note":"`+canary+`","other":"\u0063AnArY-9f2b71c4"}`), canary, "")
	if got != `{"note":"[redacted]","other":"[redacted]"}` {
		t.Error(got)
	}
}

func TestRedactURL(t *testing.T) {
	for _, c := range []struct{ path, query, want string }{
		{"/api/x", "", "/api/x"},
		{"/api/x", "reference=A%20B&page=2", "/api/x?reference=A%20B&page=2"},
		{"/api/x", "api-token=zz&b=1", "/api/x?api-token=[redacted]&b=1"},
		{"/api/x", "api%2Dtoken=zz", "/api/x?api%2Dtoken=[redacted]"},
		{"/api/files/k", "expires=9&signature=zz", "/api/files/k?expires=9&signature=[redacted]"},
		{"/api/pkt_live_zz", "q=pkt_live_zz", "/api/pkt_live_[redacted]?q=[redacted]"},
		{"/api/x", "q=%zz", "/api/x?q=[redacted]"},
	} {
		if got := requestlog.RedactURL(c.path, c.query); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestBodiesAreCutBetweenCharacters(t *testing.T) {
	body, err := json.Marshal(map[string]string{"note": strings.Repeat("é", requestlog.BodyLimit)})
	if err != nil {
		t.Fatal(err)
	}
	got := requestlog.Redact(body)
	if len(got) > requestlog.BodyLimit || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") {
		t.Errorf("%d bytes, valid %t", len(got), utf8.ValidString(got))
	}
}

// Whatever a body looks like, a value under a secret name does not survive, and everything else does.
func TestASecretNeverSurvives(t *testing.T) {
	names := []string{"password", "client_secret", "apiToken", "Auth", "key", "x-api-key", "headers", "p\\u0061ssphrase"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		value := rapid.SampledFrom([]string{`"%s"`, `["%s"]`, `{"a":{"b":"x%s"}}`, `[[],{},"\"%s}"]`}).Draw(t, "value")
		around := rapid.SampledFrom([]string{`{"a":1,%s,"b":"keep-me"}`, `[{"c":[{%s}]},"keep-me"]`, `{"x":{"y":{%s}},"b":"keep-me"}`}).Draw(t, "around")
		space := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "space")
		body := fmt.Sprintf(around, `"`+name+`"`+space+":"+space+fmt.Sprintf(value, canary))
		got := requestlog.Redact([]byte(body))
		if strings.Contains(got, canary) || !strings.Contains(got, "keep-me") || !json.Valid([]byte(got)) {
			t.Fatalf("%s\nbecame %s", body, got)
		}
	})
}

// Each text of a body is redacted as it is by itself, whatever stands before and behind it.
func TestTextsAreRedactedOneByOne(t *testing.T) {
	parts := []string{"pkt_live_", "pka_test_", "signature=", canary, "abc", "%", `\u0070kt_live_`, `\"`, "é", " "}
	text := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 6), func(of []string) string { return `"` + strings.Join(of, "") + `"` })
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text, 0, 12).Draw(t, "texts")
		want := make([]string, len(texts))
		for i, quoted := range texts {
			var said string
			if err := json.Unmarshal([]byte(quoted), &said); err != nil {
				t.Fatal(err)
			}
			redacted := requestlog.RedactText(said, canary)
			switch {
			case redacted == said:
				want[i] = quoted
			case strings.Contains(quoted, `\`):
				want[i] = `"[redacted]"`
			default:
				want[i] = `"` + redacted + `"`
			}
		}
		got := requestlog.Redact([]byte("["+strings.Join(texts, ",")+"]"), canary)
		if want := "[" + strings.Join(want, ",") + "]"; got != want {
			t.Fatalf("%s\nbecame %s\nnot    %s", texts, got, want)
		}
	})
}

func FuzzRedact(f *testing.F) {
	f.Add([]byte(`{"auth":{"a":"x"},"b":[1,true,null,"\u0000"],"label_base64":"x"}`))
	f.Add([]byte(`[{"token":{}},"pkt_live_x"]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got := requestlog.Redact(body)
		if json.Valid(body) && len(got) < requestlog.BodyLimit && !json.Valid([]byte(got)) {
			t.Errorf("%q became %q", body, got)
		}
		if len(got) > requestlog.BodyLimit {
			t.Errorf("%d bytes were kept", len(got))
		}
	})
}

// What a purchase writes into the log, as backend/app/bench sends it.
const (
	bought = `{"auth_company":"Main","request_id":"0000000001","shipment":{"label_size":"6x4","label_format":"zpl","dc_service_id":"OF-NEXTDAY","reference":"SO-0000000001",` +
		`"ship_from":{"name":"Bench One","company_name":"Example Goods Ltd","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB","phone":"0113 496 0000"},` +
		`"ship_to":{"name":"Robin Example","company_name":"","address_1":"7 Harbour Street","address_2":"Flat 3","city":"Whitstable","county":null,"postcode":"CT5 1AQ","country_iso":"GB","phone":"01632 960 000","email":"robin@example.com"},` +
		`"parcels":[{"dim_length":"30","dim_width":"20","dim_height":"10","dim_unit":"cm","items":[` +
		`{"description":"Stoneware mug, blue","quantity":2,"value":"12.50","value_currency":"GBP","weight":"0.4","weight_unit":"kg","sku":"MUG-BLUE","hs_code":"691200","origin_country":"GB"},` +
		`{"description":"Tea towel, linen","quantity":1,"value":"8.00","value_currency":"GBP","weight":"0.12","weight_unit":"kg","sku":"TOWEL-01","hs_code":"630260","origin_country":"PT"}]}]}}`
	answered = `{"tracking_codes":["PB0000000017"],"tracking_urls":["http://127.0.0.1:47615/status/1/PB0000000017?signature=Zm9yIGEgYmVuY2htYXJrLCAzMiBieXRlcyBvZiBpdCE"],` +
		`"uri":"http://127.0.0.1:47615/api/files/0195f0a1c2d37e4f8a9b0c1d2e3f4a5b.zpl?expires=1795219200&signature=Zm9yIGEgYmVuY2htYXJrLCAzMiBieXRlcyBvZiBpdCE",` +
		`"key":"0195f0a1c2d37e4f8a9b0c1d2e3f4a5b.zpl","type":"zpl","label_size":"4x6","courier":"OwnFleet","dc_service_id":"OF-NEXTDAY","auth_company":"Main","testing":false,` +
		`"request_id":"0000000001","dc_request_id":1,"create_label_shipment_id":1,"shipment_id":1,"tracking_request_id":1,"tracking_request_hash":1234567890,"duplicate":false}` + "\n"
)

func BenchmarkRedact(b *testing.B) {
	for _, c := range []struct {
		name   string
		redact func([]byte, ...string) string
		body   string
	}{
		{"unchecked", requestlog.Redact, bought}, {"request", requestlog.RedactJSON, bought}, {"answer", requestlog.RedactJSON, answered},
	} {
		b.Run(c.name, func(b *testing.B) {
			body := []byte(c.body)
			b.ReportAllocs()
			for b.Loop() {
				c.redact(body, canary)
			}
		})
	}
}
