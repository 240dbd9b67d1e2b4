package postal

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"
)

// shape is how a country's postcodes look, and one of them.
type shape struct {
	form    *regexp.Regexp
	example string
}

// shapes holds the countries whose form is checked (Universal Postal Union, addressing systems). White space between the
// parts may be missing, and so may a hyphen, because order systems leave them out.
var shapes = map[string]shape{
	"AT": form(`[1-9][0-9]{3}`, "1010"),
	"AU": form(`[0-9]{4}`, "2000"),
	"BE": form(`[1-9][0-9]{3}`, "1000"),
	"CA": form(`[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] ?[0-9][ABCEGHJ-NPRSTV-Z][0-9]`, "K1A 0B1"),
	"CH": form(`[1-9][0-9]{3}`, "8001"),
	"DE": form(`[0-9]{5}`, "10115"),
	"DK": form(`[0-9]{4}`, "2100"),
	"ES": form(`(?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}`, "28013"),
	"FI": form(`[0-9]{5}`, "00100"),
	"FR": form(`[0-9]{5}`, "75008"),
	"GB": form(`(?:[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|BFPO ?[0-9]{1,4}|GIR ?0AA)`, "SW1A 1AA"),
	"IE": form(`(?:D6W|[A-Z][0-9]{2}) ?[A-Z0-9]{4}`, "D02 AF30"),
	"IT": form(`[0-9]{5}`, "00184"),
	"NL": form(`[1-9][0-9]{3} ?[A-Z]{2}`, "1012 AB"),
	"NO": form(`[0-9]{4}`, "0150"),
	"PL": form(`[0-9]{2}[- ]?[0-9]{3}`, "00-950"),
	"PT": form(`[1-9][0-9]{3}(?:[- ]?[0-9]{3})?`, "1100-148"),
	"SE": form(`[1-9][0-9]{2} ?[0-9]{2}`, "111 22"),
	"US": form(`[0-9]{5}(?:[- ]?[0-9]{4})?`, "10118 or 10118-0110"),
}

// form lets the country's own letter stand before the code, as it is still written on the continent: "D-10115".
func form(pattern, example string) shape {
	return shape{regexp.MustCompile(`^(?:[A-Z]{1,2}-)?` + pattern + `$`), example}
}

// CheckPostcode says what is wrong with a postcode of the country and what would be right; "" where it has the form of
// the country's postcodes, where that form is not known, and for an empty one. Capitals are expected.
func CheckPostcode(country, postcode string) string {
	s, known := shapes[country]
	if !known || postcode == "" || s.form.MatchString(postcode) {
		return ""
	}
	return fmt.Sprintf("Postcode %q does not fit %s, whose postcodes look like %s.", postcode, CountryName(country), s.example)
}

// CheckEmail says what is wrong with an e-mail address and what would be right, "" when it has the form of one (RFC 5322,
// an address alone) at a host with a dot. The empty text is right.
func CheckEmail(text string) string {
	if text == "" {
		return ""
	}
	address, err := mail.ParseAddress(text)
	if err == nil && address.Address == text {
		host := text[strings.LastIndexByte(text, '@')+1:]
		if dot := strings.LastIndexByte(host, '.'); dot > 0 && dot < len(host)-1 && host[0] != '[' {
			return ""
		}
	}
	return fmt.Sprintf("%q is not an e-mail address, like goods.in@example.com.", text)
}
