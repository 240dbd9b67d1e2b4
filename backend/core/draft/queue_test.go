package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/core/draft"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

// line is a world with a queue, whose courier is there or not.
type line struct {
	*world
	queue *draft.Queue
	there bool

	fromMs int64 // what was sold before is not looked at
	before int   // how many that were
}

func newLine(t testing.TB) *line {
	l := &line{world: newWorld(t)}
	l.open()
	return l
}

// open makes the queue anew, as a new process does.
func (l *line) open() {
	l.queue = &draft.Queue{Drafts: l.drafts, Answers: func(string) bool { return l.there }}
}

var errAway = errs.New(errs.Unavailable, "Depot can't be reached: the connection was refused. Nothing was sent.")

// again begins again on the same store, as if nothing had been.
func (l *line) again(t testing.TB) {
	t.Helper()
	for _, d := range l.list(t, draft.Filter{}) {
		_, err := l.drafts.Delete(l.ctx, []draft.ID{d.ID})
		testkit.OK(t, err)
	}
	l.Clock.Advance(time.Hour)
	l.fromMs, l.before = l.Clock.Now().UnixMilli(), len(l.depot.ledger)
	l.there, l.depot.refuse = false, nil
	l.open()
}

// run runs the queue once, and long enough after the last time for every rest to be over.
func (l *line) run(t testing.TB) {
	t.Helper()
	l.Clock.Advance(10 * time.Minute)
	testkit.OK(t, l.queue.Go(l.ctx))
	l.queue.Wait()
}

// wait saves an order for each reference and lets them wait together.
func (l *line) wait(t testing.TB, references ...string) {
	t.Helper()
	var ids []draft.ID
	for _, reference := range references {
		ids = append(ids, l.save(t, body("Depot", reference)).ID)
	}
	got, err := l.drafts.Wait(l.ctx, ids)
	testkit.OK(t, err)
	if got.Waiting != len(ids) || len(got.Lines) != 0 {
		t.Fatalf("%+v", got)
	}
	l.Clock.Advance(time.Second)
}

// sold gives the references of what the ledger sold, in order.
func (l *line) sold(t testing.TB) []string {
	t.Helper()
	got, err := l.shipments.List(l.ctx, shipment.Filter{States: []shipment.State{shipment.Booked}, FromMs: l.fromMs}, page(100))
	testkit.OK(t, err)
	if len(got.Items) != len(l.depot.ledger)-l.before {
		t.Fatalf("%d shipments, and the courier sold %d", len(got.Items), len(l.depot.ledger)-l.before)
	}
	list := make([]string, len(got.Items))
	for _, sh := range got.Items {
		n := 0
		_, err := fmt.Sscanf(sh.TrackingCodes[0], "DP%d", &n)
		testkit.OK(t, err)
		list[n-1-l.before] = sh.Reference
	}
	return list
}

func (l *line) waiting(t testing.TB) (list []string) {
	t.Helper()
	for _, d := range l.list(t, draft.Filter{Waiting: true}) {
		list = append(list, d.Reference)
	}
	return list
}

func want(t testing.TB, what string, got []string, names ...string) {
	t.Helper()
	if !slices.Equal(got, names) {
		t.Fatalf("%s: %v, want %v", what, got, names)
	}
}

func TestWhatWaitsIsBoughtInOrderWhenTheCourierIsBack(t *testing.T) {
	l := newLine(t)
	l.wait(t, "W3", "W1")
	l.wait(t, "W2")
	d := l.list(t, draft.Filter{Search: "W3"})[0]
	if d.WaitsFor == "" || d.WaitsCourier != "Depot" || d.WaitingMs == 0 {
		t.Fatalf("%+v", d)
	}
	if got, err := l.drafts.Wait(l.ctx, []draft.ID{d.ID}); err != nil || got.Waiting != 1 { // keeps its place
		t.Fatal(got, err)
	}
	l.run(t)
	want(t, "sold while it is away", l.sold(t))
	want(t, "waiting", l.waiting(t), "W3", "W1", "W2")

	l.there = true
	left := 1
	l.depot.during = func() { // and goes away again after the first
		l.there = false
		left = len(l.waiting(t))
	}
	l.run(t)
	want(t, "sold before it went away again", l.sold(t), "W3")
	want(t, "waiting", l.waiting(t), "W1", "W2")
	if left != 2 {
		t.Errorf("%d wait while one is bought, want 2", left)
	}

	l.open() // the program is started again
	l.there = true
	l.run(t)
	want(t, "sold", l.sold(t), "W3", "W1", "W2")
	want(t, "waiting", l.waiting(t))
	if drafts := l.list(t, draft.Filter{}); len(drafts) != 0 {
		t.Errorf("drafts are left: %+v", drafts)
	}
	for i := range 3 {
		l.run(t)
		want(t, fmt.Sprint("sold, run ", i), l.sold(t), "W3", "W1", "W2")
	}
}

// A courier that can't be bought from is left alone for a while, longer each time, or as long as it says.
func TestTheQueueRestsAfterAFailure(t *testing.T) {
	l := newLine(t)
	l.there = true
	l.wait(t, "R1", "R2")
	tried := func() int {
		got, err := l.shipments.List(l.ctx, shipment.Filter{Reference: "R1"}, page(100))
		testkit.OK(t, err)
		return len(got.Items)
	}
	step := func(after time.Duration, want int) {
		t.Helper()
		l.Clock.Advance(after)
		testkit.OK(t, l.queue.Go(l.ctx))
		l.queue.Wait()
		if got := tried(); got != want {
			t.Fatalf("after %s it was tried %d times, want %d", after, got, want)
		}
	}
	l.depot.refuse = errAway
	step(0, 1)
	step(14*time.Second, 1)
	step(time.Second, 2)
	step(29*time.Second, 2)
	step(time.Second, 3)
	l.depot.refuse = &errs.Error{Code: errs.Unavailable, Message: "Depot takes no more calls.", RetryAfter: time.Hour}
	step(time.Minute, 4)
	step(59*time.Minute, 4)
	l.depot.refuse = nil
	step(time.Minute, 5)
	want(t, "sold", l.sold(t), "R1", "R2")
}

