package auth

import (
	"context"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// Resolve finds the one auth a purchase is to be made with, opened (voila-api §2). With no company: the only one, else
// Invalid at auth_company listing the companies. Testing not said and both exist: Invalid at testing, live is never
// assumed. Forbidden for a test token that asks for live; NotFound for an unknown courier.
func (s *Service) Resolve(ctx context.Context, q Query) (Auth, courier.Access, error) {
	if err := actor.Allow(ctx, string(q.AccountID), actor.Ship); err != nil {
		return Auth{}, courier.Access{}, err
	}
	if _, err := s.Couriers.Find(q.Courier); err != nil {
		return Auth{}, courier.Access{}, err
	}
	owner, list, err := s.known(ctx, q)
	if err != nil {
		return Auth{}, courier.Access{}, err
	}
	who, _ := actor.From(ctx)
	a, err := choose(list, q, who.TestOnly)
	if err != nil {
		return Auth{}, courier.Access{}, err
	}
	values, err := s.open(a, owner.DataKey)
	if err != nil {
		return Auth{}, courier.Access{}, err
	}
	return a, access(a, values), nil
}

// known gives the account and its auths of the courier.
func (s *Service) known(ctx context.Context, q Query) (owner account.Account, list []Auth, err error) {
	if q.Owner != nil && q.Auths != nil {
		return *q.Owner, slices.Clone(q.Auths), nil
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) {
		if q.Owner != nil {
			owner = *q.Owner
		} else if owner, err = account.Living(r, q.AccountID); err != nil {
			return err
		}
		list, err = r.AuthsFor(q.AccountID, q.Courier)
		return err
	})
	return owner, list, err
}

// choose picks the one auth of a courier that the query means.
func choose(list []Auth, q Query, testOnly bool) (Auth, error) {
	if testOnly && q.Testing != nil && !*q.Testing {
		return Auth{}, liveForbidden()
	}
	list = slices.DeleteFunc(list, func(a Auth) bool { return a.TrackingOnly })
	if len(list) == 0 {
		return Auth{}, errs.OnField("auth_company", "This API account has no registered auth of %s to buy with. Register one first.", q.Courier)
	}
	named, err := ofCompany(list, q.Company)
	switch {
	case err == nil:
		list = named
	case !q.Forwards:
		return Auth{}, err
	}
	if testOnly {
		yes := true
		q.Testing = &yes
	}
	if q.Testing != nil {
		if list, err = ofMode(list, *q.Testing); err != nil {
			return Auth{}, err
		}
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return Auth{}, several(list)
}

func ofCompany(list []Auth, name string) ([]Auth, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return list, nil
	}
	var found []Auth
	for _, a := range list {
		if account.NameKey(a.Company) == account.NameKey(name) {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil, errs.OnField("auth_company", "This API account has no registered auth of %s with the company “%s”. It has: %s.", list[0].Courier, name, companies(list))
	}
	return found, nil
}

func ofMode(list []Auth, testing bool) ([]Auth, error) {
	var found []Auth
	for _, a := range list {
		if a.Testing == testing {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil, errs.OnField("testing", "There is no %s auth of %s here, only a %s one (%s). Register a %s auth, or send testing: %t.",
			mode(testing), list[0].Courier, mode(!testing), companies(list), mode(testing), !testing)
	}
	return found, nil
}

// several says what has to be named, so that one auth remains.
func several(list []Auth) error {
	var wrong errs.Fields
	test, err := ofMode(list, true)
	live, noLive := ofMode(list, false)
	if err == nil && noLive == nil {
		wrong.Add("testing", "There are a test and a live auth of %s; live is never assumed. Send testing: true or testing: false.", list[0].Courier)
	}
	if len(test) > 1 || len(live) > 1 {
		wrong.Add("auth_company", "There are several registered auths of %s. Name one as auth_company: %s.", list[0].Courier, companies(list))
	}
	return wrong.Err()
}

func companies(list []Auth) string {
	var names []string
	for _, a := range list {
		if !slices.Contains(names, a.Company) {
			names = append(names, a.Company)
		}
	}
	return strings.Join(names, ", ")
}
