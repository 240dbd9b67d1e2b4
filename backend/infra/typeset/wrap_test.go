package typeset

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// texts of the lines, as far as they can be read back: typed codes through their page, drawn
// clusters as they are. Right-to-left text comes back in visual order.
func read(line Line) string {
	var text strings.Builder
	for _, run := range line.Runs {
		for _, code := range []byte(run.Codes) {
			text.WriteRune(run.Page.runes[code])
		}
		for _, cluster := range run.Clusters {
			text.WriteString(cluster.Text)
		}
	}
	return text.String()
}

func TestWrapBreaksWhereUnicodeAllows(t *testing.T) {
	cases := []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"fits", "Cast-iron trivet", 100, []string{"Cast-iron trivet"}},
		{"empty", "", 100, []string{""}},
		{"at spaces", "Linen tea towel, natural", 24, []string{"Linen tea", "towel, natural"}},
		{"after a hyphen", "Cast-iron trivet", 17, []string{"Cast-iron", "trivet"}},
		{"line breaks are kept", "one\r\ntwo\n\nfour", 100, []string{"one", "two", "", "four"}},
		{"a long word fills its lines, and what follows goes on behind it", "Donaudampfschifffahrt ab", 20, []string{"Donaudam", "pfschifffahr", "t ab"}},
		{"no Han character is lost", "参照番号東京都千代田区", 15, []string{"参照番号", "東京都千", "代田区"}},
		{"no break before a closing mark", "東京都、大阪府。", 14, []string{"東京", "都、大", "阪府。"}},
		{"no-break space holds", "10\u00a0kg of tea", 10, []string{"10\u00a0kg", "of tea"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, line := range Wrap(c.text, Regular, 10, c.width) {
				got = append(got, read(line))
			}
			for i := range c.want {
				c.want[i] = strings.ReplaceAll(c.want[i], "\u00a0", " ")
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// anyText draws texts as hostile and as mixed as order systems could send.
func anyText() *rapid.Generator[string] {
	letter := rapid.OneOf(
		rapid.RuneFrom([]rune("abc ABC 123 .,-/()")),
		rapid.RuneFrom([]rune("ąćęłńóśźżÄÖÜßéèğışțőů")),
		rapid.RuneFrom([]rune("αβγδΩабвгдЖЯ")),
		rapid.RuneFrom([]rune("東京都千代田区丸の内カタ北京路号서울특별시𠮷")),
		rapid.RuneFrom([]rune("شارعالملكرחובهرצל")),
		rapid.RuneFrom([]rune("กรุงเทพมหานครहिन्दीक्षत्रिय")),
		rapid.RuneFrom([]rune("\u0301\u0323\u200d\u200c\u200b\u202e\u2067\u00ad\ufe0f\n\t\u0000\u0007\u00a0")),
		rapid.RuneFrom([]rune("😀👩🎂✓→№½\ufffd\U0010ffff")),
		rapid.Rune(),
	)
	return rapid.StringOfN(letter, 0, 120, -1)
}

// kept gives what must be found again of a text: all but spaces and what is set without being seen.
func kept(text []rune) string {
	return string(slices.DeleteFunc(slices.Clone(text), func(r rune) bool {
		return r == ' ' || r == '\n' || r == rightToLeftMark
	}))
}

func TestWrapLosesNothingAndStaysInTheBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		style := rapid.SampledFrom([]Style{Regular, Bold, Regular | Japanese}).Draw(t, "style")
		limit := rapid.IntRange(0, 20_000).Draw(t, "limit")
		cleaned, _ := clean(text)
		lines, texts := wrap(text, style, limit, 0)
		if texts == nil {
			if len(lines) != 1 || lines[0].Units > limit {
				t.Fatalf("%q was not wrapped but is %d wide in %d", text, lines[0].Units, limit)
			}
			return
		}
		var all []rune
		for i, line := range lines {
			all = append(all, texts[i]...)
			if line.Units > limit && len(clusterStarts(texts[i])) > 1 && !leadingMark(texts[i]) {
				t.Errorf("line %q is %d wide, the box %d", string(texts[i]), line.Units, limit)
			}
		}
		if got, want := kept(all), kept(cleaned); got != want {
			t.Errorf("wrapped %q\n  lines hold %q\n  text holds %q", text, got, want)
		}
	})
}

