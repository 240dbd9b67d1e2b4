package pdf

import (
	"strings"

	"packbench/backend/infra/typeset"
)

// fact is a caption with its value.
type fact struct {
	field, caption, value string
}

// factsBlock lays facts side by side in the sheet's grid, between two rules. Facts without a value
// are left out.
func (w *writer) factsBlock(facts []fact) block {
	s := w.sheet
	grid := s.grid()
	var given []fact
	var captions, values []typeset.Block
	var rows []float64 // heights
	for _, f := range facts {
		if strings.TrimSpace(f.value) == "" {
			continue
		}
		column := len(given) % len(grid)
		if column == 0 {
			rows = append(rows, 0)
		}
		value := w.fit(f.field, f.value, typeset.Regular, typeset.Box{Width: grid[column].width, Lines: 1, Size: s.body, Smallest: s.body - 1.5, Most: 6})
		caption := w.caption(f.caption, grid[column].width)
		given, captions, values = append(given, f), append(captions, caption), append(values, value)
		rows[len(rows)-1] = max(rows[len(rows)-1], height(caption)+height(value))
	}
	if len(given) == 0 {
		return block{}
	}
	between := 1.2 * s.pad
	tall := 2*s.pad + between*float64(len(rows)-1)
	for _, row := range rows {
		tall += row
	}
	return block{height: tall + s.gap, draw: func(y float64) {
		w.canvas.Line(s.left(), y, s.right(), y, s.hairline, s.lines)
		w.canvas.Line(s.left(), y+tall, s.right(), y+tall, s.hairline, s.lines)
		top := y + s.pad
		for i := range given {
			column := i % len(grid)
			if i > 0 && column == 0 {
				top += rows[i/len(grid)-1] + between
			}
			down := w.label(grid[column].x, top, captions[i])
			w.lines(grid[column].x, top+down, values[i], Black)
		}
	}}
}
