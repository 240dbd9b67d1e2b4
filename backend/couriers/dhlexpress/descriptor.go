package dhlexpress

import (
	"packbench/backend/core/courier"
)

// Key is the courier's key in routes and records.
const Key courier.Key = "DHL"

// The credential fields.
const (
	fieldKey     = "api_key"
	fieldSecret  = "api_secret"
	fieldAccount = "account_number"
)

// The options of an order.
const (
	optionSignature = "signature"
	optionSaturday  = "saturday"
	optionInsurance = "insurance"
	optionPaperless = "paperless_trade"
	optionWaybill   = "waybill_document"
	optionNotify    = "email_notification"
)

// Values of optionSignature.
const (
	signed = "signature"
	adult  = "adult"
)

var descriptor = &courier.Descriptor{
	Key: Key, Name: "DHL Express", Initials: "DH",
	Description: "MyDHL: DHL Express with your own account number. DHL Parcel and DHL eCommerce are other services.",
	Website:     "https://developer.dhl.com/api-reference/dhl-express-mydhl-api",
	Checked:     courier.Contract{Name: "MyDHL API", Version: "3.1.1"},
	Fields: []courier.Field{
		{
			Key: fieldKey, Label: "API key", Kind: courier.Text, Required: true, MinLength: 6, MaxLength: 100,
			Help:  "DHL gives one pair of keys for its test service and another for the live one. Register each by itself.",
			Where: "At developer.dhl.com: My Apps, the app with DHL Express - MyDHL API, API Key.",
		},
		{
			Key: fieldSecret, Label: "API secret", Kind: courier.Secret, Required: true, MinLength: 6, MaxLength: 200,
			Where: "At developer.dhl.com: My Apps, the app, API Secret, behind Show.",
		},
		{
			Key: fieldAccount, Label: "Account number", Kind: courier.Text, Required: true, MinLength: 9, MaxLength: 12,
			Pattern: "[0-9]{9,12}", PatternHint: "9 to 12 digits",
			Help:  "Shipments are charged to it.",
			Where: "On a DHL Express invoice, or from your contact at DHL Express.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionSignature, Label: "Signature on delivery", Kind: courier.Choice, Options: []courier.Option{
				{Value: signed, Label: "Anybody"}, {Value: adult, Label: "An adult"},
			},
		},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionInsurance, Label: "Insure the value", Kind: courier.Bool, Help: "Shipment insurance over the value of all parcels, for a charge."},
		{
			Key: optionPaperless, Label: "Paperless trade", Kind: courier.Bool, Default: "true",
			Help: "DHL makes the commercial invoice from the parcel's items and passes it on without paper. Switch it off where the country does not take that.",
		},
		{Key: optionWaybill, Label: "Waybill for the driver", Kind: courier.Bool, Help: "Prints the waybill document after the label."},
		{Key: optionNotify, Label: "E-mail to the recipient", Kind: courier.Bool},
	},
	Services: []courier.ServiceOffer{
		{Code: "P", PresetCode: "DHL-P", Name: "Express Worldwide", Description: "Goods abroad, by the end of the next possible working day", LeadDays: 2},
		{Code: "D", PresetCode: "DHL-D", Name: "Express Worldwide, documents", Description: "Documents abroad, by the end of the next possible working day", LeadDays: 2},
		{Code: "U", PresetCode: "DHL-U", Name: "Express Worldwide EU", Description: "Within the European Union, by the end of the next working day", LeadDays: 1},
		{Code: "N", PresetCode: "DHL-N", Name: "Express Domestic", Description: "Within the country, by the end of the next working day", LeadDays: 1},
		{Code: "1", PresetCode: "DHL-1", Name: "Express Domestic 12:00", Description: "Within the country, the next working day before noon", LeadDays: 1},
		{Code: "I", PresetCode: "DHL-I", Name: "Express Domestic 9:00", Description: "Within the country, the next working day before nine", LeadDays: 1},
		{Code: "Y", PresetCode: "DHL-Y", Name: "Express 12:00", Description: "Goods abroad, before noon", LeadDays: 2},
		{Code: "T", PresetCode: "DHL-T", Name: "Express 12:00, documents", Description: "Documents abroad, before noon", LeadDays: 2},
		{Code: "E", PresetCode: "DHL-E", Name: "Express 9:00", Description: "Goods abroad, before nine", LeadDays: 2},
		{Code: "K", PresetCode: "DHL-K", Name: "Express 9:00, documents", Description: "Documents abroad, before nine", LeadDays: 2},
		{Code: "H", PresetCode: "DHL-H", Name: "Economy Select", Description: "Goods abroad by road", LeadDays: 4},
		{Code: "W", PresetCode: "DHL-W", Name: "Economy Select EU", Description: "Within the European Union by road", LeadDays: 3},
	},
	Formats: []courier.Format{courier.PDF, courier.ZPL},
	// A6 fits stock of 4x6; DHL's contract names no label of that very size.
	Sizes:        []courier.Size{courier.SizeA6, courier.SizeA4},
	Capabilities: courier.Capabilities{Track: true, Price: true, Customs: true},
	Limits: courier.Limits{
		Name: 100, AddressLine: 45, City: 45, Postcode: 12, Reference: 35, Parcels: 999, ParcelWeight: 1_000_000, ParcelLength: 3000, PhoneNeeded: true,
	},
}

// documents reports whether a product carries documents alone, which customs does not want declared.
func documents(product string) bool { return product == "D" || product == "T" || product == "K" }
