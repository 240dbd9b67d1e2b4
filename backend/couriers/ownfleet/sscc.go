package ownfleet

import "fmt"

// ssccDigits is the length of an SSCC without its check digit: extension digit, company prefix, serial reference (GS1
// General Specifications, GS1 key format SSCC).
const ssccDigits = 17

// sscc makes a serial shipping container code: n fills the extension digit and the serial reference, leading zeros
// included, and the check digit follows.
func sscc(prefix string, n int64) string {
	serial := fmt.Sprintf("%0*d", ssccDigits-len(prefix), n)
	body := serial[:1] + prefix + serial[1:]
	return body + string(checkDigit(body))
}

// checkDigit gives the check digit of a number: digits weighted 3 and 1 in turn from the right, made up to a multiple of
// ten (GS1 General Specifications, check digit calculation). It finds every wrong digit, and every swap of neighbours
// but those that differ by five.
func checkDigit(digits string) byte {
	sum, weight := 0, 3
	for i := len(digits) - 1; i >= 0; i-- {
		sum += int(digits[i]-'0') * weight
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}
