package dhlexpress

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/measure"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The declaration for customs, as far as it is used.

type declaration struct {
	Lines      []line   `json:"lineItems"`
	Invoice    invoice  `json:"invoice"`
	Charges    []charge `json:"additionalCharges,omitempty"`
	Reason     string   `json:"exportReason,omitempty"`
	ReasonType string   `json:"exportReasonType"`
	Kind       string   `json:"shipmentType"`
}

type line struct {
	Number      int         `json:"number"`
	Description string      `json:"description"`
	Price       json.Number `json:"price"` // of one piece
	Quantity    struct {
		Value int64  `json:"value"`
		Unit  string `json:"unitOfMeasurement"`
	} `json:"quantity"`
	Codes  []commodity `json:"commodityCodes,omitempty"`
	Origin string      `json:"manufacturerCountry"`
	Weight struct {    // kg, of the whole line
		Net   json.Number `json:"netValue"`
		Gross json.Number `json:"grossValue"`
	} `json:"weight"`
}

type commodity struct {
	Type  string `json:"typeCode"`
	Value string `json:"value"`
}

type invoice struct {
	Number string `json:"number"`
	Date   string `json:"date"`
}

type charge struct {
	Value json.Number `json:"value"`
	Type  string      `json:"typeCode"`
}

// declarable reports whether customs wants the goods declared.
func declarable(c courier.Consignment) bool {
	return postal.CustomsBetween(c.From, c.To) == postal.Papers && !documents(c.Service.Code)
}

// paperless reports whether DHL shall make the invoice and pass it on.
func paperless(c courier.Consignment) bool {
	return declarable(c) && c.Options[optionPaperless] != "false"
}

func itemPath(parcel, item int) string {
	return fmt.Sprintf("shipment.parcels.%d.items.%d", parcel, item)
}

func declarationOf(c courier.Consignment) *declaration {
	d := &declaration{
		Invoice: invoice{
			Number: wording.Cut(cmp.Or(c.Reference, c.OrderID, strings.ReplaceAll(c.ShipmentID, "-", "")), 35),
			Date:   time.UnixMilli(c.CreatedMs).UTC().Format(time.DateOnly),
		},
		Reason: wording.Cut(c.ReasonForExport, 30), ReasonType: reasonOf(c.ReasonForExport), Kind: "commercial",
	}
	currency := ""
	for _, p := range c.Parcels {
		for _, i := range p.Items {
			l := line{
				Number: len(d.Lines) + 1, Description: wording.Cut(cmp.Or(i.ExtendedDescription, i.Description), 512), Price: json.Number(i.Value.Decimal()), Origin: i.Origin,
			}
			l.Quantity.Value, l.Quantity.Unit = i.Quantity, "PCS"
			whole := json.Number((i.Weight * measure.Grams(i.Quantity)).Kilograms())
			l.Weight.Net, l.Weight.Gross = whole, whole
			if code := strings.NewReplacer(".", "", " ", "").Replace(i.HSCode); len(code) >= 2 && len(code) <= 18 {
				l.Codes = []commodity{{"outbound", code}}
			}
			d.Lines = append(d.Lines, l)
			currency = cmp.Or(currency, i.Value.Currency)
		}
	}
	if c.ShippingCharge.Minor > 0 && c.ShippingCharge.Currency == currency {
		d.Charges = []charge{{json.Number(c.ShippingCharge.Decimal()), "freight"}}
	}
	return d
}

// incotermOf gives the terms of sale; without any, and of those that DHL does not know, the recipient pays duties.
func incotermOf(given string) string {
	known := []string{"EXW", "FCA", "CPT", "CIP", "DPU", "DAP", "DDP", "FAS", "FOB", "CFR", "CIF", "DAF", "DAT", "DDU", "DEQ", "DES"}
	if slices.Contains(known, given) {
		return given
	}
	return "DAP"
}

// reasonOf gives a reason for export as DHL's list has it.
func reasonOf(reason string) string {
	lower := strings.ToLower(reason)
	for _, r := range []struct{ word, theirs string }{
		{"gift", "gift"}, {"sample", "sample"}, {"return", "return"}, {"repair", "temporary"}, {"tempor", "temporary"}, {"warranty", "warranty_replacement"},
		{"intercompany", "intercompany_use"}, {"personal", "personal_belongings_or_personal_use"}, {"permanent", "permanent"},
	} {
		if strings.Contains(lower, r.word) {
			return r.theirs
		}
	}
	return "commercial_purpose_or_sale"
}
