package pdf

import (
	"strings"

	"packbench/backend/infra/typeset"
)

// column is a column of a table.
type column struct {
	title string
	under string  // what stands under the cells' text, where it is more than a note
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
	titles, under := make([]typeset.Block, len(t.columns)), make([]typeset.Block, len(t.columns))
	tallest := 0.0
	for i, c := range t.columns {
		titles[i] = t.title(c.title, c.width)
		if c.under != "" {
			under[i] = t.title(c.under, c.width)
		}
		tallest = max(tallest, height(titles[i])+height(under[i]))
	}
	return block{height: tallest + 1.6, draw: func(y float64) {
		for i, c := range t.columns {
			top := y + tallest - height(titles[i]) - height(under[i])
			if c.right {
				w.linesRight(t.x[i]+c.width, top, titles[i], s.second)
				w.linesRight(t.x[i]+c.width, top+height(titles[i]), under[i], s.second)
				continue
			}
			down := w.lines(t.x[i], top, titles[i], s.second)
			w.lines(t.x[i], top+down, under[i], s.second)
		}
		at := y + tallest + 1.6
		w.canvas.Line(s.left(), at, s.right(), at, s.rule, Black)
	}}
}

// title sets a title, which is better small than broken. Each of two languages has its line; a list of several titles wraps.
func (t *table) title(text string, width float64) typeset.Block {
	box := typeset.Box{Width: width, Lines: 1, Size: t.w.sheet.small, Smallest: smallest, Most: 4}
	first, second, two := strings.Cut(text, " / ")
	switch {
	case strings.Contains(text, " · "):
		box.Lines = 2
	case two:
		box.Lines, text = 2, first+"\n"+second
	}
	return t.w.own(text, typeset.Regular, box)
}

// cell is the content of one cell; what stands under it is smaller, each part on a line of its own.
type cell struct {
	part
	under []part
}

// part is a text with the field of its line that it came from.
type part struct{ field, text string }

// number draws a sum under a column of numbers, with its baseline at base.
func (t *table) number(i int, base float64, text string, style typeset.Style, ink Ink) {
	c := t.columns[i]
	box := typeset.Box{Width: c.width + t.gutter*0.25, Lines: 1, Size: t.w.sheet.body, Smallest: 4}
	set := t.w.own(text, style, box)
	t.w.linesRight(t.x[i]+c.width, base-ascent(set.Size), set, ink)
}

// row sets the row of a line of the document, counted from 0. What is too wide for its column wraps, then shrinks, and is
// cut only past the most lines any text may take; no number is that long.
func (t *table) row(line int, cells []cell) block {
	w, s := t.w, t.w.sheet
	w.line = line + 1
	defer func() { w.line = 0 }()
	set := make([]setCell, len(cells))
	tallest := 0.0
	for i := range cells {
		set[i] = t.set(&t.columns[i], &cells[i])
		tallest = max(tallest, set[i].height)
	}
	return block{row: true, height: tallest + 2*s.pad, draw: func(y float64) {
		base := y + s.pad + ascent(s.body)
		for i := range set {
			t.draw(i, base, &set[i])
		}
		at := y + tallest + 2*s.pad
		w.canvas.Line(s.left(), at, s.right(), at, s.hairline, s.lines)
	}}
}

// setCell is a cell with its text set.
type setCell struct {
	text   typeset.Block
	under  []typeset.Block
	height float64
}

func (t *table) set(c *column, content *cell) (set setCell) {
	s := t.w.sheet
	if content.text != "" {
		box := typeset.Box{Width: c.width, Lines: max(c.lines, 1), Size: s.body, Smallest: s.body - 1.5, Most: longest}
		if c.right {
			box.Smallest = s.body - 3 // a number is better small than broken
		}
		set.text = t.w.fit(content.field, content.text, c.style, box)
		set.height = height(set.text)
	}
	for _, p := range content.under {
		if p.text == "" {
			continue
		}
		below := t.w.fit(p.field, p.text, typeset.Regular, typeset.Box{Width: c.width, Lines: 4, Size: s.small, Smallest: s.small - 1.5})
		set.under = append(set.under, below)
		set.height += height(below)
	}
	return set
}

// draw draws a cell of column i with the baseline of its first line at base.
func (t *table) draw(i int, base float64, set *setCell) {
	c := &t.columns[i]
	y, ink, block := base-ascent(set.text.Size), c.ink, set.text
	for next := 0; ; next++ {
		if c.right {
			t.w.linesRight(t.x[i]+c.width, y, block, ink)
		} else {
			t.w.lines(t.x[i], y, block, ink)
		}
		if next == len(set.under) {
			return
		}
		if y += height(block); c.under == "" {
			ink = t.w.sheet.second
		}
		block = set.under[next]
	}
}
