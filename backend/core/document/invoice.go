package document

import (
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

// CommercialInvoice is what a commercial invoice says: the union of what forwarders in the United Kingdom and the
// European Union and 19 CFR 141.86 (United States) ask for. Identification numbers stand in the addresses.
type CommercialInvoice struct {
	Paper     Paper
	Language  Language // of the headings beside the English ones
	Branding  Branding
	CreatedMs int64 // when the invoice's shipment was made; the file's own date

	Number    string
	Date      string
	Exporter  postal.Address
	Importer  postal.Address // buyer
	Consignee postal.Address // where the goods go, when not to the importer; zero otherwise

	OrderReference    string
	ReceiverReference string
	Carrier           string
	TrackingCodes     []string // air waybill or parcel numbers

	Lines     []InvoiceLine
	Freight   money.Amount
	Insurance money.Amount
	Packing   money.Amount
	Discount  money.Amount // a positive sum that is taken off

	Incoterms   string // Incoterms 2020: "DAP"
	Place       string // the named place that belongs to it
	Reason      string // reason for export: "Sale"
	Packages    int
	GrossWeight measure.Grams
	IOSS        string // printed only where it is given
	Preference  string // statement of origin under a trade agreement, in the agreement's exact wording

	Declaration string // "" for what the language's Words say
	Signatory   string // who signs, with the position held
	SignedAt    string // place of signature
	Testing     bool   // marks the paper as a test
}

// InvoiceLine is one kind of goods.
type InvoiceLine struct {
	Description string // what it is, of what material, for what use
	SKU         string
	HSCode      string // 6 digits at least
	Origin      string // ISO 3166-1 alpha-2 of the country of manufacture
	Quantity    int64
	Unit        string // "pcs" when empty
	NetWeight   measure.Grams
	UnitPrice   money.Amount
}

// Goods adds up the lines. It returns errs.Invalid for two currencies and for sums too large.
func (v CommercialInvoice) Goods() (money.Amount, error) {
	var sum money.Amount
	for i, line := range v.Lines {
		total, err := line.Total()
		if err == nil {
			sum, err = sum.Add(total)
		}
		if err != nil {
			return money.Amount{}, errs.OnField(fmt.Sprintf("lines.%d.unit_price", i), "%s", err)
		}
	}
	return sum, nil
}

// Charge is a sum beside the goods.
type Charge struct {
	Field  string
	Amount money.Amount // negative for a discount
}

// Charges lists what is added to and taken off the goods, in the order it is printed; those not given are left out.
func (v CommercialInvoice) Charges() []Charge {
	off := v.Discount
	off.Minor = -off.Minor
	var given []Charge
	for _, c := range []Charge{
		{"freight", v.Freight}, {"insurance", v.Insurance}, {"packing", v.Packing}, {"discount", off},
	} {
		if c.Amount.Minor != 0 {
			given = append(given, c)
		}
	}
	return given
}

// Total is the invoice's total: goods and charges. It returns errs.Invalid for two currencies and for sums too large.
func (v CommercialInvoice) Total() (money.Amount, error) {
	total, err := v.Goods()
	if err != nil {
		return money.Amount{}, err
	}
	for _, c := range v.Charges() {
		total, err = total.Add(c.Amount)
		if err != nil {
			return money.Amount{}, errs.OnField(c.Field, "%s", err)
		}
	}
	return total, nil
}

// NetWeight adds up the lines.
func (v CommercialInvoice) NetWeight() measure.Grams {
	var sum measure.Grams
	for _, line := range v.Lines {
		sum += line.NetWeight
	}
	return sum
}

// Total is the line's price.
func (l InvoiceLine) Total() (money.Amount, error) { return l.UnitPrice.Times(l.Quantity) }

// Validate returns errs.Invalid with every field that makes the invoice impossible to draw or untrue. What customs
// would miss is not refused here: Missing lists it.
func (v CommercialInvoice) Validate() error {
	var wrong fields
	wrong.paper(v.Paper, Papers...)
	wrong.language(v.Language)
	wrong.branding(v.Branding)
	wrong.lines(len(v.Lines))
	for i, line := range v.Lines {
		path := fmt.Sprintf("lines.%d.", i)
		if line.Quantity < 1 || line.Quantity > maxPieces {
			wrong.add(path+"quantity", "a quantity of %d can't be sent; give a whole number from 1 to %d", line.Quantity, maxPieces)
		}
		if line.UnitPrice.Minor < 0 {
			wrong.add(path+"unit_price", "%s is less than nothing; give the price, and what is taken off as the discount", line.UnitPrice)
		}
		if line.NetWeight < 0 {
			wrong.add(path+"net_weight", "a weight of %d g is less than nothing", line.NetWeight)
		}
	}
	if v.Discount.Minor < 0 {
		wrong.add("discount", "%s would raise the total; give what is taken off as a positive sum", v.Discount)
	}
	if len(wrong) == 0 {
		total, err := v.Total()
		if err != nil {
			return err
		}
		if total.Minor < 0 {
			wrong.add("discount", "%s is more than goods and charges together; give at most their sum", v.Discount)
		}
	}
	return wrong.err("The commercial invoice can't be drawn.")
}
