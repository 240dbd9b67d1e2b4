package money_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/money"
)

const limit = 9_000_000_000_000_000

var currencies = []string{"GBP", "EUR", "USD", "JPY", "KRW", "KWD", "BHD"}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		minor          int64
	}{
		{"12", "GBP", 1200}, {"12.5", "GBP", 1250}, {"-0.99", "GBP", -99}, {" 7 ", "EUR", 700}, {".5", "GBP", 50}, {"5.", "GBP", 500},
		{"0.005", "GBP", 1}, {"0.0049999", "GBP", 0}, {"-0.005", "GBP", -1}, {"1.999", "GBP", 200}, {"0", "GBP", 0}, {"-0", "GBP", 0},
		{"1234", "JPY", 1234}, {"1234.5", "JPY", 1235}, {"1234.49", "JPY", 1234}, {"1.2345", "KWD", 1235}, {"1.5", "KWD", 1500},
		{"000012.50", "GBP", 1250}, {"90000000000000", "GBP", limit}, {"-90000000000000", "GBP", -limit},
	} {
		got, err := money.Parse(c.text, c.currency)
		if err != nil || got.Minor != c.minor || got.Currency != c.currency {
			t.Errorf("%q %s: got %+v, %v; want %d", c.text, c.currency, got, err, c.minor)
		}
	}
	for _, text := range []string{"", " ", "-", ".", "-.", "+1", "--1", "1-", "1,5", "1.2.3", "1e3", "0x10", "twelve", "1 000", "١٢", "NaN", "Inf", "£1", "90000000000000.01", "90000000000001", strings.Repeat("9", 400), "1." + "x"} {
		if got, err := money.Parse(text, "GBP"); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
	for _, currency := range []string{"", "gbp", "GB", "GBPX", "G1P", "£££"} {
		if _, err := money.Parse("1", currency); err == nil || !strings.Contains(err.Error(), "ISO 4217") {
			t.Errorf("currency %q: %v", currency, err)
		}
	}
}

func TestParseUndoesDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount{Minor: rapid.Int64Range(-limit, limit).Draw(t, "minor"), Currency: rapid.SampledFrom(currencies).Draw(t, "currency")}
		got, err := money.Parse(a.Decimal(), a.Currency)
		if err != nil || got != a {
			t.Fatalf("%s was read as %+v, %v", a, got, err)
		}
	})
}

// Parse rounds half away from zero, as exact arithmetic does it.
func TestParseRoundsExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,13}(\.[0-9]{0,8})?`).Draw(t, "text")
		currency := rapid.SampledFrom(currencies).Draw(t, "currency")
		exact, ok := new(big.Rat).SetString(strings.TrimSuffix(text, "."))
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(money.Exponent(currency))), nil)
		exact.Mul(exact, new(big.Rat).SetInt(scale))
		half := big.NewRat(1, 2)
		if exact.Sign() < 0 {
			half.Neg(half)
		}
		exact.Add(exact, half)
		want := new(big.Int).Quo(exact.Num(), exact.Denom()) // towards zero
		got, err := money.Parse(text, currency)
		if want.CmpAbs(big.NewInt(limit)) > 0 {
			if err == nil {
				t.Fatalf("%q is too large, yet %v", text, got)
			}
			return
		}
		if err != nil || got.Minor != want.Int64() {
			t.Fatalf("%q %s: got %d, %v; want %s", text, currency, got.Minor, err, want)
		}
	})
}

func TestDecimal(t *testing.T) {
	for want, a := range map[string]money.Amount{
		"12.50": {Minor: 1250, Currency: "GBP"}, "-0.05": {Minor: -5, Currency: "EUR"}, "0.00": {Currency: "USD"},
		"7": {Minor: 7, Currency: "JPY"}, "-7": {Minor: -7, Currency: "JPY"}, "0.001": {Minor: 1, Currency: "KWD"},
	} {
		if got := a.Decimal(); got != want || a.String() != want+" "+a.Currency {
			t.Errorf("%+v reads %q and %q", a, got, a)
		}
	}
}

func TestSumsNeverOverflow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-limit, limit)
		a := money.Amount{Minor: amount.Draw(t, "a"), Currency: "GBP"}
		b := money.Amount{Minor: amount.Draw(t, "b"), Currency: "GBP"}
		count := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64Range(-limit, limit)).Draw(t, "count")
		check := func(what string, got money.Amount, err error, want *big.Int) {
			t.Helper()
			if fits := want.CmpAbs(big.NewInt(limit)) <= 0; fits != (err == nil) || fits && got.Minor != want.Int64() {
				t.Fatalf("%s: got %d, %v; want %s", what, got.Minor, err, want)
			}
		}
		sum, err := a.Add(b)
		check(fmt.Sprintf("%v + %v", a, b), sum, err, new(big.Int).Add(big.NewInt(a.Minor), big.NewInt(b.Minor)))
		product, err := a.Times(count)
		check(fmt.Sprintf("%v × %d", a, count), product, err, new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(count)))
	})
}

func TestAddMindsTheCurrency(t *testing.T) {
	pound, euro := money.Amount{Minor: 1, Currency: "GBP"}, money.Amount{Minor: 1, Currency: "EUR"}
	if _, err := pound.Add(euro); err == nil || !strings.Contains(err.Error(), "GBP and EUR") {
		t.Errorf("got %v", err)
	}
	for _, sum := range []func() (money.Amount, error){
		func() (money.Amount, error) { return money.Amount{}.Add(pound) },
		func() (money.Amount, error) { return pound.Add(money.Amount{}) },
	} {
		if got, err := sum(); err != nil || got != pound {
			t.Errorf("with nothing: %v, %v", got, err)
		}
	}
	if !(money.Amount{}).IsZero() || pound.IsZero() || (money.Amount{Currency: "GBP"}).IsZero() {
		t.Error("what was not given is mistaken")
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"12.50", "-0.99", "", ".", "1e9", strings.Repeat("9", 40)} {
		f.Add(text, "GBP")
	}
	f.Fuzz(func(t *testing.T, text, currency string) {
		a, err := money.Parse(text, currency)
		if err != nil {
			return
		}
		if a.Minor > limit || a.Minor < -limit || !money.ValidCurrency(a.Currency) {
			t.Fatalf("%q %q was read as %+v", text, currency, a)
		}
		if again, err := money.Parse(a.Decimal(), currency); err != nil || again != a {
			t.Fatalf("%v is read as %v, %v", a, again, err)
		}
	})
}
