package dhlexpress

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of POST /shipments, as far as it is used. DHL takes no field that it does not know, and no empty one.

type order struct {
	Planned   string     `json:"plannedShippingDateAndTime"`
	Pickup    pickup     `json:"pickup"`
	Product   string     `json:"productCode"`
	Rates     bool       `json:"getRateEstimates"`
	Accounts  []account  `json:"accounts"`
	Services  []service  `json:"valueAddedServices,omitempty"`
	Output    output     `json:"outputImageProperties"`
	Refs      []ref      `json:"customerReferences"`
	Customers customers  `json:"customerDetails"`
	Content   content    `json:"content"`
	Notify    []notified `json:"shipmentNotification,omitempty"`
}

type pickup struct {
	Requested bool `json:"isRequested"`
}

type account struct {
	Type   string `json:"typeCode"`
	Number string `json:"number"`
}

type service struct {
	Code     string      `json:"serviceCode"`
	Value    json.Number `json:"value,omitempty"`
	Currency string      `json:"currency,omitempty"`
}

type ref struct {
	Value string `json:"value"`
	Type  string `json:"typeCode"`
}

type customers struct {
	From party `json:"shipperDetails"`
	To   party `json:"receiverDetails"`
}

type party struct {
	Address address        `json:"postalAddress"`
	Contact contact        `json:"contactInformation"`
	Numbers []registration `json:"registrationNumbers,omitempty"`
}

type address struct {
	Postcode string `json:"postalCode"`
	City     string `json:"cityName"`
	Country  string `json:"countryCode"`
	Province string `json:"provinceCode,omitempty"`
	Line1    string `json:"addressLine1"`
	Line2    string `json:"addressLine2,omitempty"`
	Line3    string `json:"addressLine3,omitempty"`
	County   string `json:"countyName,omitempty"`
}

type contact struct {
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone"`
	Company string `json:"companyName"`
	Name    string `json:"fullName"`
}

type registration struct {
	Type    string `json:"typeCode"`
	Number  string `json:"number"`
	Country string `json:"issuerCountryCode"`
}

type notified struct {
	Type string `json:"typeCode"`
	To   string `json:"receiverId"`
}

type content struct {
	Packages    []parcel     `json:"packages"`
	Declarable  bool         `json:"isCustomsDeclarable"`
	Value       json.Number  `json:"declaredValue,omitempty"`
	Currency    string       `json:"declaredValueCurrency,omitempty"`
	Declaration *declaration `json:"exportDeclaration,omitempty"`
	Description string       `json:"description"`
	Incoterm    string       `json:"incoterm"`
	Units       string       `json:"unitOfMeasurement"`
}

type parcel struct {
	Weight     json.Number `json:"weight"` // kg
	Dimensions *dimensions `json:"dimensions,omitempty"`
}

type dimensions struct { // cm
	Length json.Number `json:"length"`
	Width  json.Number `json:"width"`
	Height json.Number `json:"height"`
}

// check says what DHL would refuse. Invalid.
func check(c courier.Consignment) error {
	var wrong errs.Fields
	if c.From.Phone == "" {
		wrong.Add("shipment.ship_from.phone", "Phone is required: DHL Express wants the sender's number.")
	}
	if !declarable(c) {
		return wrong.Err()
	}
	n := 0
	for i, p := range c.Parcels {
		for j, item := range p.Items {
			n++
			if item.Origin == "" {
				wrong.Add(itemPath(i, j)+".origin_country", "Origin country is required: DHL Express declares where each thing was made.")
			}
		}
	}
	if n == 0 {
		wrong.Add("shipment.parcels.0.items", "Items are required: DHL Express declares each thing to customs.")
	}
	return wrong.Err()
}

