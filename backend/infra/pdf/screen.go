package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/draw"

	"packbench/backend/infra/typeset"
)

// screen draws one page of a document as a picture, for where PDF files can't be shown: the window's engine has no viewer
// on every system. What is drawn, and where, comes from the same blocks as the file's pages. Other pages are only counted.
type screen struct {
	wanted, pages int
	scale         float64 // pixels to the millimetre
	picture       *image.RGBA
	raster        typeset.Raster
}

// screenWidth is how many pixels wide a picture is: twice what the preview takes in a small window.
const screenWidth = 1000

func (s *screen) AddPage(width, height float64) {
	if s.pages++; s.pages != s.wanted {
		return
	}
	s.scale = screenWidth / width
	s.picture = image.NewRGBA(image.Rect(0, 0, screenWidth, int(math.Round(height*s.scale))))
	draw.Draw(s.picture, s.picture.Rect, image.White, image.Point{}, draw.Src)
}

func (s *screen) Pages() int { return s.pages }

// seen reports whether the page being drawn is the one that is wanted.
func (s *screen) seen() bool { return s.pages == s.wanted }

// fill fills what outline draws, which lies within an area.
func (s *screen) fill(area image.Rectangle, ink Ink, outline func(typeset.Pen)) {
	if area = area.Intersect(s.picture.Rect); area.Empty() {
		return
	}
	s.raster.Begin(area)
	outline(&s.raster)
	s.raster.DrawOp = draw.Over
	s.raster.Draw(s.picture, area, image.NewUniform(color.Gray{Y: uint8(ink)}), image.Point{})
}

func (s *screen) Text(x, y float64, line typeset.Line, size typeset.Points, ink Ink) {
	if line.Empty() || !s.seen() {
		return
	}
	em := size * typeset.MillimetresPerPoint * s.scale
	left, base := x*s.scale, y*s.scale
	right := left + line.Width(size)*s.scale
	area := image.Rect(int(left-em), int(base-1.5*em), int(right+em)+1, int(base+em)+1)
	s.fill(area, ink, func(pen typeset.Pen) { line.Outline(left, base, em, pen) })
}

func (s *screen) TextRight(x, y float64, line typeset.Line, size typeset.Points, ink Ink) {
	s.Text(x-line.Width(size), y, line, size, ink)
}

func (s *screen) FillRect(x, y, width, height float64, ink Ink) {
	s.FillRects([]Rect{{x, y, width, height}}, ink)
}

func (s *screen) FillRects(rects []Rect, ink Ink) {
	if !s.seen() {
		return
	}
	for _, r := range rects {
		left, top, right, bottom := r.X*s.scale, r.Y*s.scale, (r.X+r.Width)*s.scale, (r.Y+r.Height)*s.scale
		area := image.Rect(int(left), int(top), int(math.Ceil(right)), int(math.Ceil(bottom)))
		s.fill(area, ink, func(pen typeset.Pen) {
			pen.MoveTo(left, top)
			pen.LineTo(right, top)
			pen.LineTo(right, bottom)
			pen.LineTo(left, bottom)
			pen.Close()
		})
	}
}

func (s *screen) StrokeRect(r Rect, line float64, ink Ink) {
	s.Line(r.X, r.Y, r.X+r.Width, r.Y, line, ink)
	s.Line(r.X, r.Y+r.Height, r.X+r.Width, r.Y+r.Height, line, ink)
	s.Line(r.X, r.Y, r.X, r.Y+r.Height, line, ink)
	s.Line(r.X+r.Width, r.Y, r.X+r.Width, r.Y+r.Height, line, ink)
}

// Line draws a level or an upright line: documents have no other.
func (s *screen) Line(x1, y1, x2, y2, width float64, ink Ink) {
	if y1 == y2 {
		s.FillRect(x1, y1-width/2, x2-x1, width, ink)
		return
	}
	s.FillRect(x1-width/2, y1, width, y2-y1, ink)
}

func (s *screen) Image(picture *Image, r Rect) {
	if !s.seen() {
		return
	}
	pixels, _, err := image.Decode(bytes.NewReader(picture.data))
	if err != nil {
		return // ReadImage wrote it
	}
	at := image.Rect(int(r.X*s.scale), int(r.Y*s.scale), int(math.Round((r.X+r.Width)*s.scale)), int(math.Round((r.Y+r.Height)*s.scale)))
	draw.ApproxBiLinear.Scale(s.picture, at, pixels, pixels.Bounds(), draw.Over, nil)
}

// png gives the picture as a file.
func (s *screen) png() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&out, s.picture)
	return out.Bytes(), err
}
