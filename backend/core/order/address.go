package order

import (
	"strings"
	"sync"

	"packbench/backend/base/postal"
)

// Longest values of an address, in characters: more than any label shows, and an e-mail address as RFC 5321 has it.
const (
	lineLimit     = 100
	cityLimit     = 60
	postcodeLimit = 16
	phoneLimit    = 40
	emailLimit    = 254
	taxLimit      = 50
)

func readAddress(a object) postal.Address {
	address := postal.Address{
		Name: a.text("name", nameLimit), CompanyName: a.text("company_name", nameLimit),
		Address1: a.text("address_1", lineLimit), Address2: a.text("address_2", lineLimit), Address3: a.text("address_3", lineLimit),
		City: a.text("city", cityLimit), County: a.text("county", cityLimit),
		Postcode: strings.ToUpper(a.text("postcode", postcodeLimit)), CountryISO: readCountry(a, "country_iso", "country"),
		Phone: a.text("phone", phoneLimit), Email: a.text("email", emailLimit),
		TaxID: a.text("tax_id", taxLimit), EORI: a.text("eori_id", taxLimit), IOSS: a.text("ioss_number", taxLimit),
		UKIMS: a.text("ukims_number", taxLimit), CompanyID: a.text("company_id", taxLimit), ABN: a.text("abn_number", taxLimit),
		ARN: a.text("arn_number", taxLimit), GST: a.text("gst_number", taxLimit), VOEC: a.text("voec_number", taxLimit),
		AddressName: a.text("address_name", nameLimit),
	}
	a.right("postcode", postal.CheckPostcode(address.CountryISO, address.Postcode))
	a.right("email", postal.CheckEmail(address.Email))
	return address
}

// readRecipient reads an address that must be complete.
func readRecipient(a object) postal.Address {
	address := readAddress(a)
	needAddress(a, address)
	if !a.r.refused[a.at("country")] {
		a.need("country_iso", address.CountryISO, "Country code is required: two letters, like GB.")
	}
	return address
}

// readSender reads an address that must be complete but for its country, which may be the default sender's; or that is
// only the name of a saved one.
func readSender(a object) postal.Address {
	address := readAddress(a)
	if named := (postal.Address{AddressName: address.AddressName}); address != named {
		needAddress(a, address)
	}
	return address
}

func needAddress(a object, address postal.Address) {
	a.need("name", address.Name, "Name is required.")
	a.need("address_1", address.Address1, "Address line 1 is required.")
	a.need("city", address.City, "City is required.")
	if postal.NeedsPostcode(address.CountryISO) {
		a.need("postcode", address.Postcode, "Postcode is required for an address in "+country(address.CountryISO)+".")
	}
}

func country(code string) string {
	if code == "" {
		return "most countries"
	}
	return postal.CountryName(code)
}

// readCountry reads a two-letter code, any case. A country's English name is taken where it is exact, from either field.
func readCountry(a object, codeKey, nameKey string) string {
	if code := a.text(codeKey, nameLimit); code != "" {
		return countryCode(a, codeKey, code)
	}
	if name := a.text(nameKey, nameLimit); name != "" {
		return countryCode(a, nameKey, name)
	}
	return ""
}

func countryCode(a object, key, text string) string {
	code, known := CountryOf(text)
	if !known {
		a.wrong(key, "%q is not a country code of two letters (ISO 3166-1), like GB.", text)
	} else if strings.EqualFold(text, "UK") {
		a.r.warn(a.at(key), "UK was read as GB, the United Kingdom's code.")
	}
	return code
}

// CountryOf reads how people write a country: its code of two letters, any case, UK, or its English name.
func CountryOf(text string) (code string, known bool) {
	code = strings.ToUpper(text)
	switch {
	case len(code) == 2 && postal.KnownCountry(code):
		return code, true
	case code == "UK": // reserved in ISO 3166-1 for what everybody means by it
		return "GB", true
	}
	code, known = countryNames()[strings.ToLower(text)]
	return code, known
}

// countryNames maps English names, lower case, to codes.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{
		"usa": "US", "united states": "US", "united states of america": "US", "great britain": "GB", "england": "GB", "scotland": "GB",
		"wales": "GB", "northern ireland": "GB", "holland": "NL", "czech republic": "CZ", "south korea": "KR", "russia": "RU",
	}
	for code, name := range postal.Countries() {
		names[strings.ToLower(name)] = code
	}
	return names
})
