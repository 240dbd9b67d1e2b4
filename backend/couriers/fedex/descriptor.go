package fedex

import (
	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// Key is the courier's key in routes and records.
const Key courier.Key = "FedexV2"

// The credential fields.
const (
	fieldKey         = "api_key"
	fieldSecret      = "secret_key"
	fieldAccount     = "account_number"
	fieldTrackKey    = "track_api_key"
	fieldTrackSecret = "track_secret_key"
)

// The options of an order.
const (
	optionPackaging = "packaging"
	optionPickup    = "pickup"
	optionSignature = "signature"
	optionSaturday  = "saturday"
	optionHome      = "residential"
	optionDeclared  = "declared_value"
	optionNotify    = "email_notification"
	optionInvoice   = "electronic_invoice"
)

const ownPackaging = "YOUR_PACKAGING"

var descriptor = &courier.Descriptor{
	Key: Key, Name: "FedEx", Initials: "FX",
	Description: "FedEx with your own account number. Live labels need FedEx's approval of a sample first.",
	Website:     "https://developer.fedex.com",
	Checked:     courier.Contract{Name: "FedEx Ship, Rate and Track APIs", Version: "1.0.0"},
	Fields: []courier.Field{
		{
			Key: fieldKey, Label: "API key", Kind: courier.Text, Required: true, MinLength: 8, MaxLength: 100,
			Help: "A project has test keys and production keys: register each by itself. Before production keys may buy, FedEx wants to see sample " +
				"labels and takes up to five days.",
			Where: "At developer.fedex.com: My Projects, the project with Ship API (for prices, Rates and Transit Times API too), Project overview.",
		},
		{
			Key: fieldSecret, Label: "Secret key", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 200,
			Help:  "FedEx shows it once, when it is made.",
			Where: "At developer.fedex.com: My Projects, the project, beside the API key.",
		},
		{
			Key: fieldAccount, Label: "Account number", Kind: courier.Text, Required: true, MinLength: 9, MaxLength: 9,
			Pattern: "[0-9]{9}", PatternHint: "9 digits",
			Help:  "Shipments are charged to it. The test keys come with a number of their own.",
			Where: "On a FedEx invoice; the one for tests stands beside the test keys.",
		},
		{
			Key: fieldTrackKey, Label: "API key for tracking", Kind: courier.Text, MinLength: 8, MaxLength: 100,
			Help:  "Only where tracking is a project of its own, as FedEx often makes it.",
			Where: "At developer.fedex.com: My Projects, the project with Track API.",
		},
		{Key: fieldTrackSecret, Label: "Secret key for tracking", Kind: courier.Secret, MinLength: 8, MaxLength: 200, Where: "Beside the API key for tracking."},
	},
	Together: func(values map[string]string) []errs.Field {
		if (values[fieldTrackKey] == "") == (values[fieldTrackSecret] == "") {
			return nil
		}
		missing := fieldTrackKey
		if values[fieldTrackSecret] == "" {
			missing = fieldTrackSecret
		}
		return []errs.Field{{Path: missing, Message: "The keys for tracking come as a pair: give both, or neither."}}
	},
	Options: []courier.Field{
		{
			Key: optionPackaging, Label: "Packaging", Kind: courier.Choice, Default: ownPackaging, Options: []courier.Option{
				{Value: ownPackaging, Label: "Own packaging"}, {Value: "FEDEX_ENVELOPE", Label: "FedEx Envelope"}, {Value: "FEDEX_PAK", Label: "FedEx Pak"},
				{Value: "FEDEX_BOX", Label: "FedEx Box"}, {Value: "FEDEX_SMALL_BOX", Label: "FedEx Small Box"}, {Value: "FEDEX_MEDIUM_BOX", Label: "FedEx Medium Box"},
				{Value: "FEDEX_LARGE_BOX", Label: "FedEx Large Box"}, {Value: "FEDEX_TUBE", Label: "FedEx Tube"},
				{Value: "FEDEX_10KG_BOX", Label: "FedEx 10 kg Box"}, {Value: "FEDEX_25KG_BOX", Label: "FedEx 25 kg Box"},
			},
		},
		{
			Key: optionPickup, Label: "Handed over", Kind: courier.Choice, Default: "USE_SCHEDULED_PICKUP", Options: []courier.Option{
				{Value: "USE_SCHEDULED_PICKUP", Label: "At the regular collection"}, {Value: "DROPOFF_AT_FEDEX_LOCATION", Label: "At a FedEx location"},
				{Value: "CONTACT_FEDEX_TO_SCHEDULE", Label: "At a collection arranged with FedEx"},
			},
		},
		{
			Key: optionSignature, Label: "Signature on delivery", Kind: courier.Choice, Options: []courier.Option{
				{Value: "NO_SIGNATURE_REQUIRED", Label: "None"}, {Value: "INDIRECT", Label: "Anybody, neighbours too"}, {Value: "DIRECT", Label: "Anybody at the address"},
				{Value: "ADULT", Label: "An adult"},
			},
		},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionHome, Label: "Private address", Kind: courier.Bool, Help: "The recipient lives there. FedEx charges such addresses otherwise."},
		{Key: optionDeclared, Label: "Declare the value", Kind: courier.Bool, Help: "FedEx is liable for the value of each parcel, for a charge."},
		{Key: optionNotify, Label: "E-mail to the recipient", Kind: courier.Bool},
		{
			Key: optionInvoice, Label: "Commercial invoice by FedEx", Kind: courier.Bool, Default: "true",
			Help: "Abroad, FedEx makes the invoice from the parcel's items and passes it on without paper (Electronic Trade Documents).",
		},
	},
	Services: []courier.ServiceOffer{
		{Code: "FEDEX_INTERNATIONAL_PRIORITY", PresetCode: "FX-IP", Name: "International Priority", Description: "Abroad in one to three working days", LeadDays: 2},
		{Code: "FEDEX_INTERNATIONAL_PRIORITY_EXPRESS", PresetCode: "FX-IPE", Name: "International Priority Express", Description: "Abroad in one to three working days, before noon", LeadDays: 2},
		{Code: "INTERNATIONAL_FIRST", PresetCode: "FX-IF", Name: "International First", Description: "Abroad, early in the morning", LeadDays: 2},
		{Code: "INTERNATIONAL_ECONOMY", PresetCode: "FX-IE", Name: "International Economy", Description: "Abroad in two to five working days", LeadDays: 4},
		{Code: "FEDEX_INTERNATIONAL_CONNECT_PLUS", PresetCode: "FX-ICP", Name: "International Connect Plus", Description: "Abroad to private addresses, two to five working days", LeadDays: 4},
		{Code: "FEDEX_REGIONAL_ECONOMY", PresetCode: "FX-RE", Name: "Regional Economy", Description: "Within Europe by road", LeadDays: 3},
		{Code: "FEDEX_PRIORITY", PresetCode: "FX-P", Name: "Priority", Description: "Within the country, next working day (outside the United States)", LeadDays: 1},
		{Code: "FEDEX_PRIORITY_EXPRESS", PresetCode: "FX-PE", Name: "Priority Express", Description: "Within the country, next working day before noon (outside the United States)", LeadDays: 1},
		{Code: "FEDEX_FIRST", PresetCode: "FX-F", Name: "First", Description: "Within the country, next working day early (outside the United States)", LeadDays: 1},
		{Code: "FEDEX_ECONOMY", PresetCode: "FX-E", Name: "Economy", Description: "Within the country by road (outside the United States)", LeadDays: 2},
		{Code: "FIRST_OVERNIGHT", PresetCode: "FX-FO", Name: "First Overnight", Description: "United States: next working day, early in the morning", LeadDays: 1},
		{Code: "PRIORITY_OVERNIGHT", PresetCode: "FX-PO", Name: "Priority Overnight", Description: "United States: next working day, in the morning", LeadDays: 1},
		{Code: "STANDARD_OVERNIGHT", PresetCode: "FX-SO", Name: "Standard Overnight", Description: "United States: next working day, in the afternoon", LeadDays: 1},
		{Code: "FEDEX_2_DAY_AM", PresetCode: "FX-2A", Name: "2Day A.M.", Description: "United States: two working days, in the morning", LeadDays: 2},
		{Code: "FEDEX_2_DAY", PresetCode: "FX-2D", Name: "2Day", Description: "United States: two working days", LeadDays: 2},
		{Code: "FEDEX_EXPRESS_SAVER", PresetCode: "FX-ES", Name: "Express Saver", Description: "United States: three working days", LeadDays: 3},
		{Code: "FEDEX_GROUND", PresetCode: "FX-G", Name: "Ground", Description: "United States and Canada: one to seven working days", LeadDays: 4},
		{Code: "GROUND_HOME_DELIVERY", PresetCode: "FX-HD", Name: "Home Delivery", Description: "United States: to private addresses, one to seven days", LeadDays: 4},
	},
	Formats: []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	// FedEx's other stocks are those of the United States: Letter, and rolls with a tab for papers.
	Sizes:        []courier.Size{courier.Size4x6},
	Capabilities: courier.Capabilities{Cancel: true, Track: true, Price: true, Customs: true},
	Limits: courier.Limits{
		Name: 70, AddressLine: 35, City: 35, Postcode: 10, Reference: 40, Parcels: 30, ParcelWeight: 68_000, ParcelLength: 2740, PhoneNeeded: true,
	},
}
