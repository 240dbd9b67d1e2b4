package typeset

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean brings text into the form it is set in: composed (NFC), its line breaks all \n, its spaces
// plain, control characters left out and handed back.
func clean(text string) (runes, removed []rune) {
	text = norm.NFC.String(strings.ReplaceAll(text, "\r\n", "\n"))
	runes = make([]rune, 0, len(text))
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
		case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			r = '\n'
		case r == '\t' || r >= '\u2000' && r <= '\u200a' || r == '\u205f':
			r = ' '
		case r == '\u202f':
			r = '\u00a0'
		case r == '\u00ad' || r == '\ufeff':
			continue // soft hyphen and byte order mark: nothing to see by definition
		case unicode.IsControl(r):
			removed = append(removed, r)
			continue
		}
		runes = append(runes, r)
	}
	return runes, removed
}

// invisible reports whether a character only steers how others are set and shows nothing itself.
func invisible(r rune) bool {
	switch {
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f',
		r >= '\ufe00' && r <= '\ufe0f', r == '\u034f', r == '\u061c', r >= 0xe0100 && r <= 0xe01ef:
		return true
	}
	return false
}

// turns reports whether a character can make text run from right to left.
func turns(r rune) bool {
	switch {
	case r < '\u0590':
		return false
	case r <= '\u08ff', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069',
		r >= '\ufb1d' && r <= '\ufdff', r >= '\ufe70' && r <= '\ufeff', r >= 0x10800 && r <= 0x10fff,
		r >= 0x1e800 && r <= 0x1efff:
		return true
	}
	return false
}
