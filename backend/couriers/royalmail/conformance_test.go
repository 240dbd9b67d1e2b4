package royalmail

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
		Live:    true, // Royal Mail has no test service
		Service: "TPN", ServiceAbroad: "MP1",
		Contracts: []string{"royalmail-clickdrop/click-and-drop-api-v1.yaml"},
	})
}
