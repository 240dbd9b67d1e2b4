package auth

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
)

// Find gives the one auth, masked, that courier, company and testing name among an account's; what is not said (company "",
// testing nil) must not be needed to tell. Company is compared as people read it. Invalid at testing or auth_company: several
// fit; NotFound: none does, or the courier is unknown.
func (s *Service) Find(ctx context.Context, q Query) (Auth, error) {
	if _, err := s.Couriers.Find(q.Courier); err != nil {
		return Auth{}, err
	}
	list, err := s.List(ctx, q.AccountID)
	if err != nil {
		return Auth{}, err
	}
	list = slices.DeleteFunc(list, func(a Auth) bool { return a.Courier != q.Courier || !q.fits(a) })
	switch len(list) {
	case 0:
		return Auth{}, errs.New(errs.NotFound, "This API account has no %s.", q.words())
	case 1:
		return list[0], nil
	}
	return Auth{}, ambiguous(list)
}

func (q Query) fits(a Auth) bool {
	return (q.Company == "" || account.NameKey(a.Company) == account.NameKey(q.Company)) && (q.Testing == nil || a.Testing == *q.Testing)
}

// words says what was looked for: "test auth of UPSv2 with the company “Main”".
func (q Query) words() string {
	text := "registered auth of " + string(q.Courier)
	if q.Testing != nil {
		text = mode(*q.Testing) + " auth of " + string(q.Courier)
	}
	if q.Company != "" {
		text += " with the company “" + q.Company + "”"
	}
	return text
}

// ambiguous says what has to be named, so that one auth remains.
func ambiguous(list []Auth) error {
	var wrong errs.Fields
	name := list[0].Courier
	if slices.ContainsFunc(list, func(a Auth) bool { return a.Testing != list[0].Testing }) {
		wrong.Add("testing", "There are a test and a live auth of %s. Send testing: true or testing: false.", name)
	}
	if slices.ContainsFunc(list, func(a Auth) bool { return a.Company != list[0].Company }) {
		wrong.Add("auth_company", "There are several registered auths of %s. Name one as auth_company: %s.", name, companies(list))
	}
	return wrong.Err()
}
