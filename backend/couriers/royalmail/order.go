package royalmail

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

// The request of POST /orders, as far as it is used.

type orders struct {
	Items []newOrder `json:"items"`
}

type newOrder struct {
	Reference    string       `json:"orderReference"`
	Recipient    recipient    `json:"recipient"`
	Sender       sender       `json:"sender"`
	Packages     []newPackage `json:"packages"`
	OrderDate    string       `json:"orderDate"`
	DespatchDate string       `json:"plannedDespatchDate,omitempty"`
	Instructions string       `json:"specialInstructions,omitempty"`
	Subtotal     json.Number  `json:"subtotal"`
	Shipping     json.Number  `json:"shippingCostCharged"`
	Total        json.Number  `json:"total"`
	Currency     string       `json:"currencyCode,omitempty"`
	Postage      postage      `json:"postageDetails"`
	Tags         []tag        `json:"tags,omitempty"`
	Label        labelWish    `json:"label"`
}

type recipient struct {
	Address address `json:"address"`
	Phone   string  `json:"phoneNumber,omitempty"`
	Email   string  `json:"emailAddress,omitempty"`
}

type address struct {
	Name     string `json:"fullName,omitempty"`
	Company  string `json:"companyName,omitempty"`
	Line1    string `json:"addressLine1"`
	Line2    string `json:"addressLine2,omitempty"`
	Line3    string `json:"addressLine3,omitempty"`
	City     string `json:"city"`
	County   string `json:"county,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Country  string `json:"countryCode"`
}

type sender struct {
	Name  string `json:"tradingName,omitempty"`
	Phone string `json:"phoneNumber,omitempty"`
	Email string `json:"emailAddress,omitempty"`
}

type newPackage struct {
	Weight     int64       `json:"weightInGrams"`
	Format     string      `json:"packageFormatIdentifier"`
	Dimensions *dimensions `json:"dimensions,omitempty"`
	Contents   []content   `json:"contents,omitempty"`
}

type dimensions struct {
	Height int64 `json:"heightInMms"`
	Width  int64 `json:"widthInMms"`
	Depth  int64 `json:"depthInMms"`
}

type content struct {
	Name        string      `json:"name,omitempty"`
	SKU         string      `json:"SKU,omitempty"`
	Quantity    int64       `json:"quantity"`
	Value       json.Number `json:"unitValue"`
	Weight      int64       `json:"unitWeightInGrams"`
	Description string      `json:"customsDescription,omitempty"`
	Extended    string      `json:"extendedCustomsDescription,omitempty"`
	Code        string      `json:"customsCode,omitempty"`
	Origin      string      `json:"originCountryCode,omitempty"`
	Category    string      `json:"customsDeclarationCategory,omitempty"`
}

type postage struct {
	Service       string `json:"serviceCode,omitempty"`
	Carrier       string `json:"carrierName,omitempty"`
	Notify        string `json:"sendNotificationsTo,omitempty"`
	Email         bool   `json:"receiveEmailNotification,omitempty"`
	SMS           bool   `json:"receiveSmsNotification,omitempty"`
	Saturday      bool   `json:"guaranteedSaturdayDelivery,omitempty"`
	Signature     bool   `json:"requestSignatureUponDelivery,omitempty"`
	SafePlace     string `json:"safePlace,omitempty"`
	IOSS          string `json:"IOSSNumber,omitempty"`
	RecipientEORI string `json:"recipientEoriNumber,omitempty"`
}

type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type labelWish struct {
	Include   bool `json:"includeLabelInResponse"`
	IncludeCN bool `json:"includeCN"`
}

// orderOf makes the request. Our id is the order's reference, by which it is found again; the order's own references are
// its tags.
func orderOf(access courier.Access, c courier.Consignment) orders {
	abroad := c.To.CountryISO != c.From.CountryISO
	o := newOrder{
		Reference: c.ShipmentID,
		Recipient: recipient{Address: addressOf(c.To), Phone: wording.Cut(c.To.Phone, 25), Email: wording.Cut(c.To.Email, 254)},
		Sender:    sender{Name: wording.Cut(cmp.Or(c.From.CompanyName, c.From.Name), 250), Phone: wording.Cut(c.From.Phone, 25), Email: wording.Cut(c.From.Email, 254)},
		OrderDate: time.UnixMilli(c.CreatedMs).UTC().Format(time.RFC3339), Instructions: wording.Cut(c.DeliveryInstructions, 500),
		Postage: postageOf(access, c, abroad), Label: labelWish{Include: true, IncludeCN: abroad},
	}
	if c.CollectionMs != 0 {
		o.DespatchDate = time.UnixMilli(c.CollectionMs).UTC().Format(time.RFC3339)
	}
	var value money.Amount
	for _, p := range c.Parcels {
		o.Packages = append(o.Packages, packageOf(c, p, abroad))
		value = plus(value, p.Value)
	}
	o.Subtotal, o.Shipping, o.Total = decimal(value), decimal(c.ShippingCharge), decimal(plus(value, c.ShippingCharge))
	o.Currency = cmp.Or(value.Currency, c.ShippingCharge.Currency)
	for _, t := range []tag{{"Reference", c.Reference}, {"Reference 2", c.Reference2}, {"Order", c.OrderID}} {
		if t.Value != "" {
			o.Tags = append(o.Tags, tag{Key: t.Key, Value: wording.Cut(t.Value, 100)})
		}
	}
	return orders{Items: []newOrder{o}}
}

func addressOf(a postal.Address) address {
	return address{
		Name: a.Name, Company: a.CompanyName, Line1: a.Address1, Line2: a.Address2, Line3: a.Address3, City: a.City,
		County: wording.Cut(a.County, 100), Postcode: a.Postcode, Country: a.CountryISO,
	}
}

func packageOf(c courier.Consignment, p courier.Parcel, abroad bool) newPackage {
	out := newPackage{Weight: int64(p.Weight), Format: cmp.Or(c.Options[optionFormat], "parcel")}
	if p.Length > 0 && p.Width > 0 && p.Height > 0 {
		out.Dimensions = &dimensions{Height: int64(p.Height), Width: int64(p.Width), Depth: int64(p.Length)}
	}
	for _, i := range p.Items {
		line := content{Name: wording.Cut(i.Description, 800), SKU: wording.Cut(i.SKU, 100), Quantity: i.Quantity, Value: decimal(i.Value), Weight: int64(i.Weight)}
		if abroad {
			line.Description, line.Extended = wording.Cut(i.Description, 50), wording.Cut(i.ExtendedDescription, 300)
			line.Code, line.Origin, line.Category = wording.Cut(i.HSCode, 10), i.Origin, category(c.ReasonForExport)
		}
		out.Contents = append(out.Contents, line)
	}
	return out
}

func postageOf(access courier.Access, c courier.Consignment, abroad bool) postage {
	yes := func(option string) bool { return c.Options[option] == "true" }
	p := postage{
		Service: cmp.Or(c.Options[optionService], c.Service.Code), Carrier: access.Credentials.Get(fieldCarrier),
		Email: yes(optionEmail), SMS: yes(optionSMS), Saturday: yes(optionSaturday), Signature: yes(optionSignature),
		SafePlace: c.Options[optionSafePlace],
	}
	if p.Service == byRules {
		p.Service = ""
	}
	if p.Email || p.SMS {
		p.Notify = "recipient"
	}
	if abroad {
		p.IOSS, p.RecipientEORI = c.From.IOSS, c.To.EORI
	}
	return p
}

// category gives a reason for export as Royal Mail's customs declaration knows it.
func category(reason string) string {
	switch r := strings.ToLower(reason); {
	case r == "" || strings.Contains(r, "sale") || strings.Contains(r, "sold"):
		return "saleOfGoods"
	case strings.Contains(r, "gift"):
		return "gift"
	case strings.Contains(r, "sample"):
		return "commercialSample"
	case strings.Contains(r, "return"):
		return "returnedGoods"
	case strings.Contains(r, "document"):
		return "documents"
	}
	return "other"
}

// decimal writes an amount as Royal Mail takes it: two digits at most, whatever the currency.
func decimal(a money.Amount) json.Number {
	if a.IsZero() {
		return "0"
	}
	return json.Number(a.Decimal())
}

// plus adds amounts; of two currencies the first counts, because the order holds one.
func plus(a, b money.Amount) money.Amount {
	if a.IsZero() {
		return b
	}
	if sum, err := a.Add(b); err == nil {
		return sum
	}
	return a
}
