package sendcloud

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of POST /shipments/announce, as far as it is used.

type announcement struct {
	From         address       `json:"from_address"`
	To           address       `json:"to_address"`
	ShipWith     shipWith      `json:"ship_with"`
	OrderNumber  string        `json:"order_number,omitempty"`
	TotalPrice   *price        `json:"total_order_price,omitempty"`
	Reference    string        `json:"reference,omitempty"`
	External     string        `json:"external_reference_id"`
	Customs      *customs      `json:"customs_information,omitempty"`
	ServicePoint *servicePoint `json:"to_service_point,omitempty"`
	Label        labelWish     `json:"label_details"`
	Dates        *dates        `json:"delivery_dates,omitempty"`
	Parcels      []newParcel   `json:"parcels"`
}

type address struct {
	Name     string `json:"name"`
	Company  string `json:"company_name,omitempty"`
	Line1    string `json:"address_line_1"`
	Line2    string `json:"address_line_2,omitempty"`
	Postcode string `json:"postal_code,omitempty"`
	City     string `json:"city"`
	State    string `json:"state_province_code,omitempty"`
	Country  string `json:"country_code"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone_number,omitempty"`
}

type shipWith struct {
	Type       string   `json:"type"`
	Properties shipping `json:"properties"`
}

type shipping struct {
	Code     string `json:"shipping_option_code"`
	Contract int64  `json:"contract_id,omitempty"`
}

type price struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

type servicePoint struct {
	ID string `json:"id"`
}

type labelWish struct {
	Type string `json:"mime_type"`
	DPI  int    `json:"dpi"`
}

type dates struct {
	HandoverAt string `json:"handover_at"`
}

type newParcel struct {
	Dimensions *dimensions `json:"dimensions,omitempty"`
	Weight     weight      `json:"weight"`
	Notes      []string    `json:"label_notes,omitempty"`
	Package    string      `json:"package_type,omitempty"`
	Items      []item      `json:"parcel_items,omitempty"`
}

type dimensions struct {
	Length string `json:"length"`
	Width  string `json:"width"`
	Height string `json:"height"`
	Unit   string `json:"unit"`
}

type weight struct {
	Value string `json:"value"`
	Unit  string `json:"unit"`
}

// itemWeight is a number, where a parcel's weight is a text.
type itemWeight struct {
	Value json.Number `json:"value"`
	Unit  string      `json:"unit"`
}

type item struct {
	Description string      `json:"description"`
	Quantity    int64       `json:"quantity"`
	Weight      *itemWeight `json:"weight,omitempty"`
	Price       *price      `json:"price,omitempty"`
	HSCode      string      `json:"hs_code,omitempty"`
	Origin      string      `json:"origin_country,omitempty"`
	SKU         string      `json:"sku,omitempty"`
	Material    string      `json:"material_content,omitempty"`
}

type customs struct {
	Invoice    string      `json:"invoice_number"`
	Reason     string      `json:"export_reason"`
	Type       string      `json:"export_type"`
	Date       string      `json:"invoice_date"`
	Freight    *price      `json:"freight_costs,omitempty"`
	Goods      string      `json:"goods_description,omitempty"`
	TaxNumbers *taxNumbers `json:"tax_numbers,omitempty"`
}

type taxNumbers struct {
	Sender   []taxNumber `json:"sender"`
	Receiver []taxNumber `json:"receiver"`
	Importer []taxNumber `json:"importer_of_record"`
}

type taxNumber struct {
	Name    string `json:"name"`
	Country string `json:"country_code"`
	Value   string `json:"value"`
}

// requestOf makes the request. Our id is the external reference, which Sendcloud takes once. Invalid: a test auth may buy
// the free letter only, or no shipping option is named.
func requestOf(access courier.Access, c courier.Consignment) (announcement, error) {
	code := cmp.Or(c.Options[optionCode], c.Service.Code)
	var wrong errs.Fields
	switch {
	case code == byCode:
		wrong.Add("shipment.courier."+optionCode, "Shipping option is required for this service: a code like postnl:standard.")
	case access.Testing && code != letter:
		wrong.Add("shipment.dc_service_id", "Sendcloud has no test service. A test auth buys the Unstamped letter (%s) only, which is free.", letter)
	}
	if err := wrong.Err(); err != nil {
		return announcement{}, err
	}
	out := announcement{
		From: addressOf(c.From), To: addressOf(c.To),
		ShipWith:    shipWith{Type: "shipping_option_code", Properties: shipping{Code: code, Contract: number(c.Options[optionContract])}},
		OrderNumber: cmp.Or(c.OrderID, c.Reference), Reference: c.Reference, External: c.ShipmentID,
		Label: labelWish{Type: mediaTypes[c.LabelFormat], DPI: c.LabelDPI},
	}
	if point := c.Options[optionServicePoint]; point != "" {
		out.ServicePoint = &servicePoint{ID: point}
	}
	if c.CollectionMs != 0 {
		out.Dates = &dates{HandoverAt: time.UnixMilli(c.CollectionMs).UTC().Format(time.RFC3339)}
	}
	var value money.Amount
	for _, p := range c.Parcels {
		out.Parcels = append(out.Parcels, parcelOf(c, p))
		if sum, err := value.Add(p.Value); err == nil {
			value = sum
		}
	}
	out.TotalPrice = priceOf(value)
	if postal.CustomsBetween(c.From, c.To) != postal.NoCustoms {
		out.Customs = customsOf(c, value.Currency)
	}
	return out, nil
}

