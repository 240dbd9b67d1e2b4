package voila

import (
	"cmp"
	"encoding/json"
	"time"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
)

// The request of create-label, as far as it is used.

type request struct {
	Testing   bool     `json:"testing"`
	Company   string   `json:"auth_company,omitempty"`
	RequestID string   `json:"request_id"`
	Inline    bool     `json:"label_inline"` // where it is understood, the label needs no second call
	Shipment  shipment `json:"shipment"`
}

type shipment struct {
	LabelSize    string         `json:"label_size"`
	LabelFormat  courier.Format `json:"label_format"`
	LabelDPI     int            `json:"label_dpi,omitempty"`
	PresetCode   string         `json:"dc_service_id,omitempty"`
	Courier      map[string]any `json:"courier"`
	Collection   string         `json:"collection_date,omitempty"`
	Reference    string         `json:"reference"`
	Reference2   string         `json:"reference_2,omitempty"`
	OrderID      string         `json:"order_id,omitempty"`
	OurID        string         `json:"order_alt_id"` // by which it is found again
	Instructions string         `json:"delivery_instructions,omitempty"`
	Description  string         `json:"parcel_description,omitempty"`
	Charge       json.Number    `json:"shipping_charge,omitempty"`
	From         address        `json:"ship_from"`
	To           address        `json:"ship_to"`
	Parcels      []parcel       `json:"parcels"`
}

type address struct {
	Name      string `json:"name"`
	Company   string `json:"company_name,omitempty"`
	Address1  string `json:"address_1"`
	Address2  string `json:"address_2,omitempty"`
	Address3  string `json:"address_3,omitempty"`
	City      string `json:"city"`
	County    string `json:"county,omitempty"`
	Postcode  string `json:"postcode,omitempty"`
	Country   string `json:"country_iso"`
	Phone     string `json:"phone,omitempty"`
	Email     string `json:"email,omitempty"`
	TaxID     string `json:"tax_id,omitempty"`
	EORI      string `json:"eori_id,omitempty"`
	IOSS      string `json:"ioss_number,omitempty"`
	UKIMS     string `json:"ukims_number,omitempty"`
	CompanyID string `json:"company_id,omitempty"`
	ABN       string `json:"abn_number,omitempty"`
	ARN       string `json:"arn_number,omitempty"`
	GST       string `json:"gst_number,omitempty"`
	VOEC      string `json:"voec_number,omitempty"`
}

type parcel struct {
	Weight     json.Number `json:"weight"` // kg
	WeightUnit string      `json:"weight_unit"`
	Length     json.Number `json:"dim_length,omitempty"` // cm
	Width      json.Number `json:"dim_width,omitempty"`
	Height     json.Number `json:"dim_height,omitempty"`
	DimUnit    string      `json:"dim_unit,omitempty"`
	PackageID  string      `json:"packageId,omitempty"`
	Value      json.Number `json:"value,omitempty"`
	Currency   string      `json:"value_currency,omitempty"`
	Items      []item      `json:"items"`
}

type item struct {
	Description string      `json:"description"`
	Extended    string      `json:"extended_description,omitempty"`
	Quantity    int64       `json:"quantity"`
	Value       json.Number `json:"value,omitempty"`
	Currency    string      `json:"value_currency,omitempty"`
	Weight      json.Number `json:"weight,omitempty"` // kg, of one
	WeightUnit  string      `json:"weight_unit,omitempty"`
	SKU         string      `json:"sku,omitempty"`
	HSCode      string      `json:"hs_code,omitempty"`
	Origin      string      `json:"origin_country,omitempty"`
	ImageURL    string      `json:"image_url,omitempty"`
}

// asked is the courier an order is for, with the service and the login it names there.
type asked struct {
	courier, preset, service, company string
	direct                            bool // an order to Voila itself, which says so in its options
}

func askedOf(c courier.Consignment) asked {
	if f := c.Forward; f.Courier != "" {
		return asked{courier: string(f.Courier), preset: c.Service.PresetCode, service: c.Service.Code, company: f.Company}
	}
	return asked{courier: c.Options[optionCourier], preset: c.Options[optionService], company: c.Options[optionCompany], direct: true}
}

