package httpapi

import (
	"context"
	"sync"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
)

// slowdown makes failed authentication slower, per api-user: on loopback every program is the same peer. It is asked after
// a failure only, so a right token never waits, whatever else is tried under its name.
type slowdown struct {
	clock clock.Clock

	mu      sync.Mutex
	failed  map[string]failures
	waiting int
}

type failures struct {
	count int
	last  time.Time
}

// What is slowed, and how much.
const (
	freeFailures    = 10 // a program that was just set up wrong is told so at once
	firstDelay      = 50 * time.Millisecond
	longestDelay    = 500 * time.Millisecond
	forgetFailures  = time.Minute // after the last one
	rememberedUsers = 1024
	longestUser     = 200 // bytes; no account's name is longer
	waitingLimit    = 64  // answers held back at a time, of 256 connections
)

// wait notes a failure of the user and returns when its answer may leave: nil then. RateLimited when too many answers wait
// already.
func (s *slowdown) wait(ctx context.Context, user string) error {
	delay := s.note(user)
	if delay == 0 {
		return nil
	}
	if !s.enter() {
		return &errs.Error{Code: errs.RateLimited, Message: "Too many requests with wrong credentials. Try again later.", RetryAfter: longestDelay}
	}
	defer s.leave()
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}

func (s *slowdown) note(user string) time.Duration {
	user = user[:min(len(user), longestUser)]
	now := s.clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = make(map[string]failures)
	}
	f := s.failed[user]
	if now.Sub(f.last) > forgetFailures {
		f.count = 0
		s.makeRoom(now)
	}
	f.count++
	f.last = now
	s.failed[user] = f
	if f.count <= freeFailures {
		return 0
	}
	return min(firstDelay<<min(f.count-freeFailures-1, 10), longestDelay)
}

// makeRoom forgets users whose failures are long ago, and all of them where that is not enough.
func (s *slowdown) makeRoom(now time.Time) {
	if len(s.failed) < rememberedUsers {
		return
	}
	for user, f := range s.failed {
		if now.Sub(f.last) > forgetFailures {
			delete(s.failed, user)
		}
	}
	if len(s.failed) >= rememberedUsers {
		clear(s.failed)
	}
}

func (s *slowdown) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting >= waitingLimit {
		return false
	}
	s.waiting++
	return true
}

func (s *slowdown) leave() {
	s.mu.Lock()
	s.waiting--
	s.mu.Unlock()
}
