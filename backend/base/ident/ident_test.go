package ident

import (
	"regexp"
	"sync"
	"testing"
	"time"
)

var form = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

var start = time.UnixMilli(0x0198_0000_0000)

func TestFormAndTime(t *testing.T) {
	id := New(start.Add(time.Hour))
	if !form.MatchString(id) || !Valid(id) || id[:13] != "01980036-ee80" {
		t.Fatalf("%s is no UUIDv7 of its moment", id)
	}
}

func TestIdsSortInTheOrderTheyWereMade(t *testing.T) {
	at := start.Add(24 * time.Hour)
	before := New(at)
	for i := range 5000 {
		switch {
		case i%7 == 3:
			at = at.Add(time.Millisecond)
		case i%11 == 5:
			at = at.Add(-9 * time.Millisecond) // the clock steps back a little
		}
		id := New(at)
		if id <= before || !form.MatchString(id) {
			t.Fatalf("%s comes after %s", id, before)
		}
		before = id
	}
}

func TestAClockSetBackIsFollowed(t *testing.T) {
	New(start.AddDate(10, 0, 0)) // a clock that ran far ahead for a moment
	if id := New(start); id[:13] != "01980000-0000" {
		t.Fatalf("%s is not of its moment", id)
	}
}

func TestNextCarries(t *testing.T) {
	const variant, full = 1 << 63, 1<<62 - 1
	for name, c := range map[string]struct{ high, low, step, wantHigh, wantLow uint64 }{
		"plain":          {5<<16 | 0x7001, variant | 7, 3, 5<<16 | 0x7001, variant | 10},
		"into rand_a":    {5<<16 | 0x7001, variant | full, 1, 5<<16 | 0x7002, variant},
		"into the time":  {5<<16 | 0x7fff, variant | full, 2, 6<<16 | 0x7000, variant | 1},
		"to the last id": {5<<16 | 0x7fff, variant | full - 1, 1, 5<<16 | 0x7fff, variant | full},
	} {
		if high, low := next(c.high, c.low, c.step); high != c.wantHigh || low != c.wantLow {
			t.Errorf("%s: got %x %x, want %x %x", name, high, low, c.wantHigh, c.wantLow)
		}
	}
}

func TestManyAtOnceAreAllDifferent(t *testing.T) {
	const each = 2000
	lists := make([][]string, 8)
	var all sync.WaitGroup
	for i := range lists {
		all.Go(func() {
			for range each {
				lists[i] = append(lists[i], New(start.Add(48*time.Hour)))
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, list := range lists {
		for i, id := range list {
			if seen[id] || i > 0 && id <= list[i-1] {
				t.Fatalf("%s was given twice or out of order", id)
			}
			seen[id] = true
		}
	}
}

func TestValid(t *testing.T) {
	good := New(start)
	for name, id := range map[string]string{
		"empty": "", "short": good[:35], "long": good + "0", "capitals": "0198FFFF" + good[8:], "no hyphens": "0" + good[:8] + "0" + good[9:35],
		"a letter too far": "g" + good[1:], "hyphen elsewhere": good[:7] + "-" + good[8:],
	} {
		if Valid(id) {
			t.Errorf("%s: %q passes", name, id)
		}
	}
	if !Valid(good) {
		t.Errorf("%q does not pass", good)
	}
}

func FuzzValid(f *testing.F) {
	f.Add(New(start))
	f.Fuzz(func(t *testing.T, s string) {
		hyphens := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
		if Valid(s) != hyphens.MatchString(s) {
			t.Fatalf("Valid(%q) is %t", s, Valid(s))
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(start)
	}
}
