// Package fedex is the adapter of FedEx's REST service: ship, cancel and track, with OAuth client credentials. A shipment
// with its labels is one call. FedEx can't be asked what became of a purchase, and gives a label once.
package fedex

import (
	"cmp"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	liveHost = "apis.fedex.com"
	testHost = "apis-sandbox.fedex.com"
)

// Courier is the adapter.
type Courier struct {
	line *httpx.Line
	env  httpx.Env
}

// New makes the adapter. FedEx's limit is a project's: 1,400 calls in ten seconds.
func New(env httpx.Env) *Courier {
	return &Courier{env: env, line: httpx.NewLine(httpx.Config{
		Courier: descriptor, Hosts: []string{liveHost, testHost}, Told: told, Limits: []httpx.Limit{{Calls: 1400, Per: 10 * time.Second}},
	}, env)}
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// call makes a call of the API with an access token of the project whose keys stand in two fields. trace comes back in the
// answer, and means nothing to FedEx.
func call(ctx context.Context, t *httpx.Talk, access courier.Access, key, secret string, c httpx.Call, trace string) (httpx.Call, error) {
	base := "https://" + liveHost
	if access.Testing {
		base = "https://" + testHost
	}
	token, err := t.Bearer(ctx, httpx.Grant{
		URL: base + "/oauth/token", ID: access.Credentials.Get(key), Secret: access.Credentials.Get(secret), InForm: true,
	})
	c.URL = base + c.URL
	c.Header = http.Header{"Authorization": {token}, "X-Locale": {"en_GB"}}
	if trace != "" {
		c.Header.Set("X-Customer-Transaction-Id", trace)
	}
	return c, err
}

// Check gets an access token for each pair of keys.
func (c *Courier) Check(ctx context.Context, access courier.Access) (v courier.Verdict, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		began := c.env.Clock.Now()
		if _, err := call(ctx, t, access, fieldKey, fieldSecret, httpx.Call{}, ""); err != nil {
			return err
		}
		v.Steps = []courier.Step{{Text: "FedEx takes the keys.", Took: c.env.Clock.Now().Sub(began)}}
		if access.Credentials.Get(fieldTrackKey) == "" {
			return nil
		}
		began = c.env.Clock.Now()
		if _, err := call(ctx, t, access, fieldTrackKey, fieldTrackSecret, httpx.Call{}, ""); err != nil {
			return errs.Wrap(err, errs.CodeOf(err), "The keys for tracking: %s", errs.As(err).Message)
		}
		v.Steps = append(v.Steps, courier.Step{Text: "FedEx takes the keys for tracking.", Took: c.env.Clock.Now().Sub(began)})
		return nil
	})
	if err == nil && access.Testing {
		v.Warnings = append(v.Warnings, "FedEx's test service sells nothing: its labels are samples that no driver may get, and tracking knows samples only.")
	}
	return v, err
}

// Book buys the shipment. Invalid: FedEx could not take the order as it stands. Rejected: FedEx refused it.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	if err := check(in); err != nil {
		return courier.Booked{}, err
	}
	return c.line.Book(access, func(t *httpx.Talk) (courier.Booked, error) {
		ask, err := call(ctx, t, access, fieldKey, fieldSecret, httpx.Call{
			Method: http.MethodPost, URL: "/ship/v1/shipments", JSON: orderOf(access, in, c.env.Clock.Now()),
		}, in.ShipmentID)
		if err != nil {
			return courier.Booked{}, err
		}
		var said shipAnswer
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return courier.Booked{}, err
		}
		if len(said.Output.Shipments) != 1 || said.Output.Shipments[0].number() == "" {
			return courier.Booked{}, a.Unreadable("it names no tracking number")
		}
		b := said.Output.Shipments[0].booked(in)
		for _, alert := range append(said.Output.Alerts, said.Output.Shipments[0].Alerts...) {
			if alert.Kind != "NOTE" && alert.Message != "" {
				b.Warnings = append(b.Warnings, courier.Warning{Field: cmp.Or(ours(alert.Code), "shipment"), Message: "FedEx: " + alert.Message})
			}
		}
		return b, nil
	})
}

