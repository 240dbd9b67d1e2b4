package ups

import (
	"packbench/backend/core/courier"
)

// Key is the courier's key in routes and records.
const Key courier.Key = "UPSv2"

// The credential fields.
const (
	fieldID      = "client_id"
	fieldSecret  = "client_secret"
	fieldAccount = "account_number"
)

// The options of an order.
const (
	optionPackaging = "packaging"
	optionSignature = "signature"
	optionSaturday  = "saturday"
	optionHome      = "residential"
	optionDeclared  = "declared_value"
	optionNotify    = "email_notification"
	optionInvoice   = "electronic_invoice"
)

// Values of optionSignature.
const (
	signed = "signature"
	adult  = "adult"
)

var descriptor = &courier.Descriptor{
	Key: Key, Name: "UPS", Initials: "UP",
	Description: "UPS with your own account number: parcels at home, in Europe and all over the world.",
	Website:     "https://developer.ups.com",
	Checked:     courier.Contract{Name: "UPS Shipping, Tracking and OAuth APIs", Version: "v2409"},
	Fields: []courier.Field{
		{
			Key: fieldID, Label: "Client ID", Kind: courier.Text, Required: true, MinLength: 8, MaxLength: 100,
			Help:  "The same app serves UPS's test service and the live one: Testing decides which is asked.",
			Where: "At developer.ups.com: My Apps, the app, Credentials. The app needs the products Shipping and Tracking; for prices, Rating.",
		},
		{
			Key: fieldSecret, Label: "Client secret", Kind: courier.Secret, Required: true, MinLength: 8, MaxLength: 200,
			Where: "At developer.ups.com: My Apps, the app, Credentials, beside the Client ID.",
		},
		{
			Key: fieldAccount, Label: "Account number", Kind: courier.Text, Required: true, MinLength: 6, MaxLength: 6,
			Pattern: "[A-Za-z0-9]{6}", PatternHint: "6 letters and digits",
			Help:  "Parcels are charged to it. It has to be added to the app.",
			Where: "On a UPS invoice, or at ups.com: Profile, Accounts and Payment.",
		},
	},
	Options: []courier.Field{
		{
			Key: optionPackaging, Label: "Packaging", Kind: courier.Choice, Default: "02", Options: []courier.Option{
				{Value: "02", Label: "Own packaging"}, {Value: "01", Label: "UPS Letter"}, {Value: "03", Label: "Tube"}, {Value: "04", Label: "PAK"},
				{Value: "21", Label: "UPS Express Box"}, {Value: "2a", Label: "Small Express Box"}, {Value: "2b", Label: "Medium Express Box"},
				{Value: "2c", Label: "Large Express Box"}, {Value: "24", Label: "UPS 25 kg Box"}, {Value: "25", Label: "UPS 10 kg Box"},
			},
		},
		{
			Key: optionSignature, Label: "Signature on delivery", Kind: courier.Choice, Options: []courier.Option{
				{Value: signed, Label: "Anybody"}, {Value: adult, Label: "An adult"},
			},
		},
		{Key: optionSaturday, Label: "Saturday delivery", Kind: courier.Bool},
		{Key: optionHome, Label: "Private address", Kind: courier.Bool, Help: "The recipient lives there. UPS charges such addresses otherwise."},
		{Key: optionDeclared, Label: "Declare the value", Kind: courier.Bool, Help: "UPS is liable for the value of each parcel, for a charge."},
		{Key: optionNotify, Label: "E-mail to the recipient", Kind: courier.Bool, Help: "UPS writes when the parcel is sent."},
		{
			Key: optionInvoice, Label: "Commercial invoice by UPS", Kind: courier.Bool, Default: "true",
			Help: "Abroad, UPS makes the invoice from the parcel's items and passes it on without paper where the account has UPS Paperless Invoice.",
		},
	},
	Services: []courier.ServiceOffer{
		{Code: "11", PresetCode: "UPS-11", Name: "UPS Standard", Description: "By road within a country and in Europe", LeadDays: 2},
		{Code: "65", PresetCode: "UPS-65", Name: "UPS Express Saver", Description: "Next working day at home, one to three abroad", LeadDays: 1},
		{Code: "07", PresetCode: "UPS-07", Name: "UPS Express", Description: "Next working day before noon at home, one to three abroad", LeadDays: 1},
		{Code: "74", PresetCode: "UPS-74", Name: "UPS Express 12:00", Description: "Next working day before noon, in some countries of Europe", LeadDays: 1},
		{Code: "54", PresetCode: "UPS-54", Name: "UPS Express Plus", Description: "Next working day early in the morning", LeadDays: 1},
		{Code: "08", PresetCode: "UPS-08", Name: "UPS Expedited", Description: "Abroad in two to five working days", LeadDays: 4},
		{Code: "70", PresetCode: "UPS-70", Name: "UPS Access Point Economy", Description: "By road to a UPS Access Point", LeadDays: 3},
		{Code: "03", PresetCode: "UPS-03", Name: "UPS Ground", Description: "United States: one to five working days", LeadDays: 4},
		{Code: "12", PresetCode: "UPS-12", Name: "UPS 3 Day Select", Description: "United States: three working days", LeadDays: 3},
		{Code: "02", PresetCode: "UPS-02", Name: "UPS 2nd Day Air", Description: "United States: two working days", LeadDays: 2},
		{Code: "59", PresetCode: "UPS-59", Name: "UPS 2nd Day Air A.M.", Description: "United States: two working days, before noon", LeadDays: 2},
		{Code: "13", PresetCode: "UPS-13", Name: "UPS Next Day Air Saver", Description: "United States: next working day, in the afternoon", LeadDays: 1},
		{Code: "01", PresetCode: "UPS-01", Name: "UPS Next Day Air", Description: "United States: next working day, before noon", LeadDays: 1},
		{Code: "14", PresetCode: "UPS-14", Name: "UPS Next Day Air Early", Description: "United States: next working day, early in the morning", LeadDays: 1},
	},
	// ZPL as UPS makes it; PDF and PNG are made from UPS's picture, which is a GIF on its side.
	Formats:      []courier.Format{courier.ZPL, courier.PDF, courier.PNG},
	Sizes:        []courier.Size{courier.Size4x6},
	Capabilities: courier.Capabilities{Cancel: true, Find: true, Track: true, Price: true, Customs: true, Relabel: true},
	// A postcode of the United States has a hyphen, which is left out; else nine characters are the most.
	Limits: courier.Limits{Name: 35, AddressLine: 35, City: 30, Postcode: 10, Reference: 35, Parcels: 200, ParcelWeight: 70_000, ParcelLength: 2700},
}
