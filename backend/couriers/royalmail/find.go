package royalmail

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

const (
	pageSize = "100"
	mostRead = 50 // pages; with more orders than that a purchase is left to a person
)

// Find looks the order up by our reference. Where Royal Mail does not know it by name, all orders since just before the
// purchase are read, because its contract does not say what an answer without the order proves; not among them, it was
// never bought.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		o, err := c.named(ctx, t, access, in.ShipmentID)
		if err != nil {
			return err
		}
		if o == nil {
			if o, err = c.listed(ctx, t, access, in); err != nil || o == nil {
				return err
			}
		}
		b, found = booked(*o, in), true
		c.addLabel(ctx, t, access, in, &b)
		return nil
	})
	return b, found, err
}

// named asks for the order by its reference, nil where the answer does not hold it.
func (c *Courier) named(ctx context.Context, t *httpx.Talk, access courier.Access, reference string) (*order, error) {
	a, err := t.Ask(ctx, call(access, http.MethodGet, "/orders/"+url.PathEscape(`"`+reference+`"`), nil))
	if err != nil {
		return nil, err
	}
	if a.Status == http.StatusBadRequest || a.Status == http.StatusNotFound {
		return nil, nil
	}
	var list []order
	if err := a.Read(&list); err != nil {
		return nil, err
	}
	return of(list, reference), nil
}

// listed reads the orders since just before the purchase, page by page.
func (c *Courier) listed(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment) (*order, error) {
	const before = time.Hour // the clocks of both sides may differ
	query := url.Values{
		"pageSize":      {pageSize},
		"startDateTime": {time.UnixMilli(in.CreatedMs).UTC().Add(-before).Format(time.RFC3339)},
	}
	for range mostRead {
		var page struct {
			Orders *[]order `json:"orders"`
			Next   string   `json:"continuationToken"`
		}
		a, err := t.AskFor(ctx, call(access, http.MethodGet, "/orders?"+query.Encode(), nil), &page)
		if err != nil {
			return nil, err
		}
		if page.Orders == nil {
			return nil, a.Unreadable("it holds no list of orders")
		}
		if o := of(*page.Orders, in.ShipmentID); o != nil || page.Next == "" {
			return o, nil
		}
		query.Set("continuationToken", page.Next)
	}
	return nil, errs.New(errs.Unavailable, "Royal Mail has too many orders since this purchase to look through them all. Search for %s in Click & Drop.", in.ShipmentID)
}

func of(list []order, reference string) *order {
	for i := range list {
		if list[i].Reference == reference && list[i].ID != 0 {
			return &list[i]
		}
	}
	return nil
}

// Relabel gets the label again. NotOffered: Royal Mail draws PDF alone.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (label courier.Label, _ []courier.Warning, err error) {
	if in.LabelFormat != courier.PDF {
		return courier.Label{}, nil, errs.New(errs.NotOffered, "Royal Mail gives its labels as PDF only.")
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		file, err := c.label(ctx, t, access, b.CourierRef)
		label = labelOf(in, file)
		return err
	})
	return label, nil, err
}

// addLabel gets the label of an order that was bought. Without it the purchase stands all the same, and says so.
func (c *Courier) addLabel(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment, b *courier.Booked) {
	file, err := c.label(ctx, t, access, b.CourierRef)
	if err != nil {
		b.Warnings = append(b.Warnings, courier.NoLabelYet(err))
		return
	}
	b.Label = labelOf(in, file)
}

func (c *Courier) label(ctx context.Context, t *httpx.Talk, access courier.Access, id string) ([]byte, error) {
	if err := checkNumber(id); err != nil {
		return nil, err
	}
	ask := call(access, http.MethodGet, "/orders/"+id+"/label?documentType=postageLabel&includeReturnsLabel=false&includeCN=true", nil)
	ask.Accept = "application/pdf, application/json"
	a, err := t.Ask(ctx, ask)
	if err != nil {
		return nil, err
	}
	if err := a.Refusal(); err != nil {
		return nil, err
	}
	if !courier.PDF.Matches(a.Body) {
		return nil, a.Unreadable("it is no PDF")
	}
	return a.Body, nil
}

// checkNumber refuses what is no order number, which a purchase that a person settled has not.
func checkNumber(id string) error {
	if _, err := strconv.ParseInt(id, 10, 64); err != nil {
		return errs.New(errs.NotFound, "Its order number in Click & Drop is not known here. Look it up there.")
	}
	return nil
}

func labelOf(in courier.Consignment, file []byte) courier.Label {
	return courier.Label{Format: courier.PDF, Size: in.LabelSize, DPI: in.LabelDPI, Bytes: file}
}
