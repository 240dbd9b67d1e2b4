package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strconv"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/document"
)

// sampleImage draws a mark in few colours, transparent around.
func sampleImage() image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, 480, 120))
	for y := range 120 {
		for x := range 480 {
			dx, dy := x-60, y-60
			switch {
			case dx*dx+dy*dy < 55*55 && (x+y)%40 < 20:
				picture.Set(x, y, color.NRGBA{0x1f, 0x4e, 0x79, 0xff})
			case dx*dx+dy*dy < 55*55:
				picture.Set(x, y, color.NRGBA{0x2e, 0x8b, 0x57, 0xff})
			case x > 140 && y > 35 && y < 85 && (x/30)%2 == 0:
				picture.Set(x, y, color.NRGBA{0x20, 0x20, 0x20, 0xff})
			}
		}
	}
	return picture
}

func sampleLogo() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, sampleImage()); err != nil {
		panic(err)
	}
	return out.Bytes()
}

var goods = []string{
	"Enamel mug, white with blue rim, 350 ml",
	"Beeswax candles, pillar, set of three",
	"Linen tea towel, natural, 50 × 70 cm",
	"Oak bread board with juice groove, oiled",
	"Cast-iron trivet, hexagonal",
	"Merino wool throw, charcoal herringbone, 130 × 180 cm, dry clean only",
	"Notebook A5, dotted, recycled paper",
	"Ceramic pour-over dripper, size 02, with 40 paper filters",
}

func sampleSlip(lines int) document.PackingSlip {
	slip := document.PackingSlip{
		Paper: document.PaperA4, CreatedMs: 1_772_460_000_000,
		Branding:  document.Branding{Logo: sampleLogo(), Footer: "Northern Goods Ltd · Registered in England 01234567 · VAT GB 123 4567 89 · northerngoods.example"},
		Number:    "100482",
		Reference: "NG-2026-004812", Barcode: "NG-2026-004812", OrderDate: "28 February 2026", ShipDate: "2 March 2026",
		From:    postal.Address{CompanyName: "Northern Goods Ltd", Address1: "Unit 7, Canal Works", Address2: "22 Mill Street", City: "Leeds", Postcode: "LS9 8AB", CountryISO: "GB"},
		To:      postal.Address{Name: "Anna Example", CompanyName: "Café Zwarte Kat", Address1: "Prinsengracht 263", City: "Amsterdam", Postcode: "1016 GV", CountryISO: "NL"},
		Service: "Own fleet, next day", TrackingCodes: []string{"340123450000000017"}, ParcelIndex: 1, ParcelCount: 2, Weight: 4380,
		Returns: "Changed your mind? Send unused things back within 30 days with this slip in the parcel. Start at northerngoods.example/returns, where you also find the label.",
	}
	for i := range lines {
		line := document.SlipLine{SKU: fmt.Sprintf("NG-%04d-%c", 1180+37*i, 'A'+i%26), Description: goods[i%len(goods)], Ordered: int64(1 + i*7%5), UnitPrice: money.Amount{Minor: int64(450 + 333*i), Currency: "GBP"}}
		line.Shipped = line.Ordered
		if i == 3 {
			line.Ordered += 2
		}
		slip.Lines = append(slip.Lines, line)
	}
	return slip
}

// sampleOrders are slips of one shop: 20 of its 400 articles for each of so many recipients.
func sampleOrders(count int) []document.PackingSlip {
	const articles = 400
	slips, every := make([]document.PackingSlip, count), sampleSlip(20)
	for i := range slips {
		slip := every
		slip.Lines = slices.Clone(every.Lines)
		slip.Number, slip.Reference = strconv.Itoa(100_482+i), fmt.Sprintf("NG-2026-%06d", 4812+31*i)
		slip.Barcode, slip.TrackingCodes = slip.Reference, []string{fmt.Sprintf("34012345%010d", 17*i)}
		slip.To = postal.Address{Name: fmt.Sprintf("Anna Example %d", i), Address1: fmt.Sprintf("Prinsengracht %d", 2+i), City: "Amsterdam", Postcode: fmt.Sprintf("%d GV", 1011+i), CountryISO: "NL"}
		for j := range slip.Lines {
			article := (i*7 + j*13) % articles
			slip.Lines[j].SKU, slip.Lines[j].Description = fmt.Sprintf("NG-%04d", article), fmt.Sprintf("%s, no. %d", goods[article%len(goods)], article)
		}
		slips[i] = slip
	}
	return slips
}

func gbp(minor int64) money.Amount { return money.Amount{Minor: minor, Currency: "GBP"} }

func sampleInvoice(lines int) document.CommercialInvoice {
	invoice := document.CommercialInvoice{
		Paper: document.PaperA4, CreatedMs: 1_772_460_000_000, Branding: sampleSlip(1).Branding,
		Number: "CI-100482", Date: "2 March 2026",
		Exporter: postal.Address{CompanyName: "Northern Goods Ltd", Name: "Export desk", Address1: "Unit 7, Canal Works", Address2: "22 Mill Street", City: "Leeds",
			Postcode: "LS9 8AB", CountryISO: "GB", Phone: "+44 113 496 0000", Email: "export@northerngoods.example", EORI: "GB123456789000", TaxID: "GB 123 4567 89"},
		Importer: postal.Address{CompanyName: "Harbour & Vine LLC", Name: "Receiving", Address1: "480 Atlantic Avenue", City: "Boston MA", Postcode: "02210",
			CountryISO: "US", Phone: "+1 617 555 0100", TaxID: "EIN 04-0000000"},
		OrderReference: "NG-2026-004812", ReceiverReference: "PO 77120", Carrier: "Own fleet, next day", TrackingCodes: []string{"340123450000000017"},
		Freight: gbp(2450), Insurance: gbp(600), Packing: gbp(350), Discount: gbp(1500),
		Incoterms: "DAP", Place: "Boston", Reason: "Sale", Packages: 2, GrossWeight: 0, Signatory: "A. Example, export manager", SignedAt: "Leeds",
		Preference: "The exporter of the products covered by this document declares that, except where otherwise clearly indicated, these products are of United Kingdom preferential origin.",
	}
	codes, origins := []string{"7323.94.00", "3406.00.00", "6302.91.00", "4419.11.00", "7323.91.00", "6301.20.90", "4820.10.30", "6912.00.23"}, []string{"PL", "GB", "LT", "FR", "CN", "GB", "DE", "JP"}
	for i := range lines {
		line := document.InvoiceLine{Description: goods[i%len(goods)], SKU: fmt.Sprintf("NG-%04d-%c", 1180+37*i, 'A'+i%26), HSCode: codes[i%len(codes)], Origin: origins[i%len(origins)],
			Quantity: int64(1 + i*7%13), NetWeight: measure.Grams(240 + 185*i), UnitPrice: gbp(int64(450 + 333*i))}
		invoice.GrossWeight += line.NetWeight + 100
		invoice.Lines = append(invoice.Lines, line)
	}
	return invoice
}
