package fedex

import (
	"cmp"
	"fmt"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The declaration for customs, as far as it is used.

type customs struct {
	Invoice     invoice     `json:"commercialInvoice"`
	Duties      payment     `json:"dutiesPayment"`
	Commodities []commodity `json:"commodities"`
	Total       *amount     `json:"totalCustomsValue,omitempty"`
}

type invoice struct {
	References []reference `json:"customerReferences"`
	Freight    *amount     `json:"freightCharge,omitempty"`
	Terms      string      `json:"termsOfSale,omitempty"`
	Purpose    string      `json:"shipmentPurpose"`
}

type commodity struct {
	Price       *amount `json:"unitPrice"`
	Pieces      int64   `json:"numberOfPieces"`
	Quantity    int64   `json:"quantity"`
	Units       string  `json:"quantityUnits"`
	Value       *amount `json:"customsValue"`
	Origin      string  `json:"countryOfManufacture"`
	Code        string  `json:"harmonizedCode,omitempty"`
	Description string  `json:"description"`
	Weight      weight  `json:"weight"`
	Part        string  `json:"partNumber,omitempty"`
}

type etd struct {
	Types []string `json:"requestedDocumentTypes"`
}

type papers struct {
	Types   []string `json:"shippingDocumentTypes"`
	Invoice struct {
		Format struct {
			Stock string `json:"stockType"`
			Type  string `json:"docType"`
		} `json:"documentFormat"`
	} `json:"commercialInvoiceDetail"`
}

const commercialInvoice = "COMMERCIAL_INVOICE"

func declarable(c courier.Consignment) bool {
	return postal.CustomsBetween(c.From, c.To) == postal.Papers
}

// checkCustoms says what is missing of a declaration.
func checkCustoms(wrong *errs.Fields, c courier.Consignment) {
	if !declarable(c) {
		return
	}
	n := 0
	for i, p := range c.Parcels {
		for j, item := range p.Items {
			n++
			if item.Origin == "" {
				wrong.Add(fmt.Sprintf("shipment.parcels.%d.items.%d.origin_country", i, j), "Origin country is required: FedEx declares where each thing was made.")
			}
		}
	}
	if n == 0 {
		wrong.Add("shipment.parcels.0.items", "Items are required: FedEx declares each thing to customs.")
	}
}

// addCustoms adds the declaration, and has FedEx make the invoice and pass it on unless that was switched off.
func addCustoms(s *shipment, access courier.Access, c courier.Consignment) {
	if !declarable(c) {
		return
	}
	d := &customs{Duties: paid("RECIPIENT", access)}
	if c.Incoterms == "DDP" {
		d.Duties = paid("SENDER", access)
	}
	d.Invoice = invoice{
		References: []reference{{"INVOICE_NUMBER", wording.Cut(cmp.Or(c.Reference, c.OrderID, c.ShipmentID), 40)}}, Purpose: purposeOf(c.ReasonForExport),
	}
	if len(c.Incoterms) == 3 {
		d.Invoice.Terms = c.Incoterms
	}
	var total money.Amount
	for _, p := range c.Parcels {
		for _, i := range p.Items {
			line := commodityOf(i)
			d.Commodities = append(d.Commodities, line)
			if value, err := i.Value.Times(i.Quantity); err == nil {
				if sum, err := total.Add(value); err == nil {
					total = sum
				}
			}
		}
	}
	if total.Minor > 0 {
		d.Total = amountOf(total)
	}
	if c.ShippingCharge.Minor > 0 && c.ShippingCharge.Currency == total.Currency {
		d.Invoice.Freight = amountOf(c.ShippingCharge)
	}
	s.Customs = d
	if c.Options[optionInvoice] == "false" {
		return
	}
	if s.Special == nil {
		s.Special = &special{}
	}
	s.Special.Types = append(s.Special.Types, "ELECTRONIC_TRADE_DOCUMENTS")
	s.Special.ETD = &etd{[]string{commercialInvoice}}
	s.Papers = &papers{Types: []string{commercialInvoice}}
	s.Papers.Invoice.Format.Stock, s.Papers.Invoice.Format.Type = "PAPER_LETTER", "PDF"
}

func commodityOf(i courier.Item) commodity {
	line := commodity{
		Price: amountOf(i.Value), Value: amountOf(i.Value), Pieces: 1, Quantity: i.Quantity, Units: "PCS", Origin: i.Origin,
		Description: wording.Cut(cmp.Or(i.ExtendedDescription, i.Description), 450), Part: i.SKU,
		Code: strings.NewReplacer(".", "", " ", "").Replace(i.HSCode), Weight: weightOf(i.Weight*measure.Grams(i.Quantity), false),
	}
	if whole, err := i.Value.Times(i.Quantity); err == nil {
		line.Value = amountOf(whole)
	}
	return line
}

// purposeOf gives a reason for export as FedEx's list has it.
func purposeOf(reason string) string {
	lower := strings.ToLower(reason)
	for _, r := range []struct{ word, theirs string }{
		{"gift", "GIFT"}, {"sample", "SAMPLE"}, {"repair", "REPAIR_AND_RETURN"}, {"return", "REPAIR_AND_RETURN"}, {"personal", "PERSONAL_EFFECTS"}, {"not sold", "NOT_SOLD"},
	} {
		if strings.Contains(lower, r.word) {
			return r.theirs
		}
	}
	return "SOLD"
}
