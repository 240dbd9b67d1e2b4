package courier

import (
	"encoding/json"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

// Item is one line of a parcel's contents. Value and Weight are of one piece.
type Item struct {
	Description         string        `json:"description"`
	ExtendedDescription string        `json:"extended_description,omitempty"`
	Quantity            int64         `json:"quantity"`
	Value               money.Amount  `json:"value"`
	Weight              measure.Grams `json:"weight_g"`
	SKU                 string        `json:"sku,omitempty"`
	HSCode              string        `json:"hs_code,omitempty"`
	Origin              string        `json:"origin_country,omitempty"` // ISO 3166-1 alpha-2: where it was made
	ImageURL            string        `json:"image_url,omitempty"`
}

// Parcel is one box. Weight is the whole of it, packaging included.
type Parcel struct {
	Weight    measure.Grams       `json:"weight_g"`
	Length    measure.Millimetres `json:"length_mm"`
	Width     measure.Millimetres `json:"width_mm"`
	Height    measure.Millimetres `json:"height_mm"`
	Value     money.Amount        `json:"value"`
	PackageID string              `json:"package_id,omitempty"`
	Items     []Item              `json:"items"`
}

// Forward says which courier an upstream is asked for (Capabilities.Forwards). It is zero where a courier is asked itself.
type Forward struct {
	Through Key             `json:"through"`           // the upstream
	Courier Key             `json:"courier"`           // the key in the order
	Company string          `json:"company,omitempty"` // which of the upstream's own logins with that courier; "" leaves it to the upstream
	Given   json.RawMessage `json:"given,omitempty"`   // shipment.courier as it came: what it may hold is the upstream's to say
}

// Consignment is what a courier is asked to carry: addresses, parcels, service and how the label shall look. ShipmentID
// is always sent to the courier as the reference a purchase can be looked up by.
type Consignment struct {
	ShipmentID           string            `json:"shipment_id"`
	Service              ServiceOffer      `json:"service"`
	From                 postal.Address    `json:"from"`
	To                   postal.Address    `json:"to"`
	Parcels              []Parcel          `json:"parcels"`
	Reference            string            `json:"reference,omitempty"`
	Reference2           string            `json:"reference_2,omitempty"`
	OrderID              string            `json:"order_id,omitempty"`
	DeliveryInstructions string            `json:"delivery_instructions,omitempty"`
	ParcelDescription    string            `json:"parcel_description,omitempty"`
	CreatedMs            int64             `json:"created_ms"`              // Unix ms UTC: when it was ordered
	CollectionMs         int64             `json:"collection_ms,omitempty"` // Unix ms UTC; 0 when not given
	Incoterms            string            `json:"incoterms,omitempty"`
	ReasonForExport      string            `json:"reason_for_export,omitempty"`
	ShippingCharge       money.Amount      `json:"shipping_charge"`
	Options              map[string]string `json:"options,omitempty"` // the descriptor's Options that were given
	Testing              bool              `json:"testing"`
	LabelFormat          Format            `json:"label_format"`
	LabelSize            Size              `json:"label_size"`
	LabelDPI             int               `json:"label_dpi"` // 203 or 300, for ZPL, PNG and bar widths
	Forward              Forward           `json:"forward,omitzero"`
}

// Weight gives the sum over parcels.
func (c Consignment) Weight() measure.Grams {
	var sum measure.Grams
	for _, p := range c.Parcels {
		sum += p.Weight
	}
	return sum
}

// Label is one label file: every parcel's label in order, a page each.
type Label struct {
	Format Format
	Size   Size
	DPI    int
	Bytes  []byte
}

// Warning tells of something that was done otherwise than asked, and where it was asked.
type Warning struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Booked is what a courier sold. TrackingCodes has one per parcel and is never empty.
type Booked struct {
	CourierRef    string
	TrackingCodes []string
	TrackingURLs  []string // one per code, or none
	Label         Label
	Papers        []Paper      // what the courier made beside the label
	Price         money.Amount // zero when the courier gives none
	CancelUntilMs int64        // 0: until collected
	Raw           []byte       // the courier's own answer, secrets removed
	Warnings      []Warning
}
