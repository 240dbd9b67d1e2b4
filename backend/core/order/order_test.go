package order

import (
	"os"
	"testing"

	"packbench/backend/core/courier"
)

func sample(t testing.TB) []byte {
	t.Helper()
	body, err := os.ReadFile("testdata/order.json")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestParseSample(t *testing.T) {
	o, err := Parse(sample(t), "")
	if err != nil {
		t.Fatal(err)
	}
	if o.Courier != "OwnFleet" || o.LabelSize != courier.Size4x6 || !o.WantInvoice || !o.WantSlip {
		t.Errorf("%+v", o)
	}
	p := o.Parcels[0]
	if p.Weight != 2060 || p.Length != 300 || p.Height != 125 {
		t.Errorf("%+v", p)
	}
	if len(o.Warnings) != 0 {
		t.Errorf("warnings: %v", o.Warnings)
	}
}

func BenchmarkParse(b *testing.B) {
	body := sample(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(body, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	o, err := Parse(sample(b), "")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		o.Fingerprint()
	}
}
