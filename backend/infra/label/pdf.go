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
	var rects []pdf.Rect
	for _, p := range pages {
		dot := p.dot()
		place := func(x, y, width, height int) {
			rects = append(rects, pdf.Rect{
				X: (float64(x) + hair) * dot, Y: (float64(y) + hair) * dot,
				Width: (float64(width) - 2*hair) * dot, Height: (float64(height) - 2*hair) * dot,
			})
		}
		canvas.AddPage(p.wide, p.high)
		rects = rects[:0]
		for _, r := range p.rects {
			place(r.x, r.y, r.width, r.height)
		}
		p.symbol.bars(func(x, width int) { place(x, p.symbol.y, width, p.symbol.height) })
		canvas.FillRects(rects, pdf.Black)
		for i := range p.texts {
			t := &p.texts[i]
			ink := pdf.Black
			if t.white {
				ink = pdf.White
			}
			canvas.Text(t.start(p.stock)*dot, float64(t.y)*dot, t.line, t.size, ink)
		}
	}
	return canvas.Bytes()
}
