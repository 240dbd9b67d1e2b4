package apitest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/errs"
)

func (c *client) count(t testing.TB) int {
	t.Helper()
	return len(c.get(t, "/api/shipments.json?per_page=100").want(t, 200).list(t, "shipments"))
}

func TestARepeatedRequestBuysOnce(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	for key := range 10 {
		before := c.count(t)
		const callers = 32
		answers := make([]*answer, callers)
		var wg sync.WaitGroup
		for i := range callers {
			wg.Go(func() {
				answers[i] = c.post(t, createLabel, order("SO-1", ""), "Idempotency-Key", fmt.Sprint("key-", key))
			})
		}
		wg.Wait()
		first, bought := "", 0
		for _, a := range answers {
			switch {
			case a.status == 409 && a.header.Get("Retry-After") != "":
				continue
			case a.status != 200:
				t.Fatalf("%d %s", a.status, a.raw)
			}
			if a.at(t, "duplicate") == false {
				bought++
			}
			if code := a.text(t, "tracking_codes", 0); first == "" {
				first = code
			} else if code != first {
				t.Errorf("two codes: %s and %s", first, code)
			}
		}
		if got := c.count(t) - before; bought != 1 || got != 1 {
			t.Errorf("key %d: %d said they bought, %d shipments", key, bought, got)
		}
	}
}

func TestWhatCountsAsARepeat(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	const id = `"request_id":"constant"`

	first := c.post(t, createLabel, order("SO-1", id)).want(t, 200)
	again := c.post(t, createLabel, strings.Replace(order("SO-1", id), `"zpl"`, `"pdf"`, 1)).want(t, 200)
	if again.at(t, "duplicate") != true || again.text(t, "dc_request_id") != first.text(t, "dc_request_id") ||
		again.header.Get("X-Dc-Request-Id") == first.header.Get("X-Dc-Request-Id") || again.text(t, "duplicate_of") != first.text(t, "shipment_id") {
		t.Errorf("%s", again.raw)
	}
	other := strings.Replace(order("SO-1", id), `"quantity":"2"`, `"quantity":"3"`, 1)
	if a := c.post(t, createLabel, other).want(t, 409); a.at(t, "success") != false {
		t.Errorf("%s", a.raw)
	}
	c.post(t, createLabel, order("SO-2", id)).want(t, 200)
	if a := c.post(t, createLabel, order("SO-2", `"request_id":7`)).want(t, 200); string(a.raw) == "" || !strings.Contains(string(a.raw), `"request_id":7`) {
		t.Errorf("%s", a.raw)
	}
	if n := c.count(t); n != 3 {
		t.Errorf("%d shipments", n)
	}

	c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"create_label_shipment_id":"`+first.text(t, "shipment_id")+`"}`).want(t, 200)
	if a := c.post(t, createLabel, order("SO-1", id)).want(t, 200); a.at(t, "duplicate") != false {
		t.Errorf("a cancelled shipment still holds its request_id: %s", a.raw)
	}

	strict := c.post(t, createLabel, order("SO-3", ""), "Idempotency-Key", "k").want(t, 200)
	c.post(t, createLabel, strings.Replace(order("SO-3", ""), "CT5 1AQ", "CT5 1AR", 1), "Idempotency-Key", "k").want(t, 409)
	c.post(t, "/api/couriers/v1/mark-shipment-cancelled", `{"dc_request_id":`+strict.text(t, "dc_request_id")+`}`).want(t, 200)
	if a := c.post(t, createLabel, order("SO-3", ""), "Idempotency-Key", "k").want(t, 200); a.at(t, "cancelled") != true || a.at(t, "duplicate") != true {
		t.Errorf("%s", a.raw)
	}
	c.post(t, createLabel, order("SO-5", ""), "Idempotency-Key", strings.Repeat("k", 256)).want(t, 422)
}

// What is not clear is told as such, kept, and never bought again by a repeat.
func TestAnUnclearPurchase(t *testing.T) {
	m := &mail{}
	w := newWorld(t, m)
	c := w.client(t, "Acme Ltd")
	c.post(t, "/api/couriers/v1/Mail/register-auth", mailAuth).want(t, 200)

	m.answers(errors.New("read tcp: connection reset"))
	lost := c.post(t, mailLabel, mailOrder(`"request_id":"a"`)).want(t, 502)
	if lost.at(t, "success") != false || lost.text(t, "state") != "unknown" || lost.text(t, "dc_request_id") != lost.header.Get("X-Dc-Request-Id") || lost.text(t, "message") == "" {
		t.Errorf("%s", lost.raw)
	}
	m.answers(nil)
	again := c.post(t, mailLabel, mailOrder(`"request_id":"a"`)).want(t, 502)
	if again.text(t, "dc_request_id") != lost.text(t, "dc_request_id") || again.header.Get("X-Dc-Request-Id") == lost.header.Get("X-Dc-Request-Id") {
		t.Errorf("%s", again.raw)
	}
	if m.sold != 0 {
		t.Errorf("it was bought %d times", m.sold)
	}

	m.answers(errs.New(errs.Rejected, "Mail does not go to CT5."))
	if a := c.post(t, mailLabel, mailOrder(`"request_id":"b"`)).want(t, 422); a.text(t, "message") != "Mail does not go to CT5." {
		t.Errorf("%s", a.raw)
	}
	m.answers(&errs.Error{Code: errs.Rejected, Message: "Refused.", Fields: []errs.Field{{Path: "shipment.ship_to.postcode", Message: "Not ours."}}})
	if a := c.post(t, mailLabel, mailOrder(`"request_id":"c"`)).want(t, 422); a.text(t, "errors", "shipment.ship_to.postcode", 0) != "Not ours." {
		t.Errorf("%s", a.raw)
	}
	m.answers(errs.New(errs.Unavailable, "Mail can't be reached."))
	c.post(t, mailLabel, mailOrder(`"request_id":"d"`)).want(t, 503)
	m.answers(nil)
	bought := c.post(t, mailLabel, mailOrder(`"request_id":"b"`)).want(t, 200)
	if bought.text(t, "tracking_urls", 0) != "https://mail.example/ML000001" || bought.at(t, "duplicate") != false || m.sold != 1 {
		t.Errorf("%s", bought.raw)
	}
	if a := c.post(t, "/api/couriers/v1/Mail/cancel-label", `{"tracking_code":"ML000001"}`).want(t, 409); a.text(t, "message") != "Mail has collected it." {
		t.Errorf("%s", a.raw)
	}
	c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"tracking_code":"ML000001"}`).want(t, 404)
}
