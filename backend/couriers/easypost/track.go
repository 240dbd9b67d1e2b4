package easypost

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

type event struct {
	At       string `json:"datetime"`
	Status   string `json:"status"`
	Detail   string `json:"status_detail"`
	Message  string `json:"message"`
	Location struct {
		City    string `json:"city"`
		State   string `json:"state"`
		Country string `json:"country"`
	} `json:"tracking_location"`
}

// Track asks for the events of the tracker that EasyPost makes with every label. It makes none itself, which may cost.
func (c *Courier) Track(ctx context.Context, access courier.Access, trackingCode, _ string) (events []courier.Event, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			Trackers *[]struct {
				Code   string  `json:"tracking_code"`
				Events []event `json:"tracking_details"`
			} `json:"trackers"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/trackers?"+url.Values{"tracking_code": {trackingCode}}.Encode(), nil), &said)
		if err != nil {
			return err
		}
		if said.Trackers == nil {
			return a.Unreadable("it holds no list of trackers")
		}
		for _, tracker := range *said.Trackers {
			if tracker.Code != trackingCode {
				continue
			}
			for _, e := range tracker.Events {
				at, err := time.Parse(time.RFC3339, e.At)
				if err != nil {
					continue // an event without its moment can't be put in order
				}
				status := e.status()
				events = append(events, courier.Event{
					TrackingCode: trackingCode, AtMs: at.UnixMilli(), Status: status, Description: cmp.Or(e.Message, status.Word()), Location: e.place(),
				})
			}
		}
		slices.SortStableFunc(events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
		return nil
	})
	return events, err
}

func (e event) place() string {
	var parts []string
	for _, part := range []string{e.Location.City, e.Location.State, e.Location.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// Statuses by EasyPost's details, which say more, and by its statuses.
var (
	byDetail = map[string]courier.Status{
		"label_created": courier.StatusBooked, "received_at_origin_facility": courier.StatusCollected, "departed_origin_facility": courier.StatusInTransit,
		"arrived_at_facility": courier.StatusAtHub, "departed_facility": courier.StatusInTransit, "received_at_destination_facility": courier.StatusAtHub,
		"arrived_at_destination": courier.StatusAtHub, "arrived_at_pickup_location": courier.StatusAwaitingPickup, "address_correction": courier.StatusAddressIssue,
		"awaiting_information": courier.StatusOnHold, "held": courier.StatusOnHold, "delayed": courier.StatusOnHold, "weather_delay": courier.StatusOnHold,
		"missorted": courier.StatusOnHold, "lost": courier.StatusOnHold, "delivery_exception": courier.StatusFailedAttempt, "refused": courier.StatusFailedAttempt,
		"damaged": courier.StatusDamaged, "return": courier.StatusReturning, "expired": courier.StatusExpired, "cancelled": courier.StatusCancelled,
	}
	byStatus = map[string]courier.Status{
		"pre_transit": courier.StatusBooked, "in_transit": courier.StatusInTransit, "out_for_delivery": courier.StatusOutForDelivery,
		"delivered": courier.StatusDelivered, "available_for_pickup": courier.StatusAwaitingPickup, "return_to_sender": courier.StatusReturning,
		"failure": courier.StatusOnHold, "error": courier.StatusOnHold, "cancelled": courier.StatusCancelled,
	}
)

// status gives the event's status; Custom for one that is not known.
func (e event) status() courier.Status {
	if e.Status == "delivered" || e.Status == "return_to_sender" { // whatever the details are
		return byStatus[e.Status]
	}
	return cmp.Or(byDetail[e.Detail], byStatus[e.Status], courier.StatusCustom)
}
