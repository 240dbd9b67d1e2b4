package preset

import (
	"fmt"
	"slices"
	"strings"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
)

// Finding is what one restriction says of a consignment. Text goes on from the preset's name: "takes a weight up to
// 2 kg; this shipment has 3 kg".
type Finding struct {
	Rule string `json:"rule"` // weight, length, width, height, longest, value, countries, postcodes, postcodes_except
	Fits bool   `json:"fits"`
	Text string `json:"text"`
}

// Sentence is the finding of the preset as a sentence of its own.
func (f Finding) Sentence(code string) string { return "The preset " + code + " " + f.Text + "." }

// Judge holds a consignment to each restriction there is, in the order of a form. What a restriction asks for and the
// consignment does not tell, breaks it: a bound that can be left out binds nobody.
func (r Rules) Judge(c courier.Consignment) []Finding {
	var list []Finding
	for _, s := range r.spans() {
		if !s.set() {
			continue
		}
		if s.name == "weight" {
			weight := int64(c.Weight())
			list = append(list, finding(s.name, s.holds(weight), "takes a weight "+s.bounds(), "this shipment has "+s.write(weight)))
		} else {
			list = append(list, s.judgeSides(c.Parcels))
		}
	}
	if r.valueSpan().set() {
		list = append(list, r.judgeValue(c.Parcels))
	}
	return append(list, r.judgePlace(c.To)...)
}

func finding(rule string, fits bool, takes, given string) Finding {
	return Finding{Rule: rule, Fits: fits, Text: takes + "; " + given}
}

// judgeSides looks at the same side of every parcel and tells of those that don't fit, else of the longest.
func (s span) judgeSides(parcels []courier.Parcel) Finding {
	var bad []string
	var most int64
	for i, p := range parcels {
		side := sideOf(p, s.name)
		most = max(most, side)
		switch {
		case side == 0:
			bad = append(bad, fmt.Sprintf("parcel %d does not say its own", i+1))
		case !s.holds(side):
			bad = append(bad, fmt.Sprintf("parcel %d has %s", i+1, s.write(side)))
		}
	}
	takes := "takes parcels with a " + s.noun + " " + s.bounds()
	if len(bad) > 0 {
		return finding(s.name, false, takes, strings.Join(bad, ", "))
	}
	return finding(s.name, true, takes, "the largest here is "+s.write(most))
}

// sideOf gives a side by its name, 0 where it is not known.
func sideOf(p courier.Parcel, name string) int64 {
	switch name {
	case "length":
		return int64(p.Length)
	case "width":
		return int64(p.Width)
	case "height":
		return int64(p.Height)
	}
	if p.Length == 0 || p.Width == 0 || p.Height == 0 {
		return 0 // the one that is missing may be the longest
	}
	return int64(max(p.Length, p.Width, p.Height))
}

func (r Rules) judgeValue(parcels []courier.Parcel) Finding {
	s := r.valueSpan()
	takes := "takes goods worth " + s.bounds()
	value, err := Value(parcels)
	switch {
	case err != nil:
		return finding("value", false, takes, err.Error())
	case value.IsZero():
		return finding("value", false, takes, "this shipment does not say what its goods are worth")
	case value.Currency != s.noun:
		return finding("value", false, takes, "this shipment's are worth "+value.String()+", in another currency")
	}
	return finding("value", s.holds(value.Minor), takes, "this shipment's are worth "+value.String())
}

// Value adds up what the goods are worth: each parcel's own value, else that of its items. The zero Amount: nothing says
// so. It returns an error for two currencies and for a sum beyond what Packbench handles.
func Value(parcels []courier.Parcel) (money.Amount, error) {
	var sum money.Amount
	for _, p := range parcels {
		worth := p.Value
		for _, item := range p.Items {
			if !p.Value.IsZero() {
				break
			}
			line, err := item.Value.Times(item.Quantity)
			if err == nil {
				worth, err = worth.Add(line)
			}
			if err != nil {
				return money.Amount{}, err
			}
		}
		var err error
		if sum, err = sum.Add(worth); err != nil {
			return money.Amount{}, err
		}
	}
	return sum, nil
}

func (r Rules) judgePlace(to postal.Address) []Finding {
	var list []Finding
	if len(r.Countries) > 0 {
		given := "this shipment goes to " + orElse(to.CountryISO, "no known country")
		list = append(list, finding("countries", slices.Contains(r.Countries, to.CountryISO), "goes to "+few(r.Countries), given))
	}
	given := "this shipment goes to " + orElse(to.Postcode, "an address without one")
	if len(r.Postcodes) > 0 {
		fits := anyHolds(r.Postcodes, to)
		list = append(list, finding("postcodes", fits, "goes to the postcodes "+few(r.Postcodes), given))
	}
	if len(r.PostcodesExcept) > 0 {
		fits := !anyHolds(r.PostcodesExcept, to)
		list = append(list, finding("postcodes_except", fits, "does not go to the postcodes "+few(r.PostcodesExcept), given))
	}
	return list
}

// few names the first of a long list, so that a sentence stays one.
func few(list []string) string {
	const most = 12
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func anyHolds(areas []string, to postal.Address) bool {
	return slices.ContainsFunc(areas, func(text string) bool {
		a, err := postal.ParseArea(text) // was read when it was kept
		return err == nil && a.Holds(to.CountryISO, to.Postcode)
	})
}
