package ownfleet

import (
	"context"
	"strings"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// draw makes one label for each parcel, in one file.
func (c *Courier) draw(ctx context.Context, run run, in courier.Consignment, codes []string) (courier.Label, []courier.Warning, error) {
	day := time.UnixMilli(in.CreatedMs)
	if in.CollectionMs != 0 {
		day = time.UnixMilli(in.CollectionMs)
	}
	labels := make([]document.Label, len(codes))
	for i, code := range codes {
		labels[i] = document.Label{
			From: in.From, To: in.To,
			CourierName: strings.ToUpper(descriptor.Name), Service: in.Service.Name, Route: route(in),
			ParcelIndex: i + 1, ParcelCount: len(codes), Weight: in.Parcels[i].Weight.String(),
			Reference: in.Reference, Instructions: in.DeliveryInstructions,
			TrackingCode: code, SSCC: run.sscc != "", Date: day.Format("2 Jan 2006"), CreatedMs: in.CreatedMs, Testing: in.Testing,
		}
	}
	bytes, warnings, err := c.Labels.DrawLabels(ctx, labels, in.LabelFormat, in.LabelSize, in.LabelDPI)
	if err != nil {
		return courier.Label{}, nil, err
	}
	return courier.Label{Format: in.LabelFormat, Size: in.LabelSize, DPI: in.LabelDPI, Bytes: bytes}, warnings, nil
}

// route is the big mark parcels are sorted by: the first half of a British postcode, the first characters of another's,
// or the country's code where there is none.
func route(in courier.Consignment) string {
	if in.Service.Code == collection {
		return "COLLECT"
	}
	postcode := []rune(strings.ReplaceAll(in.To.Postcode, " ", ""))
	switch {
	case len(postcode) == 0:
		return in.To.CountryISO
	case in.To.CountryISO == "GB" && len(postcode) >= 5: // the inward half always has three characters
		return string(postcode[:len(postcode)-3])
	}
	return string(postcode[:min(3, len(postcode))])
}
