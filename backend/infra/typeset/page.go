package typeset

import (
	"embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed fonts
var fonts embed.FS

// pageNames lists the code pages, the ones to prefer first.
var pageNames = []string{"basic", "west", "east", "cyrillic", "greek"}

// Page is a code page of one weight: an 8-bit font with at most 224 characters.
type Page struct {
	Name       string // unique, fit for a font family name
	Definition []byte // what gofpdf's AddFontFromBytes takes as its JSON
	Font       []byte // the deflated TrueType font; never changed

	style  Style
	widths [256]int16
	codes  map[rune]byte // without ASCII
	runes  [256]rune
}

// measure adds up the widths of a byte string of the page.
func (p *Page) measure(codes string) int {
	units := 0
	for i := 0; i < len(codes); i++ {
		units += int(p.widths[codes[i]])
	}
	return units
}

// code gives the byte of a character. A no-break space is typed as a space.
func (p *Page) code(r rune) (byte, bool) {
	if r >= ' ' && r <= '~' {
		return byte(r), true
	}
	c, ok := p.codes[r]
	return c, ok
}

// Rune gives the character that a byte stands for, 0 where the page has none.
func (p *Page) Rune(code byte) rune { return p.runes[code] }

// pagesOf gives the code pages of a style, the ones to prefer first.
func pagesOf(style Style) []*Page {
	if style&Bold != 0 {
		return boldPages()
	}
	return regularPages()
}

var (
	regularPages = sync.OnceValue(func() []*Page { return loadPages("regular", Regular) })
	boldPages    = sync.OnceValue(func() []*Page { return loadPages("bold", Bold) })
)

// loadPages reads the code pages of one weight. The files are part of the program, so a fault in
// them is a fault of the build and panics.
func loadPages(weight string, style Style) []*Page {
	var characters map[string]string
	mustDecode(mustRead("pages.json"), &characters)
	pages := make([]*Page, 0, len(pageNames))
	for _, name := range pageNames {
		stem := weight + "-" + name
		page := &Page{Name: "pb-" + stem, Definition: mustRead(stem + ".json"), Font: mustRead(stem + ".z"), style: style}
		var definition struct{ Cw []int16 }
		mustDecode(page.Definition, &definition)
		copy(page.widths[:], definition.Cw)
		page.codes = make(map[rune]byte, 129)
		code := 32
		for _, r := range characters[name] {
			page.runes[code] = r
			if r > '~' {
				page.codes[r] = byte(code)
			}
			code++
		}
		page.codes['\u00a0'] = ' '
		pages = append(pages, page)
	}
	return pages
}

func mustRead(name string) []byte {
	data, err := fonts.ReadFile("fonts/" + name)
	if err != nil {
		panic(fmt.Sprintf("typeset: embedded font file: %v", err))
	}
	return data
}

func mustDecode(data []byte, into any) {
	if err := json.Unmarshal(data, into); err != nil {
		panic(fmt.Sprintf("typeset: embedded font file: %v", err))
	}
}
