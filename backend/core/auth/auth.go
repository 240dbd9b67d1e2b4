// Package auth holds registered auths: one set of a courier's credentials on an API account, unique by courier, company
// and testing.
package auth

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// ID names a registered auth.
type ID string

// Auth is a registered auth as lists show it: plain fields as they are, secrets masked.
type Auth struct {
	ID           ID                `json:"id"`
	AccountID    account.ID        `json:"account_id"`
	Courier      courier.Key       `json:"courier"`
	Company      string            `json:"company"` // tells several logins with one courier apart; no underscores
	Testing      bool              `json:"testing"`
	TrackingOnly bool              `json:"tracking_only"`
	Fields       map[string]string `json:"fields"` // secret fields as "••••1234"
	LastTestMs   int64             `json:"last_test_ms"`
	LastTestOK   bool              `json:"last_test_ok"`
	LastTestNote string            `json:"last_test_note"`
	Version      int64             `json:"version"`
	CreatedMs    int64             `json:"created_ms"`
	UpdatedMs    int64             `json:"updated_ms"`

	Sealed []byte `json:"-"` // the secret fields as JSON, sealed under the account's data key
}

// Query finds the auth for a purchase. Testing nil: not said. Company "": not said; with Forwards, one that no auth has
// is not said either, because it is a login of the upstream's own. Owner is the account, and Auths all of its auths of the
// courier, where the caller has just read them; nil reads them.
type Query struct {
	AccountID account.ID
	Owner     *account.Account
	Auths     []Auth
	Courier   courier.Key
	Company   string
	Testing   *bool
	Forwards  bool
}

// Repo is what auths are kept in.
type Repo interface {
	AppendAudit(audit.Entry) error
	Account(account.ID) (account.Account, error)

	CreateAuth(Auth) error // Conflict: courier, company and testing are taken on the account
	UpdateAuth(Auth) error // by ID and Version; raises Version
	DeleteAuth(ID) error
	Auth(ID) (Auth, error)
	AuthsOf(account.ID) ([]Auth, error) // by courier, company, testing
	AuthsFor(accountID account.ID, key courier.Key) ([]Auth, error)
	SaveAuthVerdict(id ID, atMs int64, ok bool, note string) error // LastTest…; leaves Version as it is
	ShipmentsInFlightWith(ID) (int, error)                         // queued, sending, unknown, cancelling
	// PresetNames gives the names of an account's own presets with a courier, the oldest first.
	PresetNames(account.ID, courier.Key) ([]string, error)
}

// Save is what register and edit take. Secret fields left out of Fields keep their stored value on an edit; those named in
// Clear lose it.
type Save struct {
	AccountID    account.ID
	Courier      courier.Key
	Company      string
	Testing      bool
	TrackingOnly bool
	Fields       map[string]string
	Clear        []string
}

// Service is everything that can be done with registered auths.
type Service struct {
	Store    store.Store[Repo]
	Vault    account.Vault
	Couriers *courier.Registry
	Clock    clock.Clock
}
