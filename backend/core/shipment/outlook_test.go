package shipment

import (
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/preset"
)

// What a half-typed order is told is what the purchase would say, word by word.
func TestOutlookSaysWhatThePurchaseWould(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	long := strings.Repeat("x", 36)
	out, err := w.Outlook(w.ctx, owned, []byte(`{"courier":"Depot","shipment":{"ship_to":{"name":"Ada","address_1":"`+long+`","country_iso":"GB","postcode":"75008"},
		"parcels":[{"weight":"31","weight_unit":"kg","items":[{"quantity":"2","value":"3.50","hs_code":"12"}]}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, f := range out.Fields {
		told[f.Path] = f.Message
	}
	for path, says := range map[string]string{
		"shipment.ship_to.address_1":             "Address line 1 has 36 characters; Depot takes at most 35.",
		"shipment.ship_to.postcode":              "75008",
		"shipment.ship_to.city":                  "City is required.",
		"shipment.parcels.0.weight":              "Weight is 31 kg; Depot takes at most 30 kg in one parcel.",
		"shipment.parcels.0.items.0.hs_code":     "not an HS code",
		"shipment.parcels.0.items.0.description": "Description is required",
	} {
		if !strings.Contains(told[path], says) {
			t.Errorf("%s: %q, want %q", path, told[path], says)
		}
	}
	if out.Items != 2 || out.Weight != 31_000 || out.Value.Minor != 700 || out.Value.Currency != "GBP" || out.Customs != postal.NoCustoms {
		t.Errorf("%+v", out)
	}
	if w.m.writes != 0 || len(w.depot.sent) != 0 {
		t.Error("looking wrote or sent something")
	}
}

func TestOutlookTellsWhichPresetsFit(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	w.m.presets = []preset.Preset{
		{AccountID: owned, Courier: "Depot", Name: "Small", Code: "SMALL", ServiceCode: "STD", Rules: preset.Rules{WeightMax: 1000, Countries: []string{"IE"}}},
	}
	look := func(body string) []Fitting {
		t.Helper()
		out, err := w.Outlook(w.ctx, owned, []byte(body))
		if err != nil || len(out.Presets) != 2 || out.Presets[0].Code != "SMALL" || out.Presets[1].Code != "D-STD" {
			t.Fatalf("%+v %v", out, err)
		}
		return out.Presets
	}
	if fits := look(`{"courier":"Depot","shipment":{}}`); len(fits[0].Why)+len(fits[1].Why) != 0 {
		t.Errorf("what is not typed yet is held against it: %+v", fits)
	}
	fits := look(`{"courier":"Depot","shipment":{"ship_to":{"country_iso":"FR"},"parcels":[{"weight":"2","weight_unit":"kg"}]}}`)
	if len(fits[0].Why) != 2 || len(fits[1].Why) != 0 || !strings.Contains(fits[0].Why[0], "takes a weight up to 1 kg; this shipment has 2 kg") {
		t.Errorf("%+v", fits)
	}
}

func TestOutlookSaysWhatCustomsMisses(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	body := `{"courier":"Depot","shipment":{"ship_from":{"name":"A","address_1":"1 Quay","city":"Hull","postcode":"HU1 1AA","country_iso":"GB"},
		"ship_to":{"name":"B","address_1":"2 Rue","city":"Paris","postcode":"75008","country_iso":"FR"},
		"parcels":[{"weight":"1","items":[{"description":"Ceramic mug","quantity":1,"value":"5","value_currency":"GBP","weight":"0.4"}]}]}}`
	out, err := w.Outlook(w.ctx, owned, []byte(body))
	all := strings.Join(out.Missing, "\n")
	if err != nil || out.Customs != postal.Papers || !strings.Contains(all, "Ceramic mug: the HS code is missing") || !strings.Contains(all, "The exporter's EORI number is missing") {
		t.Errorf("%v %s\n%s", err, out.Customs, all)
	}
	out, err = w.Outlook(w.ctx, owned, []byte(strings.Replace(strings.Replace(body, `"FR"`, `"GB"`, 1), "75008", "M1 1AA", 1)))
	if err != nil || out.Customs != postal.NoCustoms || len(out.Missing) != 0 {
		t.Errorf("within the country: %+v %v", out, err)
	}
}

func TestOutlookWithoutAnAccountOrACourier(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	if out, err := w.Outlook(w.ctx, "", []byte(`{"shipment":{"ship_to":{"postcode":"x","country_iso":"GB"}}}`)); err != nil || len(out.Fields) == 0 || len(out.Presets) != 0 {
		t.Errorf("%+v %v", out, err)
	}
	_, err := w.Outlook(w.ctx, owned, []byte(`{`))
	wantCode(t, err, errs.Malformed)
	_, err = w.Outlook(w.ctx, "nobody", []byte(`{"shipment":{}}`))
	wantCode(t, err, errs.NotFound)
	_, err = w.Outlook(t.Context(), owned, []byte(`{"shipment":{}}`))
	wantCode(t, err, errs.Unauthorized)
}
