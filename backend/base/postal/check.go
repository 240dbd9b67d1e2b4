package postal

import (
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
)

// LineLimit is the longest value of an address, in characters; an e-mail address may have EmailLimit (RFC 5321).
const (
	LineLimit  = 100
	EmailLimit = 254
)

// Check checks a sender's address as it is kept: complete but for its country, which may be the site's, and with a
// country that is known. The zero address is none, and right. Invalid: every wrong field by its JSON name.
func (a Address) Check() error {
	if a.IsZero() {
		return nil
	}
	var wrong errs.Fields
	need := func(path, value, sentence string) {
		if strings.TrimSpace(value) == "" {
			wrong.Add(path, "%s", sentence)
		}
	}
	need("name", a.Name, "Name is required.")
	need("address_1", a.Address1, "Address line 1 is required.")
	need("city", a.City, "City is required.")
	if a.CountryISO != "" && !KnownCountry(a.CountryISO) {
		wrong.Add("country_iso", "%q is not a country code of two capitals (ISO 3166-1), like GB.", a.CountryISO)
	} else if NeedsPostcode(a.CountryISO) {
		need("postcode", a.Postcode, "Postcode is required.")
	}
	if sentence := CheckPostcode(a.CountryISO, strings.ToUpper(a.Postcode)); sentence != "" {
		wrong.Add("postcode", "%s", sentence)
	}
	if sentence := CheckEmail(a.Email); sentence != "" {
		wrong.Add("email", "%s", sentence)
	}
	for path, value := range a.texts() {
		limit := LineLimit
		if path == "email" {
			limit = EmailLimit
		}
		if n := utf8.RuneCountInString(value); n > limit {
			wrong.Add(path, "This has %d characters and may have at most %d.", n, limit)
		}
		if strings.ContainsFunc(value, isControl) || !utf8.ValidString(value) {
			wrong.Add(path, "Use one line of plain text, without control characters.")
		}
	}
	return wrong.Err()
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }

// texts gives every field by its JSON name.
func (a Address) texts() map[string]string {
	return map[string]string{
		"name": a.Name, "company_name": a.CompanyName, "address_1": a.Address1, "address_2": a.Address2,
		"address_3": a.Address3, "city": a.City, "county": a.County, "postcode": a.Postcode, "country_iso": a.CountryISO,
		"phone": a.Phone, "email": a.Email, "tax_id": a.TaxID, "eori_id": a.EORI, "ioss_number": a.IOSS,
		"ukims_number": a.UKIMS, "company_id": a.CompanyID, "abn_number": a.ABN, "arn_number": a.ARN, "gst_number": a.GST,
		"voec_number": a.VOEC, "address_name": a.AddressName,
	}
}
