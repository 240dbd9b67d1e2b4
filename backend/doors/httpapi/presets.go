package httpapi

import (
	"context"
	"encoding/json"

	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

type presetRow struct {
	ID         int64          `json:"id"`
	Name       string         `json:"name"`
	Code       string         `json:"dc_service_id"`
	Courier    courier.Key    `json:"courier"`
	APIUserID  *int64         `json:"api_user_id"` // null for a system preset
	JSON       map[string]any `json:"json"`
	LeadTime   int            `json:"lead_time"`
	WeightMin  *json.Number   `json:"rule_weight_min"` // kg
	WeightMax  *json.Number   `json:"rule_weight_max"`
	LengthMin  *json.Number   `json:"rule_length_min"` // cm
	LengthMax  *json.Number   `json:"rule_length_max"`
	WidthMin   *json.Number   `json:"rule_width_min"`
	WidthMax   *json.Number   `json:"rule_width_max"`
	HeightMin  *json.Number   `json:"rule_height_min"`
	HeightMax  *json.Number   `json:"rule_height_max"`
	Countries  []string       `json:"rule_supported_countries"`
	IsSystem   bool           `json:"is_system"`
	ServiceRef string         `json:"service_code"`
}

// presets gives a courier's presets, the account's own and the courier's: GET {courier}/presets. An object, never a list.
func (a *api) presets(ctx context.Context, c *call) (any, error) {
	custom, system, err := a.presetRows(ctx, c)
	return struct {
		User   []presetRow `json:"user_presets"`
		System []presetRow `json:"system_presets"`
	}{custom, system}, err
}

// myPresets gives the account's own presets of a courier: GET {courier}/my-presets.
func (a *api) myPresets(ctx context.Context, c *call) (any, error) {
	custom, _, err := a.presetRows(ctx, c)
	return struct {
		Presets []presetRow `json:"presets"`
	}{custom}, err
}

func (a *api) presetRows(ctx context.Context, c *call) (custom, system []presetRow, err error) {
	adapter, err := a.Couriers.Find(courier.Key(c.PathValue("courier")))
	if err != nil {
		return nil, nil, err
	}
	d := adapter.Descriptor()
	own, shared, err := a.Presets.List(ctx, c.account(), d.Key)
	if err != nil {
		return nil, nil, err
	}
	rows := func(list []preset.Preset) []presetRow {
		out := make([]presetRow, 0, len(list))
		for _, p := range list {
			out = append(out, presetRowOf(p, d, c.who.Account.APIUserID))
		}
		return out
	}
	return rows(own), rows(shared), nil
}

func presetRowOf(p preset.Preset, d *courier.Descriptor, apiUserID int64) presetRow {
	row := presetRow{
		ID: p.Number, Name: p.Name, Code: p.Code, Courier: p.Courier, IsSystem: p.System, ServiceRef: p.ServiceCode,
		JSON: map[string]any{"service_code": p.ServiceCode}, Countries: append([]string{}, p.Rules.Countries...),
	}
	if !p.System {
		row.APIUserID = &apiUserID
	}
	for key, value := range p.Options {
		row.JSON[key] = value
	}
	for _, s := range d.Services {
		if s.Code == p.ServiceCode {
			row.LeadTime = s.LeadDays
		}
	}
	if g := p.Rules.WeightMin; g > 0 {
		row.WeightMin = number(g.Kilograms())
	}
	if g := p.Rules.WeightMax; g > 0 {
		row.WeightMax = number(g.Kilograms())
	}
	if longest := p.Rules.LongestMax; longest > 0 {
		row.LengthMax = number(longest.Centimetres())
	}
	return row
}

func number(text string) *json.Number {
	n := json.Number(text)
	return &n
}
