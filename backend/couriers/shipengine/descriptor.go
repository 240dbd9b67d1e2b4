package shipengine

import "packbench/backend/core/courier"

// Key is the courier's key in routes and records.
const Key courier.Key = "ShipEngine"

// The credential fields.
const (
	fieldKey      = "api_key"
	fieldCarrier  = "carrier_id"
	fieldPlatform = "platform"
)

// The options of an order.
const (
	optionService      = "service_code"
	optionCarrier      = "carrier_id"
	optionPackage      = "package_code"
	optionConfirmation = "confirmation"
	optionInsurance    = "insurance_provider"
	optionSaturday     = "saturday_delivery"
	optionServicePoint = "service_point_id"
	optionUndelivered  = "non_delivery"
)

const (
	// byCode is the service that leaves the choice to the order's service_code.
	byCode = "SERVICE"
	// sandbox begins the keys of ShipEngine's test environment, which is on the same host.
	sandbox = "TEST_"
	// carrierPattern is the shape of ShipEngine's ids.
	carrierPattern = "se(-[a-z0-9]+)+"
)

var descriptor = &courier.Descriptor{
	Key: Key, Name: "ShipEngine", Initials: "SE",
	Description: "ShipEngine and ShipStation API v2: USPS, UPS, FedEx, DHL and many others behind one key.",
	Website:     "https://www.shipengine.com",
	Checked:     courier.Contract{Name: "ShipEngine API", Version: "1.1.202604070904"},
	Fields: []courier.Field{
		{
			Key: fieldKey, Label: "API key", Kind: courier.Secret, Required: true, MinLength: 16, MaxLength: 200,
			Help:  "A sandbox key begins with TEST_ and buys test labels that cost nothing. Register it with Testing switched on, any other with Testing off.",
			Where: "In ShipEngine: API Management, or Sandbox for a test key. In ShipStation: Settings, Account, API Settings, version 2.",
		},
		{
			Key: fieldCarrier, Label: "Carrier account", Kind: courier.Text, Required: true, MaxLength: 25, Pattern: carrierPattern, PatternHint: "an id like se-123890",
			Help:  "The account that pays for labels, unless an order names another one. The connection check lists those of the key.",
			Where: "In ShipEngine: Connections, Carriers; the id stands under the carrier's name.",
		},
		{
			Key: fieldPlatform, Label: "Platform", Kind: courier.Choice, Default: platformEngine, Options: []courier.Option{
				{Value: platformEngine, Label: "ShipEngine"}, {Value: platformStation, Label: "ShipStation"},
			}, Help: "Where the key was made. Both speak the same language at different addresses.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionService, Label: "Service code", Kind: courier.Text, MaxLength: 100, Pattern: "[a-z0-9]+(_[a-z0-9-]+)*", PatternHint: "a code like ups_ground",
			Help: "Any service of your carriers, instead of the service's code.", Where: "In ShipEngine: Connections, Carriers, the carrier's services.",
		},
		{Key: optionCarrier, Label: "Carrier account", Kind: courier.Text, MaxLength: 25, Pattern: carrierPattern, PatternHint: "an id like se-123890", Help: "Another carrier account than the registered one."},
		{Key: optionPackage, Label: "Package code", Kind: courier.Text, MaxLength: 50, Pattern: "[a-z0-9]+(_[a-z0-9]+)*", PatternHint: "a code like flat_rate_envelope", Help: "The carrier's own packaging. Left empty: your own box."},
		{
			Key: optionConfirmation, Label: "Confirmation of delivery", Kind: courier.Choice, Options: []courier.Option{
				{Value: "none", Label: "None"}, {Value: "delivery", Label: "Delivery"}, {Value: "signature", Label: "Signature"}, {Value: "direct_signature", Label: "Direct signature"},
				{Value: "adult_signature", Label: "Adult signature"}, {Value: "age_verification_16_plus", Label: "Age 16 and above"},
			},
		},
		{
			Key: optionInsurance, Label: "Insurance", Kind: courier.Choice, Help: "Insures each parcel for its value.", Options: []courier.Option{
				{Value: "none", Label: "None"}, {Value: "carrier", Label: "The carrier's"}, {Value: "shipsurance", Label: "Shipsurance"}, {Value: "third_party", Label: "Of your own"},
			},
		},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionServicePoint, Label: "Service point", Kind: courier.Text, MaxLength: 50, Help: "The id of a point that the carrier delivers to."},
		{
			Key: optionUndelivered, Label: "If it can't be delivered abroad", Kind: courier.Choice, Default: "return_to_sender", Options: []courier.Option{
				{Value: "return_to_sender", Label: "Return it"}, {Value: "treat_as_abandoned", Label: "Abandon it"},
			},
		},
	},
	Services: []courier.ServiceOffer{
		{Code: byCode, PresetCode: "SE-SERVICE", Name: "Any service", Description: "The service that the order or the preset names by its code", LeadDays: 3},
		{Code: "usps_ground_advantage", PresetCode: "SE-USPS-GA", Name: "USPS Ground Advantage", Description: "Two to five working days within the United States", LeadDays: 4},
		{Code: "usps_priority_mail", PresetCode: "SE-USPS-PM", Name: "USPS Priority Mail", Description: "One to three working days within the United States", LeadDays: 2},
		{Code: "usps_priority_mail_express", PresetCode: "SE-USPS-PME", Name: "USPS Priority Mail Express", Description: "Next working day to most places", LeadDays: 1},
		{Code: "usps_priority_mail_international", PresetCode: "SE-USPS-PMI", Name: "USPS Priority Mail International", Description: "Abroad in six to ten working days", LeadDays: 8},
		{Code: "ups_ground", PresetCode: "SE-UPS-GROUND", Name: "UPS Ground", Description: "One to five working days within the United States", LeadDays: 3},
		{Code: "ups_2nd_day_air", PresetCode: "SE-UPS-2DA", Name: "UPS 2nd Day Air", Description: "Second working day", LeadDays: 2},
		{Code: "ups_next_day_air", PresetCode: "SE-UPS-NDA", Name: "UPS Next Day Air", Description: "Next working day", LeadDays: 1},
		{Code: "fedex_ground", PresetCode: "SE-FEDEX-GROUND", Name: "FedEx Ground", Description: "One to five working days within the United States", LeadDays: 3},
		{Code: "fedex_2day", PresetCode: "SE-FEDEX-2DAY", Name: "FedEx 2Day", Description: "Second working day", LeadDays: 2},
		{Code: "dhl_express_worldwide", PresetCode: "SE-DHLX-WW", Name: "DHL Express Worldwide", Description: "Abroad by air", LeadDays: 2},
	},
	Formats:      []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:        []courier.Size{courier.Size4x6, courier.SizeA6, courier.SizeA4},
	Capabilities: courier.Capabilities{Cancel: true, Track: true, Find: true, Manifest: true, Price: true, Customs: true, Relabel: true},
}
