// Package preset holds named bundles of courier service and options, found by their code, the dc_service_id.
package preset

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// ID names a custom preset.
type ID string

// Preset is a bundle. System presets come with a courier and have no account. A custom one belongs to an account, which
// may share it with others: they use it as if it were their own, and only its owner's people change it.
type Preset struct {
	ID          ID                `json:"id"`
	Number      int64             `json:"number"` // what API clients see as id
	AccountID   account.ID        `json:"account_id,omitempty"`
	Account     string            `json:"account,omitempty"` // the owner's name
	APIUserID   int64             `json:"api_user_id,omitempty"`
	Name        string            `json:"name"`
	Code        string            `json:"dc_service_id"`
	Courier     courier.Key       `json:"courier"`
	ServiceCode string            `json:"service_code"`
	Options     map[string]string `json:"options"`
	Rules       Rules             `json:"rules"`
	Shares      []Share           `json:"shares"` // whom the owner shares it with, by name; told to the owner only
	System      bool              `json:"system"`
	Version     int64             `json:"version"`
	CreatedMs   int64             `json:"created_ms"`
	UpdatedMs   int64             `json:"updated_ms"`
}

// Share is an account that may use another's preset.
type Share struct {
	AccountID account.ID `json:"account_id"`
	Account   string     `json:"account"` // its name
}

// Use is how much an account used a preset among its latest shipments.
type Use struct {
	Account   string `json:"account"`
	Shipments int    `json:"shipments"` // of the latest UseWindow
	LastMs    int64  `json:"last_ms"`   // when the newest of them was made; 0 for none
}

// UseWindow is how many of an account's latest shipments are looked at for a preset's use.
const UseWindow = 1000

// Repo is what custom presets are kept in. Presets carry their owner's name and number, and no shares. Creating and
// updating is a Conflict where the code is taken on the owner's account.
type Repo interface {
	AppendAudit(audit.Entry) error
	Account(account.ID) (account.Account, error)
	CreatePreset(Preset) (Preset, error) // gives Number, below 2^30
	UpdatePreset(Preset) error           // by ID and Version; raises Version; courier and owner stay
	DeletePreset(ID) error               // with its shares
	Preset(ID) (Preset, error)
	PresetsFor(account.ID, courier.Key) ([]Preset, error) // its own, then what living accounts share with it, each oldest first; key "" for all couriers
	PresetShares(account.ID) (map[ID][]Share, error)      // of the presets it owns, by name; living accounts only
	SharePreset(ID, []account.ID) error                   // with exactly these
	PresetUse(account.ID, courier.Key, string) (Use, error)
}

// Service is everything that can be done with presets.
type Service struct {
	Store    store.Store[Repo]
	Couriers *courier.Registry
	Clock    clock.Clock
}
