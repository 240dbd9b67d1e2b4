package ups

import (
	"strconv"
	"strings"

	"packbench/backend/base/measure"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

type coded struct {
	Code string `json:"Code"`
}

type dimensions struct {
	Unit   coded  `json:"UnitOfMeasurement"`
	Length string `json:"Length"`
	Width  string `json:"Width"`
	Height string `json:"Height"`
}

type weight struct {
	Unit   coded  `json:"UnitOfMeasurement"`
	Weight string `json:"Weight"`
}

// imperial reports whether UPS takes inches and pounds from a country, and nothing else.
func imperial(country string) bool { return country == "US" || country == "PR" || country == "VI" }

// weightOf gives a weight in kilograms or pounds with one digit, rounded up: UPS charges what it weighs itself.
func weightOf(g measure.Grams, inPounds bool) weight {
	if inPounds {
		const gramsIn100000Pounds = 45_359_237 // a pound is 453.59237 g
		return weight{coded{"LBS"}, tenths(upward(int64(g)*10*100_000, gramsIn100000Pounds))}
	}
	return weight{coded{"KGS"}, tenths(upward(int64(g), 100))}
}

// dimensionsOf gives the sides in whole centimetres or inches, rounded up and the longest first, nil where one is not known.
func dimensionsOf(p courier.Parcel, inInches bool) *dimensions {
	if p.Length <= 0 || p.Width <= 0 || p.Height <= 0 {
		return nil
	}
	sides := [3]int64{int64(p.Length), int64(p.Width), int64(p.Height)}
	unit := "CM"
	for i := range sides {
		if inInches {
			unit, sides[i] = "IN", upward(sides[i]*10, 254)
		} else {
			sides[i] = upward(sides[i], 10)
		}
	}
	if sides[1] > sides[0] {
		sides[0], sides[1] = sides[1], sides[0]
	}
	if sides[2] > sides[0] {
		sides[0], sides[2] = sides[2], sides[0]
	}
	text := func(n int64) string { return strconv.FormatInt(n, 10) }
	return &dimensions{coded{unit}, text(sides[0]), text(sides[1]), text(sides[2])}
}

func upward(n, by int64) int64 { return (n + by - 1) / by }

func tenths(n int64) string { return strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10) }

// phoneOf gives a telephone number as digits alone; of North America without its country code.
func phoneOf(phone, country string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	if (imperial(country) || country == "CA") && len(digits) == 11 {
		digits = strings.TrimPrefix(digits, "1")
	}
	return wording.Cut(digits, 15)
}

// postcodeOf gives a postcode as UPS takes it: North America's without spaces and hyphens.
func postcodeOf(postcode, country string) string {
	if imperial(country) || country == "CA" || len(postcode) > 9 {
		return strings.NewReplacer(" ", "", "-", "").Replace(postcode)
	}
	return postcode
}
