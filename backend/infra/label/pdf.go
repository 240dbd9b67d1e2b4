package label

import (
	"time"

	"packbench/backend/infra/pdf"
)

// hair is what is taken off each edge of a rectangle, in dots. Without anti-aliasing a PDF's shape blackens every dot it
// touches (ISO 32000-1, 10.6.5), so one whose edge lies on the edge of a dot, give or take the last digit of a number,
// could come out a dot too wide.
const hair = 1.0 / 64

// drawPDF writes a file with a sheet for each page.
func drawPDF(pages []*page) ([]byte, error) {
	canvas := pdf.NewCanvas(pdf.Info{Title: pages[0].title, Created: time.UnixMilli(pages[0].createdMs)})
	for _, p := range pages {
		canvas.AddPage(p.wide, p.high)
		rects := make([]pdf.Rect, 0, len(p.rects)+len(p.symbol.runs))
		for _, r := range p.rects {
			rects = append(rects, onSheet(r, p.dot()))
		}
		canvas.FillRects(rects, pdf.Black)
		for i := range p.texts {
			t := &p.texts[i]
			ink := pdf.Black
			if t.white {
				ink = pdf.White
			}
			canvas.Text(t.start(p.stock)*p.dot(), float64(t.y)*p.dot(), t.line, t.size, ink)
		}
		// The ground of the bars is cleared first: letters with marks heaped on them reach further than their line.
		canvas.FillRects([]pdf.Rect{onSheet(rect{0, p.symbol.y, p.width, p.symbol.height}, p.dot())}, pdf.White)
		rects = rects[:0]
		p.symbol.bars(func(x, width int) {
			rects = append(rects, onSheet(rect{x, p.symbol.y, width, p.symbol.height}, p.dot()))
		})
		canvas.FillRects(rects, pdf.Black)
	}
	return canvas.Bytes()
}

// onSheet converts a rectangle of dots to millimetres.
func onSheet(r rect, dot float64) pdf.Rect {
	return pdf.Rect{
		X: (float64(r.x) + hair) * dot, Y: (float64(r.y) + hair) * dot,
		Width: (float64(r.width) - 2*hair) * dot, Height: (float64(r.height) - 2*hair) * dot,
	}
}
