package apitest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/httpx"
	"packbench/backend/couriers/voila"
	"packbench/backend/testkit"
)

// cloud is a Packbench that stands in for Voila: it serves the same contract. Requests come to it for Voila's host, and its
// links name that host.
type cloud struct {
	*world
	seller *client // its own account, which Voila's subscription stands for
	url    string
	mute   atomic.Bool // the answer to the next purchase is lost on its way
}

func newCloud(t *testing.T) *cloud {
	t.Helper()
	c := &cloud{world: newWorld(t)}
	c.seller = c.client(t, "Warehouse & Söhne").fleet(t)
	to, err := url.Parse(c.world.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		ErrorLog: log.New(io.Discard, "", 0),
		Rewrite:  func(r *httputil.ProxyRequest) { r.SetURL(to) },
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			body = bytes.ReplaceAll(body, []byte(c.world.url), []byte("https://app.heyvoila.io"))
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			r.Header.Set("Content-Length", strconv.Itoa(len(body)))
			return nil
		},
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/create-label") && c.mute.CompareAndSwap(true, false) {
			proxy.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = proxy.ErrorLog
	server.Start()
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// shop is a client of a Packbench whose only courier is Voila, which is the cloud.
func (c *cloud) shop(t *testing.T) *client {
	t.Helper()
	near := serve(t, testkit.New(t, voila.New(httpx.Env{Clock: clock.System{}, Stand: c.url})))
	return near.client(t, "Shop")
}

func (c *cloud) carry(t *testing.T, shop *client) {
	t.Helper()
	shop.post(t, "/api/couriers/v1/Voila/register-auth",
		fmt.Sprintf(`{"auth":{"api_user":%q,"api_token":%q},"auth_company":"Cloud"}`, c.seller.user, c.seller.token)).want(t, 200)
}

// label gets the cloud's own file of a shipment's label.
func (c *cloud) label(t *testing.T, code string) []byte {
	t.Helper()
	found := c.seller.post(t, "/api/couriers/v1/get-tracking-identifiers", `{"tracking_code":"`+code+`"}`).want(t, 200)
	told := c.seller.post(t, "/api/couriers/v1/get-tracking", fmt.Sprintf(`{"tracking_request_id":%s,"tracking_request_hash":%s}`,
		found.text(t, 0, "tracking_request_id"), found.text(t, 0, "tracking_request_hash"))).want(t, 200)
	link := c.seller.get(t, "/api/pdfs/renew?key="+told.text(t, "shipment_response", "key")).want(t, 200)
	return bare(t, link.text(t, "uri")).want(t, 200).raw
}

// An order for a courier that has no adapter here is bought through the upstream. Both ends are Packbench, so that what
// the adapter sends is held to the API that Packbench serves.
func TestAnUpstreamCarriesWhatHasNoAdapter(t *testing.T) {
	far := newCloud(t)
	shop := far.shop(t)
	refusal := shop.post(t, createLabel, order("SO-1", "")).want(t, 404)
	if words := refusal.text(t, "message"); !strings.Contains(words, "list-couriers") || !strings.Contains(words, "A registered auth of Voila would carry") {
		t.Errorf("without an auth of the upstream: %s", words)
	}
	shop.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"1"}`).want(t, 404)
	far.carry(t, shop)
	shop.post(t, "/api/couriers/v1/Voila/test-courier-auth", `{}`).want(t, 200)

	made := shop.post(t, createLabel, order("SO-1", `"request_id":"one"`)).want(t, 200)
	code := made.text(t, "tracking_codes", 0)
	sold := far.seller.get(t, "/api/shipments.json?reference=SO-1").want(t, 200)
	if made.text(t, "courier") != "OwnFleet" || made.text(t, "auth_company") != "Main" || made.text(t, "dc_service_id") != "OF-NEXTDAY" || made.text(t, "type") != "zpl" {
		t.Errorf("what was asked for is not what is told: %s", made.raw)
	}
	if row := sold.at(t, "shipments", 0).(map[string]any); fmt.Sprint(row["tracking_codes"]) != "["+code+"]" || row["auth_company"] != "Main" || row["ship_to_name"] != "Jo Ångström" ||
		fmt.Sprint(row["create_label_parcels"].([]any)[0].(map[string]any)["weight"]) != "0.8" {
		t.Errorf("sold: %v, bought: %s", row, made.raw)
	}
	got := bare(t, made.text(t, "uri")).want(t, 200).raw
	if want := far.label(t, code); len(want) < 100 || !bytes.Equal(got, want) {
		t.Errorf("the label has %d bytes here, %d there, and they differ", len(got), len(want))
	}

	again := shop.post(t, createLabel, order("SO-1", `"request_id":"one"`)).want(t, 200)
	if again.at(t, "duplicate") != true || again.text(t, "tracking_codes", 0) != code || far.seller.count(t) != 1 {
		t.Errorf("a repeat: %s; %d were sold", again.raw, far.seller.count(t))
	}
	listed := shop.get(t, "/api/shipments.json?reference=SO-1").want(t, 200)
	if listed.text(t, "shipments", 0, "courier") != "OwnFleet" || listed.text(t, "shipments", 0, "auth_company") != "Main" {
		t.Errorf("%s", listed.raw)
	}

	shop.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"`+code+`"}`).want(t, 200)
	if row := far.seller.get(t, "/api/shipments.json?reference=SO-1").want(t, 200); row.at(t, "shipments", 0, "cancelled") != true {
		t.Errorf("cancelled here, and there: %s", row.raw)
	}
	if twice := shop.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"`+code+`"}`).want(t, 200); twice.at(t, "already") != true {
		t.Errorf("%s", twice.raw)
	}
}

func TestAnUpstreamsWordsReachTheCaller(t *testing.T) {
	far := newCloud(t)
	shop := far.shop(t)
	far.carry(t, shop)
	wrong := shop.post(t, createLabel, strings.Replace(order("SO-1", ""), "OF-NEXTDAY", "OF-MARS", 1)).want(t, 422)
	if words := wrong.text(t, "errors", "shipment.dc_service_id", 0); !strings.Contains(words, "OF-SAMEDAY") {
		t.Errorf("%s", wrong.raw)
	}
	unnamed := shop.post(t, createLabel, strings.Replace(order("SO-1", ""), `"dc_service_id":"OF-NEXTDAY",`, "", 1)).want(t, 422)
	if words := unnamed.text(t, "errors", "shipment.dc_service_id", 0); !strings.Contains(words, "Voila has for OwnFleet") {
		t.Errorf("%s", unnamed.raw)
	}
	unknown := shop.post(t, "/api/couriers/v1/Parcelers/create-label", order("SO-1", "")).want(t, 422)
	if words := unknown.text(t, "message"); !strings.HasPrefix(words, `Voila: There is no courier "Parcelers".`) {
		t.Errorf("%s", words)
	}
	if n := far.seller.count(t); n != 0 {
		t.Errorf("%d were sold", n)
	}
	if list := shop.get(t, "/api/couriers/v1/OwnFleet/presets").want(t, 200).list(t, "system_presets"); len(list) != 3 {
		t.Errorf("presets: %v", list)
	}
	shop.get(t, "/api/couriers/v1/OwnFleet/courier-specifics").want(t, 200)
	shop.get(t, "/api/couriers/v1/OwnFleet/my-presets").want(t, 200)
	shop.post(t, "/api/couriers/v1/OwnFleet/get-price", order("SO-1", "")).want(t, 501)

	made := shop.post(t, createLabel, order("SO-2", "")).want(t, 200)
	code := made.text(t, "tracking_codes", 0)
	row := far.seller.get(t, "/api/shipments.json?reference=SO-2").want(t, 200)
	far.Clock.Advance(time.Hour)
	far.seller.post(t, "/api/shipments/"+row.text(t, "shipments", 0, "id")+"/update-tracking-status", `{"tracking_status_code":5,"event_description":"On the van"}`).want(t, 200)
	told := shop.post(t, "/api/couriers/v1/OwnFleet/track", `{"tracking_code":"`+code+`"}`).want(t, 200)
	if told.text(t, "status") != "Out for delivery" || !strings.Contains(string(told.raw), "On the van") {
		t.Errorf("%s", told.raw)
	}
	late := shop.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"`+code+`"}`).want(t, 409)
	if words := late.text(t, "message"); !strings.Contains(words, "Out for delivery") {
		t.Errorf("%s", words)
	}
}

