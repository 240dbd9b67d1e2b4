package label

import (
	"time"

	"packbench/backend/infra/pdf"
)

// drawPDF writes a file with a sheet for each page.
func drawPDF(pages []*page) ([]byte, error) {
	canvas := pdf.NewCanvas(pdf.Info{Title: pages[0].title, Created: time.UnixMilli(pages[0].createdMs)})
	var rects []pdf.Rect
	for _, p := range pages {
		dot := p.dot()
		place := func(x, y, width, height int) {
			rects = append(rects, pdf.Rect{
				X: float64(x) * dot, Y: float64(y) * dot, Width: float64(width) * dot, Height: float64(height) * dot,
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
