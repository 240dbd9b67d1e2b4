package measure

import "math/bits"

// wide is a whole number of 128 bits: 24 digits, which take 80, times the 26 of a pound's ratio fit. It needs no memory
// of its own, as a big.Rat does.
type wide struct{ high, low uint64 }

// timesPlus is w × factor + more.
func (w wide) timesPlus(factor, more uint64) wide {
	high, low := bits.Mul64(w.low, factor)
	low, carry := bits.Add64(low, more, 0)
	return wide{w.high*factor + high + carry, low}
}

// over divides.
func (w wide) over(divisor uint64) (quotient wide, remainder uint64) {
	high, rest := w.high/divisor, w.high%divisor
	low, remainder := bits.Div64(rest, w.low, divisor)
	return wide{high, low}, remainder
}

// withDigits writes decimal digits behind the number.
func (w wide) withDigits(digits string) wide {
	for i := range len(digits) {
		w = w.timesPlus(10, uint64(digits[i]-'0'))
	}
	return w
}