// leadingMark reports whether a line is one character behind the mark that gives it its direction.
func leadingMark(text []rune) bool {
	return text[0] == rightToLeftMark && len(clusterStarts(text)) == 2
}

func TestFitStaysInTheBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		box := Box{
			Width: rapid.Float64Range(15, 80).Draw(t, "width"), Lines: rapid.IntRange(1, 4).Draw(t, "lines"),
			Size: 10, Smallest: rapid.Float64Range(5, 10).Draw(t, "smallest"), Most: rapid.IntRange(0, 6).Draw(t, "most"),
		}
		block := Fit(text, Regular, box)
		if len(block.Lines) == 0 || len(block.Lines) > max(box.Lines, box.Most) {
			t.Fatalf("%d lines in a box of %d, %d at most", len(block.Lines), box.Lines, box.Most)
		}
		if len(block.Lines) > box.Lines && block.Size != box.Smallest {
			t.Errorf("took %d lines at %.1f pt without shrinking to %.1f", len(block.Lines), block.Size, box.Smallest)
		}
		if block.Cut != strings.HasSuffix(strings.TrimRight(read(block.Lines[len(block.Lines)-1]), "\u200f"), "…") && !strings.ContainsAny(text, "…") && !slices.ContainsFunc([]rune(text), turns) {
			t.Errorf("cut is %v, the last line %q", block.Cut, read(block.Lines[len(block.Lines)-1]))
		}
		for _, line := range block.Lines {
			if line.Width(block.Size) > box.Width+1e-6 {
				t.Errorf("line %q is %.2f mm wide, the box %.2f", read(line), line.Width(block.Size), box.Width)
			}
		}
	})
}

func TestFitWrapsThenShrinksThenCuts(t *testing.T) {
	text := "Merino wool throw, charcoal herringbone"
	cases := []struct {
		name  string
		box   Box
		size  Points
		lines int
		cut   bool
	}{
		{"room enough", Box{Width: 80, Lines: 1, Size: 10}, 10, 1, false},
		{"wraps", Box{Width: 40, Lines: 2, Size: 10}, 10, 2, false},
		{"shrinks rather than take a line more than wanted", Box{Width: 62, Lines: 1, Size: 10, Smallest: 7, Most: 3}, 8.5, 1, false},
		{"takes more lines at the smallest size", Box{Width: 30, Lines: 1, Size: 10, Smallest: 8, Most: 3}, 8, 2, false},
		{"is cut only then", Box{Width: 20, Lines: 1, Size: 10, Smallest: 9}, 9, 1, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			block := Fit(text, Regular, c.box)
			if block.Size != c.size || len(block.Lines) != c.lines || block.Cut != c.cut {
				t.Errorf("got %.1f pt, %d lines, cut %v; want %.1f, %d, %v", block.Size, len(block.Lines), block.Cut, c.size, c.lines, c.cut)
			}
		})
	}
}

func FuzzFit(f *testing.F) {
	for _, seed := range []string{"plain", "Łódź\x00", "東京都", "\u202eabc", "👩‍👩‍👧", "a\u0301\u0302\u0303", "\xff\xfe", strings.Repeat("x", 500), "שלום abc ١٢٣", "\u200f"} {
		f.Add(seed, 30.0)
	}
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if !(width > 10 && width < 500) || len(text) > 5000 {
			t.Skip()
		}
		block := Fit(text, Bold, Box{Width: width, Lines: 3, Size: 9, Smallest: 6, Most: 5})
		for _, line := range block.Lines {
			if line.Width(block.Size) > width+1e-6 {
				t.Errorf("line %q is %.2f mm wide, the box %.2f", read(line), line.Width(block.Size), width)
			}
			line.Outline(0, 0, 10, discard{})
		}
	})
}

type discard struct{}

func (discard) MoveTo(_, _ float64)             {}
func (discard) LineTo(_, _ float64)             {}
func (discard) QuadTo(_, _, _, _ float64)       {}
func (discard) CubeTo(_, _, _, _, _, _ float64) {}
func (discard) Close()                          {}
