package typeset

import (
	"slices"
	"sync"

	"github.com/go-text/typesetting/segmenter"
	"golang.org/x/text/unicode/bidi"
)

// Wrap breaks text into lines of at most width millimetres at a type size. Line breaks in the text
// are kept; others fall where Unicode allows them (UAX 14), and inside a word, between two
// characters with their marks, only where the word alone is too wide. Nothing but the spaces at the
// breaks is left out. A single character wider than the box stands on a line of its own.
func Wrap(text string, style Style, size Points, width float64) []Line {
	lines, _ := wrap(text, style, unitsIn(width, size), 0)
	return lines
}

// wrap also gives the text of each line, where there is more than one. It stops after most lines; 0
// is no limit.
func wrap(text string, style Style, limit, most int) (lines []Line, texts [][]rune) {
	if plain(text) {
		if page := pagesOf(style)[0]; page.measure(text) <= limit {
			return onePlain(page, text), nil
		}
	}
	runes, removed := clean(text)
	if most > 0 {
		runes = runes[:min(len(runes), most*longestLine)]
	}
	for {
		paragraph := runes
		end := slices.Index(runes, '\n')
		if end >= 0 {
			paragraph = runes[:end]
		}
		pieces := wrapParagraph(trimSpace(paragraph), style, limit, most-len(lines))
		leftwards := len(pieces) > 1 && runsLeft(paragraph)
		for _, piece := range pieces {
			if leftwards && !runsLeft(piece) {
				piece = append([]rune{rightToLeftMark}, piece...)
			}
			lines, texts = append(lines, setRunes(piece, style)), append(texts, piece)
		}
		if end < 0 || most > 0 && len(lines) >= most {
			break
		}
		runes = runes[end+1:]
	}
	lines[0].Removed = removed
	return lines, texts
}

// rightToLeftMark shows nothing and makes a line that starts with it run from right to left.
const rightToLeftMark = '\u200f'

// runsLeft reports whether the first character of a text that has a direction runs to the left,
// which decides about the direction of the whole (UAX 9, P2 and P3).
func runsLeft(text []rune) bool {
	for _, r := range text {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// wrapParagraph cuts a text without line breaks into the texts of its lines, at least one. It stops
// after most lines where most is not less than 1.
func wrapParagraph(text []rune, style Style, limit, most int) [][]rune {
	if measure(text, style) <= limit {
		return [][]rune{text}
	}
	ends := breaks(text)
	var lines [][]rune
	for from, next := 0, 0; next < len(ends) && (most < 1 || len(lines) < most); {
		last := fill(text, from, ends, next, style, limit)
		if last >= next {
			lines = append(lines, trimSpace(text[from:ends[last]]))
			from, next = ends[last], last+1
			continue
		}
		to := from + split(text[from:ends[next]], style, limit)
		lines = append(lines, trimEnd(text[from:to]))
		if from = to; from == ends[next] {
			next++
		}
	}
	return lines
}

var segmenters = sync.Pool{New: func() any { return new(segmenter.Segmenter) }}

// breaks gives the places where a line may end.
func breaks(text []rune) []int {
	words := segmenters.Get().(*segmenter.Segmenter)
	defer segmenters.Put(words)
	words.Init(text)
	ends := make([]int, 0, len(text)/5+1)
	for iterator := words.LineIterator(); iterator.Next(); {
		line := iterator.Line()
		ends = append(ends, line.Offset+len(line.Text))
	}
	return ends
}

// fill gives the last of ends, from next on, up to which the text behind from fits on a line;
// next-1 where none does.
func fill(text []rune, from int, ends []int, next int, style Style, limit int) int {
	last, sum := next-1, 0
	for begin := from; last+1 < len(ends); last++ {
		piece := text[begin:ends[last+1]]
		if len(piece) > longestLine {
			break
		}
		begin = ends[last+1]
		trimmed := trimEnd(piece)
		width := measure(trimmed, style)
		if sum+width > limit {
			break
		}
		if len(trimmed) < len(piece) {
			width = measure(piece, style)
		}
		sum += width
	}
	// Pieces were measured one by one; together, shaped, they may be wider.
	for last >= next && measure(trimSpace(text[from:ends[last]]), style) > limit {
		last--
	}
	return last
}

// longestLine is more characters than any line holds.
const longestLine = 500

// split gives how many characters at the start of a word fit on a line: at least one with its marks.
func split(word []rune, style Style, limit int) int {
	word = word[:min(len(word), longestLine)]
	starts := clusterStarts(word)
	fits, sum := 0, 0
	for i, start := range starts {
		end := len(word)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		sum += measure(word[start:end], style)
		if sum > limit && fits > 0 {
			break
		}
		fits = end
	}
	for i := len(starts) - 1; i > 0 && measure(word[:fits], style) > limit; i-- {
		if starts[i] < fits {
			fits = starts[i]
		}
	}
	return fits
}

// clusterStarts gives where characters with their marks begin (UAX 29).
func clusterStarts(text []rune) []int {
	letters := segmenters.Get().(*segmenter.Segmenter)
	defer segmenters.Put(letters)
	letters.Init(text)
	starts := make([]int, 0, len(text))
	for iterator := letters.GraphemeIterator(); iterator.Next(); {
		starts = append(starts, iterator.Grapheme().Offset)
	}
	return starts
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
