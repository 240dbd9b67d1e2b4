package pdf

import (
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// sheet is a paper with the measures that suit it; it is never changed. Lengths are millimetres, type sizes points.
type sheet struct {
	width, height float64
	margin        float64 // left and right
	top, bottom   float64 // bottom is where the content ends; the footer stands below it
	gap           float64 // between blocks
	gutter        float64 // between columns
	pad           float64 // above and below the text of a table row

	title, strong, body, small typeset.Points

	hairline, rule float64
	second         Ink     // labels and what matters less
	lines          Ink     // hairlines
	dot            float64 // of the printers it is meant for; bars are whole dots
	bars           float64 // height of the barcode
	stacked        bool    // too narrow for an invoice's columns: some stand under others
	narrow         bool    // room for little: an article's number stands under its description
}

// Sheets by paper. 4 × 6 in is printed by label printers, which have no grey: black only, lines and
// bars of whole dots at 203 dpi.
var sheets = map[document.Paper]*sheet{
	document.PaperA4: {
		width: 210, height: 297, margin: 18, top: 16, bottom: 17, gap: 6, gutter: 6, pad: 1.35,
		title: 21, strong: 11, body: 9, small: 7.5,
		hairline: 0.15, rule: 0.35, second: Grey, lines: Hairline, dot: 25.4 / 600, bars: 11,
	},
	document.PaperLetter: {
		width: 215.9, height: 279.4, margin: 18, top: 16, bottom: 17, gap: 6, gutter: 6, pad: 1.35,
		title: 21, strong: 11, body: 9, small: 7.5,
		hairline: 0.15, rule: 0.35, second: Grey, lines: Hairline, dot: 25.4 / 600, bars: 11,
	},
	document.PaperA5: {
		width: 148, height: 210, margin: 12, top: 11, bottom: 14, gap: 4.5, gutter: 4, pad: 1.3,
		title: 16, strong: 10, body: 8.5, small: 7,
		hairline: 0.15, rule: 0.35, second: Grey, lines: Hairline, dot: 25.4 / 600, bars: 9, stacked: true,
	},
	document.Paper4x6: {
		width: 101.6, height: 152.4, margin: 5, top: 5, bottom: 11, gap: 3, gutter: 3, pad: 0.9,
		title: 13, strong: 10, body: 8, small: 6.5,
		hairline: 0.125, rule: 0.375, second: Black, lines: Black, dot: 25.4 / 203.2, bars: 9, stacked: true, narrow: true,
	},
}

func sheetOf(paper document.Paper) *sheet {
	if s, ok := sheets[paper]; ok {
		return s
	}
	return sheets[document.PaperA4]
}

func (s *sheet) left() float64    { return s.margin }
func (s *sheet) right() float64   { return s.width - s.margin }
func (s *sheet) content() float64 { return s.width - 2*s.margin }
func (s *sheet) end() float64     { return s.height - s.bottom }

// span is a piece of a line from left to right.
type span struct{ x, width float64 }

// grid gives the columns that everything above the table stands in.
func (s *sheet) grid() []span {
	shares := []float64{1. / 3, 1. / 3, 1. / 3}
	if s.narrow {
		shares = []float64{0.56, 0.44}
	}
	room := s.content() - float64(len(shares)-1)*s.gutter
	spans, x := make([]span, len(shares)), s.left()
	for i, share := range shares {
		spans[i] = span{x, room * share}
		x += room*share + s.gutter
	}
	return spans
}

// leading gives the distance between baselines at a type size, in millimetres. ascent is where the
// first baseline stands under the top of its line.
func leading(size typeset.Points) float64 { return size * 1.32 * typeset.MillimetresPerPoint }
func ascent(size typeset.Points) float64  { return size * 1.0 * typeset.MillimetresPerPoint }
