package httpx

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/backend/base/errs"
)

// desk gives out tokens and takes them.
type desk struct {
	given   atomic.Int64
	revoked atomic.Bool
	life    string
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/token" {
		id, secret, _ := r.BasicAuth()
		if id != "client" || secret != theSecret || r.FormValue("grant_type") != "client_credentials" {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprintf(w, `{"error":"invalid_client","error_description":"unknown client %s"}`, r.Header.Get("Authorization"))
			return
		}
		fmt.Fprintf(w, `{"access_token":"token-number-%d","expires_in":%s}`, d.given.Add(1), d.life)
		return
	}
	if d.revoked.Load() || r.Header.Get("Authorization") != fmt.Sprintf("Bearer token-number-%d", d.given.Load()) {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

func (b *bench) withToken(ctx context.Context, secret string) (a *Answer, err error) {
	err = b.Do(b.access, func(t *Talk) error {
		token, err := t.Bearer(ctx, Grant{URL: theHost + "/token", ID: "client", Secret: secret})
		if err != nil {
			return err
		}
		a, err = t.Ask(ctx, Call{URL: theHost + "/thing", Header: http.Header{"Authorization": {token}}})
		return err
	})
	return a, err
}

func TestOneTokenForEverybodyUntilItIsOld(t *testing.T) {
	for _, life := range []string{`1000`, `"1000"`} { // some couriers send text
		d := &desk{life: life}
		b := newBench(t, Config{}, d.ServeHTTP)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if a, err := b.withToken(t.Context(), theSecret); err != nil || !a.OK() {
					t.Errorf("%v %v", a, err)
				}
			})
		}
		all.Wait()
		if n := d.given.Load(); n != 1 {
			t.Errorf("%d tokens were got", n)
		}
		b.clock.Advance(899 * time.Second)
		b.withToken(t.Context(), theSecret)
		if n := d.given.Load(); n != 1 {
			t.Errorf("a token of 1000 s was got again after 899")
		}
		b.clock.Advance(2 * time.Second)
		if a, err := b.withToken(t.Context(), theSecret); err != nil || !a.OK() || d.given.Load() != 2 {
			t.Errorf("%v %v, %d tokens", a, err, d.given.Load())
		}
	}
}

func TestATokenThatIsNotTakenIsForgotten(t *testing.T) {
	d := &desk{life: "1000"}
	b := newBench(t, Config{}, d.ServeHTTP)
	d.revoked.Store(true)
	if a, err := b.withToken(t.Context(), theSecret); err != nil || a.Status != 401 {
		t.Fatal(a, err)
	}
	d.revoked.Store(false)
	if a, err := b.withToken(t.Context(), theSecret); err != nil || !a.OK() || d.given.Load() != 2 {
		t.Errorf("%v %v, %d tokens", a, err, d.given.Load())
	}
}

func TestWrongCredentialsAreRejectedWithoutTellingThem(t *testing.T) {
	b := newBench(t, Config{}, (&desk{life: "1"}).ServeHTTP)
	_, err := b.withToken(t.Context(), "wrong-but-secret")
	if !errs.Is(err, errs.Rejected) || !strings.Contains(err.Error(), "unknown client") {
		t.Fatalf("%v", err)
	}
	if strings.Contains(err.Error(), basic("client", "wrong-but-secret")[10:]) {
		t.Errorf("%v tells the credentials", err)
	}
}

func TestAPatientCallerMayLeave(t *testing.T) {
	b := newBench(t, Config{}, (&desk{life: "1000"}).ServeHTTP)
	var kept *token
	b.Do(b.access, func(talk *Talk) error {
		_, err := talk.Bearer(t.Context(), Grant{URL: theHost + "/token", ID: "client", Secret: theSecret})
		for _, kept = range b.tokens {
		}
		return err
	})
	kept.turn <- struct{}{} // somebody is getting a new one, for ever
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := b.withToken(ctx, theSecret); !errs.Is(err, errs.Unavailable) {
		t.Errorf("%v", err)
	}
}
