package typeset

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// Every alphabet of a European language must be typed, not drawn: that is what makes documents
// fast, small and searchable.
func TestEuropeanAlphabetsAreTyped(t *testing.T) {
	alphabets := map[string]string{
		"basic":    "Order 100482 · 2 × 350 ml – “now” 12,50 € £5",
		"west":     "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ àâæçèéêëîïôœùûüÿ ÄÖÜẞß ÑñÁÍÓÚ¿¡ ÅåØøÐðÞþ ÃÕãõ",
		"polish":   "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż Zażółć gęślą jaźń",
		"czech":    "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž Příliš žluťoučký kůň",
		"slovak":   "ÄĽĹŔÔ äľĺŕô",
		"magyar":   "ŐŰ őű árvíztűrő tükörfúrógép",
		"romanian": "ĂÂÎȘȚ ăâîșț",
		"turkish":  "ĞİŞÇÖÜ ğışçöü",
		"baltic":   "ĀČĒĢĪĶĻŅŠŪŽ āčēģīķļņšūž ĄĘĖĮŲ ąęėįų ÕÄÖÜ õäöü",
		"balkan":   "ČĆĐŠŽ čćđšž",
		"russian":  "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя №",
		"ukraine":  "ҐЄІЇ ґєії",
		"serbian":  "ЂЈЉЊЋЏ ђјљњћџ",
		"greek":    "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ αβγδεζηθικλμνξοπρστυφχψως άέήίόύώ ΐΰ",
	}
	for name, text := range alphabets {
		for _, style := range []Style{Regular, Bold} {
			text := strings.ReplaceAll(text, "ẞ", "")
			line := Set(text, style)
			if len(line.Missing) > 0 {
				t.Errorf("%s: missing %q", name, line.Missing)
			}
			for _, run := range line.Runs {
				if run.Page == nil {
					t.Errorf("%s: drawn instead of typed", name)
				}
			}
			if len(line.Runs) != 1 {
				t.Errorf("%s: %d runs, want the whole line in one code page", name, len(line.Runs))
			}
			if got := read(line); got != text {
				t.Errorf("%s: reads back as %q", name, got)
			}
		}
	}
}

func TestOtherScriptsAreDrawn(t *testing.T) {
	texts := map[string]string{
		"arabic":                  "شارع الملك فهد",
		"hebrew":                  "רחוב הרצל",
		"thai":                    "กรุงเทพมหานคร",
		"devanagari":              "महाराष्ट्र क्षत्रिय",
		"japanese":                "東京都千代田区丸の内ビル",
		"outside the basic plane": "𠮷野家",
		"chinese":                 "北京市朝阳区建国路",
		"korean":                  "서울특별시 강남구",
		"vietnamese":              "Nguyễn Thị Phương",
		"georgian":                "თბილისი",
		"armenian":                "Երևան",
		"polytonic":               "Ἀθῆναι",
		"signs":                   "✓ → ½ ≤ ①",
	}
	for name, text := range texts {
		for _, style := range []Style{Regular, Bold} {
			line := Set(text, style)
			if len(line.Missing) > 0 {
				t.Errorf("%s: missing %q", name, line.Missing)
			}
			pen := &bounds{}
			line.Outline(0, 0, 1000, pen)
			if pen.open || pen.contours == 0 || pen.right-pen.left < float64(line.Units)/2 || pen.left < -200 || pen.right > float64(line.Units)+200 {
				t.Errorf("%s: outlines reach from %.0f to %.0f in %d contours, the line is %d wide", name, pen.left, pen.right, pen.contours, line.Units)
			}
		}
	}
}

// bounds measures what is drawn.
type bounds struct {
	left, right float64
	contours    int
	open        bool
}

func (b *bounds) at(x float64)                    { b.left, b.right = min(b.left, x), max(b.right, x) }
func (b *bounds) MoveTo(x, _ float64)             { b.at(x); b.contours++; b.open = true }
func (b *bounds) LineTo(x, _ float64)             { b.at(x) }
func (b *bounds) QuadTo(_, _, x, _ float64)       { b.at(x) }
func (b *bounds) CubeTo(_, _, _, _, x, _ float64) { b.at(x) }
func (b *bounds) Close()                          { b.open = false }

func TestRightToLeftStandsInVisualOrder(t *testing.T) {
	cases := []struct{ text, want string }{
		{"abc שלום", "abc םולש"},
		{"שלום abc 12", "abc 12 םולש"},
		{"רחוב הרצל 15, דירה 4", "4 הריד ,15 לצרה בוחר"},
		{"(שלום)", ")םולש("}, // read back unmirrored; the outlines are mirrored
	}
	for _, c := range cases {
		if got := read(Set(c.text, Regular)); got != c.want {
			t.Errorf("%q stands as %q, want %q", c.text, got, c.want)
		}
	}
}

