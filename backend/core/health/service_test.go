package health_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/health"
)

// shelf keeps reports as a store does.
type shelf struct {
	kept   map[string]health.Report
	writes int
	fails  error
}

func (s *shelf) KeepHealth(r health.Report) error {
	s.kept[r.AuthID] = r
	return nil
}

func (s *shelf) Health() (list []health.Report, err error) {
	for _, r := range s.kept {
		list = append(list, r)
	}
	return list, nil
}

func (s *shelf) Read(_ context.Context, fn func(health.Repo) error) error { return fn(s) }

func (s *shelf) Write(_ context.Context, fn func(health.Repo) error) error {
	s.writes++
	if s.fails != nil {
		return s.fails
	}
	return fn(s)
}

// opened are the auths there are; TEST is for tests.
type opened []string

func (o opened) Open(_ context.Context, id auth.ID) (courier.Access, error) {
	if !slices.Contains(o, string(id)) {
		return courier.Access{}, errs.New(errs.NotFound, "There is no such auth.")
	}
	return courier.Access{AuthID: string(id), Testing: id == "TEST"}, nil
}

// depot is a courier that notes what it was checked for, and how that went, as an adapter's line does.
type depot struct {
	courier.Adapter
	monitor *health.Monitor
	outcome health.Outcome
	asked   []string
	panics  bool
}

func (*depot) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Depot", Name: "Depot", Initials: "DP", Services: []courier.ServiceOffer{{Code: "STD", PresetCode: "D-STD", Name: "Standard"}},
		Formats: []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6},
	}
}

func (d *depot) Check(ctx context.Context, a courier.Access) (courier.Verdict, error) {
	d.asked = append(d.asked, a.AuthID)
	if _, bounded := ctx.Deadline(); !bounded {
		return courier.Verdict{}, errors.New("it may take for ever")
	}
	if d.panics {
		panic("depot: index out of range")
	}
	d.monitor.Note(health.LineOf(a), health.Call{Courier: "Depot", Outcome: d.outcome, Sentence: "Depot can't be reached."})
	return courier.Verdict{}, nil
}

func newService(t *testing.T) (*bench, *shelf, *depot) {
	t.Helper()
	b, kept := newBench(), &shelf{kept: map[string]health.Report{}}
	d := &depot{monitor: b.Monitor, outcome: health.Absent}
	couriers, err := courier.NewRegistry(d)
	if err != nil {
		t.Fatal(err)
	}
	b.Store, b.Auths, b.Couriers = kept, opened{"a1", "TEST"}, couriers
	return b, kept, d
}

// A courier that was away is asked by its check, sooner at first, until it answers.
func TestACourierThatWasAwayIsAsked(t *testing.T) {
	b, _, d := newService(t)
	asked := func(after time.Duration, want int) {
		t.Helper()
		b.clock.Advance(after)
		b.AskDue(t.Context())
		if len(d.asked) != want {
			t.Fatalf("after %s it was asked %d times, want %d", after, len(d.asked), want)
		}
	}
	b.note(fine)
	asked(time.Hour, 0)
	b.note(gone)
	asked(14*time.Second, 0)
	asked(time.Second, 1)
	asked(15*time.Second, 2)
	if b.report(t).State != health.Away {
		t.Fatal("a check without an answer does not count")
	}
	asked(29*time.Second, 2)
	asked(time.Second, 3)
	asked(time.Minute, 4)
	d.panics = true
	asked(2*time.Minute, 5)
	d.panics = false
	asked(time.Minute, 5) // its turn may still be under way
	d.outcome = health.Answered
	asked(time.Minute, 6)
	if got := b.report(t); got.State == health.Away || !b.Answers("a1") || got.LastSuccessMs != b.clock.Now().UnixMilli() {
		t.Fatalf("%+v", got)
	}
	asked(time.Hour, 6)
}

func TestLinesWithoutAnAuthAreForgotten(t *testing.T) {
	b, _, d := newService(t)
	b.Note(health.Line{AuthID: "deleted"}, gone)
	b.Note(health.Line{AuthID: "a1", Testing: true}, gone) // typed, and never saved so
	b.clock.Advance(time.Minute)
	b.AskDue(t.Context())
	if list, err := b.List(manager(t)); err != nil || len(list) != 0 || len(d.asked) != 0 || !b.Answers("a1") {
		t.Errorf("%+v %v, asked %v", list, err, d.asked)
	}
}

// What is kept is enough to go on from at the next start, and a quiet courier costs no writes.
func TestHealthIsKept(t *testing.T) {
	b, kept, d := newService(t)
	keep := func(writes int) {
		t.Helper()
		if err := b.Keep(t.Context()); err != nil || kept.writes != writes {
			t.Fatalf("%v, %d writes, want %d", err, kept.writes, writes)
		}
	}
	keep(0)
	b.note(fine)
	keep(1)
	keep(1)
	b.clock.Advance(30 * time.Second)
	b.note(fine)
	keep(1)
	b.clock.Advance(30 * time.Second)
	keep(2)
	keep(2)
	b.note(gone, gone, gone)
	keep(3)
	away := b.report(t)
	list, err := b.Last(manager(t))
	if err != nil || len(list) != 1 || list[0].State != health.Away || list[0].SinceMs != away.SinceMs || list[0].KeptMs == 0 || list[0].Calls != 0 {
		t.Fatalf("%+v %v", list, err)
	}

	next, _, _ := newService(t)
	next.Store, next.clock, d.monitor = kept, b.clock, next.Monitor
	next.Monitor.Clock, next.Couriers = b.clock, b.Couriers
	if err := next.Begin(manager(t)); err != nil {
		t.Fatal(err)
	}
	if got := next.report(t); got.State != health.Away || got.SinceMs != away.SinceMs || got.LastFailure != away.LastFailure || got.KeptMs != 0 {
		t.Fatalf("after a start: %+v", got)
	}
	if next.Answers("a1") {
		t.Error("it was away, and answers by itself")
	}
	if err := next.Keep(t.Context()); err != nil || kept.writes != 3 {
		t.Errorf("what did not change is written: %v, %d", err, kept.writes)
	}
	d.outcome = health.Answered
	next.AskDue(t.Context())
	if got := next.report(t); len(d.asked) != 1 || got.State != health.Answering {
		t.Errorf("asked %v, then %+v", d.asked, got)
	}
}

func TestOnlyAtThisMachine(t *testing.T) {
	b, _, _ := newService(t)
	_, list := b.List(t.Context())
	_, last := b.Last(t.Context())
	if !errs.Is(list, errs.Unauthorized) || !errs.Is(last, errs.Unauthorized) {
		t.Errorf("nobody gets %v and %v", list, last)
	}
}
