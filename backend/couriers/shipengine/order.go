package shipengine

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of POST /labels, as far as it is used.

type labelOrder struct {
	Shipment     shipment `json:"shipment"`
	ServicePoint string   `json:"ship_to_service_point_id,omitempty"`
	Validate     string   `json:"validate_address"`
	Download     string   `json:"label_download_type"`
	Format       string   `json:"label_format"`
	Layout       string   `json:"label_layout"`
}

type shipment struct {
	Carrier      string       `json:"carrier_id,omitempty"`
	Service      string       `json:"service_code,omitempty"`
	External     string       `json:"external_shipment_id,omitempty"`
	Number       string       `json:"shipment_number,omitempty"`
	ShipDate     string       `json:"ship_date,omitempty"`
	To           address      `json:"ship_to"`
	From         address      `json:"ship_from"`
	Confirmation string       `json:"confirmation,omitempty"`
	Customs      *customs     `json:"customs,omitempty"`
	TaxIDs       []taxID      `json:"tax_identifiers,omitempty"`
	Advanced     *advanced    `json:"advanced_options,omitempty"`
	Insurance    string       `json:"insurance_provider,omitempty"`
	Packages     []newPackage `json:"packages"`
}

type address struct {
	Name         string `json:"name,omitempty"`
	Phone        string `json:"phone,omitempty"`
	Email        string `json:"email,omitempty"`
	Company      string `json:"company_name,omitempty"`
	Line1        string `json:"address_line1"`
	Line2        string `json:"address_line2,omitempty"`
	Line3        string `json:"address_line3,omitempty"`
	City         string `json:"city_locality"`
	State        string `json:"state_province"`
	Postcode     string `json:"postal_code,omitempty"`
	Country      string `json:"country_code"`
	Residential  string `json:"address_residential_indicator"`
	Instructions string `json:"instructions,omitempty"`
}

type newPackage struct {
	Code        string      `json:"package_code,omitempty"`
	Weight      weight      `json:"weight"`
	Dimensions  *dimensions `json:"dimensions,omitempty"`
	Insured     *price      `json:"insured_value,omitempty"`
	Messages    *messages   `json:"label_messages,omitempty"`
	Description string      `json:"content_description,omitempty"`
	Products    []product   `json:"products,omitempty"`
}

type weight struct {
	Value int64  `json:"value"`
	Unit  string `json:"unit"`
}

type dimensions struct {
	Unit   string      `json:"unit"`
	Length json.Number `json:"length"`
	Width  json.Number `json:"width"`
	Height json.Number `json:"height"`
}

type price struct {
	Currency string      `json:"currency"`
	Amount   json.Number `json:"amount"`
}

type messages struct {
	Reference1 string `json:"reference1"`
	Reference2 string `json:"reference2"`
	Reference3 string `json:"reference3"`
}

type product struct {
	Description string  `json:"description"`
	Quantity    int64   `json:"quantity"`
	Value       *price  `json:"value,omitempty"`
	Weight      *weight `json:"weight,omitempty"`
	TariffCode  string  `json:"harmonized_tariff_code,omitempty"`
	Origin      string  `json:"country_of_origin,omitempty"`
	SKU         string  `json:"sku,omitempty"`
}

type customs struct {
	Contents    string  `json:"contents"`
	Explanation string  `json:"contents_explanation,omitempty"`
	NonDelivery string  `json:"non_delivery"`
	Terms       string  `json:"terms_of_trade_code,omitempty"`
	Invoice     invoice `json:"invoice_additional_details"`
}

type invoice struct {
	Freight *price `json:"freight_charge,omitempty"`
	Number  string `json:"invoice_number"`
}

type taxID struct {
	Entity  string `json:"taxable_entity_type"`
	Type    string `json:"identifier_type"`
	Country string `json:"issuing_authority"`
	Value   string `json:"value"`
}

type advanced struct {
	DutyPaid bool `json:"delivered_duty_paid,omitempty"`
	Saturday bool `json:"saturday_delivery,omitempty"`
}

// requestOf makes the request, with what of the order it can't ask for. Invalid: no service is named.
func requestOf(access courier.Access, c courier.Consignment) (labelOrder, []courier.Warning, error) {
	s := shipmentOf(access, c)
	if s.Service == byCode {
		var wrong errs.Fields
		wrong.Add("shipment.courier."+optionService, "Service code is required for this service: a code like ups_ground.")
		return labelOrder{}, nil, wrong.Err()
	}
	out := labelOrder{
		Shipment: s, ServicePoint: c.Options[optionServicePoint], Validate: "no_validation", Download: "inline", Format: string(c.LabelFormat), Layout: string(c.LabelSize),
	}
	if c.LabelFormat != courier.PDF && c.LabelSize != courier.Size4x6 { // the one layout that every format has
		out.Layout = string(courier.Size4x6)
		return out, []courier.Warning{{Field: "shipment.label_size", Message: "ShipEngine draws " + strings.ToUpper(out.Format) + " labels in 4x6 only."}}, nil
	}
	return out, nil, nil
}

