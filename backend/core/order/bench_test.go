package order

import "testing"

// typical is a create-label body as an order system sends it, the one that the load test sends (backend/app/bench).
const typical = `{"auth_company":"Main","request_id":"0000000001","shipment":{"label_size":"6x4","label_format":"zpl",` +
	`"dc_service_id":"OF-NEXTDAY","reference":"SO-0000000001",` +
	`"ship_from":{"name":"Bench One","company_name":"Example Goods Ltd","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB","phone":"0113 496 0000"},` +
	`"ship_to":{"name":"Robin Example","company_name":"","address_1":"7 Harbour Street","address_2":"Flat 3","city":"Whitstable","county":null,"postcode":"CT5 1AQ","country_iso":"GB","phone":"01632 960 000","email":"robin@example.com"},` +
	`"parcels":[{"dim_length":"30","dim_width":"20","dim_height":"10","dim_unit":"cm","items":[` +
	`{"description":"Stoneware mug, blue","quantity":2,"value":"12.50","value_currency":"GBP","weight":"0.4","weight_unit":"kg","sku":"MUG-BLUE","hs_code":"691200","origin_country":"GB"},` +
	`{"description":"Tea towel, linen","quantity":1,"value":"8.00","value_currency":"GBP","weight":"0.12","weight_unit":"kg","sku":"TOWEL-01","hs_code":"630260","origin_country":"PT"}]}]}}`

func BenchmarkParse(b *testing.B) {
	body := []byte(typical)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(body, "OwnFleet"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(typical)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := decode(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	o, err := Parse([]byte(typical), "OwnFleet")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		o.Fingerprint()
	}
}
