package typeset

import (
	"slices"

	"github.com/go-text/typesetting/segmenter"
)

// Wrap breaks text into lines of at most width millimetres at a type size. Line breaks in the text
// are kept; others fall where Unicode allows them (UAX 14), and inside a word, between two
// characters with their marks, only where the word alone is too wide. Nothing but the spaces at the
// breaks is left out. A single character wider than the box stands on a line of its own.
func Wrap(text string, style Style, size Points, width float64) []Line {
	lines, _ := wrap(text, style, unitsIn(width, size))
	return lines
}

// wrap also gives the text of each line, where there is more than one.
func wrap(text string, style Style, limit int) (lines []Line, texts [][]rune) {
	if plain(text) {
		if line := setPlain(text, style); line.Units <= limit {
			return []Line{line}, nil
		}
	}
	runes, removed := clean(text)
	for {
		end := slices.Index(runes, '\n')
		paragraph := runes
		if end >= 0 {
			paragraph = runes[:end]
		}
		for _, piece := range wrapParagraph(trimSpace(paragraph), style, limit) {
			lines, texts = append(lines, setRunes(piece, style)), append(texts, piece)
		}
		if end < 0 {
			break
		}
		runes = runes[end+1:]
	}
	lines[0].Removed = removed
	return lines, texts
}

// wrapParagraph cuts a text without line breaks into the texts of its lines, at least one.
func wrapParagraph(text []rune, style Style, limit int) [][]rune {
	if measure(text, style) <= limit {
		return [][]rune{text}
	}
	var words segmenter.Segmenter
	words.Init(text)
	var ends []int // where a line may end
	for iterator := words.LineIterator(); iterator.Next(); {
		line := iterator.Line()
		ends = append(ends, line.Offset+len(line.Text))
	}
	return fill(text, ends, style, limit, func(word []rune) [][]rune {
		var letters segmenter.Segmenter
		letters.Init(word)
		var ends []int
		for iterator := letters.GraphemeIterator(); iterator.Next(); {
			grapheme := iterator.Grapheme()
			ends = append(ends, grapheme.Offset+len(grapheme.Text))
		}
		return fill(word, ends, style, limit, func(letter []rune) [][]rune { return [][]rune{letter} })
	})
}

// fill puts as many pieces on each line as fit. ends says where the pieces end. A piece that is too
// wide for a line of its own goes to broken, whose last line is then filled up further.
func fill(text []rune, ends []int, style Style, limit int, broken func([]rune) [][]rune) [][]rune {
	widths := make([]int, len(ends)) // of each piece with the spaces behind it
	for i, end := range ends {
		widths[i] = measure(text[startOf(ends, i):end], style)
	}
	var lines [][]rune
	for first := 0; first < len(ends); {
		start := startOf(ends, first)
		last, sum := first, 0
		for next := first; next < len(ends); next++ {
			if sum+measureEnd(text, ends, next, widths, style) > limit && next > first {
				break
			}
			sum += widths[next]
			last = next
		}
		// Pieces are measured one by one; together, shaped, they may be wider.
		for last > first && measure(trimEnd(text[start:ends[last]]), style) > limit {
			last--
		}
		if last == first && measure(trimEnd(text[start:ends[first]]), style) > limit {
			lines = append(lines, broken(trimEnd(text[start:ends[first]]))...)
		} else {
			lines = append(lines, trimSpace(text[start:ends[last]]))
		}
		first = last + 1
	}
	return lines
}

func startOf(ends []int, i int) int {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

// measureEnd gives the width of a piece without the spaces behind it.
func measureEnd(text []rune, ends []int, i int, widths []int, style Style) int {
	piece := text[startOf(ends, i):ends[i]]
	if trimmed := trimEnd(piece); len(trimmed) < len(piece) {
		return measure(trimmed, style)
	}
	return widths[i]
}

func trimEnd(text []rune) []rune {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

func trimSpace(text []rune) []rune {
	for len(text) > 0 && text[0] == ' ' {
		text = text[1:]
	}
	return trimEnd(text)
}
