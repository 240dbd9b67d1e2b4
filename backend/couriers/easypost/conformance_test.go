package easypost

import (
	"testing"

	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
	"packbench/backend/couriers/httpx"
)

func TestConformance(t *testing.T) {
	couriertest.Run(t, couriertest.Suite{
		New:     func(env httpx.Env) courier.Adapter { return New(env) },
		Mock:    func(l *couriertest.Ledger) couriertest.Mock { return &mock{ledger: l} },
		Fields:  map[string]string{fieldKey: goodKey},
		Service: "USPS:GroundAdvantage", ServiceAbroad: "USPS:PriorityMailInternational", Papers: []courier.PaperKind{courier.PaperInvoice},
		Lacks: map[string]string{
			"book 3 parcels":        "a shipment of EasyPost's has one parcel; the order is refused before anything is sent",
			"200 that is a failure": "a purchase is refused by its status; a shipment without a price is refused before anything is bought",
		},
	})
}
