package shipment

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/backend/core/order"
)

// A payload holds the request of every order as encoding/json would write it, and reads back whole.
func TestPayloadHoldsTheRequest(t *testing.T) {
	texts := rapid.StringOfN(rapid.SampledFrom([]rune("ab <>&\"\\\n\u2028\u2029…é\x7f/")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		value, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		asTyped := []byte(`"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\n", `\n`).Replace(text) + `"`)
		value = rapid.SampledFrom([][]byte{value, asTyped}).Draw(t, "value")
		body := rapid.SampledFrom([]string{
			`{"shipment":{"note":%,"ship_to":{"name":"A","address_1":"B","city":"C","country_iso":"GB","postcode":"CT5 1AQ"},"parcels":[{"weight":"1","weight_unit":"kg"}]}}`,
			`{"shipment": {"note": %, "ship_to": {"name": "A", "address_1": "B", "city": "C", "country_iso": "GB", "postcode": "CT5 1AQ"}, "parcels": [{"weight": "1", "weight_unit": "kg"}]}}`,
			"{\"shipment\" :{\n\"note\":%,\t\"ship_to\":{\"name\":\"A\",\"address_1\":\"B\",\"city\":\"C\",\"country_iso\":\"GB\",\"postcode\":\"CT5 1AQ\"},\r\n\"parcels\":[{\"weight\":\"1\",\"weight_unit\":\"kg\"}]}}",
		}).Draw(t, "body")
		o, err := order.Parse(bytes.ReplaceAll([]byte(body), []byte("%"), value), "OwnFleet")
		if err != nil {
			t.Fatal(err)
		}
		sh := Shipment{GiftNote: text, Request: o.Raw, LabelKey: "key"}
		raw, err := sh.Payload()
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(o.Raw)
		if err != nil {
			t.Fatal(err)
		}
		var back Shipment
		if err := back.SetPayload(raw); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		sh.Request = want
		if diff := cmp.Diff(sh, back, cmp.AllowUnexported(Shipment{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// BenchmarkPayload is of an order without white space, as most programs send it.
func BenchmarkPayload(b *testing.B) {
	o := sample(b, nil)
	request, err := json.Marshal(o.Raw)
	if err != nil {
		b.Fatal(err)
	}
	sh := Shipment{Request: request}
	sh.Consignment.From, sh.Consignment.To, sh.Consignment.Parcels = o.From, o.To, o.Parcels
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sh.Payload(); err != nil {
			b.Fatal(err)
		}
	}
}
