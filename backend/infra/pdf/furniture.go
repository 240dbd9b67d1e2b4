package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"packbench/backend/core/document"
	"packbench/backend/infra/typeset"
)

// pages lays a document's blocks out on pages and draws them, with a foot on every page and a short
// head from the second on.
func (w *writer) pages(blocks []block, header block, title, reference string, branding document.Branding) {
	s := w.sheet
	head := leading(s.small) + s.gap*0.6
	footer := w.footer(branding)
	end := s.end() - max(0, stackHeight(footer)-s.bottom*0.55)
	laid := paginate(blocks, header, s.top, s.top+head, end)
	short := w.own(strings.TrimSpace(title+"  "+reference), typeset.Bold, typeset.Box{Width: s.content(), Lines: 1, Size: s.small, Smallest: s.small - 2})
	for i, page := range laid {
		w.canvas.AddPage(s.width, s.height)
		if i > 0 {
			w.lines(s.left(), s.top, short, Black)
		}
		for _, b := range page {
			if b.draw != nil {
				b.draw(b.y)
			}
		}
		y := end + s.bottom*0.3
		for _, lines := range footer {
			y += w.lines(s.left(), y, lines, s.second)
		}
		count := w.set(fmt.Sprintf(w.words().Page, i+1, len(laid)), typeset.Regular)
		w.canvas.TextRight(s.right(), end+s.bottom*0.3+ascent(s.small), count, s.small, s.second)
	}
}

// footer sets what the business says of itself at the foot of every page.
func (w *writer) footer(branding document.Branding) (lines []typeset.Block) {
	s := w.sheet
	box := typeset.Box{Width: s.content() * 0.8, Lines: 2, Size: s.small, Smallest: s.small - 1.5, Most: 3}
	for _, f := range [...]struct{ field, text string }{{"branding.details", branding.Details}, {"branding.footer", branding.Footer}} {
		if strings.TrimSpace(f.text) != "" {
			lines = append(lines, w.fit(f.field, unbroken(f.text), typeset.Regular, box))
		}
	}
	return lines
}

// unbroken keeps the short pieces of a list, such as a postcode or a number with its name, each on one line.
func unbroken(list string) string {
	var out strings.Builder
	for i, item := range strings.Split(list, " · ") {
		if i > 0 {
			out.WriteString(" · ")
		}
		for j, piece := range strings.Split(item, ", ") {
			if j > 0 {
				out.WriteString(", ")
			}
			if len(piece) <= shortPiece {
				piece = strings.ReplaceAll(piece, " ", "\u00a0")
			}
			out.WriteString(piece)
		}
	}
	return out.String()
}

// shortPiece is how long, in bytes, a piece may be that is kept together: half of what the narrowest line holds.
const shortPiece = 28

// note is a text under a caption, set off by a rule at its left.
func (w *writer) note(field, caption, text string, size typeset.Points) block {
	s := w.sheet
	indent := s.gutter * 0.6
	heading := w.caption(caption, s.content()-indent)
	set := w.fit(field, text, typeset.Regular, typeset.Box{Width: s.content() - indent, Lines: 8, Size: size, Smallest: s.body - 2, Most: 3 * longest})
	tall := height(heading) + 0.6 + height(set)
	return block{height: tall + s.gap, draw: func(y float64) {
		w.canvas.FillRect(s.left(), y, 2*s.rule, tall, Black)
		down := w.label(s.left()+indent, y, heading) + 0.6
		w.lines(s.left()+indent, y+down, set, Black)
	}}
}

// testMark frames the word that keeps a trial from being taken for the real thing.
func (w *writer) testMark(x, base float64) {
	size := w.sheet.strong
	word := w.set("TEST", typeset.Bold)
	w.canvas.StrokeRect(Rect{x, base - ascent(size) - 0.6, w.testMarkWidth(), ascent(size) + 2}, w.sheet.rule, Black)
	w.canvas.Text(x+2, base, word, size, Black)
}

func (w *writer) testMarkWidth() float64 {
	return w.set("TEST", typeset.Bold).Width(w.sheet.strong) + 4
}

// logo is a picture with the size it is drawn at.
type logo struct {
	picture       *Image
	width, height float64
}

// logo reads the business's logo and fits it into the head of a document. A picture that can't be
// read is left out and reported.
func (w *writer) logo(branding document.Branding) logo {
	if len(branding.Logo) == 0 {
		return logo{}
	}
	picture, err := logos.read(branding.Logo)
	if err != nil {
		w.warn("branding.logo", "%s. The document was drawn without it.", err)
		return logo{}
	}
	width, height := w.sheet.content()*0.32, leading(w.sheet.title)*1.6
	if scaled := height * float64(picture.Width) / float64(picture.Height); scaled < width {
		width = scaled
	} else {
		height = width * float64(picture.Height) / float64(picture.Width)
	}
	return logo{picture, width, height}
}

// logos remembers the last few pictures that were read: a business has one logo and many slips.
var logos pictures

type pictures struct {
	mu   sync.Mutex
	last []readPicture // the newest first
}

type readPicture struct {
	data    []byte
	picture *Image
	err     error
}

const rememberedPictures = 8

func (p *pictures) read(data []byte) (*Image, error) {
	if found, ok := p.find(data); ok {
		return found.picture, found.err
	}
	picture, err := ReadImage(data)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = append([]readPicture{{bytes.Clone(data), picture, err}}, p.last...)
	p.last = p.last[:min(len(p.last), rememberedPictures)]
	return picture, err
}

func (p *pictures) find(data []byte) (readPicture, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, known := range p.last {
		if bytes.Equal(known.data, data) {
			return known, true
		}
	}
	return readPicture{}, false
}
