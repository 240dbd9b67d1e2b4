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

func BenchmarkRedact(b *testing.B) {
	body := []byte(`{"auth_company":"Main","request_id":7,"shipment":{"reference":"SO-1","ship_to":{"name":"A B","address_1":"1 Road"},"parcels":[` +
		strings.Repeat(`{"weight":"1.2","items":[{"description":"Thing","quantity":2,"value":"1.50"}]},`, 12) + `{}]}}`)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		requestlog.Redact(body, canary)
	}
}
