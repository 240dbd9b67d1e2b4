package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"packbench/backend/base/errs"
)

// CleanName gives the name as it is kept: NFC (UAX #15), without white space around it. Invalid at path: empty, longer
// than NameLimit characters, not UTF-8, or with characters that can't be seen (control, bidirectional marks and the
// like; the two joiners that emoji and Indic scripts need are let through). what names the thing: "A group name".
func CleanName(path, what, name string) (string, error) {
	if !utf8.ValidString(name) {
		return "", errs.OnField(path, "%s must be UTF-8 text.", what)
	}
	name = norm.NFC.String(strings.TrimSpace(name))
	if name == "" {
		return "", errs.OnField(path, "%s is needed: 1 to %d characters.", what, NameLimit)
	}
	if n := utf8.RuneCountInString(name); n > NameLimit {
		return "", errs.OnField(path, "%s may have at most %d characters; this one has %d.", what, NameLimit, n)
	}
	for _, r := range name {
		if !unicode.IsGraphic(r) && !joiner(r) {
			return "", errs.OnField(path, "%s may hold only characters that can be seen; take out U+%04X.", what, r)
		}
	}
	if NameKey(name) == "" {
		return "", errs.OnField(path, "%s needs characters that can be seen.", what)
	}
	return name, nil
}

// NameKey is what two names share that people would take for one: it looks through capitals, Unicode's compatibility
// forms (NFKC), joiners and the width of white space.
func NameKey(name string) string {
	folded := strings.ToLower(strings.ToUpper(norm.NFKC.String(name)))
	visible := strings.Map(func(r rune) rune {
		if joiner(r) {
			return -1
		}
		return r
	}, folded)
	return strings.Join(strings.Fields(norm.NFC.String(visible)), " ")
}

// joiner reports the zero-width non-joiner and joiner.
func joiner(r rune) bool { return r == 0x200c || r == 0x200d }
