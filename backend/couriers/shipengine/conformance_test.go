package shipengine

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
		Fields:  map[string]string{fieldKey: goodKey, fieldCarrier: goodCarrier},
		Service: "usps_ground_advantage", ServiceAbroad: "usps_priority_mail_international", Papers: []courier.PaperKind{courier.PaperCustoms},
		Contracts: []string{"shipengine/openapi.yaml"},
		Lacks:     map[string]string{"200 that is a failure": "a label that could not be made is told by its status without words, which a test of its own proves"},
		Breaks: map[string]string{
			"the contract knows no answer 401": "it describes no refusal of the key, which its list of error codes has",
			"answer 200 of GET /v1/carriers":   "it wants an error beside the carriers, which it describes for an answer in part (207)",
			"answer 200 of POST /v1/manifests": "it wants the manifests, one manifest and an error in the same answer",
		},
	})
}
