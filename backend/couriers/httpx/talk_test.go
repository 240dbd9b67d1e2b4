package httpx

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

func TestOnceIsSentOnceWhateverHappens(t *testing.T) {
	for name, serve := range map[string]http.HandlerFunc{
		"500":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"429":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) },
		"dropped": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"redirected": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again", http.StatusTemporaryRedirect)
		},
		"redirected 303": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusSeeOther) },
		"half": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("half"))
			panic(http.ErrAbortHandler)
		},
	} {
		var met atomic.Int64
		b := newBench(t, Config{}, func(w http.ResponseWriter, r *http.Request) { met.Add(1); serve(w, r) })
		// A header that makes net/http think a request may be sent again by itself.
		_, err := b.once(t.Context(), Call{Method: "POST", URL: theHost + "/buy", JSON: 1, Header: http.Header{"Idempotency-Key": {"k"}}})
		if met.Load() != 1 {
			t.Errorf("%s: it reached the courier %d times", name, met.Load())
		}
		if strings.HasPrefix(name, "dropped") || name == "half" {
			if !errs.Is(err, errs.Unclear) {
				t.Errorf("%s: %v, want Unclear", name, err)
			}
		}
	}
}

// TestOnceHasItsOwnConnection kills every connection after its first answer, which a request on a kept connection runs into.
func TestOnceHasItsOwnConnection(t *testing.T) {
	seen := map[string]bool{}
	b := newBench(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		if seen[r.RemoteAddr] {
			panic(http.ErrAbortHandler)
		}
		seen[r.RemoteAddr] = true
	})
	for range 20 {
		if _, err := b.once(t.Context(), Call{Method: "POST", URL: theHost}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUnsentIsProven(t *testing.T) {
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler()) // whose certificate nobody has signed
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	for name, b := range map[string]*bench{
		"refused":      benchAt(Config{}, "http://"+refused.Addr().String()),
		"certificate":  benchAt(Config{}, secure.URL),
		"not loopback": benchAt(Config{}, "http://192.0.2.1"),
		"other host":   benchAt(Config{Hosts: []string{"other.example"}}, "http://127.0.0.1:1"),
	} {
		_, err := b.once(t.Context(), Call{Method: "POST", URL: theHost + "/buy", JSON: 1})
		if !errs.Is(err, errs.Unavailable) {
			t.Errorf("%s: %v, want Unavailable", name, err)
		}
	}
}

func TestOnlyTheCouriersHostsAreAsked(t *testing.T) {
	l := benchAt(Config{Hosts: []string{"api.depot.example", ".labels.example"}}, "")
	for address, may := range map[string]bool{
		"https://api.depot.example/v1": true, "https://API.depot.example/v1": true, "https://api.depot.example:443/": true,
		"https://eu.labels.example/x": true, "https://labels.example/x": false, "https://evillabels.example/": false,
		"http://api.depot.example/": false, "https://api.depot.example:8443/": false, "https://u:p@api.depot.example/": false,
		"https://api.depot.example.evil.example/": false, "https://127.0.0.1/": false, "https://[::1]/": false, "file:///etc/passwd": false,
		"": false, "https://": false, "https://api.depot.example@evil.example/": false, "\x00": false,
	} {
		if _, _, err := l.target(address); (err == nil) != may {
			t.Errorf("%q: %v", address, err)
		}
	}
	for address, may := range map[string]bool{
		"93.184.216.34:443": true, "10.0.0.1:443": false, "127.0.0.1:443": false, "169.254.169.254:443": false, "[::1]:443": false,
		"[::ffff:10.1.2.3]:443": false, "0.0.0.0:443": false, "192.168.1.1:443": false, "[fe80::1]:443": false, "[fd00::1]:443": false,
	} {
		if err := guard(false)("tcp", address, nil); (err == nil) != may {
			t.Errorf("dialling %s: %v", address, err)
		}
	}
}

func TestAskFollowsOnTheSameHostAlone(t *testing.T) {
	b := newBench(t, Config{Hosts: []string{"api.depot.example", "elsewhere.example"}}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Host != "api.depot.example":
			t.Errorf("it went to %s with %q", r.Host, r.Header.Get("Authorization"))
		case r.URL.Path == "/here":
			http.Redirect(w, r, "/there", http.StatusFound)
		case r.URL.Path == "/away":
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		case r.URL.Path == "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		default:
			io.WriteString(w, "arrived")
		}
	})
	for path, want := range map[string]int{"/here": 200, "/away": 302, "/round": 302} {
		a, err := b.ask(t.Context(), Call{URL: theHost + path, Header: http.Header{"Authorization": {"x"}}})
		if err != nil || a.Status != want {
			t.Errorf("%s: %v %v", path, a, err)
		}
	}
}

