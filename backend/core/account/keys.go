package account

import (
	"cmp"
	"context"
	"slices"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// NewKeyValue makes a key value for the create dialog; nothing is stored.
func (s *Service) NewKeyValue(ctx context.Context) (secret.Value, error) {
	if err := actor.AllowAccounts(ctx); err != nil {
		return secret.Value{}, err
	}
	return newValue(keyLive), nil
}

// Keys gives the current key and, while its grace lasts, the old one. NotFound.
func (s *Service) Keys(ctx context.Context, id ID) ([]Key, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var list []Key
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if _, err = Living(r, id); err != nil {
			return err
		}
		list, err = r.Keys(id)
		return err
	})
	now := s.Clock.Now().UnixMilli()
	list = slices.DeleteFunc(list, func(k Key) bool { return k.ended(now) })
	slices.SortStableFunc(list, func(a, b Key) int { return cmp.Compare(a.EndsMs, b.EndsMs) }) // 0 is the current one
	return list, err
}

// ended reports whether the key's grace is over. What counts is the latest time ever seen, so that setting the clock
// back revives nothing.
func (k Key) ended(now int64) bool { return k.EndsMs > 0 && max(now, k.MarkMs) >= k.EndsMs }

// RegenerateKey makes a new key; the old one works for the grace time (one of GraceTimes, 0 for DefaultGrace). A key that
// is in its grace already ends now: at most two live. Invalid: grace; NotFound.
func (s *Service) RegenerateKey(ctx context.Context, id ID, grace time.Duration) (Key, secret.Value, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Key{}, secret.Value{}, err
	}
	if grace == 0 {
		grace = DefaultGrace
	}
	if !slices.Contains(GraceTimes(), grace) {
		return Key{}, secret.Value{}, errs.OnField("grace", "The old key may work on for 1 h, 24 h, 72 h or 168 h (7 days).")
	}
	return s.replaceKey(ctx, id, func(r Repo, a Account, fresh Key) error {
		old, err := r.Keys(id)
		if err != nil {
			return err
		}
		ends := s.Clock.Now().Add(grace).UnixMilli()
		for _, k := range old {
			if k.EndsMs > 0 {
				err = r.DeleteKey(k.ID)
			} else {
				err = r.EndKey(k.ID, ends)
			}
			if err != nil {
				return err
			}
		}
		after := map[string]any{"key": fresh.Hint, "old_key_ends_ms": ends}
		return s.record(ctx, r, "key.regenerate", fresh.subject(a), id, toldKeys(old), after)
	})
}

// ResetKey replaces the key at once. Invalid at confirm: it is not the account's name; NotFound.
func (s *Service) ResetKey(ctx context.Context, id ID, confirm string) (Key, secret.Value, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Key{}, secret.Value{}, err
	}
	return s.replaceKey(ctx, id, func(r Repo, a Account, fresh Key) error {
		if err := confirmed(a, confirm); err != nil {
			return err
		}
		old, err := r.Keys(id)
		if err != nil {
			return err
		}
		if err := r.DeleteKeys(id); err != nil {
			return err
		}
		return s.record(ctx, r, "key.reset", fresh.subject(a), id, toldKeys(old), map[string]any{"key": fresh.Hint})
	})
}

// replaceKey seals a new key, lets retire deal with the old ones and stores the new one, all in one transaction.
func (s *Service) replaceKey(ctx context.Context, id ID, retire func(r Repo, a Account, fresh Key) error) (Key, secret.Value, error) {
	a, err := s.read(ctx, id)
	if err != nil {
		return Key{}, secret.Value{}, err
	}
	value := newValue(keyLive)
	key, err := s.sealKey(a, value)
	if err != nil {
		return Key{}, secret.Value{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		a, err := Living(r, id)
		if err != nil {
			return err
		}
		if err := retire(r, a, key); err != nil {
			return err
		}
		return createKey(r, key)
	})
	if err != nil {
		return Key{}, secret.Value{}, err
	}
	return key, value, nil
}

// EndOldKey ends the old key's grace now: it is deleted. NotFound: no old key works any more.
func (s *Service) EndOldKey(ctx context.Context, id ID) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(r Repo) error {
		a, err := Living(r, id)
		if err != nil {
			return err
		}
		keys, err := r.Keys(id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(keys, func(k Key) bool { return k.EndsMs > 0 })
		if at < 0 {
			return errs.New(errs.NotFound, "%s has no old key that still works.", quoted(a.Name))
		}
		if err := r.DeleteKey(keys[at].ID); err != nil {
			return err
		}
		return s.record(ctx, r, "key.end", keys[at].subject(a), id, toldKeys(keys[at:at+1]), nil)
	})
}

