package shipment

import (
	"cmp"
	"time"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/template"
)

// madeUp is a shipment for looking at a template: it goes abroad, so that an invoice has all its parts, and is long
// enough for a second page on small paper.
func madeUp(business template.Business, gift bool, now time.Time) Shipment {
	from := business.Address
	if from.IsZero() {
		from = postal.Address{Address1: "Unit 7, Canal Works", City: "Leeds", Postcode: "LS9 8AB", CountryISO: "GB", Phone: "+44 113 496 0000", EORI: "GB123456789000"}
	}
	from.CompanyName = cmp.Or(business.Name, from.CompanyName, "Your business")
	from.Name = cmp.Or(from.Name, "Export desk")
	parcel := courier.Parcel{Items: sampleItems()}
	for _, i := range parcel.Items {
		parcel.Weight += i.Weight * measure.Grams(i.Quantity)
	}
	parcel.Weight += 400
	sh := Shipment{
		Row: Row{
			Number: 184206, CreatedMs: now.UnixMilli(), AccountName: "web-shop", Courier: "OwnFleet", ServiceName: "Next day",
			Reference: "SAMPLE-20571", Recipient: "Anna Example", Parcels: 1, Weight: parcel.Weight, TrackingCodes: []string{"340123450000000017"},
			Postcode: "8001", CountryISO: "CH",
		},
		Consignment: courier.Consignment{
			From: from, Parcels: []courier.Parcel{parcel}, Incoterms: "DAP", ReasonForExport: "sale",
			To:             postal.Address{Name: "Anna Example", CompanyName: "Café Zur Mühle", Address1: "Beispielgasse 12", City: "Zürich", Postcode: "8001", CountryISO: "CH", Phone: "+41 44 000 00 00"},
			ShippingCharge: money.Amount{Minor: 1450, Currency: "EUR"}, DeliveryInstructions: "Ring at the side door.",
		},
	}
	if gift {
		sh.GiftNote = "Happy birthday, Anna! With love from all of us."
	}
	return sh
}

func sampleItems() []courier.Item {
	item := func(description, sku, code, origin string, quantity int64, grams measure.Grams, cents int64) courier.Item {
		return courier.Item{
			Description: description, SKU: sku, HSCode: code, Origin: origin, Quantity: quantity, Weight: grams,
			Value: money.Amount{Minor: cents, Currency: "EUR"},
		}
	}
	return []courier.Item{
		item("Enamel mug, white with blue rim, 350 ml", "MUG-350-WB", "7323.94.00", "PL", 4, 210, 1290),
		item("Beeswax candles, pillar, set of three", "CND-BW-3", "3406.00.00", "GB", 2, 540, 1850),
		item("Linen tea towel, natural, 50 × 70 cm", "TWL-LN-50", "6302.91.00", "LT", 6, 120, 975),
		item("Oak bread board with juice groove, oiled", "BRD-OAK-L", "4419.11.00", "FR", 1, 1350, 4400),
		item("Merino wool throw, charcoal herringbone, 130 × 180 cm", "THR-MR-CH", "6301.20.90", "GB", 1, 980, 118500),
		item("Notebook A5, dotted, recycled paper", "NTB-A5-DOT", "4820.10.30", "DE", 12, 260, 650),
		item("Ceramic pour-over dripper, size 02, with 40 paper filters", "DRP-02", "6912.00.23", "JP", 1, 420, 2795),
		item("Cast-iron trivet, hexagonal", "TRV-HEX", "7323.91.00", "CN", 2, 610, 1495),
	}
}
