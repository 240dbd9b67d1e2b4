package typeset

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is a font whose glyphs are drawn as outlines. Nothing of it is read before its first use,
// and outlines are read where they lie in the program's file, so that the Chinese font's seven
// megabytes stay out of memory.
type face struct {
	name   string
	bold   bool // a cut of its own for bold
	tall   bool // reaches further above and below the line than Latin letters do
	shaped bool // goes through the shaper; the Han, kana and Hangul fonts stand as they are

	once    sync.Once
	outline *sfnt.Font
	em      int
	shaper  *font.Font
}

func newFace(name string, shaped bool) *face { return &face{name: name, shaped: shaped} }

// family is a face with its bold cut; bold is nil where there is none and the regular is thickened.
type family struct{ regular, bold *face }

func newFamily(name string) family {
	return family{newFace(name+"-regular", true), &face{name: name + "-bold", shaped: true, bold: true}}
}

func newTallFamily(name string) family {
	f := newFamily(name)
	f.regular.tall, f.bold.tall = true, true
	return f
}

func (f family) in(style Style) *face {
	if style&Bold != 0 && f.bold != nil {
		return f.bold
	}
	return f.regular
}

var (
	sans       = newFamily("sans")
	arabic     = newTallFamily("arabic")
	hebrew     = newFamily("hebrew")
	thai       = newTallFamily("thai")
	devanagari = newTallFamily("devanagari")
	symbols    = family{regular: newFace("symbols", true)}
	japanese   = family{regular: newFace("japanese", false)}
	korean     = family{regular: newFace("korean", false)}
	chinese    = family{regular: newFace("chinese", false)}
)

// families gives the fonts to look for a character in, the one made for its script first.
func families(script language.Script, style Style) []family {
	switch script {
	case language.Arabic:
		return []family{arabic, symbols}
	case language.Hebrew:
		return []family{hebrew, symbols}
	case language.Thai:
		return []family{thai}
	case language.Devanagari:
		return []family{devanagari}
	case language.Hangul:
		return []family{korean}
	case language.Hiragana, language.Katakana, language.Bopomofo:
		return []family{japanese, chinese}
	case language.Han:
		if style&Japanese != 0 {
			return []family{japanese, chinese}
		}
		return []family{chinese, japanese}
	case language.Latin, language.Greek, language.Cyrillic:
		return []family{sans, symbols}
	default:
		return []family{sans, symbols, japanese, arabic, hebrew, thai, devanagari}
	}
}

// load reads the font's tables. The files are part of the program, so a fault in them is a fault
// of the build and panics.
func (f *face) load() {
	f.once.Do(func() {
		file, err := fonts.Open("fonts/" + f.name + ".ttf")
		if err != nil {
			panic(fmt.Sprintf("typeset: embedded font file: %v", err))
		}
		f.outline, err = sfnt.ParseReaderAt(file.(io.ReaderAt))
		if err != nil {
			panic(fmt.Sprintf("typeset: embedded font %s: %v", f.name, err))
		}
		f.em = int(f.outline.UnitsPerEm())
		if f.shaped {
			shaped, err := font.ParseTTF(bytes.NewReader(mustRead(f.name + ".ttf")))
			if err != nil {
				panic(fmt.Sprintf("typeset: embedded font %s: %v", f.name, err))
			}
			f.shaper = shaped.Font
		}
	})
}

// glyph gives the glyph of a character, 0 where the face has none.
func (f *face) glyph(r rune, buffer *sfnt.Buffer) uint16 {
	f.load()
	id, err := f.outline.GlyphIndex(buffer, r)
	if err != nil {
		return 0
	}
	return uint16(id)
}

// advance gives the width of a glyph in units.
func (f *face) advance(id uint16, buffer *sfnt.Buffer) int {
	width, err := f.outline.GlyphAdvance(buffer, sfnt.GlyphIndex(id), fixed.I(1000), 0)
	if err != nil {
		return 0
	}
	return width.Round()
}
