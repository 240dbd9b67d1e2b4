package auth

import (
	"context"

	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// Uses is what would miss an auth: what a person reads before deleting it.
type Uses struct {
	Presets  []string `json:"presets"`   // names of the account's own presets with this courier
	Others   int      `json:"others"`    // other auths with which these can still be bought, in either mode
	InFlight int      `json:"in_flight"` // shipments whose outcome only this auth can ask for: Delete refuses while there are any
}

// Uses tells what uses an auth. NotFound.
func (s *Service) Uses(ctx context.Context, id ID) (Uses, error) {
	a, _, err := s.load(ctx, id, actor.Auths)
	if err != nil {
		return Uses{}, err
	}
	var u Uses
	err = s.Store.Read(ctx, func(r Repo) error {
		if u.Presets, err = r.PresetNames(a.AccountID, a.Courier); err != nil {
			return err
		}
		if u.Others, err = others(r, a.AccountID, a.Courier, id); err != nil {
			return err
		}
		u.InFlight, err = r.ShipmentsInFlightWith(id)
		return err
	})
	return u, err
}

// others counts the auths of a courier on an account that labels can be bought with, besides one.
func others(r Repo, accountID account.ID, key courier.Key, besides ID) (int, error) {
	list, err := r.AuthsFor(accountID, key)
	n := 0
	for _, o := range list {
		if o.ID != besides && !o.TrackingOnly {
			n++
		}
	}
	return n, err
}
