package httpapi

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
)

// took gives how long the nth failure of a user is held back.
func took(s *slowdown, user string) time.Duration {
	began := time.Now()
	if err := s.wait(context.Background(), user); err != nil {
		return -1
	}
	return time.Since(began)
}

func TestFailuresAreSlowedPerUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowdown{clock: clock.System{}}
		for i := range freeFailures {
			if d := took(s, "a"); d != 0 {
				t.Fatalf("failure %d waited %s", i+1, d)
			}
		}
		want := firstDelay
		for range 8 {
			if d := took(s, "a"); d != want {
				t.Fatalf("waited %s, want %s", d, want)
			}
			want = min(2*want, longestDelay)
		}
		if d := took(s, "b"); d != 0 {
			t.Errorf("another user waited %s", d)
		}
		time.Sleep(forgetFailures + time.Second)
		if d := took(s, "a"); d != 0 {
			t.Errorf("after a quiet minute: %s", d)
		}
	})
}

func TestOnlySoManyAnswersAreHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowdown{clock: clock.System{}}
		for range freeFailures {
			took(s, "a")
		}
		var wg sync.WaitGroup
		for range waitingLimit {
			wg.Go(func() { took(s, "a") })
		}
		synctest.Wait()
		if err := s.wait(context.Background(), "a"); !errs.Is(err, errs.RateLimited) || errs.As(err).RetryAfter <= 0 {
			t.Errorf("%v", err)
		}
		wg.Wait()
		if err := s.wait(context.Background(), "a"); err != nil {
			t.Errorf("after they left: %v", err)
		}
	})
}

func TestACallerWhoHangsUpIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &slowdown{clock: clock.System{}}
		for range freeFailures + 10 {
			took(s, "a")
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		began := time.Now()
		if err := s.wait(ctx, "a"); err != nil || time.Since(began) != 0 {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
}

func TestRememberedUsersAreBounded(t *testing.T) {
	s := &slowdown{clock: clock.NewManual(time.Unix(1e9, 0))}
	for i := range 3 * rememberedUsers {
		s.note(fmt.Sprint("user ", i))
	}
	if len(s.failed) > rememberedUsers {
		t.Errorf("%d users are remembered", len(s.failed))
	}
}

func TestEveryLetsOneThroughPerPeriod(t *testing.T) {
	c := clock.NewManual(time.Unix(1e9, 0))
	e := &every{clock: c, period: 10 * time.Second, most: 1}
	if _, ok := e.pass(); !ok {
		t.Error("the first was held back")
	}
	for range 3 {
		if _, ok := e.pass(); ok {
			t.Error("one more went through")
		}
	}
	c.Advance(10 * time.Second)
	if skipped, ok := e.pass(); !ok || skipped != 3 {
		t.Error(skipped, ok)
	}
	c.Advance(-time.Hour)
	if _, ok := e.pass(); !ok {
		t.Error("a clock that was set back silenced it")
	}
	e = &every{clock: c, period: 10 * time.Second, most: 3}
	for i := range 5 {
		if _, ok := e.pass(); ok != (i < 3) {
			t.Errorf("event %d of a period goes through: %t", i, ok)
		}
	}
}
