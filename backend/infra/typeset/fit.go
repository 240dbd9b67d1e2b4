package typeset

import "slices"

// Box is the room a text may take.
type Box struct {
	Width    float64 // millimetres
	Lines    int     // as many as wanted; 0 means as many as it needs
	Size     Points  // the type size wanted
	Smallest Points  // the size it may shrink to for that; 0 means Size
	Most     int     // as many lines as it may take at the smallest size before it is cut; 0 means Lines
}

// Block is text fitted into a box.
type Block struct {
	Lines []Line
	Size  Points
	Cut   bool // it did not fit even at the smallest size and ends in an ellipsis
}

// step is by how much type shrinks at a time.
const step Points = 0.5

// Fit wraps text into a box; where it takes too many lines it is set smaller, then it takes more
// lines, and where that does not help it is cut at the end with an ellipsis. No line is wider than
// the box.
func Fit(text string, style Style, box Box) Block {
	smallest := box.Smallest
	if smallest <= 0 || smallest > box.Size {
		smallest = box.Size
	}
	if box.Lines == 0 {
		return Block{Lines: Wrap(text, style, box.Size, box.Width), Size: box.Size}
	}
	most := max(box.Lines, box.Most)
	needed := 0 // at least so wide are the lines together, once that is looked at
	for size := box.Size; ; size = max(size-step, smallest) {
		limit := unitsIn(box.Width, size)
		if size > smallest && needed > box.Lines*limit {
			continue
		}
		lines, texts := wrap(text, style, limit, most+1)
		switch {
		case len(lines) <= box.Lines && !wider(lines, limit), size == smallest && len(lines) <= most:
			return Block{Lines: lines, Size: size}
		case size == smallest:
			removed := lines[most-1].Removed
			lines[most-1] = shorten(texts[most-1], style, limit)
			lines[most-1].Removed = removed
			return Block{Lines: lines[:most], Size: size, Cut: true}
		case needed == 0:
			for _, line := range lines {
				needed += line.Units
			}
		}
	}
}

// wider reports whether a line is too wide: a character that is wider than the box by itself.
func wider(lines []Line, limit int) bool {
	return slices.ContainsFunc(lines, func(line Line) bool { return line.Units > limit })
}

// shorten takes characters off the end of a text until it fits with an ellipsis behind it.
func shorten(text []rune, style Style, limit int) Line {
	starts := clusterStarts(text)
	for end := len(text); ; {
		line := setRunes(append(slices.Clone(trimEnd(text[:end])), '…'), style)
		if line.Units <= limit || len(starts) == 0 {
			return line
		}
		end, starts = starts[len(starts)-1], starts[:len(starts)-1]
	}
}

// Missing lists the characters of the block that no embedded font has, each once.
func (b Block) Missing() []rune { return b.collect(func(l Line) []rune { return l.Missing }) }

// Removed lists the control characters that were left out of the block, each once.
func (b Block) Removed() []rune { return b.collect(func(l Line) []rune { return l.Removed }) }

func (b Block) collect(of func(Line) []rune) []rune {
	var all []rune
	seen := map[rune]bool{}
	for _, line := range b.Lines {
		for _, r := range of(line) {
			if !seen[r] {
				seen[r] = true
				all = append(all, r)
			}
		}
	}
	return all
}
