package royalmail

import (
	"encoding/json"
	"fmt"
	"strings"

	"packbench/backend/base/errs"
)

// What Royal Mail answers, as far as it is read.

type order struct {
	ID        int64    `json:"orderIdentifier"`
	Reference string   `json:"orderReference"`
	Tracking  string   `json:"trackingNumber"`
	Packages  []parcel `json:"packages"`
}

type parcel struct {
	Tracking string `json:"trackingNumber"`
}

type createdOrder struct {
	order
	Label       string  `json:"label"` // base64
	LabelErrors []fault `json:"labelErrors"`
}

type created struct {
	CreatedOrders []createdOrder `json:"createdOrders"`
	FailedOrders  []failedOrder  `json:"failedOrders"`
}

type failedOrder struct {
	Errors []struct {
		Code    json.Number `json:"errorCode"`
		Message string      `json:"errorMessage"`
		Fields  []struct {
			Name  string `json:"fieldName"`
			Value string `json:"value"`
		} `json:"fields"`
	} `json:"errors"`
}

type ordersPage struct {
	Orders []order `json:"orders"`
	Next   string  `json:"continuationToken"`
}

// fault is an error in the shapes that Royal Mail gives it.
type fault struct {
	Code        any    `json:"code"`
	Message     string `json:"message"`
	Description string `json:"description"`
}

func joined(list []fault) string {
	var texts []string
	for _, f := range list {
		text := f.Message
		if text == "" {
			text = f.Description
		}
		if text == "" && f.Code != nil {
			text = fmt.Sprintf("code %v", f.Code)
		}
		if text != "" {
			texts = append(texts, strings.TrimSpace(text))
		}
	}
	return strings.Join(texts, " ")
}

// told gives a failed order's reasons, and which fields of ours they are about.
func (f failedOrder) told() (words string, fields []errs.Field) {
	var texts []string
	for _, e := range f.Errors {
		texts = append(texts, strings.TrimSpace(e.Message))
		for _, field := range e.Fields {
			if path := ours(field.Name); path != "" {
				fields = append(fields, errs.Field{Path: path, Message: e.Message})
			}
		}
	}
	return strings.Join(texts, " "), fields
}

// ours gives the order's field that a field of Royal Mail's is filled from, "" where there is none.
func ours(name string) string {
	name = strings.ToLower(name[strings.LastIndex(name, ".")+1:])
	return map[string]string{
		"fullname": "shipment.ship_to.name", "companyname": "shipment.ship_to.company_name", "addressline1": "shipment.ship_to.address_1",
		"addressline2": "shipment.ship_to.address_2", "addressline3": "shipment.ship_to.address_3", "city": "shipment.ship_to.city",
		"county": "shipment.ship_to.county", "postcode": "shipment.ship_to.postcode", "countrycode": "shipment.ship_to.country_iso",
		"phonenumber": "shipment.ship_to.phone", "emailaddress": "shipment.ship_to.email", "weightingrams": "shipment.parcels.0.weight",
		"servicecode": "shipment.dc_service_id", "packageformatidentifier": "shipment.courier." + optionFormat,
		"safeplace": "shipment.courier." + optionSafePlace,
	}[name]
}
