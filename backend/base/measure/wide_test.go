package measure

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func (w wide) big() *big.Int {
	n := new(big.Int).SetUint64(w.high)
	return n.Add(n.Lsh(n, 64), new(big.Int).SetUint64(w.low))
}

func TestWideReckonsAsBig(t *testing.T) {
	any64 := rapid.OneOf(rapid.Uint64(), rapid.SampledFrom([]uint64{0, 1, math.MaxUint64 - 1, math.MaxUint64, 1 << 63}))
	rapid.Check(t, func(t *rapid.T) {
		w := wide{any64.Draw(t, "high") >> 32, any64.Draw(t, "low")}
		factor, more := rapid.Uint64Range(0, math.MaxUint32).Draw(t, "factor"), any64.Draw(t, "more")
		want := new(big.Int).SetUint64(factor)
		want.Add(want.Mul(want, w.big()), new(big.Int).SetUint64(more))
		if got := w.timesPlus(factor, more).big(); got.Cmp(want) != 0 {
			t.Fatalf("%s × %d + %d is %s, want %s", w.big(), factor, more, got, want)
		}
		divisor := max(any64.Draw(t, "divisor"), 1)
		quotient, remainder := new(big.Int).QuoRem(w.big(), new(big.Int).SetUint64(divisor), new(big.Int))
		if got, rest := w.over(divisor); got.big().Cmp(quotient) != 0 || rest != remainder.Uint64() {
			t.Fatalf("%s over %d is %s and %d, want %s and %s", w.big(), divisor, got.big(), rest, quotient, remainder)
		}
	})
}
