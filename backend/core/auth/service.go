package auth

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
)

// Register stores a new auth. Invalid: auth_company and fields ("auth.client_id"); Conflict: courier, company and testing
// exist; NotFound: the account or the courier.
func (s *Service) Register(ctx context.Context, in Save) (Auth, error) {
	if err := actor.Allow(ctx, string(in.AccountID), actor.Auths); err != nil {
		return Auth{}, err
	}
	adapter, err := s.Couriers.Find(in.Courier)
	if err != nil {
		return Auth{}, err
	}
	d := adapter.Descriptor()
	values := given(d, in.Fields)
	withDefaults(d, values)
	name, err := check(d, in.Company, values)
	if err != nil {
		return Auth{}, err
	}
	owner, err := s.owner(ctx, in.AccountID)
	if err != nil {
		return Auth{}, err
	}
	now := s.Clock.Now()
	a := Auth{
		ID: ID(ident.New(now)), AccountID: in.AccountID, Courier: d.Key, Company: name, Testing: in.Testing,
		TrackingOnly: in.TrackingOnly, Version: 1, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(),
	}
	if err := s.keep(&a, d, values, owner.DataKey); err != nil {
		return Auth{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if _, err := account.Living(r, a.AccountID); err != nil {
			return err
		}
		if err := free(r, a); err != nil {
			return err
		}
		if err := r.CreateAuth(a); err != nil {
			return err
		}
		return s.record(ctx, r, "auth.register", a, nil, a.told())
	})
	return a, err
}

// Update changes an auth; a field that is left out stays, and so does a secret that comes empty or masked, unless Clear
// names it. Its courier stays what it is. Invalid: auth_company and fields; Conflict: company and testing are taken, or the auth was changed since
// version was read; NotFound.
func (s *Service) Update(ctx context.Context, id ID, version int64, in Save) (Auth, error) {
	before, owner, err := s.load(ctx, id, actor.Auths)
	if err != nil {
		return Auth{}, err
	}
	adapter, err := s.Couriers.Find(before.Courier)
	if err != nil {
		return Auth{}, err
	}
	d := adapter.Descriptor()
	stored, err := s.open(before, owner.DataKey)
	if err != nil {
		return Auth{}, err
	}
	values := merged(d, stored, given(d, in.Fields), in.Clear)
	withDefaults(d, values)
	if in.Company == "" {
		in.Company = before.Company
	}
	a := before
	if a.Company, err = check(d, in.Company, values); err != nil {
		return Auth{}, err
	}
	a.Testing, a.TrackingOnly, a.UpdatedMs = in.Testing, in.TrackingOnly, s.Clock.Now().UnixMilli()
	a.LastTestMs, a.LastTestOK, a.LastTestNote = 0, false, "" // what was tested is no longer what is stored
	if err := s.keep(&a, d, values, owner.DataKey); err != nil {
		return Auth{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		now, err := r.Auth(id)
		if err != nil {
			return gone(err)
		}
		if now.Version != version || before.Version != version {
			return errs.New(errs.Conflict, "This auth was changed meanwhile. Load it again and repeat your change.")
		}
		if err := free(r, a); err != nil {
			return err
		}
		if err := r.UpdateAuth(a); err != nil {
			return err
		}
		return s.record(ctx, r, "auth.update", a, before.told(), a.told())
	})
	if err != nil {
		return Auth{}, err
	}
	a.Version++
	return a, nil
}

// Delete removes an auth and its secrets. Conflict while shipments made with it are in flight; NotFound.
func (s *Service) Delete(ctx context.Context, id ID) error {
	if _, _, err := s.load(ctx, id, actor.Auths); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		a, err := r.Auth(id)
		if err != nil {
			return gone(err)
		}
		flying, err := r.ShipmentsInFlightWith(id)
		if err != nil {
			return err
		}
		if flying > 0 {
			return errs.New(errs.Conflict, "This auth can't be deleted yet: the outcome of %d shipment(s) made with it is not known, and only with it can the courier be asked. Settle these first.", flying)
		}
		if err := r.DeleteAuth(id); err != nil {
			return err
		}
		return s.record(ctx, r, "auth.delete", a, a.told(), nil)
	})
}

