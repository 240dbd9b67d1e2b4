package desktop

import (
	"context"
	"time"

	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// Accounts is groups, API accounts, their keys and tokens. Secret values come only from the methods that make or reveal
// one.
type Accounts struct{ door *Door }

// AccountPage is a page of accounts. Next is "" on the last one.
type AccountPage struct {
	Items []account.Account `json:"items"`
	Next  string            `json:"next"`
}

// NewAccount is the create dialog. One of GroupID, GroupName and NewGroup (which is made along with it); Key "" makes one.
type NewAccount struct {
	GroupID       account.GroupID `json:"group_id"`
	GroupName     string          `json:"group_name"`
	NewGroup      string          `json:"new_group,omitempty"`
	Name          string          `json:"name"`
	Key           string          `json:"key"`
	DefaultSender postal.Address  `json:"default_sender"`
}

// CreatedAccount is a new account with its key, shown this once besides audited reveals.
type CreatedAccount struct {
	Account account.Account `json:"account"`
	Key     string          `json:"key"`
}

// ChangeAccount changes what is not null; Version is the one that was read.
type ChangeAccount struct {
	ID            account.ID      `json:"id"`
	Version       int64           `json:"version"`
	Name          *string         `json:"name"`
	DefaultSender *postal.Address `json:"default_sender"`
	StrictIDs     *bool           `json:"strict_request_ids"`
}

// NewToken is the create-token dialog. Scopes [] takes the default ones, Value "" makes one.
type NewToken struct {
	AccountID account.ID    `json:"account_id"`
	Name      string        `json:"name"`
	Scopes    []actor.Scope `json:"scopes"`
	Testing   bool          `json:"testing"`
	ExpiresMs int64         `json:"expires_ms"`
	Value     string        `json:"value"`
}

// CreatedToken is a new token with its value.
type CreatedToken struct {
	Token account.Token `json:"token"`
	Value string        `json:"value"`
}

// CreatedKey is a new account key with its value.
type CreatedKey struct {
	Key   account.Key `json:"key"`
	Value string      `json:"value"`
}

// Choices is what the dialogs offer: grace times in hours, shortest first, and token scopes.
type Choices struct {
	GraceHours        []int         `json:"grace_hours"`
	DefaultGraceHours int           `json:"default_grace_hours"`
	Scopes            []actor.Scope `json:"scopes"`
	DefaultScopes     []actor.Scope `json:"default_scopes"`
	NameLimit         int           `json:"name_limit"`
}

// Choices gives what the dialogs offer.
func (a *Accounts) Choices() (Choices, error) {
	return answer(a.door, "Accounts.Choices", func(context.Context) (Choices, error) {
		c := Choices{
			DefaultGraceHours: int(account.DefaultGrace.Hours()), NameLimit: account.NameLimit,
			Scopes: actor.AllScopes(), DefaultScopes: actor.DefaultScopes(),
		}
		for _, grace := range account.GraceTimes() {
			c.GraceHours = append(c.GraceHours, int(grace.Hours()))
		}
		return c, nil
	})
}

// Groups lists every group by name.
func (a *Accounts) Groups() ([]account.Group, error) {
	return ask(a.door, "Accounts.Groups", func(ctx context.Context, s *Services) ([]account.Group, error) {
		return s.Accounts.Groups(ctx)
	})
}

// CreateGroup makes a group.
func (a *Accounts) CreateGroup(name string) (account.Group, error) {
	return ask(a.door, "Accounts.CreateGroup", func(ctx context.Context, s *Services) (account.Group, error) {
		return s.Accounts.CreateGroup(ctx, name)
	})
}

// RenameGroup renames a group.
func (a *Accounts) RenameGroup(id, name string) (account.Group, error) {
	return ask(a.door, "Accounts.RenameGroup", func(ctx context.Context, s *Services) (account.Group, error) {
		return s.Accounts.RenameGroup(ctx, account.GroupID(id), name)
	})
}

// DeleteGroup deletes a group; moveTo ("" for none) takes its accounts.
func (a *Accounts) DeleteGroup(id, moveTo string) error {
	return do(a.door, "Accounts.DeleteGroup", func(ctx context.Context, s *Services) error {
		return s.Accounts.DeleteGroup(ctx, account.GroupID(id), account.GroupID(moveTo))
	})
}

// DeleteGroupInto deletes a group and makes another one for its accounts.
func (a *Accounts) DeleteGroupInto(id, newGroup string) error {
	return do(a.door, "Accounts.DeleteGroupInto", func(ctx context.Context, s *Services) error {
		return s.Accounts.DeleteGroupInto(ctx, account.GroupID(id), newGroup)
	})
}

// Activity counts each group's shipments between each two neighbours of moments (Unix ms).
func (a *Accounts) Activity(moments []int64) ([]account.GroupDays, error) {
	return ask(a.door, "Accounts.Activity", func(ctx context.Context, s *Services) ([]account.GroupDays, error) {
		return s.Accounts.Activity(ctx, moments)
	})
}

// List lists accounts by name, a page at a time.
func (a *Accounts) List(filter account.Filter, p page.Request) (AccountPage, error) {
	return ask(a.door, "Accounts.List", func(ctx context.Context, s *Services) (AccountPage, error) {
		got, err := s.Accounts.Page(ctx, filter, p)
		return AccountPage(got), err
	})
}

// Briefs lists all accounts by name, for choosing one.
func (a *Accounts) Briefs() ([]account.Brief, error) {
	return ask(a.door, "Accounts.Briefs", func(ctx context.Context, s *Services) ([]account.Brief, error) {
		return s.Accounts.Briefs(ctx)
	})
}

// Get gives one account.
func (a *Accounts) Get(id string) (account.Account, error) {
	return ask(a.door, "Accounts.Get", func(ctx context.Context, s *Services) (account.Account, error) {
		return s.Accounts.Account(ctx, account.ID(id))
	})
}

// Create makes an account with its key.
func (a *Accounts) Create(in NewAccount) (CreatedAccount, error) {
	return ask(a.door, "Accounts.Create", func(ctx context.Context, s *Services) (CreatedAccount, error) {
		made, key, err := s.Accounts.Create(ctx, account.CreateAccount{
			GroupID: in.GroupID, GroupName: in.GroupName, NewGroup: in.NewGroup, Name: in.Name, Key: secret.New(in.Key), DefaultSender: in.DefaultSender,
		})
		return CreatedAccount{Account: made, Key: key.Expose()}, err
	})
}

// Update changes name, default sender or strictness.
func (a *Accounts) Update(in ChangeAccount) (account.Account, error) {
	return ask(a.door, "Accounts.Update", func(ctx context.Context, s *Services) (account.Account, error) {
		return s.Accounts.Update(ctx, account.UpdateAccount(in))
	})
}

// Move puts an account into another group.
func (a *Accounts) Move(id, to string) (account.Account, error) {
	return ask(a.door, "Accounts.Move", func(ctx context.Context, s *Services) (account.Account, error) {
		return s.Accounts.Move(ctx, account.ID(id), account.GroupID(to))
	})
}

// SetDisabled refuses or admits an account's key and tokens.
func (a *Accounts) SetDisabled(id string, disabled bool) (account.Account, error) {
	return ask(a.door, "Accounts.SetDisabled", func(ctx context.Context, s *Services) (account.Account, error) {
		return s.Accounts.SetDisabled(ctx, account.ID(id), disabled)
	})
}

// Delete removes an account; confirm is its name, typed.
func (a *Accounts) Delete(id, confirm string) error {
	return do(a.door, "Accounts.Delete", func(ctx context.Context, s *Services) error {
		return s.Accounts.Delete(ctx, account.ID(id), confirm)
	})
}

// NewKeyValue makes a key value for the create dialog; nothing is stored.
func (a *Accounts) NewKeyValue() (string, error) {
	return ask(a.door, "Accounts.NewKeyValue", func(ctx context.Context, s *Services) (string, error) {
		return exposed(s.Accounts.NewKeyValue(ctx))
	})
}

// Keys gives the current key and, while its grace lasts, the old one.
func (a *Accounts) Keys(id string) ([]account.Key, error) {
	return ask(a.door, "Accounts.Keys", func(ctx context.Context, s *Services) ([]account.Key, error) {
		return s.Accounts.Keys(ctx, account.ID(id))
	})
}

// RegenerateKey makes a new key; the old one works for graceHours more.
func (a *Accounts) RegenerateKey(id string, graceHours int) (CreatedKey, error) {
	return ask(a.door, "Accounts.RegenerateKey", func(ctx context.Context, s *Services) (CreatedKey, error) {
		key, value, err := s.Accounts.RegenerateKey(ctx, account.ID(id), time.Duration(graceHours)*time.Hour)
		return CreatedKey{Key: key, Value: value.Expose()}, err
	})
}

// EndOldKey ends the old key's grace now.
func (a *Accounts) EndOldKey(id string) error {
	return do(a.door, "Accounts.EndOldKey", func(ctx context.Context, s *Services) error {
		return s.Accounts.EndOldKey(ctx, account.ID(id))
	})
}

// ResetKey replaces the key at once; confirm is the account's name, typed.
func (a *Accounts) ResetKey(id, confirm string) (CreatedKey, error) {
	return ask(a.door, "Accounts.ResetKey", func(ctx context.Context, s *Services) (CreatedKey, error) {
		key, value, err := s.Accounts.ResetKey(ctx, account.ID(id), confirm)
		return CreatedKey{Key: key, Value: value.Expose()}, err
	})
}

// RevealKey gives the current key's value; the audit tells of it.
func (a *Accounts) RevealKey(id string) (string, error) {
	return ask(a.door, "Accounts.RevealKey", func(ctx context.Context, s *Services) (string, error) {
		return exposed(s.Accounts.RevealKey(ctx, account.ID(id)))
	})
}

// Tokens lists an account's tokens, new ones last.
func (a *Accounts) Tokens(id string) ([]account.Token, error) {
	return ask(a.door, "Accounts.Tokens", func(ctx context.Context, s *Services) ([]account.Token, error) {
		return s.Accounts.Tokens(ctx, account.ID(id))
	})
}

// CreateToken makes a token, or takes one along.
func (a *Accounts) CreateToken(in NewToken) (CreatedToken, error) {
	return ask(a.door, "Accounts.CreateToken", func(ctx context.Context, s *Services) (CreatedToken, error) {
		ask := account.CreateToken{
			AccountID: in.AccountID, Name: in.Name, Testing: in.Testing, ExpiresMs: in.ExpiresMs, Value: secret.New(in.Value),
		}
		if len(in.Scopes) > 0 {
			ask.Scopes = in.Scopes
		}
		token, value, err := s.Accounts.CreateToken(ctx, ask)
		return CreatedToken{Token: token, Value: value.Expose()}, err
	})
}

// RevealToken gives a token's value; the audit tells of it.
func (a *Accounts) RevealToken(id string) (string, error) {
	return ask(a.door, "Accounts.RevealToken", func(ctx context.Context, s *Services) (string, error) {
		return exposed(s.Accounts.RevealToken(ctx, account.TokenID(id)))
	})
}

// DeleteToken deletes a token for good.
func (a *Accounts) DeleteToken(id string) error {
	return do(a.door, "Accounts.DeleteToken", func(ctx context.Context, s *Services) error {
		return s.Accounts.DeleteToken(ctx, account.TokenID(id))
	})
}

func exposed(v secret.Value, err error) (string, error) { return v.Expose(), err }
