package httpapi

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/shipment"
)

type done struct {
	Success bool `json:"success"`
	Already bool `json:"already,omitempty"`
}

// createLabel buys a label: POST {courier}/create-label.
func (a *api) createLabel(ctx context.Context, c *call) (any, error) {
	key := courier.Key(c.PathValue("courier"))
	if _, err := a.Auths.Carrier(ctx, c.account(), key); err != nil {
		return nil, err
	}
	o, err := order.Parse(c.body, key)
	o.IdempotencyKey = headerText(c.Header.Get("Idempotency-Key"))
	if c.requestID = o.RequestIDText(); c.requestID == "" {
		c.requestID = o.IdempotencyKey
	}
	if err != nil {
		return nil, err
	}
	// What was read is an object with at most a byte order mark and white space around it, of which JSON has not every kind.
	c.isJSON = c.body[0] == '{' && c.body[len(c.body)-1] == '}'
	var ready reply
	from := shipment.Origin{Number: c.number}
	if !o.WantInvoice && !o.WantSlip { // the answer with papers is known only when the shipment is kept that they are made of
		from.Entry = func(made shipment.Created) (entry requestlog.Entry, err error) {
			ready, err = encode(a.Shipments.Answer(ctx, o, made, a.links(c)), c.buffer)
			return a.entry(c, ready), err
		}
	}
	created, err := a.Shipments.Create(ctx, c.account(), o, from)
	if err != nil {
		return nil, outcome(err, created.Shipment)
	}
	if c.logged = created.Logged; c.logged {
		return ready, nil
	}
	return a.Shipments.Answer(ctx, o, created, a.links(c)), nil
}

// outcome gives an error of a purchase or a cancellation; where what happened is not known, with the numbers of the
// shipment.
func outcome(err error, sh shipment.Shipment) error {
	if !errs.Is(err, errs.Unclear) {
		return err
	}
	return &problem{told: errs.As(err), requestNumber: sh.RequestNumber, shipmentNumber: sh.Number}
}

// cancelLabel cancels at the courier: POST {courier}/cancel-label.
func (a *api) cancelLabel(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	h := named(in)
	h.Reference = "" // several shipments may share one: not enough to give a paid label back
	if h, err = a.handle(ctx, c, in, h, "tracking_code", "Give the tracking_code or the create_label_shipment_id of the shipment."); err != nil {
		return nil, err
	}
	sh, already, err := a.Shipments.Cancel(ctx, c.account(), h)
	return done{Success: true, Already: already}, outcome(err, sh)
}

// markCancelled sets the status, and cancels at the courier only when cancel_label says so: POST mark-shipment-cancelled,
// with and without a courier.
func (a *api) markCancelled(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	atCourier := in.flag("cancel_label")
	h, err := a.handle(ctx, c, in, named(in), "dc_request_id", "Give the dc_request_id, the create_label_shipment_id or the reference of the shipment.")
	if err != nil {
		return nil, err
	}
	cancel := a.Shipments.MarkCancelled
	if atCourier != nil && *atCourier {
		cancel = a.Shipments.Cancel
	}
	sh, already, err := cancel(ctx, c.account(), h)
	return done{Success: true, Already: already}, outcome(err, sh)
}

// markPacked notes that a parcel is packed: POST mark-shipment-packed.
func (a *api) markPacked(ctx context.Context, c *call) (any, error) {
	in, err := c.object()
	if err != nil {
		return nil, err
	}
	h, err := a.handle(ctx, c, in, named(in), "reference", "Give the reference of the shipment.")
	if err != nil {
		return nil, err
	}
	_, err = a.Shipments.MarkPacked(ctx, c.account(), h)
	return done{Success: true}, err
}

// named reads the names a shipment goes by.
func named(in *input) shipment.Handle {
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

// handle checks a handle and binds it to the route's courier, where there is one. Invalid at path when it names nothing.
func (a *api) handle(ctx context.Context, c *call, in *input, h shipment.Handle, path, need string) (shipment.Handle, error) {
	if h == (shipment.Handle{}) && in.wrong.Len() == 0 {
		in.wrong.Add(path, "%s", need)
	}
	if h.Courier = courier.Key(c.PathValue("courier")); h.Courier != "" {
		if _, err := a.Auths.Carrier(ctx, c.account(), h.Courier); err != nil {
			return h, err
		}
	}
	return h, in.err()
}
