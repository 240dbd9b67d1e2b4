// Package courier says what a courier is to Packbench: a descriptor from which forms, rules and screens are made, and
// an adapter that books, cancels and tracks. It knows no courier by name.
package courier

import (
	"context"
	"encoding/json"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
)

// Key names a courier in routes and records, case-sensitive: "OwnFleet".
type Key string

// FieldKind is how a credential or option field is entered.
type FieldKind string

// The kinds of field. Secret values are sealed and shown masked.
const (
	Text   FieldKind = "text"
	Secret FieldKind = "secret"
	Number FieldKind = "number" // whole number as decimal digits
	Bool   FieldKind = "bool"   // "true" or "false"
	Choice FieldKind = "choice"
	URL    FieldKind = "url"
)

// Option is one value of a Choice field.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Field describes one field of a form. Lengths are counted in characters; 0 means no bound.
type Field struct {
	Key         string    `json:"key"`
	Label       string    `json:"label"`
	Kind        FieldKind `json:"kind"`
	Required    bool      `json:"required"`
	MinLength   int       `json:"min_length,omitempty"`
	MaxLength   int       `json:"max_length,omitempty"`
	Pattern     string    `json:"pattern,omitempty"`      // RE2 and ECMAScript both read it; anchored by itself
	PatternHint string    `json:"pattern_hint,omitempty"` // what the pattern wants, as words: "7 to 10 digits"
	Options     []Option  `json:"options,omitempty"`
	Default     string    `json:"default,omitempty"`
	Help        string    `json:"help,omitempty"`
	Where       string    `json:"where,omitempty"` // where the user finds the value
}

// ServiceOffer is one service a courier sells. Code is the courier's own, PresetCode the system preset's dc_service_id.
type ServiceOffer struct {
	Code        string `json:"code"`
	PresetCode  string `json:"preset_code"`
	Name        string `json:"name"`
	Description string `json:"description"`
	LeadDays    int    `json:"lead_days"` // working days until delivery; 0 is the same day
}

// Format is a label's file format; Size its stock.
type Format string

// Size is a label's stock size.
type Size string

// Formats and sizes of labels (reference: voila-api §2).
const (
	PDF Format = "pdf"
	ZPL Format = "zpl"
	PNG Format = "png"

	Size4x6 Size = "4x6" // 101.6 × 152.4 mm
	SizeA6  Size = "A6"  // 105 × 148 mm
	SizeA4  Size = "A4"
)

// Capabilities says what a courier can do; screens and routes follow it.
type Capabilities struct {
	Cancel       bool `json:"cancel"`
	Track        bool `json:"track"`
	Find         bool `json:"find"` // a purchase can be looked up by our reference
	Manifest     bool `json:"manifest"`
	WholeDay     bool `json:"whole_day"` // a manifest closes all that is open at the courier, not a choice of it
	Price        bool `json:"price"`     // tells prices before anything is bought
	PickupPoints bool `json:"pickup_points"`
	Collection   bool `json:"collection"`
	Customs      bool `json:"customs"`  // takes customs data electronically
	Relabel      bool `json:"relabel"`  // can give the label again in another format
	Forwards     bool `json:"forwards"` // an upstream: carries couriers that have no adapter here (Consignment.Forward)
}

// Limits are the courier's own bounds, in characters, grams, millimetres; 0 means none known.
type Limits struct {
	Name         int                 `json:"name"`
	AddressLine  int                 `json:"address_line"`
	City         int                 `json:"city"`
	Postcode     int                 `json:"postcode"`
	Reference    int                 `json:"reference"`
	Parcels      int                 `json:"parcels"`
	ParcelWeight measure.Grams       `json:"parcel_weight"`
	ParcelLength measure.Millimetres `json:"parcel_length"`
	PhoneNeeded  bool                `json:"phone_needed"`
	EmailNeeded  bool                `json:"email_needed"`
}

// Contract names the document an adapter was checked against, and its version: "Click & Drop API" "v1". Zero: none.
type Contract struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Descriptor is everything Packbench knows of a courier without asking it.
type Descriptor struct {
	Key          Key            `json:"key"`
	Name         string         `json:"name"`
	Initials     string         `json:"initials"` // two letters for the tile
	Description  string         `json:"description"`
	Website      string         `json:"website"`
	Local        bool           `json:"local"` // booking has no effect outside this machine
	Checked      Contract       `json:"checked"`
	Fields       []Field        `json:"fields"`
	Options      []Field        `json:"options"` // what shipment.courier may carry (courier-specifics)
	Services     []ServiceOffer `json:"services"`
	Formats      []Format       `json:"formats"`
	Sizes        []Size         `json:"sizes"`
	Capabilities Capabilities   `json:"capabilities"`
	Limits       Limits         `json:"limits"`

	// Together says what is wrong with credential fields as a whole, each of which is right alone: a range that ends
	// before it begins. Paths are field keys. nil where there is nothing to say.
	Together func(values map[string]string) []errs.Field `json:"-"`

	// Named gives a service the name it has with an order's options, where these say what is bought. nil: the options change
	// nothing of it.
	Named func(service ServiceOffer, options map[string]string) string `json:"-"`
}

