package label

import (
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"
	"testing"

	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// variant is one way a label can come out.
type variant struct {
	script  string
	size    courier.Size
	dpi     int
	sscc    bool
	testing bool
}

func (v variant) String() string {
	code, mode := map[bool]string{true: "SSCC", false: "Code128"}[v.sscc], map[bool]string{true: "test", false: "live"}[v.testing]
	return fmt.Sprintf("%s/%s/%d/%s/%s", v.script, v.size, v.dpi, code, mode)
}

func (v variant) label() document.Label {
	l := inScript(v.script)
	l.SSCC, l.Testing = v.sscc, v.testing
	if !v.sscc {
		l.TrackingCode = "OF-00012345"
	}
	return l
}

// read is what a scanner says of the label.
func (v variant) read() string {
	if v.sscc {
		return "CODE-128 GS1 00" + v.label().TrackingCode
	}
	return "CODE-128 " + v.label().TrackingCode
}

// variants gives every size, resolution, kind of code and mode with one script, and every other script with these taken in
// turn.
func variants() []variant {
	var all []variant
	turn := func(script string, i int) variant {
		size, dpi := courier.Size4x6, 203
		if i&1 == 1 {
			size = courier.SizeA6
		}
		if i&2 == 2 {
			dpi = 300
		}
		return variant{script, size, dpi, i&4 == 0, i&8 == 0}
	}
	for i := range 16 {
		all = append(all, turn("Latin-1", i))
	}
	for i, script := range slices.Sorted(maps.Keys(scripts)) {
		if script != "Latin-1" {
			all = append(all, turn(script, i*7)) // 7 and 16 have no common divisor
		}
	}
	return all
}

func drawn(t *testing.T, l document.Label, format courier.Format, size courier.Size, dpi int) []byte {
	t.Helper()
	file, _, err := Drawer{}.DrawLabels(t.Context(), []document.Label{l}, format, size, dpi)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func laidOut(t *testing.T, l document.Label, size courier.Size, dpi int) *page {
	t.Helper()
	s, err := stockOf(size, dpi)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{stock: s}
	if err := compose(p, &l); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryLabelScans(t *testing.T) {
	for _, v := range variants() {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			l := v.label()
			p := laidOut(t, l, v.size, v.dpi)
			t.Run("PNG", func(t *testing.T) {
				file := drawn(t, l, courier.PNG, v.size, v.dpi)
				wantScan(t, write(t, "label.png", file), v.read())
				wantBars(t, picture(t, file), p)
			})
			t.Run("ZPL", func(t *testing.T) {
				labels := printed(t, drawn(t, l, courier.ZPL, v.size, v.dpi), p.stock)
				if len(labels) != 1 {
					t.Fatalf("%d labels were printed", len(labels))
				}
				wantScan(t, write(t, "label.png", labels[0]), v.read())
				wantBars(t, picture(t, labels[0]), p)
			})
			t.Run("PDF", func(t *testing.T) {
				file := write(t, "label.pdf", drawn(t, l, courier.PDF, v.size, v.dpi))
				run(t, "qpdf", "--check", file)
				for _, dpi := range []int{203, 300} {
					for _, smooth := range []bool{false, true} {
						if v.script != "Latin-1" && (dpi != v.dpi || smooth) {
							continue // says nothing new
						}
						sheet := rasterise(t, file, dpi, smooth)
						wantScan(t, sheet, v.read())
						if dpi == v.dpi {
							wantBars(t, greyMap(t, sheet), p)
						}
					}
				}
			})
		})
	}
}

// Marks heaped on a letter reach far below its line, but never into the bars.
func TestNothingReachesIntoTheBars(t *testing.T) {
	l := sample()
	l.Instructions = strings.Repeat("q"+strings.Repeat("\u0323\u0331", 15)+" ", 8)
	p := laidOut(t, l, courier.Size4x6, 203)
	sheet := rasterise(t, write(t, "label.pdf", drawn(t, l, courier.PDF, courier.Size4x6, 203)), 203, false)
	wantBars(t, greyMap(t, sheet), p)
	wantBars(t, picture(t, drawn(t, l, courier.PNG, courier.Size4x6, 203)), p)
}

func wantScan(t *testing.T, path, want string) {
	t.Helper()
	if got := scan(t, path); len(got) != 1 || got[0] != want {
		t.Errorf("scanned %q, want only %q", got, want)
	}
}

// wantBars measures rows of dots through the symbol: every bar and space is as wide as its modules in whole dots and
// stands where it was laid, with its quiet zones white.
func wantBars(t *testing.T, img image.Image, p *page) {
	t.Helper()
	s := p.symbol
	widths := []int{quietZone * s.module}
	for _, modules := range s.runs {
		widths = append(widths, int(modules)*s.module)
	}
	widths = append(widths, quietZone*s.module)
	for y := s.y + 1; y < s.y+s.height-1; y += 11 {
		x := s.x - quietZone*s.module
		for i, width := range widths {
			for end := x + width; x < end; x++ {
				if dark(img, x, y) != (i%2 == 1) {
					t.Fatalf("dot %d of row %d has the wrong colour: run %d of %v begins or ends in another place", x, y, i, widths)
				}
			}
		}
	}
}
