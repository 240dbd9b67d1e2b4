package account

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// Create makes an account with its key, which is given this once besides audited reveals. Invalid: name, group, key,
// default_sender; Conflict: the name or that of the new group is taken, or the typed key is in use.
func (s *Service) Create(ctx context.Context, in CreateAccount) (Account, secret.Value, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return Account{}, secret.Value{}, err
	}
	if in.NewGroup != "" { // with the scope Accounts alone nobody makes groups
		if err := actor.AllowManager(ctx); err != nil {
			return Account{}, secret.Value{}, err
		}
	}
	a, err := s.draft(in)
	if err != nil {
		return Account{}, secret.Value{}, err
	}
	if a.DataKey, err = s.Vault.NewDataKey(); err != nil {
		return Account{}, secret.Value{}, err
	}
	value, err := firstKey(ctx, in.Key)
	if err != nil {
		return Account{}, secret.Value{}, err
	}
	key, err := s.sealKey(a, value)
	if err != nil {
		return Account{}, secret.Value{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		g, err := s.groupOf(ctx, r, in)
		if err != nil {
			return err
		}
		a.GroupID = g.ID
		if _, err := r.CreateAccount(a); err != nil {
			return nameTaken(err, "name", "an API account", a.Name)
		}
		if err := createKey(r, key); err != nil {
			return err
		}
		if a, err = r.Account(a.ID); err != nil {
			return err
		}
		return s.record(ctx, r, "account.create", a.subject(), a.ID, nil, a.told())
	})
	if err != nil {
		return Account{}, secret.Value{}, err
	}
	return a, value, nil
}

// draft checks what was asked for, without the group, and tells all that is wrong at once.
func (s *Service) draft(in CreateAccount) (Account, error) {
	var wrong errs.Fields
	name, err := accountName(in.Name)
	wrong.AddError("", err)
	named := 0
	for _, group := range []string{string(in.GroupID), in.GroupName, in.NewGroup} {
		if group != "" {
			named++
		}
	}
	if named != 1 {
		wrong.Add("group", "Name the one API group the account belongs to.")
	}
	if in.NewGroup != "" {
		_, err := CleanName("group", "A group's name", in.NewGroup)
		wrong.AddError("", err)
	}
	if !in.Key.IsZero() {
		wrong.AddError("", checkTyped("key", in.Key.Expose(), keyLive, keyTest))
	}
	wrong.AddError("default_sender", in.DefaultSender.Check())
	if err := wrong.Err(); err != nil {
		return Account{}, err
	}
	now := s.Clock.Now()
	return Account{
		ID: ID(ident.New(now)), Name: name, NameKey: NameKey(name), DefaultSender: in.DefaultSender,
		Version: 1, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(),
	}, nil
}

// accountName checks a name that must also pass through HTTP's Basic authentication, where the first colon ends it
// (RFC 7617).
func accountName(name string) (string, error) {
	name, err := CleanName("name", "An account's name", name)
	if err == nil && strings.Contains(name, ":") {
		err = errs.OnField("name", "An account's name may not hold a colon: it is the api-user, and Basic authentication ends that at the first colon.")
	}
	return name, err
}

func (s *Service) groupOf(ctx context.Context, r Repo, in CreateAccount) (Group, error) {
	switch {
	case in.GroupID != "":
		return groupField(r, "group", in.GroupID)
	case in.NewGroup != "":
		return s.newGroup(ctx, r, "group", in.NewGroup)
	}
	g, err := r.GroupByName(exact(in.GroupName))
	if errs.Is(err, errs.NotFound) {
		return g, errs.OnField("group", "There is no API group %s. Create it first, or name another one.", quoted(in.GroupName))
	}
	return g, err
}

