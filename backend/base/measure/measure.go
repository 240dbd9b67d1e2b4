// Package measure holds weights as whole grams and lengths as whole millimetres, and reads both from what order systems
// send. There are no floats here: conversions are exact rational arithmetic, rounded up, because a courier charges for
// the started gram.
package measure

import (
	"fmt"
	"math"
	"strings"
)

// Grams is a weight.
type Grams int64

// Millimetres is a length.
type Millimetres int64

// Limits of what is read: heavier or longer is a mistake of unit.
const (
	MaxWeight = Grams(100_000_000)      // 100 t
	MaxLength = Millimetres(10_000_000) // 10 km
)

// ratio is how many grams or millimetres a unit has.
type ratio struct{ of, to uint64 }

// grams per unit, exactly (international avoirdupois pound, 1959).
var weightUnits = map[string]ratio{"g": {1, 1}, "kg": {1000, 1}, "lb": {45359237, 100000}, "oz": {45359237, 1600000}}

// millimetres per unit, exactly.
var lengthUnits = map[string]ratio{"mm": {1, 1}, "cm": {10, 1}, "m": {1000, 1}, "in": {254, 10}}

// ParseWeight reads a decimal number in a unit (kg, g, lb, oz, any case) and rounds up to whole grams.
func ParseWeight(number, unit string) (Grams, error) {
	n, err := parse(number, unit, weightUnits, "kg, g, lb or oz")
	if err != nil {
		return 0, err
	}
	if n > int64(MaxWeight) {
		return 0, fmt.Errorf("%s %s is heavier than 100 tonnes; check the unit", number, unit)
	}
	return Grams(n), nil
}

// ParseLength reads a decimal number in a unit (cm, mm, m, in, any case) and rounds up to whole millimetres.
func ParseLength(number, unit string) (Millimetres, error) {
	n, err := parse(number, unit, lengthUnits, "cm, mm, m or in")
	if err != nil {
		return 0, err
	}
	if n > int64(MaxLength) {
		return 0, fmt.Errorf("%s %s is longer than 10 kilometres; check the unit", number, unit)
	}
	return Millimetres(n), nil
}

func parse(number, unit string, units map[string]ratio, known string) (int64, error) {
	factor, ok := units[strings.ToLower(strings.TrimSpace(unit))]
	if !ok {
		return 0, fmt.Errorf("unit %q is not one of %s", unit, known)
	}
	text := strings.TrimSpace(number)
	if !plainDecimal(text) {
		return 0, fmt.Errorf("%q is not a number such as 1.25", number)
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n := wide{}.withDigits(whole).withDigits(fraction).timesPlus(factor.of, 0)
	n, rest := n.over(factor.to)
	for range fraction {
		var behind uint64
		n, behind = n.over(10)
		rest |= behind
	}
	if rest > 0 {
		n = n.timesPlus(1, 1)
	}
	if n.high > 0 || n.low > math.MaxInt64 {
		return 0, fmt.Errorf("%s %s is out of range; check the unit", number, unit)
	}
	return int64(n.low), nil
}

// plainDecimal accepts digits with at most one point and at most 24 characters: no sign, no exponent, no fraction bar.
func plainDecimal(s string) bool {
	if s == "" || len(s) > 24 {
		return false
	}
	digits, points := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case s[i] == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1
}

// Kilograms writes the weight in kilograms with as few digits as say it exactly: "1.25".
func (g Grams) Kilograms() string {
	s := fmt.Sprintf("%d.%03d", g/1000, g%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// String writes the weight for people: "850 g" below a kilogram, else "2.40 kg" (rounded to ten grams, half up).
func (g Grams) String() string {
	if g < 1000 {
		return fmt.Sprintf("%d g", int64(g))
	}
	hundredths := (int64(g) + 5) / 10
	return fmt.Sprintf("%d.%02d kg", hundredths/100, hundredths%100)
}

// Centimetres writes the length in centimetres with as few digits as say it exactly: "30" or "30.5".
func (m Millimetres) Centimetres() string {
	if m%10 == 0 {
		return fmt.Sprintf("%d", int64(m)/10)
	}
	return fmt.Sprintf("%d.%d", int64(m)/10, int64(m)%10)
}
