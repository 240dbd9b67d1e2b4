package account

import (
	"context"
	"crypto/subtle"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/core/actor"
)

// Presented is what a caller of the courier API showed (voila-api §1): a user name with a token, or a token or key
// alone. From is the calling program.
type Presented struct {
	APIUser string
	Secret  secret.Value
	From    string
}

// Principal is who a caller turned out to be.
type Principal struct {
	Account Account
	Actor   actor.Actor
}

// Authenticate finds out who is calling. Unauthorized, the same for unknown account, wrong token, wrong pairing, expired
// and deleted; Forbidden for a disabled account, which only its own secret is told.
//
// A use is noted at most once a minute for each key and token, by the request that finds the last note too old, before it
// goes on: so no use of another minute is ever lost, and the others don't wait. Where the note can't be written the
// request goes on, and the next minute tries again.
func (s *Service) Authenticate(ctx context.Context, p Presented) (Principal, error) {
	value := p.Secret.Expose()
	if !plausible(value) {
		return Principal{}, unknownCaller()
	}
	b, err := s.bearer(ctx, value)
	if err != nil {
		return Principal{}, err
	}
	a := b.Account
	if p.APIUser != "" && exact(p.APIUser) != a.Name {
		return Principal{}, unknownCaller()
	}
	now := s.Clock.Now().UnixMilli()
	if s.over(ctx, b, now) {
		return Principal{}, unknownCaller()
	}
	if a.Disabled {
		return Principal{}, errs.New(errs.Forbidden, "The API account %s is disabled. Its keeper can enable it in Packbench.", quoted(a.Name))
	}
	who := actor.Actor{Door: actor.API, AccountID: string(a.ID), From: p.From, TestOnly: testOnly(value)}
	use := Use{AccountID: a.ID, AtMs: now, From: p.From}
	last := int64(0)
	if b.Token != nil {
		who.Name, who.Scopes, who.TestOnly = b.Token.Name, b.Token.Scopes, b.Token.Testing
		use.TokenID, last = b.Token.ID, b.Token.LastUsedMs
	} else {
		who.Name, who.Scopes = "account key", actor.DefaultScopes()
		use.KeyID, last = b.Key.ID, b.Key.LastUsedMs
	}
	if !usedWithin(last, now) {
		s.note(ctx, string(use.TokenID)+string(use.KeyID), now, func(r Repo) error {
			if err := r.Touch(use); err != nil {
				return err
			}
			return r.MarkTime(now)
		})
	}
	return Principal{Account: a, Actor: who}, nil
}

// unknownCaller is the one answer to everyone who is not known, whatever the reason.
func unknownCaller() error {
	return errs.New(errs.Unauthorized, "The api-user and api-token are not known here. Check both, and that the token has not expired or been deleted.")
}

// bearer finds what the value stands for.
func (s *Service) bearer(ctx context.Context, value string) (Bearer, error) {
	lookup, err := s.Vault.Lookup(value)
	if err != nil {
		return Bearer{}, err
	}
	var b Bearer
	err = s.Store.Read(ctx, func(r Repo) (err error) { b, err = r.Bearer(lookup); return err })
	if errs.Is(err, errs.NotFound) {
		return Bearer{}, unknownCaller()
	}
	if err != nil {
		return Bearer{}, err
	}
	stored := []byte(nil)
	switch {
	case b.Token != nil:
		stored = b.Token.Lookup
	case b.Key != nil:
		stored = b.Key.Lookup
	}
	if subtle.ConstantTimeCompare(stored, lookup) != 1 || b.Account.DeletedMs > 0 {
		return Bearer{}, unknownCaller()
	}
	return b, nil
}

// over reports whether the key's grace or the token's time is over. A key that is refused for its age is refused for
// good: the time it was seen at is written down. Tokens go by the clock alone, so that a clock that was wrong for a moment
// does not end them.
func (s *Service) over(ctx context.Context, b Bearer, now int64) bool {
	if b.Token != nil {
		return b.Token.ExpiresMs > 0 && now >= b.Token.ExpiresMs
	}
	if !b.Key.ended(now) {
		return false
	}
	if b.Key.MarkMs < b.Key.EndsMs {
		s.note(ctx, "mark|"+string(b.Key.ID), now, func(r Repo) error { return r.MarkTime(now) })
	}
	return true
}

// note writes something about a use that is no reason to refuse it, at most once a minute for each thing.
func (s *Service) note(ctx context.Context, thing string, now int64, write func(Repo) error) {
	if !s.notes.due(thing, now) {
		return
	}
	_ = s.Store.Write(context.WithoutCancel(ctx), write) // the caller may hang up; see Authenticate about failures
}

// notes remembers when each thing was last noted by this process, so that many requests at once write one note.
type notes struct {
	mu   sync.Mutex
	last map[string]int64
}

// due reports whether the thing is to be noted now, and takes it that it is. A clock that was set back makes it due.
func (n *notes) due(thing string, now int64) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last, ok := n.last[thing]; ok && now >= last && usedWithin(last, now) {
		return false
	}
	if n.last == nil {
		n.last = map[string]int64{}
	}
	n.last[thing] = now
	return true
}

// usedWithin reports whether last is less than the coarseness of notes before now.
func usedWithin(last, now int64) bool { return now-last < time.Minute.Milliseconds() }
