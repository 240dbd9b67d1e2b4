package label

import (
	"image/color"

	"github.com/boombuler/barcode/code128"

	"packbench/backend/base/errs"
)

// The measures of symbols, from the GS1 General Specifications for logistic units; other Code 128 symbols keep them too.
const (
	quietZone = 10    // modules of white to the left and right
	barHeight = 32.5  // mm; at least 31.75 for an SSCC
	widestBar = 1.016 // mm, of one module
)

// symbol is a Code 128 or GS1-128 symbol.
type symbol struct {
	code    string
	sscc    bool
	modules int     // width without quiet zones
	runs    []uint8 // widths in modules of bar, space, bar …; a bar at both ends
}

// encode makes the symbol of a checked tracking code. For an SSCC it is GS1-128: FNC1 after the start, then AI (00).
// The runs are appended to room.
func encode(code string, sscc bool, room []uint8) (symbol, error) {
	content := code
	if sscc {
		content = string(code128.FNC1) + "00" + code
	}
	bars, err := code128.Encode(content)
	if err != nil {
		return symbol{}, errs.Wrap(err, errs.Invalid, "The tracking code can't be made into a barcode.")
	}
	s := symbol{code: code, sscc: sscc, modules: bars.Bounds().Dx(), runs: room}
	dark, run := true, uint8(0)
	for x := 0; x < s.modules; x++ {
		if (bars.At(x, 0) == color.Black) != dark {
			s.runs = append(s.runs, run)
			dark, run = !dark, 0
		}
		run++
	}
	s.runs = append(s.runs, run)
	return s, nil
}

// module gives the width of a module in dots: as wide as fits between the margins with both quiet zones.
func (s symbol) module(stock stock, margin int) int {
	fits := (stock.width - 2*margin) / (s.modules + 2*quietZone)
	return min(fits, int(widestBar/stock.dot()))
}

// readable gives the text under the bars, in groups that can be read aloud. An SSCC is parted as on most pallets:
// extension digit, seven digits of the company prefix, the rest, check digit.
func (s symbol) readable() string {
	if s.sscc {
		return "(00) " + s.code[:1] + " " + s.code[1:8] + " " + s.code[8:17] + " " + s.code[17:]
	}
	out := make([]byte, 0, 2*len(s.code))
	for i := 0; i < len(s.code); {
		end := i + 1
		for end < len(s.code) && isDigit(s.code[end]) == isDigit(s.code[i]) {
			end++
		}
		out = appendGroups(out, s.code[i:end])
		i = end
	}
	return string(out)
}

// appendGroups appends a run of only digits, in fours or threes, or of no digits, whole.
func appendGroups(out []byte, run string) []byte {
	size := len(run)
	if isDigit(run[0]) && len(run) > 5 {
		size = 4
		if len(run)%4 == 1 || len(run)%3 == 0 && len(run)%4 != 0 {
			size = 3
		}
	}
	for i := 0; i < len(run); i += size {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, run[i:min(i+size, len(run))]...)
	}
	return out
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
