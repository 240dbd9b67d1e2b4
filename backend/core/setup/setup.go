// Package setup takes a new machine to its first label: one group, one account with its key, and the courier that needs
// no network, in one step.
package setup

import (
	"context"
	_ "embed"
	"errors"

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
func (s *Service) Begin(ctx context.Context, in Begin) (Begun, error) {
	local, err := s.local()
	if err != nil {
		return Begun{}, err
	}
	group, err := s.Accounts.GroupByName(ctx, in.Group)
	isNew := errs.Is(err, errs.NotFound)
	if isNew {
		group, err = s.Accounts.CreateGroup(ctx, in.Group)
	}
	if err != nil {
		return Begun{}, err
	}
	made, err := s.inGroup(ctx, group, local, in)
	if err != nil && isNew {
		err = errors.Join(err, s.Accounts.DeleteGroup(ctx, group.ID, ""))
	}
	return made, err
}

func (s *Service) inGroup(ctx context.Context, group account.Group, local courier.Key, in Begin) (Begun, error) {
	holder, key, err := s.Accounts.Create(ctx, account.CreateAccount{GroupID: group.ID, Name: in.Account, DefaultSender: in.Sender})
	if err != nil {
		return Begun{}, err
	}
	registered, err := s.Auths.Register(ctx, auth.Save{
		AccountID: holder.ID, Courier: local, Company: Company, Testing: in.Testing, Fields: map[string]string{},
	})
	if err != nil {
		return Begun{}, errors.Join(err, s.Accounts.Delete(ctx, holder.ID, holder.Name))
	}
	return Begun{Group: group, Account: holder, Key: key, Auth: registered}, nil
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
