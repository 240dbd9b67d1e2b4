package label

import (
	"image"
	"image/draw"
	"math"
	"sync"

	"packbench/backend/infra/typeset"
)

// bitmap is a picture of black and white dots, packed as ZPL and PNG want them, eight to a byte, the leftmost in the
// highest bit, each row from a new byte on. A set bit is black.
type bitmap struct {
	width, height, stride int
	bits                  []byte
}

func newBitmap(width, height int) *bitmap {
	stride := (width + 7) / 8
	return &bitmap{width: width, height: height, stride: stride, bits: make([]byte, stride*height)}
}

// row gives the bytes of a row.
func (b *bitmap) row(y int) []byte { return b.bits[y*b.stride : (y+1)*b.stride] }

// fill blackens a rectangle, as far as it lies on the bitmap.
func (b *bitmap) fill(r rect) {
	from, to := max(r.x, 0), min(r.x+r.width, b.width)
	for y := max(r.y, 0); y < min(r.y+r.height, b.height); y++ {
		row := b.row(y)
		for x := from; x < to; x++ {
			row[x/8] |= 0x80 >> (x % 8)
		}
	}
}

// drawDots draws a whole page.
func drawDots(p *page) *bitmap {
	b := newBitmap(p.width, p.height)
	for _, r := range p.rects {
		b.fill(r)
	}
	p.symbol.bars(func(x, width int) { b.fill(rect{x, p.symbol.y, width, p.symbol.height}) })
	for i := range p.texts {
		t := &p.texts[i]
		b.text(t, p.stock, t.start(p.stock), float64(t.y))
	}
	return b
}

// rasterizer turns outlines into a mask of shades.
type rasterizer struct {
	typeset.Raster
	mask image.Alpha
}

var rasterizers = sync.Pool{New: func() any { return new(rasterizer) }}

// reach gives how far, in dots, a line's ink may reach above and below its baseline.
func (t *text) reach(s stock) (rise, fall int) {
	em := t.size * float64(s.dpi) / 72
	return int(1.4*em) + 1, int(0.7*em) + 1
}

// text draws a line of text whose baseline starts at a point. A dot is drawn where the outline covers half of it.
func (b *bitmap) text(t *text, s stock, x, y float64) {
	em := t.size * float64(s.dpi) / 72
	rise, fall := t.reach(s)
	area := image.Rect(
		int(math.Floor(x-0.5*em)), int(y)-rise, int(math.Ceil(x+t.line.Width(t.size)/s.dot()+0.5*em)), int(y)+fall,
	).Intersect(image.Rect(0, 0, b.width, b.height))
	if area.Empty() {
		return
	}
	r := rasterizers.Get().(*rasterizer)
	defer rasterizers.Put(r)
	r.Begin(area)
	t.line.Outline(x, y, em, r)
	if size := area.Dx() * area.Dy(); cap(r.mask.Pix) < size {
		r.mask.Pix = make([]byte, size)
	}
	r.mask.Pix = r.mask.Pix[:area.Dx()*area.Dy()]
	r.mask.Stride, r.mask.Rect = area.Dx(), image.Rect(0, 0, area.Dx(), area.Dy())
	r.DrawOp = draw.Src
	r.Draw(&r.mask, r.mask.Rect, image.Opaque, image.Point{})
	for dy := 0; dy < area.Dy(); dy++ {
		row := b.row(area.Min.Y + dy)
		for dx, shade := range r.mask.Pix[dy*area.Dx() : (dy+1)*area.Dx()] {
			if shade < 0x80 {
				continue
			}
			x := area.Min.X + dx
			if t.white {
				row[x/8] &^= 0x80 >> (x % 8)
			} else {
				row[x/8] |= 0x80 >> (x % 8)
			}
		}
	}
}
