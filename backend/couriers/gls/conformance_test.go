package gls

import (
	"testing"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/couriertest"
	"packbench/backend/couriers/httpx"
)

func TestConformance(t *testing.T) {
	couriertest.Run(t, couriertest.Suite{
		New:     func(env httpx.Env) courier.Adapter { return New(env) },
		Mock:    func(l *couriertest.Ledger) couriertest.Mock { return &mock{ledger: l} },
		Fields:  map[string]string{fieldID: goodID, fieldSecret: goodSecret, fieldContact: goodContact},
		Service: "PARCEL",
		From:    postal.Address{CompanyName: "Nordlager", Name: "Versand", Address1: "Am Speicher 7", City: "Kassel", Postcode: "34117", CountryISO: "DE"},
		To:      postal.Address{Name: "Kim Muster", Address1: "Musterweg 4", City: "Hamburg", Postcode: "20095", CountryISO: "DE", Phone: "+494000000000"},
		Contracts: []string{
			"gls/shipit-farm.yaml", "gls/authentification-service-v2.yaml", "gls/ecitrackandtrace.yaml",
		},
		Lacks: map[string]string{
			"book abroad with customs": "customs data goes to another service of GLS's, whose contract was not at hand",
			"find nothing":             "GLS refuses to show a parcel it does not have, and its contract does not say which refusals prove that there is none",
			"200 that is a failure":    "GLS refuses shipments by status alone",
		},
	})
}