// Update changes name, default sender or strictness. Invalid: name, default_sender; Conflict: the name is taken, or the
// account was changed since Version was read; NotFound.
func (s *Service) Update(ctx context.Context, in UpdateAccount) (Account, error) {
	var a Account
	if err := actor.AllowManager(ctx); err != nil {
		return a, err
	}
	var wrong errs.Fields
	var name string
	if in.Name != nil {
		var err error
		name, err = accountName(*in.Name)
		wrong.AddError("", err)
	}
	if in.DefaultSender != nil {
		wrong.AddError("default_sender", in.DefaultSender.Check())
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	return s.change(ctx, in.ID, "account.update", func(_ Repo, a *Account) error {
		if a.Version != in.Version {
			return changedMeanwhile(a.Name)
		}
		if in.Name != nil {
			a.Name, a.NameKey = name, NameKey(name)
		}
		if in.DefaultSender != nil {
			a.DefaultSender = *in.DefaultSender
		}
		if in.StrictIDs != nil {
			a.StrictIDs = *in.StrictIDs
		}
		return nil
	})
}

// Move puts an account into another group. NotFound: the account; Invalid at group: the group.
func (s *Service) Move(ctx context.Context, id ID, to GroupID) (Account, error) {
	var a Account
	if err := actor.AllowManager(ctx); err != nil {
		return a, err
	}
	err := s.Store.Write(ctx, func(r Repo) error {
		target, err := groupField(r, "group", to)
		if err != nil {
			return err
		}
		if a, err = Living(r, id); err != nil || a.GroupID == to {
			return err
		}
		a, err = s.move(ctx, r, a, target)
		return err
	})
	return a, err
}

func (s *Service) move(ctx context.Context, r Repo, a Account, to Group) (Account, error) {
	before := a.told()
	a.GroupID, a.GroupName, a.UpdatedMs = to.ID, to.Name, s.Clock.Now().UnixMilli()
	if err := r.UpdateAccount(a); err != nil {
		return a, err
	}
	a.Version++
	return a, s.record(ctx, r, "account.move", a.subject(), a.ID, before, a.told())
}

// SetDisabled refuses or admits an account's key and tokens from the next request on. NotFound.
func (s *Service) SetDisabled(ctx context.Context, id ID, disabled bool) (Account, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return Account{}, err
	}
	action := "account.enable"
	if disabled {
		action = "account.disable"
	}
	return s.change(ctx, id, action, func(_ Repo, a *Account) error {
		a.Disabled = disabled
		return nil
	})
}

// change edits a living account in one transaction, with its audit entry; an edit that changes nothing writes nothing.
func (s *Service) change(ctx context.Context, id ID, action string, edit func(Repo, *Account) error) (Account, error) {
	var a Account
	err := s.Store.Write(ctx, func(r Repo) (err error) {
		if a, err = Living(r, id); err != nil {
			return err
		}
		before := a
		if err := edit(r, &a); err != nil {
			return err
		}
		if a.told() == before.told() {
			return nil
		}
		a.UpdatedMs = s.Clock.Now().UnixMilli()
		if err := r.UpdateAccount(a); err != nil {
			return nameTaken(err, "name", "an API account", a.Name)
		}
		a.Version++
		return s.record(ctx, r, action, a.subject(), id, before.told(), a.told())
	})
	return a, err
}

// Delete removes an account and its secrets for good and keeps its shipments readable. Invalid at confirm: it is not its
// name; Conflict: shipments are in flight; NotFound.
func (s *Service) Delete(ctx context.Context, id ID, confirm string) error {
	if err := actor.AllowAccounts(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		a, err := Living(r, id)
		if err != nil {
			return err
		}
		if err := confirmed(a, confirm); err != nil {
			return err
		}
		flying, err := r.ShipmentsInFlight(id)
		if err != nil {
			return err
		}
		if flying > 0 {
			return errs.New(errs.Conflict, "%s can't be deleted yet: %s in flight, whose outcome at the courier is not known. Settle these first.", quoted(a.Name), count(flying, "shipment"))
		}
		before := a.told()
		now := s.Clock.Now().UnixMilli()
		a.DeletedMs, a.UpdatedMs, a.GroupID, a.DataKey = now, now, "", nil
		if err := r.UpdateAccount(a); err != nil {
			return err
		}
		if err := r.DeleteAccountSecrets(id); err != nil {
			return err
		}
		return s.record(ctx, r, "account.delete", a.subject(), id, before, nil)
	})
}

