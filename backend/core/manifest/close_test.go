package manifest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
	"packbench/backend/testkit"
)

func TestADayIsClosedHere(t *testing.T) {
	w := newWorld(t)
	first, second := w.book(t, w.own, false), w.book(t, w.own, false)
	gone := w.book(t, w.own, false)
	_, _, err := w.shipments.Cancel(w.ctx, "", shipment.Handle{ID: gone.ID})
	testkit.OK(t, err)
	if l := w.left(t, w.own); l.Shipments != 2 || l.Parcels != 2 || l.Weight != first.Weight+second.Weight || l.Asks || l.AccountName != "shop" {
		t.Fatalf("left open: %+v", l)
	}

	m, err := w.Close(w.ctx, w.own.ID, nil)
	testkit.OK(t, err)
	if m.State != manifest.Closed || m.Number != 1 || m.Shipments != 2 || m.CourierRef != "" || !m.OwnPaper || m.By != "manager" || m.EndedMs == 0 {
		t.Fatalf("closed: %+v", m)
	}
	if got := w.contents(t, m); !slices.Equal(got, []int64{first.Number, second.Number}) {
		t.Errorf("it holds %v", got)
	}
	if l := w.left(t, w.own); l.Shipments != 0 {
		t.Errorf("still open: %+v", l)
	}
	history := w.get(t, first.ID).Timeline
	if last := history[len(history)-1]; last.Step != shipment.StepClosed || last.Note != "manifest 1" || last.By != "manager" {
		t.Errorf("history ends with %+v", last)
	}
	if of, err := w.Of(w.ctx, second.ID); err != nil || of.ID != m.ID {
		t.Errorf("of the shipment: %+v, %v", of, err)
	}
	_, err = w.Of(w.ctx, gone.ID)
	testkit.Refused(t, err, errs.NotFound, "in no manifest")

	_, paper, err := w.Paper(w.ctx, m.ID)
	testkit.OK(t, err)
	_, again, err := w.Paper(w.ctx, m.ID)
	testkit.OK(t, err)
	if !courier.PDF.Matches(paper.Bytes) || !bytes.Equal(paper.Bytes, again.Bytes) || paper.Key != m.PaperKey {
		t.Errorf("the paper is %d bytes under %s, then %d", len(paper.Bytes), paper.Key, len(again.Bytes))
	}
	_, err = w.Close(w.ctx, w.own.ID, nil)
	testkit.Refused(t, err, errs.Conflict, "nothing to close")

	entries, err := w.Audit.List(w.ctx, audit.Filter{Action: "manifest"}, page.Request{})
	testkit.OK(t, err)
	var told []string
	for _, e := range entries.Items {
		told = append(told, e.Action)
		if e.Subject.Name != "1" || e.AccountID != string(w.account) {
			t.Errorf("audit: %+v", e.Entry)
		}
	}
	if want := "manifest.paper manifest.paper manifest.close manifest.begin"; strings.Join(told, " ") != want {
		t.Errorf("audit: %v, want %s", told, want)
	}
}

func TestTestAndLiveAreNeverMixed(t *testing.T) {
	w := newWorld(t)
	live, trial := w.book(t, w.live, false), w.book(t, w.test, false)
	m, err := w.Close(w.ctx, w.test.ID, nil)
	testkit.OK(t, err)
	if got := w.contents(t, m); !m.Testing || !slices.Equal(got, []int64{trial.Number}) {
		t.Errorf("the test manifest holds %v", got)
	}
	another := w.book(t, w.test, false)
	in := auth.Save{AccountID: w.account, Courier: "Depot", Company: "Later live", Fields: map[string]string{}}
	_, err = w.Bench.Auths.Update(w.ctx, w.test.ID, w.test.Version, in)
	testkit.OK(t, err)
	_, err = w.Close(w.ctx, w.test.ID, nil)
	testkit.Refused(t, err, errs.Conflict, "nothing to close") // its open shipment was a test
	_, err = w.Close(w.ctx, w.test.ID, []int64{another.Number})
	testkit.Refused(t, err, errs.Conflict, "Not open with this auth")
	if l := w.left(t, w.live); l.Shipments != 1 {
		t.Errorf("live is left with %d, want the one of %d", l.Shipments, live.Number)
	}
}

