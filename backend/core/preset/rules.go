package preset

import (
	"fmt"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

// Rules restrict what a preset may be used for; zero fields don't.
type Rules struct {
	WeightMin       measure.Grams       `json:"weight_min_g,omitempty"` // of the whole shipment
	WeightMax       measure.Grams       `json:"weight_max_g,omitempty"`
	LongestMax      measure.Millimetres `json:"longest_max_mm,omitempty"` // longest side of any parcel, whichever it is
	LengthMin       measure.Millimetres `json:"length_min_mm,omitempty"`  // of each parcel, as the order names its sides
	LengthMax       measure.Millimetres `json:"length_max_mm,omitempty"`
	WidthMin        measure.Millimetres `json:"width_min_mm,omitempty"`
	WidthMax        measure.Millimetres `json:"width_max_mm,omitempty"`
	HeightMin       measure.Millimetres `json:"height_min_mm,omitempty"`
	HeightMax       measure.Millimetres `json:"height_max_mm,omitempty"`
	ValueMin        money.Amount        `json:"value_min"` // of all goods in the shipment; both in one currency
	ValueMax        money.Amount        `json:"value_max"`
	Countries       []string            `json:"countries,omitempty"`        // only these: ISO 3166-1 alpha-2 of the recipient
	Postcodes       []string            `json:"postcodes,omitempty"`        // only these areas (postal.Area)
	PostcodesExcept []string            `json:"postcodes_except,omitempty"` // never these areas
}

// areasLimit is the most areas of one list.
const areasLimit = 500

// span is a restriction with a lower and an upper end, in whole units.
type span struct {
	name, noun string // "longest", "longest side"; a value's noun is its currency
	min, max   int64
	paths      [2]string
	write      func(int64) string
}

func (r Rules) spans() []span {
	weight := func(n int64) string { return measure.Grams(n).Kilograms() + " kg" }
	length := func(n int64) string { return measure.Millimetres(n).Centimetres() + " cm" }
	side := func(name string, low, high measure.Millimetres) span {
		return span{name, name, int64(low), int64(high), [2]string{name + "_min_mm", name + "_max_mm"}, length}
	}
	return []span{
		{"weight", "weight", int64(r.WeightMin), int64(r.WeightMax), [2]string{"weight_min_g", "weight_max_g"}, weight},
		side("length", r.LengthMin, r.LengthMax), side("width", r.WidthMin, r.WidthMax), side("height", r.HeightMin, r.HeightMax),
		{"longest", "longest side", 0, int64(r.LongestMax), [2]string{"", "longest_max_mm"}, length},
	}
}

// clean checks the restrictions and gives them as they are kept: codes in capitals, areas in one way of writing.
func (r Rules) clean(wrong *errs.Fields) Rules {
	for _, s := range r.spans() {
		switch {
		case s.min < 0 || s.max < 0:
			wrong.Add("rules."+s.paths[1], "The %s is a whole number from 0; 0 means no bound.", s.noun)
		case s.max > 0 && s.min > s.max:
			wrong.Add("rules."+s.paths[0], "The smallest %s, %s, is above the largest, %s.", s.noun, s.write(s.min), s.write(s.max))
		}
	}
	for _, a := range []*money.Amount{&r.ValueMin, &r.ValueMax} {
		if a.Minor == 0 { // a currency alone is no bound
			*a = money.Amount{}
		}
	}
	r.checkValue(wrong)
	for i, code := range r.Countries {
		if !postal.KnownCountry(code) {
			wrong.Add("rules.countries", "%q is not a country code of two capitals (ISO 3166-1), like GB.", code)
		}
		if slices.Contains(r.Countries[:i], code) {
			wrong.Add("rules.countries", "%s stands there twice.", code)
		}
	}
	r.Postcodes = cleanAreas(wrong, "rules.postcodes", r.Postcodes)
	r.PostcodesExcept = cleanAreas(wrong, "rules.postcodes_except", r.PostcodesExcept)
	return r
}

func (r Rules) checkValue(wrong *errs.Fields) {
	low, high := r.ValueMin, r.ValueMax
	for path, a := range map[string]money.Amount{"rules.value_min": low, "rules.value_max": high} {
		switch {
		case a.IsZero():
		case !money.ValidCurrency(a.Currency):
			wrong.Add(path, "A value needs its currency: three letters (ISO 4217), like GBP.")
		case a.Minor < 0:
			wrong.Add(path, "A value is from 0.")
		}
	}
	switch {
	case low.IsZero() || high.IsZero():
	case low.Currency != high.Currency:
		wrong.Add("rules.value_min", "The smallest value is in %s and the largest in %s; use one currency.", low.Currency, high.Currency)
	case low.Minor > high.Minor:
		wrong.Add("rules.value_min", "The smallest value, %s, is above the largest, %s.", low, high)
	}
}

func cleanAreas(wrong *errs.Fields, path string, areas []string) []string {
	if len(areas) > areasLimit {
		wrong.Add(path, "There are %d areas; at most %d fit. Use shorter starts, like EH.", len(areas), areasLimit)
		return nil
	}
	var kept []string
	for _, text := range areas {
		a, err := postal.ParseArea(text)
		if err != nil {
			wrong.Add(path, "%s.", upperFirst(err.Error()))
			continue
		}
		if !slices.Contains(kept, a.String()) {
			kept = append(kept, a.String())
		}
	}
	return kept
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Words says in short what is restricted, one part a restriction: "weight up to 2 kg", "to GB, IE".
func (r Rules) Words() []string {
	var words []string
	for _, s := range r.spans() {
		if s.set() {
			words = append(words, s.noun+" "+s.bounds())
		}
	}
	if s := r.valueSpan(); s.set() {
		words = append(words, "worth "+s.bounds())
	}
	for _, list := range []struct {
		word string
		of   []string
	}{{"to ", r.Countries}, {"to postcodes ", r.Postcodes}, {"not to postcodes ", r.PostcodesExcept}} {
		if len(list.of) > 0 {
			words = append(words, list.word+few(list.of))
		}
	}
	return words
}

// valueSpan is the value's bounds, in minor units of their one currency.
func (r Rules) valueSpan() span {
	currency := r.ValueMin.Currency
	if currency == "" {
		currency = r.ValueMax.Currency
	}
	return span{name: "value", noun: currency, min: r.ValueMin.Minor, max: r.ValueMax.Minor, write: func(n int64) string {
		return money.Amount{Minor: n, Currency: currency}.String()
	}}
}

// bounds says what a span takes: "from 1 kg", "up to 2 kg", "from 1 kg to 2 kg".
func (s span) bounds() string {
	switch {
	case s.min == 0:
		return "up to " + s.write(s.max)
	case s.max == 0:
		return "from " + s.write(s.min)
	}
	return fmt.Sprintf("from %s to %s", s.write(s.min), s.write(s.max))
}

func (s span) set() bool { return s.min > 0 || s.max > 0 }

func (s span) holds(n int64) bool { return n >= s.min && (s.max == 0 || n <= s.max) }
