package order

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/core/courier"

	"pgregory.net/rapid"
)

// TestSplitLosesNothing: pieces, weight and value stay what they were, boxes differ by one piece at most, and no box is
// left without its share of a weight that was given.
func TestSplitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var last box
		for range rapid.IntRange(0, 6).Draw(t, "items") {
			last.Items = append(last.Items, courier.Item{
				Description: fmt.Sprint("item ", len(last.Items)), Quantity: rapid.Int64Range(1, 40).Draw(t, "quantity"),
				Weight: measure.Grams(rapid.Int64Range(0, 900).Draw(t, "weight")),
			})
		}
		last.Weight = measure.Grams(rapid.Int64Range(0, 50_000).Draw(t, "parcel weight"))
		last.Value.Minor = rapid.Int64Range(0, 100_000).Draw(t, "value")
		first := box{Parcel: courier.Parcel{Weight: 7, PackageID: "first"}}
		count := rapid.IntRange(3, 99).Draw(t, "count")
		boxes := split([]box{first, last}, count)
		if len(boxes) != count || boxes[0].PackageID != "first" {
			t.Fatalf("%d boxes of %d", len(boxes), count)
		}
		var weight measure.Grams
		var value, least, most int64 = 0, 1 << 40, 0
		pieces := map[string]int64{}
		for _, b := range boxes[1:] {
			weight += b.Weight
			value += b.Value.Minor
			n := int64(0)
			for _, item := range b.Items {
				if item.Quantity < 1 {
					t.Fatal("an item without pieces")
				}
				pieces[item.Description] += item.Quantity
				n += item.Quantity
			}
			least, most = min(least, n), max(most, n)
		}
		if weight != last.Weight || value != last.Value.Minor || most-least > 1 {
			t.Fatalf("weight %d of %d, value %d of %d, %d to %d pieces", weight, last.Weight, value, last.Value.Minor, least, most)
		}
		for _, item := range last.Items {
			if pieces[item.Description] != item.Quantity {
				t.Fatalf("%s: %d of %d", item.Description, pieces[item.Description], item.Quantity)
			}
		}
	})
}

// TestFingerprintIsOfWhatIsBought changes one thing at a time.
func TestFingerprintIsOfWhatIsBought(t *testing.T) {
	base := string(sample(t))
	print := func(raw string) [32]byte {
		o, err := Parse([]byte(raw), "")
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		return o.Fingerprint()
	}
	want := print(base)
	same := [][2]string{
		{`"request_id": 48213`, `"request_id": "other"`}, {`"label_format": "pdf"`, `"label_format": "zpl"`}, {`"6x4"`, `"A6"`},
		{`"generate_invoice": true`, `"generate_invoice": false`}, {"2026-11-23 16:00:00", "2026-12-01"}, {`"testing": false`, `"testing": "0"`},
		{`"quantity": 2`, `"quantity": "2"`}, {`"dim_width": 20`, `"dim_width": "20.0"`}, {`"county": null`, `"county": ""`}, {`"8.40"`, `8.4`},
		{`"weight": 0.35`, `"weight": "0.350"`}, {`"reference": "SO-10482"`, `"reference": "SO-10483"`}, {`"ie"`, `"IE"`},
		{`"courier": {`, `"courier": {"collection_cutoff": "16:00", `}, {`"Hillside Clinic"`, `" Hillside Clinic "`},
	}
	for _, c := range same {
		if changed := strings.Replace(base, c[0], c[1], 1); changed == base || print(changed) != want {
			t.Errorf("%s → %s is the same order", c[0], c[1])
		}
	}
	other := [][2]string{
		{`"testing": false`, `"testing": true`}, {"4 Sample Rise", "5 Sample Rise"}, {"Galway", "Cork"}, {`"quantity": 2`, `"quantity": 3`},
		{`"dim_width": 20`, `"dim_width": 21`}, {"OF-NEXTDAY", "OF-SAMEDAY"}, {`"North Dock"`, `"South Dock"`}, {`"8.40"`, `"8.41"`},
		{"Unit 7", "Unit 8"}, {`"DAP"`, `"DDP"`}, {`"courier": {`, `"courier": {"signature": true, `}, {"GZ-10-50", "GZ-10-51"},
		{`"packaging_weight": 120`, `"packaging_weight": 121`}, {`"OwnFleet"`, `"OwnFleeT"`},
	}
	for _, c := range other {
		if changed := strings.Replace(base, c[0], c[1], 1); changed == base || print(changed) == want {
			t.Errorf("%s → %s is another order", c[0], c[1])
		}
	}
}

// TestFingerprintStays: claims that were kept years ago hold it.
func TestFingerprintStays(t *testing.T) {
	o, err := Parse(sample(t), "")
	if err != nil {
		t.Fatal(err)
	}
	const want = "460aefb8c562bee70b215adc0de61b89e3e0bcaeba1d7f8879f935edfbe43906"
	if got := fmt.Sprintf("%x", o.Fingerprint()); got != want {
		t.Errorf("the fingerprint of the sample is %s, want %s", got, want)
	}
}

// FuzzParse: whatever comes, an order or a refusal with a sentence for each field; never a panic, and never an order that
// breaks its own rules.
func FuzzParse(f *testing.F) {
	f.Add(sample(f))
	f.Add([]byte(body(`,"testing":1`, `,"parcel_count":"3"`, `,"email":7`, `,"items":[]`, ``)))
	f.Add([]byte(`{"courier":[],"shipment":{"parcels":[[]],"ship_to":[],"courier":{"a":{}}}}`))
	f.Add([]byte("{\"shipment\":{\"ship_to\":{\"name\":\"\\u0000\\ud83d\"}}}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := Parse(raw, "OwnFleet")
		if err != nil {
			e := errs.As(err)
			if e.Code != errs.Malformed && (e.Code != errs.Invalid || len(e.Fields) == 0) {
				t.Fatalf("%v", err)
			}
			for _, field := range e.Fields {
				if field.Path == "" || !strings.HasSuffix(field.Message, ".") {
					t.Fatalf("%+v", field)
				}
			}
			return
		}
		if len(o.Parcels) < 1 || len(o.Parcels) > maxParcels || !json.Valid(o.Raw) || o.To.Name == "" {
			t.Fatalf("%+v", o)
		}
		for _, p := range o.Parcels {
			if p.Weight < 1 || p.Weight > measure.MaxWeight {
				t.Fatalf("a parcel of %d g", p.Weight)
			}
			for _, i := range p.Items {
				if i.Quantity < 1 || i.Description == "" || strings.ContainsFunc(i.Description, breaks) {
					t.Fatalf("%+v", i)
				}
			}
		}
		again, err := Parse(raw, "OwnFleet")
		if err != nil || again.Fingerprint() != o.Fingerprint() {
			t.Fatal("the same body has two fingerprints")
		}
	})
}
