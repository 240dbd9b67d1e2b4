// Package preset holds named bundles of courier service and options, found by their code, the dc_service_id.
package preset

import (
	"context"

	"packbench/backend/base/clock"
	"packbench/backend/base/measure"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// ID names a custom preset.
type ID string

// Preset is a bundle. System presets come with a courier and have no account.
type Preset struct {
	ID          ID                `json:"id"`
	Number      int64             `json:"number"` // what API clients see as id
	AccountID   account.ID        `json:"account_id,omitempty"`
	Name        string            `json:"name"`
	Code        string            `json:"dc_service_id"`
	Courier     courier.Key       `json:"courier"`
	ServiceCode string            `json:"service_code"`
	Options     map[string]string `json:"options"`
	Rules       Rules             `json:"rules"`
	System      bool              `json:"system"`
	Version     int64             `json:"version"`
	CreatedMs   int64             `json:"created_ms"`
	UpdatedMs   int64             `json:"updated_ms"`
}

// Rules restrict what a preset may be used for; zero fields don't.
type Rules struct {
	WeightMin, WeightMax measure.Grams       `json:"-"`
	LongestMax           measure.Millimetres `json:"-"`
	Countries            []string            `json:"-"`
}

// Repo is what custom presets are kept in.
type Repo interface {
	AppendAudit(audit.Entry) error
	Account(account.ID) (account.Account, error)
	CreatePreset(Preset) (Preset, error) // gives Number; Conflict: the code is taken on the account
	DeletePreset(ID) error
	Preset(ID) (Preset, error)
	PresetsOf(account.ID, courier.Key) ([]Preset, error) // key "" for all couriers
}

// Service is everything that can be done with presets.
type Service struct {
	Store    store.Store[Repo]
	Couriers *courier.Registry
	Clock    clock.Clock
}

// Create stores a custom preset. Invalid: fields; Conflict: the code is taken.
func (s *Service) Create(ctx context.Context, in Preset) (Preset, error) { panic("") }

// Delete removes a custom preset. Forbidden for system presets.
func (s *Service) Delete(ctx context.Context, id ID) error { panic("") }

// List gives an account's custom presets and the system presets of a courier (key "" for all).
func (s *Service) List(ctx context.Context, id account.ID, key courier.Key) (custom, system []Preset, err error) {
	panic("")
}

// Resolve finds the service and options for a purchase: by code (dc_service_id), else by service code, else the only
// service the courier has. Invalid at shipment.dc_service_id names what there is.
func (s *Service) Resolve(ctx context.Context, id account.ID, key courier.Key, code, serviceCode string) (Preset, courier.ServiceOffer, error) {
	panic("")
}
