// Package pdf draws the program's paper documents: packing slips, commercial invoices and, for
// package label, pages of any size.
//
// Canvas is the only place that knows gofpdf. It writes the content of pages itself and leaves to
// gofpdf what it is good at: the structure of the file, fonts, images and compression.
package pdf

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"

	"github.com/jung-kurt/gofpdf"

	"packbench/backend/infra/typeset"
)

// Ink is a shade of grey from black to white: documents are printed on printers with one colour.
type Ink uint8

// The shades in use. Grey keeps 4.5:1 against paper; Hairline is for rules and frames only.
const (
	Black    Ink = 0x00
	Grey     Ink = 0x60
	Hairline Ink = 0xb4
	White    Ink = 0xff
)

// Info is what a file says about itself. Created is the document's own date and not the clock's, so
// that the same document gives the same bytes.
type Info struct {
	Title   string
	Created time.Time
}

// Canvas is one PDF file in the making. Coordinates are millimetres from the upper left corner of
// the page. A Canvas is for one goroutine; errors are kept and come out of Bytes.
type Canvas struct {
	file   *gofpdf.Fpdf
	page   stream   // the page being drawn
	height int      // of that page, in thousandths of a point
	pages  [][]byte // the content of the pages before it, compressed
	open   bool
	fault  error
	fonts  map[*typeset.Page]string // resource names
}

// NewCanvas begins a file without pages.
func NewCanvas(info Info) *Canvas {
	file := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 1, Ht: 1}})
	file.SetAutoPageBreak(false, 0)
	file.SetMargins(0, 0, 0)
	file.SetCompression(false) // pack compresses
	file.SetCatalogSort(true)
	file.SetCreationDate(info.Created.UTC())
	file.SetModificationDate(info.Created.UTC())
	file.SetProducer("Packbench", true)
	file.SetTitle(plainTitle(info.Title), true)
	return &Canvas{file: file, fonts: map[*typeset.Page]string{}, page: stream{out: make([]byte, 0, 16<<10)}}
}

// plainTitle leaves out what gofpdf's titles can't hold: it panics on bytes that are no UTF-8 and on
// characters beyond the basic plane.
func plainTitle(title string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff || unicode.IsControl(r) {
			return -1
		}
		return r
	}, title)
}

// AddPage begins a page of a size in millimetres; what is drawn next lands on it.
func (c *Canvas) AddPage(width, height float64) {
	c.endPage()
	c.height = milli(height)
	c.file.AddPageFormat("P", gofpdf.SizeType{Wd: points(width), Ht: points(height)})
	c.page.reset()
	c.open = true
}

// Pages gives how many pages were begun.
func (c *Canvas) Pages() int {
	if c.open {
		return len(c.pages) + 1
	}
	return len(c.pages)
}

func (c *Canvas) endPage() {
	if !c.open {
		return
	}
	c.page.endText()
	c.file.RawWriteStr(mark(len(c.pages)))
	content, err := compressed(c.page.out)
	c.pages = append(c.pages, content)
	c.open, c.fault = false, cmp.Or(c.fault, err)
}

// Bytes ends the file and gives its content. It returns the first error that drawing met.
func (c *Canvas) Bytes() (content []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			content, err = nil, fmt.Errorf("pdf: writing the file: %v", fault)
		}
	}()
	c.endPage()
	if len(c.pages) == 0 {
		return nil, fmt.Errorf("pdf: a file needs at least one page")
	}
	if c.fault != nil {
		return nil, fmt.Errorf("pdf: compressing a page: %w", c.fault)
	}
	var out bytes.Buffer
	if err := c.file.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf: writing the file: %w", err)
	}
	return pack(out.Bytes(), c.pages)
}

// points converts millimetres to points.
func points(mm float64) float64 { return mm / typeset.MillimetresPerPoint }

// milli converts millimetres to thousandths of a point, the grid that everything stands on.
func milli(mm float64) int { return int(math.Round(mm * (1000 / typeset.MillimetresPerPoint))) }

// FillRect fills a rectangle.
func (c *Canvas) FillRect(x, y, width, height float64, ink Ink) {
	c.FillRects([]Rect{{x, y, width, height}}, ink)
}

// Rect is a rectangle by its upper left corner and size.
type Rect struct{ X, Y, Width, Height float64 }

// FillRects fills many rectangles at once: the bars of a barcode.
func (c *Canvas) FillRects(rects []Rect, ink Ink) {
	if len(rects) == 0 {
		return
	}
	c.page.endText()
	c.page.fill(ink)
	for _, r := range rects {
		x, y := milli(r.X), c.height-milli(r.Y)
		right, bottom := milli(r.X+r.Width), c.height-milli(r.Y+r.Height)
		c.page.numbers(x, bottom, right-x, y-bottom)
		c.page.op("re")
	}
	c.page.op("f")
}

// StrokeRect draws a frame whose line of a width in millimetres is centred on the rectangle.
func (c *Canvas) StrokeRect(r Rect, line float64, ink Ink) {
	c.page.endText()
	c.page.stroke(ink, milli(line))
	c.page.numbers(milli(r.X), c.height-milli(r.Y+r.Height), milli(r.Width), milli(r.Height))
	c.page.op("re S")
}

// Line draws a straight line of a width in millimetres.
func (c *Canvas) Line(x1, y1, x2, y2, width float64, ink Ink) {
	c.page.endText()
	c.page.stroke(ink, milli(width))
	c.page.numbers(milli(x1), c.height-milli(y1))
	c.page.op("m")
	c.page.numbers(milli(x2), c.height-milli(y2))
	c.page.op("l S")
}
