package typeset

import (
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Pen takes outlines. Contours are closed by Close; what is inside is told by the non-zero winding
// rule. The curve of QuadTo has one control point, that of CubeTo two.
type Pen interface {
	MoveTo(x, y float64)
	LineTo(x, y float64)
	QuadTo(x1, y1, x, y float64)
	CubeTo(x1, y1, x2, y2, x, y float64)
	Close()
}

var buffers = sync.Pool{New: func() any { return new(sfnt.Buffer) }}

// thickening is how far, to both sides, an outline is smeared where its face has no bold cut.
const thickening = 14

// Outline draws a glyph in thousandths of the type size, y upwards, from the glyph's origin.
func (g Glyph) Outline(pen Pen) {
	if g.face == nil {
		box(pen)
		return
	}
	buffer := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(buffer)
	segments, err := g.face.outline.LoadGlyph(buffer, sfnt.GlyphIndex(g.id), fixed.I(g.face.em), nil)
	if err != nil {
		box(pen)
		return
	}
	scale := 1000 / (64 * float64(g.face.em))
	if !g.bold {
		contours(segments, scale, 0, pen)
		return
	}
	contours(segments, scale, -thickening, pen)
	contours(segments, scale, +thickening, pen)
}

func contours(segments sfnt.Segments, scale, shift float64, pen Pen) {
	at := func(p fixed.Point26_6) (x, y float64) { return float64(p.X)*scale + shift, -float64(p.Y) * scale }
	open := false
	for _, segment := range segments {
		x, y := at(segment.Args[0])
		switch segment.Op {
		case sfnt.SegmentOpMoveTo:
			if open {
				pen.Close()
			}
			open = true
			pen.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			pen.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x2, y2 := at(segment.Args[1])
			pen.QuadTo(x, y, x2, y2)
		case sfnt.SegmentOpCubeTo:
			x2, y2 := at(segment.Args[1])
			x3, y3 := at(segment.Args[2])
			pen.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
	if open {
		pen.Close()
	}
}

// box draws the frame that stands for a character no font has.
func box(pen Pen) {
	frame := func(left, bottom, right, top float64) {
		pen.MoveTo(left, bottom)
		pen.LineTo(right, bottom)
		pen.LineTo(right, top)
		pen.LineTo(left, top)
		pen.Close()
	}
	frame(60, 0, 580, 714)
	frame(530, 50, 110, 664) // the other way round: a hole
}

// Outline draws a whole line, typed runs too, as outlines: for canvases that have no text of their
// own, such as a grid of dots. x and y are where its baseline starts, size is the type size, all in
// the canvas's units with y downwards.
func (l Line) Outline(x, y, size float64, pen Pen) {
	for _, run := range l.Runs {
		for _, glyph := range run.outlines() {
			glyph.Outline(&placed{pen: pen, x: x + float64(glyph.X)*size/1000, y: y - float64(glyph.Y)*size/1000, scale: size / 1000})
		}
		x += float64(run.Units) * size / 1000
	}
}

// outlines gives a run's glyphs; those of a typed run come from the face its page was cut from.
func (r Run) outlines() []Glyph {
	if r.Page == nil {
		return r.Glyphs
	}
	buffer := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(buffer)
	face := sans.in(r.Page.style)
	glyphs := make([]Glyph, 0, len(r.Codes))
	x := 0
	for i := 0; i < len(r.Codes); i++ {
		code := r.Codes[i]
		glyphs = append(glyphs, Glyph{face: face, id: face.glyph(r.Page.runes[code], buffer), X: x})
		x += int(r.Page.widths[code])
	}
	return glyphs
}

// placed moves and scales what a glyph draws to where it stands on a canvas.
type placed struct {
	pen         Pen
	x, y, scale float64
}

func (p *placed) at(x, y float64) (float64, float64) { return p.x + x*p.scale, p.y - y*p.scale }

func (p *placed) MoveTo(x, y float64) { p.pen.MoveTo(p.at(x, y)) }
func (p *placed) LineTo(x, y float64) { p.pen.LineTo(p.at(x, y)) }
func (p *placed) Close()              { p.pen.Close() }
func (p *placed) QuadTo(x1, y1, x, y float64) {
	x1, y1 = p.at(x1, y1)
	x, y = p.at(x, y)
	p.pen.QuadTo(x1, y1, x, y)
}
func (p *placed) CubeTo(x1, y1, x2, y2, x, y float64) {
	x1, y1 = p.at(x1, y1)
	x2, y2 = p.at(x2, y2)
	x, y = p.at(x, y)
	p.pen.CubeTo(x1, y1, x2, y2, x, y)
}
