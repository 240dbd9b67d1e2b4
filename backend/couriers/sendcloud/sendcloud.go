// Package sendcloud is the adapter of Sendcloud's API v3: many carriers behind one key. A purchase is one call, and its
// label is a document of each parcel. Our id is the shipment's external reference, which Sendcloud takes once only.
package sendcloud

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	host = "panel.sendcloud.sc"
	base = "https://" + host + "/api/v3"
)

// cancelWindow is how long after its announcement Sendcloud cancels a shipment; a carrier's own window may be shorter.
const cancelWindow = 42 * 24 * time.Hour

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{
		Courier: descriptor, Hosts: []string{host}, Told: told,
		Limits: []httpx.Limit{{Calls: 100, Per: time.Minute, Buys: true}, {Calls: 1000, Per: time.Minute}, {Calls: 15, Per: time.Second}},
	}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with the auth's keys.
func call(t *httpx.Talk, access courier.Access, method, path string, body any) httpx.Call {
	keys := t.Basic(access.Credentials.Get(fieldPublic), access.Credentials.Get(fieldSecret))
	return httpx.Call{Method: method, URL: base + path, JSON: body, Header: http.Header{"Authorization": {keys}}}
}

// Check asks for one shipment, which proves the keys. An account without any is answered with an empty list or with
// Sendcloud's own "not_found"; both come after the keys were taken.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		a, err := t.Ask(ctx, call(t, access, http.MethodGet, "/shipments?page_size=1", nil))
		if err != nil {
			return err
		}
		if _, err := shipments(a); err != nil {
			return err
		}
		v.Steps = []courier.Step{{Text: "Sendcloud takes the keys and lets them read shipments.", Took: c.env.Clock.Now().Sub(began)}}
		return nil
	})
	if err == nil && access.Testing {
		v.Warnings = append(v.Warnings, "Sendcloud has no test service: with this test auth only the free Unstamped letter can be bought.")
	}
	return v, err
}

// Book announces the shipment. Rejected: Sendcloud or the carrier refused it.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	request, err := requestOf(access, in)
	if err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		var said struct {
			Data shipment `json:"data"`
		}
		a, err := t.OnceFor(ctx, call(t, access, http.MethodPost, "/shipments/announce", request), &said)
		if err != nil { // a 409 says that the reference was taken before: the look-up tells by what
			return courier.Booked{}, err
		}
		s := said.Data
		if s.ID == "" || len(s.Parcels) == 0 || s.Reference != "" && s.Reference != in.ShipmentID {
			return courier.Booked{}, a.Unreadable("it does not tell of the shipment that was sent")
		}
		switch s.outcome() {
		case failed:
			text, fields := wordsOf(s.Errors)
			return courier.Booked{}, a.Rejected(text, fields...)
		case partly:
			return courier.Booked{}, c.takeBack(ctx, t, access, s, a)
		case pending:
			return courier.Booked{}, a.Unreadable("the carrier has not answered it yet")
		}
		b := c.booked(s, in)
		c.addLabel(ctx, t, access, in, s, &b)
		return b, nil
	})
}

// takeBack cancels a shipment of which the carrier took some parcels and refused others: nothing is bought then. Where it
// can't be cancelled, a person has to look.
func (c *Courier) takeBack(ctx context.Context, t *httpx.Talk, access courier.Access, s shipment, a *httpx.Answer) error {
	why, fields := wordsOf(s.Errors)
	if err := c.remove(ctx, t, access, s.ID); err != nil {
		return errs.Wrap(err, errs.Unclear, "Sendcloud bought labels for some of the parcels only (%s), and the shipment %s could not be cancelled again.", why, s.ID)
	}
	return a.Rejected(why, fields...)
}

// booked gives what a shipment is as a purchase, without its label.
func (c *Courier) booked(s shipment, in courier.Consignment) courier.Booked {
	b := courier.Booked{CourierRef: s.ID, CancelUntilMs: c.env.Clock.Now().Add(cancelWindow).UnixMilli()}
	for _, p := range s.Parcels {
		if at, err := time.Parse(time.RFC3339, p.AnnouncedAt); err == nil {
			b.CancelUntilMs = at.Add(cancelWindow).UnixMilli()
		}
		if p.Tracking == "" || slices.Contains(b.TrackingCodes, p.Tracking) {
			continue
		}
		b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
		b.TrackingURLs = append(b.TrackingURLs, p.TrackingURL)
	}
	if slices.Contains(b.TrackingURLs, "") {
		b.TrackingURLs = nil
	}
	if len(b.TrackingCodes) == 0 {
		b.TrackingCodes = []string{b.CourierRef}
		b.Warnings = append(b.Warnings, courier.Warning{
			Field: "shipment.dc_service_id", Message: in.Service.Name + " gave no tracking number. The shipment's number in Sendcloud stands in for it.",
		})
	}
	return b
}

// Cancel cancels the shipment. Nil also where Sendcloud put it in its queue: the carrier is watched for 14 days, and the
// label cancelled when nobody used it.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error { return c.remove(ctx, t, access, b.CourierRef) })
}

func (c *Courier) remove(ctx context.Context, t *httpx.Talk, access courier.Access, id string) error {
	a, err := t.Once(ctx, call(t, access, http.MethodPost, "/shipments/"+url.PathEscape(id)+"/cancel", nil))
	if err != nil {
		return err
	}
	if faults := faultsOf(a.Body); a.Status == http.StatusConflict && len(faults) > 0 { // its way of saying no, and of saying that it was done before
		text, _ := wordsOf(faults)
		refusal := a.Rejected(text)
		if s, err := c.shipment(ctx, t, access, id); err == nil && s.cancelled() {
			return nil
		}
		return refusal
	}
	var said struct {
		Data struct {
			Status  string `json:"status"`
			Message string `json:"message"`
		} `json:"data"`
	}
	if err := a.Read(&said); err != nil {
		return err
	}
	switch strings.ToLower(said.Data.Status) {
	case "cancelled", "canceled", "queued":
		a.Settle()
		return nil
	}
	return a.Unreadable("it does not say that the shipment was cancelled")
}
