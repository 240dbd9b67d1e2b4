package easypost

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
	pageSize = "100"
	mostRead = 50 // pages; with more purchases than that one is left to a person
)

// Find reads the shipments that were bought since just before the purchase, page by page: a reference is no key at EasyPost.
// Not among them, it was never bought.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		s, err := c.listed(ctx, t, access, in)
		if err != nil || s.ID == "" {
			return err
		}
		b, found = c.booked(s), true
		c.addLabel(ctx, t, access, in, s, &b)
		return nil
	})
	return b, found, err
}

// listed gives the shipment of our reference, a zero one where every page was read and none has it.
func (c *Courier) listed(ctx context.Context, t *httpx.Talk, access courier.Access, in courier.Consignment) (shipment, error) {
	const before = time.Hour // the clocks of both sides may differ
	query := url.Values{
		"page_size": {pageSize}, "purchased": {"true"},
		"start_datetime": {time.UnixMilli(in.CreatedMs).UTC().Add(-before).Format(time.RFC3339)},
	}
	for range mostRead {
		var page struct {
			Shipments *[]shipment `json:"shipments"`
			More      *bool       `json:"has_more"`
		}
		a, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/shipments?"+query.Encode(), nil), &page)
		if err != nil {
			return shipment{}, err
		}
		if page.Shipments == nil || page.More == nil {
			return shipment{}, a.Unreadable("it holds no list of shipments")
		}
		for _, s := range *page.Shipments {
			if s.Reference == in.ShipmentID && s.ID != "" && s.Tracking != "" {
				return s, nil
			}
		}
		switch n := len(*page.Shipments); {
		case !*page.More:
			return shipment{}, nil
		case n == 0:
			return shipment{}, a.Unreadable("it says that there are more shipments, and lists none")
		default:
			query.Set("before_id", (*page.Shipments)[n-1].ID)
		}
	}
	return shipment{}, errs.New(errs.Unavailable, "EasyPost has too many shipments since this purchase to look through them all. Search for %s in EasyPost.", in.ShipmentID)
}
