package sqldb

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawNumbers gives some numbers, ascending: few or crowded, in one block or across several.
func drawNumbers(t *rapid.T, name string) []int64 {
	highest := rapid.SampledFrom([]int64{700, blockSize, 3*blockSize + 5}).Draw(t, name+" up to")
	step := rapid.SampledFrom([]int64{1, 2, 97}).Draw(t, name+" step")
	var list []int64
	for n := rapid.Int64Range(1, 50).Draw(t, name+" from"); n <= highest; n += step {
		if n%7 != 0 || step == 1 {
			list = append(list, n)
		}
	}
	return list
}

func setOf(numbers []int64) set {
	var s set
	for _, n := range numbers {
		s.add(n)
	}
	return s
}

func TestSetsAreWhatTheirNumbersAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawNumbers(t, "a"), drawNumbers(t, "b")
		inB := func(n int64) bool { _, found := slices.BinarySearch(b, n); return found }
		var both, only []int64
		for _, n := range a {
			if inB(n) {
				both = append(both, n)
			} else {
				only = append(only, n)
			}
		}
		sa, sb := setOf(a), setOf(b)
		if got := countBoth(sa, sb); got != int64(len(both)) {
			t.Fatalf("%d in both, want %d", got, len(both))
		}
		and, less := setOf(a), setOf(a)
		and.and(sb)
		less.less(sb)
		for name, c := range map[string]struct {
			got  set
			want []int64
		}{"a": {sa, a}, "and": {and, both}, "less": {less, only}} {
			if got := c.got.above(0, 1<<20); !slices.Equal(got, c.want) {
				t.Fatalf("%s = %d numbers, want %d", name, len(got), len(c.want))
			}
			if c.got.count() != int64(len(c.want)) {
				t.Fatalf("%s counts %d, want %d", name, c.got.count(), len(c.want))
			}
		}
		at, limit := rapid.Int64Range(0, 4*blockSize).Draw(t, "at"), rapid.IntRange(1, 200).Draw(t, "limit")
		place, there := slices.BinarySearch(a, at)
		if sa.has(at) != there {
			t.Fatalf("has(%d) = %v", at, !there)
		}
		lower := slices.Clone(a[:place])
		slices.Reverse(lower)
		if got := sa.below(at, limit); !slices.Equal(got, lower[:min(limit, len(lower))]) {
			t.Fatalf("below %d: %v", at, got)
		}
		if there {
			place++
		}
		if got := sa.above(at, limit); !slices.Equal(got, a[place:][:min(limit, len(a)-place)]) {
			t.Fatalf("above %d: %v", at, got)
		}
	})
}

func TestBlocksAreReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var again set
		for place, block := range setOf(drawNumbers(t, "numbers")) {
			if block == nil {
				continue
			}
			if err := again.at(int64(place)).join(block.encode()); err != nil {
				t.Fatal(err)
			}
			if *again[place] != *block {
				t.Fatalf("block %d became another", place)
			}
			for n := range int64(blockSize) {
				block.remove(n)
			}
			if block.encode() != nil {
				t.Fatal("an empty block is written")
			}
		}
	})
	for name, text := range map[string][]byte{"odd": {1}, "too long": make([]byte, 1_030), "beyond": {0xff, 0xff}} {
		if err := new(members).join(text); err == nil {
			t.Errorf("%s: a damaged block is read", name)
		}
	}
}

func TestStretchesCoverASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := append(drawNumbers(t, "near"), 4*blockSize+drawNumbers(t, "far")[0])
		list := setOf(numbers).stretches()
		for i, s := range list {
			if i > 0 && s.least-list[i-1].most <= stretchGap {
				t.Fatalf("%v and %v are one stretch", list[i-1], s)
			}
		}
		for _, n := range numbers {
			if !slices.ContainsFunc(list, func(s stretch) bool { return s.least <= n && n <= s.most }) {
				t.Fatalf("%d lies in no stretch of %v", n, list)
			}
		}
		if last := len(list) - 1; list[0].least != numbers[0] || list[last].most != numbers[len(numbers)-1] {
			t.Fatalf("%v go beyond %d to %d", list, numbers[0], numbers[len(numbers)-1])
		}
	})
}