func TestPurchasesThatAreNotSettledBlock(t *testing.T) {
	w := newWorld(t)
	w.book(t, w.live, false)
	lost := w.book(t, w.live, true)
	if l := w.left(t, w.live); !slices.Equal(l.Unknown, []int64{lost.Number}) || l.Shipments != 1 {
		t.Fatalf("left: %+v", l)
	}
	_, err := w.Close(w.ctx, w.live.ID, nil)
	testkit.Refused(t, err, errs.Conflict, fmt.Sprintf("shipment %d", lost.Number))
	w.Bench.Clock.Advance(30 * 24 * time.Hour)
	_, err = w.Close(w.ctx, w.live.ID, nil)
	testkit.Refused(t, err, errs.Conflict, "Needs a look") // never a timer
	_, err = w.Close(w.ctx, w.own.ID, nil)
	testkit.Refused(t, err, errs.Conflict, "nothing to close") // another auth is not blocked by it
	if w.depot.asked != 0 {
		t.Error("the courier was told while a purchase was unknown")
	}
	_, err = w.shipments.SettleNotBought(w.ctx, shipment.Handle{ID: lost.ID})
	testkit.OK(t, err)
	w.book(t, w.live, false)
	m, err := w.Close(w.ctx, w.live.ID, nil)
	testkit.OK(t, err)
	if m.Shipments != 1 { // what was booked a month ago was handed over some other way
		t.Errorf("it took %d", m.Shipments)
	}
}

func TestWhatTheCourierSays(t *testing.T) {
	for name, c := range map[string]struct {
		mood  mood
		code  errs.Code
		state manifest.State
		told  string
	}{
		"fine":        {fine, "", manifest.Closed, ""},
		"refuses":     {refuses, errs.Rejected, manifest.Refused, "Depot is shut today."},
		"unreachable": {unreachable, errs.Unavailable, manifest.Refused, "Depot can't be reached."},
		"loses":       {losesBefore, errs.Unclear, manifest.Unknown, "not understood"},
		"loses after": {losesAfter, errs.Unclear, manifest.Unknown, "not understood"},
		"panics":      {panics, errs.Unclear, manifest.Unknown, "not understood"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			sh := w.book(t, w.live, false)
			w.depot.mood = c.mood
			m, err := w.Close(w.ctx, w.live.ID, nil)
			if errs.CodeOf(err) != c.code || m.State != c.state || !strings.Contains(m.Told, c.told) {
				t.Fatalf("%+v, %v", m, err)
			}
			kept, err := w.Numbered(w.ctx, m.Number)
			testkit.OK(t, err)
			if kept != m {
				t.Errorf("kept %+v, told %+v", kept, m)
			}
			l := w.left(t, w.live)
			if open := c.state == manifest.Refused; (l.Shipments == 1) != open || (l.Pending != nil) != (c.state == manifest.Unknown) {
				t.Errorf("left: %+v", l)
			}
			if c.state == manifest.Closed {
				_, paper, err := w.Paper(w.ctx, m.ID)
				testkit.OK(t, err)
				if string(paper.Bytes) != depotPaper || m.OwnPaper || m.CourierRef != "DEP-1" {
					t.Errorf("paper %q of %+v, want the courier's own as it came", paper.Bytes, m)
				}
				return
			}
			_, _, err = w.Paper(w.ctx, m.ID)
			testkit.Refused(t, err, errs.Conflict, "no paper")
			if c.state == manifest.Refused {
				w.depot.mood = fine
				again, err := w.Close(w.ctx, w.live.ID, nil)
				testkit.OK(t, err)
				if !slices.Equal(w.contents(t, again), []int64{sh.Number}) || len(w.contents(t, m)) != 0 {
					t.Error("what was open again was not taken by the next")
				}
			}
		})
	}
}

