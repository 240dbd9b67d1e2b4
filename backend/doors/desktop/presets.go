package desktop

import (
	"context"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
	"packbench/backend/core/shipment"
)

// Presets is bundles of courier service, options and restrictions.
type Presets struct{ door *Door }

// PresetLists is the custom presets an account may use and the couriers' own.
type PresetLists struct {
	Custom []preset.Preset `json:"custom"`
	System []preset.Preset `json:"system"`
}

// List gives the custom presets an account may use, its own first, and the system presets of a courier ("" for all).
func (p *Presets) List(accountID, key string) (PresetLists, error) {
	return ask(p.door, "Presets.List", func(ctx context.Context, s *Services) (PresetLists, error) {
		custom, system, err := s.Presets.List(ctx, account.ID(accountID), courier.Key(key))
		return PresetLists{Custom: custom, System: system}, err
	})
}

// Create stores a custom preset.
func (p *Presets) Create(in preset.Preset) (preset.Preset, error) {
	return ask(p.door, "Presets.Create", func(ctx context.Context, s *Services) (preset.Preset, error) {
		return s.Presets.Create(ctx, in)
	})
}

// Update changes a custom preset by its id and the version that was read.
func (p *Presets) Update(in preset.Preset) (preset.Preset, error) {
	return ask(p.door, "Presets.Update", func(ctx context.Context, s *Services) (preset.Preset, error) {
		return s.Presets.Update(ctx, in)
	})
}

// Share lets exactly these accounts use a custom preset beside its owner.
func (p *Presets) Share(id string, with []string) (preset.Preset, error) {
	return ask(p.door, "Presets.Share", func(ctx context.Context, s *Services) (preset.Preset, error) {
		accounts := make([]account.ID, len(with))
		for i, other := range with {
			accounts[i] = account.ID(other)
		}
		return s.Presets.Share(ctx, preset.ID(id), accounts)
	})
}

// Uses says who used a custom preset lately.
func (p *Presets) Uses(id string) ([]preset.Use, error) {
	return ask(p.door, "Presets.Uses", func(ctx context.Context, s *Services) ([]preset.Use, error) {
		return s.Presets.Uses(ctx, preset.ID(id))
	})
}

// Try holds a sample order to a preset that need not be saved.
func (p *Presets) Try(in preset.Preset, sample shipment.Sample) (shipment.Trial, error) {
	return ask(p.door, "Presets.Try", func(ctx context.Context, s *Services) (shipment.Trial, error) {
		return s.Shipments.Try(ctx, in, sample)
	})
}

// Delete removes a custom preset.
func (p *Presets) Delete(id string) error {
	return do(p.door, "Presets.Delete", func(ctx context.Context, s *Services) error { return s.Presets.Delete(ctx, preset.ID(id)) })
}
