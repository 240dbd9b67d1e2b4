package sendcloud

import "packbench/backend/core/courier"

// Key is the courier's key in routes and records.
const Key courier.Key = "Sendcloud"

// The credential fields.
const (
	fieldPublic = "public_key"
	fieldSecret = "secret_key"
)

// The options of an order.
const (
	optionCode         = "shipping_option_code"
	optionContract     = "contract_id"
	optionServicePoint = "service_point_id"
	optionPackage      = "package_type"
	optionExportType   = "export_type"
)

const (
	// letter is the shipping option that costs nothing and is carried by nobody: what a test auth may buy.
	letter = "sendcloud:letter"
	// byCode is the service that leaves the choice to the order's shipping_option_code.
	byCode = "OPTION"
)

// mostParcels is how many parcels one announcement takes.
const mostParcels = 15

var descriptor = &courier.Descriptor{
	Key: Key, Name: "Sendcloud", Initials: "SC",
	Description: "Many European carriers behind one key: PostNL, DPD, DHL, UPS and others, with Sendcloud's contracts or your own.",
	Website:     "https://www.sendcloud.com",
	Checked:     courier.Contract{Name: "Sendcloud API", Version: "v3 (3.0.0)"},
	Fields: []courier.Field{
		{
			Key: fieldPublic, Label: "Public key", Kind: courier.Text, Required: true, MinLength: 8, MaxLength: 100,
			Help:  "The first half of the key pair of an API integration.",
			Where: "In Sendcloud: Settings, Integrations, Sendcloud API, Connect. Both keys are shown when the integration is saved.",
		},
		{
			Key: fieldSecret, Label: "Secret key", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 100,
			Help:  "Sendcloud has no test service. With Testing switched on, only the free Unstamped letter can be bought with these keys.",
			Where: "Beside the public key. Sendcloud shows it once; make a new integration when it is lost.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionCode, Label: "Shipping option", Kind: courier.Text, MaxLength: 120, Pattern: `[a-z0-9_]+:[a-z0-9_/,=.:-]+`,
			PatternHint: "a code like postnl:standard/signature",
			Help:        "The code of any shipping option of your account, instead of the service's.",
			Where:       "In Sendcloud: Settings, Shipping options; the code stands beside each method.",
		},
		{
			Key: optionContract, Label: "Contract", Kind: courier.Number, MaxLength: 10,
			Help:  "The number of your own contract with the carrier. Left empty, Sendcloud takes the default one.",
			Where: "In Sendcloud: Settings, Carriers, My contracts.",
		},
		{
			Key: optionServicePoint, Label: "Service point", Kind: courier.Text, MaxLength: 20, Pattern: "[0-9]+", PatternHint: "Sendcloud's number of the service point",
			Help: "For options that deliver to a service point.",
		},
		{
			Key: optionPackage, Label: "Package type", Kind: courier.Choice, Help: "Pallet carriers and some others ask for it.", Options: []courier.Option{
				{Value: "package", Label: "Package"}, {Value: "letterbox", Label: "Letterbox"}, {Value: "tube", Label: "Tube"}, {Value: "bundle", Label: "Bundle"},
				{Value: "euro_pallet", Label: "Euro pallet"}, {Value: "half_pallet", Label: "Half pallet"}, {Value: "mini_pallet", Label: "Mini pallet"},
				{Value: "block_pallet", Label: "Block pallet"}, {Value: "one_way_pallet", Label: "One-way pallet"}, {Value: "over_size_pallet", Label: "Oversize pallet"},
			},
		},
		{
			Key: optionExportType, Label: "Kind of export", Kind: courier.Choice, Default: "commercial_b2c", Options: []courier.Option{
				{Value: "commercial_b2c", Label: "Sold to a person"}, {Value: "commercial_b2b", Label: "Sold to a company"}, {Value: "private", Label: "Private"},
			},
		},
	},
	Services: []courier.ServiceOffer{
		{Code: letter, PresetCode: "SC-LETTER", Name: "Unstamped letter", Description: "Free, for trying the connection: nobody carries it", LeadDays: 1},
		{Code: byCode, PresetCode: "SC-OPTION", Name: "Any shipping option", Description: "The shipping option that the order or the preset names by its code", LeadDays: 2},
		{Code: "postnl:standard", PresetCode: "SC-POSTNL", Name: "PostNL Standard", Description: "Next working day in the Netherlands", LeadDays: 1},
		{Code: "postnl:standard/signature", PresetCode: "SC-POSTNL-SIGN", Name: "PostNL Standard with signature", Description: "Next working day in the Netherlands, signed for", LeadDays: 1},
		{Code: "dpd:home", PresetCode: "SC-DPD-HOME", Name: "DPD Home", Description: "One to three working days, to the door", LeadDays: 2},
		{Code: "dhl_express:worldwide/incoterm=dap", PresetCode: "SC-DHLX-DAP", Name: "DHL Express Worldwide, DAP", Description: "Abroad by air; the recipient pays duties", LeadDays: 2},
	},
	Formats:      []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:        []courier.Size{courier.SizeA6, courier.SizeA4},
	Capabilities: courier.Capabilities{Cancel: true, Track: true, Find: true, Price: true, Customs: true, Relabel: true},
	Limits:       courier.Limits{Parcels: mostParcels},
}
