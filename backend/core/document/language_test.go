package document

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/money"
	"pgregory.net/rapid"
)

// Numbers as ICU 74 writes them, days as their speakers do.
func TestEachLanguageWritesNumbersAndDays(t *testing.T) {
	big, plain := money.Amount{Minor: -123_456_789, Currency: "EUR"}, money.Amount{Minor: 123_450, Currency: "EUR"}
	for language, want := range map[Language][6]string{
		"":      {"-1,234,567.89", "EUR 1,234.50", "1 March 2026", "31 December 2026", "4.38 kg", "540 g"},
		English: {"-1,234,567.89", "EUR 1,234.50", "1 March 2026", "31 December 2026", "4.38 kg", "540 g"},
		German:  {"-1.234.567,89", "1.234,50 EUR", "1. März 2026", "31. Dezember 2026", "4,38 kg", "540 g"},
		French:  {"-1 234 567,89", "1 234,50 EUR", "1er mars 2026", "31 décembre 2026", "4,38 kg", "540 g"},
		Spanish: {"-1.234.567,89", "1234,50 EUR", "1 de marzo de 2026", "31 de diciembre de 2026", "4,38 kg", "540 g"},
		Italian: {"-1.234.567,89", "1234,50 EUR", "1 marzo 2026", "31 dicembre 2026", "4,38 kg", "540 g"},
		Polish:  {"-1 234 567,89", "1234,50 EUR", "1 marca 2026", "31 grudnia 2026", "4,38 kg", "540 g"},
		Dutch:   {"-1.234.567,89", "1.234,50 EUR", "1 maart 2026", "31 december 2026", "4,38 kg", "540 g"},
	} {
		day := func(month time.Month, day int) string {
			return language.Date(time.Date(2026, month, day, 9, 0, 0, 0, time.UTC))
		}
		got := [6]string{language.Amount(big), language.Money(plain), day(time.March, 1), day(time.December, 31), language.Weight(4380), language.Weight(540)}
		for i := range got {
			if got[i] = strings.ReplaceAll(got[i], noBreakSpace, " "); got[i] != want[i] {
				t.Errorf("%q writes %s, want %s", language, got[i], want[i])
			}
		}
	}
	for want, amount := range map[string]money.Amount{
		"0.05": {Minor: 5, Currency: "GBP"}, "999.99": {Minor: 99_999, Currency: "GBP"}, "12,345": {Minor: 12_345, Currency: "JPY"}, "1.234": {Minor: 1234, Currency: "KWD"},
	} {
		if got := English.Amount(amount); got != want {
			t.Errorf("%v is written %s, want %s", amount, got, want)
		}
	}
}

func TestWordsBendWithTheirNumber(t *testing.T) {
	for language, want := range map[Language]map[int64]string{
		English: {0: "0 parcels", 1: "1 parcel", 1200: "1,200 parcels"},
		French:  {0: "0 colis", 1: "1 colis"},
		Polish:  {0: "0 paczek", 1: "1 paczka", 2: "2 paczki", 4: "4 paczki", 5: "5 paczek", 12: "12 paczek", 14: "14 paczek", 21: "21 paczek", 22: "22 paczki", 112: "112 paczek", 1003: "1003 paczki"},
	} {
		for n, text := range want {
			if got := language.Count(n, language.Words().Parcels); got != text {
				t.Errorf("%s: %q, want %q", language, got, text)
			}
		}
	}
	if got := French.Count(0, French.Words().Lines); got != "0 ligne" {
		t.Errorf("French counts %q", got)
	}
}

// No digit is lost or moved, whatever the language.
func TestDecimalKeepsEveryDigit(t *testing.T) {
	digits := func(text string) string {
		return strings.Map(func(r rune) rune {
			if r == '-' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Amount{Minor: rapid.Int64Range(-9e15, 9e15).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency")}
		language := rapid.SampledFrom(Languages).Draw(t, "language")
		if written := language.Amount(amount); digits(written) != digits(amount.Decimal()) {
			t.Fatalf("%s writes %s as %s", language, amount.Decimal(), written)
		}
	})
}

// strung gives every text of a struct by its path.
func strung(v reflect.Value, path string, all map[string]string) {
	if v.Kind() == reflect.String {
		all[path] = v.String()
		return
	}
	for i := range v.NumField() {
		strung(v.Field(i), path+"."+v.Type().Field(i).Name, all)
	}
}

func TestNoLanguageLacksAWord(t *testing.T) {
	first := map[string]string{}
	strung(reflect.ValueOf(*English.Words()), "", first)
	for _, language := range Languages {
		words := map[string]string{}
		strung(reflect.ValueOf(*language.Words()), "", words)
		for path, text := range words {
			if few := strings.HasSuffix(path, ".Few"); few && language != Polish {
				continue
			}
			if strings.TrimSpace(text) == "" || text != strings.TrimSpace(text) {
				t.Errorf("%s has %q for %s", language, text, path)
			}
			for _, verb := range []string{"%d", "%s", "%[1]s", "%[2]s"} {
				if strings.Count(text, verb) != strings.Count(first[path], verb) && path != ".Few" {
					t.Errorf("%s: %q of %s has other blanks than %q", language, text, path, first[path])
				}
			}
		}
		if language != English && reflect.DeepEqual(words, first) {
			t.Errorf("%s has only English words", language)
		}
	}
	if words := German.InvoiceWords(); words.Title != "Commercial invoice / Handelsrechnung" || words.Incoterms != "Incoterms 2020" {
		t.Errorf("the second language stands as %q, %q", words.Title, words.Incoterms)
	}
	if words := English.InvoiceWords(); *words != English.Words().Invoice {
		t.Error("English stands beside itself")
	}
	if Language("sv").Known() || Language("sv").Words() != English.Words() {
		t.Error("an unknown language is not English")
	}
}
