package importing

import (
	"strings"
	"unicode"

	"packbench/backend/base/errs"
)

// Mapping says where the values of an order come from.
type Mapping struct {
	Columns map[string]string `json:"columns"` // field → the heading of its column
	Fixed   map[string]string `json:"fixed"`   // field → what holds where the row has no value of its own
}

// Check refuses a mapping that the table can't be read with. Invalid, by "mapping.columns.FIELD" and "mapping.fixed.FIELD".
func (m Mapping) Check(t Table) error {
	var wrong errs.Fields
	places := t.places()
	for key, heading := range m.Columns {
		path := "mapping.columns." + key
		if byKey[key] == nil {
			wrong.Add(path, "There is no field %q. The fields are listed in the manual, under Import.", key)
		} else if _, there := places[heading]; !there {
			wrong.Add(path, "The file has no column %q.", heading)
		}
	}
	for key := range m.Fixed {
		if byKey[key] == nil {
			wrong.Add("mapping.fixed."+key, "There is no field %q. The fields are listed in the manual, under Import.", key)
		}
	}
	return wrong.Err()
}

func (t Table) places() map[string]int {
	places := make(map[string]int, len(t.Headings))
	for i, heading := range t.Headings {
		places[heading] = i
	}
	return places
}

// Guess matches columns with fields by their headings, English and German. A column of the delivery address wins over one
// that does not say whose it is, and one of an invoice address is never taken.
func Guess(t Table) Mapping {
	m := Mapping{Columns: map[string]string{}, Fixed: map[string]string{}}
	for _, find := range []func(string) string{recipientOf, plainOf} {
		for _, heading := range t.Headings {
			name, unit := cutUnit(heading)
			key := find(fold(name))
			if key == "" || m.Columns[key] != "" || m.uses(heading) {
				continue
			}
			m.Columns[key] = heading
			m.takeUnit(key, unit)
		}
	}
	if (m.Columns["item.description"] != "" || m.Columns["item.sku"] != "") && m.Columns["item.quantity"] == "" {
		m.Fixed["item.quantity"] = "1"
	}
	return m
}

func (m Mapping) uses(heading string) bool {
	for _, used := range m.Columns {
		if used == heading {
			return true
		}
	}
	return false
}

// takeUnit keeps the unit that stands in a heading such as "Gewicht (kg)".
func (m Mapping) takeUnit(key, unit string) {
	switch unit {
	case "kg", "g", "lb", "lbs", "oz":
		switch key {
		case "parcel.weight":
			m.Fixed["parcel.weight_unit"] = unit
		case "item.weight":
			m.Fixed["item.weight_unit"] = unit
		}
	case "cm", "mm", "in", "m":
		if strings.HasPrefix(key, "parcel.dim_") {
			m.Fixed["parcel.dim_unit"] = unit
		}
	case "gbp", "eur", "usd":
		if strings.HasSuffix(key, "value") {
			m.Fixed["parcel.value_currency"] = strings.ToUpper(unit)
		}
	}
}

// cutUnit takes a unit off the end of a heading: "Weight (kg)", "Weight [g]", "weight_kg".
func cutUnit(heading string) (name, unit string) {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < 2 {
		return heading, ""
	}
	last := words[len(words)-1]
	switch last {
	case "kg", "g", "lb", "lbs", "oz", "cm", "mm", "in", "m", "gbp", "eur", "usd":
		return strings.Join(words[:len(words)-1], " "), last
	}
	return heading, ""
}

var words = func() map[string]string {
	all := map[string]string{}
	for _, f := range fields {
		all[fold(strings.ReplaceAll(f.Key, "ship_to.", ""))] = f.Key
		for name := range strings.FieldsSeq(f.names) {
			if all[name] == "" {
				all[name] = f.Key
			}
		}
	}
	return all
}()

func plainOf(name string) string { return words[name] }

// recipientOf reads a heading that says it is of the delivery address.
func recipientOf(name string) string {
	for _, prefix := range []string{"shipto", "shipping", "delivery", "recipient", "consignee", "lieferadresse", "lieferung", "liefer", "empfaenger", "versand"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			if key := words[rest]; strings.HasPrefix(key, "ship_to.") {
				return key
			}
		}
	}
	return ""
}

var german = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// fold keeps letters and digits of a heading, in small letters.
func fold(heading string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, german.Replace(strings.ToLower(heading)))
}