// confirmed checks that a person typed the account's name before something that can't be undone.
func confirmed(a Account, confirm string) error {
	if exact(confirm) != a.Name {
		return errs.OnField("confirm", "Type the account's name, %s, to confirm.", quoted(a.Name))
	}
	return nil
}

// Account gives one account with counts. NotFound; a caller of the courier API finds only its own.
func (s *Service) Account(ctx context.Context, id ID) (Account, error) {
	var a Account
	if err := actor.AllowAccount(ctx, string(id)); err != nil {
		return a, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { a, err = Living(r, id); return err })
	return a, err
}

// ByName finds a living account by its exact name. NotFound.
func (s *Service) ByName(ctx context.Context, name string) (Account, error) {
	var a Account
	if err := actor.AllowAccounts(ctx); err != nil {
		return a, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { a, err = r.AccountByName(exact(name)); return err })
	if errs.Is(err, errs.NotFound) {
		return a, errs.Wrap(err, errs.NotFound, "There is no API account %s.", quoted(name))
	}
	return a, err
}

// ByUser finds a living account by its APIUserID. NotFound.
func (s *Service) ByUser(ctx context.Context, apiUserID int64) (Account, error) {
	var a Account
	if err := actor.AllowAccounts(ctx); err != nil {
		return a, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { a, err = r.AccountByUser(apiUserID); return err })
	if errs.Is(err, errs.NotFound) {
		return a, errs.Wrap(err, errs.NotFound, "There is no API account with the id %d.", apiUserID)
	}
	return a, err
}

// List lists all living accounts by name, with counts.
func (s *Service) List(ctx context.Context, f Filter) ([]Account, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return nil, err
	}
	var list []Account
	err := s.Store.Read(ctx, func(r Repo) (err error) { list, err = everyAccount(r, f); return err })
	return list, err
}

// Page lists living accounts by name, with counts, a page at a time. Invalid at cursor: it is not one of this list.
func (s *Service) Page(ctx context.Context, f Filter, p page.Request) (page.Result[Account], error) {
	var got page.Result[Account]
	if err := actor.AllowAccounts(ctx); err != nil {
		return got, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { got, err = r.Accounts(f, p); return err })
	return got, err
}

// Briefs lists all living accounts by name, for choosing one.
func (s *Service) Briefs(ctx context.Context) ([]Brief, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return nil, err
	}
	var list []Brief
	err := s.Store.Read(ctx, func(r Repo) (err error) { list, err = r.AccountBriefs(); return err })
	return list, err
}

// everyAccount reads a list of accounts to its end.
func everyAccount(r Repo, f Filter) ([]Account, error) {
	list := []Account{}
	for p := (page.Request{Limit: page.MaxLimit}); ; {
		got, err := r.Accounts(f, p)
		if err != nil {
			return nil, err
		}
		list = append(list, got.Items...)
		if got.Next == "" {
			return list, nil
		}
		p.Cursor = got.Next
	}
}

func (a Account) subject() audit.Subject {
	return audit.Subject{Kind: "account", ID: string(a.ID), Name: a.Name}
}

// told is what the audit says of an account.
func (a Account) told() any {
	return struct {
		Name      string `json:"name"`
		Group     string `json:"group"`
		Disabled  bool   `json:"disabled"`
		StrictIDs bool   `json:"strict_request_ids"`
		Sender    any    `json:"default_sender"`
	}{a.Name, a.GroupName, a.Disabled, a.StrictIDs, a.DefaultSender}
}
