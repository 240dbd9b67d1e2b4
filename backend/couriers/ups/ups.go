// Package ups is the adapter of UPS's own REST service: shipping, label recovery, void and tracking, with OAuth client
// credentials. A label is one call. The test service (CIE) checks what it is sent and sells nothing.
package ups

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
	"packbench/backend/couriers/wording"
)

const (
	liveHost = "onlinetools.ups.com"
	testHost = "wwwcie.ups.com"

	shipVersion    = "v2409"
	recoverVersion = "v1903"
)

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter. UPS publishes no limits: they are a matter of the contract.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{Courier: descriptor, Hosts: []string{liveHost, testHost}, Told: told}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

func hostOf(access courier.Access) string {
	if access.Testing {
		return "https://" + testHost
	}
	return "https://" + liveHost
}

// call makes a call of the API with an access token. trace is told to UPS's support, 32 characters at most.
func call(ctx context.Context, t *httpx.Talk, access courier.Access, method, path, trace string, body any) (httpx.Call, error) {
	token, err := t.Bearer(ctx, httpx.Grant{
		URL: hostOf(access) + "/security/v1/oauth/token", ID: access.Credentials.Get(fieldID), Secret: access.Credentials.Get(fieldSecret),
	})
	return httpx.Call{
		Method: method, URL: hostOf(access) + "/api" + path, JSON: body,
		Header: http.Header{"Authorization": {token}, "transId": {wording.Cut(trace, 32)}, "transactionSrc": {"Packbench"}},
	}, err
}

// Check gets an access token and shows it: it asks for a label that does not exist, which UPS refuses only after it took
// the token, the app's products and the account.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		const nobody = "PACKBENCH-CONNECTION-CHECK"
		ask, err := call(ctx, t, access, http.MethodPost, recoverPath, nobody, recoveryOf(access, courier.ZPL, "", nobody))
		if err != nil {
			return err
		}
		a, err := t.Ask(ctx, ask)
		if err != nil {
			return err
		}
		words, fields := told(a)
		taken := a.Status == http.StatusBadRequest || a.Status == http.StatusNotFound
		if !a.OK() && !(taken && words != "") {
			return a.Refused(words, fields...)
		}
		v.Steps = []courier.Step{{Text: "UPS takes the app's keys and lets it ask for labels.", Took: c.env.Clock.Now().Sub(began)}}
		return nil
	})
	if err == nil && access.Testing {
		v.Warnings = append(v.Warnings, "UPS's test service sells nothing: its labels are samples that no driver may get, and looking up, cancelling and tracking know samples only.")
	}
	return v, err
}

// Book buys the label. Invalid: UPS could not take the order as it stands. Rejected: UPS refused it.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if err := check(in); err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		ask, err := call(ctx, t, access, http.MethodPost, "/shipments/"+shipVersion+"/ship", compact(in.ShipmentID), orderOf(access, in, c.env.Clock.Now()))
		if err != nil {
			return courier.Booked{}, err
		}
		var said shipAnswer
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return courier.Booked{}, err
		}
		r := said.Response.Results
		if r.Number == "" || len(r.Packages) == 0 {
			return courier.Booked{}, a.Unreadable("it names no tracking number")
		}
		b := courier.Booked{CourierRef: r.Number, Price: r.price()}
		var files []string
		for _, p := range r.Packages {
			b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
			files = append(files, p.Label.Image)
			addForm(&b, p.Form)
		}
		addForm(&b, r.Form)
		finish(&b, in, files)
		for _, w := range said.Response.Response.Alerts {
			b.Warnings = append(b.Warnings, courier.Warning{Field: "shipment", Message: "UPS: " + w.Words})
		}
		return b, nil
	})
}

// finish gives a purchase its links and its label; without a label it stands all the same, and says so.
func finish(b *courier.Booked, in courier.Consignment, files []string) {
	for _, code := range b.TrackingCodes {
		b.TrackingURLs = append(b.TrackingURLs, "https://www.ups.com/track?loc=en_GB&tracknum="+url.QueryEscape(code))
	}
	label, err := labelOf(in.LabelFormat, files)
	if err != nil {
		b.Warnings = append(b.Warnings, courier.Warning{Field: "label", Message: "The label was bought and can't be shown yet: " + errs.As(err).Message})
		return
	}
	b.Label = label
	if in.LabelDPI > labelDPI {
		b.Warnings = append(b.Warnings, courier.Warning{Field: "shipment.label_dpi", Message: "UPS draws its labels for 203 dots per inch."})
	}
}

// addForm adds the invoice that UPS made, where it gave one.
func addForm(b *courier.Booked, f form) {
	if f.Image.Image == "" {
		return
	}
	file, err := base64.StdEncoding.DecodeString(f.Image.Image)
	if err != nil {
		b.NoPaper(courier.PaperInvoice, errs.Wrap(err, errs.Unavailable, "what UPS gave can't be read."))
		return
	}
	b.AddPaper(courier.PaperInvoice, file)
}

// Cancel voids the shipment with all of its parcels. How long that can be done, UPS decides at the time.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, http.MethodDelete, "/shipments/"+shipVersion+"/void/cancel/"+url.PathEscape(b.CourierRef), compact(b.ShipmentID), nil)
		if err != nil {
			return err
		}
		var said voidAnswer
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return err
		}
		switch status := said.Response.Summary.Status; status.Code {
		case "1":
			a.Settle()
			return nil
		case "":
			return a.Unreadable("it does not say whether the shipment was voided")
		default:
			return a.Rejected(status.Words)
		}
	})
}

// price gives what UPS charges: the account's own rate where it is told, else the published one.
func (r results) price() money.Amount { return priceOf(r.Negotiated.Total, r.Charges.Total) }

// compact gives an id as UPS can be asked by it: a reference has 35 characters at most, and an id with its hyphens 36.
func compact(id string) string { return strings.ReplaceAll(id, "-", "") }
