// Package easypost is the adapter of EasyPost. A shipment is made first, which is free and answers with prices; then one of
// them is bought. Our id is the shipment's reference.
package easypost

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	host = "api.easypost.com"
	base = "https://" + host + "/v2"
	// Labels and forms are at one of these two names of the same place. No key is sent there.
	files    = "easypost-files.s3.us-west-2.amazonaws.com"
	oldFiles = "easypost-files.s3-us-west-2.amazonaws.com"
)

// windows are how long after their purchase carriers take labels back.
var windows = map[string]time.Duration{"USPS": 30 * 24 * time.Hour, "UPS": 90 * 24 * time.Hour, "FedEx": 90 * 24 * time.Hour}

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{
		Courier: descriptor, Hosts: []string{host, files, oldFiles}, Told: told, Limits: []httpx.Limit{{Calls: 5, Per: time.Second}},
	}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with the auth's key.
func call(t *httpx.Talk, access courier.Access, method, path string, body any) httpx.Call {
	key := t.Basic(access.Credentials.Get(fieldKey), "")
	return httpx.Call{Method: method, URL: base + path, JSON: body, Header: http.Header{"Authorization": {key}}}
}

// Check asks for one address, which proves the key.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		var said struct {
			Addresses *[]struct {
				Mode string `json:"mode"`
			} `json:"addresses"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/addresses?page_size=1", nil), &said)
		if err != nil {
			return err
		}
		if said.Addresses == nil {
			return a.Unreadable("it holds no list of addresses")
		}
		v.Steps = []courier.Step{{Text: "EasyPost takes the key.", Took: c.env.Clock.Now().Sub(began)}}
		for _, address := range *said.Addresses {
			if wrong := mismatch(access, address.Mode); wrong != "" {
				v.Warnings = append(v.Warnings, wrong)
			}
		}
		return nil
	})
	return v, err
}

// mismatch says why a key of the mode that EasyPost told does not fit the auth's Testing flag, "" where it does.
func mismatch(access courier.Access, mode string) string {
	switch {
	case access.Testing && mode != "test":
		return "This is a production key, which buys real labels. Register it with Testing switched off."
	case !access.Testing && mode != "production":
		return "This is a test key, whose labels no carrier takes. Register it with Testing switched on."
	}
	return ""
}

// Book makes a shipment, and buys the cheapest price of the service. Rejected: EasyPost or the carrier refused it, no
// carrier account offers the service, or the key is not of the kind that was registered; nothing was bought.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	request, service, err := requestOf(access, in)
	if err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		made, best, err := c.offer(ctx, t, access, request, service)
		if err != nil {
			return courier.Booked{}, err
		}
		var s shipment
		a, err := t.OnceFor(ctx, call(t, access, http.MethodPost, "/shipments/"+url.PathEscape(made.ID)+"/buy", map[string]any{"rate": map[string]string{"id": best.ID}}), &s)
		if err != nil {
			return courier.Booked{}, err
		}
		if s.ID != made.ID || s.Tracking == "" {
			return courier.Booked{}, a.Unreadable("it names no tracking number of the shipment that was bought")
		}
		b := c.booked(s)
		c.addLabel(ctx, t, access, in, s, &b)
		return b, nil
	})
}

// offer makes the shipment and gives the price to buy.
func (c *Courier) offer(ctx context.Context, t *httpx.Talk, access courier.Access, request newShipment, service string) (shipment, rate, error) {
	s, a, err := c.priced(ctx, t, access, request)
	if err != nil {
		return shipment{}, rate{}, err
	}
	best, found := s.best(service)
	if !found {
		text := s.refusal(service)
		return shipment{}, rate{}, a.Rejected(text, errs.Field{Path: "shipment.dc_service_id", Message: text})
	}
	return s, best, nil
}

// priced makes the shipment, which answers with prices. It costs nothing, however often it is asked.
func (c *Courier) priced(ctx context.Context, t *httpx.Talk, access courier.Access, request newShipment) (shipment, *httpx.Answer, error) {
	var s shipment
	a, err := t.AskFor(ctx, call(t, access, http.MethodPost, "/shipments", map[string]any{"shipment": request}), &s)
	if err != nil {
		return shipment{}, nil, err
	}
	if s.ID == "" || s.Reference != request.Reference {
		return shipment{}, nil, a.Unreadable("it does not tell of the shipment that was sent")
	}
	if wrong := mismatch(access, s.Mode); wrong != "" {
		return shipment{}, nil, errs.New(errs.Rejected, "%s Nothing was bought.", wrong)
	}
	return s, a, nil
}

// booked gives what a shipment is as a purchase, without its label.
func (c *Courier) booked(s shipment) courier.Booked {
	b := courier.Booked{CourierRef: s.ID, TrackingCodes: []string{s.Tracking}, Price: s.Selected.price()}
	if strings.HasPrefix(s.Tracker.URL, "https://") {
		b.TrackingURLs = []string{s.Tracker.URL}
	}
	if window := windows[s.Selected.Carrier]; window > 0 {
		bought := c.env.Clock.Now()
		if at, err := time.Parse(time.RFC3339, s.Label.CreatedAt); err == nil {
			bought = at
		}
		b.CancelUntilMs = bought.Add(window).UnixMilli()
	}
	return b
}

// Cancel asks for a refund. Nil once the carrier was asked: it is credited when the carrier has seen that the label was not
// used.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		var s shipment
		a, err := t.OnceFor(ctx, call(t, access, http.MethodPost, "/shipments/"+url.PathEscape(b.CourierRef)+"/refund", nil), &s)
		if err != nil {
			return err
		}
		switch s.Refund {
		case "submitted", "refunded":
			a.Settle()
			return nil
		case "rejected":
			return a.Rejected("the carrier does not take this label back")
		case "not_applicable":
			return a.Rejected("there is nothing to refund for this label")
		}
		return a.Unreadable("it does not say what became of the refund")
	})
}
