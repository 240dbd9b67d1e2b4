package auth

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// carried is what a courier's key looks like. Anything else never becomes a part of an upstream's addresses.
var carried = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._]{0,59}$`)

// Carrier gives the adapter that carries a courier for an account: the courier's own, else that of the upstream, where
// the account has a registered auth of it. NotFound: there is neither.
func (s *Service) Carrier(ctx context.Context, id account.ID, key courier.Key) (courier.Adapter, error) {
	own, unknown := s.Couriers.Find(key)
	if unknown == nil {
		return own, nil
	}
	upstream, any := s.Couriers.Upstream()
	if !any || !carried.MatchString(string(key)) {
		return nil, unknown
	}
	list, err := s.upstreamAuths(ctx, id, upstream)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, unknown
	}
	return upstream, nil
}

// upstreamAuths gives an account's auths of the upstream.
func (s *Service) upstreamAuths(ctx context.Context, id account.ID, upstream courier.Adapter) (list []Auth, err error) {
	if err := actor.AllowAccount(ctx, string(id)); err != nil {
		return nil, err
	}
	err = s.Store.Read(ctx, func(r Repo) (err error) { list, err = r.AuthsFor(id, upstream.Descriptor().Key); return err })
	return list, err
}

// Told gives what the upstream tells of a courier that it carries for an account, as it tells it; nil for a courier that
// has an adapter here. A live auth is asked before a test one, because its answer is the one that counts. NotFound as
// Carrier; else as courier.Forwarder.
func (s *Service) Told(ctx context.Context, id account.ID, key courier.Key, what courier.Topic) (json.RawMessage, error) {
	adapter, err := s.Carrier(ctx, id, key)
	if err != nil || adapter.Descriptor().Key == key {
		return nil, err
	}
	list, err := s.upstreamAuths(ctx, id, adapter)
	if err != nil {
		return nil, err
	}
	who, _ := actor.From(ctx)
	list = slices.DeleteFunc(list, func(a Auth) bool { return who.TestOnly && !a.Testing })
	if len(list) == 0 {
		return nil, liveForbidden()
	}
	asked := list[0]
	if i := slices.IndexFunc(list, func(a Auth) bool { return !a.Testing }); i >= 0 {
		asked = list[i]
	}
	access, err := s.Open(ctx, asked.ID)
	if err != nil {
		return nil, err
	}
	return adapter.(courier.Forwarder).Told(ctx, access, key, what)
}
