// Package settings holds what is true of this whole site: its bench, its sender, its country and time zone.
package settings

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/audit"
)

// Settings is all of it. Every field has a use when empty: nothing has to be set before the first label.
type Settings struct {
	BenchName  string         `json:"bench_name"`
	Sender     postal.Address `json:"sender"`      // used where an account has no default sender
	CountryISO string         `json:"country_iso"` // ISO 3166-1 alpha-2; used where an address names none
	TimeZone   string         `json:"time_zone"`   // IANA name; whole days of lists are this zone's
	Version    int64          `json:"version"`     // 0 before the first Update
	UpdatedMs  int64          `json:"updated_ms"`
}

// Repo keeps the settings: one row of JSON.
type Repo interface {
	AppendAudit(audit.Entry) error
	Settings() (Settings, error) // NotFound before the first
	SaveSettings(Settings) error // Conflict when Version is not the stored one (0 for none); raises Version
}

// Service reads and changes the settings.
type Service struct {
	Store store.Store[Repo]
	Clock clock.Clock
}
