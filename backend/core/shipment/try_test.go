package shipment

import (
	"context"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/actor"
	"packbench/backend/core/preset"
)

func atThisMachine(t *testing.T) context.Context {
	return actor.With(t.Context(), actor.Actor{Door: actor.Window, Name: "manager"})
}

// What a trial says is what an order would be told, sentence by sentence.
func TestTrySaysWhatAnOrderIsTold(t *testing.T) {
	w := newWorld(t)
	made := w.buy(t, nil).Shipment
	w.ctx = atThisMachine(t)
	draft := preset.Preset{
		Courier: "Depot", Name: "Small", Code: "SMALL", ServiceCode: "STD",
		Rules: preset.Rules{WeightMax: made.Weight - 1, Countries: []string{made.CountryISO}, PostcodesExcept: []string{made.Postcode}},
	}
	trial, err := w.Try(w.ctx, draft, Sample{Number: made.Number})
	if err != nil || trial.Fits || len(trial.Findings) != 3 || trial.Findings[0].Fits || !trial.Findings[1].Fits || trial.Findings[2].Fits {
		t.Fatalf("%+v %v", trial, err)
	}
	w.m.presets = []preset.Preset{draft}
	o := sample(t, nil)
	o.PresetCode = "SMALL"
	err = w.Check(w.ctx, owned, o)
	wantCode(t, err, errs.Invalid)
	told := errs.As(err).Fields
	if len(told) != 2 || told[0].Path != "shipment.dc_service_id" || told[0].Message != trial.Findings[0].Sentence("SMALL") || told[1].Message != trial.Findings[2].Sentence("SMALL") {
		t.Errorf("the order is told %+v, the trial %+v", told, trial)
	}
}

func TestTryTyped(t *testing.T) {
	w := newWorld(t)
	w.ctx = atThisMachine(t)
	draft := preset.Preset{Courier: "Depot", Name: "Small", ServiceCode: "STD", Rules: preset.Rules{ValueMax: money.Amount{Minor: 500, Currency: "GBP"}}}
	typed := Sample{CountryISO: "GB", Postcode: "EH6 6AA", Weight: 1000, Value: money.Amount{Minor: 500, Currency: "GBP"}}
	trial, err := w.Try(w.ctx, draft, typed)
	if err != nil || !trial.Fits || len(trial.Findings) != 1 || len(trial.Courier) != 0 {
		t.Errorf("%+v %v", trial, err)
	}
	typed.Weight = 30_001
	trial, err = w.Try(w.ctx, draft, typed)
	if err != nil || trial.Fits || len(trial.Courier) != 1 || !strings.Contains(trial.Courier[0], "30.001 kg") {
		t.Errorf("beyond the courier's own limit: %+v %v", trial, err)
	}
	if w.m.writes != 0 || len(w.depot.sent) != 0 {
		t.Error("a trial wrote or sent something")
	}
	for path, s := range map[string]Sample{
		"sample.country_iso": {CountryISO: "UK", Weight: 1}, "sample.postcode": {CountryISO: "GB", Postcode: "75008", Weight: 1}, "sample.weight_g": {CountryISO: "GB"},
	} {
		_, err := w.Try(w.ctx, draft, s)
		wantCode(t, err, errs.Invalid)
		if got := paths(err); len(got) != 1 || got[0] != path {
			t.Errorf("%+v: %v", s, err)
		}
	}
	_, err = w.Try(w.ctx, draft, Sample{Number: 999})
	wantCode(t, err, errs.NotFound)
	draft.ServiceCode = "none"
	_, err = w.Try(w.ctx, draft, typed)
	wantCode(t, err, errs.Invalid)
	w.ctx = t.Context()
	_, err = w.Try(w.ctx, draft, typed)
	wantCode(t, err, errs.Unauthorized)
}
