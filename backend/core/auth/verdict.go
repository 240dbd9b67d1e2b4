package auth

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// noteLimit is how much is kept of a courier's words, in characters.
const noteLimit = 500

// Test proves a stored auth's credentials at the courier and keeps the result. Rejected and Unavailable as the courier's
// Check says; NotFound.
func (s *Service) Test(ctx context.Context, id ID) (courier.Verdict, error) {
	a, owner, err := s.load(ctx, id, actor.Auths)
	if err != nil {
		return courier.Verdict{}, err
	}
	values, err := s.open(a, owner.DataKey)
	if err != nil {
		return courier.Verdict{}, err
	}
	verdict, refusal := s.ask(ctx, a, values)
	note := ""
	if refusal != nil {
		note = cut(errs.As(refusal).Message)
	}
	err = s.Store.Write(context.WithoutCancel(ctx), func(r Repo) error {
		if err := r.SaveAuthVerdict(id, s.Clock.Now().UnixMilli(), refusal == nil, note); err != nil {
			return gone(err)
		}
		return s.record(ctx, r, "auth.test", a, nil, map[string]any{"ok": refusal == nil, "note": note})
	})
	if refusal != nil {
		return verdict, refusal
	}
	return verdict, err
}

// TestUnsaved proves credentials that are being typed; id names the auth whose stored secrets stand in for those left
// out, or is "". Nothing is kept. Invalid: fields; Rejected and Unavailable as the courier's Check says; NotFound.
func (s *Service) TestUnsaved(ctx context.Context, id ID, in Save) (courier.Verdict, error) {
	a := Auth{AccountID: in.AccountID, Courier: in.Courier}
	stored := map[string]string{}
	if id != "" {
		saved, owner, err := s.load(ctx, id, actor.Auths)
		if err != nil {
			return courier.Verdict{}, err
		}
		if stored, err = s.open(saved, owner.DataKey); err != nil {
			return courier.Verdict{}, err
		}
		a = saved
	} else if err := actor.Allow(ctx, string(in.AccountID), actor.Auths); err != nil {
		return courier.Verdict{}, err
	}
	a.Testing = in.Testing
	adapter, err := s.Couriers.Find(a.Courier)
	if err != nil {
		return courier.Verdict{}, err
	}
	d := adapter.Descriptor()
	values := merged(d, stored, given(d, in.Fields), in.Clear)
	withDefaults(d, values)
	if err := d.CheckFields(values, "auth"); err != nil {
		return courier.Verdict{}, err
	}
	return s.ask(ctx, a, values)
}

func (s *Service) ask(ctx context.Context, a Auth, values map[string]string) (courier.Verdict, error) {
	adapter, err := s.Couriers.Find(a.Courier)
	if err != nil {
		return courier.Verdict{}, err
	}
	return adapter.Check(ctx, access(a, values))
}

func access(a Auth, values map[string]string) courier.Access {
	return courier.Access{AuthID: string(a.ID), Testing: a.Testing, Credentials: courier.NewCredentials(values)}
}

// Open gives the access of a stored auth, for cancelling and tracking. Forbidden for a test token and a live auth;
// NotFound.
func (s *Service) Open(ctx context.Context, id ID) (courier.Access, error) {
	var a Auth
	var owner account.Account
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if a, err = r.Auth(id); err != nil {
			return gone(err)
		}
		owner, err = account.Living(r, a.AccountID)
		return err
	})
	if err != nil {
		return courier.Access{}, err
	}
	if err := actor.AllowAccount(ctx, string(a.AccountID)); err != nil {
		return courier.Access{}, err
	}
	if who, _ := actor.From(ctx); who.TestOnly && !a.Testing {
		return courier.Access{}, liveForbidden()
	}
	values, err := s.open(a, owner.DataKey)
	if err != nil {
		return courier.Access{}, err
	}
	return access(a, values), nil
}

func liveForbidden() error {
	return errs.New(errs.Forbidden, "This is a test token: it works with test auths only, never live.")
}

func cut(text string) string {
	r := []rune(text)
	return string(r[:min(len(r), noteLimit)])
}
