package pdf

import (
	"fmt"
	"strings"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/infra/typeset"
)

// writer sets the text of one document and notes what could not be set as it was given.
type writer struct {
	canvas   *Canvas
	sheet    sheet
	prefix   string // of field paths in warnings
	warnings []courier.Warning
}

// longest is the most lines any one text may take: past that it is no use to a reader.
const longest = 12

// fit sets text that came from outside, from the named field.
func (w *writer) fit(field, text string, style typeset.Style, box typeset.Box) typeset.Block {
	block := typeset.Fit(text, style, box)
	for i := range block.Lines {
		if line := &block.Lines[i]; len(line.Missing) > 0 || len(line.Removed) > 0 {
			w.report(field, block)
			break
		}
	}
	if block.Cut {
		w.warn(field, "the text is too long for its place; its end was left out and “…” stands there. Shorten it to see all of it.")
	}
	return block
}

func (w *writer) report(field string, block typeset.Block) {
	for _, r := range block.Missing() {
		w.warn(field, "the character %s is in none of the fonts and is printed as an empty box; write it in another way", describe(r))
	}
	for _, r := range block.Removed() {
		w.warn(field, "the control character U+%04X can't be printed and was left out", r)
	}
}

func describe(r rune) string { return fmt.Sprintf("“%c” (U+%04X)", r, r) }

func (w *writer) warn(field, format string, args ...any) {
	w.warnings = append(w.warnings, courier.Warning{Field: w.prefix + field, Message: fmt.Sprintf(format, args...)})
}

// set is for the documents' own words.
func (w *writer) set(text string, style typeset.Style) typeset.Line { return typeset.Set(text, style) }

// label draws a small caption and gives its height.
func (w *writer) label(x, y float64, text string) float64 {
	w.canvas.Text(x, y+ascent(w.sheet.small), w.set(text, typeset.Regular), w.sheet.small, w.sheet.second)
	return leading(w.sheet.small)
}

// lines draws a block of text and gives its height.
func (w *writer) lines(x, y float64, block typeset.Block, ink Ink) float64 {
	for i, line := range block.Lines {
		w.canvas.Text(x, y+ascent(block.Size)+float64(i)*leading(block.Size), line, block.Size, ink)
	}
	return height(block)
}

// linesRight is lines with the right edge at x.
func (w *writer) linesRight(x, y float64, block typeset.Block, ink Ink) {
	for i, line := range block.Lines {
		w.canvas.TextRight(x, y+ascent(block.Size)+float64(i)*leading(block.Size), line, block.Size, ink)
	}
}

func height(block typeset.Block) float64 { return float64(len(block.Lines)) * leading(block.Size) }

// address sets an address; the first line, the name, is bold. from is the country that need not be
// named.
func (w *writer) address(field string, a postal.Address, from string, width float64, size typeset.Points) []typeset.Block {
	style := typeset.Regular
	if a.CountryISO == "JP" {
		style |= typeset.Japanese
	}
	lines := a.Lines(from)
	blocks := make([]typeset.Block, 0, len(lines)+4)
	for i, line := range lines {
		box := typeset.Box{Width: width, Lines: 2, Size: size, Smallest: size - 1.5, Most: 4}
		if i == 0 {
			blocks = append(blocks, w.fit(field+addressField(a, line), line, style|typeset.Bold, box))
			continue
		}
		blocks = append(blocks, w.fit(field+addressField(a, line), line, style, box))
	}
	return blocks
}

// addressField finds the field that a line of an address came from. City and postcode share one.
func addressField(a postal.Address, line string) string {
	for _, f := range [...]struct{ name, value string }{
		{".name", a.Name}, {".company_name", a.CompanyName}, {".address_1", a.Address1}, {".address_2", a.Address2},
		{".address_3", a.Address3}, {".county", a.County},
	} {
		if f.value != "" && strings.TrimSpace(f.value) == line {
			return f.name
		}
	}
	return ".city"
}

// stack draws blocks under each other and gives their height.
func (w *writer) stack(x, y float64, blocks []typeset.Block) float64 {
	from := y
	for _, b := range blocks {
		y += w.lines(x, y, b, Black)
	}
	return y - from
}

func stackHeight(blocks []typeset.Block) (sum float64) {
	for _, b := range blocks {
		sum += height(b)
	}
	return sum
}
