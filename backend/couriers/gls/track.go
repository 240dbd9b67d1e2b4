package gls

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

const trackPath = "/track-and-trace-v1/tracking"

// moment is how Track And Trace writes one.
const moment = "2006-01-02T15:04:05-0700"

// begins is the first part of a parcel's first events, as GLS writes it.
const begins = "INTIAL" //nolint:misspell // GLS's own word

type tracked struct {
	Parcels *[]struct {
		Status string `json:"status"`
		At     string `json:"statusDateTime"`
		Events []scan `json:"events"`
		Code   string `json:"errorCode"`
		Words  string `json:"errorMessage"`
	} `json:"parcels"`
}

type scan struct {
	Code    string `json:"code"`
	City    string `json:"city"`
	Country string `json:"country"`
	Words   string `json:"description"`
	At      string `json:"eventDateTime"`
}

// ask asks Track And Trace.
func ask(ctx context.Context, t *httpx.Talk, access courier.Access, path string, into any) (*httpx.Answer, error) {
	c, err := signed(ctx, t, access, httpx.Call{Method: http.MethodGet, URL: trackPath + path})
	if err != nil {
		return nil, err
	}
	return t.AskFor(ctx, c, into)
}

// checkTracking asks what events there are, which only an app that may track is told.
func (c *Courier) checkTracking(ctx context.Context, access courier.Access) error {
	return c.tracking.Do(access, func(t *httpx.Talk) error {
		_, err := ask(ctx, t, access, "/events/codes", &struct{}{})
		return err
	})
}

// Track gives the events of a parcel. A code that GLS does not know yet has none.
func (c *Courier) Track(ctx context.Context, access courier.Access, code, _ string) (events []courier.Event, err error) {
	err = c.tracking.Do(access, func(t *httpx.Talk) error {
		var said tracked
		a, err := ask(ctx, t, access, "/simple/references/"+url.PathEscape(code), &said)
		if err != nil {
			return err
		}
		if said.Parcels == nil {
			return a.Unreadable("it holds no list of parcels")
		}
		for _, p := range *said.Parcels {
			switch {
			case strings.HasPrefix(p.Code, "E_404"):
			case p.Code != "":
				return a.Unreadable("it says " + cmp.Or(p.Words, p.Code))
			default:
				events = append(events, eventsOf(code, p.Status, p.At, p.Events)...)
			}
		}
		slices.SortStableFunc(events, func(a, b courier.Event) int { return cmp.Compare(a.AtMs, b.AtMs) })
		return nil
	})
	return events, err
}

// eventsOf gives what happened to a parcel, oldest first. Where GLS tells where it stands and no events, or a newest event
// that is not known, its standing is told.
func eventsOf(code, standing, since string, list []scan) []courier.Event {
	if len(list) == 0 && standing != "" {
		list = []scan{{Code: standing, Words: strings.ToLower(standing), At: since}}
	}
	var events []courier.Event
	for i, s := range slices.Backward(list) { // GLS has the newest first
		at, err := time.Parse(moment, s.At)
		if err != nil {
			continue
		}
		status := statusOf(s.Code)
		if known := statuses[standing]; status == courier.StatusCustom && i == 0 && known != 0 {
			status = known
		}
		events = append(events, courier.Event{
			ID: s.At + "-" + s.Code, TrackingCode: code, AtMs: at.UnixMilli(), Status: status, Description: cmp.Or(s.Words, s.Code),
			Location: strings.Trim(s.City+", "+s.Country, ", "),
		})
	}
	return events
}

// statuses are where a parcel stands, and the kinds of event, which are the first part of an event's code.
var statuses = map[string]courier.Status{
	"PLANNEDPICKUP": courier.StatusBooked, "INPICKUP": courier.StatusBooked, "NOTPICKEDUP": courier.StatusOnHold, "PREADVICE": courier.StatusBooked,
	"INTRANSIT": courier.StatusInTransit, "INDELIVERY": courier.StatusOutForDelivery, "DELIVEREDPS": courier.StatusAwaitingPickup,
	"DELIVERED": courier.StatusDelivered, "INWAREHOUSE": courier.StatusOnHold, "NOTDELIVERED": courier.StatusFailedAttempt,
	"CANCELED": courier.StatusCancelled, "FINAL": courier.StatusExpired,

	begins + ".PREADVICE": courier.StatusBooked, begins + ".E48_DATA": courier.StatusBooked, begins: courier.StatusCollected,
	"INBOUD": courier.StatusAtHub, "OUTBOD": courier.StatusInTransit, "OUTDEL": courier.StatusOutForDelivery, "DELIVD": courier.StatusDelivered,
	"DELIVD.PARCELSHOP": courier.StatusAwaitingPickup, "DELIVD.PARCELBOX": courier.StatusAwaitingPickup, "CANCEL": courier.StatusCancelled,
}

// statusOf gives the status of an event by its code, else by the code's first part; Custom for one that is not known.
func statusOf(code string) courier.Status {
	kind, _, _ := strings.Cut(code, ".")
	return cmp.Or(statuses[code], statuses[kind], courier.StatusCustom)
}
