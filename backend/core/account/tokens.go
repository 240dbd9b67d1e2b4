package account

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// CreateToken makes a token, or takes one along. A test token makes test tokens only. Invalid: name, scopes, expires_ms, value; Conflict: the name is taken on the
// account, or the value is in use; NotFound: the account.
func (s *Service) CreateToken(ctx context.Context, in CreateToken) (Token, secret.Value, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return Token{}, secret.Value{}, err
	}
	if who, _ := actor.From(ctx); who.TestOnly {
		in.Testing = true
	}
	t, value, err := s.draftToken(in)
	if err != nil {
		return Token{}, secret.Value{}, err
	}
	a, err := s.read(ctx, in.AccountID)
	if err != nil {
		return Token{}, secret.Value{}, err
	}
	if t.Lookup, t.Sealed, err = s.seal(a, t.place(), value); err != nil {
		return Token{}, secret.Value{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if _, err := Living(r, in.AccountID); err != nil {
			return err
		}
		if err := tokenNameFree(r, t); err != nil {
			return err
		}
		if err := unused(r, "value", t.Lookup); err != nil {
			return err
		}
		if err := r.CreateToken(t); err != nil {
			return err
		}
		return s.record(ctx, r, "token.create", t.subject(), t.AccountID, nil, t.told())
	})
	if err != nil {
		return Token{}, secret.Value{}, err
	}
	return t, value, nil
}

// draftToken checks what was asked for and tells all that is wrong at once.
func (s *Service) draftToken(in CreateToken) (Token, secret.Value, error) {
	var wrong errs.Fields
	now := s.Clock.Now()
	name, err := CleanName("name", "A token's name", in.Name)
	wrong.AddError("", err)
	scopes := in.Scopes
	if len(scopes) == 0 {
		scopes = actor.DefaultScopes()
	}
	for _, scope := range scopes {
		if !slices.Contains(actor.AllScopes(), scope) {
			wrong.Add("scopes", "There is no scope %q. Choose among %s.", string(scope), scopeList())
		}
	}
	if in.ExpiresMs != 0 && in.ExpiresMs <= now.UnixMilli() {
		wrong.Add("expires_ms", "The token would have expired already. Give a time to come, or none.")
	}
	prefix := tokenLive
	if in.Testing {
		prefix = tokenTest
	}
	value := in.Value
	if value.IsZero() {
		value = newValue(prefix)
	} else {
		wrong.AddError("", checkTyped("value", value.Expose(), prefix))
	}
	return Token{
		ID: TokenID(ident.New(now)), AccountID: in.AccountID, Name: name, Hint: secret.Hint(value.Expose()),
		Scopes: unique(scopes), Testing: in.Testing, BroughtAlong: !in.Value.IsZero(), ExpiresMs: in.ExpiresMs,
		CreatedMs: now.UnixMilli(),
	}, value, wrong.Err()
}

// unique gives the scopes once each, in the order of AllScopes.
func unique(scopes []actor.Scope) []actor.Scope {
	return slices.DeleteFunc(actor.AllScopes(), func(s actor.Scope) bool { return !slices.Contains(scopes, s) })
}

func scopeList() string {
	list := ""
	for i, s := range actor.AllScopes() {
		if i > 0 {
			list += ", "
		}
		list += string(s)
	}
	return list
}

func tokenNameFree(r Repo, t Token) error {
	others, err := r.Tokens(t.AccountID)
	if err != nil {
		return err
	}
	for _, o := range others {
		if NameKey(o.Name) == NameKey(t.Name) {
			return taken(nil, "name", "This account has a token with the name "+quoted(o.Name)+" already. Choose another name.")
		}
	}
	return nil
}

// Tokens lists an account's tokens, new ones last. NotFound.
func (s *Service) Tokens(ctx context.Context, id ID) ([]Token, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var list []Token
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if _, err = Living(r, id); err != nil {
			return err
		}
		list, err = r.Tokens(id)
		return err
	})
	return list, err
}

// RevealToken gives a token's value and writes that into the audit. NotFound.
func (s *Service) RevealToken(ctx context.Context, id TokenID) (secret.Value, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return secret.Value{}, err
	}
	var a Account
	var t Token
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if t, err = token(r, id); err != nil {
			return err
		}
		a, err = Living(r, t.AccountID)
		return err
	})
	if err != nil {
		return secret.Value{}, err
	}
	return s.reveal(ctx, a, t.place(), t.Sealed, "token.reveal", t.subject(), func(r Repo) error {
		_, err := token(r, id)
		return err
	})
}

// DeleteToken deletes a token for good. NotFound.
func (s *Service) DeleteToken(ctx context.Context, id TokenID) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		t, err := token(r, id)
		if err != nil {
			return err
		}
		if err := r.DeleteToken(id); err != nil {
			return err
		}
		return s.record(ctx, r, "token.delete", t.subject(), t.AccountID, t.told(), nil)
	})
}

func token(r Repo, id TokenID) (Token, error) {
	t, err := r.Token(id)
	if errs.Is(err, errs.NotFound) {
		return t, errs.Wrap(err, errs.NotFound, "There is no such token; it may have been deleted.")
	}
	return t, err
}

// place is what the sealed value is bound to.
func (t Token) place() string {
	return "token|" + string(t.AccountID) + "/" + string(t.ID) + "|value|1"
}

func (t Token) subject() audit.Subject {
	return audit.Subject{Kind: "token", ID: string(t.ID), Name: t.Name}
}

// told is what the audit says of a token.
func (t Token) told() any {
	return map[string]any{"hint": t.Hint, "scopes": t.Scopes, "testing": t.Testing, "brought": t.BroughtAlong, "expires_ms": t.ExpiresMs}
}
