package httpapi_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/requestlog"
	"packbench/backend/doors/httpapi"
)

// One account with one token, which every test may use.
const (
	user  = "Acme Ltd"
	token = "brought-along-0123456789abcdef"
)

// memory is just enough of a store to authenticate, number and log. What a test needs beyond that runs on the real store,
// in backend/app.
type memory struct {
	accounts
	numbers
	requests

	mu       sync.Mutex
	disabled bool
	taken    int64
	entries  []requestlog.Entry
}

type (
	accounts interface{ account.Repo }
	numbers  interface{ numbering.Repo }
	requests interface{ requestlog.Repo }
)

func (m *memory) Bearer(lookup []byte) (account.Bearer, error) {
	if !hmac.Equal(lookup, digest(token)) {
		return account.Bearer{}, errs.New(errs.NotFound, "no")
	}
	return account.Bearer{
		Account: account.Account{ID: "acme", Name: user, Disabled: m.disabled, APIUserID: 7},
		Token: &account.Token{
			ID: "t1", AccountID: "acme", Name: "shop", Scopes: actor.AllScopes(), Lookup: lookup, LastUsedMs: start.UnixMilli(),
		},
	}, nil
}

func (m *memory) Reserve(_ numbering.Series, n int64) (first, got int64, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first = m.taken + 1
	m.taken += n
	return first, n, nil
}

func (m *memory) AppendRequest(e requestlog.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) logged() []requestlog.Entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]requestlog.Entry{}, m.entries...)
}

// on is a store whose transactions are calls.
type on[R any] struct{ repo R }

func (s on[R]) Read(_ context.Context, fn func(R) error) error  { return fn(s.repo) }
func (s on[R]) Write(_ context.Context, fn func(R) error) error { return fn(s.repo) }

type vault struct{ account.Vault }

func (vault) Lookup(value string) ([]byte, error) { return digest(value), nil }

func (vault) Sign(purpose string, data []byte) ([]byte, error) {
	return digest(purpose + "\x00" + string(data)), nil
}

func digest(text string) []byte {
	sum := sha256.Sum256([]byte("test" + text))
	return sum[:]
}

var start = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

type rig struct {
	*memory
	clock  *clock.Manual
	log    *lockedBuffer
	config httpapi.Config
	server *httpapi.Server
	url    string
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// carrier is a courier that only describes itself.
type carrier struct{ courier.Adapter }

func (carrier) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Carrier", Name: "Carrier & Sons", Initials: "CS", Website: "https://carrier.example", Description: "Carries.",
		Fields: []courier.Field{
			{Key: "client_id", Label: "Client id", Kind: courier.Text, Required: true, MinLength: 4, MaxLength: 50},
			{Key: "secret", Label: "Secret", Kind: courier.Secret, Required: true},
			{Key: "depot", Label: "Depot", Kind: courier.Number},
			{Key: "mode", Label: "Mode", Kind: courier.Choice, Options: []courier.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}},
			{Key: "site", Label: "Site", Kind: courier.URL},
			{Key: "fast", Label: "Fast", Kind: courier.Bool},
		},
		Services: []courier.ServiceOffer{{Code: "1", PresetCode: "C-1", Name: "One"}},
		Formats:  []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
		Options: []courier.Field{
			{Key: "lead_time", Label: "Lead time", Kind: courier.Number, Required: true, Help: "In days."},
			{Key: "safe_place", Label: "Safe place", Kind: courier.Text},
		},
	}
}

func newRig(t testing.TB) *rig {
	t.Helper()
	r := &rig{memory: &memory{}, clock: clock.NewManual(start), log: &lockedBuffer{}}
	couriers, err := courier.NewRegistry(carrier{})
	if err != nil {
		t.Fatal(err)
	}
	r.config = httpapi.Config{
		Accounts: &account.Service{Store: on[account.Repo]{r.memory}, Vault: vault{}, Clock: r.clock},
		Auths:    &auth.Service{Couriers: couriers}, Couriers: couriers,
		Requests: &requestlog.Service{Store: on[requestlog.Repo]{r.memory}},
		Numbers:  &numbering.Service{Store: on[numbering.Repo]{r.memory}},
		Signer:   vault{}, Clock: r.clock,
		Zone: func(context.Context) *time.Location { return time.UTC },
		Log:  slog.New(slog.NewTextHandler(r.log, nil)),
	}
	return r
}

// serve starts a server on a free port for the length of the test.
func serve(t testing.TB) *rig {
	t.Helper()
	r := newRig(t)
	r.restart(t)
	return r
}

// restart serves what the rig's Config says.
func (r *rig) restart(t testing.TB) {
	t.Helper()
	server, err := httpapi.Listen("127.0.0.1:0", httpapi.New(r.config), r.config.Log)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve() }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			t.Error("shutdown:", err)
		}
		if err := <-ended; err != nil {
			t.Error("serve:", err)
		}
	})
	r.server, r.url = server, server.URL()
}

// do sends a request with the right token and JSON as its content type; header may change that ("" removes).
func (r *rig) do(t testing.TB, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = bytes.NewReader([]byte(body))
	}
	req, err := http.NewRequest(method, r.url+path, reader)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("api-user", user)
	req.Header.Set("api-token", token)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		if header[i+1] == "" {
			req.Header.Del(header[i])
		} else {
			req.Header.Set(header[i], header[i+1])
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(out)
}
