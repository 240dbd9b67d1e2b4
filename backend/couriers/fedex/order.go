package fedex

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of a shipment, as far as it is used.

type order struct {
	Labels   string   `json:"labelResponseOptions"`
	Account  numbered `json:"accountNumber"`
	Shipment shipment `json:"requestedShipment"`
}

type numbered struct {
	Value string `json:"value"`
}

type shipment struct {
	Date      string      `json:"shipDatestamp"`
	From      party       `json:"shipper"`
	To        []party     `json:"recipients"`
	Pickup    string      `json:"pickupType"`
	Service   string      `json:"serviceType"`
	Packaging string      `json:"packagingType"`
	Weight    json.Number `json:"totalWeight"` // lb
	Payment   payment     `json:"shippingChargesPayment"`
	Special   *special    `json:"shipmentSpecialServices,omitempty"`
	Notify    *notify     `json:"emailNotificationDetail,omitempty"`
	Customs   *customs    `json:"customsClearanceDetail,omitempty"`
	Label     labelWish   `json:"labelSpecification"`
	Papers    *papers     `json:"shippingDocumentSpecification,omitempty"`
	Rates     []string    `json:"rateRequestType"`
	Count     int         `json:"totalPackageCount"`
	Parcels   []parcel    `json:"requestedPackageLineItems"`
}

type party struct {
	Address address `json:"address"`
	Contact contact `json:"contact"`
	Tins    []tin   `json:"tins,omitempty"`
}

type address struct {
	Lines    []string `json:"streetLines"`
	City     string   `json:"city"`
	State    string   `json:"stateOrProvinceCode,omitempty"`
	Postcode string   `json:"postalCode,omitempty"`
	Country  string   `json:"countryCode"`
	Home     bool     `json:"residential,omitempty"`
}

type contact struct {
	Name    string `json:"personName,omitempty"`
	Email   string `json:"emailAddress,omitempty"`
	Phone   string `json:"phoneNumber"`
	Company string `json:"companyName,omitempty"`
}

type tin struct {
	Number string `json:"number"`
	Type   string `json:"tinType"`
	Usage  string `json:"usage,omitempty"`
}

type payment struct {
	Type  string `json:"paymentType"`
	Payor *payor `json:"payor,omitempty"`
}

type payor struct {
	Party struct {
		Account numbered `json:"accountNumber"`
	} `json:"responsibleParty"`
}

type special struct {
	Types []string `json:"specialServiceTypes"`
	ETD   *etd     `json:"etdDetail,omitempty"`
}

type notify struct {
	By string     `json:"aggregationType"`
	To []notified `json:"emailNotificationRecipients"`
}

type notified struct {
	Who    string   `json:"emailNotificationRecipientType"`
	Email  string   `json:"emailAddress"`
	Format string   `json:"notificationFormatType"`
	Kind   string   `json:"notificationType"`
	Events []string `json:"notificationEventType"`
}

type amount struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency"`
}

type weight struct {
	Units string      `json:"units"`
	Value json.Number `json:"value"`
}

type dimensions struct {
	Length int64  `json:"length"`
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
	Units  string `json:"units"`
}

type parcel struct {
	Sequence   int             `json:"sequenceNumber"`
	References []reference     `json:"customerReferences"`
	Declared   *amount         `json:"declaredValue,omitempty"`
	Weight     weight          `json:"weight"`
	Dimensions *dimensions     `json:"dimensions,omitempty"`
	Groups     int             `json:"groupPackageCount"`
	Special    *parcelServices `json:"packageSpecialServices,omitempty"`
}

type reference struct {
	Type  string `json:"customerReferenceType"`
	Value string `json:"value"`
}

type parcelServices struct {
	Types     []string `json:"specialServiceTypes"`
	Signature string   `json:"signatureOptionType"`
}

// check says what FedEx would refuse without naming a field. Invalid.
func check(c courier.Consignment) error {
	var wrong errs.Fields
	if c.From.Phone == "" {
		wrong.Add("shipment.ship_from.phone", "Phone is required: FedEx wants the sender's number.")
	}
	for _, side := range []struct {
		path string
		at   postal.Address
	}{{"shipment.ship_from", c.From}, {"shipment.ship_to", c.To}} {
		if code := side.at.CountryISO; (code == "US" || code == "CA" || code == "PR") && len(side.at.County) != 2 {
			wrong.Add(side.path+".county", "County is the state or province for FedEx in %s, as its two letters: NY.", code)
		}
	}
	for i, p := range c.Parcels {
		if packagingOf(c) == ownPackaging && (p.Length <= 0 || p.Width <= 0 || p.Height <= 0) {
			wrong.Add(fmt.Sprintf("shipment.parcels.%d.dim_length", i), "Length, width and height are required: FedEx wants them of every parcel in own packaging.")
		}
	}
	checkCustoms(&wrong, c)
	return wrong.Err()
}

