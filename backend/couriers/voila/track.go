package voila

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// identifier names a parcel's history.
type identifier struct {
	ID       text   `json:"tracking_request_id"`
	Hash     text   `json:"tracking_request_hash"`
	Postcode string `json:"postcode"`
}

// history is get-tracking's answer, in whichever of its two shapes it comes.
type history struct {
	Events   []plainEvent `json:"events"`
	Response label        `json:"shipment_response"` // what create-label had answered
	Data     struct {
		Parcels []struct {
			TrackingCode string       `json:"tracking_code"`
			Events       []codedEvent `json:"tracking_events"`
		} `json:"parcels"`
	} `json:"data"`
}

type plainEvent struct {
	Date        string `json:"date"`
	Time        string `json:"time"`
	Location    string `json:"location"`
	Description string `json:"description"`
	Status      string `json:"status"`
	Code        int    `json:"status_code"`
}

type codedEvent struct {
	Date        string `json:"update_date"`
	Code        int    `json:"status_code"`
	Status      string `json:"status"`
	Description string `json:"status_description"`
}

// history asks for all that Voila knows of a tracking code, which needs no courier's key.
func (c *Courier) history(ctx context.Context, t *httpx.Talk, access courier.Access, code string) (history, error) {
	var out history
	var found []identifier
	a, err := t.AskFor(ctx, call(access, http.MethodPost, couriers+"get-tracking-identifiers", map[string]string{"tracking_code": code}), &found)
	if err != nil {
		return out, err
	}
	if len(found) == 0 {
		return out, a.Rejected("it knows no parcel with the code " + code)
	}
	pair := map[string]any{"tracking_request_id": json.Number(found[0].ID), "tracking_request_hash": json.Number(found[0].Hash)}
	_, err = t.AskFor(ctx, call(access, http.MethodPost, couriers+"get-tracking", pair), &out)
	return out, err
}

// Track asks for a parcel's events.
func (c *Courier) Track(ctx context.Context, access courier.Access, trackingCode, _ string) (events []courier.Event, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		told, err := c.history(ctx, t, access, trackingCode)
		if err != nil {
			return err
		}
		if events = told.of(trackingCode); events == nil {
			return errs.New(errs.Unavailable, "Voila holds no events of the parcel %s yet.", trackingCode)
		}
		return nil
	})
	return events, err
}

// of gives a parcel's events, oldest first. Those with status numbers are taken where there are any.
func (h history) of(code string) []courier.Event {
	var events []courier.Event
	add := func(when string, status courier.Status, location string, words ...string) {
		at, ok := moment(when)
		if !ok {
			return // an event without its moment can't be put in order
		}
		events = append(events, courier.Event{
			TrackingCode: code, AtMs: at.UnixMilli(), Status: status, Location: location, Description: cmp.Or(cmp.Or(words...), status.Word()),
		})
	}
	for _, p := range h.Data.Parcels {
		if p.TrackingCode != code {
			continue
		}
		for _, e := range p.Events {
			add(e.Date, statusOf(e.Code, e.Status), "", e.Description, e.Status)
		}
	}
	if events == nil {
		for _, e := range h.Events {
			add(strings.TrimSpace(e.Date+" "+e.Time), statusOf(e.Code, e.Status), e.Location, e.Description, e.Status)
		}
	}
	slices.SortStableFunc(events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
	return events
}

// moment reads the forms of a moment. Those without a zone are taken as UTC, because the contract names none.
func moment(when string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.Parse(layout, when); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// statusOf gives the status by its number, else by its word; Custom for one that is not known.
func statusOf(code int, word string) courier.Status {
	if s := courier.Status(code); s.Known() {
		return s
	}
	for s := courier.StatusBooked; s <= courier.StatusCustom; s++ {
		if s.Known() && strings.EqualFold(s.Word(), strings.TrimSpace(word)) {
			return s
		}
	}
	return courier.StatusCustom
}
