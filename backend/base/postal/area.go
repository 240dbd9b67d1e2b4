package postal

import (
	"fmt"
	"slices"
	"strings"
)

// Area is a part of the map as postcodes name it: their start ("BT", "EH6", "EH6 6", "75"), or a run of starts of
// digits ("10000-19999"); behind a country's code where it counts there only ("FR:20").
type Area struct {
	country   string
	start     string // without spaces and hyphens
	last      string // of a run; as long as start
	afterward string // what stands behind the space of a start in two parts
}

// british are the countries whose postcodes end in a part of three characters, so that EH1 is not a start of EH12 8AB.
var british = []string{"GB", "GG", "JE", "IM"}

// ParseArea reads an area, any case. The error says what would be right.
func ParseArea(text string) (Area, error) {
	var a Area
	rest := strings.ToUpper(strings.Join(strings.Fields(text), " "))
	if country, behind, named := strings.Cut(rest, ":"); named {
		if !KnownCountry(country) {
			return Area{}, fmt.Errorf("%q begins with no country code of two letters (ISO 3166-1), like FR:20", text)
		}
		a.country, rest = country, strings.TrimSpace(behind)
	}
	if first, last, run := strings.Cut(rest, "-"); run && len(first) == len(last) && digitsOnly(first) && digitsOnly(last) {
		if first > last {
			return Area{}, fmt.Errorf("the run %q ends before it begins", text)
		}
		a.start, a.last = first, last
		return a, nil
	}
	a.start, a.afterward, _ = strings.Cut(rest, " ")
	a.start, a.afterward = compact(a.start), compact(a.afterward)
	if a.start == "" || len(a.start)+len(a.afterward) > 10 || !plain(a.start+a.afterward) {
		return Area{}, fmt.Errorf("%q is not the start of a postcode, like BT or EH6, nor a run like 10000-19999", text)
	}
	return a, nil
}

// String writes the area as ParseArea reads it.
func (a Area) String() string {
	text := strings.TrimSuffix(a.start+" "+a.afterward, " ")
	if a.last != "" {
		text = a.start + "-" + a.last
	}
	if a.country != "" {
		text = a.country + ":" + text
	}
	return text
}

// Holds reports whether the postcode of the country lies in the area. Letters end where digits begin: B holds B1 1AA, and
// not BT1 1AA.
func (a Area) Holds(country, postcode string) bool {
	code := compact(strings.ToUpper(postcode))
	if code == "" || a.country != "" && a.country != country {
		return false
	}
	if a.last != "" {
		n := len(a.start)
		return len(code) >= n && a.start <= code[:n] && code[:n] <= a.last
	}
	if slices.Contains(british, country) && len(code) > 4 {
		outward, inward := code[:len(code)-3], code[len(code)-3:]
		switch {
		case a.afterward != "":
			return outward == a.start && strings.HasPrefix(inward, a.afterward)
		case len(a.start) <= len(outward):
			rest, found := strings.CutPrefix(outward, a.start)
			return found && (rest == "" || isLetter(rest[0]) != isLetter(a.start[len(a.start)-1]))
		}
	}
	rest, found := strings.CutPrefix(code, a.start+a.afterward)
	return found && (rest == "" || !isLetter(rest[0]) || strings.ContainsFunc(a.start, isDigit))
}

func compact(code string) string { return strings.NewReplacer(" ", "", "-", "").Replace(code) }

func digitsOnly(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}

func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) && (r < 'A' || r > 'Z') })
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }
