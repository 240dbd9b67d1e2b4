package account

import (
	"context"
	"time"

	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
)

// The signatures other rooms build on; each returns the errors of its first line of doc.

// CreateGroup makes a group. Invalid: the name; Conflict: it is taken.
func (s *Service) CreateGroup(ctx context.Context, name string) (Group, error) { panic("") }

// RenameGroup renames a group.
func (s *Service) RenameGroup(ctx context.Context, id GroupID, name string) (Group, error) { panic("") }

// DeleteGroup deletes a group. Conflict while it holds accounts, unless moveTo names the group they go to.
func (s *Service) DeleteGroup(ctx context.Context, id GroupID, moveTo GroupID) error { panic("") }

// Groups lists every group by name.
func (s *Service) Groups(ctx context.Context) ([]Group, error) { panic("") }

// GroupByName finds a group by its exact name.
func (s *Service) GroupByName(ctx context.Context, name string) (Group, error) { panic("") }

// Create makes an account with its key, which is given this once besides audited reveals.
func (s *Service) Create(ctx context.Context, in CreateAccount) (Account, secret.Value, error) {
	panic("")
}

// Update changes name, default sender or strictness.
func (s *Service) Update(ctx context.Context, in UpdateAccount) (Account, error) { panic("") }

// Move puts an account into another group.
func (s *Service) Move(ctx context.Context, id ID, to GroupID) (Account, error) { panic("") }

// SetDisabled refuses or admits an account's key and tokens from the next request on.
func (s *Service) SetDisabled(ctx context.Context, id ID, disabled bool) (Account, error) { panic("") }

// Delete removes an account and its secrets for good and keeps its shipments readable. Invalid: confirm is not its
// name; Conflict: shipments are in flight.
func (s *Service) Delete(ctx context.Context, id ID, confirm string) error { panic("") }

// Account gives one account with counts.
func (s *Service) Account(ctx context.Context, id ID) (Account, error) { panic("") }

// ByName finds a living account by its exact name.
func (s *Service) ByName(ctx context.Context, name string) (Account, error) { panic("") }

// List lists living accounts by name, with counts.
func (s *Service) List(ctx context.Context, f Filter) ([]Account, error) { panic("") }

// NewKeyValue makes a key value for the create dialog; nothing is stored.
func (s *Service) NewKeyValue(ctx context.Context) (secret.Value, error) { panic("") }

// Keys gives the current key and, while its grace lasts, the old one.
func (s *Service) Keys(ctx context.Context, id ID) ([]Key, error) { panic("") }

// RegenerateKey makes a new key; the old one works for the grace time (one of GraceTimes, 0 for DefaultGrace).
func (s *Service) RegenerateKey(ctx context.Context, id ID, grace time.Duration) (Key, secret.Value, error) {
	panic("")
}

// EndOldKey ends the old key's grace now.
func (s *Service) EndOldKey(ctx context.Context, id ID) error { panic("") }

// ResetKey replaces the key at once; confirm must be the account's name.
func (s *Service) ResetKey(ctx context.Context, id ID, confirm string) (Key, secret.Value, error) {
	panic("")
}

// RevealKey gives the current key's value and writes that into the audit.
func (s *Service) RevealKey(ctx context.Context, id ID) (secret.Value, error) { panic("") }

// CreateToken makes a token, or takes one along.
func (s *Service) CreateToken(ctx context.Context, in CreateToken) (Token, secret.Value, error) {
	panic("")
}

// Tokens lists an account's tokens, new ones last.
func (s *Service) Tokens(ctx context.Context, id ID) ([]Token, error) { panic("") }

// RevealToken gives a token's value and writes that into the audit.
func (s *Service) RevealToken(ctx context.Context, id TokenID) (secret.Value, error) { panic("") }

// DeleteToken deletes a token for good.
func (s *Service) DeleteToken(ctx context.Context, id TokenID) error { panic("") }

// Presented is what a caller of the courier API showed (voila-api §1): a user name with a token, or a token or key
// alone. From is the calling program.
type Presented struct {
	APIUser string
	Secret  secret.Value
	From    string
}

// Principal is who a caller turned out to be.
type Principal struct {
	Account Account
	Actor   actor.Actor
}

// Authenticate finds out who is calling. Unauthorized, the same for unknown account, wrong token and wrong pairing;
// Forbidden for a disabled account.
func (s *Service) Authenticate(ctx context.Context, p Presented) (Principal, error) { panic("") }
