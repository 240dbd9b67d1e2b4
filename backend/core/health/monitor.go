package health

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
)

// Monitor remembers the lines of one process. It is safe for use by many goroutines; Clock must be set.
type Monitor struct {
	Clock   clock.Clock
	Changed func() // told after a line's state or last failure changed; nil for nobody

	mu    sync.Mutex
	lines map[Line]*line
}

// line is a circuit breaker with a memory. It is open while the courier is away; an answer to anything closes it, and after
// an answer to less than a purchase one more failure opens it again (trial).
type line struct {
	Report
	calls   []seen // oldest first
	absent  int    // calls without an answer in a row
	trial   bool
	asking  bool // one was let through to find out
	pause   time.Duration
	untilMs int64  // nothing is asked before, by itself
	told    State  // what the screens know
	kept    Report // what the store knows
}

type seen struct {
	atMs   int64
	failed bool
	slow   bool
}

// Note takes down what came of a call.
func (m *Monitor) Note(at Line, c Call) {
	if at.AuthID == "" { // credentials that are being typed are nobody's line
		return
	}
	now := m.Clock.Now()
	m.mu.Lock()
	l := m.lines[at]
	if l == nil {
		l = &line{Report: Report{AuthID: at.AuthID, Testing: at.Testing}}
		if m.lines == nil {
			m.lines = map[Line]*line{}
		}
		m.lines[at] = l
	}
	told := l.LastFailureMs
	l.Courier = c.Courier
	l.note(now, c)
	changed := l.news() || l.LastFailureMs != told
	m.mu.Unlock()
	if changed && m.Changed != nil {
		m.Changed()
	}
}

func (l *line) note(now time.Time, c Call) {
	ms := now.UnixMilli()
	l.forgetOld(now)
	l.calls = append(l.calls, seen{atMs: ms, failed: c.Outcome != Answered, slow: c.Took >= SlowAfter})
	if len(l.calls) > Memory {
		l.calls = slices.Delete(l.calls, 0, len(l.calls)-Memory)
	}
	if c.Outcome == Answered {
		l.LastSuccessMs = ms
	} else {
		l.LastFailureMs, l.LastFailure = ms, c.Sentence
	}
	if c.Outcome == Absent {
		l.missed(now)
		return
	}
	l.trial = (l.open() || l.trial) && !c.Buys
	if !l.trial {
		l.pause = 0
	}
	l.absent, l.asking, l.SinceMs, l.untilMs = 0, false, 0, 0
}

// missed is a call without an answer.
func (l *line) missed(now time.Time) {
	wasOpen := l.open()
	if l.absent++; l.absent == 1 {
		l.SinceMs = now.UnixMilli()
	}
	switch {
	case wasOpen && !l.asking: // one that was under way when it opened
		return
	case l.trial && !wasOpen: // it answers checks, and buys nothing
		l.absent, l.trial = max(l.absent, Threshold), false
	}
	l.asking = false
	wait := soon
	if l.open() {
		l.pause = min(max(2*l.pause, firstPause), longestPause)
		wait = l.pause
	}
	l.untilMs = now.Add(wait).UnixMilli()
}

func (l *line) open() bool { return l.absent >= Threshold }

// forgetOld drops the calls that no longer count.
func (l *line) forgetOld(now time.Time) {
	from := now.Add(-Window).UnixMilli()
	l.calls = slices.DeleteFunc(l.calls, func(c seen) bool { return c.atMs < from })
}

// report is the line as people see it, of the calls that are remembered.
func (l *line) report() Report {
	r := l.Report
	slow := 0
	for _, c := range l.calls {
		if c.failed {
			r.Failures++
		}
		if c.slow {
			slow++
		}
	}
	r.Calls, r.Slow = len(l.calls), slow*2 > len(l.calls)
	switch {
	case l.open():
		r.State, r.NextMs = Away, l.untilMs
		return r
	case l.absent > 0, r.Failures >= 2 && r.Failures*failingFrom >= r.Calls, r.Slow:
		r.State = Failing
	default:
		r.State = Answering
	}
	r.SinceMs = 0
	return r
}

// news reports whether the screens know another state than the line's.
func (l *line) news() bool {
	now := l.report().State
	changed := now != l.told
	l.told = now
	return changed
}

// MayBuy says whether a purchase may be sent. Unavailable, with RetryAfter: the courier is away; name is told in the
// sentence. When its turn comes before a check has found out, one purchase is let through.
func (m *Monitor) MayBuy(at Line, name string) error {
	now := m.Clock.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lines[at]
	if l == nil || !l.open() {
		return nil
	}
	turn := time.UnixMilli(l.untilMs).Add(checkFirst)
	if now.Before(turn) {
		return &errs.Error{Code: errs.Unavailable, RetryAfter: turn.Sub(now), Message: name + " has not answered since " + clockTime(l.SinceMs, now) +
			". Nothing was sent. Try again later, let it wait until " + name + " is back, or send it with another courier."}
	}
	l.takeTurn(now)
	return nil
}

func (l *line) takeTurn(now time.Time) {
	l.asking, l.untilMs = true, now.Add(turnTime).UnixMilli()
}

// clockTime is a time of day, with the day where that is another one.
func clockTime(ms int64, now time.Time) string {
	at := time.UnixMilli(ms)
	now = now.Local()
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04")
	}
	return at.Format("15:04 on 2 January")
}

// Answers reports whether nothing speaks against an auth's courier: its last call had an answer, or there was none.
func (m *Monitor) Answers(authID string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for at, l := range m.lines {
		if at.AuthID == authID && l.absent > 0 {
			return false
		}
	}
	return true
}

// due gives the lines that are to be asked now whether they answer again, and takes their turn.
func (m *Monitor) due() []Report {
	now := m.Clock.Now()
	m.mu.Lock()
	var list []Report
	news := false
	for _, l := range m.lines {
		l.forgetOld(now)
		news = l.news() || news
		if l.absent > 0 && now.UnixMilli() >= l.untilMs {
			l.takeTurn(now)
			list = append(list, l.Report)
		}
	}
	m.mu.Unlock()
	if news && m.Changed != nil {
		m.Changed()
	}
	return list
}

// forget drops a line that there is no auth for any more.
func (m *Monitor) forget(at Line) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.lines, at)
}

// reports gives every line that was asked, by courier, auth and mode.
func (m *Monitor) reports() []Report {
	now := m.Clock.Now()
	m.mu.Lock()
	list := make([]Report, 0, len(m.lines))
	for _, l := range m.lines {
		l.forgetOld(now)
		list = append(list, l.report())
	}
	m.mu.Unlock()
	inOrder(list)
	return list
}

func inOrder(list []Report) {
	slices.SortFunc(list, func(a, b Report) int {
		return cmp.Or(cmp.Compare(a.Courier, b.Courier), cmp.Compare(a.AuthID, b.AuthID), cmp.Compare(a.mode(), b.mode()))
	})
}

// mode puts live before test.
func (r Report) mode() int {
	if r.Testing {
		return 1
	}
	return 0
}
