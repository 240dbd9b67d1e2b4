package ownfleet

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCheckDigit: numbers from GS1's examples and from another program (zint).
func TestCheckDigit(t *testing.T) {
	for digits, want := range map[string]byte{
		"34012345000000001": '7', // SSCC
		"10614141234567890": '8', // SSCC
		"05012345000000001": '5', // SSCC
		"950110153000":      '3', // GTIN-13
		"629104150021":      '3', // GTIN-13
		"00000000000000000": '0',
	} {
		if got := checkDigit(digits); got != want {
			t.Errorf("%s: %c, want %c", digits, got, want)
		}
	}
}

func digits(t *rapid.T) string {
	return rapid.StringMatching(`[0-9]{17}`).Draw(t, "digits")
}

func right(number string) bool {
	last := len(number) - 1
	return checkDigit(number[:last]) == number[last]
}

func TestEveryWrongDigitIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := digits(t)
		number := body + string(checkDigit(body))
		at := rapid.IntRange(0, len(number)-1).Draw(t, "place")
		for d := byte('0'); d <= '9'; d++ {
			changed := number[:at] + string(d) + number[at+1:]
			if right(changed) != (d == number[at]) {
				t.Fatalf("%s → %s", number, changed)
			}
		}
	})
}

// TestMostSwapsAreFound: of two neighbours swapped, all but those that differ by five, as the weights 3 and 1 have it.
func TestMostSwapsAreFound(t *testing.T) {
	found, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		body := digits(t)
		number := []byte(body + string(checkDigit(body)))
		at := rapid.IntRange(0, len(number)-2).Draw(t, "place")
		a, b := number[at], number[at+1]
		if a == b {
			t.Skip("nothing to see")
		}
		number[at], number[at+1] = b, a
		all++
		if !right(string(number)) {
			found++
		} else if a-b != 5 && b-a != 5 {
			t.Fatalf("%c and %c swapped at %d of %s", a, b, at, number)
		}
	})
	if found*100 < all*80 {
		t.Errorf("only %d of %d swaps were found", found, all)
	}
}

func TestSSCC(t *testing.T) {
	cases := []struct {
		prefix string
		n      int64
		want   string
	}{
		{"4012345", 3_000_000_001, "340123450000000017"},
		{"5012345", 1, "050123450000000015"},
		{"5012345678", 9_999_999, "95012345678999999"},
	}
	for _, c := range cases {
		got := sscc(c.prefix, c.n)
		if len(got) != 18 || !right(got) || !strings.HasPrefix(got, c.want) {
			t.Errorf("sscc(%s, %d) = %s, want %s", c.prefix, c.n, got, c.want)
		}
	}
}

// TestCodesAreAllDifferent: two serials of one run never make one code, whatever the run.
func TestCodesAreAllDifferent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := map[string]string{}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 1:
			fields[fieldSSCC] = rapid.StringMatching(`[0-9]{7,10}`).Draw(t, "prefix")
		case 2:
			first := rapid.Int64Range(0, 1<<40).Draw(t, "first")
			fields[fieldFrom], fields[fieldTo] = fmt.Sprint(first), fmt.Sprint(first+rapid.Int64Range(2, 1<<20).Draw(t, "more"))
			fields[fieldPrefix] = rapid.StringMatching(`[A-Z0-9-]{0,10}`).Draw(t, "number prefix")
		}
		r, err := runOf(func(key string) string { return fields[key] })
		if err != nil {
			t.Fatal(err)
		}
		a := rapid.Int64Range(r.series.First, r.series.Last-1).Draw(t, "a")
		b := rapid.Int64Range(a+1, r.series.Last).Draw(t, "b")
		if r.code(a) == r.code(b) || len(r.code(a)) != len(r.code(b)) {
			t.Fatalf("%d and %d: %s, %s", a, b, r.code(a), r.code(b))
		}
	})
}
