package easypost

import "packbench/backend/core/courier"

// Key is the courier's key in routes and records.
const Key courier.Key = "EasyPost"

// The credential fields.
const (
	fieldKey     = "api_key"
	fieldAccount = "carrier_account"
)

// The options of an order.
const (
	optionService      = "service_code"
	optionConfirmation = "delivery_confirmation"
	optionSaturday     = "saturday_delivery"
	optionPackage      = "predefined_package"
	optionExport       = "eel_pfc"
	optionUndelivered  = "non_delivery"
)

// byCode is the service that leaves the choice to the order's service_code.
const byCode = "SERVICE"

const accountPattern = "ca_[0-9a-zA-Z]+"

var descriptor = &courier.Descriptor{
	Key: Key, Name: "EasyPost", Initials: "EP",
	Description: "USPS, UPS, FedEx, DHL and a hundred others behind one key. A shipment's price is known before its label is bought.",
	Website:     "https://www.easypost.com",
	Checked:     courier.Contract{Name: "EasyPost API", Version: "v2, recorded answers of 2024 and 2025"},
	Fields: []courier.Field{
		{
			Key: fieldKey, Label: "API key", Kind: courier.Secret, Required: true, MinLength: 16, MaxLength: 200,
			Help:  "A test key buys test labels that cost nothing. Register it with Testing switched on, the production key with Testing off.",
			Where: "In EasyPost: Account Settings, API Keys. Test and production keys stand beside each other.",
		},
		{
			Key: fieldAccount, Label: "Carrier account", Kind: courier.Text, MaxLength: 60, Pattern: accountPattern, PatternHint: "an id that begins with ca_",
			Help:  "Only this account's prices are asked for. Left empty, the cheapest of all accounts that have the service is taken.",
			Where: "In EasyPost: Carriers; the id stands beside each account.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionService, Label: "Service", Kind: courier.Text, MaxLength: 100, Pattern: "[A-Za-z0-9]+:[A-Za-z0-9_]+", PatternHint: "carrier and service, like UPS:Ground",
			Help: "Any service of your carriers, instead of the service's own.",
		},
		{
			Key: optionConfirmation, Label: "Confirmation of delivery", Kind: courier.Choice, Options: []courier.Option{
				{Value: "NO_SIGNATURE", Label: "No signature"}, {Value: "SIGNATURE", Label: "Signature"}, {Value: "ADULT_SIGNATURE", Label: "Adult signature"},
			},
		},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionPackage, Label: "Carrier's packaging", Kind: courier.Text, MaxLength: 60, Pattern: "[A-Za-z0-9]+", PatternHint: "a name like FlatRateEnvelope"},
		{
			Key: optionExport, Label: "Export filing (EEL/PFC)", Kind: courier.Text, MaxLength: 60, Default: "NOEEI 30.37(a)",
			Help: "From the United States: an exemption for lines of up to 2,500 USD, or the number of the filing.",
		},
		{
			Key: optionUndelivered, Label: "If it can't be delivered abroad", Kind: courier.Choice, Default: "return",
			Options: []courier.Option{{Value: "return", Label: "Return it"}, {Value: "abandon", Label: "Abandon it"}},
		},
	},
	Services: []courier.ServiceOffer{
		{Code: byCode, PresetCode: "EP-SERVICE", Name: "Any service", Description: "The service that the order or the preset names as carrier and service", LeadDays: 3},
		{Code: "USPS:GroundAdvantage", PresetCode: "EP-USPS-GA", Name: "USPS Ground Advantage", Description: "Two to five working days within the United States", LeadDays: 4},
		{Code: "USPS:Priority", PresetCode: "EP-USPS-PM", Name: "USPS Priority Mail", Description: "One to three working days within the United States", LeadDays: 2},
		{Code: "USPS:Express", PresetCode: "EP-USPS-PME", Name: "USPS Priority Mail Express", Description: "Next working day to most places", LeadDays: 1},
		{Code: "USPS:PriorityMailInternational", PresetCode: "EP-USPS-PMI", Name: "USPS Priority Mail International", Description: "Abroad in six to ten working days", LeadDays: 8},
		{Code: "UPS:Ground", PresetCode: "EP-UPS-GROUND", Name: "UPS Ground", Description: "One to five working days within the United States", LeadDays: 3},
		{Code: "UPS:2ndDayAir", PresetCode: "EP-UPS-2DA", Name: "UPS 2nd Day Air", Description: "Second working day", LeadDays: 2},
		{Code: "UPS:NextDayAir", PresetCode: "EP-UPS-NDA", Name: "UPS Next Day Air", Description: "Next working day", LeadDays: 1},
		{Code: "FedEx:FEDEX_GROUND", PresetCode: "EP-FEDEX-GROUND", Name: "FedEx Ground", Description: "One to five working days within the United States", LeadDays: 3},
		{Code: "FedEx:FEDEX_2_DAY", PresetCode: "EP-FEDEX-2DAY", Name: "FedEx 2Day", Description: "Second working day", LeadDays: 2},
	},
	Formats:      []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:        []courier.Size{courier.Size4x6},
	Capabilities: courier.Capabilities{Cancel: true, Track: true, Find: true, Manifest: true, Price: true, Customs: true, Relabel: true},
	Limits:       courier.Limits{Parcels: 1},
}
