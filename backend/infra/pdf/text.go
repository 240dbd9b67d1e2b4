package pdf

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"sync"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"

	"packbench/backend/infra/typeset"
)

// Text draws a line with its baseline starting at a point.
func (c *Canvas) Text(x, y float64, line typeset.Line, size typeset.Points, ink Ink) {
	if line.Empty() {
		return
	}
	left, baseline, height := milli(x), c.height-milli(y), int(math.Round(size*1000))
	units := 0
	for i := range line.Runs {
		run := &line.Runs[i]
		at := left + int(math.Round(float64(units)*size))
		if run.Page != nil {
			c.page.fill(ink)
			c.page.text(c.font(run.Page), height, at, baseline, run.Codes)
		} else {
			c.drawn(run, height, at, baseline, ink)
		}
		units += run.Units
	}
}

// TextRight draws a line that ends at x.
func (c *Canvas) TextRight(x, y float64, line typeset.Line, size typeset.Points, ink Ink) {
	c.Text(x-line.Width(size), y, line, size, ink)
}

// font gives the name of a code page's font on the pages of this file and puts the font into it.
func (c *Canvas) font(page *typeset.Page) string {
	name, ok := c.fonts[page]
	if !ok {
		c.file.AddFontFromBytes(page.Name, "", page.Definition, page.Font)
		name = resourceName(page)
		c.fonts[page] = name
	}
	return name
}

var (
	resourceNames sync.Map // *typeset.Page → string
	fontChosen    = regexp.MustCompile(`/(F[0-9a-f]+) 1\.00 Tf`)
)

// resourceName gives the name gofpdf puts a font under among the resources of pages.
func resourceName(page *typeset.Page) string {
	if name, ok := resourceNames.Load(page); ok {
		return name.(string)
	}
	name, err := nameOf(fontChosen, func(trial *gofpdf.Fpdf) {
		trial.AddFontFromBytes(page.Name, "", page.Definition, page.Font)
		trial.SetFont(page.Name, "", 1)
	})
	if err != nil {
		panic(fmt.Sprintf("pdf: embedded font %s: %v", page.Name, err))
	}
	resourceNames.Store(page, name)
	return name
}

// nameOf finds out how gofpdf calls a resource: it derives the name from the content and does not
// tell it, but writes it on the page where the resource is used.
func nameOf(use *regexp.Regexp, draw func(trial *gofpdf.Fpdf)) (string, error) {
	trial := gofpdf.New("P", "pt", "A4", "")
	trial.SetCompression(false)
	trial.AddPage()
	draw(trial)
	var out bytes.Buffer
	if err := trial.Output(&out); err != nil {
		return "", err
	}
	match := use.FindSubmatch(out.Bytes())
	if match == nil {
		return "", fmt.Errorf("it has no name")
	}
	return string(match[1]), nil
}

// drawn fills the outlines of a run and lays the text itself over them, unseen, so that it can be
// searched and copied.
func (c *Canvas) drawn(run *typeset.Run, size, x, y int, ink Ink) {
	c.page.endText()
	c.page.fill(ink)
	c.page.op("q")
	c.page.decimal(float64(size) / 1e6)
	c.page.numbers(0, 0)
	c.page.decimal(float64(size) / 1e6)
	c.page.numbers(x, y)
	c.page.op("cm")
	for _, glyph := range run.Glyphs {
		glyph.Outline(&outline{stream: &c.page, x: float64(glyph.X), y: float64(glyph.Y)})
	}
	c.page.op("f")
	c.page.op("Q")
	c.unseen(run, size, x, y)
}

// unseen writes the text of a drawn run: for each cluster one letter of the first code page in
// rendering mode 3 (neither filled nor stroked), stretched to the cluster's width, that carries
// the cluster as its ActualText (ISO 32000-1, 14.9.4).
func (c *Canvas) unseen(run *typeset.Run, size, x, y int) {
	carrier := typeset.Set("x", typeset.Regular).Runs[0]
	font := c.font(carrier.Page)
	s := &c.page
	for _, cluster := range run.Clusters {
		if cluster.Units <= 0 {
			continue
		}
		s.endText()
		s.out = append(s.out, "/Span<</ActualText<FEFF"...)
		for _, unit := range utf16.Encode([]rune(cluster.Text)) {
			s.out = fmt.Appendf(s.out, "%04X", unit)
		}
		s.op(">>>BDC")
		s.op("3 Tr")
		s.numbers(cluster.Units * 100_000 / carrier.Units)
		s.op("Tz")
		s.text(font, size, x+cluster.X*size/1000, y, carrier.Codes)
		s.endText()
		s.op("0 Tr 100 Tz EMC")
	}
}

// outline writes a glyph's contours in whole thousandths of the type size.
type outline struct {
	stream *stream
	x, y   float64 // where the glyph stands
	px, py float64 // the current point
}

func (o *outline) point(x, y float64) {
	o.stream.numbers(int(math.Round(o.x+x))*1000, int(math.Round(o.y+y))*1000)
}

func (o *outline) MoveTo(x, y float64) {
	o.point(x, y)
	o.stream.op("m")
	o.px, o.py = x, y
}

func (o *outline) LineTo(x, y float64) {
	o.point(x, y)
	o.stream.op("l")
	o.px, o.py = x, y
}

// QuadTo writes the cubic curve that is the same: PDF has no other.
func (o *outline) QuadTo(x1, y1, x, y float64) {
	o.CubeTo(o.px+(x1-o.px)*2/3, o.py+(y1-o.py)*2/3, x+(x1-x)*2/3, y+(y1-y)*2/3, x, y)
}

func (o *outline) CubeTo(x1, y1, x2, y2, x, y float64) {
	o.point(x1, y1)
	o.point(x2, y2)
	o.point(x, y)
	o.stream.op("c")
	o.px, o.py = x, y
}

func (o *outline) Close() { o.stream.op("h") }
