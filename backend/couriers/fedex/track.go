package fedex

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

type question struct {
	Detailed bool          `json:"includeDetailedScans"`
	Info     []trackedInfo `json:"trackingInfo"`
}

type trackedInfo struct {
	Number struct {
		Tracking string `json:"trackingNumber"`
	} `json:"trackingNumberInfo"`
}

type trackAnswer struct {
	Output struct {
		Complete []struct {
			Tracking string `json:"trackingNumber"`
			Results  []struct {
				Scans []scan `json:"scanEvents"`
				Error *alert `json:"error"`
			} `json:"trackResults"`
		} `json:"completeTrackResults"`
	} `json:"output"`
}

type scan struct {
	Date      string `json:"date"` // with its offset
	Type      string `json:"eventType"`
	Derived   string `json:"derivedStatusCode"`
	Words     string `json:"eventDescription"`
	Exception string `json:"exceptionDescription"`
	Place     struct {
		City    string `json:"city"`
		Country string `json:"countryCode"`
	} `json:"scanLocation"`
}

// Track gives the events of a parcel. A number that FedEx does not know yet has none.
func (c *Courier) Track(ctx context.Context, access courier.Access, code, _ string) (events []courier.Event, err error) {
	key, secret := fieldKey, fieldSecret
	if access.Credentials.Get(fieldTrackKey) != "" {
		key, secret = fieldTrackKey, fieldTrackSecret
	}
	about := trackedInfo{}
	about.Number.Tracking = code
	err = c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, key, secret, httpx.Call{
			Method: http.MethodPost, URL: "/track/v1/trackingnumbers", JSON: question{true, []trackedInfo{about}},
		}, "")
		if err != nil {
			return err
		}
		var said trackAnswer
		if _, err := t.AskFor(ctx, ask, &said); err != nil {
			return err
		}
		for _, one := range said.Output.Complete {
			for _, r := range one.Results {
				if r.Error != nil && !strings.Contains(r.Error.Code, "NOTFOUND") {
					return errs.New(errs.Rejected, "FedEx: %s", cmp.Or(r.Error.Message, r.Error.Code))
				}
				if one.Tracking == code {
					events = append(events, eventsOf(code, r.Scans)...)
				}
			}
		}
		return nil
	})
	return events, err
}

// eventsOf gives what happened, oldest first.
func eventsOf(code string, list []scan) []courier.Event {
	var events []courier.Event
	for _, s := range list {
		at, err := time.Parse(time.RFC3339, s.Date)
		if err != nil {
			continue
		}
		words := cmp.Or(s.Words, "Status "+s.Type)
		if s.Exception != "" && s.Exception != words {
			words += ": " + s.Exception
		}
		events = append(events, courier.Event{
			ID: s.Date + "-" + s.Type, TrackingCode: code, AtMs: at.UnixMilli(), Status: statusOf(s), Description: words,
			Location: strings.Trim(s.Place.City+", "+s.Place.Country, ", "),
		})
	}
	slices.SortStableFunc(events, func(a, b courier.Event) int { return int(a.AtMs/1000 - b.AtMs/1000) })
	return events
}

// statuses are FedEx's codes of scans, by what they say of a parcel.
var statuses = map[string]courier.Status{
	"OC": courier.StatusBooked, "OX": courier.StatusBooked, "IN": courier.StatusBooked,
	"PU": courier.StatusCollected, "PX": courier.StatusCollected, "DO": courier.StatusCollected,
	"AR": courier.StatusAtHub, "AF": courier.StatusAtHub, "FD": courier.StatusAtHub, "AX": courier.StatusAtHub, "SF": courier.StatusAtHub, "LP": courier.StatusAtHub,
	"AO": courier.StatusInTransit, "DP": courier.StatusInTransit, "LO": courier.StatusInTransit, "IT": courier.StatusInTransit, "IX": courier.StatusInTransit,
	"PF": courier.StatusInTransit, "PL": courier.StatusInTransit, "PM": courier.StatusInTransit, "TR": courier.StatusInTransit, "CC": courier.StatusInTransit,
	"EA": courier.StatusInTransit, "ED": courier.StatusInTransit,
	"OD": courier.StatusOutForDelivery,
	"DL": courier.StatusDelivered,
	"DY": courier.StatusOnHold, "SE": courier.StatusOnHold, "CH": courier.StatusOnHold,
	"RS": courier.StatusReturning, "RD": courier.StatusReturning, "RT": courier.StatusReturning,
	"CA": courier.StatusCancelled,
	"HL": courier.StatusAwaitingPickup, "HP": courier.StatusAwaitingPickup,
	"CD": courier.StatusCustomsHold, "CP": courier.StatusCustomsHold,
}

// statusOf gives the status of a scan by its code, else by the code of the status it led to; what went wrong with a
// delivery stands in words alone.
func statusOf(s scan) courier.Status {
	w := strings.ToLower(s.Words + " " + s.Exception)
	if s.Type == "DE" || s.Type == "SE" {
		switch {
		case strings.Contains(w, "damage"):
			return courier.StatusDamaged
		case strings.Contains(w, "address"):
			return courier.StatusAddressIssue
		case strings.Contains(w, "customs"), strings.Contains(w, "clearance"):
			return courier.StatusCustomsHold
		case s.Type == "DE":
			return courier.StatusFailedAttempt
		}
		return courier.StatusOnHold
	}
	for _, code := range []string{s.Type, s.Derived} {
		if status, known := statuses[code]; known {
			return status
		}
	}
	return courier.StatusCustom
}
