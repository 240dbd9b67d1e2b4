package ups

import (
	"cmp"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of a shipment, as far as it is used. Numbers are texts, and what is not said is left out: UPS takes an
// empty element for a wrong one.

type order struct {
	Request struct {
		Request  subject   `json:"Request"`
		Shipment shipment  `json:"Shipment"`
		Label    labelWish `json:"LabelSpecification"`
	} `json:"ShipmentRequest"`
}

type subject struct {
	Option string `json:"RequestOption"`
}

type shipment struct {
	Description string            `json:"Description,omitempty"`
	Shipper     party             `json:"Shipper"`
	To          party             `json:"ShipTo"`
	From        *party            `json:"ShipFrom,omitempty"`
	Payment     payment           `json:"PaymentInformation"`
	Rating      map[string]string `json:"ShipmentRatingOptions"`
	References  []reference       `json:"ReferenceNumber,omitempty"`
	Service     coded             `json:"Service"`
	InvoiceLine *amount           `json:"InvoiceLineTotal,omitempty"`
	Options     *options          `json:"ShipmentServiceOptions,omitempty"`
	Date        string            `json:"ShipmentDate,omitempty"`
	Packages    []parcel          `json:"Package"`
}

type party struct {
	Name    string      `json:"Name"`
	Contact string      `json:"AttentionName,omitempty"`
	Phone   *phone      `json:"Phone,omitempty"`
	Account string      `json:"ShipperNumber,omitempty"`
	Email   string      `json:"EMailAddress,omitempty"`
	Address address     `json:"Address"`
	Vendor  *vendorInfo `json:"VendorInfo,omitempty"`
}

type phone struct {
	Number string `json:"Number"`
}

type address struct {
	Lines    []string `json:"AddressLine"`
	City     string   `json:"City"`
	State    string   `json:"StateProvinceCode,omitempty"`
	Postcode string   `json:"PostalCode,omitempty"`
	Country  string   `json:"CountryCode"`
	Home     string   `json:"ResidentialAddressIndicator,omitempty"`
}

type payment struct {
	Charges []shipmentCharge `json:"ShipmentCharge"`
}

type shipmentCharge struct {
	Type    string `json:"Type"`
	Shipper struct {
		Account string `json:"AccountNumber"`
	} `json:"BillShipper"`
}

type reference struct {
	Value string `json:"Value"`
}

type amount struct {
	Currency string `json:"CurrencyCode"`
	Value    string `json:"MonetaryValue"`
}

type options struct {
	Saturday      string         `json:"SaturdayDeliveryIndicator,omitempty"`
	Confirmation  *confirmation  `json:"DeliveryConfirmation,omitempty"`
	Notifications []notification `json:"Notification,omitempty"`
	Forms         *forms         `json:"InternationalForms,omitempty"`
}

type confirmation struct {
	Type string `json:"DCISType"`
}

type notification struct {
	Code  string `json:"NotificationCode"`
	Email struct {
		To []string `json:"EMailAddress"`
	} `json:"EMail"`
}

type parcel struct {
	Packaging  coded          `json:"Packaging"`
	Dimensions *dimensions    `json:"Dimensions,omitempty"`
	Weight     weight         `json:"PackageWeight"`
	References []reference    `json:"ReferenceNumber,omitempty"`
	Options    *parcelOptions `json:"PackageServiceOptions,omitempty"`
}

type parcelOptions struct {
	Confirmation *confirmation `json:"DeliveryConfirmation,omitempty"`
	Declared     *amount       `json:"DeclaredValue,omitempty"`
}

// present is what stands in an element whose being there says everything.
const present = "1"

// check says what UPS would refuse without naming a field. Invalid.
func check(c courier.Consignment) error {
	var wrong errs.Fields
	for _, side := range []struct {
		path string
		at   postal.Address
	}{{"shipment.ship_from", c.From}, {"shipment.ship_to", c.To}} {
		if code := side.at.CountryISO; (code == "US" || code == "CA") && len(side.at.County) != 2 {
			wrong.Add(side.path+".county", "County is the state or province for UPS in %s, as its two letters: NY.", code)
		}
		if c.From.CountryISO != c.To.CountryISO && side.at.Phone == "" {
			wrong.Add(side.path+".phone", "Phone is required: UPS wants both sides' numbers for a parcel that goes abroad.")
		}
	}
	if n := len(lines(c)); n > mostLines && invoiced(c) {
		wrong.Add("shipment.parcels", "The parcels have %d lines of items; UPS takes at most %d on an invoice.", n, mostLines)
	}
	return wrong.Err()
}

// orderOf makes the request. Our id is the first reference, by which the label is found again; the order's own is the
// second. UPS takes references of the shipment, and within the United States and Puerto Rico those of parcels alone.
func orderOf(access courier.Access, c courier.Consignment, now time.Time) order {
	var o order
	o.Request.Request.Option = "nonvalidate"
	o.Request.Label = wish(c.LabelFormat)
	s := &o.Request.Shipment
	s.Description = wording.Cut(description(c), 50)
	s.Shipper, s.To = partyOf(c.From), partyOf(c.To)
	s.Shipper.Account = account(access)
	if yes(c, optionHome) {
		s.To.Address.Home = present
	}
	s.Payment.Charges = append(s.Payment.Charges, charged("01", access))
	s.Rating = map[string]string{"NegotiatedRatesIndicator": present}
	s.Service.Code = c.Service.Code
	s.Date = shipmentDate(c, now)
	given := []reference{{compact(c.ShipmentID)}}
	if own := cmp.Or(c.Reference, c.OrderID, c.Reference2); own != "" {
		given = append(given, reference{wording.Cut(own, 35)})
	}
	if !byParcel(c) {
		s.References = given
	}
	s.Options = optionsOf(c)
	customs(s, access, c)
	for _, p := range c.Parcels {
		line := parcelOf(c, p)
		if byParcel(c) {
			line.References = given
		}
		s.Packages = append(s.Packages, line)
	}
	return o
}

func charged(kind string, access courier.Access) shipmentCharge {
	charge := shipmentCharge{Type: kind}
	charge.Shipper.Account = account(access)
	return charge
}

func account(access courier.Access) string {
	return strings.ToUpper(access.Credentials.Get(fieldAccount))
}

// byParcel reports whether references stand with the parcels on this lane.
func byParcel(c courier.Consignment) bool {
	return c.From.CountryISO == c.To.CountryISO && (c.From.CountryISO == "US" || c.From.CountryISO == "PR")
}

// shipmentDate gives the day of collection where it is one that UPS takes: today and a week on.
func shipmentDate(c courier.Consignment, now time.Time) string {
	const week = 7 * 24 * time.Hour
	day := time.UnixMilli(c.CollectionMs).UTC()
	if c.CollectionMs == 0 || day.Before(now) || day.After(now.Add(week)) {
		return ""
	}
	return day.Format("20060102")
}

func partyOf(a postal.Address) party {
	p := party{
		Name: wording.Cut(cmp.Or(a.CompanyName, a.Name), 35), Contact: wording.Cut(cmp.Or(a.Name, a.CompanyName), 35), Email: a.Email,
		Address: address{City: wording.Cut(a.City, 30), Postcode: wording.Cut(postcodeOf(a.Postcode, a.CountryISO), 9), Country: a.CountryISO},
	}
	if len(p.Email) > 50 {
		p.Email = ""
	}
	if number := phoneOf(a.Phone, a.CountryISO); number != "" {
		p.Phone = &phone{number}
	}
	if len(a.County) <= 5 {
		p.Address.State = a.County
	}
	for _, line := range []string{a.Address1, a.Address2, a.Address3} {
		if line != "" {
			p.Address.Lines = append(p.Address.Lines, wording.Cut(line, 35))
		}
	}
	return p
}

func optionsOf(c courier.Consignment) *options {
	o := &options{}
	if yes(c, optionSaturday) {
		o.Saturday = present
	}
	if kind := c.Options[optionSignature]; kind != "" && !confirmedByParcel(c) {
		o.Confirmation = &confirmation{map[string]string{signed: "1", adult: "2"}[kind]}
	}
	if yes(c, optionNotify) && c.To.Email != "" {
		const whenSent = "6"
		n := notification{Code: whenSent}
		n.Email.To = []string{wording.Cut(c.To.Email, 50)}
		o.Notifications = append(o.Notifications, n)
	}
	if o.Saturday == "" && o.Confirmation == nil && o.Notifications == nil {
		return nil
	}
	return o
}

// confirmedByParcel reports whether a signature is asked for with each parcel: within North America's countries. Else it
// is the shipment's, and its codes are others.
func confirmedByParcel(c courier.Consignment) bool {
	return c.From.CountryISO == c.To.CountryISO && (imperial(c.From.CountryISO) || c.From.CountryISO == "CA")
}

func parcelOf(c courier.Consignment, p courier.Parcel) parcel {
	inches := imperial(c.From.CountryISO)
	out := parcel{
		Packaging: coded{cmp.Or(c.Options[optionPackaging], "02")}, Weight: weightOf(p.Weight, inches), Dimensions: dimensionsOf(p, inches),
	}
	var o parcelOptions
	if kind := c.Options[optionSignature]; kind != "" && confirmedByParcel(c) {
		o.Confirmation = &confirmation{map[string]string{signed: "2", adult: "3"}[kind]}
	}
	if yes(c, optionDeclared) && p.Value.Minor > 0 {
		o.Declared = amountOf(p.Value)
	}
	if o != (parcelOptions{}) {
		out.Options = &o
	}
	return out
}

func amountOf(a money.Amount) *amount { return &amount{Currency: a.Currency, Value: a.Decimal()} }

func yes(c courier.Consignment, option string) bool { return c.Options[option] == "true" }

// description tells what is sent: in the order's own words, else in those of its items.
func description(c courier.Consignment) string {
	if c.ParcelDescription != "" {
		return c.ParcelDescription
	}
	var words []string
	for _, i := range lines(c) {
		words = append(words, i.Description)
	}
	return strings.Join(words, ", ")
}

func lines(c courier.Consignment) []courier.Item {
	var all []courier.Item
	for _, p := range c.Parcels {
		all = append(all, p.Items...)
	}
	return all
}