// An answer that is lost leaves a purchase nobody knows the outcome of; the upstream's list tells it, with the label.
func TestAnUpstreamIsAskedWhatBecameOfAPurchase(t *testing.T) {
	far := newCloud(t)
	shop := far.shop(t)
	far.carry(t, shop)
	shop.post(t, createLabel, order("SO-1", `"request_id":"other"`)).want(t, 200) // of the same reference
	far.mute.Store(true)
	lost := shop.post(t, createLabel, order("SO-1", `"request_id":"lost"`)).want(t, 502)
	shop.post(t, createLabel, order("SO-1", `"request_id":"lost"`)).want(t, 502)
	if lost.text(t, "state") != "unknown" || far.seller.count(t) != 2 {
		t.Fatalf("%s; %d were sold", lost.raw, far.seller.count(t))
	}
	if open, err := shop.world.shipments.Recover(testkit.Manager(t)); err != nil || open != 0 {
		t.Fatal(open, err)
	}
	again := shop.post(t, createLabel, order("SO-1", `"request_id":"lost"`)).want(t, 200)
	if again.at(t, "duplicate") != true || far.seller.count(t) != 2 {
		t.Errorf("%s; %d were sold", again.raw, far.seller.count(t))
	}
	if got, want := bare(t, again.text(t, "uri")).want(t, 200).raw, far.label(t, again.text(t, "tracking_codes", 0)); !bytes.Equal(got, want) {
		t.Errorf("the label has %d bytes here, %d there", len(got), len(want))
	}
	found, err := shop.world.shipments.Get(testkit.Manager(t), "", shipment.Handle{TrackingCode: again.text(t, "tracking_codes", 0)})
	if err != nil || found.Carried() != "OwnFleet through Voila" {
		t.Error(found.Carried(), err)
	}
}
