package httpapi

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func bodyOf(t *testing.T, body string) *input {
	t.Helper()
	in, err := (&call{body: []byte(body)}).object()
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestInputReadsLeniently(t *testing.T) {
	in := bodyOf(t, `{"a":" x ","n":12,"s":"12","z":null,"e":"","t":true,"u":"1","v":"False","w":0,"other":{"deep":1}}`)
	if in.text("a") != "x" || in.text("n") != "12" || in.text("z") != "" || in.text("e") != "" || in.text("missing") != "" {
		t.Error("texts")
	}
	if in.integer("n") != 12 || in.integer("s") != 12 || in.integer("z") != 0 || in.integer("missing") != 0 {
		t.Error("integers")
	}
	for name, want := range map[string]bool{"t": true, "u": true, "v": false, "w": false} {
		if got := in.flag(name); got == nil || *got != want {
			t.Errorf("flag %s", name)
		}
	}
	if in.flag("missing") != nil || in.flag("z") != nil {
		t.Error("absent flags")
	}
	if err := in.err(); err != nil {
		t.Error(err)
	}
}

func TestInputTellsEverythingThatIsWrong(t *testing.T) {
	in := bodyOf(t, `{"a":{},"n":"1.5","m":-1,"f":"perhaps","o":7,"d":"31/03/2026"}`)
	in.text("a")
	in.integer("n")
	in.integer("m")
	in.flag("f")
	in.texts("o")
	in.day("d", time.UTC, 0)
	err := in.err()
	if err == nil {
		t.Fatal("nothing was wrong")
	}
	for _, path := range []string{"a: ", "n: ", "m: ", "f: ", "o: ", "d: "} {
		if !strings.Contains(err.Error(), path) {
			t.Errorf("%s is not told: %v", path, err)
		}
	}
}

func TestTexts(t *testing.T) {
	in := bodyOf(t, `{"auth":{"a":"x","n":7,"b":true,"z":null,"e":""},"php":[]}`)
	got := in.texts("auth")
	if diff := cmp.Diff(map[string]string{"a": "x", "n": "7", "b": "true", "z": "", "e": ""}, got); diff != "" {
		t.Error(diff)
	}
	if len(in.texts("php")) != 0 || len(in.texts("missing")) != 0 || in.err() != nil {
		t.Error(in.err())
	}
	in = bodyOf(t, `{"auth":{"a":{"b":1}}}`)
	in.texts("auth")
	if err := in.err(); err == nil || !strings.Contains(err.Error(), "auth.a") {
		t.Error(err)
	}
}

func TestWithin(t *testing.T) {
	for query, want := range map[string]int{"": 50, "per_page=1": 1, "per_page=100": 100, "per_page=0": -1, "per_page=101": -1, "per_page=x": -1, "per_page=": 50} {
		u, _ := url.Parse("http://h/?" + query)
		in := (&call{Request: &http.Request{URL: u}}).parameters()
		got := in.within("per_page", 1, 100, 50)
		if want < 0 {
			if in.err() == nil {
				t.Errorf("%q is taken as %d", query, got)
			}
		} else if got != want || in.err() != nil {
			t.Errorf("%q: %d %v", query, got, in.err())
		}
	}
}

// Days are the site's, also where a day has 23 or 25 hours, and both ends of a range count.
func TestDay(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		later int
		want  string
	}{
		{"2026-03-29", 0, "2026-03-29T00:00:00Z"},
		{"2026-03-29", 1, "2026-03-29T23:00:00Z"}, // the clocks went forward
		{"2026-10-25", 0, "2026-10-24T23:00:00Z"},
		{"2026-10-25", 1, "2026-10-26T00:00:00Z"}, // and back
		{"2026-07-01 23:59:59", 0, "2026-06-30T23:00:00Z"},
		{"2026-07-01T23:30:00Z", 0, "2026-07-01T23:00:00Z"}, // half past midnight in London
	} {
		in := &input{query: url.Values{"d": {c.text}}}
		got := time.UnixMilli(in.day("d", london, c.later)).UTC().Format(time.RFC3339)
		if got != c.want || in.err() != nil {
			t.Errorf("%s + %d: %s, want %s %v", c.text, c.later, got, c.want, in.err())
		}
	}
}
