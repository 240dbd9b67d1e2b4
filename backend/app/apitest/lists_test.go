package apitest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestShipmentsJSON(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	var last *answer
	for i := range 5 {
		last = c.post(t, createLabel, order(fmt.Sprintf("SO-%d", i), "")).want(t, 200)
	}
	c.post(t, "/api/couriers/v1/OwnFleet/mark-shipment-cancelled", `{"create_label_shipment_id":1,"cancel_label":"true"}`).want(t, 200)

	references := func(query string) string {
		a := c.get(t, "/api/shipments.json?"+query).want(t, 200)
		list := []string{}
		for i := range a.list(t, "shipments") {
			list = append(list, a.text(t, "shipments", i, "reference"))
		}
		if a.text(t, "count") != fmt.Sprint(len(list)) {
			t.Errorf("%s: count is %s", query, a.text(t, "count"))
		}
		return strings.Join(list, " ")
	}
	for _, q := range []struct{ query, want string }{
		{"", "SO-4 SO-3 SO-2 SO-1 SO-0"},
		{"cancelled=true", "SO-0"},
		{"cancelled=1", "SO-0"},
		{"cancelled=false", "SO-4 SO-3 SO-2 SO-1"},
		{"cancelled=false&per_page=3&page=2", "SO-1"},
		{"per_page=2", "SO-4 SO-3"},
		{"per_page=2&page=2", "SO-2 SO-1"},
		{"per_page=2&page=3", "SO-0"},
		{"per_page=2&page=4", ""},
		{"page=1000000", ""},
		{"id=" + last.text(t, "shipment_id"), "SO-4"},
		{"dc_request_id=" + last.text(t, "dc_request_id"), "SO-4"},
		{"reference=SO-3", "SO-3"},
		{"reference=SO", ""},
		{"ship_to_email=jo@example.com&per_page=1", "SO-4"},
		{"ship_to_email=nobody@example.com", ""},
		{"tracking_code=" + last.text(t, "tracking_codes", 0), "SO-4"},
		{"archive=false&unknown=field&per_page=1", "SO-4"},
	} {
		if got := references(q.query); got != q.want {
			t.Errorf("%s: %q, want %q", q.query, got, q.want)
		}
	}
	for _, wrong := range []string{"per_page=0", "per_page=101", "page=0", "page=x", "cancelled=perhaps", "startDateFilter=yesterday", "id=-1"} {
		c.get(t, "/api/shipments.json?"+wrong).want(t, 422)
	}
}

// Whole days of the site's zone, both ends included: 20:00 UTC is the next day there.
func TestDateFiltersAreTheSitesDays(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	for _, x := range []struct {
		reference string
		at        time.Time
	}{
		{"late", time.Date(2026, 3, 10, 18, 20, 0, 0, time.UTC)},  // 23:50 on the 10th
		{"early", time.Date(2026, 3, 10, 18, 40, 0, 0, time.UTC)}, // 00:10 on the 11th
	} {
		w.Clock.Set(x.at)
		c.post(t, createLabel, order(x.reference, "")).want(t, 200)
	}
	for query, want := range map[string]string{
		"startDateFilter=2026-03-10&endDateFilter=2026-03-10":                       "late",
		"startDateFilter=2026-03-11":                                                "early",
		"endDateFilter=2026-03-10%2012:00:00":                                       "late",
		"startDateFilter=2026-03-11T00:00:00%2B05:30&endDateFilter=2026-03-11":      "early",
		"startDateFilter=2026-03-09&endDateFilter=2026-03-12&cancelled=false&page=": "early late",
	} {
		a := c.get(t, "/api/shipments.json?"+query).want(t, 200)
		got := []string{}
		for i := range a.list(t, "shipments") {
			got = append(got, a.text(t, "shipments", i, "reference"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
	if at := c.get(t, "/api/shipments.json?reference=early").text(t, "shipments", 0, "created_at"); !strings.HasPrefix(at, "2026-03-11T00:10") {
		t.Error(at)
	}
}

func TestLabelsInlineAndInOtherFormats(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	for format, magic := range map[string]string{"pdf": "%PDF-", "zpl": "^XA", "png": "\x89PNG"} {
		body := strings.Replace(order(format, `"label_inline":"1"`), `"zpl"`, `"`+format+`"`, 1)
		made := c.post(t, createLabel, body).want(t, 200)
		inline, err := base64.StdEncoding.DecodeString(made.text(t, "label_base64"))
		if err != nil || !bytes.HasPrefix(inline, []byte(magic)) || made.text(t, "type") != format {
			t.Errorf("%s: %v %.20q", format, err, inline)
		}
		if kept := bare(t, made.text(t, "uri")).want(t, 200); !bytes.Equal(kept.raw, inline) {
			t.Errorf("%s: the file is another one", format)
		}
	}
}

func TestScansAndPacking(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, "Acme Ltd").fleet(t)
	made := c.post(t, createLabel, order("SO-1", "")).want(t, 200)
	number, code := made.text(t, "shipment_id"), made.text(t, "tracking_codes", 0)
	c.post(t, "/api/couriers/v1/mark-shipment-packed", `{"reference":"SO-1"}`).want(t, 200)
	scan := "/api/shipments/" + number + "/update-tracking-status"
	c.post(t, scan, `{"tracking_status_code":"2","event_description":"Picked up <b>now</b>","event_date":"2026-03-02 14:31:00"}`).want(t, 200)
	c.post(t, scan, `{"tracking_status_code":77}`).want(t, 422)
	c.post(t, scan, `{"tracking_status_code":7,"event_date":"soon"}`).want(t, 422)
	c.post(t, "/api/shipments/999/update-tracking-status", `{"tracking_status_code":2}`).want(t, 404)
	tracked := c.post(t, "/api/couriers/v1/OwnFleet/track", `{"tracking_code":"`+code+`","postcode":"CT5 1AQ"}`).want(t, 200)
	if tracked.text(t, "status") != "Collected" || tracked.text(t, "status_code") != "2" || tracked.text(t, "events", 1, "time") != "14:31:00" {
		t.Errorf("%s", tracked.raw)
	}
	page := string(bare(t, made.text(t, "tracking_urls", 0)).want(t, 200).raw)
	if !strings.Contains(page, "Picked up &lt;b&gt;now&lt;/b&gt;") || strings.Index(page, "Collected") > strings.Index(page, "Booked") {
		t.Error(page)
	}
	if a := c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"dc_request_id":`+made.text(t, "dc_request_id")+`}`).want(t, 409); !strings.Contains(a.text(t, "message"), "Collected") {
		t.Errorf("%s", a.raw)
	}
	c.post(t, "/api/couriers/v1/mark-shipment-packed", `{"reference":"SO-1"}`).want(t, 409)
	c.post(t, "/api/couriers/v1/OwnFleet/cancel-label", `{"reference":"SO-1"}`).want(t, 422)
	c.post(t, "/api/couriers/v1/mark-shipment-packed", `{}`).want(t, 422)
}
