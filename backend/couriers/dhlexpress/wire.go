package dhlexpress

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// What DHL answers, as far as it is read.

type created struct {
	Waybill  string `json:"shipmentTrackingNumber"`
	Packages []struct {
		Tracking string `json:"trackingNumber"`
	} `json:"packages"`
	Documents []struct {
		Type    string `json:"typeCode"`
		Content string `json:"content"` // base64
	} `json:"documents"`
	Charges []struct {
		Kind     string      `json:"currencyType"`
		Currency string      `json:"priceCurrency"`
		Price    json.Number `json:"price"`
	} `json:"shipmentCharges"`
	Warnings []string `json:"warnings"`
}

// told gives what DHL says in an answer of failure, and which fields of the order it is about.
func told(a *httpx.Answer) (words string, fields []errs.Field) {
	var said struct {
		Title   string   `json:"title"`
		Message string   `json:"message"`
		Detail  string   `json:"detail"`
		More    []string `json:"additionalDetails"`
	}
	if json.Unmarshal(a.Body, &said) != nil {
		return "", nil
	}
	texts := said.More
	if said.Detail != "" && !strings.Contains(strings.ToLower(said.Detail), "additional details") {
		texts = append([]string{said.Detail}, texts...)
	}
	if len(texts) == 0 {
		texts = []string{cmp.Or(said.Message, said.Title)}
	}
	for i, text := range texts {
		texts[i] = strings.TrimSpace(text)
		if path := ours(text); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: texts[i]})
		}
	}
	return strings.Join(texts, " "), fields
}

// A place in our request as DHL names it: a pointer, and the key where one is missing.
var (
	pointer = regexp.MustCompile(`#/([A-Za-z0-9_/]+)`)
	missing = regexp.MustCompile(`key \[([A-Za-z0-9]+)\]`)
	index   = regexp.MustCompile(`packages/([0-9]+)`)
)

// ours gives the order's field that a sentence of DHL's is about, "" where it does not say.
func ours(sentence string) string {
	found := pointer.FindStringSubmatch(sentence)
	if found == nil {
		return ""
	}
	place := found[1]
	if key := missing.FindStringSubmatch(sentence); key != nil {
		place += "/" + key[1]
	}
	last := place[strings.LastIndex(place, "/")+1:]
	side := ""
	switch {
	case strings.HasPrefix(place, "customerDetails/receiverDetails"):
		side = "shipment.ship_to."
	case strings.HasPrefix(place, "customerDetails/shipperDetails"):
		side = "shipment.ship_from."
	case strings.HasPrefix(place, "accounts"):
		return "auth." + fieldAccount
	case strings.HasPrefix(place, "productCode"):
		return "shipment.dc_service_id"
	case strings.HasPrefix(place, "content/incoterm"):
		return "shipment.incoterms"
	case strings.HasPrefix(place, "content/description"):
		return "shipment.parcel_description"
	case strings.HasPrefix(place, "plannedShippingDateAndTime"):
		return "shipment.collection_date"
	case strings.HasPrefix(place, "content/packages"):
		box := "0"
		if at := index.FindStringSubmatch(place); at != nil {
			box = at[1]
		}
		return join("shipment.parcels."+box+".", map[string]string{"weight": "weight", "length": "dim_length", "width": "dim_width", "height": "dim_height"}[last])
	}
	if side == "" {
		return ""
	}
	return join(side, map[string]string{
		"postalCode": "postcode", "cityName": "city", "countryCode": "country_iso", "provinceCode": "county", "countyName": "county",
		"addressLine1": "address_1", "addressLine2": "address_2", "addressLine3": "address_3", "email": "email", "phone": "phone",
		"companyName": "company_name", "fullName": "name",
	}[last])
}

func join(prefix, name string) string {
	if name == "" {
		return ""
	}
	return prefix + name
}