func TestAskTriesAgainAndGivesUp(t *testing.T) {
	var met int
	b := newBench(t, Config{}, func(w http.ResponseWriter, _ *http.Request) {
		if met++; met < 3 {
			w.WriteHeader(503)
		}
	})
	if a, err := b.ask(t.Context(), Call{URL: theHost}); err != nil || !a.OK() || met != 3 {
		t.Errorf("%v %v after %d", a, err, met)
	}
	met = -100
	if a, err := b.ask(t.Context(), Call{URL: theHost}); err != nil || a.Status != 503 || met != -97 {
		t.Errorf("%v %v, %d tries", a, err, met+100)
	}
}

func TestRetryAfterIsWaitedFor(t *testing.T) {
	pause, met := "4", 0
	b := newBench(t, Config{}, func(w http.ResponseWriter, _ *http.Request) {
		if met++; met == 1 {
			w.Header().Set("Retry-After", pause)
			w.WriteHeader(429)
		}
	})
	if a, err := b.ask(t.Context(), Call{URL: theHost}); err != nil || !a.OK() || b.clock.Now().Sub(start) < 4*time.Second {
		t.Errorf("%v %v after %v", a, err, b.clock.Now().Sub(start))
	}
	met, pause = 0, b.clock.Now().Add(time.Hour).Format(http.TimeFormat)
	a, err := b.once(t.Context(), Call{Method: "POST", URL: theHost})
	if err != nil || a.Status != 429 {
		t.Fatal(a, err)
	}
	_, err = b.once(t.Context(), Call{Method: "POST", URL: theHost})
	if e := errs.As(err); e == nil || e.Code != errs.Unavailable || e.RetryAfter < 59*time.Minute || met != 1 {
		t.Errorf("%v, met %d times", err, met)
	}
	other := b.access
	other.AuthID = "auth-2"
	if err := b.Do(other, func(t2 *Talk) error { _, err := t2.Once(t.Context(), Call{URL: theHost}); return err }); err != nil {
		t.Errorf("another auth waits too: %v", err)
	}
}

func TestLimitsAreKept(t *testing.T) {
	b := newBench(t, Config{Limits: []Limit{{Calls: 5, Per: time.Second}, {Calls: 2, Per: time.Hour, Buys: true}}}, func(http.ResponseWriter, *http.Request) {})
	for range 20 {
		if _, err := b.ask(t.Context(), Call{URL: theHost}); err != nil {
			t.Fatal(err)
		}
	}
	if took := b.clock.Now().Sub(start); took < 2900*time.Millisecond || took > 3100*time.Millisecond {
		t.Errorf("20 calls at 5 a second, 5 of them at once, took %v", took)
	}
	for n := range 3 {
		_, err := b.once(t.Context(), Call{Method: "POST", URL: theHost})
		if (n < 2) != (err == nil) || err != nil && (!errs.Is(err, errs.Unavailable) || errs.As(err).RetryAfter < 20*time.Minute) {
			t.Errorf("purchase %d of 2 an hour: %v", n+1, err)
		}
	}
}

