package label

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// unpackRow reads a row as a printer does.
func unpackRow(t *rapid.T, packed []byte, width int) []byte {
	var digits strings.Builder
	count := 0
	for _, c := range packed {
		switch {
		case c == ',':
			digits.WriteString(strings.Repeat("0", 2*width-digits.Len()))
		case c >= 'G' && c <= 'Y':
			count += int(c-'G') + 1
		case c >= 'g' && c <= 'z':
			count += 20 * (int(c-'g') + 1)
		default:
			digits.WriteString(strings.Repeat(string(c), max(count, 1)))
			count = 0
		}
	}
	row, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatalf("%s: %v", packed, err)
	}
	return row
}

func TestRowsUnpackToThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var row []byte
		for range rapid.IntRange(1, 6).Draw(t, "runs") {
			run := bytes.Repeat([]byte{rapid.Byte().Draw(t, "byte")}, rapid.SampledFrom([]int{1, 2, 9, 10, 20, 199, 200, 201, 450}).Draw(t, "count"))
			row = append(row, run...)
		}
		packed := appendRow(nil, row)
		if got := unpackRow(t, packed, len(row)); !bytes.Equal(got, row) {
			t.Fatalf("%x became %s, which is %x", row, packed, got)
		}
	})
}

func TestInkIsAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBitmap(rapid.IntRange(1, 60).Draw(t, "width"), rapid.IntRange(1, 20).Draw(t, "height"))
		dots := 0
		for range rapid.IntRange(0, 4).Draw(t, "dots") {
			b.fill(rect{rapid.IntRange(0, b.width-1).Draw(t, "x"), rapid.IntRange(0, b.height-1).Draw(t, "y"), 1, 1})
			dots++
		}
		area := b.ink()
		if (area.width == 0) != (dots == 0) {
			t.Fatalf("%d dots lie in %+v", dots, area)
		}
		for y := range b.height {
			for i, eight := range b.row(y) {
				inside := y >= area.y && y < area.y+area.height && i*8 >= area.x && i*8 < area.x+area.width
				if eight != 0 && !inside {
					t.Fatalf("a dot in byte %d of row %d lies outside %+v", i, y, area)
				}
			}
		}
	})
}
