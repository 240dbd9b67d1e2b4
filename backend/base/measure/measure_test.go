package measure_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/measure"
)

func TestParseWeight(t *testing.T) {
	for _, c := range []struct {
		number, unit string
		want         measure.Grams
	}{
		{"1.25", "kg", 1250}, {"1.25", "KG", 1250}, {" 2 ", " g ", 2}, {"0.0001", "kg", 1}, {"1", "lb", 454}, {"1", "oz", 29},
		{"16", "oz", 454}, {"0", "kg", 0}, {"0.000", "g", 0}, {"2.2046226218487757", "lb", 1000}, {".5", "kg", 500}, {"5.", "g", 5},
		{"100000", "kg", measure.MaxWeight},
	} {
		if got, err := measure.ParseWeight(c.number, c.unit); err != nil || got != c.want {
			t.Errorf("%s %s: got %d, %v; want %d", c.number, c.unit, got, err, c.want)
		}
	}
	for _, c := range [][3]string{
		{"1", "stone", "kg, g, lb or oz"}, {"1", "", "kg, g, lb or oz"}, {"1", "cm", "kg, g, lb or oz"}, {"", "kg", "not a number"},
		{"-1", "kg", "not a number"}, {"+1", "kg", "not a number"}, {"1,5", "kg", "not a number"}, {"1e3", "kg", "not a number"},
		{"1/3", "kg", "not a number"}, {".", "kg", "not a number"}, {"1.2.3", "kg", "not a number"}, {"٣", "kg", "not a number"},
		{"100000.0001", "kg", "100 tonnes"}, {strings.Repeat("9", 24), "kg", "check the unit"}, {strings.Repeat("0", 25), "kg", "not a number"},
	} {
		if got, err := measure.ParseWeight(c[0], c[1]); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%q %q: got %d, %v; want an error that says %q", c[0], c[1], got, err, c[2])
		}
	}
}

func TestParseLength(t *testing.T) {
	for _, c := range []struct {
		number, unit string
		want         measure.Millimetres
	}{
		{"30.5", "cm", 305}, {"1", "IN", 26}, {"10", "in", 254}, {"2", "m", 2000}, {"0.1", "mm", 1}, {"0", "mm", 0}, {"10000", "m", measure.MaxLength},
	} {
		if got, err := measure.ParseLength(c.number, c.unit); err != nil || got != c.want {
			t.Errorf("%s %s: got %d, %v; want %d", c.number, c.unit, got, err, c.want)
		}
	}
	for _, c := range [][3]string{{"1", "ft", "cm, mm, m or in"}, {"-1", "cm", "not a number"}, {"10001", "m", "10 kilometres"}} {
		if got, err := measure.ParseLength(c[0], c[1]); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%q %q: got %d, %v", c[0], c[1], got, err)
		}
	}
}

// Conversions round up, exactly: a courier charges for the started gram.
func TestConversionsRoundUp(t *testing.T) {
	grams := map[string]*big.Rat{"g": big.NewRat(1, 1), "kg": big.NewRat(1000, 1), "lb": big.NewRat(45359237, 100000), "oz": big.NewRat(45359237, 1600000)}
	millimetres := map[string]*big.Rat{"mm": big.NewRat(1, 1), "cm": big.NewRat(10, 1), "m": big.NewRat(1000, 1), "in": big.NewRat(254, 10)}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.StringMatching(`[0-9]{1,5}(\.[0-9]{1,10})?`), rapid.StringMatching(`[0-9]{0,6}\.[0-9]{12,17}`), rapid.StringMatching(`9{1,24}`)).Draw(t, "number")
		unit := rapid.SampledFrom([]string{"g", "kg", "lb", "oz", "mm", "cm", "m", "in"}).Draw(t, "unit")
		exact, _ := new(big.Rat).SetString(number)
		var got int64
		var err error
		limit := int64(measure.MaxLength)
		if factor, isWeight := grams[unit]; isWeight {
			var g measure.Grams
			g, err = measure.ParseWeight(number, unit)
			got, limit = int64(g), int64(measure.MaxWeight)
			exact.Mul(exact, factor)
		} else {
			var mm measure.Millimetres
			mm, err = measure.ParseLength(number, unit)
			got = int64(mm)
			exact.Mul(exact, millimetres[unit])
		}
		if err != nil {
			if exact.Cmp(new(big.Rat).SetInt64(limit)) <= 0 {
				t.Fatalf("%s %s: %v", number, unit, err)
			}
			return
		}
		above := new(big.Rat).SetInt64(got)
		if above.Cmp(exact) < 0 || got > 0 && new(big.Rat).SetInt64(got-1).Cmp(exact) >= 0 {
			t.Fatalf("%s %s became %d; exactly it is %s", number, unit, got, exact.FloatString(6))
		}
	})
}

func TestWeightsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := measure.Grams(rapid.Int64Range(0, int64(measure.MaxWeight)).Draw(t, "grams"))
		if got, err := measure.ParseWeight(g.Kilograms(), "kg"); err != nil || got != g {
			t.Fatalf("%d g is written %s kg and read %d, %v", g, g.Kilograms(), got, err)
		}
		mm := measure.Millimetres(rapid.Int64Range(0, int64(measure.MaxLength)).Draw(t, "millimetres"))
		if got, err := measure.ParseLength(mm.Centimetres(), "cm"); err != nil || got != mm {
			t.Fatalf("%d mm is written %s cm and read %d, %v", mm, mm.Centimetres(), got, err)
		}
	})
}

func TestWriting(t *testing.T) {
	for g, want := range map[measure.Grams][2]string{
		0: {"0", "0 g"}, 1: {"0.001", "1 g"}, 850: {"0.85", "850 g"}, 999: {"0.999", "999 g"}, 1000: {"1", "1.00 kg"}, 1250: {"1.25", "1.25 kg"},
		2384: {"2.384", "2.38 kg"}, 2385: {"2.385", "2.39 kg"}, 9995: {"9.995", "10.00 kg"}, 100_000: {"100", "100.00 kg"},
	} {
		if g.Kilograms() != want[0] || g.String() != want[1] {
			t.Errorf("%d g is written %q and %q, want %q", int64(g), g.Kilograms(), g, want)
		}
	}
	for mm, want := range map[measure.Millimetres]string{0: "0", 1: "0.1", 305: "30.5", 300: "30"} {
		if mm.Centimetres() != want {
			t.Errorf("%d mm is written %q, want %q", int64(mm), mm.Centimetres(), want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, number := range []string{"1.25", "", ".", "1/3", "1e400", strings.Repeat("9", 30)} {
		f.Add(number, "kg")
		f.Add(number, "in")
	}
	f.Fuzz(func(t *testing.T, number, unit string) {
		if g, err := measure.ParseWeight(number, unit); err == nil && (g < 0 || g > measure.MaxWeight) {
			t.Fatal(fmt.Sprint(number, unit, " weighs ", int64(g)))
		}
		if mm, err := measure.ParseLength(number, unit); err == nil && (mm < 0 || mm > measure.MaxLength) {
			t.Fatal(fmt.Sprint(number, unit, " is long ", int64(mm)))
		}
	})
}

func BenchmarkParseWeight(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := measure.ParseWeight("0.12", "kg"); err != nil {
			b.Fatal(err)
		}
	}
}