func TestAnswersAreCapped(t *testing.T) {
	b := newBench(t, Config{MaxAnswer: 1000}, func(w http.ResponseWriter, _ *http.Request) { w.Write(bytes.Repeat([]byte("x"), 2000)) })
	if _, err := b.once(t.Context(), Call{Method: "POST", URL: theHost}); !errs.Is(err, errs.Unclear) {
		t.Errorf("a purchase: %v", err)
	}
	if _, err := b.ask(t.Context(), Call{URL: theHost}); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a look-up: %v", err)
	}
}

func TestTheRuleOfErrorsHoldsWhateverAnAdapterDoes(t *testing.T) {
	b := newBench(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		var status int
		fmt.Sscan(r.URL.Path[1:], &status)
		w.WriteHeader(status)
	})
	send := func(talk *Talk, status int) *Answer {
		a, err := talk.Once(t.Context(), Call{Method: "POST", URL: fmt.Sprintf("%s/%d", theHost, status)})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	unavailable := errs.New(errs.Unavailable, "The label's host is out of reach.")
	for name, c := range map[string]struct {
		want errs.Code
		do   func(*Talk) error
	}{
		"bought, then out of reach": {errs.Unclear, func(talk *Talk) error { send(talk, 200); return unavailable }},
		"bought, then invalid":      {errs.Unclear, func(talk *Talk) error { send(talk, 200); return errs.OnField("a", "b") }},
		"bought, then a mistake":    {errs.Unclear, func(talk *Talk) error { send(talk, 200); return io.ErrUnexpectedEOF }},
		"bought, then a panic":      {errs.Unclear, func(talk *Talk) error { send(talk, 200); panic(theSecret) }},
		"bought, second refused":    {errs.Unclear, func(talk *Talk) error { send(talk, 200); return send(talk, 400).Refused("no") }},
		"bought and taken back":     {errs.Rejected, func(talk *Talk) error { a := send(talk, 200); send(talk, 200).Settle(); return a.Rejected("no label") }},
		"a mistake before anything": {errs.Unavailable, func(*Talk) error { return io.ErrUnexpectedEOF }},
		"a panic before anything":   {errs.Unavailable, func(*Talk) error { panic("index out of range") }},
		"said no inside a success":  {errs.Rejected, func(talk *Talk) error { return send(talk, 200).Rejected("no") }},
		"said no twice over":        {errs.Rejected, func(talk *Talk) error { a := send(talk, 400); a.Refused("no"); return a.Refused("no") }},
		"unreadable":                {errs.Unclear, func(talk *Talk) error { return send(talk, 200).JSON(new(int)) }},
		"status 400":                {errs.Rejected, func(talk *Talk) error { return send(talk, 400).Refused("") }},
		"status 401":                {errs.Rejected, func(talk *Talk) error { return send(talk, 401).Refused("") }},
		"status 408":                {errs.Unclear, func(talk *Talk) error { return send(talk, 408).Refused("") }},
		"status 409":                {errs.Unclear, func(talk *Talk) error { return send(talk, 409).Refused("") }},
		"status 422":                {errs.Rejected, func(talk *Talk) error { return send(talk, 422).Refused("") }},
		"status 429":                {errs.Unavailable, func(talk *Talk) error { return send(talk, 429).Refused("") }},
		"status 502":                {errs.Unclear, func(talk *Talk) error { return send(talk, 502).Refused("") }},
	} {
		booked, err := b.Line.Book(b.access, func(talk *Talk) (courier.Booked, error) { return courier.Booked{CourierRef: "x"}, c.do(talk) })
		if !errs.Is(err, c.want) || booked.CourierRef != "" {
			t.Errorf("%s: %v (%s), want %s", name, err, errs.CodeOf(err), c.want)
		}
		if strings.Contains(fmt.Sprintf("%v %+v", err, errs.As(err).Err), theSecret) {
			t.Errorf("%s: %v tells the secret", name, err)
		}
	}
}
