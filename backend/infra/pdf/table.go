package pdf

import (
	"strings"

	"packbench/backend/infra/typeset"
)

// column is a column of a table.
type column struct {
	title string
	width float64 // millimetres; 0 takes what is left
	right bool    // numbers stand at the right edge
	lines int     // as many as wanted; it may take more
	style typeset.Style
	ink   Ink
}

// table draws rows under a header that repeats on every page.
type table struct {
	w       *writer
	gutter  float64
	columns []column
	x       []float64 // left edge of each column
}

func newTable(w *writer, gutter float64, columns []column) *table {
	t := &table{w: w, gutter: gutter, columns: columns, x: make([]float64, len(columns))}
	left := w.sheet.content() - float64(len(columns)-1)*gutter
	for _, c := range columns {
		left -= c.width
	}
	x := w.sheet.left()
	for i := range t.columns {
		if t.columns[i].width == 0 {
			t.columns[i].width = left
		}
		t.x[i] = x
		x += t.columns[i].width + gutter
	}
	return t
}

// header is the block with the columns' titles.
func (t *table) header() block {
	w, s := t.w, t.w.sheet
	titles := make([]typeset.Block, len(t.columns))
	tallest := 0.0
	for i, c := range t.columns {
		// A title is better small than broken; each of two languages has its line.
		box := typeset.Box{Width: c.width, Lines: 1, Size: s.small, Smallest: smallest, Most: 4}
		if first, second, two := strings.Cut(c.title, " / "); two {
			box.Lines = 2
			titles[i] = typeset.Fit(first+"\n"+second, typeset.Regular, box)
		} else {
			titles[i] = w.own(c.title, typeset.Regular, box)
		}
		tallest = max(tallest, height(titles[i]))
	}
	return block{height: tallest + 1.6, draw: func(y float64) {
		for i, c := range t.columns {
			top := y + tallest - height(titles[i])
			if c.right {
				w.linesRight(t.x[i]+c.width, top, titles[i], s.second)
			} else {
				w.lines(t.x[i], top, titles[i], s.second)
			}
		}
		at := y + tallest + 1.6
		w.canvas.Line(s.left(), at, s.right(), at, s.rule, Black)
	}}
}

// cell is the content of one cell; under stands below it, smaller.
type cell struct {
	field, text       string
	underField, under string
}

// number draws a sum under a column of numbers, with its baseline at base.
func (t *table) number(i int, base float64, text string, style typeset.Style, ink Ink) {
	c := t.columns[i]
	box := typeset.Box{Width: c.width + t.gutter*0.8, Lines: 1, Size: t.w.sheet.body, Smallest: 4}
	set := typeset.Fit(text, style, box)
	t.w.linesRight(t.x[i]+c.width, base-ascent(set.Size), set, ink)
}

// row sets a row. What is too wide for its column wraps, then shrinks, and is cut only past the most
// lines any text may take; no number is that long.
func (t *table) row(cells []cell) block {
	w, s := t.w, t.w.sheet
	set := make([]typeset.Block, len(cells))
	under := make([]typeset.Block, len(cells))
	tallest := 0.0
	for i, c := range t.columns {
		if cells[i].text != "" {
			box := typeset.Box{Width: c.width, Lines: max(c.lines, 1), Size: s.body, Smallest: s.body - 1.5, Most: longest}
			if c.right {
				box.Smallest = s.body - 3 // a number is better small than broken
			}
			set[i] = w.fit(cells[i].field, cells[i].text, c.style, box)
		}
		if cells[i].under != "" {
			under[i] = w.fit(cells[i].underField, cells[i].under, typeset.Regular, typeset.Box{Width: c.width, Lines: 4, Size: s.small, Smallest: s.small - 1.5})
		}
		tallest = max(tallest, height(set[i])+height(under[i]))
	}
	return block{row: true, height: tallest + 2*s.pad, draw: func(y float64) {
		base := y + s.pad + ascent(s.body)
		for i, c := range t.columns {
			top := base - ascent(set[i].Size)
			if c.right {
				w.linesRight(t.x[i]+c.width, top, set[i], c.ink)
				w.linesRight(t.x[i]+c.width, top+height(set[i]), under[i], s.second)
				continue
			}
			down := w.lines(t.x[i], top, set[i], c.ink)
			w.lines(t.x[i], top+down, under[i], s.second)
		}
		at := y + tallest + 2*s.pad
		w.canvas.Line(s.left(), at, s.right(), at, s.hairline, s.lines)
	}}
}
