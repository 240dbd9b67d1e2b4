package sendcloud

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// What Sendcloud answers, as far as it is read.

type shipment struct {
	ID        string       `json:"id"`
	Reference string       `json:"external_reference_id"`
	Parcels   []soldParcel `json:"parcels"`
	Errors    []fault      `json:"errors"`
}

type soldParcel struct {
	ID          int64  `json:"id"`
	Tracking    string `json:"tracking_number"`
	TrackingURL string `json:"tracking_url"`
	AnnouncedAt string `json:"announced_at"`
	Documents   []struct {
		Type string `json:"document_type"`
		Old  string `json:"type"` // the name before
	} `json:"documents"`
	Status struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"status"`
}

type outcome int

// What became of an announcement.
const (
	bought  outcome = iota
	failed          // the carrier took no parcel
	partly          // the carrier took some parcels
	pending         // the carrier has not answered
)

func (s shipment) outcome() outcome {
	var fails, waits int
	for _, p := range s.Parcels {
		switch plain(p.Status.Code) {
		case "announcement failed", "no label":
			fails++
		case "being announced", "ready to announce":
			waits++
		}
	}
	switch {
	case waits > 0:
		return pending
	case fails == len(s.Parcels):
		return failed
	case fails > 0:
		return partly
	}
	return bought
}

// cancelled reports whether every parcel is cancelled, or on its way to be.
func (s shipment) cancelled() bool {
	return len(s.Parcels) > 0 && !slices.ContainsFunc(s.Parcels, func(p soldParcel) bool {
		return !strings.Contains(plain(p.Status.Code), "cancel")
	})
}

// plain gives a code as words: "READY_TO_SEND" is "ready to send".
func plain(code string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(code), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}

// fault is an error as JSON:API has it.
type fault struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Source struct {
		Pointer string `json:"pointer"`
	} `json:"source"`
}

// faultsOf reads errors, which come as a list, as a list or one object within "errors", or as one "detail".
func faultsOf(body []byte) []fault {
	var list []fault
	if json.Unmarshal(body, &list) == nil {
		return list
	}
	var within struct {
		Errors json.RawMessage `json:"errors"`
		Detail string          `json:"detail"`
	}
	if json.Unmarshal(body, &within) != nil {
		return nil
	}
	var one fault
	switch {
	case json.Unmarshal(within.Errors, &list) == nil && len(list) > 0:
		return list
	case json.Unmarshal(within.Errors, &one) == nil && one != fault{}:
		return []fault{one}
	case within.Detail != "":
		return []fault{{Detail: within.Detail}}
	}
	return nil
}

// told gives what errors say in Sendcloud's own words, and which fields of ours they are about.
func told(a *httpx.Answer) (words string, fields []errs.Field) { return wordsOf(faultsOf(a.Body)) }

func wordsOf(list []fault) (words string, fields []errs.Field) {
	var texts []string
	for _, f := range list {
		text := strings.TrimSpace(f.Detail)
		if text == "" {
			text = strings.TrimSpace(f.Title)
		}
		if text == "" {
			text = f.Code
		}
		if text == "" {
			continue
		}
		if path := ours(f.Source.Pointer); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: text})
		}
		if what := strings.Trim(f.Source.Pointer, "/"); what != "" {
			text = what + ": " + text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " "), fields
}

// filled names the fields of ours that Sendcloud's are filled from.
var filled = map[string]string{
	"name": "name", "company_name": "company_name", "address_line_1": "address_1", "house_number": "address_1", "address_line_2": "address_2",
	"city": "city", "postal_code": "postcode", "country_code": "country_iso", "state_province_code": "county", "phone_number": "phone", "email": "email",
}

var inParcel = regexp.MustCompile(`^parcels/([0-9]+)/(weight|dimensions/(?:length|width|height)|parcel_items(?:/([0-9]+)/(\w+))?)`)

// ours gives the order's field that a JSON pointer of Sendcloud's leads to, "" where there is none.
func ours(pointer string) string {
	pointer = strings.TrimPrefix(strings.Trim(pointer, "/"), "data/")
	part, rest, _ := strings.Cut(pointer, "/")
	switch part {
	case "to_address", "from_address":
		if field := filled[rest]; field != "" {
			return map[string]string{"to_address": "shipment.ship_to.", "from_address": "shipment.ship_from."}[part] + field
		}
	case "ship_with":
		if strings.HasSuffix(rest, "contract_id") {
			return "shipment.courier." + optionContract
		}
		return "shipment.dc_service_id"
	case "to_service_point":
		return "shipment.courier." + optionServicePoint
	case "parcels":
		return ofParcel(inParcel.FindStringSubmatch(pointer))
	case "customs_information":
		if rest == "export_reason" {
			return "shipment.reason_for_export"
		}
	}
	return ""
}

func ofParcel(m []string) string {
	if m == nil {
		return ""
	}
	path := "shipment.parcels." + m[1]
	if _, dimension, yes := strings.Cut(m[2], "dimensions/"); yes {
		return path + ".dim_" + dimension
	}
	if m[2] == "weight" {
		return path + ".weight"
	}
	if m[3] == "" {
		return path + ".items"
	}
	field := m[4]
	if own := map[string]string{"price": "value", "origin_country": "origin_country", "hs_code": "hs_code", "weight": "weight"}[field]; own != "" {
		field = own
	}
	return path + ".items." + m[3] + "." + field
}
