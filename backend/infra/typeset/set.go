package typeset

import (
	"slices"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/language"
)

// setRunes sets one line of cleaned text.
func setRunes(text []rune, style Style) Line {
	if run, ok := typeWhole(text, style); ok {
		if run.Codes == "" {
			return Line{}
		}
		return Line{Runs: []Run{run}, Units: run.Units}
	}
	s := setters.Get().(*setter)
	defer setters.Put(s)
	s.line, s.style = Line{}, style
	if style&Japanese == 0 && slices.ContainsFunc(text, kana) {
		s.style |= Japanese
	}
	for _, part := range s.directions(text) {
		s.setPart(text[part.Start:part.End], !part.IsLeftToRight())
	}
	return s.line
}

// typeWhole types text that one code page holds entirely, which most text is.
func typeWhole(text []rune, style Style) (Run, bool) {
	codes := make([]byte, len(text))
pages:
	for _, page := range pagesOf(style) {
		for i, r := range text {
			code, ok := page.code(r)
			if !ok {
				continue pages
			}
			codes[i] = code
		}
		typed := string(codes)
		return Run{Page: page, Codes: typed, Units: page.measure(typed)}, true
	}
	return Run{}, false
}

// measure gives the width that setRunes would give, without setting anything where it can.
func measure(text []rune, style Style) int {
pages:
	for _, page := range pagesOf(style) {
		units := 0
		for _, r := range text {
			code, ok := page.code(r)
			if !ok {
				continue pages
			}
			units += int(page.widths[code])
		}
		return units
	}
	return setRunes(text, style).Units
}

func kana(r rune) bool { return r >= '\u3041' && r <= '\u30ff' || r >= '\uff66' && r <= '\uff9d' }

// directions cuts text into pieces of one direction, in visual order from left to right
// (UAX 9; the reordering is its rule L2).
func (s *setter) directions(text []rune) []bidi.Run {
	if !slices.ContainsFunc(text, turns) {
		return []bidi.Run{{Start: 0, End: len(text)}}
	}
	segmented := s.paragraph.Segment(text, 0)
	parts := make([]bidi.Run, segmented.NumRuns())
	highest := bidi.Level(0)
	for i := range parts {
		parts[i] = segmented.Run(i)
		highest = max(highest, parts[i].Level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(parts); i++ {
			from := i
			for i < len(parts) && parts[i].Level >= level {
				i++
			}
			slices.Reverse(parts[from:i])
		}
	}
	return parts
}

// cluster is what stands on one spot: a character with its marks.
type cluster struct {
	text  []rune
	face  *face // nil: typed, or not in any font
	typed bool
}

// setPart sets text of one direction and appends its runs to the line.
func (s *setter) setPart(text []rune, rightToLeft bool) {
	clusters := s.clusters(text, rightToLeft)
	var runs []Run
	for i := 0; i < len(clusters); {
		end := i + 1
		if clusters[i].typed {
			var run Run
			run, end = s.typeRun(clusters, i)
			runs = append(runs, run)
			i = end
			continue
		}
		for end < len(clusters) && !clusters[end].typed && clusters[end].face == clusters[i].face {
			end++
		}
		runs = append(runs, s.drawRun(clusters[i:end], rightToLeft))
		i = end
	}
	if rightToLeft {
		slices.Reverse(runs)
	}
	for _, run := range runs {
		s.line.Runs = append(s.line.Runs, run)
		s.line.Units += run.Units
	}
}

// clusters cuts text into clusters and decides how each is set.
func (s *setter) clusters(text []rune, rightToLeft bool) []cluster {
	s.segmenter.Init(text)
	var clusters []cluster
	var last *face
	for graphemes := s.segmenter.GraphemeIterator(); graphemes.Next(); {
		c := cluster{text: graphemes.Grapheme().Text}
		shown := slices.DeleteFunc(slices.Clone(c.text), invisible)
		switch {
		case len(shown) == 0 && last == nil:
			continue
		case len(shown) == 0:
			c.face = last // may steer the shaping of its neighbours
		case !rightToLeft && len(shown) == 1 && s.typeable(shown[0]):
			c.typed, c.text = true, shown
		default:
			c.face = s.faceFor(shown, last)
		}
		last = c.face
		clusters = append(clusters, c)
	}
	return clusters
}

func (s *setter) typeable(r rune) bool {
	for _, page := range pagesOf(s.style) {
		if _, ok := page.code(r); ok {
			return true
		}
	}
	return false
}

// typeRun types as many clusters from the one at start on as any one page can.
func (s *setter) typeRun(clusters []cluster, start int) (Run, int) {
	var run Run
	end := start
	for _, page := range pagesOf(s.style) {
		var codes []byte
		i := start
		for ; i < len(clusters) && clusters[i].typed; i++ {
			code, ok := page.code(clusters[i].text[0])
			if !ok {
				break
			}
			codes = append(codes, code)
		}
		if i > end {
			run, end = Run{Page: page, Codes: string(codes), Units: page.measure(string(codes))}, i
		}
	}
	return run, end
}

// faceFor finds the font for a cluster: one that has all its characters, else one that has the
// first; spaces and signs stay in the font of the text before them where it has them.
func (s *setter) faceFor(text []rune, last *face) *face {
	script := language.LookupScript(text[0])
	if last != nil && !script.Strong() && s.has(last, text) {
		return last
	}
	candidates := families(script, s.style)
	for _, f := range candidates {
		if found := f.in(s.style); s.has(found, text) {
			return found
		}
	}
	for _, f := range candidates {
		if found := f.in(s.style); s.has(found, text[:1]) {
			return found
		}
	}
	return nil
}

func (s *setter) has(f *face, text []rune) bool {
	for _, r := range text {
		if f.glyph(r, &s.buffer) == 0 {
			return false
		}
	}
	return true
}
