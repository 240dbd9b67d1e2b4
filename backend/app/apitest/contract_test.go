package apitest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

// What a program does that knows only Voila's contract, from credentials to the second cancel.
func TestAProgramThatKnowsOnlyTheContract(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd")

	rules := c.get(t, "/api/couriers/v1/OwnFleet/register-auth-rules").want(t, 200)
	if _, ok := rules.value.(map[string]any); !ok {
		t.Errorf("rules are no object: %s", rules.raw)
	}
	c.post(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth":{},"auth_company":"Main","testing":"0"}`).want(t, 200)
	c.post(t, "/api/couriers/v1/OwnFleet/register-auth", `{"auth":[],"auth_company":"Main","testing":false}`).want(t, 409)
	auths := c.get(t, "/api/couriers/v1/list-registered-couriers").want(t, 200)
	if len(auths.list(t)) != 1 || auths.text(t, 0, "courier") != "OwnFleet" || auths.at(t, 0, "testing") != false || auths.text(t, 0, "auth_company") != "Main" {
		t.Errorf("%s", auths.raw)
	}
	presets := c.get(t, "/api/couriers/v1/OwnFleet/presets").want(t, 200)
	codes := map[string]bool{}
	for i := range presets.list(t, "system_presets") {
		codes[presets.text(t, "system_presets", i, "dc_service_id")] = true
	}
	if !codes["OF-SAMEDAY"] || !codes["OF-NEXTDAY"] || !codes["OF-COLLECT"] || len(presets.list(t, "user_presets")) != 0 {
		t.Errorf("%s", presets.raw)
	}

	made := c.post(t, createLabel, order("SO-1", `"request_id":"r-1"`)).want(t, 200)
	code := made.text(t, "tracking_codes", 0)
	if code == "" || made.text(t, "type") != "zpl" || made.text(t, "label_size") != "4x6" || made.text(t, "courier") != "OwnFleet" ||
		made.text(t, "dc_service_id") != "OF-NEXTDAY" || made.text(t, "auth_company") != "Main" || made.text(t, "request_id") != "r-1" {
		t.Errorf("%s", made.raw)
	}
	number, request := made.text(t, "shipment_id"), made.text(t, "dc_request_id")
	if number != made.text(t, "create_label_shipment_id") || request != made.header.Get("X-Dc-Request-Id") {
		t.Errorf("%s", made.raw)
	}
	if len(made.list(t, "tracking_urls")) != len(made.list(t, "tracking_codes")) {
		t.Errorf("not a URL for each code: %s", made.raw)
	}

	zpl := bare(t, made.text(t, "uri")).want(t, 200)
	if !bytes.HasPrefix(zpl.raw, []byte("^XA")) || zpl.header.Get("Content-Type") != "application/zpl" || zpl.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v %.40s", zpl.header, zpl.raw)
	}
	renewed := c.get(t, "/api/pdfs/renew?key="+made.text(t, "key")).want(t, 200)
	if again := bare(t, renewed.text(t, "uri")).want(t, 200); !bytes.Equal(again.raw, zpl.raw) {
		t.Error("the renewed link leads to another file")
	}
	for _, name := range []string{"commercial_invoice", "packing_slip"} {
		if pdf := bare(t, made.text(t, name, "url")).want(t, 200); !bytes.HasPrefix(pdf.raw, []byte("%PDF-")) || pdf.header.Get("Content-Type") != "application/pdf" {
			t.Errorf("%s: %v %.20s", name, pdf.header, pdf.raw)
		}
	}
	page := bare(t, made.text(t, "tracking_urls", 0)).want(t, 200)
	if !strings.Contains(string(page.raw), code) || !strings.Contains(string(page.raw), "Booked") || strings.Contains(string(page.raw), "Whitstable") {
		t.Errorf("%s", page.raw)
	}

	listed := c.get(t, "/api/shipments.json?reference=SO-1&cancelled=false&per_page=10").want(t, 200)
	row := []any{"shipments", 0}
	if listed.text(t, "count") != "1" || listed.text(t, "max_count") != "10" || listed.text(t, append(row, "id")...) != number ||
		listed.text(t, append(row, "ship_to_name")...) != "Jo Ångström" || listed.text(t, append(row, "create_label_parcels", 0, "weight")...) != "0.8" ||
		listed.text(t, append(row, "create_label_parcels", 0, "tracking_code")...) != code || listed.text(t, append(row, "request_shipment", "reference")...) != "SO-1" {
		t.Errorf("%s", listed.raw)
	}

	tracked := c.post(t, "/api/couriers/v1/OwnFleet/track", fmt.Sprintf(`{"tracking_code":%q}`, code)).want(t, 200)
	if tracked.text(t, "status") != "Booked" || len(tracked.list(t, "events")) != 1 {
		t.Errorf("%s", tracked.raw)
	}
	ids := c.post(t, "/api/couriers/v1/get-tracking-identifiers", fmt.Sprintf(`{"tracking_code":%q}`, code)).want(t, 200)
	if ids.text(t, 0, "tracking_request_id") != made.text(t, "tracking_request_id") || ids.text(t, 0, "tracking_request_hash") != made.text(t, "tracking_request_hash") || ids.text(t, 0, "postcode") != "CT5 1AQ" {
		t.Errorf("%s", ids.raw)
	}
	for _, pair := range [][2]string{{made.text(t, "tracking_request_id"), made.text(t, "tracking_request_hash")}, {request, number}} {
		both := c.post(t, "/api/couriers/v1/get-tracking", fmt.Sprintf(`{"tracking_request_id":%s,"tracking_request_hash":%q}`, pair[0], pair[1])).want(t, 200)
		if both.text(t, "tracking_code") != code || both.text(t, "data", "parcels", 0, "tracking_events", 0, "status_code") != "1" ||
			both.text(t, "shipment_request", "reference") != "SO-1" || both.text(t, "data", "shipment_id") != number {
			t.Errorf("%s", both.raw)
		}
	}
	c.post(t, "/api/couriers/v1/get-tracking", fmt.Sprintf(`{"tracking_request_id":%s,"tracking_request_hash":1}`, number)).want(t, 404)

	invoice := c.get(t, "/api/commercial-invoice/"+request+"?copy_count=2").want(t, 200)
	bare(t, invoice.text(t, "url")).want(t, 200)
	told := map[string]bool{}
	for i := range invoice.list(t, "warnings") {
		message := invoice.text(t, "warnings", i, "message")
		if told[message] {
			t.Errorf("told twice: %s", message)
		}
		told[message] = true
	}
	slip := c.get(t, "/api/packing-slip/"+request+"/").want(t, 200)
	if slip.text(t, "key") != made.text(t, "packing_slip", "key") {
		t.Error("the same slip was kept twice")
	}

	cancel := fmt.Sprintf(`{"tracking_code":%q}`, code)
	if first := c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", cancel).want(t, 200); first.at(t, "success") != true || first.at(t, "already") != nil {
		t.Errorf("%s", first.raw)
	}
	if second := c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", cancel).want(t, 200); second.at(t, "already") != true {
		t.Errorf("%s", second.raw)
	}
	if gone := c.get(t, "/api/shipments.json?cancelled=true").want(t, 200); gone.at(t, "shipments", 0, "cancelled") != true {
		t.Errorf("%s", gone.raw)
	}
	if none := c.get(t, "/api/shipments.json?cancelled=false").want(t, 200); len(none.list(t, "shipments")) != 0 {
		t.Errorf("%s", none.raw)
	}
}

