package label

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/backend/core/courier"
	"packbench/backend/infra/typeset"
)

// box is room for a text.
type box struct {
	x, y, width    int // dots; y is the top of the first line
	lines          int
	size, smallest typeset.Points
}

// longest bounds, in bytes, what is looked at of one text: several times what any box of a label holds.
const longest = 400

// fit wraps a text into a box, sets it smaller, cuts it: in this order.
func (l *layout) fit(s string, style typeset.Style, b box) typeset.Block {
	return l.fitLine(l.line(typeset.Set(oneLine(s), style)), s, style, b)
}

// fitLine is fit for a text that is already set on one line, which is where it stays if there is room.
func (l *layout) fitLine(whole []typeset.Line, s string, style typeset.Style, b box) typeset.Block {
	width := float64(b.width) * l.dot()
	if len(s) <= longest && whole[0].Width(b.size) <= width {
		return typeset.Block{Lines: whole, Size: b.size}
	}
	if whole[0].Width(b.smallest) > float64(b.lines)*width {
		b.size = b.smallest // it will be cut: no need to try the sizes between
	}
	block := typeset.Fit(oneLine(s), style, typeset.Box{Width: width, Lines: b.lines, Size: b.size, Smallest: b.smallest})
	block.Cut = block.Cut || len(s) > longest
	return block
}

// oneLine takes line breaks and runs of spaces out of a text and bounds its length.
func oneLine(s string) string {
	if len(s) > longest {
		end := longest
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') || s[i] >= 0x80 {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// warn tells what was done to a text otherwise than asked.
func (l *layout) warn(field, s string, block typeset.Block) {
	if !block.Cut && !slices.ContainsFunc(block.Lines, odd) {
		return
	}
	add := func(format string, args ...any) {
		l.warnings = append(l.warnings, courier.Warning{Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if block.Cut {
		add("This is longer than the label has room for: %d characters, cut at the end.", utf8.RuneCountInString(s))
	}
	if missing := block.Missing(); len(missing) > 0 {
		add("The label's fonts can't draw %s; a box stands in its place.", name(missing))
	}
	if removed := block.Removed(); len(removed) > 0 {
		add("The control characters %s were left out.", name(removed))
	}
}

func odd(line typeset.Line) bool { return len(line.Missing)+len(line.Removed) > 0 }

// name lists characters so that each can be looked up: U+1F4E6.
func name(characters []rune) string {
	names := make([]string, len(characters))
	for i, r := range characters {
		names[i] = fmt.Sprintf("U+%04X", r)
	}
	return strings.Join(names, ", ")
}

// block fits a text, places its lines one below the other and gives where the next could begin.
func (l *layout) block(s, field string, style typeset.Style, b box) int {
	if s == "" {
		return b.y
	}
	block := l.fit(s, style, b)
	l.warn(field, s, block)
	return l.lines(block, b.x, b.y, b.width)
}

// blockAbove is block for a text that has to end above a rule: lines of tall scripts are set smaller until they do.
func (l *layout) blockAbove(rule int, s, field string, style typeset.Style, b box) {
	if s == "" {
		return
	}
	block := l.fit(s, style, b)
	for b.size > b.smallest && float64(b.y)+l.tall(block) > float64(rule-l.dots(ruleWidth)/2) {
		b.size -= 0.5
		block = l.fit(s, style, b)
	}
	l.warn(field, s, block)
	l.lines(block, b.x, b.y, b.width)
}

// pitch gives how much a line takes, from its top to the next one's, as a part of its type size; rise is what of it stands
// above the baseline.
func pitch(line typeset.Line) float64 {
	if line.Tall() {
		return 1.5
	}
	return 1.22
}

func rise(line typeset.Line) float64 {
	if line.Tall() {
		return 1.1
	}
	return 0.98
}

// tall gives the height of a block in dots.
func (l *layout) tall(block typeset.Block) (height float64) {
	for _, line := range block.Lines {
		height += pitch(line) * l.em(block.Size)
	}
	return height
}

// lines places the lines of a block below y and gives where the next could begin.
func (l *layout) lines(block typeset.Block, x, y, width int) int {
	top := float64(y)
	for _, line := range block.Lines {
		l.add(text{line: line, size: block.Size, x: x, width: width, y: int(top + rise(line)*l.em(block.Size) + 0.5)})
		top += pitch(line) * l.em(block.Size)
	}
	return int(top + 0.5)
}

// caption places a small word that says what stands below it.
func (l *layout) caption(word string, x, top, width int) {
	l.block(word, "courier", typeset.Regular, box{x: x, y: top + l.dots(0.7), width: width, lines: 1, size: captionSize, smallest: 6})
}

// rule places a line across the label, centred on y.
func (l *layout) rule(y int) {
	height := l.dots(ruleWidth)
	l.rects = append(l.rects, rect{0, y - height/2, l.width, height})
}

func (l *layout) add(t text) {
	if !t.line.Empty() {
		l.texts = append(l.texts, t)
	}
}

// em gives a type size in dots.
func (l *layout) em(size typeset.Points) float64 { return size * float64(l.dpi) / 72 }

// capitals gives the height of capital letters in dots.
func (l *layout) capitals(size typeset.Points) int { return int(capHeight*l.em(size) + 0.5) }

// capHeight is the height of a capital of the embedded Latin font, as a part of the type size.
const capHeight = 0.714