func TestWhatCanNotBeBoughtLeavesTheQueue(t *testing.T) {
	l := newLine(t)
	l.there = true
	l.wait(t, "L1", "L2")
	refusal := errs.New(errs.Rejected, "Depot: no service there.")
	l.depot.refuse = refusal
	l.run(t)
	want(t, "sold", l.sold(t))
	want(t, "waiting", l.waiting(t))
	for _, d := range l.list(t, draft.Filter{}) {
		if len(d.Problems) != 1 || d.Problems[0].Message != refusal.Message {
			t.Errorf("%s: %+v", d.Reference, d.Problems)
		}
	}
	l.depot.refuse = nil
	l.run(t)
	want(t, "sold behind a person's back", l.sold(t))

	// A change, a word of a person, and an order that is not whole.
	l.wait(t, "L3", "L4", "L5")
	find := func(reference string) draft.Draft { return l.list(t, draft.Filter{Search: reference})[0] }
	d := find("L3")
	if d, err := l.drafts.Save(l.ctx, d); err != nil || d.WaitsFor != "" {
		t.Fatalf("%+v, %v", d, err)
	}
	for range 2 {
		n, err := l.drafts.StopWaiting(l.ctx, []draft.ID{find("L4").ID, "nobody"})
		testkit.OK(t, err)
		l.there = n == 1
	}
	if l.there {
		t.Error("one that waits no longer stopped waiting")
	}
	want(t, "waiting", l.waiting(t), "L5")
	bad := l.save(t, strings.Replace(body("Depot", "L6"), `"parcels"`, `"boxes"`, 1))
	got, err := l.drafts.Wait(l.ctx, []draft.ID{bad.ID, "nobody"})
	testkit.OK(t, err)
	if got.Waiting != 0 || len(got.Lines) != 2 || len(got.Lines[0].Fields) == 0 || got.Lines[1].Code != string(errs.NotFound) {
		t.Errorf("%+v", got)
	}
}

// One whose purchase is not known is a shipment that needs a look, and never bought again.
func TestAnUnclearPurchaseWaitsNoLonger(t *testing.T) {
	l := newLine(t)
	l.there = true
	l.wait(t, "U1", "U2")
	l.depot.refuse = errs.New(errs.Unclear, "Depot was asked, and no whole answer came back.")
	l.run(t)
	want(t, "waiting", l.waiting(t), "U2")
	l.depot.refuse = nil
	l.run(t)
	want(t, "sold", l.sold(t), "U2")
	got, err := l.shipments.List(l.ctx, shipment.Filter{Reference: "U1"}, page(100))
	testkit.OK(t, err)
	if len(got.Items) != 1 || got.Items[0].State != shipment.Unknown {
		t.Errorf("%+v", got.Items)
	}
}

// TestPowerFailsWhileTheQueueBuys lets the power fail in every write of a run, before and behind its commit, and starts
// again: each order is bought once, and in order.
func TestPowerFailsWhileTheQueueBuys(t *testing.T) {
	for _, behind := range []bool{false, true} {
		for n := 1; ; n++ {
			l := newLine(t)
			l.wait(t, "P1", "P2")
			l.there = true
			l.power.writes, l.power.dieAt, l.power.behind = 0, n, behind
			l.run(t)
			survived := !l.power.off
			l.restart(t)
			l.open()
			l.run(t)
			want(t, fmt.Sprintf("sold, power off at write %d (%t)", n, behind), l.sold(t), "P1", "P2")
			if drafts := l.list(t, draft.Filter{}); len(drafts) != 0 {
				t.Fatalf("drafts are left: %+v", drafts)
			}
			if survived {
				break
			}
		}
	}
}

// Whatever the courier does meanwhile: what waits is bought in order, each once, and nothing else.
func TestQueueMachine(t *testing.T) {
	l := newLine(t)
	rapid.Check(t, func(r *rapid.T) {
		l.again(t)
		next := 0
		var asked, stopped []string
		r.Repeat(map[string]func(*rapid.T){
			"wait": func(*rapid.T) {
				next++
				name := fmt.Sprintf("M%03d", next)
				l.wait(t, name)
				asked = append(asked, name)
			},
			"stop": func(*rapid.T) {
				if list := l.list(t, draft.Filter{Waiting: true}); len(list) > 0 {
					d := rapid.SampledFrom(list).Draw(r, "stopped")
					_, err := l.drafts.StopWaiting(l.ctx, []draft.ID{d.ID})
					testkit.OK(t, err)
					stopped = append(stopped, d.Reference)
				}
			},
			"away":    func(*rapid.T) { l.there = false },
			"back":    func(*rapid.T) { l.there, l.depot.refuse = true, nil },
			"failing": func(*rapid.T) { l.depot.refuse = errAway },
			"restart": func(*rapid.T) {
				l.restart(t)
				l.open()
			},
			"run": func(*rapid.T) { l.run(t) },
			"": func(r *rapid.T) {
				got := l.sold(t)
				due := slices.DeleteFunc(slices.Clone(asked), func(name string) bool { return slices.Contains(stopped, name) })
				if len(got)+len(l.waiting(t)) != len(due) || !slices.Equal(got, due[:len(got)]) {
					r.Fatalf("sold %v, waiting %v, asked for %v", got, l.waiting(t), due)
				}
			},
		})
	})
}
