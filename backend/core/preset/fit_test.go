package preset_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/preset"
)

func consignment(change func(*courier.Consignment)) courier.Consignment {
	c := courier.Consignment{
		To: postal.Address{CountryISO: "GB", Postcode: "EH6 6AA"},
		Parcels: []courier.Parcel{
			{Weight: 1500, Length: 300, Width: 200, Height: 155, Items: []courier.Item{{Quantity: 2, Value: gbp(840)}, {Quantity: 1, Value: gbp(20)}}},
			{Weight: 500, Length: 200, Width: 100, Height: 50, Value: gbp(300), Items: []courier.Item{{Quantity: 9, Value: gbp(9900)}}},
		},
	}
	if change != nil {
		change(&c)
	}
	return c
}

// Each restriction by itself: what just fits, what just does not, and what is not told.
func TestJudge(t *testing.T) {
	eur := money.Amount{Minor: 9999_00, Currency: "EUR"}
	for name, c := range map[string]struct {
		rules  preset.Rules
		change func(*courier.Consignment)
		broken string // "" where it fits
		says   string
	}{
		"lightest":               {preset.Rules{WeightMin: 2000}, nil, "", "from 2 kg; this shipment has 2 kg"},
		"too light":              {preset.Rules{WeightMin: 2001}, nil, "weight", "from 2.001 kg; this shipment has 2 kg"},
		"heaviest":               {preset.Rules{WeightMax: 2000}, nil, "", "up to 2 kg"},
		"too heavy":              {preset.Rules{WeightMin: 5, WeightMax: 1999}, nil, "weight", "from 0.005 kg to 1.999 kg"},
		"longest":                {preset.Rules{LengthMax: 300}, nil, "", "the largest here is 30 cm"},
		"too long":               {preset.Rules{LengthMax: 299}, nil, "length", "parcel 1 has 30 cm"},
		"too short":              {preset.Rules{LengthMin: 201}, nil, "length", "parcel 2 has 20 cm"},
		"too wide":               {preset.Rules{WidthMax: 100}, nil, "width", "parcel 1 has 20 cm"},
		"too narrow":             {preset.Rules{WidthMin: 150}, nil, "width", "parcel 2 has 10 cm"},
		"too high":               {preset.Rules{HeightMax: 154}, nil, "height", "up to 15.4 cm; parcel 1 has 15.5 cm"},
		"too flat":               {preset.Rules{HeightMin: 160}, nil, "height", "parcel 1 has 15.5 cm, parcel 2 has 5 cm"},
		"no width":               {preset.Rules{WidthMax: 900}, func(c *courier.Consignment) { c.Parcels[1].Width = 0 }, "width", "parcel 2 does not say"},
		"any side":               {preset.Rules{LongestMax: 300}, nil, "", "longest side up to 30 cm"},
		"a side too long":        {preset.Rules{LongestMax: 250}, func(c *courier.Consignment) { c.Parcels[1].Height = 251 }, "longest", "parcel 1 has 30 cm, parcel 2 has 25.1 cm"},
		"a side not told":        {preset.Rules{LongestMax: 900}, func(c *courier.Consignment) { c.Parcels[0].Height = 0 }, "longest", "parcel 1 does not say"},
		"dearest":                {preset.Rules{ValueMax: gbp(2000)}, nil, "", "up to 20.00 GBP; this shipment's are worth 20.00 GBP"},
		"too dear":               {preset.Rules{ValueMax: gbp(1999)}, nil, "value", "up to 19.99 GBP; this shipment's are worth 20.00 GBP"},
		"too cheap":              {preset.Rules{ValueMin: gbp(2001)}, nil, "value", "from 20.01 GBP"},
		"another currency":       {preset.Rules{ValueMax: eur}, nil, "value", "20.00 GBP, in another currency"},
		"no value":               {preset.Rules{ValueMax: gbp(1)}, func(c *courier.Consignment) { c.Parcels = []courier.Parcel{{Items: []courier.Item{{Quantity: 1}}}} }, "value", "does not say"},
		"beyond counting":        {preset.Rules{ValueMax: gbp(1)}, func(c *courier.Consignment) { c.Parcels[0].Items[0].Value.Minor = math.MaxInt64 / 4 }, "value", "larger than any"},
		"country":                {preset.Rules{Countries: []string{"IE", "GB"}}, nil, "", "goes to IE, GB"},
		"another country":        {preset.Rules{Countries: []string{"IE", "FR"}}, nil, "countries", "goes to IE, FR; this shipment goes to GB"},
		"no country":             {preset.Rules{Countries: []string{"IE"}}, func(c *courier.Consignment) { c.To.CountryISO = "" }, "countries", "no known country"},
		"postcode":               {preset.Rules{Postcodes: []string{"BT", "EH"}}, nil, "", "goes to the postcodes BT, EH"},
		"another postcode":       {preset.Rules{Postcodes: []string{"BT", "EH7"}}, nil, "postcodes", "this shipment goes to EH6 6AA"},
		"no postcode":            {preset.Rules{Postcodes: []string{"BT"}}, func(c *courier.Consignment) { c.To.Postcode = "" }, "postcodes", "an address without one"},
		"not an excepted one":    {preset.Rules{PostcodesExcept: []string{"BT", "IE:EH"}}, nil, "", "does not go to the postcodes"},
		"an excepted one":        {preset.Rules{PostcodesExcept: []string{"BT", "EH6 6"}}, nil, "postcodes_except", "EH6 6; this shipment goes to EH6 6AA"},
		"excepted, has none":     {preset.Rules{PostcodesExcept: []string{"BT"}}, func(c *courier.Consignment) { c.To.Postcode = "" }, "", ""},
		"a list no one can read": {preset.Rules{Countries: strings.Fields("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW")}, nil, "countries", "AR, AS, AT and 2 more"},
	} {
		t.Run(name, func(t *testing.T) {
			list := c.rules.Judge(consignment(c.change))
			if len(list) != 1 || list[0].Fits != (c.broken == "") || c.broken != "" && list[0].Rule != c.broken {
				t.Fatalf("%+v", list)
			}
			if text := list[0].Sentence("X"); !strings.Contains(text, c.says) || !strings.HasPrefix(text, "The preset X ") || !strings.HasSuffix(text, ".") {
				t.Errorf("it says: %s", text)
			}
		})
	}
	if list := (preset.Rules{}).Judge(consignment(nil)); len(list) != 0 {
		t.Errorf("no restriction finds %+v", list)
	}
}

