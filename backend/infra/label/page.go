package label

import (
	"sync"

	"packbench/backend/core/courier"
	"packbench/backend/infra/typeset"
)

// page is a label laid out: what every canvas draws. All places are in dots of its stock, from the upper left corner.
type page struct {
	stock
	title     string
	createdMs int64
	rects     []rect
	texts     []text
	address   int // from which of texts on they are the recipient's, which a canvas draws all in one font
	symbol    placedSymbol
	warnings  []courier.Warning
	lines     []typeset.Line // room for the lines of texts that need no wrapping
}

// Pages are used again: a busy server draws thousands a second.
var pages = sync.Pool{New: func() any { return new(page) }}

func newPage(s stock) *page {
	p := pages.Get().(*page)
	p.stock = s
	return p
}

// release gives the page back, emptied of what people wrote.
func (p *page) release() {
	clear(p.texts)
	clear(p.lines)
	*p = page{rects: p.rects[:0], texts: p.texts[:0], lines: p.lines[:0], symbol: placedSymbol{symbol: symbol{runs: p.symbol.runs[:0]}}}
	pages.Put(p)
}

// line keeps a line and gives it as a list of one.
func (p *page) line(line typeset.Line) []typeset.Line {
	p.lines = append(p.lines, line)
	n := len(p.lines)
	return p.lines[n-1 : n : n]
}

// rect is a filled black rectangle.
type rect struct{ x, y, width, height int }

// text is one line of text.
type text struct {
	line  typeset.Line
	size  typeset.Points
	x     int // of the left edge of the box it is aligned in
	width int // of that box; the line is no wider
	y     int // of the baseline
	align align
	white bool // white on black: a rect lies under it
}

type align uint8

const (
	left align = iota
	centre
	right
)

// placedSymbol is a symbol with the place of its first bar.
type placedSymbol struct {
	symbol
	x, y   int
	module int // dots
	height int
}

// start gives where a text begins, in dots, when it is drawn with our own fonts.
func (t *text) start(s stock) float64 {
	free := float64(t.width) - t.line.Width(t.size)/s.dot()
	switch t.align {
	case centre:
		return float64(t.x) + free/2
	case right:
		return float64(t.x) + free
	}
	return float64(t.x)
}

// bars calls draw with the left edge and width in dots of each bar.
func (s *placedSymbol) bars(draw func(x, width int)) {
	x := s.x
	for i, run := range s.runs {
		width := int(run) * s.module
		if i%2 == 0 {
			draw(x, width)
		}
		x += width
	}
}
