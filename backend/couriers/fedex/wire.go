package fedex

import (
	"encoding/json"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// What FedEx answers, as far as it is read.

type alert struct {
	Code    string `json:"code"`
	Kind    string `json:"alertType"`
	Message string `json:"message"`
}

type paper struct {
	Content string `json:"contentType"`
	File    string `json:"encodedLabel"` // base64
}

type shipped struct {
	Master string `json:"masterTrackingNumber"`
	Pieces []struct {
		Master    string  `json:"masterTrackingNumber"`
		Tracking  string  `json:"trackingNumber"`
		Documents []paper `json:"packageDocuments"`
	} `json:"pieceResponses"`
	Papers    []paper `json:"shipmentDocuments"`
	Alerts    []alert `json:"alerts"`
	Completed struct {
		Rating struct {
			Rates []struct {
				Total    json.Number `json:"totalNetCharge"`
				Currency string      `json:"currency"`
			} `json:"shipmentRateDetails"`
		} `json:"shipmentRating"`
	} `json:"completedShipmentDetail"`
}

type shipAnswer struct {
	Output struct {
		Shipments []shipped `json:"transactionShipments"`
		Alerts    []alert   `json:"alerts"`
	} `json:"output"`
}

type cancelAnswer struct {
	Output struct {
		Cancelled *bool   `json:"cancelledShipment"`
		Message   string  `json:"message"`
		Alerts    []alert `json:"alerts"`
	} `json:"output"`
}

type cancellation struct {
	Account  numbered `json:"accountNumber"`
	Control  string   `json:"deletionControl"`
	Tracking string   `json:"trackingNumber"`
}

// told gives what FedEx says in an answer of failure, and which fields of the order it is about.
func told(a *httpx.Answer) (words string, fields []errs.Field) {
	var said struct {
		Errors []struct {
			Code    string          `json:"code"`
			Message json.RawMessage `json:"message"` // a text, but its contract leaves that open
		} `json:"errors"`
	}
	if json.Unmarshal(a.Body, &said) != nil {
		return "", nil
	}
	var texts []string
	for _, e := range said.Errors {
		var text string
		if json.Unmarshal(e.Message, &text) != nil || strings.TrimSpace(text) == "" {
			text = e.Code
		}
		text = strings.TrimSpace(text)
		texts = append(texts, text)
		if path := ours(e.Code); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: text})
		}
	}
	return strings.Join(texts, " "), fields
}

// ours gives the order's field that a code of FedEx's is about, like RECIPIENTS.POSTALCODE.INVALID, "" where it does not
// say.
func ours(code string) string {
	s := strings.NewReplacer(".", "", "_", "").Replace(strings.ToUpper(code))
	side := ""
	switch {
	case strings.Contains(s, "RECIPIENT"), strings.Contains(s, "DESTINATION"):
		side = "shipment.ship_to."
	case strings.Contains(s, "SHIPPER"), strings.Contains(s, "ORIGIN"):
		side = "shipment.ship_from."
	}
	if side != "" {
		for _, noun := range []struct{ theirs, field string }{
			{"POSTALCODE", "postcode"}, {"STATEORPROVINCE", "county"}, {"PHONE", "phone"}, {"CITY", "city"}, {"STREETLINE", "address_1"}, {"COUNTRY", "country_iso"},
			{"COMPANYNAME", "company_name"}, {"PERSONNAME", "name"}, {"EMAIL", "email"},
		} {
			if strings.Contains(s, noun.theirs) {
				return side + noun.field
			}
		}
	}
	for _, noun := range []struct{ theirs, path string }{
		{"ACCOUNTNUMBER", "auth." + fieldAccount}, {"SERVICETYPE", "shipment.dc_service_id"}, {"PACKAGINGTYPE", "shipment.courier." + optionPackaging},
		{"SIGNATURE", "shipment.courier." + optionSignature}, {"SATURDAY", "shipment.courier." + optionSaturday}, {"PICKUPTYPE", "shipment.courier." + optionPickup},
		{"WEIGHT", "shipment.parcels.0.weight"}, {"DIMENSION", "shipment.parcels.0.dim_length"}, {"COMMODIT", "shipment.parcels.0.items"}, {"SHIPDATE", "shipment.collection_date"},
	} {
		if strings.Contains(s, noun.theirs) {
			return noun.path
		}
	}
	return ""
}