// shipmentOf makes what labels are bought and prices are asked for.
func shipmentOf(access courier.Access, c courier.Consignment) shipment {
	s := shipment{
		Carrier: cmp.Or(c.Options[optionCarrier], access.Credentials.Get(fieldCarrier)), Service: cmp.Or(c.Options[optionService], c.Service.Code),
		External: c.ShipmentID, Number: wording.Cut(cmp.Or(c.Reference, c.OrderID), 50), To: addressOf(c.To), From: addressOf(c.From),
		Confirmation: c.Options[optionConfirmation], Insurance: c.Options[optionInsurance],
	}
	s.To.Instructions = c.DeliveryInstructions
	if c.CollectionMs != 0 {
		s.ShipDate = time.UnixMilli(c.CollectionMs).UTC().Format(time.RFC3339)
	}
	abroad := postal.CustomsBetween(c.From, c.To) != postal.NoCustoms
	for _, p := range c.Parcels {
		s.Packages = append(s.Packages, packageOf(c, p, s.Insurance))
	}
	more := advanced{Saturday: c.Options[optionSaturday] == "true"}
	if abroad {
		s.Customs = customsOf(c)
		s.TaxIDs = append(taxIDs("shipper", c.From), taxIDs("recipient", c.To)...)
		more.DutyPaid = strings.EqualFold(c.Incoterms, "DDP")
	}
	if more != (advanced{}) {
		s.Advanced = &more
	}
	return s
}

// addressOf makes an address. Every one has to have a state or province; where people write none, the city stands in for it.
func addressOf(a postal.Address) address {
	return address{
		Name: cmp.Or(a.Name, a.CompanyName), Phone: a.Phone, Email: a.Email, Company: a.CompanyName, Line1: a.Address1, Line2: a.Address2, Line3: a.Address3,
		City: a.City, State: cmp.Or(a.County, a.City), Postcode: a.Postcode, Country: a.CountryISO, Residential: "unknown",
	}
}

func packageOf(c courier.Consignment, p courier.Parcel, insurance string) newPackage {
	out := newPackage{Code: c.Options[optionPackage], Weight: grams(p.Weight), Description: wording.Cut(c.ParcelDescription, 35)}
	if p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Dimensions = &dimensions{Unit: "centimeter", Length: centimetres(p.Length), Width: centimetres(p.Width), Height: centimetres(p.Height)}
	}
	if insurance != "" && insurance != "none" {
		out.Insured = priceOf(p.Value)
	}
	if lines := (messages{wording.Cut(c.Reference, 35), wording.Cut(c.Reference2, 35), wording.Cut(c.OrderID, 35)}); lines != (messages{}) {
		out.Messages = &lines
	}
	for _, i := range p.Items {
		line := product{
			Description: wording.Cut(i.Description, 100), Quantity: i.Quantity, TariffCode: i.HSCode, Origin: i.Origin, SKU: i.SKU,
			Value: priceOf(i.Value),
		}
		if i.Weight > 0 {
			w := grams(i.Weight)
			line.Weight = &w
		}
		out.Products = append(out.Products, line)
	}
	return out
}

func grams(g measure.Grams) weight { return weight{Value: int64(g), Unit: "gram"} }

func centimetres(m measure.Millimetres) json.Number { return json.Number(m.Centimetres()) }

func priceOf(a money.Amount) *price {
	if a.IsZero() {
		return nil
	}
	return &price{Currency: strings.ToLower(a.Currency), Amount: json.Number(a.Decimal())}
}

// terms are the incoterms that ShipEngine knows.
const terms = " exw fca cpt cip dpu dap ddp fas fob cfr cif ddu daf deq des "

func customsOf(c courier.Consignment) *customs {
	out := &customs{
		Contents: wording.Contents(c.ReasonForExport), NonDelivery: cmp.Or(c.Options[optionUndelivered], "return_to_sender"),
		Invoice: invoice{Freight: priceOf(c.ShippingCharge), Number: cmp.Or(c.OrderID, c.Reference, c.ShipmentID)},
	}
	if out.Contents == "other" {
		out.Explanation = c.ReasonForExport
	}
	if code := strings.ToLower(c.Incoterms); code != "" && strings.Contains(terms, " "+code+" ") {
		out.Terms = code
	}
	return out
}

func taxIDs(entity string, a postal.Address) []taxID {
	var list []taxID
	for _, n := range [][2]string{{"vat", a.TaxID}, {"eori", a.EORI}, {"ioss", a.IOSS}, {"voec", a.VOEC}, {"ukims", a.UKIMS}, {"abn", a.ABN}} {
		if n[1] != "" {
			list = append(list, taxID{Entity: entity, Type: n[0], Country: a.CountryISO, Value: n[1]})
		}
	}
	return list
}
