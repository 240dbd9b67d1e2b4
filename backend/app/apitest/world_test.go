// Package apitest asks the courier API what a program would that knows only its contract, on the real store, vault,
// drawers and Own fleet.
package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/manifest"
	"packbench/backend/core/numbering"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/ownfleet"
	"packbench/backend/doors/httpapi"
	"packbench/backend/infra/label"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

// world is the API on a data folder of its own.
type world struct {
	*testkit.Bench
	shipments *shipment.Service
	requests  *requestlog.Service
	url       string
	log       *logBuffer
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// zone is the site's: ahead of UTC, so that whole days differ from UTC's.
var zone = time.FixedZone("site", 5*3600+1800)

// newWorld starts a server with Own fleet and the couriers.
func newWorld(t testing.TB, couriers ...courier.Adapter) *world {
	t.Helper()
	fleet := &ownfleet.Courier{Labels: label.Drawer{}}
	b := testkit.New(t, append(couriers, fleet)...)
	fleet.Numbers, fleet.Clock = &numbering.Service{Store: sqldb.As[numbering.Repo](b.DB)}, b.Clock
	return serve(t, b)
}

// serve starts a server on a bench.
func serve(t testing.TB, b *testkit.Bench) *world {
	t.Helper()
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](b.DB)}
	documents := &document.Service{Store: sqldb.As[document.Repo](b.DB), Drawer: pdf.Drawer{}, Clock: b.Clock}
	w := &world{
		Bench: b, log: &logBuffer{}, requests: &requestlog.Service{Store: sqldb.As[requestlog.Repo](b.DB)},
		shipments: &shipment.Service{
			Store: sqldb.As[shipment.Repo](b.DB), Auths: b.Auths, Presets: b.Presets, Couriers: b.Auths.Couriers,
			Documents: documents, Numbers: numbers, Clock: b.Clock,
		},
	}
	logger := slog.New(slog.NewTextHandler(w.log, nil))
	server, err := httpapi.Listen("127.0.0.1:0", httpapi.New(httpapi.Config{
		Accounts: b.Accounts, Auths: b.Auths, Couriers: b.Auths.Couriers, Presets: b.Presets, Shipments: w.shipments,
		Documents: documents, Requests: w.requests, Numbers: numbers, Signer: b.Vault, Clock: b.Clock,
		Manifests: &manifest.Service{
			Store: sqldb.As[manifest.Repo](b.DB), Auths: b.Auths, Shipments: w.shipments, Documents: documents, Couriers: b.Auths.Couriers,
			Drawer: pdf.Drawer{}, Numbers: numbers, Clock: b.Clock,
		},
		Zone: func(context.Context) *time.Location { return zone }, Log: logger,
	}), logger)
	if err != nil {
		t.Fatal(err)
	}
	w.url = server.URL()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve() }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			t.Error("shutdown:", err)
		}
		if err := <-ended; err != nil {
			t.Error("serve:", err)
		}
	})
	return w
}

// client is an order system: an account's name and a token.
type client struct {
	world       *world
	user, token string
	account     account.Account
}

// client makes an account with a token of the scopes, all but accounts when none are named.
func (w *world) client(t testing.TB, name string, scopes ...actor.Scope) *client {
	t.Helper()
	a := w.Account(t, name)
	_, value, err := w.Accounts.CreateToken(testkit.Manager(t), account.CreateToken{AccountID: a.ID, Name: "shop", Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	return &client{world: w, user: name, token: value.Expose(), account: a}
}

// fleet registers Own fleet for the client, the way a client does it.
func (c *client) fleet(t testing.TB) *client {
	t.Helper()
	c.post(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth":{},"auth_company":"Main"}`).want(t, 200)
	return c
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    []byte
	value  any // of JSON
}

func (c *client) get(t testing.TB, path string) *answer {
	t.Helper()
	return c.send(t, http.MethodGet, path, "")
}

func (c *client) post(t testing.TB, path, body string, header ...string) *answer {
	t.Helper()
	return c.send(t, http.MethodPost, path, body, header...)
}

func (c *client) send(t testing.TB, method, path, body string, header ...string) *answer {
	t.Helper()
	c.world.Clock.Advance(time.Second) // so that newest first has one meaning
	req, err := http.NewRequest(method, c.world.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("api-user", c.user)
	req.Header.Set("api-token", c.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return do(t, req)
}

// bare gets an address without any header, as a printer or a browser does.
func bare(t testing.TB, address string) *answer {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return do(t, req)
}

func do(t testing.TB, req *http.Request) *answer {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	out := &answer{status: res.StatusCode, header: res.Header}
	if out.raw, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
		decoder := json.NewDecoder(bytes.NewReader(out.raw))
		decoder.UseNumber()
		if err := decoder.Decode(&out.value); err != nil {
			t.Fatalf("%s: %v: %s", req.URL.Path, err, out.raw)
		}
	}
	described(t, req, out)
	return out
}

// want checks the status and gives the answer.
func (a *answer) want(t testing.TB, status int) *answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("%d, want %d: %.600s", a.status, status, a.raw)
	}
	return a
}

// at gives what stands at a path: names of fields and numbers of rows.
func (a *answer) at(t testing.TB, path ...any) any {
	t.Helper()
	value := a.value
	for _, step := range path {
		switch key := step.(type) {
		case string:
			object, ok := value.(map[string]any)
			if !ok {
				t.Fatalf("%v: no object at %q: %.600s", path, key, a.raw)
			}
			value = object[key]
		case int:
			list, ok := value.([]any)
			if !ok || key >= len(list) {
				t.Fatalf("%v: no row %d: %.600s", path, key, a.raw)
			}
			value = list[key]
		}
	}
	return value
}

func (a *answer) text(t testing.TB, path ...any) string {
	t.Helper()
	switch v := a.at(t, path...).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		t.Fatalf("%v is %v: %.600s", path, v, a.raw)
		return ""
	}
}

func (a *answer) list(t testing.TB, path ...any) []any {
	t.Helper()
	v, ok := a.at(t, path...).([]any)
	if !ok {
		t.Fatalf("%v is no list: %.600s", path, a.raw)
	}
	return v
}

// order is a create-label body with a reference and what else goes to the top level.
func order(reference, top string) string {
	if top != "" {
		top += ","
	}
	return `{` + top + `"auth_company":"Main","shipment":{"label_size":"6x4","label_format":"zpl","dc_service_id":"OF-NEXTDAY",
	"reference":"` + reference + `","generate_invoice":true,"generate_packing_slip":true,
	"ship_from":{"name":"Bench One","company_name":"Example Goods Ltd","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB","phone":"0113 496 0000","county":null},
	"ship_to":{"name":"Jo Ångström","address_1":"7 Harbour Street","address_2":"","city":"Whitstable","county":null,"postcode":"CT5 1AQ","country_iso":"GB","email":"jo@example.com"},
	"parcels":[{"dim_length":"30","dim_width":20,"dim_height":10,"dim_unit":"CM","items":[
	{"description":"Stoneware mug","quantity":"2","value":"12.50","value_currency":"GBP","weight":"0.4","weight_unit":"kg","sku":"MUG-1","hs_code":"691200","origin_country":"GB"}]}]}}`
}

const createLabel = "/api/couriers/v1/OwnFleet/create-label"
