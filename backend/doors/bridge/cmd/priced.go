//go:build bridge

package main

import (
	"context"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
)

// priced is a sample that tells prices, and has services to choose from by them.
type priced struct{ *sample }

func (p priced) Descriptor() *courier.Descriptor {
	d := p.sample.Descriptor()
	d.Capabilities.Price = true
	d.Services = append(d.Services,
		courier.ServiceOffer{Code: "SP-EXPRESS", PresetCode: "SP-EXPRESS", Name: "Express"},
		courier.ServiceOffer{Code: "SP-CODE", PresetCode: "SP-CODE", Name: "Any service"})
	d.Options = []courier.Field{
		{Key: "signature", Label: "Signature on delivery", Kind: courier.Bool},
		{Key: "service", Label: "Service", Kind: courier.Text, MaxLength: 20},
	}
	return d
}

// Quote serves no postcode that begins with JE, does not answer for one that begins with HS within a minute, and asks 10 p
// for each 100 g elsewhere.
func (p priced) Quote(ctx context.Context, _ courier.Access, c courier.Consignment) ([]courier.Offer, error) {
	switch c.To.Postcode[:2] {
	case "JE":
		return nil, errs.New(errs.Rejected, "Sample Parcels says: “No service to this postcode.”")
	case "HS":
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
		}
		return nil, errs.New(errs.Unavailable, "Sample Parcels did not answer.")
	}
	offer := func(service, code, name string, base int64, days int) courier.Offer {
		o := courier.Offer{
			Service: service, Code: code, Name: name, Price: money.Amount{Minor: base + int64(c.Weight())/10, Currency: "GBP"}, TransitDays: days,
			Chosen: service == c.Service.Code,
		}
		if service != code {
			o.Options, o.Chosen = map[string]string{"service": code}, c.Service.Code == service && c.Options["service"] == code
		}
		return o
	}
	return []courier.Offer{
		offer("SP-STANDARD", "SP-STANDARD", "Standard", 420, 2), offer("SP-EXPRESS", "SP-EXPRESS", "Express", 950, 1), offer("SP-CODE", "ECO-7", "Economy by rail", 310, 5),
	}, nil
}
