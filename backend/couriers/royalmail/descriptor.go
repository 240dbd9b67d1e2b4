package royalmail

import (
	"packbench/backend/core/courier"
)

// Key is the courier's key in routes and records.
const Key courier.Key = "RoyalMailClickAndDrop"

// The credential fields.
const (
	fieldKey     = "api_key"
	fieldCarrier = "carrier_name"
)

// The options of an order.
const (
	optionService   = "service_code"
	optionFormat    = "package_format"
	optionSignature = "signature"
	optionSafePlace = "safe_place"
	optionSaturday  = "saturday"
	optionEmail     = "email_notification"
	optionSMS       = "sms_notification"
)

// byRules is the service that leaves the choice to the shipping rules of the Click & Drop account.
const byRules = "RULES"

var descriptor = &courier.Descriptor{
	Key: Key, Name: "Royal Mail", Initials: "RM",
	Description: "Click & Drop: Royal Mail's own service for business accounts. Labels need an online business account (OBA).",
	Website:     "https://www.royalmail.com/business/shipping/click-and-drop",
	Checked:     courier.Contract{Name: "Click & Drop API", Version: "v1 (1.0.0)"},
	Fields: []courier.Field{
		{
			Key: fieldKey, Label: "API key", Kind: courier.Secret, Required: true, MinLength: 16, MaxLength: 200,
			Help:  "Royal Mail has no test service: this key buys real postage. Register it with Testing switched off.",
			Where: "In Click & Drop: Settings, Integrations, Add a new integration, Click & Drop API. The key is on its page.",
		},
		{
			Key: fieldCarrier, Label: "Carrier name", Kind: courier.Text, MaxLength: 50,
			Help:  "Needed when the account has several carriers or posting locations: the name of the one to buy with. Else leave it empty.",
			Where: "In Click & Drop: Settings, Carriers. Write it as it stands there, like “Royal Mail OBA”.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionService, Label: "Service code", Kind: courier.Text, MaxLength: 10, Pattern: "[A-Z0-9]{1,10}", PatternHint: "capital letters and digits",
			Help: "A code of your own contract, instead of the service's.", Where: "In Click & Drop: Settings, Shipping services.",
		},
		{
			Key: optionFormat, Label: "Package format", Kind: courier.Choice, Default: "parcel", Options: []courier.Option{
				{Value: "letter", Label: "Letter"}, {Value: "largeLetter", Label: "Large letter"}, {Value: "smallParcel", Label: "Small parcel"},
				{Value: "mediumParcel", Label: "Medium parcel"}, {Value: "largeParcel", Label: "Large parcel"}, {Value: "parcel", Label: "Parcel"},
				{Value: "documents", Label: "Documents"},
			},
		},
		{Key: optionSignature, Label: "Signature on delivery", Kind: courier.Bool},
		{Key: optionSaturday, Label: "Guaranteed Saturday delivery", Kind: courier.Bool},
		{Key: optionSafePlace, Label: "Safe place", Kind: courier.Text, MaxLength: 90, Help: "Where the parcel may be left."},
		{Key: optionEmail, Label: "E-mail to the recipient", Kind: courier.Bool},
		{Key: optionSMS, Label: "Text message to the recipient", Kind: courier.Bool},
	},
	Services: []courier.ServiceOffer{
		{Code: "TPN", PresetCode: "RM-TPN", Name: "Tracked 24", Description: "Next working day, tracked", LeadDays: 1},
		{Code: "TPS", PresetCode: "RM-TPS", Name: "Tracked 48", Description: "Two to three working days, tracked", LeadDays: 2},
		{Code: "CRL1", PresetCode: "RM-CRL1", Name: "Royal Mail 24", Description: "Next working day", LeadDays: 1},
		{Code: "CRL2", PresetCode: "RM-CRL2", Name: "Royal Mail 48", Description: "Two to three working days", LeadDays: 2},
		{Code: "SD1", PresetCode: "RM-SD1", Name: "Special Delivery by 1pm", Description: "Next working day before 1pm, guaranteed", LeadDays: 1},
		{Code: "SD4", PresetCode: "RM-SD4", Name: "Special Delivery by 9am", Description: "Next working day before 9am, guaranteed", LeadDays: 1},
		{Code: "STL1", PresetCode: "RM-STL1", Name: "1st Class Account Mail", Description: "Next working day", LeadDays: 1},
		{Code: "STL2", PresetCode: "RM-STL2", Name: "2nd Class Account Mail", Description: "Two to three working days", LeadDays: 2},
		{Code: "MP1", PresetCode: "RM-MP1", Name: "International Tracked", Description: "Business parcel abroad, tracked", LeadDays: 5},
		{Code: "MTA", PresetCode: "RM-MTA", Name: "International Tracked & Signed", Description: "Business parcel abroad, tracked and signed for", LeadDays: 5},
		{Code: "MP5", PresetCode: "RM-MP5", Name: "International Signed", Description: "Business parcel abroad, signed for", LeadDays: 5},
		{Code: byRules, PresetCode: "RM-RULES", Name: "As Click & Drop decides", Description: "The shipping rules of the Click & Drop account choose the service", LeadDays: 2},
	},
	Formats: []courier.Format{courier.PDF},
	// The account's own "Label format" setting decides; the request can't. 4x6 is what label printers hold.
	Sizes:        []courier.Size{courier.Size4x6, courier.SizeA6, courier.SizeA4},
	Capabilities: courier.Capabilities{Cancel: true, Find: true, Manifest: true, WholeDay: true, Customs: true, Relabel: true},
	Limits:       courier.Limits{Name: 100, AddressLine: 100, City: 100, Postcode: 20, Parcels: 20, ParcelWeight: 30_000},
}
