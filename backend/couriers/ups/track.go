package ups

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

type trackAnswer struct {
	Response struct {
		Shipments []struct {
			Packages []struct {
				Tracking   string     `json:"trackingNumber"`
				Activities []activity `json:"activity"`
			} `json:"package"`
		} `json:"shipment"`
	} `json:"trackResponse"`
}

type activity struct {
	Date     string `json:"date"` // YYYYMMDD where it happened
	Time     string `json:"time"` // HHMMSS
	GMTDate  string `json:"gmtDate"`
	GMTTime  string `json:"gmtTime"` // HHMMSS, leading zeros left out; some with colons
	Location struct {
		Address struct {
			City    string `json:"city"`
			Country string `json:"countryCode"`
		} `json:"address"`
	} `json:"location"`
	Status struct {
		Type        string `json:"type"`
		Code        string `json:"code"`
		Description string `json:"description"`
	} `json:"status"`
}

// Track gives the events of a parcel. A number that UPS does not know yet has none: a label is known once it was scanned,
// or when its data came, hours later.
func (c *Courier) Track(ctx context.Context, access courier.Access, code, _ string) (events []courier.Event, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, http.MethodGet, "/track/v1/details/"+url.PathEscape(code)+"?locale=en_GB", code, nil)
		if err != nil {
			return err
		}
		a, err := t.Ask(ctx, ask)
		if err != nil {
			return err
		}
		if words, _ := told(a); a.Status == http.StatusNotFound && words != "" {
			return nil
		}
		var said trackAnswer
		if err := a.Read(&said); err != nil {
			return err
		}
		for _, s := range said.Response.Shipments {
			for _, p := range s.Packages {
				if p.Tracking == code {
					events = append(events, eventsOf(code, p.Activities)...)
				}
			}
		}
		return nil
	})
	return events, err
}

// eventsOf gives what happened, oldest first; UPS tells the newest first.
func eventsOf(code string, list []activity) []courier.Event {
	var events []courier.Event
	for _, a := range list {
		at, known := a.at()
		if !known {
			continue
		}
		place := strings.Trim(strings.TrimSpace(a.Location.Address.City)+", "+a.Location.Address.Country, ", ")
		words := cmp.Or(strings.TrimSpace(a.Status.Description), "Status "+a.Status.Type+" "+a.Status.Code)
		events = append(events, courier.Event{
			ID: at.Format("20060102T150405") + "-" + a.Status.Type + a.Status.Code, TrackingCode: code, AtMs: at.UnixMilli(),
			Status: statusOf(a.Status.Type, words), Description: words, Location: place,
		})
	}
	slices.Reverse(events)
	slices.SortStableFunc(events, func(a, b courier.Event) int { return int(a.AtMs/1000 - b.AtMs/1000) })
	return events
}

// at gives when it happened: by Greenwich where that is told, else by the clock of the place, taken for UTC.
func (a activity) at() (time.Time, bool) {
	for _, told := range [][2]string{{a.GMTDate, a.GMTTime}, {a.Date, a.Time}} {
		day, clock := strings.ReplaceAll(told[0], "-", ""), strings.ReplaceAll(told[1], ":", "")
		if day == "" {
			continue
		}
		if len(clock) < 6 {
			clock = strings.Repeat("0", 6-len(clock)) + clock
		}
		if at, err := time.Parse("20060102150405", day+clock); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// statusOf gives the status of an activity by UPS's type of it, and within a type by its words: the codes below the types
// are many and not in the contract.
func statusOf(kind, words string) courier.Status {
	w := strings.ToLower(words)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(w, p) })
	}
	switch kind {
	case "M":
		return courier.StatusBooked
	case "MV":
		return courier.StatusCancelled
	case "P":
		return courier.StatusCollected
	case "O":
		return courier.StatusOutForDelivery
	case "D":
		return courier.StatusDelivered
	case "RS":
		return courier.StatusReturning
	case "W", "DO", "DD":
		return courier.StatusAtHub
	case "I":
		switch {
		case has("out for delivery"):
			return courier.StatusOutForDelivery
		case has("customs", "clearance") && !has("cleared", "released", "complete"):
			return courier.StatusCustomsHold
		case has("access point", "ready for pickup", "ready for collection"):
			return courier.StatusAwaitingPickup
		case has("arrived", "origin scan", "facility", "hub", "warehouse"):
			return courier.StatusAtHub
		}
		return courier.StatusInTransit
	case "X":
		switch {
		case has("return"):
			return courier.StatusReturning
		case has("damage"):
			return courier.StatusDamaged
		case has("address", "apartment number", "house number"):
			return courier.StatusAddressIssue
		case has("customs", "clearance", "brokerage", "import"):
			return courier.StatusCustomsHold
		case has("attempt", "not available", "was closed", "not home", "refused"):
			return courier.StatusFailedAttempt
		case has("access point", "ready for"):
			return courier.StatusAwaitingPickup
		}
		return courier.StatusOnHold
	}
	return courier.StatusCustom
}
