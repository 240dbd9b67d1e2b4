// Package royalmail is the adapter of Royal Mail's Click & Drop, the API that Royal Mail also calls ChannelShipper. An
// order with its label is one call; there is no test service and no feed of tracking events.
package royalmail

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	host = "api.parcel.royalmail.com"
	base = "https://" + host + "/api/v1"
)

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{
		Courier: descriptor, Hosts: []string{host}, Told: told, Limits: []httpx.Limit{{Calls: 5, Per: time.Second}},
	}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with the auth's key.
func call(access courier.Access, method, path string, body any) httpx.Call {
	return httpx.Call{
		Method: method, URL: base + path, JSON: body,
		Header: http.Header{"Authorization": {"Bearer " + access.Credentials.Get(fieldKey)}},
	}
}

// Check asks for one order, which proves the key; the version that public examples ask for is told to anybody.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		var page ordersPage
		if _, err := t.AskFor(ctx, call(access, http.MethodGet, "/orders?pageSize=1", nil), &page); err != nil {
			return err
		}
		v.Steps = []courier.Step{{Text: "Royal Mail takes the key and lets it read orders.", Took: c.env.Clock.Now().Sub(began)}}
		return nil
	})
	if err == nil && access.Testing {
		v.Warnings = append(v.Warnings, noTest)
	}
	return v, err
}

const noTest = "Royal Mail has no test service: nothing can be bought with a test auth. Register the key with Testing switched off."

// Book creates an order with its label. Rejected: Royal Mail refused the order, or could make no label and the order was
// taken back.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if access.Testing {
		return courier.Booked{}, errs.New(errs.Rejected, "%s", noTest)
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		var said created
		a, err := t.OnceFor(ctx, call(access, http.MethodPost, "/orders", orderOf(access, in)), &said)
		if err != nil {
			return courier.Booked{}, err
		}
		if len(said.CreatedOrders) == 0 && len(said.FailedOrders) > 0 {
			text, fields := said.FailedOrders[0].told()
			return courier.Booked{}, a.Rejected(text, fields...)
		}
		if len(said.CreatedOrders) != 1 || said.CreatedOrders[0].Reference != in.ShipmentID || said.CreatedOrders[0].ID == 0 {
			return courier.Booked{}, a.Unreadable("it does not tell of the order that was sent")
		}
		o := said.CreatedOrders[0]
		b := booked(o.order, in)
		label, err := base64.StdEncoding.DecodeString(o.Label)
		if err == nil && courier.PDF.Matches(label) {
			b.Label = labelOf(in, label)
			return b, nil
		}
		if len(o.LabelErrors) > 0 {
			return courier.Booked{}, c.takeBack(ctx, t, access, o, a)
		}
		c.addLabel(ctx, t, access, in, &b)
		return b, nil
	})
}

// takeBack deletes an order that Royal Mail could make no label for: nothing is bought then. Where it can't be deleted, a
// person has to look.
func (c *Courier) takeBack(ctx context.Context, t *httpx.Talk, access courier.Access, o createdOrder, a *httpx.Answer) error {
	why := joined(o.LabelErrors)
	if err := c.remove(ctx, t, access, strconv.FormatInt(o.ID, 10)); err != nil {
		return errs.Wrap(err, errs.Unclear, "Royal Mail took the order %d and made no label: %s The order could not be deleted again.", o.ID, why)
	}
	return a.Rejected(why)
}

// booked gives what an order is as a purchase, without its label.
func booked(o order, in courier.Consignment) courier.Booked {
	b := courier.Booked{CourierRef: strconv.FormatInt(o.ID, 10)}
	for _, p := range o.Packages {
		if p.Tracking != "" && !slices.Contains(b.TrackingCodes, p.Tracking) {
			b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
		}
	}
	if len(b.TrackingCodes) == 0 && o.Tracking != "" {
		b.TrackingCodes = []string{o.Tracking}
	}
	if len(b.TrackingCodes) == 0 {
		b.TrackingCodes = []string{b.CourierRef}
		b.Warnings = append(b.Warnings, courier.Warning{
			Field: "shipment.dc_service_id", Message: in.Service.Name + " gave no tracking number. The order's number in Click & Drop stands in for it.",
		})
		return b
	}
	for _, code := range b.TrackingCodes {
		b.TrackingURLs = append(b.TrackingURLs, "https://www.royalmail.com/track-your-item#/tracking-results/"+url.PathEscape(code))
	}
	return b
}

// Cancel deletes the order. Its labels must be destroyed: used all the same, they are charged with a fee on top.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error { return c.remove(ctx, t, access, b.CourierRef) })
}

func (c *Courier) remove(ctx context.Context, t *httpx.Talk, access courier.Access, id string) error {
	if err := checkNumber(id); err != nil {
		return err
	}
	var said struct {
		Deleted []order `json:"deletedOrders"`
		Errors  []fault `json:"errors"`
	}
	a, err := t.OnceFor(ctx, call(access, http.MethodDelete, "/orders/"+url.PathEscape(id), nil), &said)
	if err != nil {
		return err
	}
	if len(said.Errors) > 0 {
		return a.Rejected(joined(said.Errors))
	}
	if !slices.ContainsFunc(said.Deleted, func(o order) bool { return strconv.FormatInt(o.ID, 10) == id }) {
		return a.Unreadable("it does not say that the order was deleted")
	}
	a.Settle()
	return nil
}

// Manifest closes the day: every order with a label that is not on a manifest yet.
func (c *Courier) Manifest(ctx context.Context, access courier.Access, _ courier.Day) (m courier.Manifest, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		body := map[string]string{}
		if name := access.Credentials.Get(fieldCarrier); name != "" {
			body["carrierName"] = name
		}
		var said manifest
		a, err := t.OnceFor(ctx, call(access, http.MethodPost, "/manifests", body), &said)
		if err != nil {
			return err
		}
		if said.Number == "" {
			return a.Unreadable("it names no manifest")
		}
		m.Number = said.Number.String()
		m.Paper = said.paper()
		if m.Paper == nil { // 202: it is drawn later
			m.Paper = c.manifestPaper(ctx, t, access, m.Number)
		}
		return nil
	})
	return m, err
}

// manifestPaper asks for a manifest's paper, nil where there is none yet.
func (c *Courier) manifestPaper(ctx context.Context, t *httpx.Talk, access courier.Access, number string) []byte {
	a, err := t.Ask(ctx, call(access, http.MethodGet, "/manifests/"+url.PathEscape(number), nil))
	var said manifest
	if err != nil || !a.OK() || a.JSON(&said) != nil {
		return nil
	}
	return said.paper()
}

type manifest struct {
	Number json.Number `json:"manifestNumber"`
	PDF    string      `json:"documentPdf"`
}

func (m manifest) paper() []byte {
	paper, err := base64.StdEncoding.DecodeString(m.PDF)
	if err != nil || !courier.PDF.Matches(paper) {
		return nil
	}
	return paper
}

// told gives what Royal Mail says in an answer of failure: one object, a list of them, or either within "errors".
func told(a *httpx.Answer) (words string, _ []errs.Field) {
	var list []fault
	if json.Unmarshal(a.Body, &list) == nil {
		return joined(list), nil
	}
	var one struct {
		fault
		Details string  `json:"details"`
		Errors  []fault `json:"errors"`
	}
	if json.Unmarshal(a.Body, &one) != nil {
		return "", nil
	}
	text := joined(append([]fault{one.fault}, one.Errors...))
	if one.Details != "" && one.Details != one.Message {
		text = strings.TrimSpace(text + " " + one.Details)
	}
	return text, nil
}