func TestWords(t *testing.T) {
	rules := preset.Rules{
		WeightMin: 500, WeightMax: 2000, LongestMax: 600, ValueMax: gbp(25000), Countries: []string{"GB"}, PostcodesExcept: []string{"BT", "IV"},
	}
	want := "weight from 0.5 kg to 2 kg; longest side up to 60 cm; worth up to 250.00 GBP; to GB; not to postcodes BT, IV"
	if got := strings.Join(rules.Words(), "; "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if words := (preset.Rules{}).Words(); len(words) != 0 {
		t.Errorf("no restriction is %q", words)
	}
}

// Whatever the bounds: what lies within them fits, and what lies outside does not.
func TestBoundsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low, high := rapid.Int64Range(0, 50).Draw(t, "low"), rapid.Int64Range(0, 50).Draw(t, "high")
		size := rapid.Int64Range(1, 60).Draw(t, "size")
		within := size >= low && (high == 0 || size <= high)
		mm := measure.Millimetres(size)
		c := courier.Consignment{Parcels: []courier.Parcel{{Weight: measure.Grams(size), Length: mm, Width: mm, Height: mm, Value: gbp(size)}}}
		rules := preset.Rules{
			WeightMin: measure.Grams(low), WeightMax: measure.Grams(high), HeightMin: measure.Millimetres(low), HeightMax: measure.Millimetres(high),
			ValueMin: gbp(low), ValueMax: gbp(high),
		}
		if low == 0 {
			rules.ValueMin = money.Amount{}
		}
		if high == 0 {
			rules.ValueMax = money.Amount{}
		}
		for _, f := range rules.Judge(c) {
			if f.Fits != within {
				t.Fatalf("%d in %d to %d: %+v", size, low, high, f)
			}
		}
	})
}
