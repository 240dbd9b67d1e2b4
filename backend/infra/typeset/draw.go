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
	run := Run{Glyphs: make([]Glyph, len(clusters))}
	for i, c := range clusters {
		s.line.Missing = append(s.line.Missing, c.text[0])
		at := i
		if rightToLeft {
			at = len(clusters) - 1 - i
		}
		run.Glyphs[at] = Glyph{X: at * boxWidth, Cluster: string(c.text), Units: boxWidth}
	}
	run.Units = len(clusters) * boxWidth
	return run
}

// drawPlain lays glyph beside glyph: Han, kana and Hangul need no shaping.
func (s *setter) drawPlain(f *face, clusters []cluster) Run {
	var run Run
	thicken := s.style&Bold != 0 && !f.bold
	for _, c := range clusters {
		first := len(run.Glyphs)
		from := run.Units
		for _, r := range c.text {
			id := f.glyph(r, &s.buffer)
			if id == 0 {
				if !invisible(r) {
					s.line.Missing = append(s.line.Missing, r)
				}
				continue
			}
			run.Glyphs = append(run.Glyphs, Glyph{face: f, id: id, bold: thicken, X: run.Units})
			run.Units += f.advance(id, &s.buffer)
		}
		if first < len(run.Glyphs) {
			run.Glyphs[first].Cluster, run.Glyphs[first].Units = string(c.text), run.Units-from
		}
	}
	return run
}

func (s *setter) drawShaped(f *face, clusters []cluster, rightToLeft bool) Run {
	face, ok := s.faces[f]
	if !ok {
		f.load()
		face = font.NewFace(f.shaper)
		s.faces[f] = face
	}
	var text []rune
	script := language.Common
	for _, c := range clusters {
		text = append(text, c.text...)
	}
	for _, r := range text {
		if found := language.LookupScript(r); found.Strong() {
			script = found
			break
		}
	}
	input := shaping.Input{Text: text, RunEnd: len(text), Face: face, Size: fixed.I(1000), Script: script}
	if rightToLeft {
		input.Direction = di.DirectionRTL
	}
	output := s.shaper.ShapeNoExtents(input)

	run := Run{Glyphs: make([]Glyph, 0, len(output.Glyphs))}
	thicken := s.style&Bold != 0 && !f.bold
	x := fixed.Int26_6(0)
	for i, g := range output.Glyphs {
		glyph := Glyph{
			face: f, id: uint16(g.GlyphID), bold: thicken,
			X: (x + g.XOffset).Round(), Y: g.YOffset.Round(),
		}
		if i == 0 || output.Glyphs[i-1].TextIndex() != g.TextIndex() {
			glyph.Cluster = string(text[g.TextIndex() : g.TextIndex()+g.RunesCount()])
			for _, member := range output.Glyphs[i : i+g.GlyphsCount()] {
				glyph.Units += member.Advance.Round()
			}
		}
		if g.GlyphID == 0 {
			glyph.face = nil
			s.line.Missing = append(s.line.Missing, text[g.TextIndex()])
		}
		run.Glyphs = append(run.Glyphs, glyph)
		x += g.Advance
	}
	run.Units = x.Round()
	return run
}
