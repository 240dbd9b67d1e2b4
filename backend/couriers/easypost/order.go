package easypost

import (
	"cmp"
	"fmt"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of POST /shipments, as far as it is used.

type newShipment struct {
	To        address  `json:"to_address"`
	From      address  `json:"from_address"`
	Parcel    parcel   `json:"parcel"`
	Customs   *customs `json:"customs_info,omitempty"`
	Options   options  `json:"options"`
	Reference string   `json:"reference"`
	Accounts  []string `json:"carrier_accounts,omitempty"`
	TaxIDs    []taxID  `json:"tax_identifiers,omitempty"`
}

type address struct {
	Name    string `json:"name,omitempty"`
	Company string `json:"company,omitempty"`
	Street1 string `json:"street1"`
	Street2 string `json:"street2,omitempty"`
	City    string `json:"city"`
	State   string `json:"state,omitempty"`
	Zip     string `json:"zip,omitempty"`
	Country string `json:"country"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
}

// parcel is in inches and ounces.
type parcel struct {
	Length  string `json:"length,omitempty"`
	Width   string `json:"width,omitempty"`
	Height  string `json:"height,omitempty"`
	Weight  string `json:"weight"`
	Package string `json:"predefined_package,omitempty"`
}

type options struct {
	Format       string `json:"label_format"`
	Size         string `json:"label_size"`
	Custom1      string `json:"print_custom_1,omitempty"`
	Custom2      string `json:"print_custom_2,omitempty"`
	Invoice      string `json:"invoice_number,omitempty"`
	Instructions string `json:"handling_instructions,omitempty"`
	Confirmation string `json:"delivery_confirmation,omitempty"`
	Saturday     bool   `json:"saturday_delivery,omitempty"`
	Incoterm     string `json:"incoterm,omitempty"`
	Currency     string `json:"currency,omitempty"`
}

type customs struct {
	Contents    string        `json:"contents_type"`
	Explanation string        `json:"contents_explanation,omitempty"`
	Certify     bool          `json:"customs_certify"`
	Signer      string        `json:"customs_signer"`
	Export      string        `json:"eel_pfc"`
	NonDelivery string        `json:"non_delivery_option"`
	Restriction string        `json:"restriction_type"`
	Items       []customsItem `json:"customs_items"`
}

// customsItem is one line: value and weight are of all its pieces.
type customsItem struct {
	Description string `json:"description"`
	Quantity    int64  `json:"quantity"`
	Value       string `json:"value"`
	Currency    string `json:"currency,omitempty"`
	Weight      string `json:"weight"`
	TariffCode  string `json:"hs_tariff_number,omitempty"`
	Origin      string `json:"origin_country,omitempty"`
	Code        string `json:"code,omitempty"`
}

type taxID struct {
	Entity  string `json:"entity"`
	Type    string `json:"tax_id_type"`
	Value   string `json:"tax_id"`
	Country string `json:"issuing_country"`
}

// requestOf makes the request, and names the service to buy as carrier and service. Invalid: none is named, or there is
// more than one parcel.
func requestOf(access courier.Access, c courier.Consignment) (newShipment, string, error) {
	service := serviceOf(c)
	out, err := shipmentOf(access, c)
	if service == byCode {
		var wrong errs.Fields
		wrong.AddError("", err)
		wrong.Add("shipment.courier."+optionService, "Service is required for this service: carrier and service, like UPS:Ground.")
		return newShipment{}, "", wrong.Err()
	}
	return out, service, err
}

func serviceOf(c courier.Consignment) string { return cmp.Or(c.Options[optionService], c.Service.Code) }

// shipmentOf makes what prices are told of. Invalid: there is more than one parcel.
func shipmentOf(access courier.Access, c courier.Consignment) (newShipment, error) {
	if len(c.Parcels) != 1 {
		var wrong errs.Fields
		wrong.Add("shipment.parcels", "EasyPost takes one parcel in a shipment, not %d.", len(c.Parcels))
		return newShipment{}, wrong.Err()
	}
	p := c.Parcels[0]
	out := newShipment{
		To: addressOf(c.To), From: addressOf(c.From), Reference: c.ShipmentID, Parcel: parcelOf(p, c.Options[optionPackage]),
		Options: options{
			Format: strings.ToUpper(string(c.LabelFormat)), Size: string(c.LabelSize), Custom1: c.Reference, Custom2: cmp.Or(c.Reference2, c.OrderID),
			Instructions: c.DeliveryInstructions, Confirmation: c.Options[optionConfirmation], Saturday: c.Options[optionSaturday] == "true",
		},
	}
	if account := access.Credentials.Get(fieldAccount); account != "" {
		out.Accounts = []string{account}
	}
	if postal.CustomsBetween(c.From, c.To) != postal.NoCustoms {
		var err error
		if out.Customs, err = customsOf(c, p); err != nil {
			return newShipment{}, err
		}
		out.Options.Invoice, out.Options.Incoterm, out.Options.Currency = cmp.Or(c.OrderID, c.Reference), strings.ToUpper(c.Incoterms), p.Value.Currency
		out.TaxIDs = append(taxIDs("SENDER", c.From), taxIDs("RECEIVER", c.To)...)
	}
	return out, nil
}

func addressOf(a postal.Address) address {
	return address{
		Name: a.Name, Company: a.CompanyName, Street1: a.Address1, Street2: strings.Trim(a.Address2+", "+a.Address3, ", "), City: a.City, State: a.County,
		Zip: a.Postcode, Country: a.CountryISO, Phone: a.Phone, Email: a.Email,
	}
}

func parcelOf(p courier.Parcel, packaging string) parcel {
	out := parcel{Weight: ounces(p.Weight), Package: packaging}
	if packaging == "" && p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Length, out.Width, out.Height = inches(p.Length), inches(p.Width), inches(p.Height)
	}
	return out
}

// ounces writes a weight in ounces of 28.349523125 g, with a tenth at the end, rounded up: a parcel is never paid for as
// lighter than it is.
func ounces(g measure.Grams) string {
	const tenth = 28_349_523_125 // of an ounce, in units of 1e-10 g
	return tenths((int64(g)*10_000_000_000 + tenth - 1) / tenth)
}

// inches writes a length in inches of 25.4 mm, with a tenth at the end, rounded up.
func inches(m measure.Millimetres) string { return tenths((int64(m)*100 + 253) / 254) }

func tenths(n int64) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

func customsOf(c courier.Consignment, p courier.Parcel) (*customs, error) {
	out := &customs{
		Contents: wording.Contents(c.ReasonForExport), Certify: true, Signer: cmp.Or(c.From.Name, c.From.CompanyName), Export: cmp.Or(c.Options[optionExport], "NOEEI 30.37(a)"),
		NonDelivery: cmp.Or(c.Options[optionUndelivered], "return"), Restriction: "none",
	}
	if out.Contents == "other" {
		out.Explanation = c.ReasonForExport
	}
	for n, i := range p.Items {
		value, err := i.Value.Times(i.Quantity)
		if err != nil {
			var wrong errs.Fields
			wrong.Add(fmt.Sprintf("shipment.parcels.0.items.%d.value", n), "Value: %v.", err)
			return nil, wrong.Err()
		}
		out.Items = append(out.Items, customsItem{
			Description: i.Description, Quantity: i.Quantity, Value: value.Decimal(), Currency: value.Currency, Weight: ounces(i.Weight * measure.Grams(i.Quantity)),
			TariffCode: i.HSCode, Origin: i.Origin, Code: i.SKU,
		})
	}
	return out, nil
}

func taxIDs(entity string, a postal.Address) []taxID {
	var list []taxID
	for _, n := range [][2]string{{"VAT", a.TaxID}, {"EORI", a.EORI}, {"IOSS", a.IOSS}, {"VOEC", a.VOEC}, {"GST", a.GST}} {
		if n[1] != "" {
			list = append(list, taxID{Entity: entity, Type: n[0], Value: n[1], Country: a.CountryISO})
		}
	}
	return list
}
