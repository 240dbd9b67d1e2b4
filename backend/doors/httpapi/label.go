package httpapi

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

type done struct {
	Success bool `json:"success"`
	Already bool `json:"already,omitempty"`
}

// createLabel buys a label: POST {courier}/create-label.
func (a *api) createLabel(ctx context.Context, c *call) (any, error) {
	key := courier.Key(c.PathValue("courier"))
	if _, err := a.Couriers.Find(key); err != nil {
		return nil, err
	}
	o, err := order.Parse(c.body, key)
	c.requestID = strings.Trim(string(o.RequestID), `"`)
	if err != nil {
		return nil, err
	}
	o.IdempotencyKey, err = idempotencyKey(c)
	if err != nil {
		return nil, err
	}
	if c.requestID == "" {
		c.requestID = o.IdempotencyKey
	}
	created, err := a.Shipments.Create(ctx, c.account(), o, c.number)
	if errs.Is(err, errs.Unclear) {
		return nil, &problem{
			told: errs.As(err), requestNumber: created.Shipment.RequestNumber, shipmentNumber: created.Shipment.Number,
		}
	}
	if err != nil {
		return nil, err
	}
	return a.Shipments.Answer(ctx, o, created, a.links(c)), nil
}

// idempotencyKey reads the header of that name: up to 255 visible ASCII characters (security §2.4, R8).
func idempotencyKey(c *call) (string, error) {
	const name, longest = "Idempotency-Key", 255
	key := c.Header.Get(name)
	visible := strings.IndexFunc(key, func(r rune) bool { return r < '!' || r > '~' }) < 0
	if len(key) > longest || !visible || len(c.Header.Values(name)) > 1 {
		return "", errs.OnField(name, "%s must be one value of at most %d visible ASCII characters.", name, longest)
	}
	return key, nil
}

// cancelLabel cancels at the courier: POST {courier}/cancel-label.
func (a *api) cancelLabel(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	h := handle(in)
	h.Reference = "" // several shipments may share one: not enough to give a paid label back
	sh, err := a.find(ctx, c, in, h, "tracking_code", "Give the tracking_code or the create_label_shipment_id of the shipment.")
	if err != nil {
		return nil, err
	}
	_, already, err := a.Shipments.Cancel(ctx, c.account(), shipment.Handle{ID: sh.ID})
	return done{Success: true, Already: already}, err
}

// markCancelled sets the status, and cancels at the courier only when cancel_label says so: POST mark-shipment-cancelled,
// with and without a courier.
func (a *api) markCancelled(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	atCourier := in.flag("cancel_label")
	sh, err := a.find(ctx, c, in, handle(in), "dc_request_id", "Give the dc_request_id, the create_label_shipment_id or the reference of the shipment.")
	if err != nil {
		return nil, err
	}
	cancel := a.Shipments.MarkCancelled
	if atCourier != nil && *atCourier {
		cancel = a.Shipments.Cancel
	}
	_, already, err := cancel(ctx, c.account(), shipment.Handle{ID: sh.ID})
	return done{Success: true, Already: already}, err
}

// markPacked notes that a parcel is packed: POST mark-shipment-packed.
func (a *api) markPacked(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	sh, err := a.find(ctx, c, in, handle(in), "reference", "Give the reference of the shipment.")
	if err != nil {
		return nil, err
	}
	_, err = a.Shipments.MarkPacked(ctx, c.account(), shipment.Handle{ID: sh.ID})
	return done{Success: true}, err
}

// handle reads the names a shipment goes by.
func handle(in *input) shipment.Handle {
	number := in.integer("create_label_shipment_id")
	for _, name := range []string{"shipment_id", "id"} {
		if number == 0 {
			number = in.integer(name)
		}
	}
	return shipment.Handle{
		Number: number, RequestNumber: in.integer("dc_request_id"), TrackingCode: in.text("tracking_code"), Reference: in.text("reference"),
	}
}

// find gives the shipment of a handle on the caller's account and, where the route names a courier, of that courier.
// Invalid at path when the handle names none.
func (a *api) find(ctx context.Context, c *call, in *input, h shipment.Handle, path, need string) (shipment.Shipment, error) {
	key := courier.Key(c.PathValue("courier"))
	if key != "" {
		if _, err := a.Couriers.Find(key); err != nil {
			return shipment.Shipment{}, err
		}
	}
	if h == (shipment.Handle{}) && in.wrong.Len() == 0 {
		in.wrong.Add(path, "%s", need)
	}
	if err := in.err(); err != nil {
		return shipment.Shipment{}, err
	}
	sh, err := a.Shipments.Get(ctx, c.account(), h)
	if err != nil {
		return shipment.Shipment{}, err
	}
	if key != "" && sh.Courier != key {
		return shipment.Shipment{}, errs.New(errs.NotFound, "There is no such shipment with %s on this API account.", string(key))
	}
	return sh, nil
}