// orderOf makes the request. Our id stands with every parcel as its invoice number, which FedEx prints; the
// order's own reference is the customer's.
func orderOf(access courier.Access, c courier.Consignment, now time.Time) order {
	s := shipment{
		Date: now.UTC().Format(time.DateOnly), From: partyOf(c.From), To: []party{partyOf(c.To)}, Pickup: cmp.Or(c.Options[optionPickup], "USE_SCHEDULED_PICKUP"),
		Service: c.Service.Code, Packaging: packagingOf(c), Weight: tenths(pounds(c.Weight())), Payment: paid("SENDER", access), Label: wish(c),
		Rates: []string{"ACCOUNT"}, Count: len(c.Parcels),
	}
	if at := time.UnixMilli(c.CollectionMs); at.After(now) {
		s.Date = at.UTC().Format(time.DateOnly)
	}
	s.To[0].Address.Home = yes(c, optionHome)
	if yes(c, optionSaturday) {
		s.Special = &special{Types: []string{"SATURDAY_DELIVERY"}}
	}
	if yes(c, optionNotify) && c.To.Email != "" {
		s.Notify = &notify{"PER_SHIPMENT", []notified{{"RECIPIENT", c.To.Email, "HTML", "EMAIL", []string{"ON_SHIPMENT", "ON_EXCEPTION", "ON_DELIVERY"}}}}
	}
	for i, p := range c.Parcels {
		s.Parcels = append(s.Parcels, parcelOf(c, i, p))
	}
	addCustoms(&s, access, c)
	return order{Labels: "LABEL", Account: numbered{account(access)}, Shipment: s}
}

func paid(by string, access courier.Access) payment {
	p := payment{Type: by}
	if by == "SENDER" {
		p.Payor = &payor{}
		p.Payor.Party.Account = numbered{account(access)}
	}
	return p
}

func packagingOf(c courier.Consignment) string {
	return cmp.Or(c.Options[optionPackaging], ownPackaging)
}

func partyOf(a postal.Address) party {
	p := party{
		Address: address{City: wording.Cut(a.City, 35), Postcode: wording.Cut(a.Postcode, 10), Country: a.CountryISO},
		Contact: contact{Name: wording.Cut(a.Name, 70), Company: wording.Cut(a.CompanyName, 35), Phone: digits(a.Phone), Email: a.Email},
	}
	if p.Contact.Name == "" {
		p.Contact.Name = wording.Cut(a.CompanyName, 70)
	}
	if len(a.County) == 2 {
		p.Address.State = a.County
	}
	for _, line := range []string{a.Address1, a.Address2, a.Address3} {
		if line != "" {
			p.Address.Lines = append(p.Address.Lines, wording.Cut(line, 35))
		}
	}
	for _, t := range []tin{{a.EORI, "BUSINESS_UNION", "EORI"}, {a.IOSS, "BUSINESS_UNION", "IOSS"}, {a.TaxID, "BUSINESS_NATIONAL", "VAT"}} {
		if t.Number != "" {
			p.Tins = append(p.Tins, t)
		}
	}
	return p
}

// digits gives a telephone number as FedEx takes it: 15 digits at most, nothing else.
func digits(phone string) string {
	only := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
	return wording.Cut(only, 15)
}

func parcelOf(c courier.Consignment, i int, p courier.Parcel) parcel {
	inches := imperial(c.From.CountryISO)
	out := parcel{
		Sequence: i + 1, Groups: 1, Weight: weightOf(p.Weight, inches), Dimensions: dimensionsOf(p, inches),
		References: []reference{{"CUSTOMER_REFERENCE", wording.Cut(cmp.Or(c.Reference, c.OrderID, c.ShipmentID), 40)}, {"INVOICE_NUMBER", c.ShipmentID}},
	}
	if yes(c, optionDeclared) && p.Value.Minor > 0 {
		out.Declared = amountOf(p.Value)
	}
	if kind := c.Options[optionSignature]; kind != "" {
		out.Special = &parcelServices{[]string{"SIGNATURE_OPTION"}, kind}
	}
	return out
}

// imperial reports whether FedEx takes pounds and inches from a country.
func imperial(country string) bool { return country == "US" || country == "PR" }

func weightOf(g measure.Grams, inPounds bool) weight {
	if inPounds {
		return weight{"LB", tenths(pounds(g))}
	}
	return weight{"KG", json.Number(g.Kilograms())}
}

// pounds gives tenths of a pound, rounded up; a pound is 453.59237 g.
func pounds(g measure.Grams) int64 { return upward(int64(g)*10*100_000, 45_359_237) }

func tenths(n int64) json.Number {
	return json.Number(strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10))
}

// dimensionsOf gives the sides in whole centimetres or inches, rounded up, nil where one is not known.
func dimensionsOf(p courier.Parcel, inInches bool) *dimensions {
	if p.Length <= 0 || p.Width <= 0 || p.Height <= 0 {
		return nil
	}
	if inInches {
		inch := func(m measure.Millimetres) int64 { return upward(int64(m)*10, 254) }
		return &dimensions{inch(p.Length), inch(p.Width), inch(p.Height), "IN"}
	}
	cm := func(m measure.Millimetres) int64 { return upward(int64(m), 10) }
	return &dimensions{cm(p.Length), cm(p.Width), cm(p.Height), "CM"}
}

func upward(n, by int64) int64 { return (n + by - 1) / by }

func yes(c courier.Consignment, option string) bool { return c.Options[option] == "true" }

func amountOf(a money.Amount) *amount {
	return &amount{json.Number(a.Decimal()), cmp.Or(theirCodes[a.Currency], a.Currency)}
}

// theirCodes are the currencies that FedEx calls otherwise than ISO 4217 does.
var theirCodes = map[string]string{
	"GBP": "UKL", "CHF": "SFR", "JPY": "JYE", "SGD": "SID", "TWD": "NTD", "KRW": "WON", "MXN": "NMP", "AED": "DHS", "KWD": "KUD", "IDR": "RPA", "CLP": "CHP",
	"ARS": "ARN", "DOP": "RDD", "JMD": "JAD", "KYD": "CID", "UYU": "UYP", "XCD": "ECD",
}

// isoOf gives the code of ISO 4217 for one of FedEx's.
func isoOf(code string) string {
	for iso, theirs := range theirCodes {
		if theirs == code {
			return iso
		}
	}
	return code
}