func TestArabicIsJoined(t *testing.T) {
	alone := map[uint16]bool{}
	for _, letter := range []string{"م", "ل", "ك"} {
		alone[Set(letter, Regular).Runs[0].Glyphs[0].id] = true
	}
	joined := 0
	for _, glyph := range Set("ملك", Regular).Runs[0].Glyphs {
		if !alone[glyph.id] {
			joined++
		}
	}
	if joined < 2 {
		t.Errorf("%d of 3 letters have a form they take in words, want at least the first two", joined)
	}
}

func TestARightToLeftParagraphKeepsItsDirectionOnEveryLine(t *testing.T) {
	lines := Wrap("הזמנה מספר B2 350 ml של תה", Regular, 10, 26)
	if len(lines) < 2 {
		t.Fatalf("got %d lines", len(lines))
	}
	if got := read(lines[1]); !strings.HasSuffix(got, "B2 350 ml") && !strings.HasPrefix(got, "הת") && !strings.HasPrefix(got, "לש") {
		t.Errorf("the second line stands as %q: its Latin start must be at the right", got)
	}
}

func TestMissingAndRemovedAreReported(t *testing.T) {
	cases := []struct {
		text             string
		missing, removed []rune
	}{
		{"plain", nil, nil},
		{"cake 🎂!", []rune{'🎂'}, nil},
		{"family 👩‍👩‍👧", []rune{'👩'}, nil},
		{"bell\aand\x00nul", nil, []rune{'\a', 0}},
		{"tab\tstays", nil, nil},
		{"soft\u00adhyphen and \ufeffmark", nil, nil},
		{"private \ue000", []rune{'\ue000'}, nil},
	}
	for _, c := range cases {
		line := Set(c.text, Regular)
		if !slices.Equal(line.Missing, c.missing) || !slices.Equal(line.Removed, c.removed) {
			t.Errorf("%q: missing %q, removed %q; want %q and %q", c.text, line.Missing, line.Removed, c.missing, c.removed)
		}
		if c.missing != nil {
			pen := &bounds{}
			line.Outline(0, 0, 1000, pen)
			if pen.contours == 0 {
				t.Errorf("%q: nothing is drawn", c.text)
			}
		}
	}
}

func TestDecomposedTextIsComposed(t *testing.T) {
	if got := read(Set("e\u0301 n\u0303 o\u0308", Regular)); got != "é ñ ö" {
		t.Errorf("got %q", got)
	}
}

// A line must be as wide on a canvas of dots as in a PDF.
func TestTypedAndDrawnWidthsAgree(t *testing.T) {
	for _, page := range slices.Concat(pagesOf(Regular), pagesOf(Bold)) {
		for code, r := range page.runes {
			if r == 0 {
				continue
			}
			glyphs := Run{Page: page, Codes: string([]byte{byte(code)})}.outlines()
			if len(glyphs) != 1 || glyphs[0].id == 0 {
				t.Errorf("%s: %q has no outline", page.Name, r)
				continue
			}
			setter := setters.Get().(*setter)
			drawn := glyphs[0].face.advance(glyphs[0].id, &setter.buffer)
			setters.Put(setter)
			if drawn-int(page.widths[code]) > 1 || int(page.widths[code])-drawn > 1 {
				t.Errorf("%s: %q is typed %d wide and drawn %d", page.Name, r, page.widths[code], drawn)
			}
		}
	}
}

func TestHanFollowsTheLanguage(t *testing.T) {
	face := func(text string, style Style) string { return Set(text, style).Runs[0].Glyphs[0].face.name }
	if got := face("直角", Regular); got != "chinese" {
		t.Errorf("without a hint: %s", got)
	}
	if got := face("直角", Japanese); got != "japanese" {
		t.Errorf("with the hint: %s", got)
	}
	if got := face("直角の", Regular); got != "japanese" {
		t.Errorf("beside kana: %s", got)
	}
	if got := face("国", Japanese); got != "japanese" {
		t.Errorf("shared form: %s", got)
	}
	if got := face("们", Japanese); got != "chinese" {
		t.Errorf("a form Japanese lacks: %s", got)
	}
}

func TestManyAtOnce(t *testing.T) {
	texts := []string{"plain", "Łódź", "東京都の", "北京路", "서울", "شارع 12", "רחוב", "กรุงเทพ", "हिन्दी", "✓ 🎂"}
	var want []Line
	for _, text := range texts {
		want = append(want, Set(text, Bold))
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				for i, text := range texts {
					line := Set(text, Bold)
					if line.Units != want[i].Units || len(line.Runs) != len(want[i].Runs) {
						t.Errorf("%q: %d wide, want %d", text, line.Units, want[i].Units)
					}
					line.Outline(0, 0, 10, discard{})
				}
			}
		})
	}
	group.Wait()
}
