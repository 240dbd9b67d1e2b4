// Package money holds amounts as whole minor units with their ISO 4217 currency. There are no floats here.
package money

import (
	"fmt"
	"math"
	"strings"
)

// Amount is a sum of money in minor units (pence, cents) of a currency (ISO 4217, three capitals).
// The zero Amount means "not given".
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// exponents lists the ISO 4217 currencies whose minor unit is not two digits.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Exponent gives how many digits the currency's minor unit has (ISO 4217): 2 for most.
func Exponent(currency string) int {
	if e, ok := exponents[currency]; ok {
		return e
	}
	return 2
}

// ValidCurrency reports whether the code has the form of ISO 4217: three capitals.
func ValidCurrency(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := 0; i < 3; i++ {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// Parse reads a decimal number ("12", "12.5", "-0.99") as an amount of the currency. Digits beyond the minor unit are
// rounded half away from zero, because order systems send computed prices. It returns an error that says what would be
// right for anything else, and for sums beyond ±9e15 minor units.
func Parse(text, currency string) (Amount, error) {
	if !ValidCurrency(currency) {
		return Amount{}, fmt.Errorf("currency %q is not a three-letter ISO 4217 code such as GBP", currency)
	}
	minor, err := decimal(strings.TrimSpace(text), Exponent(currency))
	if err != nil {
		return Amount{}, err
	}
	return Amount{Minor: minor, Currency: currency}, nil
}

const maxMinor = 9_000_000_000_000_000

func decimal(text string, digits int) (int64, error) {
	bad := fmt.Errorf("%q is not an amount such as 12.50", text)
	rest, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(rest, ".")
	if whole == "" && fraction == "" {
		return 0, bad
	}
	var n int64
	for _, r := range whole {
		if r < '0' || r > '9' {
			return 0, bad
		}
		n = n*10 + int64(r-'0')
		if n > maxMinor {
			return 0, fmt.Errorf("%q is larger than any amount Packbench handles", text)
		}
	}
	roundUp := false
	for i, r := range fraction {
		if r < '0' || r > '9' {
			return 0, bad
		}
		if i < digits {
			n = n*10 + int64(r-'0')
		} else if i == digits {
			roundUp = r >= '5'
		}
		if n > maxMinor {
			return 0, fmt.Errorf("%q is larger than any amount Packbench handles", text)
		}
	}
	for i := len(fraction); i < digits; i++ {
		n *= 10
		if n > maxMinor {
			return 0, fmt.Errorf("%q is larger than any amount Packbench handles", text)
		}
	}
	if roundUp {
		n++
	}
	if negative {
		n = -n
	}
	return n, nil
}

// Decimal writes the number with the currency's digits: "12.50".
func (a Amount) Decimal() string {
	digits := Exponent(a.Currency)
	n, sign := a.Minor, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	if digits == 0 {
		return fmt.Sprintf("%s%d", sign, n)
	}
	unit := int64(math.Pow10(digits))
	return fmt.Sprintf("%s%d.%0*d", sign, n/unit, digits, n%unit)
}

// String writes number and currency: "12.50 GBP".
func (a Amount) String() string { return a.Decimal() + " " + a.Currency }

// IsZero reports whether nothing was given.
func (a Amount) IsZero() bool { return a == Amount{} }

// Add adds two amounts of one currency. A zero Amount takes the other's currency. It returns an error for two
// currencies and for a sum beyond ±9e15 minor units.
func (a Amount) Add(b Amount) (Amount, error) {
	switch {
	case a.Currency == "":
		a.Currency = b.Currency
	case b.Currency != "" && a.Currency != b.Currency:
		return Amount{}, fmt.Errorf("%s and %s can't be added up; one shipment has one currency", a.Currency, b.Currency)
	}
	sum := a.Minor + b.Minor
	if sum > maxMinor || sum < -maxMinor {
		return Amount{}, fmt.Errorf("the sum is larger than any amount Packbench handles")
	}
	return Amount{Minor: sum, Currency: a.Currency}, nil
}

// Times multiplies the amount by a count. It returns an error for a product beyond ±9e15 minor units.
func (a Amount) Times(count int64) (Amount, error) {
	if count != 0 && a.Minor != 0 {
		abs := func(n int64) int64 { return max(n, -n) }
		if abs(a.Minor) > maxMinor/abs(count) {
			return Amount{}, fmt.Errorf("the sum is larger than any amount Packbench handles")
		}
	}
	return Amount{Minor: a.Minor * count, Currency: a.Currency}, nil
}
