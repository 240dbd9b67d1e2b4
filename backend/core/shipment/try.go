package shipment

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

// Sample is an order to try a preset on: an existing shipment by its number, or one parcel as it is typed. Zero is not
// given.
type Sample struct {
	Number     int64               `json:"number"`
	CountryISO string              `json:"country_iso"`
	Postcode   string              `json:"postcode"`
	Weight     measure.Grams       `json:"weight_g"`
	Length     measure.Millimetres `json:"length_mm"`
	Width      measure.Millimetres `json:"width_mm"`
	Height     measure.Millimetres `json:"height_mm"`
	Value      money.Amount        `json:"value"`
}

// Trial is what came of trying a preset: what each restriction says, and what the courier itself would refuse.
type Trial struct {
	Fits     bool             `json:"fits"`
	Findings []preset.Finding `json:"findings"`
	Courier  []string         `json:"courier"` // sentences
}

// Try holds a sample to a preset that need not be saved, as an order would be held to it. Only at this machine. Invalid:
// the preset's fields as for preset.Create, and the sample's by their names; NotFound: the courier, sample.number.
func (s *Service) Try(ctx context.Context, in preset.Preset, sample Sample) (Trial, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Trial{}, err
	}
	p, err := s.Presets.Checked(in)
	if err != nil {
		return Trial{}, err
	}
	c, err := s.sampled(ctx, sample)
	if err != nil {
		return Trial{}, err
	}
	adapter, err := s.Couriers.Find(p.Courier)
	if err != nil {
		return Trial{}, err
	}
	trial := Trial{Findings: p.Rules.Judge(c)}
	var wrong errs.Fields
	checkParcels(&wrong, adapter.Descriptor(), c.Parcels)
	if err := wrong.Err(); err != nil {
		for _, f := range errs.As(err).Fields {
			trial.Courier = append(trial.Courier, f.Message)
		}
	}
	trial.Fits = len(trial.Courier) == 0
	for _, f := range trial.Findings {
		trial.Fits = trial.Fits && f.Fits
	}
	return trial, nil
}

func (s *Service) sampled(ctx context.Context, sample Sample) (courier.Consignment, error) {
	if sample.Number != 0 {
		sh, err := s.find(ctx, "", Handle{Number: sample.Number})
		if errs.Is(err, errs.NotFound) {
			return courier.Consignment{}, &errs.Error{Code: errs.NotFound, Message: "There is no shipment of that number.",
				Fields: []errs.Field{{Path: "sample.number", Message: "There is no shipment of that number."}}}
		}
		return sh.Consignment, err
	}
	var wrong errs.Fields
	if !postal.KnownCountry(sample.CountryISO) {
		wrong.Add("sample.country_iso", "%q is not a country code of two letters (ISO 3166-1), like GB.", sample.CountryISO)
	} else if sentence := postal.CheckPostcode(sample.CountryISO, sample.Postcode); sentence != "" {
		wrong.Add("sample.postcode", "%s", sentence)
	}
	if sample.Weight <= 0 {
		wrong.Add("sample.weight_g", "Weight is required: that of the whole parcel.")
	}
	return courier.Consignment{
		To: postal.Address{CountryISO: sample.CountryISO, Postcode: sample.Postcode},
		Parcels: []courier.Parcel{{
			Weight: sample.Weight, Length: sample.Length, Width: sample.Width, Height: sample.Height, Value: sample.Value,
		}},
	}, wrong.Err()
}