func (s shipped) number() string {
	if s.Master == "" && len(s.Pieces) > 0 {
		return cmp.Or(s.Pieces[0].Master, s.Pieces[0].Tracking)
	}
	return s.Master
}

// booked gives what was bought.
func (s shipped) booked(in courier.Consignment) courier.Booked {
	b := courier.Booked{CourierRef: s.number(), Price: s.price()}
	var files []string
	papers := s.Papers
	for _, p := range s.Pieces {
		if p.Tracking == "" {
			continue
		}
		b.TrackingCodes = append(b.TrackingCodes, p.Tracking)
		for _, d := range p.Documents {
			if d.Content == "LABEL" {
				files = append(files, d.File)
			} else {
				papers = append(papers, d)
			}
		}
	}
	if len(b.TrackingCodes) == 0 {
		b.TrackingCodes = []string{b.CourierRef}
	}
	for _, code := range b.TrackingCodes {
		b.TrackingURLs = append(b.TrackingURLs, "https://www.fedex.com/fedextrack/?trknbr="+url.QueryEscape(code))
	}
	addPapers(&b, papers)
	label, err := labelOf(in, files)
	if err != nil {
		b.Warnings = append(b.Warnings, courier.Warning{Field: "label", Message: "The label was bought and can't be shown: " + errs.As(err).Message})
		return b
	}
	b.Label = label
	if in.LabelDPI != label.DPI {
		b.Warnings = append(b.Warnings, courier.Warning{Field: "shipment.label_dpi", Message: "FedEx draws labels for 300 dots per inch as ZPL alone; this one has 203."})
	}
	return b
}

// paperKinds are the documents for customs that FedEx makes.
var paperKinds = map[string]courier.PaperKind{
	commercialInvoice: courier.PaperInvoice, "PROFORMA_INVOICE": courier.PaperInvoice, "USMCA_COMMERCIAL_INVOICE_CERTIFICATION_OF_ORIGIN": courier.PaperInvoice,
	"CERTIFICATE_OF_ORIGIN": courier.PaperCustoms, "USMCA_CERTIFICATION_OF_ORIGIN": courier.PaperCustoms,
}

// addPapers adds the papers that FedEx made beside the labels; one that tells of several pieces comes with each.
func addPapers(b *courier.Booked, papers []paper) {
	seen := map[string]bool{}
	for _, p := range papers {
		kind, known := paperKinds[p.Content]
		if !known || p.File == "" || seen[p.File] {
			continue
		}
		seen[p.File] = true
		file, err := base64.StdEncoding.DecodeString(p.File)
		if err != nil {
			b.NoPaper(kind, errs.Wrap(err, errs.Unavailable, "what FedEx gave can't be read."))
			continue
		}
		b.AddPaper(kind, file)
	}
}

// price gives what the account is charged.
func (s shipped) price() money.Amount {
	for _, rate := range s.Completed.Rating.Rates {
		if amount, err := money.Parse(rate.Total.String(), isoOf(rate.Currency)); err == nil {
			return amount
		}
	}
	return money.Amount{}
}

// Cancel deletes the shipment with all of its parcels. How long that can be done, FedEx decides at the time.
func (c *Courier) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	return c.line.Do(access, func(t *httpx.Talk) error {
		ask, err := call(ctx, t, access, fieldKey, fieldSecret, httpx.Call{
			Method: http.MethodPut, URL: "/ship/v1/shipments/cancel",
			JSON: cancellation{Account: numbered{account(access)}, Control: "DELETE_ALL_PACKAGES", Tracking: b.CourierRef},
		}, b.ShipmentID)
		if err != nil {
			return err
		}
		var said cancelAnswer
		a, err := t.OnceFor(ctx, ask, &said)
		if err != nil {
			return err
		}
		if said.Output.Cancelled == nil {
			return a.Unreadable("it does not say whether the shipment was cancelled")
		}
		if !*said.Output.Cancelled {
			words := []string{said.Output.Message}
			for _, alert := range said.Output.Alerts {
				words = append(words, alert.Message)
			}
			return a.Rejected(strings.TrimSpace(strings.Join(words, " ")))
		}
		a.Settle()
		return nil
	})
}

func account(access courier.Access) string { return access.Credentials.Get(fieldAccount) }
