package ups

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
		Fields:  map[string]string{fieldID: goodID, fieldSecret: goodSecret, fieldAccount: goodAccount},
		Service: "11", ServiceAbroad: "65", Papers: []courier.PaperKind{courier.PaperInvoice},
		Contracts: []string{"ups/Shipping.normalized.json", "ups/Tracking.normalized.json", "ups/OAuthClientCredentials.yaml", "ups/Rating.yaml"},
		Lacks: map[string]string{
			"find nothing":          "UPS refuses to give a label it does not have, and its contract does not say which refusals prove that there is none",
			"200 that is a failure": "UPS refuses by status alone",
		},
		Breaks: map[string]string{
			"/labels/v1903/recovery: ": "it wants both a list of Roadie numbers and a reference in every request, which its own text says are for " +
				"one case each, and codes of four letters where it lists GIF and ZPL",
		},
	})
}
