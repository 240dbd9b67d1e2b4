package ups

import (
	"cmp"
	"encoding/json"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/couriers/httpx"
)

// What UPS answers, as far as it is read.

type alert struct {
	Code  string `json:"Code"`
	Words string `json:"Description"`
}

type charge struct {
	Currency string `json:"CurrencyCode"`
	Value    string `json:"MonetaryValue"`
}

// form is what UPS made for customs of the declaration.
type form struct {
	Image struct {
		Image string `json:"GraphicImage"` // base64
	} `json:"Image"`
}

type results struct {
	Number     string `json:"ShipmentIdentificationNumber"`
	Negotiated struct {
		Total charge `json:"TotalCharge"`
	} `json:"NegotiatedRateCharges"`
	Charges struct {
		Total charge `json:"TotalCharges"`
	} `json:"ShipmentCharges"`
	Packages list[struct {
		Tracking string `json:"TrackingNumber"`
		Label    struct {
			Image string `json:"GraphicImage"` // base64
		} `json:"ShippingLabel"`
		Form form `json:"Form"`
	}] `json:"PackageResults"`
	Form form `json:"Form"`
}

type shipAnswer struct {
	Response struct {
		Response struct {
			Alerts list[alert] `json:"Alert"`
		} `json:"Response"`
		Results results `json:"ShipmentResults"`
	} `json:"ShipmentResponse"`
}

type voidAnswer struct {
	Response struct {
		Summary struct {
			Status alert `json:"Status"`
		} `json:"SummaryResult"`
	} `json:"VoidShipmentResponse"`
}

type recoverAnswer struct {
	Response *struct {
		Number string `json:"ShipmentIdentificationNumber"`
		Labels list[struct {
			Tracking string `json:"TrackingNumber"`
			Image    struct {
				Image string `json:"GraphicImage"` // base64
			} `json:"LabelImage"`
		}] `json:"LabelResults"`
		Candidates list[struct {
			Tracking string `json:"TrackingNumber"`
		}] `json:"TrackingCandidate"`
	} `json:"LabelRecoveryResponse"`
}

// list reads what UPS gives as a list, or as the one thing itself where there is one.
type list[T any] []T

func (l *list[T]) UnmarshalJSON(raw []byte) error {
	var many []T
	if err := json.Unmarshal(raw, &many); err == nil {
		*l = many
		return nil
	}
	var one T
	if err := json.Unmarshal(raw, &one); err != nil {
		if string(raw) == `""` { // an empty element
			*l = nil
			return nil
		}
		return err
	}
	*l = list[T]{one}
	return nil
}

// told gives what UPS says in an answer of failure, and which fields of the order it is about.
func told(a *httpx.Answer) (words string, fields []errs.Field) {
	var said struct {
		Response struct {
			Errors []struct {
				Code    string `json:"code"`
				Message string `json:"message"`
			} `json:"errors"`
		} `json:"response"`
	}
	if json.Unmarshal(a.Body, &said) != nil {
		return "", nil
	}
	var texts []string
	for _, e := range said.Response.Errors {
		text := strings.TrimSpace(cmp.Or(e.Message, "code "+e.Code))
		texts = append(texts, text)
		if path := ours(text); path != "" {
			fields = append(fields, errs.Field{Path: path, Message: text})
		}
	}
	return strings.Join(texts, " "), fields
}

// ours gives the field of the order that a sentence of UPS's is about, "" where it does not say. UPS names no fields: it
// writes them into its sentences, run together or apart.
func ours(sentence string) string {
	s := strings.ReplaceAll(strings.ToLower(sentence), " ", "")
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(s, p) {
				return true
			}
		}
		return false
	}
	side := ""
	switch {
	case has("shippernumber", "accountnumber"):
		return "auth." + fieldAccount
	case has("shipto", "consignee", "receiver", "soldto"):
		side = "shipment.ship_to."
	case has("shipfrom", "shipper"):
		side = "shipment.ship_from."
	}
	if side != "" {
		for _, noun := range []struct{ theirs, field string }{
			{"postalcode", "postcode"}, {"postcode", "postcode"}, {"state", "county"}, {"province", "county"}, {"phone", "phone"}, {"city", "city"},
			{"addressline", "address_1"}, {"country", "country_iso"}, {"email", "email"}, {"name", "name"},
		} {
			if has(noun.theirs) {
				return side + noun.field
			}
		}
	}
	switch {
	case has("packageweight", "weightexceeds", "invalidweight"):
		return "shipment.parcels.0.weight"
	case has("dimension", "packagelength"):
		return "shipment.parcels.0.dim_length"
	case has("packagingtype", "packagetype"):
		return "shipment.courier." + optionPackaging
	case has("saturday"):
		return "shipment.courier." + optionSaturday
	case has("service"):
		return "shipment.dc_service_id"
	}
	return ""
}
