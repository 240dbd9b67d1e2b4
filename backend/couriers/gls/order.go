package gls

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/wording"
)

const (
	nameLength  = 40 // of names, streets, cities, references
	noteLength  = 50
	leastWeight = 100 // grams
)

// The request of a shipment, as far as it is used.

type order struct {
	Shipment shipment `json:"Shipment"`
	Printing printing `json:"PrintingOptions"`
}

type shipment struct {
	References []string  `json:"ShipmentReference"`
	Date       string    `json:"ShippingDate,omitempty"`
	Incoterm   string    `json:"IncotermCode,omitempty"`
	Middleware string    `json:"Middleware"`
	Product    string    `json:"Product"`
	To         consignee `json:"Consignee"`
	From       shipper   `json:"Shipper"`
	Units      []unit    `json:"ShipmentUnit"`
	Services   []service `json:"Service,omitempty"`
}

type consignee struct {
	Category string  `json:"Category,omitempty"`
	Address  address `json:"Address"`
}

type shipper struct {
	Contact string  `json:"ContactID"`
	Shown   address `json:"AlternativeShipperAddress"` // on the label, instead of the contact's
}

// address has GLS's names of fields as its samples and its service have them; its contract writes two of them otherwise
// (Zipcode, Email), which no request was ever seen to use.
type address struct {
	Name1    string `json:"Name1"`
	Name2    string `json:"Name2,omitempty"`
	Name3    string `json:"Name3,omitempty"`
	Country  string `json:"CountryCode"`
	Province string `json:"Province,omitempty"`
	Postcode string `json:"ZIPCode,omitempty"`
	City     string `json:"City"`
	Street   string `json:"Street"`
	Phone    string `json:"MobilePhoneNumber,omitempty"`
	Email    string `json:"eMail,omitempty"`
}

type unit struct {
	References []string      `json:"ShipmentUnitReference"`
	Weight     json.Number   `json:"Weight"` // kg
	Note1      string        `json:"Note1,omitempty"`
	Note2      string        `json:"Note2,omitempty"`
	Services   []unitService `json:"Service,omitempty"`
}

type service struct {
	Plain   *named   `json:"Service,omitempty"`
	Shop    *shop    `json:"ShopDelivery,omitempty"`
	Deposit *deposit `json:"Deposit,omitempty"`
}

type named struct {
	Name string `json:"ServiceName"`
}

type shop struct {
	Name string `json:"ServiceName"`
	ID   string `json:"ParcelShopID"`
}

type deposit struct {
	Name  string `json:"ServiceName"`
	Place string `json:"PlaceOfDeposit"`
}

type unitService struct {
	Liability *liability `json:"AddonLiability,omitempty"`
	Limited   *named     `json:"LimitedQuantities,omitempty"`
}

type liability struct {
	Name     string      `json:"ServiceName"`
	Amount   json.Number `json:"Amount"`
	Currency string      `json:"Currency"`
	Content  string      `json:"ParcelContent,omitempty"`
}

// check says what GLS could not take of an order.
func check(c courier.Consignment) error {
	var wrong errs.Fields
	for _, side := range []struct {
		path string
		a    postal.Address
	}{{"shipment.ship_from", c.From}, {"shipment.ship_to", c.To}} {
		if names := namesOf(side.a); len(names) > 3 {
			wrong.Add(side.path+".address_3", "GLS prints three lines of %d characters beside the street: shorten address lines 2 and 3, the name or the company.", nameLength)
		}
	}
	if yes(c, optionFlex) && c.To.Email == "" {
		wrong.Add("shipment.ship_to.email", "Email is required: with FlexDelivery GLS writes to the recipient.")
	}
	if customs(c) && incoterm(c) == "" {
		wrong.Add("shipment.incoterms", "GLS has to be told who pays duties: DDP, DAP, or GLS's own code as the option %s.", optionIncoterm)
	}
	return wrong.Err()
}

// customs reports whether the parcels pass customs.
func customs(c courier.Consignment) bool { return postal.CustomsBetween(c.From, c.To) == postal.Papers }

// incoterm gives GLS's code of who pays abroad, "" where it is not known.
func incoterm(c courier.Consignment) string {
	if code := c.Options[optionIncoterm]; code != "" {
		return code
	}
	return map[string]string{"DDP": "10", "DAP": "20"}[c.Incoterms]
}

