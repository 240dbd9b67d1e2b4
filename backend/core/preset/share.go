package preset

import (
	"context"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// Share lets exactly these accounts use a custom preset beside its owner; none takes it back from all. Only at this
// machine, because it concerns several accounts. Invalid at shares: the owner itself; Conflict at shares: an account has
// a preset of that code; NotFound: the preset or an account; Forbidden for system presets, which everybody has.
func (s *Service) Share(ctx context.Context, id ID, with []account.ID) (Preset, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Preset{}, err
	}
	if _, err := s.own(ctx, id); err != nil {
		return Preset{}, err
	}
	var after Preset
	err := s.Store.Write(ctx, func(r Repo) error {
		before, err := load(r, id)
		if err != nil {
			return err
		}
		for _, other := range with {
			if err := sharable(r, before, other); err != nil {
				return err
			}
		}
		if err := r.SharePreset(id, with); err != nil {
			return err
		}
		if after, err = load(r, id); err != nil {
			return err
		}
		return s.record(ctx, r, "preset.share", after, before.Shares, after.Shares)
	})
	return after, err
}

func sharable(r Repo, p Preset, with account.ID) error {
	if with == p.AccountID {
		return errs.OnField("shares", "The preset belongs to “%s” already.", p.Account)
	}
	other, err := account.Living(r, with)
	if err != nil {
		return err
	}
	taken, err := r.PresetsFor(with, "")
	if err != nil {
		return err
	}
	for _, o := range taken {
		if o.ID != p.ID && strings.EqualFold(o.Code, p.Code) {
			return conflict("shares", "“%s” has a preset with the code %s already, “%s”. Change one of the two codes first.", other.Name, p.Code, o.Name)
		}
	}
	return nil
}

// Uses says who used a custom preset among each account's latest UseWindow shipments: its owner first, then those it is
// shared with. Only at this machine. NotFound; Forbidden for system presets.
func (s *Service) Uses(ctx context.Context, id ID) ([]Use, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	p, err := s.own(ctx, id)
	if err != nil {
		return nil, err
	}
	var list []Use
	err = s.Store.Read(ctx, func(r Repo) error {
		for _, who := range append([]Share{{p.AccountID, p.Account}}, p.Shares...) {
			use, err := r.PresetUse(who.AccountID, p.Courier, p.Code)
			if err != nil {
				return err
			}
			use.Account = who.Account
			list = append(list, use)
		}
		return nil
	})
	return list, err
}
