package easypost

import (
	"context"
	"slices"
	"time"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// Quote makes a shipment and gives its prices; of each service the cheapest, as it would be bought. EasyPost keeps the
// shipment, which costs nothing as long as it is not bought.
func (c *Courier) Quote(ctx context.Context, access courier.Access, in courier.Consignment) (offers []courier.Offer, err error) {
	request, err := shipmentOf(access, in)
	if err != nil {
		return nil, err
	}
	err = c.line.Do(access, func(t *httpx.Talk) error {
		s, a, err := c.priced(ctx, t, access, request)
		if err != nil {
			return err
		}
		var seen []string
		for _, r := range s.Rates {
			name := r.Carrier + ":" + r.Service
			if slices.Contains(seen, name) {
				continue
			}
			seen = append(seen, name)
			if best, found := s.best(name); found {
				offers = append(offers, best.offer(name, serviceOf(in)))
			}
		}
		if len(offers) == 0 && len(s.Messages) > 0 {
			return a.Rejected(s.refusal(serviceOf(in)))
		}
		return nil
	})
	return offers, err
}

func (r rate) offer(name, wanted string) courier.Offer {
	o := courier.Offer{Service: name, Code: name, Name: r.Carrier + " " + r.Service, Price: r.price(), TransitDays: r.Days, Chosen: name == wanted}
	if s, known := descriptor.Service(name); known {
		o.Name = s.Name
	} else {
		o.Service, o.Options = byCode, map[string]string{optionService: name}
	}
	if at, err := time.Parse(time.RFC3339, r.Delivery); err == nil {
		o.DeliveryMs = at.UnixMilli()
	}
	return o
}