// List gives an account's auths, masked. NotFound: the account.
func (s *Service) List(ctx context.Context, id account.ID) ([]Auth, error) {
	if err := actor.Allow(ctx, string(id), actor.Auths); err != nil {
		return nil, err
	}
	var list []Auth
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if _, err = account.Living(r, id); err != nil {
			return err
		}
		list, err = r.AuthsOf(id)
		return err
	})
	return list, err
}

// Auth gives one auth, masked. NotFound.
func (s *Service) Auth(ctx context.Context, id ID) (Auth, error) {
	a, _, err := s.load(ctx, id, actor.Auths)
	return a, err
}

// Reveal gives one secret field's value and writes that into the audit. NotFound: the auth, or it has no such field.
func (s *Service) Reveal(ctx context.Context, id ID, field string) (string, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return "", err
	}
	a, owner, err := s.load(ctx, id, actor.Auths)
	if err != nil {
		return "", err
	}
	values, err := s.open(a, owner.DataKey)
	if err != nil {
		return "", err
	}
	value, ok := values[field]
	if !ok {
		return "", errs.New(errs.NotFound, "This auth holds no value for the field %q.", field)
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if _, err := r.Auth(id); err != nil {
			return gone(err)
		}
		return s.record(ctx, r, "auth.reveal", a, nil, map[string]string{"field": field})
	})
	if err != nil {
		return "", err
	}
	return value, nil
}

// check tells all that is wrong with a company and field values at once, and gives the company as it is kept.
func check(d *courier.Descriptor, companyName string, values map[string]string) (string, error) {
	var wrong errs.Fields
	name, err := company(companyName)
	wrong.AddError("", err)
	wrong.AddError("", d.CheckFields(values, "auth"))
	return name, wrong.Err()
}

// free checks that no other auth of the account has the courier, the company (as people read it) and the mode.
func free(r Repo, a Auth) error {
	others, err := r.AuthsFor(a.AccountID, a.Courier)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID == a.ID || o.Testing != a.Testing || account.NameKey(o.Company) != account.NameKey(a.Company) {
			continue
		}
		message := "There is a " + mode(a.Testing) + " auth of " + string(a.Courier) + " with the company “" + o.Company + "” already. Change that one, or choose another company."
		return &errs.Error{Code: errs.Conflict, Message: message, Fields: []errs.Field{{Path: "auth_company", Message: message}}}
	}
	return nil
}

func mode(testing bool) string {
	if testing {
		return "test"
	}
	return "live"
}

// load gives an auth and the account it is on, for an actor with the scope.
func (s *Service) load(ctx context.Context, id ID, scope actor.Scope) (a Auth, owner account.Account, err error) {
	if _, ok := actor.From(ctx); !ok { // before anything is told of whether the auth exists
		return a, owner, actor.AllowManager(ctx)
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) {
		if a, err = r.Auth(id); err != nil {
			return gone(err)
		}
		owner, err = account.Living(r, a.AccountID)
		return err
	})
	if err != nil {
		return Auth{}, account.Account{}, err
	}
	if err := actor.Allow(ctx, string(a.AccountID), scope); err != nil {
		if errs.Is(err, errs.NotFound) {
			err = gone(err)
		}
		return Auth{}, account.Account{}, err
	}
	return a, owner, nil
}

// owner gives the living account that an auth is to be on.
func (s *Service) owner(ctx context.Context, id account.ID) (owner account.Account, err error) {
	err = s.Store.Read(ctx, func(r Repo) (err error) { owner, err = account.Living(r, id); return err })
	return owner, err
}

func gone(err error) error {
	if errs.Is(err, errs.NotFound) {
		return errs.Wrap(err, errs.NotFound, "There is no such registered auth; it may have been deleted.")
	}
	return err
}

func (s *Service) record(ctx context.Context, r Repo, action string, a Auth, before, after any) error {
	subject := audit.Subject{Kind: "auth", ID: string(a.ID), Name: string(a.Courier) + " " + a.Company}
	return audit.Record(ctx, r, s.Clock.Now(), action, subject, string(a.AccountID), before, after)
}

// told is what the audit says of an auth: fields as lists show them.
func (a Auth) told() any {
	return map[string]any{
		"courier": a.Courier, "company": a.Company, "testing": a.Testing, "tracking_only": a.TrackingOnly, "fields": a.Fields,
	}
}
