package pdf

import (
	"strings"

	"packbench/backend/base/money"
)

// grouped writes an amount's number with commas between thousands, as English papers do.
func grouped(a money.Amount) string {
	number := a.Decimal()
	whole, fraction, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}
