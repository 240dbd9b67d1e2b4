package voila

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	rowsAsked  = 100 // on a page
	pagesAsked = 20
)

// row is one of shipments.json.
type row struct {
	ID            text            `json:"id"`
	Courier       string          `json:"courier"`
	TrackingCodes []string        `json:"tracking_codes"`
	Cancelled     bool            `json:"cancelled"`
	Request       json.RawMessage `json:"request_shipment"`
}

// is reports whether the row was bought under our id: it shows the request as it came, with or without what stands around
// the shipment.
func (r row) is(ourID string) bool {
	var request struct {
		OurID    string `json:"order_alt_id"`
		Shipment struct {
			OurID string `json:"order_alt_id"`
		} `json:"shipment"`
	}
	return json.Unmarshal(r.Request, &request) == nil && (request.OurID == ourID || request.Shipment.OurID == ourID)
}

// Find looks for the shipment in Voila's list, by the reference it was sent with and our id within. That it is not there
// proves nothing: the contract does not say that a purchase is listed which Voila itself had no answer to.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		r, err := c.listed(ctx, t, access, in)
		if err != nil {
			return err
		}
		if r.Cancelled {
			return errs.New(errs.Unavailable, "Voila sold it, and it has been cancelled there since (shipment %s).", r.ID)
		}
		to := asked{courier: r.Courier}
		if to.courier == "" {
			to = askedOf(in)
		}
		bought := label{TrackingCodes: r.TrackingCodes, Number: r.ID}
		if len(r.TrackingCodes) > 0 {
			if told, err := c.history(ctx, t, access, r.TrackingCodes[0]); err == nil {
				bought.Key, bought.URI, bought.TrackingURLs = told.Response.Key, told.Response.URI, told.Response.TrackingURLs
			}
		}
		b, found = bought.booked(to), true
		if len(b.TrackingCodes) > 0 {
			c.addLabel(ctx, t, access, in, bought.file(), &b)
		}
		return nil
	})
	return b, found, err
}

// listed finds the row of our id. Unavailable: it is not among those that were looked at.
func (c *Courier) listed(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment) (row, error) {
	for page := 1; page <= pagesAsked; page++ {
		rows, last, err := c.rows(ctx, t, access, page, "reference", referenceOf(in))
		if err != nil {
			return row{}, err
		}
		for _, r := range rows {
			if r.is(in.ShipmentID) {
				return r, nil
			}
		}
		if last {
			break
		}
	}
	return row{}, errs.New(errs.Unavailable, "Voila lists no such shipment, which does not prove that the courier sold nothing. Look for %s in Voila.", referenceOf(in))
}

// rows gives a page of shipments.json by one filter, and whether it is the last.
func (c *Courier) rows(ctx context.Context, t *httpx.Talk, access courier.Access, page int, filter, value string) (rows []row, last bool, err error) {
	query := url.Values{filter: {value}, "page": {strconv.Itoa(page)}, "per_page": {strconv.Itoa(rowsAsked)}}
	var said struct {
		Shipments *[]row `json:"shipments"`
		Most      int    `json:"max_count"`
	}
	a, err := t.AskFor(ctx, call(access, http.MethodGet, "/api/shipments.json?"+query.Encode(), nil), &said)
	if err != nil {
		return nil, false, err
	}
	if said.Shipments == nil {
		return nil, false, a.Unreadable("it holds no list of shipments")
	}
	rows = *said.Shipments
	return rows, len(rows) == 0 || len(rows) < said.Most, nil
}

// named gives how Voila knows a purchase: by what it said then, else (a person found out that it was bought) by its list.
func (c *Courier) named(ctx context.Context, t *httpx.Talk, access courier.Access, b courier.Reference) (handle, error) {
	h := handleOf(b)
	if h.courier != "" || len(b.TrackingCodes) == 0 {
		return h, nil
	}
	rows, _, err := c.rows(ctx, t, access, 1, "tracking_code", b.TrackingCodes[0])
	if err != nil {
		return h, err
	}
	if len(rows) != 1 {
		return h, errs.New(errs.Unavailable, "Voila lists %d shipments with the code %s, so this one can't be told apart. Cancel it in Voila.", len(rows), b.TrackingCodes[0])
	}
	return handle{courier: rows[0].Courier, number: string(rows[0].ID)}, nil
}
