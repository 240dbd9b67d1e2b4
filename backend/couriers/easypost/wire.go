package easypost

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/couriers/httpx"
)

// What EasyPost answers, as far as it is read.

type shipment struct {
	ID        string       `json:"id"`
	Reference string       `json:"reference"`
	Mode      string       `json:"mode"`
	Tracking  string       `json:"tracking_code"`
	Rates     []rate       `json:"rates"`
	Selected  rate         `json:"selected_rate"`
	Label     postageLabel `json:"postage_label"`
	Forms     []struct {
		Type string `json:"form_type"`
		URL  string `json:"form_url"`
	} `json:"forms"`
	Refund  string `json:"refund_status"`
	Tracker struct {
		URL string `json:"public_url"`
	} `json:"tracker"`
	Messages []struct {
		Carrier string `json:"carrier"`
		Message any    `json:"message"`
	} `json:"messages"`
}

type rate struct {
	ID       string `json:"id"`
	Carrier  string `json:"carrier"`
	Service  string `json:"service"`
	Rate     string `json:"rate"`
	Currency string `json:"currency"`
	Days     int    `json:"delivery_days"`
	Delivery string `json:"delivery_date"`
}

type postageLabel struct {
	CreatedAt string `json:"created_at"`
	Type      string `json:"label_file_type"`
	URL       string `json:"label_url"`
	PDF       string `json:"label_pdf_url"`
	ZPL       string `json:"label_zpl_url"`
}

// price gives the rate as an amount, zero where it can't be read.
func (r rate) price() money.Amount {
	a, err := money.Parse(r.Rate, r.Currency)
	if err != nil {
		return money.Amount{}
	}
	return a
}

// best gives the cheapest rate of a service, which is named as carrier and service.
func (s shipment) best(service string) (best rate, found bool) {
	for _, r := range s.Rates {
		p := r.price()
		if r.Carrier+":"+r.Service != service || r.ID == "" || p.IsZero() {
			continue
		}
		if !found || p.Currency == best.price().Currency && p.Minor < best.price().Minor {
			best, found = r, true
		}
	}
	return best, found
}

// refusal says why a service can't be bought: in the carriers' words, and with what is offered in its place.
func (s shipment) refusal(service string) string {
	text := "no carrier account offers " + service + " for this shipment."
	carrier, _, _ := strings.Cut(service, ":")
	for _, m := range s.Messages {
		if m.Carrier == carrier || len(s.Rates) == 0 {
			text += " " + m.Carrier + ": " + said(m.Message)
		}
	}
	var offered []string
	for _, r := range s.Rates {
		if name := r.Carrier + ":" + r.Service; !slices.Contains(offered, name) {
			offered = append(offered, name)
		}
	}
	if len(offered) > 0 {
		text += " Offered: " + strings.Join(offered, ", ") + "."
	}
	return text
}

// told gives what an error says in EasyPost's own words, and which fields of ours it is about.
func told(a *httpx.Answer) (words string, fields []errs.Field) {
	var answer struct {
		Error struct {
			Message any               `json:"message"`
			Errors  []json.RawMessage `json:"errors"`
		} `json:"error"`
	}
	if json.Unmarshal(a.Body, &answer) != nil {
		return "", nil
	}
	texts := []string{said(answer.Error.Message)}
	for _, raw := range answer.Error.Errors {
		var one struct {
			Field   string `json:"field"`
			Message any    `json:"message"`
		}
		var plain string
		if json.Unmarshal(raw, &plain) == nil {
			texts = append(texts, plain)
			continue
		}
		if json.Unmarshal(raw, &one) != nil {
			continue
		}
		text := said(one.Message)
		if path := ours(one.Field); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: text})
		}
		texts = append(texts, strings.TrimSpace(one.Field+" "+text))
	}
	return strings.TrimSpace(strings.Join(texts, " ")), fields
}

// said gives a message, which is a text or a list of texts.
func said(message any) string {
	switch m := message.(type) {
	case string:
		return m
	case []any:
		var texts []string
		for _, one := range m {
			texts = append(texts, said(one))
		}
		return strings.Join(texts, " ")
	case nil:
		return ""
	}
	return fmt.Sprint(message)
}

// filled names the fields of ours that EasyPost's are filled from.
var filled = map[string]string{
	"name": "name", "company": "company_name", "street1": "address_1", "street2": "address_2", "city": "city", "state": "county", "zip": "postcode",
	"country": "country_iso", "phone": "phone", "email": "email",
}

// ours gives the order's field that a field of EasyPost's is filled from, "" where there is none.
func ours(name string) string {
	part, rest, _ := strings.Cut(strings.TrimPrefix(name, "shipment."), ".")
	switch part {
	case "to_address", "from_address":
		if field := filled[rest]; field != "" {
			return map[string]string{"to_address": "shipment.ship_to.", "from_address": "shipment.ship_from."}[part] + field
		}
	case "parcel":
		return map[string]string{
			"weight": "shipment.parcels.0.weight", "length": "shipment.parcels.0.dim_length", "width": "shipment.parcels.0.dim_width", "height": "shipment.parcels.0.dim_height",
			"predefined_package": "shipment.courier." + optionPackage,
		}[rest]
	case "customs_info":
		return map[string]string{"eel_pfc": "shipment.courier." + optionExport, "contents_type": "shipment.reason_for_export", "customs_items": "shipment.parcels.0.items"}[rest]
	}
	return ""
}
