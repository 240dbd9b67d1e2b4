// Package voila is the upstream: it carries couriers that this program has no adapter of its own for through a Voila
// subscription, over the courier API that Packbench itself serves (reference: voila-api). A purchase is one call; our id
// is its request_id and its order_alt_id, by which Voila's list of shipments shows it again.
package voila

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// couriers is where the API's courier routes are.
const couriers = "/api/couriers/v1/"

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{Courier: descriptor, Hosts: []string{host, oldHost, files}, Told: told}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with the auth's credentials.
func call(access courier.Access, method, path string, body any) httpx.Call {
	return httpx.Call{
		Method: method, URL: cmp.Or(access.Credentials.Get(fieldBase), "https://"+host) + path, JSON: body,
		Header: http.Header{"api-user": {access.Credentials.Get(fieldUser)}, "api-token": {access.Credentials.Get(fieldToken)}},
	}
}

// route is a route of one courier.
func route(key, name string) string { return couriers + url.PathEscape(key) + "/" + name }

// Check asks for the list of couriers, which proves the token, and for those that have a login, which says what can be
// bought.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		var all struct {
			Couriers *[]struct{} `json:"couriers"`
		}
		a, err := t.AskFor(ctx, call(access, http.MethodGet, couriers+"list-couriers", nil), &all)
		if err != nil {
			return err
		}
		if all.Couriers == nil {
			return a.Unreadable("it holds no list of couriers")
		}
		v.Steps = append(v.Steps, courier.Step{Text: "Voila takes the token.", Took: c.env.Clock.Now().Sub(began)})
		began = c.env.Clock.Now()
		var logins []login
		if _, err := t.AskFor(ctx, call(access, http.MethodGet, couriers+"list-registered-couriers", nil), &logins); err != nil {
			v.Warnings = append(v.Warnings, "Voila does not tell which couriers have a login: "+errs.As(err).Message)
			return nil
		}
		names := usable(logins, access.Testing)
		if len(names) == 0 {
			v.Warnings = append(v.Warnings, "No courier has a "+mode(access.Testing)+" login in this Voila account yet, so nothing can be bought.")
			return nil
		}
		v.Steps = append(v.Steps, courier.Step{Text: "Couriers with a " + mode(access.Testing) + " login: " + strings.Join(names, ", ") + ".", Took: c.env.Clock.Now().Sub(began)})
		return nil
	})
	return v, err
}

type login struct {
	Courier      string `json:"courier"`
	Testing      bool   `json:"testing"`
	TrackingOnly bool   `json:"tracking_only"`
}

func usable(logins []login, testing bool) (names []string) {
	for _, l := range logins {
		if l.Testing == testing && !l.TrackingOnly && !slices.Contains(names, l.Courier) {
			names = append(names, l.Courier)
		}
	}
	slices.Sort(names)
	return names
}

func mode(testing bool) string {
	if testing {
		return "test"
	}
	return "live"
}

// Told passes on what Voila tells of a courier.
func (c *Courier) Told(ctx context.Context, access courier.Access, key courier.Key, what courier.Topic) (told json.RawMessage, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		_, err := t.AskFor(ctx, call(access, http.MethodGet, route(string(key), string(what)), nil), &told)
		return err
	})
	return told, err
}

// Book buys the label from the courier that is asked for. Rejected: Voila or that courier refused, in their words.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	to := askedOf(in)
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		a, err := t.Once(ctx, call(access, http.MethodPost, route(to.courier, "create-label"), requestOf(access, in, to)))
		if err != nil {
			return courier.Booked{}, err
		}
		if !a.OK() {
			words, fields := refusalOf(a).told()
			return courier.Booked{}, a.Refused(words, to.ours(fields)...)
		}
		var said label
		if err := a.JSON(&said); err != nil {
			return courier.Booked{}, err
		}
		b := said.booked(to)
		switch {
		case len(b.TrackingCodes) == 0 && said.failed():
			words, fields := said.told()
			return courier.Booked{}, a.Rejected(words, to.ours(fields)...)
		case len(b.TrackingCodes) == 0:
			return courier.Booked{}, a.Unreadable("it names no tracking code")
		case said.Duplicate && string(said.RequestID) != in.ShipmentID:
			return courier.Booked{}, a.Unreadable("it gives a label that was bought before, with the code " + b.TrackingCodes[0])
		}
		c.addLabel(ctx, t, access, in, said.file(), &b)
		c.addInvoice(ctx, t, access, said.Invoice, &b)
		return b, nil
	})
}

// ours puts what is said of fields onto those that a person filled in: an order to Voila itself names the service in an
// option.
func (to asked) ours(fields []errs.Field) []errs.Field {
	if !to.direct {
		return fields
	}
	place := map[string]string{
		"shipment.dc_service_id": "shipment.courier." + optionService, "auth_company": "shipment.courier." + optionCompany,
	}
	for i, f := range fields {
		fields[i].Path = cmp.Or(place[f.Path], f.Path)
	}
	return fields
}

// booked gives what Voila says it bought, without the label.
func (l label) booked(to asked) courier.Booked {
	b := courier.Booked{CourierRef: handle{to.courier, string(cmp.Or(l.LabelNumber, l.Number)), l.Key}.String()}
	for i, code := range l.TrackingCodes {
		if code == "" || slices.Contains(b.TrackingCodes, code) {
			continue
		}
		b.TrackingCodes = append(b.TrackingCodes, code)
		address := ""
		if i < len(l.TrackingURLs) && strings.HasPrefix(l.TrackingURLs[i], "https://") {
			address = l.TrackingURLs[i]
		}
		b.TrackingURLs = append(b.TrackingURLs, address)
	}
	for _, w := range l.Warnings {
		if w.Message != "" {
			b.Warnings = append(b.Warnings, courier.Warning(w))
		}
	}
	if l.Return != nil {
		b.Warnings = append(b.Warnings, courier.Warning{Field: "shipment.courier", Message: "A label for the way back was made too. It is kept in Voila."})
	}
	return b
}

// Cancel cancels at the courier through Voila. Nil also where it was cancelled before.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		h, err := c.named(ctx, t, access, b)
		if err != nil {
			return err
		}
		body := map[string]any{"create_label_shipment_id": json.Number(h.number)}
		if h.number == "" {
			body = map[string]any{"tracking_code": b.TrackingCodes[0]}
		}
		a, err := t.Once(ctx, call(access, http.MethodPost, route(h.courier, "cancel-label"), body))
		if err != nil {
			return err
		}
		said := refusalOf(a)
		words, _ := said.told()
		switch {
		case said.failed() && (a.OK() || a.Status == http.StatusConflict): // how it says that it is too late
			return a.Rejected(words)
		case !a.OK():
			return a.Refused(words)
		case said.Success == nil || !*said.Success:
			return a.Unreadable("it does not say that the label was cancelled")
		}
		a.Settle()
		return nil
	})
}
