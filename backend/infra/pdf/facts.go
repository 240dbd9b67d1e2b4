package pdf

import (
	"strings"

	"packbench/backend/infra/typeset"
)

// fact is a caption with its value.
type fact struct {
	field, caption, value string
}

// factRows lays facts side by side in the sheet's grid, between two rules; a page may end between two rows. Facts without
// a value are left out.
func (w *writer) factRows(facts []fact) []block {
	given := make([]fact, 0, len(facts))
	for _, f := range facts {
		if strings.TrimSpace(f.value) != "" {
			given = append(given, f)
		}
	}
	grid := w.sheet.grid()
	rows := make([]block, 0, (len(given)+len(grid)-1)/len(grid))
	for first := 0; first < len(given); first += len(grid) {
		end := min(first+len(grid), len(given))
		rows = append(rows, w.factRow(given[first:end], grid, first == 0, end == len(given)))
	}
	return rows
}

// factRow is one row of facts, their values on one line, with the rule above the first and below the last.
func (w *writer) factRow(facts []fact, grid []span, first, last bool) block {
	s := w.sheet
	captions, values := make([]typeset.Block, len(facts)), make([]typeset.Block, len(facts))
	caption, value := 0.0, 0.0
	for i, f := range facts {
		values[i] = w.fit(f.field, f.value, typeset.Regular, typeset.Box{Width: grid[i].width, Lines: 1, Size: s.body, Smallest: s.body - 1.5, Most: 6})
		captions[i] = w.caption(f.caption, grid[i].width)
		caption, value = max(caption, height(captions[i])), max(value, height(values[i]))
	}
	above, below, after := 0.6*s.pad, 0.6*s.pad, 0.0
	if first {
		above = s.pad
	}
	if last {
		below, after = s.pad, s.gap
	}
	tall := above + caption + value + below
	return block{height: tall + after, draw: func(y float64) {
		if first {
			w.canvas.Line(s.left(), y, s.right(), y, s.hairline, s.lines)
		}
		for i := range facts {
			w.label(grid[i].x, y+above+caption-height(captions[i]), captions[i])
			w.lines(grid[i].x, y+above+caption, values[i], Black)
		}
		if last {
			w.canvas.Line(s.left(), y+tall, s.right(), y+tall, s.hairline, s.lines)
		}
	}}
}
