package pdf

import (
	"fmt"
	"strings"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// surface is what documents are drawn on: the pages of a file, or of a picture. Lengths are millimetres.
type surface interface {
	AddPage(width, height float64)
	Pages() int
	Text(x, y float64, line typeset.Line, size typeset.Points, ink Ink)
	TextRight(x, y float64, line typeset.Line, size typeset.Points, ink Ink)
	FillRect(x, y, width, height float64, ink Ink)
	FillRects(rects []Rect, ink Ink)
	StrokeRect(r Rect, line float64, ink Ink)
	Line(x1, y1, x2, y2, width float64, ink Ink)
	Image(picture *Image, r Rect)
}

// writer sets the text of one document and notes what could not be set as it was given.
type writer struct {
	canvas   surface
	fitted   *typeset.Memory // of the file's documents, which say much the same; nil for a single one
	sheet    *sheet
	language document.Language
	prefix   string // of field paths in warnings
	line     int    // of the document whose row is being set, from 1; 0 outside of the table
	warnings []courier.Warning
}

// longest is the most lines any one text may take: past that it is no use to a reader.
const longest = 12

// fit sets text that came from outside, from the named field.
func (w *writer) fit(field, text string, style typeset.Style, box typeset.Box) typeset.Block {
	block := w.fitted.Fit(text, style, box)
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

// warn notes what a reader of the document must know. A line's field is named by the line's place.
func (w *writer) warn(field, format string, args ...any) {
	if w.line > 0 {
		field = fmt.Sprintf("lines.%d.%s", w.line-1, field)
	}
	w.warnings = append(w.warnings, courier.Warning{Field: w.prefix + field, Message: fmt.Sprintf(format, args...)})
}

// words are the documents' own.
func (w *writer) words() *document.Words { return w.language.Words() }

// set is for the documents' own words where nothing is in their way.
func (w *writer) set(text string, style typeset.Style) typeset.Line { return typeset.Set(text, style) }

// smallest is the least size that headings shrink to where a language has long words.
const smallest typeset.Points = 5

// own sets the documents' own words into a box.
func (w *writer) own(text string, style typeset.Style, box typeset.Box) typeset.Block {
	return w.fitted.Fit(text, style, box)
}

// caption sets a small heading into a width, on as few lines as it takes.
func (w *writer) caption(text string, width float64) typeset.Block {
	return w.own(text, typeset.Regular, typeset.Box{Width: width, Lines: 1, Size: w.sheet.small, Smallest: w.sheet.small - 1, Most: 4})
}

// label draws a small heading and gives its height.
func (w *writer) label(x, y float64, heading typeset.Block) float64 {
	return w.lines(x, y, heading, w.sheet.second)
}

// title sets what a document is into the width left of its logo.
func (w *writer) title(text string, width float64) typeset.Block {
	return w.own(text, typeset.Bold, typeset.Box{Width: width, Lines: 1, Size: w.sheet.title, Smallest: w.sheet.strong, Most: 2})
}

// lines draws a block of text and gives its height.
func (w *writer) lines(x, y float64, block typeset.Block, ink Ink) float64 {
	for _, line := range block.Lines {
		w.canvas.Text(x, y+ascent(block.Size), line, block.Size, ink)
		y += pitch(line, block.Size)
	}
	return height(block)
}

// linesRight is lines with the right edge at x.
func (w *writer) linesRight(x, y float64, block typeset.Block, ink Ink) {
	for _, line := range block.Lines {
		w.canvas.TextRight(x, y+ascent(block.Size), line, block.Size, ink)
		y += pitch(line, block.Size)
	}
}

// pitch gives the distance from a line to the one below it.
func pitch(line typeset.Line, size typeset.Points) float64 {
	if line.Tall() {
		return 1.12 * leading(size)
	}
	return leading(size)
}

func height(block typeset.Block) (sum float64) {
	for _, line := range block.Lines {
		sum += pitch(line, block.Size)
	}
	return sum
}

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
