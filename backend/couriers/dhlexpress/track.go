package dhlexpress

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

type tracked struct {
	Shipments []struct {
		Waybill string    `json:"shipmentTrackingNumber"`
		Events  []reading `json:"events"`
		Pieces  []struct {
			Tracking string    `json:"trackingNumber"`
			Events   []reading `json:"events"`
		} `json:"pieces"`
	} `json:"shipments"`
}

type reading struct {
	Date        string `json:"date"` // of the place
	Time        string `json:"time"`
	Offset      string `json:"GMTOffset"`
	Code        string `json:"typeCode"`
	Description string `json:"description"`
	Area        []struct {
		Description string `json:"description"`
	} `json:"serviceArea"`
}

// Track gives the events of a waybill or of one parcel's number. DHL knows a shipment once it was collected; before that
// there are none.
func (c *Courier) Track(ctx context.Context, access courier.Access, code, _ string) (events []courier.Event, err error) {
	path := "/shipments/" + url.PathEscape(code) + "/tracking?trackingView=all-checkpoints&requestGMTOffsetPerEvent=true"
	if !waybill(code) { // of a parcel DHL does not tell how far the place's clock is from Greenwich
		path = "/tracking?trackingView=all-checkpoints&levelOfDetail=piece&pieceTrackingNumber=" + url.QueryEscape(code)
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		a, err := t.Ask(ctx, call(t, access, http.MethodGet, path, "", nil))
		if err != nil {
			return err
		}
		if words, _ := told(a); a.Status == http.StatusNotFound && words != "" {
			return nil
		}
		var said tracked
		if err := a.Read(&said); err != nil {
			return err
		}
		for _, s := range said.Shipments {
			if s.Waybill == code {
				events = append(events, eventsOf(code, s.Events)...)
			}
			for _, p := range s.Pieces {
				if p.Tracking == code {
					events = append(events, eventsOf(code, p.Events)...)
				}
			}
		}
		return nil
	})
	return events, err
}

// waybill reports whether a code is a shipment's number of ten digits; parcels' begin with letters.
func waybill(code string) bool {
	return len(code) == 10 && strings.Trim(code, "0123456789") == ""
}

// eventsOf gives what happened, oldest first.
func eventsOf(code string, list []reading) []courier.Event {
	var events []courier.Event
	for _, r := range list {
		at, known := r.at()
		if !known {
			continue
		}
		e := courier.Event{
			ID: r.Date + "T" + r.Time + "-" + r.Code, TrackingCode: code, AtMs: at.UnixMilli(), Status: statusOf(r.Code),
			Description: cmp.Or(strings.TrimSpace(r.Description), "Status "+r.Code),
		}
		if len(r.Area) > 0 {
			e.Location = strings.TrimSpace(r.Area[0].Description)
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b courier.Event) int { return int(a.AtMs/1000 - b.AtMs/1000) })
	return events
}

// at gives when it happened; without an offset the place's clock is taken for UTC.
func (r reading) at() (time.Time, bool) {
	offset := cmp.Or(r.Offset, "+00:00")
	at, err := time.Parse("2006-01-02T15:04:05-07:00", r.Date+"T"+r.Time+offset)
	return at, err == nil
}

// statuses are DHL Express's codes of events, by what they say of a parcel (its list of tracking status codes).
var statuses = map[string]courier.Status{
	"SA": courier.StatusCollected, "PU": courier.StatusCollected,
	"AF": courier.StatusAtHub, "PL": courier.StatusAtHub, "AR": courier.StatusAtHub, "TR": courier.StatusAtHub,
	"DF": courier.StatusInTransit, "SM": courier.StatusInTransit, "FD": courier.StatusInTransit, "TP": courier.StatusInTransit, "MS": courier.StatusInTransit,
	"MC": courier.StatusInTransit, "CR": courier.StatusInTransit, "BR": courier.StatusInTransit, "RR": courier.StatusInTransit, "SC": courier.StatusInTransit,
	"WC": courier.StatusOutForDelivery,
	"ND": courier.StatusFailedAttempt, "NH": courier.StatusFailedAttempt, "CA": courier.StatusFailedAttempt, "RD": courier.StatusFailedAttempt,
	"MD": courier.StatusFailedAttempt,
	"OK": courier.StatusDelivered,
	"PD": courier.StatusInTransit, // some of the parcels; the rest is under way
	"OH": courier.StatusOnHold, "HP": courier.StatusOnHold, "SS": courier.StatusOnHold, "AD": courier.StatusOnHold, "PY": courier.StatusOnHold,
	"BA": courier.StatusAddressIssue, "CM": courier.StatusAddressIssue,
	"RT": courier.StatusReturning,
	"CC": courier.StatusAwaitingPickup,
	"DD": courier.StatusDamaged, "DS": courier.StatusDamaged,
	"IC": courier.StatusCustomsHold, "CD": courier.StatusCustomsHold, "UD": courier.StatusCustomsHold, "BN": courier.StatusCustomsHold,
}

// statusOf gives the status of an event, Custom for a code that is not in DHL's list.
func statusOf(code string) courier.Status {
	if s, known := statuses[code]; known {
		return s
	}
	return courier.StatusCustom
}
