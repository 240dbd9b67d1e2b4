package gls

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// report is what GLS took for a day.
type report struct {
	Shipments []struct {
		References []string `json:"ShipmentReference"`
		Units      []struct {
			Code string `json:"TrackID"`
		} `json:"ShipmentUnit"`
	} `json:"Shipments"`
}

// Manifest closes a day: its parcels are announced to the depot. GLS gives neither number nor paper, so the day stands in;
// where not all of ours are in GLS's report, the number says so.
func (c *Courier) Manifest(ctx context.Context, access courier.Access, day courier.Day) (m courier.Manifest, err error) {
	date := time.UnixMilli(day.AtMs).UTC().Format(time.DateOnly)
	err = c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := shipIt(ctx, t, access, "/shipments/endofday?"+url.Values{"date": {date}}.Encode(), nil)
		if err != nil {
			return err
		}
		var said report
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return err
		}
		taken := 0
		for _, s := range day.Shipments {
			if said.holds(s) {
				taken++
			}
		}
		switch taken {
		case 0:
			return a.Rejected("no open parcel of " + date + " is one of these")
		case len(day.Shipments):
			m.Number = date
		default:
			m.Number = fmt.Sprintf("%s (%d of %d shipments)", date, taken, len(day.Shipments))
		}
		return nil
	})
	return m, err
}

// holds reports whether a shipment is in the report.
func (r report) holds(s courier.Reference) bool {
	for _, told := range r.Shipments {
		if slices.Contains(told.References, s.ShipmentID) {
			return true
		}
		for _, u := range told.Units {
			if slices.Contains(s.TrackingCodes, u.Code) {
				return true
			}
		}
	}
	return false
}
