package typeset

import (
	"image"

	"golang.org/x/image/vector"
)

// Raster is a Pen that fills outlines on a part of a grid of dots.
type Raster struct {
	vector.Rasterizer
	x, y float64 // of the part's corner
}

// Begin empties the raster for an area of the grid. Outlines are drawn in the grid's coordinates and must lie in it.
func (r *Raster) Begin(area image.Rectangle) {
	r.Reset(area.Dx(), area.Dy())
	r.x, r.y = float64(area.Min.X), float64(area.Min.Y)
}

func (r *Raster) at(x, y float64) (float32, float32) { return float32(x - r.x), float32(y - r.y) }

// MoveTo begins a contour.
func (r *Raster) MoveTo(x, y float64) { r.Rasterizer.MoveTo(r.at(x, y)) }

// LineTo draws a straight line.
func (r *Raster) LineTo(x, y float64) { r.Rasterizer.LineTo(r.at(x, y)) }

// QuadTo draws a curve with one control point.
func (r *Raster) QuadTo(x1, y1, x, y float64) {
	a, b := r.at(x1, y1)
	c, d := r.at(x, y)
	r.Rasterizer.QuadTo(a, b, c, d)
}

// CubeTo draws a curve with two control points.
func (r *Raster) CubeTo(x1, y1, x2, y2, x, y float64) {
	a, b := r.at(x1, y1)
	c, d := r.at(x2, y2)
	e, f := r.at(x, y)
	r.Rasterizer.CubeTo(a, b, c, d, e, f)
}

// Close ends a contour.
func (r *Raster) Close() { r.ClosePath() }
