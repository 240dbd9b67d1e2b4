package dhlexpress

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
		Service: "N", ServiceAbroad: "P", Papers: []courier.PaperKind{courier.PaperInvoice},
		Contracts: []string{"dhl-express/dpdhl-express-api-3.1.1_swagger.normalized.json"},
		Lacks:     map[string]string{"200 that is a failure": "DHL refuses by status alone"},
		Breaks:    map[string]string{"the contract knows no answer 401": "it leaves out what HTTP says to wrong credentials"},
	})
}
