package typeset

import (
	"sync"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// setter holds what setting a line needs and one goroutine at a time may use.
type setter struct {
	line  Line
	style Style

	paragraph bidi.Paragraph
	segmenter segmenter.Segmenter
	shaper    shaping.HarfbuzzShaper
	faces     map[*face]*font.Face
	buffer    sfnt.Buffer
}

var setters = sync.Pool{New: func() any { return &setter{faces: map[*face]*font.Face{}} }}

// boxWidth is the width of the box that stands for a character no font has.
const boxWidth = 640

// drawRun makes the outlines of clusters that share a face.
func (s *setter) drawRun(clusters []cluster, rightToLeft bool) Run {
	f := clusters[0].face
	switch {
	case f == nil:
		return s.drawBoxes(clusters, rightToLeft)
	case !f.shaped:
		return s.drawPlain(f, clusters)
	}
	return s.drawShaped(f, clusters, rightToLeft)
}

func (s *setter) drawBoxes(clusters []cluster, rightToLeft bool) Run {
	var run Run
	for i := range clusters {
		c := clusters[i]
		if rightToLeft {
			c = clusters[len(clusters)-1-i]
		}
		s.line.Missing = append(s.line.Missing, clusters[i].text[0])
		run.Glyphs = append(run.Glyphs, Glyph{X: run.Units})
		run.Clusters = append(run.Clusters, Cluster{Text: string(c.text), X: run.Units, Units: boxWidth})
		run.Units += boxWidth
	}
	return run
}

// drawPlain lays glyph beside glyph: Han, kana and Hangul need no shaping.
func (s *setter) drawPlain(f *face, clusters []cluster) Run {
	var run Run
	for _, c := range clusters {
		from := run.Units
		for _, r := range c.text {
			id := f.glyph(r, &s.buffer)
			if id == 0 {
				if !invisible(r) {
					s.line.Missing = append(s.line.Missing, r)
				}
				continue
			}
			run.Glyphs = append(run.Glyphs, Glyph{face: f, id: id, bold: s.thickens(f), X: run.Units})
			run.Units += f.advance(id, &s.buffer)
		}
		run.Clusters = append(run.Clusters, Cluster{Text: string(c.text), X: from, Units: run.Units - from})
	}
	return run
}

func (s *setter) thickens(f *face) bool { return s.style&Bold != 0 && !f.bold }

func (s *setter) drawShaped(f *face, clusters []cluster, rightToLeft bool) Run {
	var text []rune
	for _, c := range clusters {
		text = append(text, c.text...)
	}
	input := shaping.Input{Text: text, RunEnd: len(text), Face: s.shapingFace(f), Size: fixed.I(1000), Script: scriptOf(text)}
	if rightToLeft {
		input.Direction = di.DirectionRTL
	}
	output := s.shaper.ShapeNoExtents(input)

	run := Run{Glyphs: make([]Glyph, 0, len(output.Glyphs))}
	x := fixed.Int26_6(0)
	for i, g := range output.Glyphs {
		glyph := Glyph{face: f, id: uint16(g.GlyphID), bold: s.thickens(f), X: (x + g.XOffset).Round(), Y: g.YOffset.Round()}
		if g.GlyphID == 0 {
			glyph.face = nil
			s.line.Missing = append(s.line.Missing, text[g.TextIndex()])
		}
		run.Glyphs = append(run.Glyphs, glyph)
		if i == 0 || output.Glyphs[i-1].TextIndex() != g.TextIndex() {
			end := min(g.TextIndex()+g.RunesCount(), len(text))
			run.Clusters = append(run.Clusters, Cluster{Text: string(text[g.TextIndex():end]), X: x.Round()})
		}
		x += g.Advance
		last := &run.Clusters[len(run.Clusters)-1]
		last.Units = x.Round() - last.X
	}
	run.Units = x.Round()
	return run
}

// shapingFace gives the shaper's view of a face, which one goroutine at a time may use.
func (s *setter) shapingFace(f *face) *font.Face {
	shaped, ok := s.faces[f]
	if !ok {
		f.load()
		shaped = font.NewFace(f.shaper)
		s.faces[f] = shaped
	}
	return shaped
}

// scriptOf gives the script of the first character that belongs to one.
func scriptOf(text []rune) language.Script {
	for _, r := range text {
		if script := language.LookupScript(r); script.Strong() {
			return script
		}
	}
	return language.Common
}
