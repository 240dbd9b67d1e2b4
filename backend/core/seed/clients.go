package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

// MaxClients is the most groups, and the most accounts, that one call makes.
const MaxClients = 100_000

// writers is how many accounts are made at a time: writes that wait together share a commit.
const writers = 32

// Clients makes what an agency keeps: groups, and accounts spread over them, each with a key, a token and an auth of the
// courier that works without a network; one account in fifty is disabled. All of it is made as people make it, through the
// services. A second call makes others. Invalid: groups, accounts.
func (s *Service) Clients(ctx context.Context, groups, accounts int) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	var wrong errs.Fields
	if groups < 1 || groups > MaxClients {
		wrong.Add("groups", "%d is not a number from 1 to %d.", groups, MaxClients)
	}
	if accounts < 0 || accounts > MaxClients {
		wrong.Add("accounts", "%d is not a number from 0 to %d.", accounts, MaxClients)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	local, err := s.local()
	if err != nil {
		return err
	}
	had, err := s.Accounts.Groups(ctx)
	if err != nil {
		return err
	}
	held, err := s.Accounts.List(ctx, account.Filter{})
	if err != nil {
		return err
	}
	made := make([]account.Group, groups)
	err = each(ctx, groups, func(ctx context.Context, i int) (err error) {
		made[i], err = s.Accounts.CreateGroup(ctx, called(firms, len(had)+i))
		return err
	})
	if err != nil {
		return err
	}
	return each(ctx, accounts, func(ctx context.Context, i int) error {
		return s.client(ctx, made[i%groups].ID, called(desks, len(held)+i), local, i%50 == 49)
	})
}

func (s *Service) client(ctx context.Context, group account.GroupID, name string, local courier.Key, disabled bool) error {
	a, _, err := s.Accounts.Create(ctx, account.CreateAccount{GroupID: group, Name: name})
	if err != nil {
		return err
	}
	if _, _, err := s.Accounts.CreateToken(ctx, account.CreateToken{AccountID: a.ID, Name: "Orders"}); err != nil {
		return err
	}
	if _, err := s.Auths.Register(ctx, auth.Save{AccountID: a.ID, Courier: local}); err != nil {
		return err
	}
	if disabled {
		_, err = s.Accounts.SetDisabled(ctx, a.ID, true)
	}
	return err
}

// local gives the courier that works without a network.
func (s *Service) local() (courier.Key, error) {
	for _, d := range s.Couriers.List() {
		if d.Local {
			return d.Key, nil
		}
	}
	return "", errs.New(errs.NotOffered, "This program has no courier that works without a network.")
}

// called gives the n-th name of a kind: the same n gives the same name, and no two n do.
func called(kinds []string, n int) string {
	chance := rand.New(rand.NewPCG(3, uint64(n)))
	return fmt.Sprintf("%s %s %04d", places[chance.IntN(len(places))], kinds[chance.IntN(len(kinds))], n+1)
}

// each does something count times, several at once, and gives the first error, after which nothing new is begun.
func each(ctx context.Context, count int, do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(writers, count) {
		wg.Go(func() {
			for i := range next {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := 0; i < count && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}
