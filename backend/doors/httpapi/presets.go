package httpapi

import (
	"context"
	"encoding/json"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

type presetRow struct {
	ID         int64          `json:"id"`
	Name       string         `json:"name"`
	Code       string         `json:"dc_service_id"`
	Courier    courier.Key    `json:"courier"`
	APIUserID  *int64         `json:"api_user_id"` // the owner's; null for a system preset
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
	ValueMin   *json.Number   `json:"rule_value_min"`
	ValueMax   *json.Number   `json:"rule_value_max"`
	Currency   *string        `json:"rule_value_currency"`
	Postcodes  []string       `json:"rule_postcodes"`
	Except     []string       `json:"rule_postcodes_except"`
	IsSystem   bool           `json:"is_system"`
	ServiceRef string         `json:"service_code"`
}

// presets gives a courier's presets, those the account may use (its own and what others share with it) and the courier's: GET {courier}/presets. An object, never a list.
func (a *api) presets(ctx context.Context, c *call) (any, error) {
	if told, err := a.told(ctx, c, courier.TopicPresets); told != nil || err != nil {
		return told, err
	}
	custom, system, err := a.presetRows(ctx, c)
	return struct {
		User   []presetRow `json:"user_presets"`
		System []presetRow `json:"system_presets"`
	}{custom, system}, err
}

// myPresets gives the custom presets of a courier that the account may use: GET {courier}/my-presets.
func (a *api) myPresets(ctx context.Context, c *call) (any, error) {
	if told, err := a.told(ctx, c, courier.TopicMyPresets); told != nil || err != nil {
		return told, err
	}
	custom, _, err := a.presetRows(ctx, c)
	return struct {
		Presets []presetRow `json:"presets"`
	}{custom}, err
}

// told gives what the upstream tells of the route's courier, nil where the courier has an adapter here.
func (a *api) told(ctx context.Context, c *call, what courier.Topic) (any, error) {
	told, err := a.Auths.Told(ctx, c.account(), courier.Key(c.PathValue("courier")), what)
	if told == nil {
		return nil, err
	}
	return told, err
}

func (a *api) presetRows(ctx context.Context, c *call) (custom, system []presetRow, err error) {
	adapter, err := a.Couriers.Find(courier.Key(c.PathValue("courier")))
	if err != nil {
		return nil, nil, err
	}
	d := adapter.Descriptor()
	usable, ofCourier, err := a.Presets.List(ctx, c.account(), d.Key)
	if err != nil {
		return nil, nil, err
	}
	rows := func(list []preset.Preset) []presetRow {
		out := make([]presetRow, 0, len(list))
		for _, p := range list {
			out = append(out, presetRowOf(p, d))
		}
		return out
	}
	return rows(usable), rows(ofCourier), nil
}

func presetRowOf(p preset.Preset, d *courier.Descriptor) presetRow {
	row := presetRow{
		ID: p.Number, Name: p.Name, Code: p.Code, Courier: p.Courier, IsSystem: p.System, ServiceRef: p.ServiceCode,
		JSON: map[string]any{"service_code": p.ServiceCode},
	}
	if !p.System {
		row.APIUserID = &p.APIUserID
	}
	for key, value := range p.Options {
		row.JSON[key] = value
	}
	if offer, ok := d.Service(p.ServiceCode); ok {
		row.LeadTime = offer.LeadDays
	}
	row.restrict(p.Rules)
	return row
}

// restrict fills the restrictions in. The longest side bounds every side.
func (row *presetRow) restrict(r preset.Rules) {
	row.Countries, row.Postcodes = append([]string{}, r.Countries...), append([]string{}, r.Postcodes...)
	row.Except = append([]string{}, r.PostcodesExcept...)
	row.WeightMin, row.WeightMax = kilograms(r.WeightMin), kilograms(r.WeightMax)
	row.LengthMin, row.LengthMax = centimetres(r.LengthMin), centimetres(lower(r.LengthMax, r.LongestMax))
	row.WidthMin, row.WidthMax = centimetres(r.WidthMin), centimetres(lower(r.WidthMax, r.LongestMax))
	row.HeightMin, row.HeightMax = centimetres(r.HeightMin), centimetres(lower(r.HeightMax, r.LongestMax))
	for _, bound := range []struct {
		amount money.Amount
		field  **json.Number
	}{{r.ValueMin, &row.ValueMin}, {r.ValueMax, &row.ValueMax}} {
		if !bound.amount.IsZero() {
			*bound.field, row.Currency = number(bound.amount.Decimal()), &bound.amount.Currency
		}
	}
}

// lower gives the lower of two upper bounds, of which 0 is none.
func lower(a, b measure.Millimetres) measure.Millimetres {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

func kilograms(g measure.Grams) *json.Number {
	if g == 0 {
		return nil
	}
	return number(g.Kilograms())
}

func centimetres(m measure.Millimetres) *json.Number {
	if m == 0 {
		return nil
	}
	return number(m.Centimetres())
}

func number(text string) *json.Number {
	n := json.Number(text)
	return &n
}
