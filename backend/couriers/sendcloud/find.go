package sendcloud

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// Find looks the shipment up by our id. Not bought is proved by an empty list, by Sendcloud's own "not_found", and by a
// shipment whose announcement failed.
func (c *Courier) Find(ctx context.Context, access courier.Access, in courier.Consignment) (b courier.Booked, found bool, err error) {
	err = c.line.Do(access, func(t *httpx.Talk) error {
		a, err := t.Ask(ctx, call(t, access, http.MethodGet, "/shipments?"+url.Values{"external_reference_id": {in.ShipmentID}}.Encode(), nil))
		if err != nil {
			return err
		}
		list, err := shipments(a)
		if err != nil || len(list) == 0 {
			return err
		}
		at := slices.IndexFunc(list, func(s shipment) bool { return s.Reference == in.ShipmentID && s.ID != "" && len(s.Parcels) > 0 })
		if at < 0 {
			return a.Unreadable("it lists other shipments than the one asked for")
		}
		s := list[at]
		switch s.outcome() {
		case failed:
			return nil
		case partly, pending:
			return a.Unreadable("the carrier has not taken all of its parcels; look at " + s.ID + " in Sendcloud")
		}
		b, found = c.booked(s, in), true
		c.addLabel(ctx, t, access, in, s, &b)
		return nil
	})
	return b, found, err
}

// shipments reads a list of shipments. Where none fits, Sendcloud's contract has it answer with its own "not_found".
func shipments(a *httpx.Answer) ([]shipment, error) {
	if a.Status == http.StatusNotFound && notFound(faultsOf(a.Body)) {
		return nil, nil
	}
	var said struct {
		Data *[]shipment `json:"data"`
	}
	if err := a.Read(&said); err != nil {
		return nil, err
	}
	if said.Data == nil {
		return nil, a.Unreadable("it holds no list of shipments")
	}
	return *said.Data, nil
}

// notFound reports whether errors say, in Sendcloud's own shape, that there is no such thing.
func notFound(list []fault) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(f fault) bool { return f.Code != "not_found" })
}

// shipment asks for a shipment by its number in Sendcloud.
func (c *Courier) shipment(ctx context.Context, t *httpx.Talk, access courier.Access, id string) (shipment, error) {
	var said struct {
		Data shipment `json:"data"`
	}
	a, err := t.AskFor(ctx, call(t, access, http.MethodGet, "/shipments/"+url.PathEscape(id), nil), &said)
	if err != nil {
		return shipment{}, err
	}
	if said.Data.ID == "" || len(said.Data.Parcels) == 0 {
		return shipment{}, a.Unreadable("it tells of no shipment")
	}
	return said.Data, nil
}
