package sendcloud

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

type event struct {
	At          string `json:"event_at"`
	Code        string `json:"status_code"`
	Type        string `json:"status_type"`
	Description string `json:"status_description"`
}

// Track asks for a parcel's events.
func (c *Courier) Track(ctx context.Context, access courier.Access, trackingCode, _ string) (events []courier.Event, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			Events *[]event `json:"events"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/parcels/tracking/"+url.PathEscape(trackingCode), nil), &said)
		if err != nil {
			return err
		}
		if said.Events == nil {
			return a.Unreadable("it holds no list of events")
		}
		for _, e := range *said.Events {
			at, err := time.Parse(time.RFC3339, e.At)
			if err != nil {
				continue // an event without its moment can't be put in order
			}
			status := e.status()
			events = append(events, courier.Event{
				TrackingCode: trackingCode, AtMs: at.UnixMilli(), Status: status, Description: cmp.Or(e.Description, plain(e.Code), status.Word()),
			})
		}
		slices.SortStableFunc(events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
		return nil
	})
	return events, err
}

// statuses has Sendcloud's statuses by their words.
var statuses = map[string]courier.Status{
	"no label": courier.StatusBooked, "ready to send": courier.StatusBooked, "being announced": courier.StatusBooked,
	"announced": courier.StatusBooked, "announced not collected": courier.StatusBooked,
	"shipment picked up by driver": courier.StatusCollected, "picked up by driver": courier.StatusCollected,
	"at sorting centre": courier.StatusAtHub, "at sorting center": courier.StatusAtHub, "being sorted": courier.StatusAtHub,
	"sorted": courier.StatusAtHub, "not sorted": courier.StatusAtHub, "unsorted": courier.StatusAtHub,
	"en route to sorting center": courier.StatusInTransit, "en route to sorting centre": courier.StatusInTransit,
	"parcel en route": courier.StatusInTransit, "en route": courier.StatusInTransit, "in transit": courier.StatusInTransit,
	"delivery method changed": courier.StatusInTransit, "delivery date changed": courier.StatusInTransit, "delivery address changed": courier.StatusInTransit,
	"driver en route": courier.StatusOutForDelivery, "out for delivery": courier.StatusOutForDelivery,
	"delivery attempt failed": courier.StatusFailedAttempt, "refused by recipient": courier.StatusFailedAttempt,
	"delivered": courier.StatusDelivered, "shipment collected by customer": courier.StatusDelivered,
	"delivery delayed": courier.StatusOnHold, "error collecting": courier.StatusOnHold, "unable to deliver": courier.StatusOnHold, "exception": courier.StatusOnHold,
	"address invalid": courier.StatusAddressIssue, "returned to sender": courier.StatusReturning, "being returned": courier.StatusReturning,
	"cancelled": courier.StatusCancelled, "cancelled upstream": courier.StatusCancelled,
	"cancellation requested": courier.StatusCustom, "cancellation request": courier.StatusCustom, "submitting cancellation request": courier.StatusCustom,
	"announcement failed":      courier.StatusCustom,
	"awaiting customer pickup": courier.StatusAwaitingPickup, "ready for collection": courier.StatusAwaitingPickup,
	"damaged": courier.StatusDamaged, "at customs": courier.StatusCustomsHold,
}

// status gives the event's status by its code, its type or its words; Custom for one that is not known.
func (e event) status() courier.Status {
	for _, words := range []string{e.Code, e.Type, e.Description} {
		if s, known := statuses[plain(words)]; known {
			return s
		}
	}
	return courier.StatusCustom
}
