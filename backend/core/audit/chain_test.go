package audit_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/audit"
	"packbench/backend/testkit"
)

// started is a house whose chain has begun and holds entries 1 to count; the anchor is at the end.
func started(t *testing.T, count int) *house {
	t.Helper()
	h := newHouse()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.append(t, count-1)
	advance(t, h)
	return h
}

func advance(t *testing.T, h *house) {
	t.Helper()
	if err := h.keeper().Advance(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAnUntouchedAuditIsWhole(t *testing.T) {
	for _, count := range []int{1, 2, 999, 1000, 1001, 2001, 3500} {
		h := started(t, count)
		var said []int64
		v, err := h.service().Verify(testkit.Manager(t), func(done, total int64) { said = append(said, done, total) })
		if err != nil || !v.Whole || v.Checked != int64(count) || v.Found != 0 || len(v.Faults) != 0 {
			t.Errorf("%d entries: %+v, %v", count, v, err)
		}
		if last := said[len(said)-2:]; last[0] != int64(count) || last[1] != int64(count) {
			t.Errorf("%d entries: progress said %v", count, said)
		}
		if h.anchor.Seq != int64(count) {
			t.Errorf("the anchor of %d entries is at %d", count, h.anchor.Seq)
		}
	}
}

// The anchor follows the commits, and may be behind them when the program ends.
func TestAnAnchorBehindTheEndIsFine(t *testing.T) {
	h := started(t, 10)
	h.append(t, 1500)
	if v := h.verify(t); !v.Whole || v.Checked != 1510 || h.anchor.Seq != 10 {
		t.Errorf("%+v with the anchor at %d", v, h.anchor.Seq)
	}
	h.restart()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.append(t, 1)
	advance(t, h)
	if v := h.verify(t); !v.Whole || h.anchor.Seq != 1511 {
		t.Errorf("%+v with the anchor at %d", v, h.anchor.Seq)
	}
}

func TestWhatWasDoneOutsideIsFoundAndLocated(t *testing.T) {
	reseal := func(h *house, at int, change func(*audit.Row)) { // as somebody who knows the format but no key
		row := h.rows[at]
		change(&row)
		prev := audit.Link{Seq: row.Seq - 1}
		if at > 0 {
			prev = h.rows[at-1].Link()
		}
		forged, err := audit.Next(prev, row.Entry, audit.NewRatchet(make([]byte, 32)))
		if err != nil {
			panic(err)
		}
		h.rows[at] = forged
	}
	for name, c := range map[string]struct {
		do   func(h *house)
		want []audit.Fault
	}{
		"edited":              {func(h *house) { h.rows[380].Actor = "nobody" }, []audit.Fault{{Kind: audit.Changed, From: 381, To: 381}}},
		"time moved":          {func(h *house) { h.rows[0].AtMs++ }, []audit.Fault{{Kind: audit.Changed, From: 1, To: 1}}},
		"hash changed":        {func(h *house) { h.rows[5].Hash = make([]byte, 32) }, []audit.Fault{{Kind: audit.Changed, From: 6, To: 6}}},
		"MAC changed":         {func(h *house) { h.rows[5].MAC = make([]byte, 32) }, []audit.Fault{{Kind: audit.Forged, From: 6, To: 6}}},
		"unsealed":            {func(h *house) { h.rows[5].Hash, h.rows[5].MAC = nil, nil }, []audit.Fault{{Kind: audit.Changed, From: 6, To: 6}}},
		"not a text":          {func(h *house) { h.rows[7].Actor = "\xff" }, []audit.Fault{{Kind: audit.Changed, From: 8, To: 8}}},
		"edited and resealed": {func(h *house) { reseal(h, 6, func(r *audit.Row) { r.Actor = "nobody" }) }, []audit.Fault{{Kind: audit.Forged, From: 7, To: 7}}},
		"one deleted":         {func(h *house) { h.rows = slices.Delete(h.rows, 9, 10) }, []audit.Fault{{Kind: audit.Missing, From: 10, To: 10}}},
		"the first deleted":   {func(h *house) { h.rows = h.rows[1:] }, []audit.Fault{{Kind: audit.Missing, From: 1, To: 1}}},
		"several deleted":     {func(h *house) { h.rows = slices.Delete(h.rows, 9, 20) }, []audit.Fault{{Kind: audit.Missing, From: 10, To: 20}}},
		"swapped": {func(h *house) {
			a, b := h.rows[3].Entry, h.rows[30].Entry
			h.rows[3].Entry, h.rows[30].Entry = b, a
		}, []audit.Fault{{Kind: audit.Changed, From: 4, To: 4}, {Kind: audit.Changed, From: 31, To: 31}}},
		"cut off": {func(h *house) { h.rows = h.rows[:450] }, []audit.Fault{{Kind: audit.Cut, From: 451, To: 500}}},
		"emptied": {func(h *house) { h.rows = nil }, []audit.Fault{{Kind: audit.Cut, From: 1, To: 500}}},
		"added at the end": {func(h *house) {
			forged, _ := audit.Next(h.rows[499].Link(), h.rows[3].Entry, audit.NewRatchet(make([]byte, 32)))
			h.rows = append(h.rows, forged)
		}, []audit.Fault{{Kind: audit.Forged, From: 501, To: 501}}},
		"added before the start": {func(h *house) { h.rows = append(h.rows, audit.Row{Seq: -5}) }, []audit.Fault{{Kind: audit.Forged, From: -5, To: -5}}},
		"added far ahead":        {func(h *house) { h.rows = append(h.rows, audit.Row{Seq: 1 << 62}) }, []audit.Fault{{Kind: audit.Forged, From: 1 << 62, To: 1 << 62}}},
		"anchor removed":         {func(h *house) { h.anchor = nil }, []audit.Fault{{Kind: audit.NoAnchor, From: 500, To: 500}}},
	} {
		t.Run(name, func(t *testing.T) {
			h := started(t, 500)
			c.do(h)
			v := h.verify(t)
			for i := range v.Faults {
				v.Faults[i].AtMs = 0
			}
			if v.Whole || !slices.Equal(v.Faults, c.want) || v.Found != int64(len(c.want)) {
				t.Errorf("found %+v, want %+v", v, c.want)
			}
		})
	}
}

// An end that was cut off and written on by the program itself: the anchor stays where it was, as the proof.
func TestACutEndIsNotHealedByWritingOn(t *testing.T) {
	h := started(t, 50)
	h.rows = h.rows[:40]
	h.restart()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.append(t, 25)
	advance(t, h)
	v := h.verify(t)
	if v.Whole || v.Found != 1 || v.Faults[0].Kind != audit.Replaced || v.Faults[0].From != 50 || h.anchor.Seq != 50 {
		t.Errorf("found %+v, the anchor is at %d", v, h.anchor.Seq)
	}
}

func TestAMissingAnchorIsNeverMadeAnew(t *testing.T) {
	h := started(t, 5)
	h.anchor = nil
	h.restart()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.append(t, 5)
	advance(t, h)
	if v := h.verify(t); h.anchor != nil || v.Whole || v.Faults[0].Kind != audit.NoAnchor {
		t.Errorf("the anchor is %+v, found %+v", h.anchor, v)
	}
}

// What an older Packbench wrote is sealed once, in its order, and an entry tells of it.
func TestEntriesOfBeforeAreSealedOnce(t *testing.T) {
	h := newHouse()
	h.append(t, 1234)
	for i := range h.rows {
		h.rows[i].Hash, h.rows[i].MAC = nil, nil
	}
	for range 2 {
		h.restart()
		if err := h.keeper().Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	v := h.verify(t)
	last := h.rows[len(h.rows)-1]
	if !v.Whole || v.Checked != 1235 || last.Action != "audit.start" || string(last.After) != `{"entries_before":1234}` || h.anchor.Seq != 1235 {
		t.Errorf("%+v; the last entry is %s %s, the anchor at %d", v, last.Action, last.After, h.anchor.Seq)
	}
}

// A start that was interrupted goes on where it was.
func TestASealingThatWasInterruptedGoesOn(t *testing.T) {
	h := newHouse()
	h.append(t, 1200)
	for i := range h.rows[700:] {
		h.rows[700+i].Hash, h.rows[700+i].MAC = nil, nil
	}
	h.anchor = &audit.Anchor{}
	h.restart()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(t); !v.Whole || v.Checked != 1201 {
		t.Errorf("%+v", v)
	}
}

// Sealed entries whose seal was taken off are not sealed again: that would hide the change.
func TestWhatWasSealedIsNotSealedAgain(t *testing.T) {
	h := started(t, 20)
	h.rows[19].Actor, h.rows[19].Hash, h.rows[19].MAC = "nobody", nil, nil
	h.restart()
	if err := h.keeper().Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v := h.verify(t); v.Whole || v.Faults[0].Kind != audit.Changed || v.Faults[0].From != 20 {
		t.Errorf("found %+v", v)
	}
}

func TestOldKeysAreErased(t *testing.T) {
	keys := audit.NewRatchet(bytes.Clone(firstKey))
	early, err := keys.MAC(1000, []byte("hash"))
	if err != nil {
		t.Fatal(err)
	}
	ahead, err := keys.MAC(2001, []byte("hash")) // not yet on the disk: earlier keys are still needed
	if err != nil {
		t.Fatal(err)
	}
	if again, err := keys.MAC(1000, []byte("hash")); err != nil || !bytes.Equal(again, early) || bytes.Equal(ahead, early) {
		t.Errorf("a look ahead changed the key: %v", err)
	}
	if err := keys.Forget(2001); err != nil {
		t.Fatal(err)
	}
	if got, err := keys.MAC(3000, []byte("hash")); err != nil || !bytes.Equal(got, ahead) {
		t.Errorf("rows 2001 to 3000 share no key: %v", err)
	}
	for _, seq := range []int64{1000, 2000, 0, -1, 1 << 60} {
		if _, err := keys.MAC(seq, []byte("hash")); !errs.Is(err, errs.Unavailable) {
			t.Errorf("entry %d got a MAC: %v", seq, err)
		}
	}
}

func TestRunMovesTheAnchorAndOnceMoreAtTheEnd(t *testing.T) {
	h := started(t, 3)
	h.append(t, 4)
	appended := make(chan struct{}, 1)
	appended <- struct{}{}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	h.keeper().Run(ctx, appended, func(err error) { t.Error(err) })
	if h.anchor.Seq != 7 {
		t.Errorf("the anchor is at %d", h.anchor.Seq)
	}
}