func TestAnUnknownManifestIsAskedForAgain(t *testing.T) {
	w := newWorld(t)
	sh := w.book(t, w.live, false)
	w.depot.mood = losesAfter
	m, err := w.Close(w.ctx, w.live.ID, nil)
	testkit.Refused(t, err, errs.Unclear, "Manifest 1 is kept")
	later := w.book(t, w.live, false)
	_, err = w.Close(w.ctx, w.live.ID, nil)
	testkit.Refused(t, err, errs.Conflict, "Settle it first")

	for _, still := range []struct {
		mood   mood
		strict bool
		told   string
	}{{unreachable, false, "can't be reached"}, {refuses, false, "shut today"}, {fine, true, "on a manifest already"}} {
		w.depot.mood, w.depot.strict = still.mood, still.strict
		got, err := w.Again(w.ctx, m.ID)
		testkit.Refused(t, err, errs.Unclear, still.told) // proves nothing of the first time
		if got.State != manifest.Unknown || !strings.Contains(got.Told, still.told) {
			t.Errorf("asked again: %+v", got)
		}
	}
	w.depot.strict = false
	got, err := w.Again(w.ctx, m.ID)
	testkit.OK(t, err)
	if got.State != manifest.Closed || got.CourierRef != "DEP-1" || !slices.Equal(w.contents(t, got), []int64{sh.Number}) {
		t.Errorf("asked again: %+v", got)
	}
	if w.depot.closedIn[string(later.ID)] != "" {
		t.Error("a shipment that was booked later was closed with it")
	}
	_, err = w.Again(w.ctx, m.ID)
	testkit.Refused(t, err, errs.Conflict, "no longer unknown")
}

func TestAPersonSettlesAnUnknownManifest(t *testing.T) {
	for _, closed := range []bool{true, false} {
		w := newWorld(t)
		w.book(t, w.live, false)
		w.depot.mood = losesBefore
		m, err := w.Close(w.ctx, w.live.ID, nil)
		testkit.Refused(t, err, errs.Unclear, "")
		if closed {
			_, err = w.SettleClosed(w.ctx, m.ID, strings.Repeat("x", 101))
			testkit.Refused(t, err, errs.Invalid, "100 characters")
			m, err = w.SettleClosed(w.ctx, m.ID, " M-77 ")
		} else {
			m, err = w.SettleOpen(w.ctx, m.ID)
		}
		testkit.OK(t, err)
		if l := w.left(t, w.live); (l.Shipments == 0) != closed || l.Pending != nil {
			t.Errorf("closed %t: left %+v", closed, l)
		}
		if closed && (m.CourierRef != "M-77" || !m.OwnPaper || m.PaperKey == "") {
			t.Errorf("settled: %+v", m)
		}
		_, err = w.SettleOpen(w.ctx, m.ID)
		testkit.Refused(t, err, errs.Conflict, "no longer unknown")
	}
}

func TestAnUnknownManifestOutlivesItsAuth(t *testing.T) {
	w := newWorld(t)
	w.book(t, w.live, false)
	w.depot.mood = losesAfter
	m, err := w.Close(w.ctx, w.live.ID, nil)
	testkit.Refused(t, err, errs.Unclear, "")
	testkit.OK(t, w.Bench.Auths.Delete(w.ctx, w.live.ID))
	if l := w.left(t, w.live); l.Pending == nil || l.Pending.ID != m.ID || l.Company != "Main" || l.AccountName != "shop" {
		t.Fatalf("left: %+v", l)
	}
	_, err = w.Again(w.ctx, m.ID)
	testkit.Refused(t, err, errs.NotFound, "no such registered auth")
	_, err = w.SettleClosed(w.ctx, m.ID, "")
	testkit.OK(t, err)
}