// stateCode is a part of a country by its own letters, or by ISO 3166-2 with the country before it.
var stateCode = regexp.MustCompile(`^(?:[A-Z]{2}-)?[A-Z0-9]{1,3}$`)

func addressOf(a postal.Address) address {
	out := address{
		Name: cmp.Or(a.Name, a.CompanyName), Company: a.CompanyName, Line1: a.Address1, Line2: joined(a.Address2, a.Address3),
		Postcode: a.Postcode, City: a.City, Country: a.CountryISO, Email: a.Email, Phone: a.Phone,
	}
	if county := strings.ToUpper(a.County); stateCode.MatchString(county) {
		out.State = a.CountryISO + "-" + strings.TrimPrefix(county, a.CountryISO+"-")
	}
	return out
}

func joined(parts ...string) string {
	return strings.Trim(strings.Join(parts, ", "), ", ")
}

func parcelOf(c courier.Consignment, p courier.Parcel) newParcel {
	out := newParcel{Weight: weight{Value: p.Weight.Kilograms(), Unit: "kg"}, Package: c.Options[optionPackage]}
	if p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Dimensions = &dimensions{
			Length: p.Length.Centimetres(), Width: p.Width.Centimetres(), Height: p.Height.Centimetres(), Unit: "cm",
		}
	}
	for _, note := range []string{c.Reference, c.Reference2, c.DeliveryInstructions} {
		if note != "" {
			out.Notes = append(out.Notes, wording.Cut(note, 255))
		}
	}
	for _, i := range p.Items {
		out.Items = append(out.Items, item{
			Description: wording.Cut(i.Description, 255), Quantity: i.Quantity, Weight: itemWeightOf(i.Weight), Price: priceOf(i.Value),
			HSCode: wording.Cut(i.HSCode, 12), Origin: i.Origin, SKU: i.SKU, Material: i.ExtendedDescription,
		})
	}
	return out
}

func itemWeightOf(g measure.Grams) *itemWeight {
	if g == 0 {
		return nil
	}
	return &itemWeight{Value: json.Number(g.Kilograms()), Unit: "kg"}
}

func customsOf(c courier.Consignment, currency string) *customs {
	out := &customs{
		Invoice: wording.Cut(cmp.Or(c.OrderID, c.Reference, c.ShipmentID), 40), Reason: reason(c.ReasonForExport),
		Type: cmp.Or(c.Options[optionExportType], "commercial_b2c"), Date: time.UnixMilli(c.CreatedMs).UTC().Format(time.DateOnly),
		Goods: wording.Cut(c.ParcelDescription, 255),
	}
	if c.ShippingCharge.Currency == currency { // Sendcloud takes one currency in a shipment
		out.Freight = priceOf(c.ShippingCharge)
	}
	numbers := taxNumbers{Sender: numbersOf(c.From), Receiver: numbersOf(c.To), Importer: []taxNumber{}}
	if len(numbers.Sender)+len(numbers.Receiver) > 0 {
		out.TaxNumbers = &numbers
	}
	return out
}

func numbersOf(a postal.Address) []taxNumber {
	list := []taxNumber{}
	for _, n := range []taxNumber{{Name: "VAT", Value: a.TaxID}, {Name: "EORI", Value: a.EORI}, {Name: "IOSS", Value: a.IOSS}, {Name: "VOEC", Value: a.VOEC}, {Name: "GST", Value: a.GST}} {
		if n.Value != "" {
			n.Country = a.CountryISO
			list = append(list, n)
		}
	}
	return list
}

// reason gives a reason for export as Sendcloud's customs declaration knows it; it has none for returns and repairs.
func reason(given string) string {
	switch r := strings.ToLower(given); {
	case strings.Contains(r, "gift"):
		return "gift"
	case strings.Contains(r, "sample"):
		return "commercial_sample"
	case strings.Contains(r, "document"):
		return "documents"
	}
	return "commercial_goods"
}

func priceOf(a money.Amount) *price {
	if a.IsZero() {
		return nil
	}
	return &price{Value: a.Decimal(), Currency: a.Currency}
}
