package gls

import "packbench/backend/core/courier"

// Key is the courier's key in routes and records.
const Key courier.Key = "GLS"

// The credential fields.
const (
	fieldID      = "client_id"
	fieldSecret  = "client_secret"
	fieldContact = "contact_id"
)

// The options of an order.
const (
	optionFlex      = "flex_delivery"
	optionAddressee = "addressee_only"
	optionSignature = "signature"
	optionSaturday  = "saturday"
	optionDeposit   = "place_of_deposit"
	optionShop      = "parcel_shop"
	optionLiability = "addon_liability"
	optionLimited   = "limited_quantities"
	optionRecipient = "recipient"
	optionIncoterm  = "incoterm_code"
)

// sold is a service of ours as GLS takes it: a product, and the service that goes with it.
type sold struct{ product, service string }

var products = map[string]sold{
	"PARCEL": {"PARCEL", ""}, "PARCEL-24": {"PARCEL", "service_guaranteed24"}, "EXPRESS": {"EXPRESS", ""},
	"EXPRESS-0800": {"EXPRESS", "service_0800"}, "EXPRESS-0900": {"EXPRESS", "service_0900"}, "EXPRESS-1000": {"EXPRESS", "service_1000"},
	"EXPRESS-1200": {"EXPRESS", "service_1200"}, "EXPRESS-SAT-1000": {"EXPRESS", "service_saturday_1000"},
	"EXPRESS-SAT-1200": {"EXPRESS", "service_saturday_1200"}, "FREIGHT": {"FREIGHT", ""}, "PHARMA": {"PHARMA", ""}, "PHARMAPLUS": {"PHARMAPLUS", ""},
}

var descriptor = &courier.Descriptor{
	Key: Key, Name: "GLS", Initials: "GL",
	Description: "GLS ShipIT with your own GLS contract, for senders in most countries of Europe.",
	Website:     "https://dev-portal.gls-group.net",
	Checked:     courier.Contract{Name: "GLS ShipIT v1, Authentication v2 and Track And Trace", Version: "1.0.7"},
	Fields: []courier.Field{
		{
			Key: fieldID, Label: "Client ID", Kind: courier.Text, Required: true, MinLength: 8, MaxLength: 200,
			Help:  "Sandbox and production have apps of their own: register each by itself. The app needs ShipIT-Farm, and Track And Trace for tracking.",
			Where: "At dev-portal.gls-group.net: Apps, the app, Credentials (there: Key).",
		},
		{
			Key: fieldSecret, Label: "Client secret", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 200,
			Where: "At dev-portal.gls-group.net: Apps, the app, Credentials (there: Secret).",
		},
		{
			Key: fieldContact, Label: "Contact ID", Kind: courier.Text, Required: true, MinLength: 4, MaxLength: 40, Pattern: "[0-9A-Za-z]+", PatternHint: "letters and digits",
			Help:  "Says who sends and who is charged. It is proven by the first label.",
			Where: "In the letter from GLS that came with the contract, beside the customer number. For the sandbox, GLS gives a test one.",
		},
	},
	Options: []courier.Field{
		{Key: optionFlex, Label: "FlexDelivery", Kind: courier.Bool, Help: "GLS writes to the recipient, who may choose another day or place. Needs the recipient's e-mail."},
		{Key: optionAddressee, Label: "To the addressee only", Kind: courier.Bool},
		{Key: optionSignature, Label: "Signature on delivery", Kind: courier.Bool},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionDeposit, Label: "Place of deposit", Kind: courier.Text, MaxLength: 121, Help: "Where the parcel may be left without a signature."},
		{Key: optionShop, Label: "ParcelShop", Kind: courier.Text, MaxLength: 50, Help: "The number of a GLS ParcelShop, where the recipient gets the parcel."},
		{Key: optionLiability, Label: "Add-on liability", Kind: courier.Bool, Help: "GLS is liable for the value of each parcel, for a charge."},
		{Key: optionLimited, Label: "Limited quantities", Kind: courier.Bool, Help: "Dangerous goods in limited quantities."},
		{Key: optionRecipient, Label: "Recipient", Kind: courier.Choice, Options: []courier.Option{
			{Value: "BUSINESS", Label: "A business"}, {Value: "PRIVATE", Label: "A private person"},
		}},
		{
			Key: optionIncoterm, Label: "GLS Incoterm code", Kind: courier.Text, MinLength: 2, MaxLength: 2, Pattern: "[0-9]{2}", PatternHint: "2 digits",
			Help:  "Who pays duties abroad, where it is neither DDP (10) nor DAP (20).",
			Where: "In the customs annex of the contract with GLS.",
		},
	},
	Services: []courier.ServiceOffer{
		{Code: "PARCEL", PresetCode: "GLS-P", Name: "Parcel", Description: "Within the country in one or two working days, Europe in two to five", LeadDays: 2},
		{Code: "PARCEL-24", PresetCode: "GLS-P24", Name: "Parcel Guaranteed24", Description: "Next working day, guaranteed", LeadDays: 1},
		{Code: "EXPRESS", PresetCode: "GLS-E", Name: "Express", Description: "Next working day", LeadDays: 1},
		{Code: "EXPRESS-0800", PresetCode: "GLS-E08", Name: "Express by 8:00", Description: "Next working day by 8:00", LeadDays: 1},
		{Code: "EXPRESS-0900", PresetCode: "GLS-E09", Name: "Express by 9:00", Description: "Next working day by 9:00", LeadDays: 1},
		{Code: "EXPRESS-1000", PresetCode: "GLS-E10", Name: "Express by 10:00", Description: "Next working day by 10:00", LeadDays: 1},
		{Code: "EXPRESS-1200", PresetCode: "GLS-E12", Name: "Express by 12:00", Description: "Next working day by 12:00", LeadDays: 1},
		{Code: "EXPRESS-SAT-1000", PresetCode: "GLS-ES10", Name: "Express Saturday by 10:00", Description: "On Saturday by 10:00", LeadDays: 1},
		{Code: "EXPRESS-SAT-1200", PresetCode: "GLS-ES12", Name: "Express Saturday by 12:00", Description: "On Saturday by 12:00", LeadDays: 1},
		{Code: "FREIGHT", PresetCode: "GLS-F", Name: "Freight", Description: "Pallets and long goods, by road", LeadDays: 3},
		{Code: "PHARMA", PresetCode: "GLS-PH", Name: "Pharma", Description: "Medicines at a kept temperature", LeadDays: 1},
		{Code: "PHARMAPLUS", PresetCode: "GLS-PHP", Name: "Pharma Plus", Description: "Medicines at a kept temperature, with more care", LeadDays: 1},
	},
	Formats:      []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:        []courier.Size{courier.SizeA6},
	Capabilities: courier.Capabilities{Cancel: true, Find: true, Track: true, Relabel: true, Manifest: true},
	Limits: courier.Limits{
		Name: nameLength, AddressLine: nameLength, City: nameLength, Postcode: 10, Reference: 40, Parcels: 99, ParcelWeight: 99_000,
	},
}
