package document

import (
	"fmt"

	"packbench/backend/base/measure"
)

// Manifest is the list of what one courier collects; driver and packer sign it.
type Manifest struct {
	Paper     Paper
	Language  Language
	Branding  Branding
	CreatedMs int64 // the file's own date

	Number    string // of a closed day; "" for a list that closes nothing
	Courier   string // the courier's name
	Account   string // the account that the labels were bought with
	Sender    string // the business, or the name the parcels are sent from
	Collected string // the place they are collected from, one line
	Date      string // as it is printed: "21 November 2026"
	Testing   bool   // draws the TEST mark: these labels were never real

	Lines []ManifestLine
}

// ManifestLine is one shipment.
type ManifestLine struct {
	Number        string
	Reference     string
	Recipient     string
	Place         string // postcode and country
	Service       string
	TrackingCodes []string
	Parcels       int
	Weight        measure.Grams
}

// Totals adds up parcels and weight.
func (m Manifest) Totals() (parcels int, weight measure.Grams) {
	for _, line := range m.Lines {
		parcels += line.Parcels
		weight += line.Weight
	}
	return parcels, weight
}

// Validate returns errs.Invalid with every field that makes the manifest impossible to draw or untrue.
func (m Manifest) Validate() error {
	var wrong fields
	wrong.paper(m.Paper, OfficePapers...)
	wrong.language(m.Language)
	wrong.branding(m.Branding)
	wrong.lines(len(m.Lines))
	for i, line := range m.Lines {
		if line.Parcels < 1 {
			wrong.add(fmt.Sprintf("lines.%d.parcels", i), "a shipment of %d parcels can't be collected; give at least 1", line.Parcels)
		}
		if line.Weight < 0 {
			wrong.add(fmt.Sprintf("lines.%d.weight", i), "a weight can't be less than nothing")
		}
	}
	return wrong.err("The manifest can't be drawn.")
}
