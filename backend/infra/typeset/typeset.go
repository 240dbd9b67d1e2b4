// Package typeset turns any text into lines that a PDF page or a grid of dots can draw.
//
// Two kinds of run come out of it. A typed run is a byte string in one of a few pre-made 8-bit
// fonts (code pages), which a PDF embeds as they are: nothing is parsed or cut at run time. A drawn
// run is a row of glyph outlines, shaped first where the script asks for it (Arabic, Hebrew, Thai,
// Devanagari) and used for everything the code pages don't hold (Chinese, Japanese, Korean, signs).
// A character that no embedded font has is drawn as a box and listed in Line.Missing.
//
// Everything here may be called from several goroutines at once.
package typeset

// Style says how text looks apart from its size.
type Style uint8

// The styles. Japanese asks for the Japanese form of Han characters where the text itself does not
// show (by its kana) that it is Japanese.
const (
	Regular  Style = 0
	Bold     Style = 1
	Japanese Style = 2
)

// Points is a type size or a distance in points; a point is 1/72 inch.
type Points = float64

// MillimetresPerPoint converts points to millimetres.
const MillimetresPerPoint = 25.4 / 72

// Line is one line of text ready to be drawn. Its measures are thousandths of the type size.
type Line struct {
	Runs    []Run
	Units   int    // width
	Missing []rune // characters no embedded font has, each drawn as a box, in order of appearance
	Removed []rune // control characters that were left out
}

// Run is a piece of a line in one font. Runs stand in visual order, from left to right.
type Run struct {
	Page     *Page     // the code page of a typed run, nil for a drawn one
	Codes    string    // typed: the bytes in that page
	Glyphs   []Glyph   // drawn: the outlines
	Clusters []Cluster // drawn: the text, from left to right
	Units    int       // width
}

// Glyph is one outline of a drawn run.
type Glyph struct {
	face *face // nil: the box for a missing character
	id   uint16
	bold bool // the face has no bold cut: it is thickened

	X, Y int // where its origin stands from the start of the run and above the baseline
}

// Cluster is the text that stands on one spot of a drawn run: a character with its marks, or what
// a script writes as one.
type Cluster struct {
	Text  string
	X     int // from the start of the run
	Units int // width
}

// Width gives the width in millimetres at a type size.
func (l Line) Width(size Points) float64 { return millimetres(l.Units, size) }

// Empty reports whether there is nothing to draw.
func (l Line) Empty() bool { return len(l.Runs) == 0 }

// Tall reports whether the line has letters of a script, such as Arabic, that reach further above and below it than Latin
// ones do, and so needs more room than others.
func (l Line) Tall() bool {
	for i := range l.Runs {
		if glyphs := l.Runs[i].Glyphs; len(glyphs) > 0 && glyphs[0].face != nil && glyphs[0].face.tall {
			return true
		}
	}
	return false
}

func millimetres(units int, size Points) float64 {
	return float64(units) * size * (MillimetresPerPoint / 1000)
}

// unitsIn gives how many units of a type size fit into a width in millimetres.
func unitsIn(width float64, size Points) int {
	if size <= 0 || width <= 0 {
		return 0
	}
	return int(width/(size*(MillimetresPerPoint/1000)) + 1e-6)
}

// Set prepares text for drawing on one line; line breaks in it count as spaces.
func Set(text string, style Style) Line {
	if plain(text) {
		return setPlain(text, style)
	}
	runes, removed := clean(text)
	for i, r := range runes {
		if r == '\n' {
			runes[i] = ' '
		}
	}
	line := setRunes(runes, style)
	line.Removed = removed
	return line
}

// plain reports whether text is printable ASCII, which needs no looking at.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

func setPlain(text string, style Style) Line {
	return onePlain(pagesOf(style)[0], text)[0]
}

// onePlain types ASCII as the only line, which most texts are.
func onePlain(page *Page, text string) []Line {
	if text == "" {
		return []Line{{}}
	}
	var one struct { // in one piece of memory
		line [1]Line
		run  [1]Run
	}
	one.run[0] = Run{Page: page, Codes: text, Units: page.measure(text)}
	one.line[0] = Line{Runs: one.run[:], Units: one.run[0].Units}
	return one.line[:]
}
