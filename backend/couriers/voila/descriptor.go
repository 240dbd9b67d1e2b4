package voila

import "packbench/backend/core/courier"

// Key is the courier's key in routes and records.
const Key courier.Key = "Voila"

// The credential fields.
const (
	fieldUser  = "api_user"
	fieldToken = "api_token"
	fieldBase  = "base_url"
)

// The options of an order to Voila itself. An order for a courier that Voila carries needs none of them.
const (
	optionCourier = "courier"
	optionService = "service"
	optionCompany = "company"
)

// The hosts that Voila's API is served at. Its files are in Amazon's store, behind links that end.
const (
	host    = "app.heyvoila.io"
	oldHost = "production.courierapi.co.uk"
	files   = ".amazonaws.com"
)

// parcels is how many parcels one order takes.
const parcels = 99

var descriptor = &courier.Descriptor{
	Key: Key, Name: "Voila", Initials: "VO",
	Description: "Every courier of a Voila subscription. Orders for a courier that Packbench has no adapter of its own for go through it.",
	Website:     "https://heyvoila.io",
	Checked:     courier.Contract{Name: "Voila courier API guide", Version: "of March 2026, and programs that call it"},
	Fields: []courier.Field{
		{
			Key: fieldUser, Label: "API user", Kind: courier.Text, Required: true, MaxLength: 100,
			Help:  "The name of the API account, as it stands in Voila: spaces and capitals count.",
			Where: "In Voila: API Accounts, the name of the account.",
		},
		{
			Key: fieldToken, Label: "API token", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 200,
			Help:  "One token of that account. With Testing switched on, Voila uses the test logins of its couriers.",
			Where: "In Voila: API Accounts, the account, API tokens.",
		},
		{
			Key: fieldBase, Label: "Address", Kind: courier.Choice, Default: "https://" + host,
			Help: "Voila serves the same API at two addresses. Take the one your programs used.",
			Options: []courier.Option{
				{Value: "https://" + host, Label: host}, {Value: "https://" + oldHost, Label: oldHost},
			},
		},
	},
	Options: []courier.Field{
		{
			Key: optionCourier, Label: "Courier", Kind: courier.Text, Required: true, MaxLength: 60, Pattern: `[A-Za-z0-9][A-Za-z0-9._]*`,
			PatternHint: "a courier key like DPDLocal", Help: "The key of a courier in your Voila account; capitals count.",
			Where: "In Voila: Couriers. The connection check lists those that have a login.",
		},
		{
			Key: optionService, Label: "Service of that courier", Kind: courier.Text, Required: true, MaxLength: 100,
			Help: "The dc_service_id of a preset in your Voila account, like DPD-12.", Where: "In Voila: Couriers, the courier, Presets.",
		},
		{
			Key: optionCompany, Label: "Login of that courier", Kind: courier.Text, MaxLength: 100,
			Help: "Which of its logins Voila shall use (auth_company), where it has several.",
		},
	},
	Services: []courier.ServiceOffer{{
		Code: "PRESET", PresetCode: "VOILA-PRESET", Name: "A courier of Voila", LeadDays: 1,
		Description: "The courier and the service that the order or a preset names",
	}},
	Formats:      []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:        []courier.Size{courier.Size4x6, courier.SizeA6, courier.SizeA4},
	Capabilities: courier.Capabilities{Cancel: true, Track: true, Find: true, Customs: true, Relabel: true, Forwards: true},
	Limits:       courier.Limits{Parcels: parcels},
	Named: func(_ courier.ServiceOffer, options map[string]string) string {
		return options[optionCourier] + ", " + options[optionService]
	},
}
