package document

import (
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
)

// PackingSlip is what a packing slip says. It shows no prices unless ShowPrices is set, and never for a gift. Empty
// fields are left out of the drawing.
type PackingSlip struct {
	Paper     Paper
	Language  Language
	Branding  Branding
	CreatedMs int64 // when the slip's shipment was made; the file's own date

	Number    string // the shipment's number
	Reference string // the order's reference
	Barcode   string // what the barcode says, printable ASCII: the reference or the shipment's number; "" for none
	OrderDate string
	ShipDate  string
	From, To  postal.Address

	Service       string // "Own fleet, next day"
	TrackingCodes []string
	ParcelIndex   int // 1 …; 0 when the slip is for the whole shipment
	ParcelCount   int
	Weight        measure.Grams // of the parcel or shipment the slip lies in

	Lines      []SlipLine
	ShowPrices bool
	Gift       bool
	GiftNote   string
	Message    string // what the business says to everybody; a gift's note stands in its place

	Instructions string
	Returns      string // how to send things back
}

// SlipLine is one article.
type SlipLine struct {
	SKU         string
	Description string
	Ordered     int64
	Shipped     int64
	UnitPrice   money.Amount // zero when not known
}

// Priced reports whether the slip shows prices.
func (s PackingSlip) Priced() bool { return s.ShowPrices && !s.Gift }

// Pieces adds up what was ordered and what is in the parcel.
func (s PackingSlip) Pieces() (ordered, shipped int64) {
	for _, line := range s.Lines {
		ordered += line.Ordered
		shipped += line.Shipped
	}
	return ordered, shipped
}

// Total adds up the prices of what is in the parcel. It returns an error where lines have two currencies.
func (s PackingSlip) Total() (money.Amount, error) {
	var total money.Amount
	for i, line := range s.Lines {
		sum, err := line.UnitPrice.Times(line.Shipped)
		if err == nil {
			total, err = total.Add(sum)
		}
		if err != nil {
			return money.Amount{}, errs.OnField(fmt.Sprintf("lines.%d.unit_price", i), "%s", err)
		}
	}
	return total, nil
}

// maxLines and maxPieces bound what is drawn: far beyond any parcel, and short of a machine's memory.
const (
	maxLines  = 10_000
	maxPieces = 1_000_000_000
)

// Validate returns errs.Invalid with every field that makes the slip impossible to draw or untrue.
func (s PackingSlip) Validate() error {
	var wrong fields
	wrong.paper(s.Paper, Papers...)
	wrong.language(s.Language)
	wrong.branding(s.Branding)
	wrong.lines(len(s.Lines))
	for i, line := range s.Lines {
		path := fmt.Sprintf("lines.%d.", i)
		if line.Shipped < 0 || line.Shipped > maxPieces {
			wrong.add(path+"shipped", "%d pieces can't be in a parcel; give a whole number from 0 to %d", line.Shipped, maxPieces)
		}
		if line.Ordered < 0 || line.Ordered > maxPieces {
			wrong.add(path+"ordered", "%d pieces can't be ordered; give a whole number from 0 to %d", line.Ordered, maxPieces)
		}
	}
	if s.ParcelIndex < 0 || s.ParcelIndex > s.ParcelCount {
		wrong.add("parcel_index", "parcel %d of %d does not exist; give a number from 1 to the number of parcels", s.ParcelIndex, s.ParcelCount)
	}
	if len(wrong) == 0 && s.Priced() {
		if _, err := s.Total(); err != nil {
			return err
		}
	}
	return wrong.err("The packing slip can't be drawn.")
}
