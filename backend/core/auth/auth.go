// Package auth holds registered auths: one set of a courier's credentials on an API account, unique by courier, company
// and testing.
package auth

import (
	"context"

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

// Query finds the auth for a purchase. Testing nil: not said. Company "": not said.
type Query struct {
	AccountID account.ID
	Courier   courier.Key
	Company   string
	Testing   *bool
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
	ShipmentsInFlightWith(ID) (int, error)                         // queued, sending, unknown
}

// Save is what register and edit take. Secret fields left out of Fields keep their stored value on an edit.
type Save struct {
	AccountID    account.ID
	Courier      courier.Key
	Company      string
	Testing      bool
	TrackingOnly bool
	Fields       map[string]string
}

// Service is everything that can be done with registered auths.
type Service struct {
	Store    store.Store[Repo]
	Vault    account.Vault
	Couriers *courier.Registry
	Clock    clock.Clock
}

// Register stores a new auth. Invalid: fields ("auth.client_id"); Conflict: courier, company and testing exist.
func (s *Service) Register(ctx context.Context, in Save) (Auth, error) { panic("") }

// Update changes an auth; a secret that is left out stays.
func (s *Service) Update(ctx context.Context, id ID, version int64, in Save) (Auth, error) { panic("") }

// Delete removes an auth and its secrets.
func (s *Service) Delete(ctx context.Context, id ID) error { panic("") }

// List gives an account's auths, masked.
func (s *Service) List(ctx context.Context, id account.ID) ([]Auth, error) { panic("") }

// Auth gives one auth, masked.
func (s *Service) Auth(ctx context.Context, id ID) (Auth, error) { panic("") }

// Reveal gives one secret field's value and writes that into the audit.
func (s *Service) Reveal(ctx context.Context, id ID, field string) (string, error) { panic("") }

// Test proves a stored auth's credentials at the courier and keeps the result.
func (s *Service) Test(ctx context.Context, id ID) (courier.Verdict, error) { panic("") }

// TestUnsaved proves credentials that are being typed; id names the auth whose stored secrets stand in for those left
// out, or is "".
func (s *Service) TestUnsaved(ctx context.Context, id ID, in Save) (courier.Verdict, error) {
	panic("")
}

// Resolve finds the one auth a purchase is to be made with, opened. With no company: the only one, else Invalid at
// auth_company listing the companies. Testing not said and both exist: Invalid at testing, live is never assumed.
func (s *Service) Resolve(ctx context.Context, q Query) (Auth, courier.Access, error) { panic("") }

// Open gives the access of a stored auth, for cancelling and tracking.
func (s *Service) Open(ctx context.Context, id ID) (courier.Access, error) { panic("") }
