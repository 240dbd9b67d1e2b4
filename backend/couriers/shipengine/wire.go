package shipengine

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// What ShipEngine answers, as far as it is read.

type label struct {
	ID          string   `json:"label_id"`
	Status      string   `json:"status"`
	External    string   `json:"external_shipment_id"`
	Carrier     string   `json:"carrier_id"`
	Cost        amount   `json:"shipment_cost"`
	Insurance   amount   `json:"insurance_cost"`
	Tracking    string   `json:"tracking_number"`
	TrackingURL string   `json:"tracking_url"`
	Download    download `json:"label_download"`
	Form        struct {
		Href string `json:"href"`
	} `json:"form_download"`
	Packages []soldPackage `json:"packages"`
}

type soldPackage struct {
	Tracking string `json:"tracking_number"`
}

type amount struct {
	Currency string      `json:"currency"`
	Amount   json.Number `json:"amount"`
}

// download holds a label's file: an address for each format, or the file itself at href as a data URL.
type download struct {
	Href string `json:"href"`
	PDF  string `json:"pdf"`
	PNG  string `json:"png"`
	ZPL  string `json:"zpl"`
}

// of gives where a label is in a format, and where it is in the format it was made in.
func (d download) of(f courier.Format) string {
	for _, link := range []string{map[courier.Format]string{courier.PDF: d.PDF, courier.PNG: d.PNG, courier.ZPL: d.ZPL}[f], d.Href} {
		if link != "" {
			return link
		}
	}
	return ""
}

// price gives what the label cost with its insurance, zero where that can't be read.
func (l label) price() money.Amount { return sum(l.Cost, l.Insurance) }

// sum adds amounts up, zero where one can't be read.
func sum(parts ...amount) money.Amount {
	var total money.Amount
	for _, a := range parts {
		if a.Amount == "" || a.Currency == "" {
			continue
		}
		part, err := money.Parse(a.Amount.String(), strings.ToUpper(a.Currency))
		if err != nil {
			return money.Amount{}
		}
		if part.Minor == 0 {
			continue
		}
		if total, err = total.Add(part); err != nil {
			return money.Amount{}
		}
	}
	return total
}

type fault struct {
	Source  string `json:"error_source"`
	Code    string `json:"error_code"`
	Message string `json:"message"`
	Field   string `json:"field_name"`
}

// faultsOf reads errors of ShipEngine's own shape, nil where there are none.
func faultsOf(a *httpx.Answer) []fault {
	var said struct {
		Request string  `json:"request_id"`
		Errors  []fault `json:"errors"`
	}
	if json.Unmarshal(a.Body, &said) != nil || said.Request == "" {
		return nil
	}
	return said.Errors
}

// taken reports whether a refusal is about our id, which was used before.
func taken(a *httpx.Answer) bool {
	return slices.ContainsFunc(faultsOf(a), func(f fault) bool {
		return f.Code == "identifier_conflict" || strings.Contains(f.Field, "external_shipment_id") || strings.Contains(f.Message, "external_shipment_id")
	})
}

// told gives what errors say in ShipEngine's or the carrier's own words, and which fields of ours they are about.
func told(a *httpx.Answer) (words string, fields []errs.Field) { return wordsOf(faultsOf(a)) }

func wordsOf(faults []fault) (words string, fields []errs.Field) {
	var texts []string
	for _, f := range faults {
		text := strings.TrimSpace(f.Message)
		if text == "" {
			text = f.Code
		}
		if path := ours(f.Field); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: text})
		}
		if text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, " "), fields
}

// filled names the fields of ours that ShipEngine's are filled from.
var filled = map[string]string{
	"name": "name", "company_name": "company_name", "address_line1": "address_1", "address_line2": "address_2", "address_line3": "address_3",
	"city_locality": "city", "state_province": "county", "postal_code": "postcode", "country_code": "country_iso", "phone": "phone", "phone_number": "phone",
	"email": "email",
}

var (
	index     = regexp.MustCompile(`\[([0-9]+)\]`)
	inPackage = regexp.MustCompile(`^packages\.([0-9]+)\.(weight|dimensions\.(?:length|width|height)|products(?:\.([0-9]+)\.(\w+))?)`)
)

// ours gives the order's field that a field of ShipEngine's is filled from, "" where there is none.
func ours(name string) string {
	name = strings.TrimPrefix(index.ReplaceAllString(name, ".$1"), "shipment.")
	part, rest, _ := strings.Cut(name, ".")
	switch part {
	case "ship_to", "ship_from":
		if field := filled[rest]; field != "" {
			return "shipment." + part + "." + field
		}
	case "service_code":
		return "shipment.dc_service_id"
	case "carrier_id":
		return "shipment.courier." + optionCarrier
	case "confirmation":
		return "shipment.courier." + optionConfirmation
	case "label_format", "label_layout":
		return map[string]string{"label_format": "shipment.label_format", "label_layout": "shipment.label_size"}[part]
	case "packages":
		return ofPackage(inPackage.FindStringSubmatch(name))
	}
	return ""
}

func ofPackage(m []string) string {
	if m == nil {
		return ""
	}
	path := "shipment.parcels." + m[1]
	if _, dimension, yes := strings.Cut(m[2], "dimensions."); yes {
		return path + ".dim_" + dimension
	}
	if m[2] == "weight" {
		return path + ".weight"
	}
	field := map[string]string{
		"description": "description", "quantity": "quantity", "value": "value", "weight": "weight", "sku": "sku",
		"harmonized_tariff_code": "hs_code", "country_of_origin": "origin_country",
	}[m[4]]
	if field == "" {
		return path + ".items"
	}
	return path + ".items." + m[3] + "." + field
}