func TestAClosingThatAnotherProcessLeftIsSettledWithoutAStart(t *testing.T) {
	w := newWorld(t)
	w.book(t, w.live, false)
	w.power.dieAt = 2
	_, err := w.Close(w.ctx, w.live.ID, nil)
	if err == nil {
		t.Fatal("the power did not fail")
	}
	w.restart()
	pending := w.left(t, w.live).Pending
	if pending == nil || pending.State != manifest.Closing {
		t.Fatalf("pending: %+v", pending)
	}
	_, err = w.Again(w.ctx, pending.ID)
	testkit.Refused(t, err, errs.Conflict, "being closed at this moment")
	w.Bench.Clock.Advance(11 * time.Minute)
	if l := w.left(t, w.live); l.Pending.State != manifest.Unknown {
		t.Fatalf("after 11 minutes: %+v", l.Pending)
	}
	m, err := w.Again(w.ctx, pending.ID)
	testkit.OK(t, err)
	if m.State != manifest.Closed || m.CourierRef != "DEP-1" {
		t.Errorf("asked again: %+v", m)
	}
}

func TestACourierWithoutAPaperGetsOurs(t *testing.T) {
	w := newWorld(t)
	w.book(t, w.live, false)
	w.depot.bare = true
	m, err := w.Close(w.ctx, w.live.ID, nil)
	testkit.OK(t, err)
	_, paper, err := w.Paper(w.ctx, m.ID)
	testkit.OK(t, err)
	if !m.OwnPaper || !courier.PDF.Matches(paper.Bytes) {
		t.Errorf("%+v, %d bytes", m, len(paper.Bytes))
	}
}

func TestSomeOfADay(t *testing.T) {
	w := newWorld(t)
	a, b, c := w.book(t, w.live, false), w.book(t, w.live, false), w.book(t, w.live, false)
	m, err := w.Close(w.ctx, w.live.ID, []int64{c.Number, a.Number, a.Number})
	testkit.OK(t, err)
	if got := w.contents(t, m); m.Shipments != 2 || !slices.Equal(got, []int64{a.Number, c.Number}) {
		t.Errorf("it holds %v of %d", got, m.Shipments)
	}
	_, err = w.Close(w.ctx, w.live.ID, []int64{a.Number, b.Number})
	testkit.Refused(t, err, errs.Conflict, fmt.Sprintf("shipment %d", a.Number))
	w.depot.whole = true
	d := w.book(t, w.live, false)
	_, err = w.Close(w.ctx, w.live.ID, []int64{b.Number})
	testkit.Refused(t, err, errs.Conflict, "nothing less")
	_, err = w.Close(w.ctx, w.live.ID, []int64{b.Number, d.Number})
	testkit.OK(t, err)
}

func TestOnlyAtThisMachine(t *testing.T) {
	w := newWorld(t)
	ctx := testkit.Caller(t, w.account, actor.AllScopes()...)
	for name, do := range map[string]func() error{
		"close":         func() error { _, err := w.Close(ctx, w.live.ID, nil); return err },
		"again":         func() error { _, err := w.Again(ctx, "m"); return err },
		"settle open":   func() error { _, err := w.SettleOpen(ctx, "m"); return err },
		"settle closed": func() error { _, err := w.SettleClosed(ctx, "m", ""); return err },
		"left":          func() error { _, err := w.Left(ctx); return err },
		"list":          func() error { _, err := w.List(ctx, manifest.Filter{}, page.Request{}); return err },
		"numbered":      func() error { _, err := w.Numbered(ctx, 1); return err },
		"contents":      func() error { _, err := w.Contents(ctx, "m", 0); return err },
		"paper":         func() error { _, _, err := w.Paper(ctx, "m"); return err },
	} {
		if err := do(); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
