// Package account holds API groups, API accounts, their account keys and tokens: who an order system is, how it proves
// it, and the rules of PRODUCT's "Words".
package account

import (
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/secret"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// GroupID names a group.
type GroupID string

// ID names an API account.
type ID string

// TokenID names a token.
type TokenID string

// KeyID names an account key.
type KeyID string

// NameLimit is the longest name of a group, an account or a token, in characters.
const NameLimit = 50

// Group is a named set of API accounts.
type Group struct {
	ID         GroupID `json:"id"`
	Name       string  `json:"name"`
	Accounts   int     `json:"accounts"`     // how many accounts it holds, disabled ones too
	Disabled   int     `json:"disabled"`     // how many of these are disabled
	LastUsedMs int64   `json:"last_used_ms"` // newest use of any of them; 0 never
	Version    int64   `json:"version"`
	CreatedMs  int64   `json:"created_ms"`
	UpdatedMs  int64   `json:"updated_ms"`

	NameKey string `json:"-"` // NameKey(Name), unique
}

// Account is the identity an order system acts as. It holds no secret.
type Account struct {
	ID            ID             `json:"id"`
	APIUserID     int64          `json:"api_user_id"` // site-wide number that API clients see
	GroupID       GroupID        `json:"group_id"`    // "" once deleted
	GroupName     string         `json:"group"`
	Name          string         `json:"name"`
	Disabled      bool           `json:"disabled"`
	StrictIDs     bool           `json:"strict_request_ids"` // request_id alone decides what a repeat is (voila-api §7)
	DefaultSender postal.Address `json:"default_sender"`
	Tokens        int            `json:"tokens"`
	Auths         int            `json:"auths"`
	Shipments     int64          `json:"shipments"`
	LastUsedMs    int64          `json:"last_used_ms"`
	LastUsedFrom  string         `json:"last_used_from"`
	DeletedMs     int64          `json:"deleted_ms,omitempty"` // 0 while it lives; its shipments stay readable
	Version       int64          `json:"version"`
	CreatedMs     int64          `json:"created_ms"`
	UpdatedMs     int64          `json:"updated_ms"`

	NameKey string `json:"-"` // NameKey(Name), unique among the living
	DataKey []byte `json:"-"` // the account's data key, wrapped by the vault; nil once deleted
}

// Brief is an account as a chooser shows it.
type Brief struct {
	ID        ID      `json:"id"`
	Name      string  `json:"name"`
	GroupID   GroupID `json:"group_id"`
	GroupName string  `json:"group"`
	Auths     int     `json:"auths"`
}

// Key is an account key as lists show it. At most two live: the current one, and the one it replaced until EndsMs.
type Key struct {
	ID           KeyID  `json:"id"`
	AccountID    ID     `json:"account_id"`
	Hint         string `json:"hint"`
	CreatedMs    int64  `json:"created_ms"`
	EndsMs       int64  `json:"ends_ms"` // 0 for the current key
	LastUsedMs   int64  `json:"last_used_ms"`
	LastUsedFrom string `json:"last_used_from"`

	MarkMs int64  `json:"-"` // the latest time seen since EndsMs was set: setting the clock back revives nothing
	Lookup []byte `json:"-"` // HMAC of the value, unique among keys and tokens
	Sealed []byte `json:"-"` // the value, sealed under the account's data key
}

// Token is a named secret as lists show it.
type Token struct {
	ID           TokenID       `json:"id"`
	AccountID    ID            `json:"account_id"`
	Name         string        `json:"name"`
	Hint         string        `json:"hint"`
	Scopes       []actor.Scope `json:"scopes"`
	Testing      bool          `json:"testing"`    // a pkt_test_ token: never buys live labels
	BroughtAlong bool          `json:"brought"`    // typed in from another system
	ExpiresMs    int64         `json:"expires_ms"` // 0 never
	CreatedMs    int64         `json:"created_ms"`
	LastUsedMs   int64         `json:"last_used_ms"`
	LastUsedFrom string        `json:"last_used_from"`

	Lookup []byte `json:"-"`
	Sealed []byte `json:"-"`
}

// Repo is what accounts are kept in. Getters return errs.NotFound; creators and updaters errs.Conflict for a NameKey or
// a Lookup that is taken. Updates compare Version and return errs.Conflict when it is not the stored one.
type Repo interface {
	AppendAudit(audit.Entry) error

	CreateGroup(Group) error
	UpdateGroup(Group) error // by ID and Version; raises Version
	DeleteGroup(GroupID) error
	Group(GroupID) (Group, error)
	GroupByName(name string) (Group, error) // by the exact name
	Groups() ([]Group, error)               // by NameKey, with counts
	// GroupShipments counts the shipments made from one moment until before another, by the group that their account is
	// in now; a group without any may be missing.
	GroupShipments(fromMs, untilMs int64) (map[GroupID]int64, error)

	CreateAccount(Account) (Account, error)                      // gives APIUserID
	UpdateAccount(Account) error                                 // by ID and Version; raises Version
	Account(ID) (Account, error)                                 // with counts; deleted ones too
	AccountByName(name string) (Account, error)                  // living, by the exact name, with counts
	AccountByUser(apiUserID int64) (Account, error)              // living, with counts
	Accounts(Filter, page.Request) (page.Result[Account], error) // living ones by NameKey, with counts
	AccountBriefs() ([]Brief, error)                             // living ones by NameKey
	ShipmentsInFlight(ID) (int, error)                           // queued, sending, unknown

	CreateKey(Key) error
	Keys(ID) ([]Key, error)
	EndKey(id KeyID, endsMs int64) error // sets EndsMs; MarkMs becomes 0
	DeleteKey(KeyID) error
	DeleteKeys(ID) error

	CreateToken(Token) error
	Tokens(ID) ([]Token, error) // oldest first
	Token(TokenID) (Token, error)
	DeleteToken(TokenID) error

	DeleteAccountSecrets(ID) error // keys, tokens, sealed auth fields; the data key goes with UpdateAccount

	Bearer(lookup []byte) (Bearer, error) // of living accounts, disabled ones too, without counts and use; whether it has ended is not looked at
	Touch(Use) error                      // raises LastUsedMs and LastUsedFrom, where AtMs is later
	MarkTime(ms int64) error              // raises MarkMs of every key with an EndsMs, where ms is later
}

// Bearer is what a looked-up secret stands for: the account with its state, and either a token or a key.
type Bearer struct {
	Account Account // without counts
	Token   *Token
	Key     *Key
}

// Use notes that a key or token was used.
type Use struct {
	AccountID ID
	TokenID   TokenID // or
	KeyID     KeyID
	AtMs      int64
	From      string
}

// Filter narrows a list of accounts; zero fields don't.
type Filter struct {
	GroupID GroupID `json:"group_id"`
	Search  string  `json:"search"` // part of the name, any case
	// InGroups lets Search be part of the group's name as well.
	InGroups bool `json:"in_groups"`
}

// Service is everything that can be done with groups, accounts, keys and tokens.
type Service struct {
	Store store.Store[Repo]
	Vault Vault
	Clock clock.Clock

	notes notes
}

// DefaultGrace is the grace time of a re-generated key's predecessor when none is chosen.
const DefaultGrace = 24 * time.Hour

// GraceTimes lists the allowed grace times, shortest first.
func GraceTimes() []time.Duration {
	return []time.Duration{time.Hour, 24 * time.Hour, 72 * time.Hour, 7 * 24 * time.Hour}
}

// CreateAccount asks for an account. Exactly one of GroupID, GroupName and NewGroup is needed; NewGroup names a group that
// is made along with the account, or not at all. Key may be typed (16 characters at least); zero makes one.
type CreateAccount struct {
	GroupID       GroupID
	GroupName     string
	NewGroup      string
	Name          string
	Key           secret.Value
	DefaultSender postal.Address
}

// UpdateAccount changes what is not nil; Version is the one that was read.
type UpdateAccount struct {
	ID            ID
	Version       int64
	Name          *string
	DefaultSender *postal.Address
	StrictIDs     *bool
}

// CreateToken asks for a token. Value brings an existing secret along; zero makes one. No Scopes are DefaultScopes.
type CreateToken struct {
	AccountID ID
	Name      string
	Scopes    []actor.Scope
	Testing   bool
	ExpiresMs int64
	Value     secret.Value
}