// RevealKey gives the current key's value and writes that into the audit. NotFound.
func (s *Service) RevealKey(ctx context.Context, id ID) (secret.Value, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return secret.Value{}, err
	}
	var a Account
	var key Key
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if a, err = Living(r, id); err != nil {
			return err
		}
		key, err = currentKey(r, id)
		return err
	})
	if err != nil {
		return secret.Value{}, err
	}
	return s.reveal(ctx, a, key.place(), key.Sealed, "key.reveal", key.subject(a), func(r Repo) error {
		now, err := currentKey(r, id)
		if err == nil && now.ID != key.ID {
			err = changedMeanwhile(a.Name)
		}
		return err
	})
}

func currentKey(r Repo, id ID) (Key, error) {
	keys, err := r.Keys(id)
	if err != nil {
		return Key{}, err
	}
	for _, k := range keys {
		if k.EndsMs == 0 {
			return k, nil
		}
	}
	return Key{}, errs.New(errs.NotFound, "This API account has no key. Reset it to make one.")
}

// reveal opens a sealed value and gives it only when the audit entry stands; still checks, in its transaction, that the
// thing is there.
func (s *Service) reveal(ctx context.Context, a Account, place string, sealed []byte, action string, subject audit.Subject, still func(Repo) error) (secret.Value, error) {
	plain, err := s.Vault.Open(a.DataKey, place, sealed)
	if err != nil {
		return secret.Value{}, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := still(r); err != nil {
			return err
		}
		return s.record(ctx, r, action, subject, a.ID, nil, nil)
	})
	if err != nil {
		return secret.Value{}, err
	}
	return secret.New(string(plain)), nil
}

// firstKey gives the key of a new account: the typed one, or a fresh one. A test token makes test keys only. Forbidden: it
// brings a live one.
func firstKey(ctx context.Context, typed secret.Value) (secret.Value, error) {
	who, _ := actor.From(ctx)
	switch {
	case typed.IsZero() && who.TestOnly:
		return newValue(keyTest), nil
	case typed.IsZero():
		return newValue(keyLive), nil
	case who.TestOnly && !testOnly(typed.Expose()):
		return secret.Value{}, errs.New(errs.Forbidden, "This is a test token: an account it makes takes a test key. Leave the key out to have one made.")
	}
	return typed, nil
}

// sealKey makes the stored form of a key value.
func (s *Service) sealKey(a Account, value secret.Value) (Key, error) {
	now := s.Clock.Now()
	k := Key{ID: KeyID(ident.New(now)), AccountID: a.ID, Hint: secret.Hint(value.Expose()), CreatedMs: now.UnixMilli()}
	var err error
	k.Lookup, k.Sealed, err = s.seal(a, k.place(), value)
	return k, err
}

// seal gives what is stored of a secret: how it is found, and how it is shown again.
func (s *Service) seal(a Account, place string, value secret.Value) (lookup, sealed []byte, err error) {
	lookup, err = s.Vault.Lookup(value.Expose())
	if err != nil {
		return nil, nil, err
	}
	sealed, err = s.Vault.Seal(a.DataKey, place, []byte(value.Expose()))
	return lookup, sealed, err
}

// createKey stores a key whose value no key or token has.
func createKey(r Repo, k Key) error {
	if err := unused(r, "key", k.Lookup); err != nil {
		return err
	}
	return r.CreateKey(k)
}

// unused checks that no key or token has the value already: one secret stands for one caller.
func unused(r Repo, path string, lookup []byte) error {
	_, err := r.Bearer(lookup)
	switch {
	case err == nil:
		return taken(nil, path, "This value is in use here already. Choose another one, or leave it out to have one made.")
	case errs.Is(err, errs.NotFound):
		return nil
	}
	return err
}

// read gives a living account outside a write.
func (s *Service) read(ctx context.Context, id ID) (a Account, err error) {
	err = s.Store.Read(ctx, func(r Repo) (err error) { a, err = Living(r, id); return err })
	return a, err
}

// place is what the sealed value is bound to.
func (k Key) place() string {
	return "key|" + string(k.AccountID) + "/" + string(k.ID) + "|value|1"
}

func (k Key) subject(a Account) audit.Subject {
	return audit.Subject{Kind: "key", ID: string(k.ID), Name: a.Name}
}

func toldKeys(keys []Key) any {
	hints := make([]string, len(keys))
	for i, k := range keys {
		hints[i] = k.Hint
	}
	return map[string]any{"keys": hints}
}
