package ups

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The papers for customs, as far as they are used.

type forms struct {
	Types    []string  `json:"FormType"`
	Contacts contacts  `json:"Contacts"`
	Products []product `json:"Product"`
	Number   string    `json:"InvoiceNumber,omitempty"`
	Date     string    `json:"InvoiceDate"`
	Terms    string    `json:"TermsOfShipment,omitempty"`
	Reason   string    `json:"ReasonForExport"`
	Freight  *value    `json:"FreightCharges,omitempty"`
	Currency string    `json:"CurrencyCode"`
}

type contacts struct {
	Buyer party `json:"SoldTo"`
}

type product struct {
	Description []string `json:"Description"`
	Unit        unit     `json:"Unit"`
	Code        string   `json:"CommodityCode,omitempty"`
	Part        string   `json:"PartNumber,omitempty"`
	Origin      string   `json:"OriginCountryCode,omitempty"`
}

type unit struct {
	Number string `json:"Number"`
	Of     coded  `json:"UnitOfMeasurement"`
	Value  string `json:"Value"`
}

type value struct {
	Value string `json:"MonetaryValue"`
}

// vendorInfo is the seller's number of a scheme by which tax is paid in advance.
type vendorInfo struct {
	Type   string `json:"VendorCollectIDTypeCode"`
	Number string `json:"VendorCollectIDNumber"`
}

const (
	formInvoice = "01"
	mostLines   = 50
	schemeIOSS  = "0356"
	schemeVOEC  = "0357"
)

// invoiced reports whether UPS shall make the invoice: customs wants papers, the items are known, and it was not refused.
func invoiced(c courier.Consignment) bool {
	return postal.CustomsBetween(c.From, c.To) == postal.Papers && len(lines(c)) > 0 && c.Options[optionInvoice] != "false"
}

// customs adds what customs wants: the invoice, who pays duties, the numbers of tax schemes, and the goods' value where
// UPS wants it apart from the invoice.
func customs(s *shipment, access courier.Access, c courier.Consignment) {
	if postal.CustomsBetween(c.From, c.To) == postal.NoCustoms {
		return
	}
	if c.Incoterms == "DDP" {
		s.Payment.Charges = append(s.Payment.Charges, charged("02", access))
	}
	if c.From.IOSS != "" || c.From.VOEC != "" {
		from := partyOf(c.From)
		from.Email = "" // not known of this side
		from.Vendor = &vendorInfo{schemeIOSS, wording.Cut(c.From.IOSS, 35)}
		if c.From.IOSS == "" {
			from.Vendor = &vendorInfo{schemeVOEC, wording.Cut(c.From.VOEC, 35)}
		}
		s.From = &from
	}
	if c.From.CountryISO == "US" && (c.To.CountryISO == "CA" || c.To.CountryISO == "PR") {
		s.InvoiceLine = wholeValue(c)
	}
	if !invoiced(c) {
		return
	}
	if s.Options == nil {
		s.Options = &options{}
	}
	s.Options.Forms = formsOf(c)
}

func formsOf(c courier.Consignment) *forms {
	buyer := partyOf(c.To)
	f := &forms{
		Types: []string{formInvoice}, Contacts: contacts{Buyer: buyer}, Number: wording.Cut(cmp.Or(c.Reference, c.OrderID, compact(c.ShipmentID)), 35),
		Date: time.UnixMilli(c.CreatedMs).UTC().Format("20060102"), Terms: termsOf(c.Incoterms), Reason: reasonOf(c.ReasonForExport),
	}
	for _, i := range lines(c) {
		p := product{
			Description: inLines(cmp.Or(i.ExtendedDescription, i.Description)), Part: wording.Cut(i.SKU, 35), Origin: i.Origin,
			Unit: unit{Number: strconv.FormatInt(i.Quantity, 10), Of: coded{"PCS"}, Value: i.Value.Decimal()},
		}
		if code := strings.NewReplacer(".", "", " ", "").Replace(i.HSCode); len(code) >= 6 && len(code) <= 15 {
			p.Code = code
		}
		f.Products = append(f.Products, p)
		f.Currency = cmp.Or(f.Currency, i.Value.Currency)
	}
	if c.ShippingCharge.Minor > 0 && c.ShippingCharge.Currency == f.Currency {
		f.Freight = &value{c.ShippingCharge.Decimal()}
	}
	return f
}

// inLines breaks a description into the three lines of 35 characters that UPS has for it.
func inLines(text string) []string {
	const most, width = 3, 35
	var list []string
	for rest := []rune(text); len(rest) > 0 && len(list) < most; {
		n := min(width, len(rest))
		list = append(list, strings.TrimSpace(string(rest[:n])))
		rest = []rune(strings.TrimSpace(string(rest[n:])))
	}
	return list
}

// termsOf gives the terms of sale, "" for those that UPS does not know.
func termsOf(incoterms string) string {
	known := []string{"CFR", "CIF", "CIP", "CPT", "DAF", "DDP", "DAP", "DEQ", "DES", "EXW", "FAS", "FCA", "FOB"}
	if !slices.Contains(known, incoterms) {
		return ""
	}
	return incoterms
}

// reasonOf gives a reason for export as UPS writes it: a word of its list, else the order's own.
func reasonOf(reason string) string {
	lower := strings.ToLower(reason)
	for _, word := range []string{"gift", "sample", "return", "repair", "sale"} {
		if strings.Contains(lower, word) {
			return strings.ToUpper(word)
		}
	}
	return cmp.Or(wording.Cut(reason, 20), "SALE")
}

// wholeValue gives the goods' value in whole units of the currency, rounded up, nil where it is not known.
func wholeValue(c courier.Consignment) *amount {
	var sum money.Amount
	for _, p := range c.Parcels {
		if more, err := sum.Add(p.Value); err == nil {
			sum = more
		}
	}
	if sum.Minor <= 0 {
		return nil
	}
	units := int64(1)
	for range money.Exponent(sum.Currency) {
		units *= 10
	}
	return &amount{Currency: sum.Currency, Value: strconv.FormatInt(upward(sum.Minor, units), 10)}
}
