package httpx

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"packbench/backend/core/courier"

	"pgregory.net/rapid"
)

func TestTheWireLogTellsWhatWasSaidWithoutSecrets(t *testing.T) {
	b := newBench(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"echo": r.Header.Get("X-Key"), "number": json.Number("12.340"), "label": strings.Repeat("A", 5000), "access_token": "abc"})
	})
	booked, err := b.Line.Book(b.access, func(talk *Talk) (courier.Booked, error) {
		_, err := talk.Once(t.Context(), Call{
			Method: "POST", URL: theHost + "/buy?key=" + url.QueryEscape(theSecret), Header: http.Header{"X-Key": {theSecret}},
			JSON: map[string]any{"reference": "SO-1", "account": theSecret},
		})
		return courier.Booked{CourierRef: "1"}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	var log []map[string]any
	if err := json.Unmarshal(booked.Raw, &log); err != nil || len(log) != 1 {
		t.Fatalf("%s %v", booked.Raw, err)
	}
	text := string(booked.Raw)
	for _, want := range []string{`"POST https://api.depot.example/buy?key=[hidden]"`, `"SO-1"`, `12.340`, `[5000 characters]`, `"account":"[hidden]"`, `"access_token":"[hidden]"`, `"status":200`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	for _, form := range forms(theSecret) {
		if strings.Contains(text, form) {
			t.Errorf("%q stands in %s", form, text)
		}
	}
}

// TestNoSecretLeavesWhateverIsEchoed lets a courier say a secret anywhere, in any form.
func TestNoSecretLeavesWhateverIsEchoed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		secret := rapid.StringMatching(`[ -~]{8,40}`).Draw(rt, "secret")
		talk := &Talk{line: benchAt(Config{}, "").Line}
		talk.Hide(secret)
		form := rapid.SampledFrom(append(forms(secret), base64.StdEncoding.EncodeToString([]byte(secret)))).Draw(rt, "form")
		around := rapid.StringN(0, 20, -1).Draw(rt, "around")
		said := around + form + around
		body, err := json.Marshal(map[string]any{"list": []any{said, map[string]any{said: 1}}, "message": said})
		if err != nil {
			rt.Fatal(err)
		}
		kind := rapid.SampledFrom([]string{"application/json", "text/html", "application/x-www-form-urlencoded", ""}).Draw(rt, "type")
		content := body
		if kind != "application/json" {
			content = []byte(said)
		}
		out := talk.logged(kind, content)
		if len(out) > 0 && !json.Valid(out) {
			rt.Fatalf("%s is no JSON", out)
		}
		var shown any
		json.Unmarshal(out, &shown)
		if strings.Contains(fmt.Sprint(shown), secret) || strings.Contains(talk.hide(said), secret) {
			rt.Fatalf("%q stands in %s", secret, out)
		}
	})
}

func TestTheWireLogIsBounded(t *testing.T) {
	b := newBench(t, Config{}, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `["`+strings.Repeat(`x","`, 10_000)+`"]`)
	})
	booked, err := b.Line.Book(b.access, func(talk *Talk) (courier.Booked, error) {
		for range entriesKept + 3 {
			if _, err := talk.Ask(t.Context(), Call{URL: theHost}); err != nil {
				return courier.Booked{}, err
			}
		}
		return courier.Booked{}, nil
	})
	if err != nil || !json.Valid(booked.Raw) || len(booked.Raw) > 2*entriesKept*bodyKept {
		t.Errorf("%v, %d bytes", err, len(booked.Raw))
	}
}
