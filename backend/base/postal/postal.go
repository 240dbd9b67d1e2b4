// Package postal holds addresses and the few facts about countries that every part of the program needs.
package postal

import "strings"

// Address is a place and who is there. CountryISO is ISO 3166-1 alpha-2, capitals. Empty means not given.
type Address struct {
	Name        string `json:"name,omitempty"`
	CompanyName string `json:"company_name,omitempty"`
	Address1    string `json:"address_1,omitempty"`
	Address2    string `json:"address_2,omitempty"`
	Address3    string `json:"address_3,omitempty"`
	City        string `json:"city,omitempty"`
	County      string `json:"county,omitempty"`
	Postcode    string `json:"postcode,omitempty"`
	CountryISO  string `json:"country_iso,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Email       string `json:"email,omitempty"`
	TaxID       string `json:"tax_id,omitempty"`
	EORI        string `json:"eori_id,omitempty"`
	IOSS        string `json:"ioss_number,omitempty"`
	UKIMS       string `json:"ukims_number,omitempty"`
	CompanyID   string `json:"company_id,omitempty"`
	ABN         string `json:"abn_number,omitempty"`
	ARN         string `json:"arn_number,omitempty"`
	GST         string `json:"gst_number,omitempty"`
	VOEC        string `json:"voec_number,omitempty"`
	AddressName string `json:"address_name,omitempty"` // the name it is saved under
}

// IsZero reports whether nothing was given.
func (a Address) IsZero() bool { return a == Address{} }

// Lines gives the lines of the address as they stand on an envelope, empty ones left out; the country's English name
// comes last unless it is the country from.
func (a Address) Lines(from string) []string {
	place := strings.TrimSpace(a.City + " " + a.Postcode)
	lines := make([]string, 0, 8)
	for _, line := range []string{a.Name, a.CompanyName, a.Address1, a.Address2, a.Address3, place, a.County} {
		if line = strings.TrimSpace(line); line != "" && (len(lines) == 0 || lines[len(lines)-1] != line) {
			lines = append(lines, line)
		}
	}
	if a.CountryISO != "" && a.CountryISO != from {
		lines = append(lines, CountryName(a.CountryISO))
	}
	return lines
}