// orderOf makes the request. Our id is the first reference.
func orderOf(access courier.Access, c courier.Consignment, now time.Time) order {
	number := access.Credentials.Get(fieldAccount)
	o := order{
		Planned: plannedOf(c, now), Product: c.Service.Code, Rates: true, Accounts: []account{{"shipper", number}},
		Refs:      []ref{{strings.ReplaceAll(c.ShipmentID, "-", ""), "CU"}},
		Customers: customers{From: partyOf(c.From), To: partyOf(c.To)},
		Content: content{
			Declarable: declarable(c), Description: wording.Cut(cmp.Or(c.ParcelDescription, described(c), "Goods"), 70), Incoterm: incotermOf(c.Incoterms), Units: "metric",
		},
		Output: outputOf(c),
	}
	if own := cmp.Or(c.Reference, c.OrderID, c.Reference2); own != "" {
		o.Refs = append(o.Refs, ref{wording.Cut(own, 35), "CU"})
	}
	for _, p := range c.Parcels {
		o.Content.Packages = append(o.Content.Packages, parcelOf(p))
	}
	o.Services = servicesOf(c)
	if o.Content.Declarable {
		if total := value(c); total.Minor > 0 {
			o.Content.Value, o.Content.Currency = json.Number(total.Decimal()), total.Currency
		}
		o.Content.Declaration = declarationOf(c)
		if o.Content.Incoterm == "DDP" {
			o.Accounts = append(o.Accounts, account{"duties-taxes", number})
		}
	}
	if yes(c, optionNotify) && c.To.Email != "" && len(c.To.Email) <= 50 {
		o.Notify = []notified{{"email", c.To.Email}}
	}
	return o
}

// plannedOf gives when the shipment is handed over, in DHL's own way of writing a time: the time of collection where that
// lies ahead, else an hour from now, because a time that is past is refused.
func plannedOf(c courier.Consignment, now time.Time) string {
	at := now.Add(time.Hour)
	if given := time.UnixMilli(c.CollectionMs); given.After(at) {
		at = given
	}
	return at.UTC().Format("2006-01-02T15:04:05") + "GMT+00:00"
}

func partyOf(a postal.Address) party {
	p := party{
		Address: address{
			Postcode: wording.Cut(a.Postcode, 12), City: wording.Cut(a.City, 45), Country: a.CountryISO, Line1: wording.Cut(a.Address1, 45), Line2: wording.Cut(a.Address2, 45), Line3: wording.Cut(a.Address3, 45),
		},
		Contact: contact{Phone: wording.Cut(a.Phone, 70), Company: wording.Cut(cmp.Or(a.CompanyName, a.Name), 100), Name: wording.Cut(cmp.Or(a.Name, a.CompanyName), 255)},
	}
	if (a.CountryISO == "US" || a.CountryISO == "CA") && len(a.County) == 2 {
		p.Address.Province = a.County
	} else {
		p.Address.County = wording.Cut(a.County, 45)
	}
	if len(a.Email) <= 70 {
		p.Contact.Email = a.Email
	}
	for _, n := range []registration{{"VAT", a.TaxID, a.CountryISO}, {"EOR", a.EORI, a.CountryISO}, {"SDT", a.IOSS, a.CountryISO}} {
		if n.Number != "" && len(n.Number) <= 35 {
			p.Numbers = append(p.Numbers, n)
		}
	}
	return p
}

func parcelOf(p courier.Parcel) parcel {
	out := parcel{Weight: json.Number(p.Weight.Kilograms())}
	if p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Dimensions = &dimensions{json.Number(p.Length.Centimetres()), json.Number(p.Width.Centimetres()), json.Number(p.Height.Centimetres())}
	}
	return out
}

// servicesOf gives what is bought beside the product: SF and SD are signatures, AA a delivery on Saturday, II insurance,
// WY paperless trade, DD duties paid by the sender.
func servicesOf(c courier.Consignment) []service {
	var list []service
	if code := map[string]string{signed: "SF", adult: "SD"}[c.Options[optionSignature]]; code != "" {
		list = append(list, service{Code: code})
	}
	if yes(c, optionSaturday) {
		list = append(list, service{Code: "AA"})
	}
	if total := value(c); yes(c, optionInsurance) && total.Minor > 0 {
		list = append(list, service{Code: "II", Value: json.Number(total.Decimal()), Currency: total.Currency})
	}
	if paperless(c) {
		list = append(list, service{Code: "WY"})
	}
	if declarable(c) && incotermOf(c.Incoterms) == "DDP" {
		list = append(list, service{Code: "DD"})
	}
	return list
}

func yes(c courier.Consignment, option string) bool { return c.Options[option] == "true" }

// value gives the sum of the parcels' values; of two currencies the first counts.
func value(c courier.Consignment) money.Amount {
	var sum money.Amount
	for _, p := range c.Parcels {
		if more, err := sum.Add(p.Value); err == nil {
			sum = more
		}
	}
	return sum
}

func described(c courier.Consignment) string {
	var words []string
	for _, p := range c.Parcels {
		for _, i := range p.Items {
			words = append(words, i.Description)
		}
	}
	return strings.Join(words, ", ")
}