// orderOf makes the request. The shipment is known by our id, each parcel by our id and its number; the order's own
// references stand on the label.
func orderOf(access courier.Access, c courier.Consignment) order {
	kind := products[c.Service.Code]
	s := shipment{
		References: []string{c.ShipmentID}, Middleware: "Packbench", Product: kind.product,
		To:       consignee{Category: c.Options[optionRecipient], Address: addressOf(c.To)},
		From:     shipper{Contact: access.Credentials.Get(fieldContact), Shown: addressOf(c.From)},
		Services: servicesOf(c, kind),
	}
	if c.CollectionMs != 0 {
		s.Date = noon(time.UnixMilli(c.CollectionMs)) // else GLS takes the next working day
	}
	if customs(c) {
		s.Incoterm = incoterm(c)
	}
	for i, p := range c.Parcels {
		u := unit{
			References: []string{unitReference(c.ShipmentID, i)}, Weight: weightOf(p.Weight), Services: unitServicesOf(c, p),
			Note1: tidy(strings.TrimSpace(c.Reference+" "+c.Reference2), noteLength), Note2: tidy(c.DeliveryInstructions, noteLength),
		}
		s.Units = append(s.Units, u)
	}
	return order{Shipment: s, Printing: printingOf(c)}
}

// unitReference is what a parcel is known by: 39 characters of GLS's 40.
func unitReference(id string, i int) string { return id + "-" + strconv.Itoa(i+1) }

func servicesOf(c courier.Consignment, kind sold) []service {
	var list []service
	plain := func(name string) { list = append(list, service{Plain: &named{name}}) }
	if kind.service != "" {
		plain(kind.service)
	}
	for _, o := range []struct{ option, name string }{
		{optionFlex, "service_flexdelivery"}, {optionAddressee, "service_addresseeonly"}, {optionSignature, "service_signature"}, {optionSaturday, "service_Saturday"},
	} {
		if yes(c, o.option) {
			plain(o.name)
		}
	}
	if place := c.Options[optionDeposit]; place != "" {
		list = append(list, service{Deposit: &deposit{"service_deposit", tidy(place, 121)}})
	}
	if id := c.Options[optionShop]; id != "" {
		list = append(list, service{Shop: &shop{"service_shopdelivery", id}})
	}
	return list
}

func unitServicesOf(c courier.Consignment, p courier.Parcel) []unitService {
	var list []unitService
	if yes(c, optionLiability) && p.Value.Minor > 0 {
		list = append(list, unitService{Liability: &liability{"service_addonliability", json.Number(p.Value.Decimal()), p.Value.Currency, tidy(c.ParcelDescription, 255)}})
	}
	if yes(c, optionLimited) {
		list = append(list, unitService{Limited: &named{"service_limitedquantities"}})
	}
	return list
}

func yes(c courier.Consignment, option string) bool { return c.Options[option] == "true" }

// namesOf gives the lines that stand above the street, those of the address last.
func namesOf(a postal.Address) []string {
	var lines []string
	for _, line := range []string{a.CompanyName, a.Name, a.Address2, a.Address3} {
		if line = tidy(line, nameLength); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 3 && len([]rune(lines[2]+lines[3])) < nameLength {
		lines = append(lines[:2], lines[2]+" "+lines[3])
	}
	return lines
}

func addressOf(a postal.Address) address {
	out := address{
		Country: a.CountryISO, Province: tidy(a.County, nameLength), Postcode: a.Postcode, City: tidy(a.City, nameLength), Street: tidy(a.Address1, nameLength),
		Phone: wording.Cut(a.Phone, 35), Email: a.Email,
	}
	names := append(namesOf(a), "", "", "")
	out.Name1, out.Name2, out.Name3 = names[0], names[1], names[2]
	return out
}

// tidy gives a text without the characters that GLS can't have in one.
func tidy(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\"{},;()|`, r) {
			return ' '
		}
		return r
	}, text)
	return wording.Cut(strings.Join(strings.Fields(text), " "), most)
}

// weightOf gives kilograms with two digits, rounded up: GLS takes no less than 100 g.
func weightOf(g measure.Grams) json.Number {
	hundredths := (int64(max(g, leastWeight)) + 9) / 10
	return json.Number(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100))
}

// noon writes a day as GLS's contract does, as a moment: at noon in UTC it is the same day all over Europe.
func noon(at time.Time) string { return at.UTC().Format(time.DateOnly) + "T12:00:00Z" }
