package pdf

import (
	"fmt"
	"math"
	"strings"

	"github.com/boombuler/barcode/code128"
)

// Code128 is a barcode as its modules from left to right, true for a bar, without quiet zones.
type Code128 []bool

// EncodeCode128 encodes printable ASCII (ISO/IEC 15417).
func EncodeCode128(content string) (Code128, error) {
	if content == "" || len(content) > 80 || strings.IndexFunc(content, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
		return nil, fmt.Errorf("%q can't be a Code 128 barcode; it holds 1 to 80 letters, digits and signs of ASCII", content)
	}
	symbol, err := code128.Encode(content)
	if err != nil {
		return nil, fmt.Errorf("%q can't be a Code 128 barcode: %w", content, err)
	}
	modules := make(Code128, symbol.Bounds().Dx())
	for i := range modules {
		r, _, _, _ := symbol.At(i, 0).RGBA()
		modules[i] = r == 0
	}
	return modules, nil
}

// Widths of a barcode's module in millimetres: the smallest that printers of 203 dots to the inch
// draw evenly, two dots, and the widest that is of use.
const (
	smallestModule = 0.25
	widestModule   = 0.34
)

// Module gives the widest module, in whole dots, with which the bars fit into a width; 0 where only
// one would that is too small to be read. Lengths are millimetres.
func (m Code128) Module(width, dot float64) float64 {
	module := math.Floor(min(width/float64(len(m)), widestModule)/dot+1e-9) * dot
	if module < smallestModule-1e-9 {
		return 0
	}
	return module
}

// Bars gives the bars as rectangles, neighbouring modules joined. All sizes in millimetres.
func (m Code128) Bars(x, y, module, height float64) []Rect {
	bars := make([]Rect, 0, len(m)/3)
	for i := 0; i < len(m); i++ {
		from := i
		for i < len(m) && m[i] {
			i++
		}
		if i > from {
			bars = append(bars, Rect{x + float64(from)*module, y, float64(i-from) * module, height})
		}
	}
	return bars
}
