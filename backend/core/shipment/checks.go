package shipment

import (
	"context"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
	"packbench/backend/core/settings"
)

// Checks gives a Check for many orders of one account, safe for several at a time. What orders share (account, auths,
// presets, senders) is looked up once, so it holds for one pass over a file; whether an order was sent before is not asked.
func (s *Service) Checks(ctx context.Context, accountID account.ID) (func(context.Context, order.Order) error, error) {
	if err := actor.Allow(ctx, string(accountID), actor.Ship); err != nil {
		return nil, err
	}
	acc, err := s.repeat(ctx, accountID, &purchase{})
	if err != nil {
		return nil, err
	}
	from := &remembered{Service: s}
	return func(ctx context.Context, o order.Order) error {
		p := purchase{order: o}
		f, err := s.fit(ctx, from, acc, &p)
		if err == nil && (o.WantInvoice || o.WantSlip) {
			err = drawable(s.draft(ctx, acc, f, p.order), o)
		}
		return err
	}, nil
}

// remembered asks for each thing once. An error is kept with what it is about, unless it comes of the moment.
type remembered struct {
	*Service
	mu      sync.Mutex
	auths   map[authAsked]authFound
	presets map[presetAsked]presetFound
	carried map[courier.Key]carrierFound
	settled *settings.Settings
}

type (
	authAsked struct {
		courier courier.Key
		company string
		testing string
		forward bool
	}
	authFound struct {
		auth auth.Auth
		err  error
	}
	carrierFound struct {
		adapter courier.Adapter
		err     error
	}
	presetAsked struct {
		courier           courier.Key
		code, serviceCode string
	}
	presetFound struct {
		preset preset.Preset
		offer  courier.ServiceOffer
		err    error
	}
)

// auth gives no access: a check buys nothing.
func (r *remembered) auth(ctx context.Context, q auth.Query) (auth.Auth, courier.Access, error) {
	key := authAsked{q.Courier, q.Company, "", q.Forwards}
	if q.Testing != nil {
		key.testing = map[bool]string{true: "yes", false: "no"}[*q.Testing]
	}
	found := once(&r.mu, &r.auths, key, func() (f authFound, err error) {
		f.auth, _, f.err = r.Service.auth(ctx, q)
		return f, f.err
	})
	return found.auth, courier.Access{}, found.err
}

func (r *remembered) carrier(ctx context.Context, id account.ID, key courier.Key) (courier.Adapter, error) {
	found := once(&r.mu, &r.carried, key, func() (f carrierFound, err error) {
		f.adapter, f.err = r.Service.carrier(ctx, id, key)
		return f, f.err
	})
	return found.adapter, found.err
}

func (r *remembered) preset(ctx context.Context, id account.ID, key courier.Key, code, serviceCode string) (preset.Preset, courier.ServiceOffer, error) {
	found := once(&r.mu, &r.presets, presetAsked{key, code, serviceCode}, func() (f presetFound, err error) {
		f.preset, f.offer, f.err = r.Service.preset(ctx, id, key, code, serviceCode)
		return f, f.err
	})
	return found.preset, found.offer, found.err
}

func (r *remembered) site(ctx context.Context) (settings.Settings, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.settled != nil {
		return *r.settled, nil
	}
	site, err := r.Service.site(ctx)
	if err == nil {
		r.settled = &site
	}
	return site, err
}

// mostRemembered bounds what is kept: a file may name another preset in each row.
const mostRemembered = 1_000

func once[K comparable, V any](mu *sync.Mutex, known *map[K]V, key K, ask func() (V, error)) V {
	mu.Lock()
	defer mu.Unlock()
	if v, has := (*known)[key]; has {
		return v
	}
	v, err := ask()
	if (err == nil || errs.Is(err, errs.Invalid) || errs.Is(err, errs.NotFound)) && len(*known) < mostRemembered {
		if *known == nil {
			*known = map[K]V{}
		}
		(*known)[key] = v
	}
	return v
}
