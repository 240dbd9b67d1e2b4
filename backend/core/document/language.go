package document

import (
	"fmt"
	"strings"
	"time"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
)

// Language is the language of a document's own words, dates and numbers: an ISO 639-1 code. "" is English.
type Language string

// The languages documents are drawn in.
const (
	English Language = "en"
	German  Language = "de"
	French  Language = "fr"
	Spanish Language = "es"
	Italian Language = "it"
	Polish  Language = "pl"
	Dutch   Language = "nl"
)

// Languages lists them in the order they are offered.
var Languages = []Language{English, German, French, Spanish, Italian, Polish, Dutch}

// locale is how a language writes. Numbers follow Unicode CLDR; a currency's ISO code stands before the sum in English
// and behind it in the others (Interinstitutional style guide of the European Union, 7.3.3).
type locale struct {
	words   *Words
	months  [12]string // as they stand in a date
	date    string     // %[1]s day, %[2]s month, %[3]d year
	first   string     // the first day of a month, where it is not "1"
	point   string     // before decimals
	group   string     // between thousands
	alone   bool       // a group begins with the fifth digit: 1234, but 12 345
	leading bool       // the currency's code stands before the sum
	few     func(n int64) bool
	one     func(n int64) bool
}

const noBreakSpace = "\u00a0"

func justOne(n int64) bool { return n == 1 }

var locales = map[Language]*locale{
	English: {
		words: &english, date: "%[1]s %[2]s %[3]d", point: ".", group: ",", leading: true, one: justOne,
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	},
	German: {
		words: &german, date: "%[1]s. %[2]s %[3]d", point: ",", group: ".", one: justOne,
		months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	},
	French: {
		words: &french, date: "%[1]s %[2]s %[3]d", first: "1er", point: ",", group: noBreakSpace, one: func(n int64) bool { return n < 2 },
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	},
	Spanish: {
		words: &spanish, date: "%[1]s de %[2]s de %[3]d", point: ",", group: ".", alone: true, one: justOne,
		months: [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	},
	Italian: {
		words: &italian, date: "%[1]s %[2]s %[3]d", point: ",", group: ".", alone: true, one: justOne,
		months: [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"},
	},
	Polish: {
		words: &polish, date: "%[1]s %[2]s %[3]d", point: ",", group: noBreakSpace, alone: true, one: justOne,
		few:    func(n int64) bool { return n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14) },
		months: [12]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"},
	},
	Dutch: {
		words: &dutch, date: "%[1]s %[2]s %[3]d", point: ",", group: ".", one: justOne,
		months: [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
	},
}

// Known reports whether documents are drawn in the language.
func (l Language) Known() bool { return l == "" || locales[l] != nil }

func (l Language) locale() *locale {
	if known := locales[l]; known != nil {
		return known
	}
	return locales[English]
}

// Words gives the documents' own words; English for a language that is not known.
func (l Language) Words() *Words { return l.locale().words }

// Date writes a day in words: "2 March 2026", "2 de marzo de 2026".
func (l Language) Date(day time.Time) string {
	in, number := l.locale(), fmt.Sprint(day.Day())
	if day.Day() == 1 && in.first != "" {
		number = in.first
	}
	return fmt.Sprintf(in.date, number, in.months[day.Month()-1], day.Year())
}

// Decimal writes a number that is given with a point, "-1234.50", with the language's signs: "-1.234,50".
func (l Language) Decimal(number string) string {
	in := l.locale()
	whole, fraction, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if len(whole) > 4 || !in.alone {
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + in.group + whole[at:]
		}
	}
	if fraction != "" {
		whole += in.point + fraction
	}
	return sign + whole
}

// Amount writes a sum without its currency: "1,234.50".
func (l Language) Amount(a money.Amount) string { return l.Decimal(a.Decimal()) }

// Money writes a sum with its currency: "GBP 1,234.50", "1.234,50 EUR".
func (l Language) Money(a money.Amount) string {
	if l.locale().leading {
		return a.Currency + noBreakSpace + l.Amount(a)
	}
	return l.Amount(a) + noBreakSpace + a.Currency
}

// Weight writes a weight: "540 g", "4.38 kg", "4,38 kg".
func (l Language) Weight(g measure.Grams) string {
	number, unit, _ := strings.Cut(g.String(), " ")
	return l.Decimal(number) + " " + unit
}

// Count writes a number with the form of a word that goes with it: "1 parcel", "5 paczek".
func (l Language) Count(n int64, word Forms) string {
	in, form := l.locale(), word.Many
	switch {
	case in.one(n):
		form = word.One
	case in.few != nil && in.few(n):
		form = word.Few
	}
	return l.Decimal(fmt.Sprint(n)) + " " + form
}
