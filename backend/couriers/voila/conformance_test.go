package voila

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
		Fields:  map[string]string{fieldUser: goodUser, fieldToken: goodToken},
		Options: map[string]string{optionCourier: "DPDLocal", optionService: "DPD-12"},
		Service: "PRESET", ServiceAbroad: "PRESET",
		Lacks: map[string]string{
			"find nothing": "that a purchase is not in Voila's list does not prove that the courier behind it sold nothing",
		},
	})
}
