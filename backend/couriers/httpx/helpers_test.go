package httpx

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/core/courier"
)

const (
	theHost   = "https://api.depot.example"
	theSecret = `canary-"key"+with/every%sign`
)

var start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// bench is a line with a server that stands in for its courier. Waits move the clock and are noted.
type bench struct {
	*Line
	clock  *clock.Manual
	waited []time.Duration
	access courier.Access
}

func newBench(t *testing.T, c Config, serve http.HandlerFunc) *bench {
	t.Helper()
	server := httptest.NewUnstartedServer(serve)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return benchAt(c, server.URL)
}

func benchAt(c Config, stand string) *bench {
	b := &bench{clock: clock.NewManual(start)}
	c.Courier = &courier.Descriptor{Key: "Depot", Name: "Depot", Fields: []courier.Field{{Key: "key", Kind: courier.Secret}, {Key: "user", Kind: courier.Text}}}
	if c.Hosts == nil {
		c.Hosts = []string{"api.depot.example"}
	}
	b.access = courier.Access{AuthID: "auth-1", Credentials: courier.NewCredentials(map[string]string{"key": theSecret, "user": "till"})}
	b.Line = NewLine(c, Env{Clock: b.clock, Stand: stand, Wait: func(ctx context.Context, d time.Duration) error {
		b.waited = append(b.waited, d)
		b.clock.Advance(d)
		return ctx.Err()
	}})
	return b
}

// ask runs one look-up, once one purchase.
func (b *bench) ask(ctx context.Context, c Call) (a *Answer, err error) {
	err = b.Do(b.access, func(t *Talk) (err error) { a, err = t.Ask(ctx, c); return err })
	return a, err
}

func (b *bench) once(ctx context.Context, c Call) (a *Answer, err error) {
	err = b.Do(b.access, func(t *Talk) (err error) { a, err = t.Once(ctx, c); return err })
	return a, err
}
