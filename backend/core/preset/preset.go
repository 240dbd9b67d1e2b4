// Package preset holds named bundles of courier service and options, found by their code, the dc_service_id.
package preset

import (
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
	WeightMin  measure.Grams       `json:"weight_min_g,omitempty"` // of the whole shipment
	WeightMax  measure.Grams       `json:"weight_max_g,omitempty"`
	LongestMax measure.Millimetres `json:"longest_max_mm,omitempty"` // longest side of any parcel
	Countries  []string            `json:"countries,omitempty"`      // ISO 3166-1 alpha-2 of the recipient
}

// Repo is what custom presets are kept in.
type Repo interface {
	AppendAudit(audit.Entry) error
	Account(account.ID) (account.Account, error)
	CreatePreset(Preset) (Preset, error) // gives Number, below 2^30; Conflict: the code is taken on the account
	DeletePreset(ID) error
	Preset(ID) (Preset, error)
	PresetsOf(account.ID, courier.Key) ([]Preset, error) // oldest first; key "" for all couriers
}

// Service is everything that can be done with presets.
type Service struct {
	Store    store.Store[Repo]
	Couriers *courier.Registry
	Clock    clock.Clock
}