// requestOf makes the request.
func requestOf(access courier.Access, c courier.Consignment, to asked) request {
	s := shipment{
		LabelSize: sizes[c.LabelSize], LabelFormat: c.LabelFormat, LabelDPI: c.LabelDPI, PresetCode: to.preset, Courier: courierOf(c, to),
		Reference: referenceOf(c), Reference2: c.Reference2, OrderID: c.OrderID, OurID: c.ShipmentID,
		Instructions: c.DeliveryInstructions, Description: c.ParcelDescription, Charge: amount(c.ShippingCharge),
		From: addressOf(c.From), To: addressOf(c.To),
	}
	if c.CollectionMs != 0 { // local, as the order had it
		s.Collection = time.UnixMilli(c.CollectionMs).Format(time.DateTime)
	}
	for _, p := range c.Parcels {
		s.Parcels = append(s.Parcels, parcelOf(p))
	}
	return request{Testing: access.Testing, Company: to.company, RequestID: c.ShipmentID, Inline: true, Shipment: s}
}

// sizes are the label sizes as programs write them.
var sizes = map[courier.Size]string{courier.Size4x6: "6x4", courier.SizeA6: "A6", courier.SizeA4: "A4"}

// referenceOf is what people find the shipment by in Voila: the order's reference, else our id.
func referenceOf(c courier.Consignment) string { return cmp.Or(c.Reference, c.ShipmentID) }

// courierOf makes shipment.courier: what the order gave, as it came, and over it what Packbench settled.
func courierOf(c courier.Consignment, to asked) map[string]any {
	out := map[string]any{}
	if !to.direct {
		for key, value := range c.Options {
			out[key] = value
		}
		var given map[string]json.RawMessage
		if json.Unmarshal(c.Forward.Given, &given) == nil {
			for key, value := range given {
				out[key] = value
			}
		}
	}
	delete(out, "auth_company") // of this program's logins, unless it is set below
	delete(out, "service_code")
	for key, value := range map[string]string{
		"auth_company": to.company, "service_code": to.service, "incoterms": c.Incoterms, "reason_for_export": c.ReasonForExport,
	} {
		if value != "" {
			out[key] = value
		}
	}
	return out
}

func addressOf(a postal.Address) address {
	return address{
		Name: a.Name, Company: a.CompanyName, Address1: a.Address1, Address2: a.Address2, Address3: a.Address3, City: a.City, County: a.County,
		Postcode: a.Postcode, Country: a.CountryISO, Phone: a.Phone, Email: a.Email, TaxID: a.TaxID, EORI: a.EORI, IOSS: a.IOSS, UKIMS: a.UKIMS,
		CompanyID: a.CompanyID, ABN: a.ABN, ARN: a.ARN, GST: a.GST, VOEC: a.VOEC,
	}
}

func parcelOf(p courier.Parcel) parcel {
	out := parcel{
		Weight: json.Number(p.Weight.Kilograms()), WeightUnit: "kg", PackageID: p.PackageID, Value: amount(p.Value), Currency: currency(p.Value),
		Items: []item{},
	}
	if p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Length, out.Width, out.Height, out.DimUnit = length(p.Length), length(p.Width), length(p.Height), "cm"
	}
	for _, i := range p.Items {
		line := item{
			Description: i.Description, Extended: i.ExtendedDescription, Quantity: i.Quantity, Value: amount(i.Value), Currency: currency(i.Value),
			SKU: i.SKU, HSCode: i.HSCode, Origin: i.Origin, ImageURL: i.ImageURL,
		}
		if i.Weight > 0 {
			line.Weight, line.WeightUnit = json.Number(i.Weight.Kilograms()), "kg"
		}
		out.Items = append(out.Items, line)
	}
	return out
}

func length(m measure.Millimetres) json.Number { return json.Number(m.Centimetres()) }

func amount(a money.Amount) json.Number {
	if a.IsZero() {
		return ""
	}
	return json.Number(a.Decimal())
}

func currency(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	return a.Currency
}