// A label that somebody fetched by its link counts as taken out, from the first time on; other documents don't.
func TestAFetchedLabelCountsAsPrinted(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	made := c.post(t, createLabel, order("SO-1", "")).want(t, 200)
	printed := func() (atMs int64, steps int) {
		t.Helper()
		list, err := w.shipments.List(testkit.Manager(t), shipment.Filter{}, page.Request{})
		if err != nil || len(list.Items) != 1 {
			t.Fatal(err, len(list.Items))
		}
		sh, err := w.shipments.Get(testkit.Manager(t), "", shipment.Handle{ID: list.Items[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range sh.Timeline {
			if m.Step == shipment.StepLabel {
				steps++
			}
		}
		return sh.PrintedMs, steps
	}
	bare(t, made.text(t, "packing_slip", "url")).want(t, 200)
	if at, steps := printed(); at != 0 || steps != 0 {
		t.Errorf("before anybody fetched it: %d, %d steps", at, steps)
	}
	bare(t, made.text(t, "uri")).want(t, 200)
	first, _ := printed()
	w.Clock.Advance(time.Minute)
	bare(t, made.text(t, "uri")).want(t, 200)
	if again, steps := printed(); first == 0 || again != first || steps != 1 {
		t.Errorf("fetched at %d, again at %d, %d steps", first, again, steps)
	}
}

func TestLinksEndAndCantBeMade(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	made := c.post(t, createLabel, order("SO-1", "")).want(t, 200)
	uri := made.text(t, "uri")
	for name, changed := range map[string]string{
		"another signature": uri[:len(uri)-4] + "AAAA",
		"no signature":      strings.Split(uri, "&")[0],
		"a later end":       strings.Replace(uri, "expires=1", "expires=9", 1),
		"another key":       strings.Replace(uri, made.text(t, "key"), made.text(t, "packing_slip", "key"), 1),
	} {
		if a := bare(t, changed); a.status != 404 || bytes.Contains(a.raw, []byte("^XA")) {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	if a := bare(t, strings.Replace(made.text(t, "tracking_urls", 0), "signature=", "signature=x", 1)); a.status != 404 {
		t.Errorf("status page: %d", a.status)
	}
	w.Clock.Advance(23 * time.Hour)
	bare(t, uri).want(t, 200)
	w.Clock.Advance(2 * time.Hour)
	if a := bare(t, uri).want(t, 403); !strings.Contains(a.text(t, "message"), "/api/pdfs/renew?key="+made.text(t, "key")) {
		t.Errorf("%s", a.raw)
	}
	other := w.client(t, "Other Ltd")
	other.get(t, "/api/pdfs/renew?key="+made.text(t, "key")).want(t, 404)
	c.get(t, "/api/pdfs/renew?key=nothing").want(t, 404)
	c.get(t, "/api/pdfs/renew").want(t, 422)
}

// Many labels drawn at once: each holds its own order, its own code, and nothing of the others.
func TestLabelsDrawnAtOnceDontMix(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			reference := fmt.Sprintf("ALONE-%03d", i)
			body := strings.Replace(order(reference, `"label_inline":true`), `"generate_invoice":true,"generate_packing_slip":true,`, "", 1)
			made := c.post(t, createLabel, body)
			if made.status != 200 {
				t.Errorf("%d %s", made.status, made.raw)
				return
			}
			zpl, err := base64.StdEncoding.DecodeString(made.text(t, "label_base64"))
			if err != nil || bytes.Count(zpl, []byte("ALONE-")) != 1 || !bytes.Contains(zpl, []byte(reference)) ||
				!bytes.Contains(zpl, []byte("^FX "+made.text(t, "tracking_codes", 0)+"^FS")) || bytes.Count(zpl, []byte("^XA")) != 1 {
				t.Errorf("%s: %v: %s", reference, err, zpl)
			}
		})
	}
	wg.Wait()
}