// Service gives the service of a code.
func (d *Descriptor) Service(code string) (ServiceOffer, bool) {
	for _, s := range d.Services {
		if s.Code == code {
			return s, true
		}
	}
	return ServiceOffer{}, false
}

// Credentials are a registered auth's opened fields for one call. It prints as nothing: the fields stand behind a
// function, because fmt asks no method of an unexported field and would print what is in it.
type Credentials struct{ get func(key string) string }

// NewCredentials wraps opened fields.
func NewCredentials(values map[string]string) Credentials {
	return Credentials{get: func(key string) string { return values[key] }}
}

// Get gives a field's value, "" when it is not set.
func (c Credentials) Get(key string) string {
	if c.get == nil {
		return ""
	}
	return c.get(key)
}

// String keeps credentials out of logs.
func (c Credentials) String() string { return "[credentials]" }

// GoString keeps credentials out of logs.
func (c Credentials) GoString() string { return "[credentials]" }

// MarshalJSON keeps credentials out of payloads.
func (c Credentials) MarshalJSON() ([]byte, error) { return []byte(`"[credentials]"`), nil }

// Access is what every call to a courier acts with. AuthID names the registered auth, whose number series the courier
// may keep.
type Access struct {
	AuthID      string
	Testing     bool
	Credentials Credentials
}

// Step is one thing a connection check proved, with how long it took.
type Step struct {
	Text string        `json:"text"`
	Took time.Duration `json:"took"`
}

// Verdict is the result of a connection check that proved the credentials. Warnings are told beside it.
type Verdict struct {
	Steps    []Step   `json:"steps"`
	Warnings []string `json:"warnings"`
}

// Adapter is the least every courier can do. Its errors follow one rule, on which the safety of money rests:
// Rejected means the courier refused and nothing was bought; Unavailable means it is proven that nothing was sent;
// Invalid names fields before anything is sent; every other error of Book means the outcome is not known.
type Adapter interface {
	// Descriptor gives the courier's description; it never changes while the program runs.
	Descriptor() *Descriptor
	// Check proves the credentials with a call that costs nothing. It returns Rejected with the courier's words, or
	// Unavailable.
	Check(ctx context.Context, access Access) (Verdict, error)
	// Book buys a label for the consignment.
	Book(ctx context.Context, access Access, c Consignment) (Booked, error)
}

// Canceller is an adapter that can cancel at the courier (Capabilities.Cancel).
type Canceller interface {
	// Cancel voids a booked consignment. Conflict says in the courier's words why it is too late.
	Cancel(ctx context.Context, access Access, b Reference) error
}

// Finder is an adapter that can look a purchase up by our reference (Capabilities.Find).
type Finder interface {
	// Find gives what was bought under our reference; found false proves that nothing was.
	Find(ctx context.Context, access Access, c Consignment) (b Booked, found bool, err error)
}

// Tracker is an adapter that can ask the courier where a parcel is (Capabilities.Track).
type Tracker interface {
	// Track gives the events known of a tracking code, oldest first.
	Track(ctx context.Context, access Access, trackingCode, postcode string) ([]Event, error)
}

// Topic is something that an upstream tells of a courier.
type Topic string

// The topics, by the names of their routes.
const (
	TopicPresets   Topic = "presets"
	TopicMyPresets Topic = "my-presets"
	TopicSpecifics Topic = "courier-specifics"
)

// Forwarder is an upstream: it carries couriers that have no adapter here (Capabilities.Forwards). What it is asked for
// stands in Consignment.Forward.
type Forwarder interface {
	// Told gives what it tells of a courier, as JSON. Rejected in its words; Unavailable.
	Told(ctx context.Context, access Access, key Key, what Topic) (json.RawMessage, error)
}

// Relabeller is an adapter that can give a label again in another format (Capabilities.Relabel). It buys nothing.
type Relabeller interface {
	Relabel(ctx context.Context, access Access, c Consignment, b Reference) (Label, []Warning, error)
}

// Manifester is an adapter whose courier wants to be told when the day's parcels are handed over
// (Capabilities.Manifest).
type Manifester interface {
	// Manifest closes the day. Rejected says in the courier's words why not, or that there is nothing to close. Unclear: it
	// is not known whether it was closed; it may be asked for again, because what is closed is not closed twice.
	Manifest(ctx context.Context, access Access, day Day) (Manifest, error)
}

// Day is what a manifest closes. AtMs is Unix ms UTC.
type Day struct {
	AtMs      int64
	Shipments []Reference // booked with the auth, not cancelled, not closed before
}

// Manifest is what a courier gives for a closed day. Paper is a PDF, empty where there is none or not yet.
type Manifest struct {
	Number string
	Paper  []byte
}

// Reference is how a booked consignment is named to its courier. Status is the tracking status now.
type Reference struct {
	ShipmentID    string
	CourierRef    string
	TrackingCodes []string
	Status        Status
}
