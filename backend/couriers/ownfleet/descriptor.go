package ownfleet

import (
	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
)

// Key is the courier's key in routes and records.
const Key courier.Key = "OwnFleet"

// The credential fields; none is needed.
const (
	fieldSSCC     = "sscc_prefix"
	fieldPrefix   = "number_prefix"
	fieldFrom     = "number_from"
	fieldTo       = "number_to"
	fieldTemplate = "tracking_url_template"

	placeholder = "{code}" // stands for the tracking code in the template
)

// The services.
const (
	sameDay    = "OF-SAMEDAY"
	nextDay    = "OF-NEXTDAY"
	collection = "OF-COLLECT"
)

var descriptor = &courier.Descriptor{
	Key: Key, Name: "Own fleet", Initials: "OF", Local: true,
	Description: "Your own vans, customer collection, or a local carrier that gives you a number range. Works without a network.",
	Fields: []courier.Field{
		{
			Key: fieldSSCC, Label: "GS1 company prefix", Kind: courier.Number, MinLength: 7, MaxLength: 10,
			Help:  "Labels get serial shipping container codes (SSCC) that no other company has. Leave it empty to use a number range, or Packbench's own numbers.",
			Where: "On the certificate from your GS1 organisation.",
		},
		{
			Key: fieldPrefix, Label: "Number prefix", Kind: courier.Text, MaxLength: 10, Pattern: "[A-Z0-9-]{1,10}",
			PatternHint: "capital letters, digits and hyphens",
			Help:        "Stands before each number of your range. One prefix is one run of numbers on this site, whichever account uses it.",
		},
		{
			Key: fieldFrom, Label: "First number", Kind: courier.Number, MaxLength: 17,
			Help: "The first number of the range that your carrier gave you.", Where: "In the letter or e-mail with your number range.",
		},
		{
			Key: fieldTo, Label: "Last number", Kind: courier.Number, MaxLength: 17,
			Help: "The last number of the range, with as many digits as the labels shall show.", Where: "In the letter or e-mail with your number range.",
		},
		{
			Key: fieldTemplate, Label: "Tracking page", Kind: courier.URL, MaxLength: 300, Pattern: `.*\{code\}.*`,
			PatternHint: "an https address with {code} where the tracking number goes",
			Help:        "The address of your own or your carrier's tracking page. Without it, Packbench shows what was scanned here.",
		},
	},
	Options: []courier.Field{},
	Services: []courier.ServiceOffer{
		{Code: sameDay, PresetCode: sameDay, Name: "Same day", Description: "Delivered by your own driver today", LeadDays: 0},
		{Code: nextDay, PresetCode: nextDay, Name: "Next day", Description: "Delivered by your own driver on the next working day", LeadDays: 1},
		{Code: collection, PresetCode: collection, Name: "Customer collection", Description: "Kept for the customer, who comes for it", LeadDays: 0},
	},
	Formats: []courier.Format{courier.PDF, courier.ZPL, courier.PNG},
	Sizes:   []courier.Size{courier.Size4x6, courier.SizeA6},
	// Track stays unset: there is nobody to ask. What is scanned here is the tracking.
	Capabilities: courier.Capabilities{Cancel: true, Relabel: true},
	Limits:       courier.Limits{Parcels: 99},
	Together: func(values map[string]string) []errs.Field {
		_, err := runOf(func(key string) string { return values[key] })
		if err == nil {
			return nil
		}
		return errs.As(err).Fields
	},
}
