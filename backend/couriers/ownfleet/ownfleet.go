// Package ownfleet is the courier of a business that delivers itself: own vans, customer collection, or a local carrier
// that gives it a number range. It needs no network: numbers come from a series of this site, labels are drawn here, and
// tracking is what is scanned here.
package ownfleet

import (
	"context"
	"net/url"
	"strings"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
)

// Numbers hands out serials that are never given twice; core/numbering does.
type Numbers interface {
	Next(ctx context.Context, s numbering.Series) (int64, error)
	Left(ctx context.Context, s numbering.Series) (int64, error)
}

// Courier is the adapter.
type Courier struct {
	Labels  document.LabelDrawer
	Numbers Numbers
	Clock   clock.Clock
}

// Descriptor gives the courier's description.
func (*Courier) Descriptor() *courier.Descriptor { return descriptor }

// Check proves that the number series can be used and says how much of it is left.
func (c *Courier) Check(ctx context.Context, access courier.Access) (courier.Verdict, error) {
	began := c.Clock.Now()
	run, err := runOf(access.Credentials.Get)
	if err != nil {
		return courier.Verdict{}, err
	}
	left, err := c.Numbers.Left(ctx, run.series)
	if err != nil {
		return courier.Verdict{}, err
	}
	if left == 0 {
		return courier.Verdict{}, run.usedUp()
	}
	v := courier.Verdict{Steps: []courier.Step{{Text: "Labels get " + run.text() + ".", Took: c.Clock.Now().Sub(began)}}}
	if sentence := run.low(left); sentence != "" {
		v.Warnings = append(v.Warnings, sentence)
	}
	return v, nil
}

// Book gives each parcel a number and draws the labels. Rejected: the numbers are used up.
func (c *Courier) Book(ctx context.Context, access courier.Access, in courier.Consignment) (courier.Booked, error) {
	run, err := runOf(access.Credentials.Get)
	if err != nil {
		return courier.Booked{}, err
	}
	var b courier.Booked
	for range in.Parcels {
		n, err := c.Numbers.Next(ctx, run.series)
		if errs.Is(err, errs.Conflict) {
			return courier.Booked{}, run.usedUp()
		}
		if err != nil {
			return courier.Booked{}, err
		}
		b.TrackingCodes = append(b.TrackingCodes, run.code(n))
		if sentence := run.low(run.series.Last - n); sentence != "" && len(b.Warnings) == 0 {
			b.Warnings = append(b.Warnings, courier.Warning{Field: "auth." + run.field, Message: sentence})
		}
	}
	if template := access.Credentials.Get(fieldTemplate); template != "" {
		for _, code := range b.TrackingCodes {
			b.TrackingURLs = append(b.TrackingURLs, strings.ReplaceAll(template, placeholder, url.PathEscape(code)))
		}
	}
	label, warnings, err := c.draw(ctx, run, in, b.TrackingCodes)
	if err != nil {
		return courier.Booked{}, err
	}
	b.Label = label
	b.Warnings = append(b.Warnings, warnings...)
	return b, nil
}

// Cancel lets a parcel go that nobody has collected. Conflict: it has been collected.
func (*Courier) Cancel(_ context.Context, _ courier.Access, b courier.Reference) error {
	if b.Status.Collected() {
		return errs.New(errs.Conflict, "It can't be cancelled any more: its status is %q. Own fleet cancels until a parcel is collected.", b.Status.Word())
	}
	return nil
}

// Relabel draws the labels of a booked consignment again.
func (c *Courier) Relabel(ctx context.Context, access courier.Access, in courier.Consignment, b courier.Reference) (courier.Label, []courier.Warning, error) {
	run, err := runOf(access.Credentials.Get)
	if err != nil {
		return courier.Label{}, nil, err
	}
	return c.draw(ctx, run, in, b.TrackingCodes)
}
