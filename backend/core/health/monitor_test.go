package health_test

import (
	"strings"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/health"
)

var (
	start = time.Date(2026, 3, 2, 10, 42, 0, 0, time.Local)
	live  = health.Line{AuthID: "a1"}
	gone  = health.Call{Courier: "Depot", Outcome: health.Absent, Sentence: "Depot can't be reached: the connection was refused."}
	fine  = health.Call{Courier: "Depot"}
	busy  = health.Call{Courier: "Depot", Outcome: health.Failed, Sentence: "Depot takes no more calls at this moment."}
	sold  = health.Call{Courier: "Depot", Buys: true}
	lost  = health.Call{Courier: "Depot", Buys: true, Outcome: health.Absent, Sentence: "Depot did not answer: it took too long."}
)

// bench is a monitor with a clock that is set by hand.
type bench struct {
	*health.Service
	clock *clock.Manual
	told  int
}

func newBench() *bench {
	b := &bench{clock: clock.NewManual(start)}
	b.Service = &health.Service{Monitor: &health.Monitor{Clock: b.clock, Changed: func() { b.told++ }}}
	return b
}

func (b *bench) note(calls ...health.Call) {
	for _, c := range calls {
		b.Note(live, c)
	}
}

func (b *bench) report(t *testing.T) health.Report {
	t.Helper()
	list, err := b.List(manager(t))
	if err != nil || len(list) != 1 {
		t.Fatalf("%d lines, %v", len(list), err)
	}
	return list[0]
}

func TestHowALineIsJudged(t *testing.T) {
	many := func(n int, c health.Call) (list []health.Call) {
		for range n {
			list = append(list, c)
		}
		return list
	}
	slow := fine
	slow.Took = health.SlowAfter
	for name, c := range map[string]struct {
		calls    []health.Call
		want     health.State
		failures int
	}{
		"one answer":                             {[]health.Call{fine}, health.Answering, 0},
		"one without":                            {[]health.Call{fine, gone}, health.Failing, 1},
		"two without":                            {[]health.Call{fine, gone, gone}, health.Failing, 2},
		"three without":                          {[]health.Call{fine, gone, gone, gone}, health.Away, 3},
		"purchases count too":                    {[]health.Call{lost, lost, lost}, health.Away, 3},
		"an answer between":                      {[]health.Call{gone, gone, fine, gone, gone}, health.Failing, 4},
		"one failure among answers":              {append([]health.Call{gone}, many(4, fine)...), health.Answering, 1},
		"one in five":                            {append([]health.Call{gone, fine, gone}, many(7, fine)...), health.Failing, 2},
		"less than one in five":                  {append([]health.Call{gone, fine, gone}, many(8, fine)...), health.Answering, 2},
		"too many calls is no way of being away": {many(9, busy), health.Failing, 9},
		"back":                                   {[]health.Call{gone, gone, gone, fine}, health.Failing, 3},
		"old ones are forgotten":                 {append(many(3, gone), many(health.Memory, fine)...), health.Answering, 0},
		"slow":                                   {[]health.Call{slow, fine, slow}, health.Failing, 0},
		"half of them slow":                      {[]health.Call{slow, fine}, health.Answering, 0},
	} {
		b := newBench()
		b.note(c.calls...)
		if got := b.report(t); got.State != c.want || got.Failures != c.failures || got.Calls != min(len(c.calls), health.Memory) {
			t.Errorf("%s: %+v, want %s with %d failures", name, got, c.want, c.failures)
		}
	}
}

func TestWhatIsToldOfALine(t *testing.T) {
	b := newBench()
	b.note(fine)
	b.clock.Advance(time.Minute)
	b.note(gone, gone)
	b.clock.Advance(time.Minute)
	b.note(gone)
	got := b.report(t)
	want := health.Report{
		AuthID: "a1", Courier: "Depot", State: health.Away, SinceMs: start.Add(time.Minute).UnixMilli(),
		NextMs: start.Add(2*time.Minute + 30*time.Second).UnixMilli(), LastSuccessMs: start.UnixMilli(),
		LastFailureMs: start.Add(2 * time.Minute).UnixMilli(), LastFailure: gone.Sentence, Calls: 4, Failures: 3,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	told := b.told
	b.clock.Advance(health.Window + time.Second)
	b.note(fine)
	if got := b.report(t); got.State != health.Answering || got.SinceMs != 0 || got.NextMs != 0 || got.Calls != 1 || b.told == told {
		t.Errorf("after an answer: %+v, told %d times", got, b.told-told)
	}
	told = b.told
	b.note(fine, fine)
	if b.told != told {
		t.Error("the screens are told of what does not change")
	}
	b.Note(health.Line{}, gone)
	b.Note(health.Line{AuthID: "a1", Testing: true}, gone)
	if list, err := b.List(manager(t)); err != nil || len(list) != 2 || list[1].State != health.Failing || list[0].State != health.Answering {
		t.Errorf("test and live are one: %+v, %v", list, err)
	}
}

func TestNothingIsBoughtWhileACourierIsAway(t *testing.T) {
	b := newBench()
	refused := func(after time.Duration) {
		t.Helper()
		err := b.MayBuy(live, "Depot")
		if !errs.Is(err, errs.Unavailable) || errs.As(err).RetryAfter != after {
			t.Fatalf("a purchase gets %v, retry after %s; want Unavailable and %s", err, errs.As(err).RetryAfter, after)
		}
		for _, words := range []string{"Depot has not answered since 10:42.", "Nothing was sent.", "another courier"} {
			if !strings.Contains(err.Error(), words) {
				t.Errorf("%q does not say %q", err, words)
			}
		}
	}
	bought := func() {
		t.Helper()
		if err := b.MayBuy(live, "Depot"); err != nil {
			t.Fatal(err)
		}
	}
	bought() // never asked
	b.note(gone, gone)
	bought()
	b.note(gone)
	refused(45 * time.Second)
	b.note(gone) // was under way
	refused(45 * time.Second)
	b.clock.Advance(44 * time.Second)
	refused(time.Second)
	b.clock.Advance(time.Second)
	bought() // to find out
	refused(2*time.Minute + 15*time.Second)
	b.note(lost)
	refused(75 * time.Second) // twice the pause
	for range 9 {
		b.clock.Advance(5*time.Minute + 15*time.Second)
		bought()
		b.note(lost)
	}
	refused(5*time.Minute + 15*time.Second) // and never longer
	b.clock.Advance(5*time.Minute + 15*time.Second)
	bought()
	b.note(sold)
	bought()
	if !b.Answers("a1") {
		t.Error("it sold, and does not answer")
	}
}

// A check that is answered lets purchases through again; the first that is not ends that at once.
func TestOnlyAPurchaseProvesThatPurchasesWork(t *testing.T) {
	b := newBench()
	b.note(lost, lost, lost, fine)
	if err := b.MayBuy(live, "Depot"); err != nil || !b.Answers("a1") {
		t.Fatalf("after a check: %v", err)
	}
	b.note(lost)
	if err := b.MayBuy(live, "Depot"); err == nil || b.report(t).State != health.Away {
		t.Fatal("it is not away again")
	}
	b.note(fine, sold, lost, lost)
	if err := b.MayBuy(live, "Depot"); err != nil {
		t.Fatalf("after a purchase: %v", err)
	}
}
