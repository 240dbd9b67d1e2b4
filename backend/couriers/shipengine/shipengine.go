// Package shipengine is the adapter of ShipEngine, which is also ShipStation's API v2: many carriers behind one key. A label
// is one call. Our id is the shipment's external_shipment_id, which is taken once.
package shipengine

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

// The platforms and where they are.
const (
	platformEngine  = "shipengine"
	platformStation = "shipstation"
	hostEngine      = "api.shipengine.com"
	hostStation     = "api.shipstation.com"
)

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{
		Courier: descriptor, Hosts: []string{hostEngine, hostStation}, Told: told,
		Limits: []httpx.Limit{{Calls: 200, Per: time.Minute}}, TestLimits: []httpx.Limit{{Calls: 20, Per: time.Minute}},
	}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with the auth's key.
func call(access courier.Access, method, path string, body any) httpx.Call {
	base := "https://" + hostEngine + "/v1"
	if access.Credentials.Get(fieldPlatform) == platformStation {
		base = "https://" + hostStation + "/v2"
	}
	return httpx.Call{Method: method, URL: base + path, JSON: body, Header: http.Header{"API-Key": {access.Credentials.Get(fieldKey)}}}
}

// Check lists the carriers of the key, and sees that the registered one is among them.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		var said struct {
			Carriers *[]carrier `json:"carriers"`
		}
		a, err := t.AskFor(ctx, call(access, http.MethodGet, "/carriers", nil), &said)
		if err != nil {
			return err
		}
		if said.Carriers == nil {
			return a.Unreadable("it holds no list of carriers")
		}
		var known []string
		for _, k := range *said.Carriers {
			known = append(known, k.Name+" ("+k.ID+")")
			if k.ID == access.Credentials.Get(fieldCarrier) {
				v.Steps = []courier.Step{{Text: "ShipEngine takes the key and knows the carrier account " + k.Name + ".", Took: c.env.Clock.Now().Sub(began)}}
			}
		}
		if len(v.Steps) == 0 {
			text := "the key is right, and has no carrier account " + access.Credentials.Get(fieldCarrier) + ". It has: " + strings.Join(known, ", ") + "."
			return a.Rejected(text, errs.Field{Path: "auth." + fieldCarrier, Message: text})
		}
		return nil
	})
	if wrong := mismatch(access); err == nil && wrong != "" {
		v.Warnings = append(v.Warnings, wrong)
	}
	return v, err
}

type carrier struct {
	ID   string `json:"carrier_id"`
	Name string `json:"friendly_name"`
}

// mismatch says why a key does not fit the auth's Testing flag, "" where it does.
func mismatch(access courier.Access) string {
	test := strings.HasPrefix(access.Credentials.Get(fieldKey), sandbox)
	switch {
	case access.Testing && !test:
		return "This is no sandbox key, which begins with TEST_: it would buy real labels. Register it with Testing switched off."
	case !access.Testing && test:
		return "This is a sandbox key, whose labels no carrier takes. Register it with Testing switched on."
	}
	return ""
}

// Book buys a label. Rejected: ShipEngine or the carrier refused it, or the key is not of the kind that was registered.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if wrong := mismatch(access); wrong != "" {
		return courier.Booked{}, errs.New(errs.Rejected, "%s", wrong)
	}
	request, warnings, err := requestOf(access, in)
	if err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		a, err := t.Once(ctx, call(access, http.MethodPost, "/labels", request))
		if err != nil {
			return courier.Booked{}, err
		}
		if !a.OK() && taken(a) { // by a purchase before this one: the look-up tells by which
			return courier.Booked{}, a.Unreadable("it says that a shipment with this reference was made before")
		}
		var said label
		if err := a.Read(&said); err != nil {
			return courier.Booked{}, err
		}
		if said.ID == "" || said.External != "" && said.External != in.ShipmentID {
			return courier.Booked{}, a.Unreadable("it does not tell of the label that was ordered")
		}
		switch said.Status {
		case "error":
			return courier.Booked{}, a.Rejected("the label could not be made. ShipEngine gives no reason; look at the shipment there.")
		case "completed":
		default:
			return courier.Booked{}, a.Unreadable("the label is not made yet")
		}
		b := booked(said, in)
		b.Warnings = append(b.Warnings, warnings...)
		in.LabelSize = courier.Size(request.Layout)
		c.addLabel(ctx, t, access, in, said, &b)
		return b, nil
	})
}

// booked gives what a label is as a purchase, without its file.
func booked(l label, in courier.Consignment) courier.Booked {
	b := courier.Booked{CourierRef: l.ID, Price: l.price()}
	for _, p := range l.Packages {
		if p.Tracking != "" && !slices.Contains(b.TrackingCodes, p.Tracking) {
			b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
		}
	}
	if len(b.TrackingCodes) == 0 && l.Tracking != "" {
		b.TrackingCodes = []string{l.Tracking}
	}
	switch {
	case len(b.TrackingCodes) == 0:
		b.TrackingCodes = []string{b.CourierRef}
		b.Warnings = append(b.Warnings, courier.Warning{
			Field: "shipment.dc_service_id", Message: in.Service.Name + " gave no tracking number. The label's id in ShipEngine stands in for it.",
		})
	case len(b.TrackingCodes) == 1 && l.TrackingURL != "":
		b.TrackingURLs = []string{l.TrackingURL}
	}
	return b
}

// Cancel voids the label. Each carrier has a window of its own, which nothing tells beforehand.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		var said struct {
			Approved *bool  `json:"approved"`
			Message  string `json:"message"`
			Reason   string `json:"reason_code"`
		}
		a, err := t.OnceFor(ctx, call(access, http.MethodPut, "/labels/"+url.PathEscape(b.CourierRef)+"/void", nil), &said)
		if err != nil {
			return err
		}
		switch {
		case said.Approved == nil:
			return a.Unreadable("it does not say whether the label was voided")
		case !*said.Approved && said.Reason != "label_already_voided":
			return a.Rejected(said.Message)
		}
		a.Settle()
		return nil
	})
}
