// Package gls is the adapter of GLS ShipIT, the service of the GLS group for senders in Europe, with OAuth client
// credentials. A shipment with its labels is one call; tracking is a service of its own.
package gls

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	liveHost = "api.gls-group.net"
	testHost = "api-sandbox.gls-group.net"

	shipItPath = "/shipit-farm/v1/backend/rs"
	mediaType  = "application/glsVersion1+json"
)

// Courier is the adapter. Tracking has a line of its own because its limit is its own: once the day's tracking is used
// up, labels are still bought.
type Courier struct {
	line     *httpx.Line
	tracking *httpx.Line
	env      httpx.Env
}

// New makes the adapter. ShipIT names no limits; Track And Trace takes 500 calls a day.
func New(env httpx.Env) *Courier {
	config := httpx.Config{Courier: descriptor, Hosts: []string{liveHost, testHost}, Told: told}
	tracking := config
	tracking.Limits = []httpx.Limit{{Calls: 500, Per: 24 * time.Hour}}
	return &Courier{env: env, line: httpx.NewLine(config, env), tracking: httpx.NewLine(tracking, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// base gives the address of the host that an auth is for.
func base(access courier.Access) string {
	if access.Testing {
		return "https://" + testHost
	}
	return "https://" + liveHost
}

// signed adds an access token to a call, whose URL is a path.
func signed(ctx context.Context, t *httpx.Talk, access courier.Access, c httpx.Call) (httpx.Call, error) {
	token, err := t.Bearer(ctx, httpx.Grant{
		URL: base(access) + "/oauth2/v2/token", ID: access.Credentials.Get(fieldID), Secret: access.Credentials.Get(fieldSecret),
	})
	c.URL, c.Header = base(access)+c.URL, http.Header{"Authorization": {token}}
	return c, err
}

// shipIt makes a call of ShipIT, which takes and gives a JSON of its own media type. body is nil where there is none.
func shipIt(ctx context.Context, t *httpx.Talk, access courier.Access, path string, body any) (httpx.Call, error) {
	return signed(ctx, t, access, httpx.Call{
		Method: http.MethodPost, URL: shipItPath + path, JSON: body, Type: mediaType, Accept: mediaType + ", application/json",
	})
}

// Check gets an access token and looks for parcels that nobody sent, which ShipIT answers only to an app that may use it.
// Whether the app may track is told beside it.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	began := c.env.Clock.Now()
	err = c.line.Do(access, func(t *httpx.Talk) error {
		today := noon(began)
		ask, err := shipIt(ctx, t, access, "/tracking/parcels", search{Reference: "connection-check", From: today, To: today})
		if err != nil {
			return err
		}
		a, err := t.Ask(ctx, ask)
		if err != nil {
			return err
		}
		if !answered(a) {
			if err := a.Refusal(); err != nil {
				return err
			}
		}
		v.Steps = []courier.Step{{Text: "GLS takes the keys and lets them use ShipIT.", Took: c.env.Clock.Now().Sub(began)}}
		return nil
	})
	if err != nil {
		return courier.Verdict{}, err
	}
	if err := c.checkTracking(ctx, access); err != nil {
		v.Warnings = append(v.Warnings, "Parcels can't be tracked with these keys: "+errs.As(err).Message+" Add Track And Trace to the app.")
	} else {
		v.Steps = append(v.Steps, courier.Step{Text: "Track And Trace answers.", Took: c.env.Clock.Now().Sub(began)})
	}
	if access.Testing {
		v.Warnings = append(v.Warnings, "The GLS sandbox passes nothing on: no driver may get its labels.")
	}
	return v, nil
}

// Book buys the shipment. Invalid: GLS could not take the order as it stands. Rejected: GLS refused it.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if err := check(in); err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		ask, err := shipIt(ctx, t, access, "/shipments", orderOf(access, in))
		if err != nil {
			return courier.Booked{}, err
		}
		var said created
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return courier.Booked{}, err
		}
		if said.Shipment.codes() == nil || len(said.Shipment.Parcels) != len(in.Parcels) {
			return courier.Booked{}, a.Unreadable("it does not name the tracking number of each parcel")
		}
		b := booked(said.Shipment.codes())
		label, warnings, err := labelOf(in, said.Shipment.files())
		if err != nil {
			label, warnings, err = c.again(ctx, t, access, in, b.TrackingCodes)
		}
		finish(&b, label, warnings, err)
		return b, nil
	})
}

// booked gives a purchase of the parcels with these codes. GLS has no number for a shipment: the first parcel's stands in.
func booked(codes []string) courier.Booked {
	b := courier.Booked{CourierRef: codes[0], TrackingCodes: codes}
	for _, code := range codes {
		b.TrackingURLs = append(b.TrackingURLs, "https://gls-group.com/GROUP/en/parcel-tracking/?match="+url.QueryEscape(code))
	}
	return b
}

// finish adds the label. Without one the purchase stands all the same, and says so.
func finish(b *courier.Booked, label courier.Label, warnings []courier.Warning, err error) {
	if err != nil {
		warnings = append(warnings, courier.NoLabelYet(err))
	}
	b.Label, b.Warnings = label, append(b.Warnings, warnings...)
}

// Cancel cancels each parcel, which is possible until GLS has scanned it. What was refused does not keep the others from
// being cancelled.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		var refused error
		done := 0
		for _, code := range b.TrackingCodes {
			err := c.cancel(ctx, t, access, code)
			switch {
			case err == nil:
				done++
			case !errs.Is(err, errs.Rejected):
				return partly(err, done, b)
			case refused == nil:
				refused = err
			}
		}
		return partly(refused, done, b)
	})
}

// partly says how many parcels were cancelled where others were not.
func partly(err error, done int, b courier.Reference) error {
	if err == nil || done == 0 {
		return err
	}
	return errs.Wrap(err, errs.CodeOf(err), "GLS cancelled %d of %d parcels. Of another it is said: %s", done, len(b.TrackingCodes), errs.As(err).Message)
}

func (*Courier) cancel(ctx context.Context, t *httpx.Talk, access courier.Access, code string) error {
	ask, err := shipIt(ctx, t, access, "/shipments/cancel/"+url.PathEscape(code), nil)
	if err != nil {
		return err
	}
	var said cancelled
	a, err := t.OnceFor(ctx, ask, &said)
	if err != nil {
		return err
	}
	switch said.Result {
	case "CANCELLED", "CANCELLATION_PENDING":
		a.Settle()
		return nil
	case "SCANNED":
		return a.Rejected("parcel " + code + " has been scanned already, so that it can't be cancelled any more")
	case "ERROR":
		return a.Rejected("parcel " + code + " can't be cancelled")
	}
	return a.Unreadable("it does not say whether the parcel was cancelled")
}
