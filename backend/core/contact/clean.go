package contact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/order"
)

// texts gives where every text of a contact stands, by its path.
func (c *Contact) texts() map[string]*string {
	a := &c.Address
	return map[string]*string{
		"address.name": &a.Name, "address.company_name": &a.CompanyName, "address.address_1": &a.Address1,
		"address.address_2": &a.Address2, "address.address_3": &a.Address3, "address.city": &a.City, "address.county": &a.County,
		"address.postcode": &a.Postcode, "address.country_iso": &a.CountryISO, "address.phone": &a.Phone, "address.email": &a.Email,
		"address.tax_id": &a.TaxID, "address.eori_id": &a.EORI, "address.ioss_number": &a.IOSS, "address.ukims_number": &a.UKIMS,
		"address.company_id": &a.CompanyID, "address.abn_number": &a.ABN, "address.arn_number": &a.ARN, "address.gst_number": &a.GST,
		"address.voec_number": &a.VOEC, "address.address_name": &a.AddressName, "note": &c.Note,
	}
}

// cleaned gives a contact as it is kept. Invalid: everything that is wrong, by path.
func cleaned(in Contact) (Contact, error) {
	for path, text := range in.texts() {
		if path != "note" {
			*text = strings.Join(strings.Fields(*text), " ")
		}
	}
	in.Note = strings.TrimSpace(in.Note)
	a := &in.Address
	a.Postcode = strings.ToUpper(a.Postcode)
	if code, known := order.CountryOf(a.CountryISO); known {
		a.CountryISO = code
	}
	var wrong errs.Fields
	if in.Kind != Recipient && in.Kind != Sender && in.Kind != Both {
		wrong.Add("kind", "A contact is a recipient, a sender or both.")
	}
	checked := *a
	if checked.Name == "" { // a company alone is somebody too
		checked.Name = checked.CompanyName
	}
	if checked.IsZero() {
		checked = postal.Address{AddressName: " "}
	}
	wrong.AddError("address", checked.Check())
	if a.CountryISO == "" {
		wrong.Add("address.country_iso", "Country code is required: two letters, like GB.")
	}
	if n := utf8.RuneCountInString(in.Note); n > NoteLimit {
		wrong.Add("note", "The note has %d characters and may have at most %d.", n, NoteLimit)
	}
	odd := func(r rune) bool { return unicode.IsControl(r) && r != '\n' }
	if strings.ContainsFunc(in.Note, odd) || !utf8.ValidString(in.Note) {
		wrong.Add("note", "Use plain text, without control characters.")
	}
	return in, wrong.Err()
}
