package sendcloud

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
		Fields:  map[string]string{fieldPublic: goodPublic, fieldSecret: goodSecret},
		Live:    true, // Sendcloud has no test service
		Service: "postnl:standard", ServiceAbroad: "dhl_express:worldwide/incoterm=dap", Papers: []courier.PaperKind{courier.PaperCustoms},
		Contracts: []string{
			"sendcloud/sendcloud-shipments-openapi.yml", "sendcloud/sendcloud-v3-parcel-documents-openapi.yml",
			"sendcloud/sendcloud-v3-parcel-tracking-openapi.yml", "sendcloud/openapi-v3-merged.json",
		},
		Breaks: map[string]string{"the contract knows no answer 401": "it describes no refusal of the keys, which every API behind basic authentication has"},
	})
}
