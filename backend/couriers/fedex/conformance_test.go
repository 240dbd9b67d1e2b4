package fedex

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
		Fields:  map[string]string{fieldKey: goodKey, fieldSecret: goodSecret, fieldAccount: goodAccount},
		Service: "FEDEX_PRIORITY", ServiceAbroad: "FEDEX_INTERNATIONAL_PRIORITY", Papers: []courier.PaperKind{courier.PaperInvoice},
		Contracts: []string{"fedex/ship-api.json", "fedex/track.json", "fedex/rate-api.json"},
		Lacks:     map[string]string{"200 that is a failure": "FedEx refuses shipments by status alone"},
		Breaks: map[string]string{
			"POST /oauth/token is no operation":                                "the contract of tokens is not among FedEx's published ones that are kept here",
			"/rate/v1/rates/quotes: input matches more than one oneOf schemas": "its two forms of a question don't exclude each other, and ours fits both",
		},
	})
}
