package httpapi

import (
	"context"
	"errors"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// renew gives a fresh link to a kept file: GET /api/pdfs/renew?key=.
func (a *api) renew(ctx context.Context, c *call) (any, error) {
	in := c.parameters()
	key := in.text("key")
	if key == "" {
		return nil, errs.OnField("key", "Give the key that came with the file.")
	}
	kept, err := a.Documents.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	return struct {
		URI string `json:"uri"`
	}{a.links(c).File(kept.Key)}, nil
}

// commercialInvoice makes or gives an invoice: GET /api/commercial-invoice/{dc_request_id}?copy_count=.
func (a *api) commercialInvoice(ctx context.Context, c *call) (any, error) {
	return a.copies(ctx, c, a.Shipments.CommercialInvoice)
}

// packingSlip makes or gives a packing slip: GET /api/packing-slip/{dc_request_id}?copy_count=.
func (a *api) packingSlip(ctx context.Context, c *call) (any, error) {
	return a.copies(ctx, c, a.Shipments.PackingSlip)
}

type makeDocument func(ctx context.Context, id account.ID, h shipment.Handle, copies int) (document.File, error)

func (a *api) copies(ctx context.Context, c *call, make makeDocument) (any, error) {
	in := c.parameters()
	count := in.within("copy_count", 1, 100, 1)
	if err := in.err(); err != nil {
		return nil, err
	}
	number, err := pathNumber(c, "number")
	if err != nil {
		return nil, err
	}
	f, err := make(ctx, c.account(), shipment.Handle{RequestNumber: number}, count)
	if err != nil {
		return nil, err
	}
	return shipment.FileLink{URL: a.links(c).File(f.Key), Key: f.Key, Warnings: f.Warnings}, nil
}

// file gives a file to whoever has its signed link: GET /api/files/{key}.
func (a *api) file(ctx context.Context, c *call) (any, error) {
	key := c.PathValue("key")
	if err := a.links(c).checkFile(key, c.parameters()); err != nil {
		return nil, err
	}
	ctx = actor.With(ctx, linkHolder)
	kept, err := a.Documents.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	c.who.Account.ID = account.ID(kept.AccountID)
	if err := a.Shipments.Fetched(ctx, kept.Document); err != nil { // the label leaves all the same
		a.Log.Error("a label was fetched, which could not be noted", "number", c.number, "error", err, "cause", errors.Unwrap(err))
	}
	return file{media: kept.Media, bytes: kept.Bytes, header: map[string]string{
		"Content-Disposition":     `inline; filename="` + string(kept.Kind) + "-" + kept.Key + extensions[kept.Media] + `"`,
		"Content-Security-Policy": "default-src 'none'; sandbox",
	}}, nil
}

var extensions = map[string]string{"application/pdf": ".pdf", "application/zpl": ".zpl", "image/png": ".png"}

// linkHolder acts for whoever holds a link that this program signed.
var linkHolder = actor.Actor{Door: actor.System, Name: "signed link"}

func pathNumber(c *call, name string) (int64, error) {
	n, err := strconv.ParseInt(c.PathValue(name), 10, 64)
	if err != nil || n < 1 {
		return 0, errs.New(errs.NotFound, "There is no shipment %q on this API account.", c.PathValue(name))
	}
	return n, nil
}
