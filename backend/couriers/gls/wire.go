package gls

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// What GLS answers, as far as it is read.

type created struct {
	Shipment struct {
		parcels
	} `json:"CreatedShipment"`
}

type parcels struct {
	Parcels []struct {
		Code string `json:"TrackID"`
	} `json:"ParcelData"`
	Printed []struct {
		Files texts `json:"Data"` // base64
	} `json:"PrintData"`
}

// codes gives the parcels' codes, nil where there is none or one is missing.
func (p parcels) codes() []string {
	var list []string
	for _, parcel := range p.Parcels {
		if parcel.Code == "" {
			return nil
		}
		list = append(list, parcel.Code)
	}
	return list
}

func (p parcels) files() []string {
	var list []string
	for _, printed := range p.Printed {
		list = append(list, printed.Files...)
	}
	return list
}

// texts is a list in the contract; GLS's samples have one text instead.
type texts []string

// UnmarshalJSON takes either.
func (t *texts) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(t))
}

type cancelled struct {
	Result string `json:"Result"`
}

type search struct {
	Reference string `json:"ShipmentReference"`
	From      string `json:"DateFrom"`
	To        string `json:"DateTo"`
}

// answered reports whether ShipIT itself refused, not what stands before it: its refusals have their kind in a header.
func answered(a *httpx.Answer) bool {
	return a.Header.Get("error") != "" && a.Status != http.StatusUnauthorized && a.Status != http.StatusForbidden
}

// words gives what GLS says in an answer of failure: ShipIT in a header, everything else in one of three shapes of JSON.
func words(a *httpx.Answer) string {
	if said := strings.ToValidUTF8(strings.TrimSpace(a.Header.Get("message")), "?"); said != "" {
		return said
	}
	var e struct {
		Title  string `json:"title"`
		Detail string `json:"detail"`
		Fault  struct {
			Text string `json:"faultstring"`
		} `json:"fault"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if json.Unmarshal(a.Body, &e) != nil {
		return a.Header.Get("error")
	}
	list := []string{e.Title, e.Detail, e.Fault.Text}
	for _, each := range e.Errors {
		list = append(list, each.Message)
	}
	return strings.Join(strings.Fields(strings.Join(list, " ")), " ")
}

// aboutField finds the field in a sentence like “Invalid field Shipment.Shipper.ContactID. Value 1 is not a valid value.”
var aboutField = regexp.MustCompile(`(?i)\b(?:field|parameter) ([A-Za-z0-9_.]+)`)

// told gives a refusal's words, and which field of the order it is about.
func told(a *httpx.Answer) (said string, fields []errs.Field) {
	said = words(a)
	if about := aboutField.FindStringSubmatch(said); about != nil {
		if path := ours(about[1]); path != "" {
			fields = []errs.Field{{Path: path, Message: said}}
		}
	}
	return said, fields
}

// ours gives the order's field that a field of GLS's is made of, "" where it does not say.
func ours(name string) string {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	last := name[strings.LastIndex(name, ".")+1:]
	side := ""
	switch {
	case strings.Contains(name, "contactid"):
		return "auth." + fieldContact
	case strings.Contains(name, "consignee"):
		side = "shipment.ship_to."
	case strings.Contains(name, "shipper"):
		side = "shipment.ship_from."
	}
	if noun := map[string]string{
		"name1": "name", "name2": "name", "name3": "address_2", "address": "postcode", "zipcode": "postcode", "city": "city", "street": "address_1",
		"province": "county", "countrycode": "country_iso", "email": "email", "mobilephonenumber": "phone",
	}[last]; side != "" && noun != "" {
		return side + noun
	}
	return map[string]string{
		"product": "shipment.dc_service_id", "weight": "shipment.parcels.0.weight", "incotermcode": "shipment.incoterms", "incoterm": "shipment.incoterms",
		"shippingdate": "shipment.collection_date", "parcelshopid": "shipment.courier." + optionShop, "placeofdeposit": "shipment.courier." + optionDeposit,
	}[last]
}
