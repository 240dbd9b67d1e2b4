// Package setup takes a new machine to its first label: one group, one account with its key, and the courier that needs
// no network, in one step.
package setup

import (
	"context"
	_ "embed"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/base/secret"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

// Company is what the first registered auth is called.
const Company = "Main"

// SampleOrder is a create-label body that Own fleet can fulfil offline: two items, abroad, so that it has a slip and a
// commercial invoice. Its addresses are made up.
//
//go:embed sample_order.json
var SampleOrder string

// Service sets a new machine up.
type Service struct {
	Accounts *account.Service
	Auths    *auth.Service
	Couriers *courier.Registry
}

// Begin names what is made. Sender becomes the account's default sender.
type Begin struct {
	Group   string
	Account string
	Sender  postal.Address
	Testing bool // the auth makes test labels only
}

// Begun is what was made. Key is the account's, shown this once besides audited reveals.
type Begun struct {
	Group   account.Group
	Account account.Account
	Key     secret.Value
	Auth    auth.Auth
}

// Needed reports whether there is no account yet.
func (s *Service) Needed(ctx context.Context) (bool, error) {
	list, err := s.Accounts.List(ctx, account.Filter{})
	return len(list) == 0, err
}

// Begin makes group, account and auth. A group of that name is used when it exists. The errors are those of the three
// steps; a step that fails takes back what the ones before it made.
func (s *Service) Begin(ctx context.Context, in Begin) (made Begun, err error) {
	local, err := s.local()
	if err != nil {
		return Begun{}, err
	}
	var undo []func()
	defer func() {
		for i := len(undo) - 1; err != nil && i >= 0; i-- {
			undo[i]()
		}
	}()
	made.Group, err = s.Accounts.GroupByName(ctx, in.Group)
	if errs.Is(err, errs.NotFound) {
		made.Group, err = s.Accounts.CreateGroup(ctx, in.Group)
		undo = append(undo, func() { _ = s.Accounts.DeleteGroup(ctx, made.Group.ID, "") })
	}
	if err != nil {
		return Begun{}, err
	}
	made.Account, made.Key, err = s.Accounts.Create(ctx, account.CreateAccount{
		GroupID: made.Group.ID, Name: in.Account, DefaultSender: in.Sender,
	})
	if err != nil {
		return Begun{}, err
	}
	undo = append(undo, func() { _ = s.Accounts.Delete(ctx, made.Account.ID, made.Account.Name) })
	made.Auth, err = s.Auths.Register(ctx, auth.Save{
		AccountID: made.Account.ID, Courier: local, Company: Company, Testing: in.Testing, Fields: map[string]string{},
	})
	if err != nil {
		return Begun{}, err
	}
	return made, nil
}

// local gives the courier that works without a network.
func (s *Service) local() (courier.Key, error) {
	for _, d := range s.Couriers.List() {
		if d.Local {
			return d.Key, nil
		}
	}
	return "", errs.New(errs.NotOffered, "This program has no courier that works without a network.")
}
