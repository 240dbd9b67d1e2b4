package desktop

import (
	"context"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

// Couriers is the directory of couriers.
type Couriers struct{ door *Door }

// List gives every courier's descriptor, by name.
func (c *Couriers) List() ([]courier.Descriptor, error) {
	return ask(c.door, "Couriers.List", func(_ context.Context, s *Services) ([]courier.Descriptor, error) {
		var list []courier.Descriptor
		for _, d := range s.Couriers.List() {
			list = append(list, *d)
		}
		return list, nil
	})
}

// Get gives one courier's descriptor.
func (c *Couriers) Get(key string) (courier.Descriptor, error) {
	return ask(c.door, "Couriers.Get", func(_ context.Context, s *Services) (courier.Descriptor, error) {
		adapter, err := s.Couriers.Find(courier.Key(key))
		if err != nil {
			return courier.Descriptor{}, err
		}
		return *adapter.Descriptor(), nil
	})
}

// Presets is bundles of courier service and options.
type Presets struct{ door *Door }

// PresetLists is an account's own presets and the couriers' own.
type PresetLists struct {
	Custom []preset.Preset `json:"custom"`
	System []preset.Preset `json:"system"`
}

// List gives an account's custom presets and the system presets of a courier ("" for all).
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

// Delete removes a custom preset.
func (p *Presets) Delete(id string) error {
	return do(p.door, "Presets.Delete", func(ctx context.Context, s *Services) error { return s.Presets.Delete(ctx, preset.ID(id)) })
}
