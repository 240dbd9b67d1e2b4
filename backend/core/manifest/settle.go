package manifest

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// retryAfter is when to close again after labels were under way.
const retryAfter = 2 * time.Second

// words says of a pending manifest where it stands.
var words = map[State]string{Closing: "being closed at this moment", Unknown: "not known to be closed"}

// doubtful is a manifest as it is to be seen: one whose courier has been asked for too long is unknown.
func (s *Service) doubtful(m Manifest) Manifest {
	if m.State == Closing && s.Clock.Now().UnixMilli()-m.BegunMs > patience.Milliseconds() {
		m.State, m.Told = Unknown, "Packbench stopped before the courier's answer was stored."
	}
	return m
}

// Again asks the courier of an unknown manifest for the same one once more: what is closed is not closed twice. A refusal
// leaves it unknown, with the courier's words: the first time may have closed it. Errors are as with Close; Conflict: it is
// not unknown. Only at this machine.
func (s *Service) Again(ctx context.Context, id ID) (Manifest, error) {
	m, err := s.unknown(ctx, id)
	if err != nil {
		return m, err
	}
	adapter, err := s.Couriers.Find(m.Courier)
	if err != nil {
		return m, err
	}
	access, err := s.Auths.Open(ctx, m.AuthID)
	if err != nil {
		return m, err
	}
	return s.carryOut(ctx, m, adapter, access)
}

// SettleClosed closes an unknown manifest that a person found to be closed at the courier, under its number there, which
// may be "". Only at this machine. Invalid at courier_ref; Conflict: it is not unknown.
func (s *Service) SettleClosed(ctx context.Context, id ID, courierRef string) (Manifest, error) {
	courierRef = strings.TrimSpace(courierRef)
	if utf8.RuneCountInString(courierRef) > refLimit || strings.ContainsFunc(courierRef, unicode.IsControl) {
		return Manifest{}, errs.OnField("courier_ref", "The courier's number has at most %d characters and no line break in it.", refLimit)
	}
	m, err := s.unknown(ctx, id)
	if err != nil {
		return m, err
	}
	list, err := s.shipmentsOf(ctx, m.ID)
	if err != nil {
		return m, err
	}
	return s.keep(ctx, m, courier.Manifest{Number: courierRef}, true, list, "manifest.settle-closed")
}

// refLimit is the longest number of a courier's manifest, in characters.
const refLimit = 100

// SettleOpen ends an unknown manifest that a person found not to be closed at the courier: its shipments are open again.
// Only at this machine. Conflict: it is not unknown.
func (s *Service) SettleOpen(ctx context.Context, id ID) (Manifest, error) {
	m, err := s.unknown(ctx, id)
	if err != nil {
		return m, err
	}
	return s.release(ctx, m, "A person found that it was not closed.", "manifest.settle-open")
}

// release ends a manifest that closed nothing.
func (s *Service) release(ctx context.Context, m Manifest, why, action string) (Manifest, error) {
	from := m.State
	m.State, m.Told, m.EndedMs = Refused, why, s.Clock.Now().UnixMilli()
	err := s.Store.Write(ctx, func(r Repo) error {
		if err := r.UpdateManifest(m, from); err != nil {
			return err
		}
		if err := r.ReleaseManifest(m.ID); err != nil {
			return err
		}
		return s.record(ctx, r, action, m)
	})
	return m, err
}

// unknown gives a manifest of which it is not known whether it was closed. Conflict: it is known, or it is being closed.
func (s *Service) unknown(ctx context.Context, id ID) (Manifest, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Manifest{}, err
	}
	var m Manifest
	err := s.Store.Read(ctx, func(r Repo) (err error) { m, err = r.Manifest(id); return err })
	if err != nil {
		return m, err
	}
	seen := s.doubtful(m)
	switch {
	case seen.State == Closing:
		return m, errs.New(errs.Conflict, "Manifest %d is being closed at this moment. Look again in a minute.", m.Number)
	case seen.State != Unknown:
		return m, errs.New(errs.Conflict, "Manifest %d is no longer unknown; it is %s. Nothing was changed.", m.Number, m.State)
	case m.State == Closing:
		err = s.Store.Write(ctx, func(r Repo) error { return r.UpdateManifest(seen, Closing) })
	}
	return seen, err
}

// Recover settles what a crash left, at the start of the window or of serve: a manifest whose courier may have been told
// becomes unknown, one that nobody was told of is given back. No courier is asked. It gives how many are unknown.
func (s *Service) Recover(ctx context.Context) (unknown int, err error) {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
	var left []Manifest
	err = s.Store.Read(ctx, func(r Repo) (err error) { left, err = r.PendingManifests(); return err })
	if err != nil {
		return 0, err
	}
	for _, m := range left {
		if m.State == Closing && !s.asks(m.Courier) {
			if _, err := s.release(ctx, m, "Packbench stopped before it was closed. Close the day again.", "manifest.refuse"); err != nil {
				return unknown, err
			}
			continue
		}
		unknown++
		if m.State == Unknown {
			continue
		}
		m.State, m.Told = Unknown, "Packbench stopped before the courier's answer was stored."
		err := s.Store.Write(ctx, func(r Repo) error {
			if err := r.UpdateManifest(m, Closing); err != nil {
				return err
			}
			return s.record(ctx, r, "manifest.unknown", m)
		})
		if err != nil {
			return unknown, err
		}
	}
	return unknown, nil
}

// asks reports whether a courier wants to be told when the day is closed.
func (s *Service) asks(key courier.Key) bool {
	adapter, err := s.Couriers.Find(key)
	if err != nil {
		return true // it may have been told while the program had it
	}
	_, asks := adapter.(courier.Manifester)
	return asks
}
