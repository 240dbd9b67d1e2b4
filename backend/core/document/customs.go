package document

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
)

// Incoterms are the eleven terms of Incoterms 2020 (International Chamber of Commerce).
var Incoterms = []string{"EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"}

// vague lists descriptions that customs turns back when they stand alone: they say neither what a thing is nor what it
// is made of (guidance of the European Union and of the postal operators on acceptable goods descriptions).
var vague = map[string]bool{
	"accessories": true, "apparel": true, "appliances": true, "articles": true, "clothes": true, "clothing": true,
	"cosmetics": true, "electronics": true, "equipment": true, "food": true, "footwear": true, "garments": true, "gift": true,
	"gifts": true, "goods": true, "hardware": true, "household goods": true, "item": true, "items": true, "jewellery": true,
	"jewelry": true, "machine parts": true, "machinery": true, "materials": true, "merchandise": true, "misc": true,
	"miscellaneous": true, "other": true, "parcel": true, "part": true, "parts": true, "personal effects": true,
	"present": true, "presents": true, "product": true, "products": true, "sample": true, "samples": true, "spare parts": true,
	"stuff": true, "things": true, "tools": true, "toys": true, "various": true, "various goods": true,
}

// Missing lists what customs will miss on the invoice or turn it back for, by field, with what would be right. Nothing
// in it keeps the invoice from being drawn: a paper with a gap can still be completed by hand.
func (v CommercialInvoice) Missing() []courier.Warning {
	var missing gaps
	missing.empty("number", v.Number, "the invoice has no number; customs and your books tell invoices apart by it")
	missing.empty("date", v.Date, "the invoice has no date")
	missing.party("exporter", "exporter", v.Exporter)
	missing.party("importer", "importer", v.Importer)
	if !v.Consignee.IsZero() {
		missing.party("consignee", "consignee", v.Consignee)
	}
	if needsEORI(v.Exporter.CountryISO) {
		missing.empty("exporter.eori_id", v.Exporter.EORI, "the exporter's EORI number is missing; exports from the United Kingdom and the European Union need it")
	}
	if needsEORI(v.Importer.CountryISO) && v.Importer.CompanyName != "" {
		missing.empty("importer.eori_id", v.Importer.EORI, "the importer's EORI number is missing; a company in the United Kingdom or the European Union needs it to import")
	}
	for i, line := range v.Lines {
		missing.line(fmt.Sprintf("lines.%d.", i), line)
	}
	missing.terms(v)
	missing.empty("reason", v.Reason, "the reason for export is missing; say sale, gift, sample, return, repair or temporary export")
	if v.Packages < 1 {
		missing.add("packages", "the number of packages is missing")
	}
	net := v.NetWeight()
	switch {
	case v.GrossWeight <= 0:
		missing.add("gross_weight", "the gross weight is missing; give what the packages weigh as they are sent")
	case v.GrossWeight < net:
		missing.add("gross_weight", "the gross weight of %s is less than the net weight of the goods, %s; one of the two is wrong", v.GrossWeight, net)
	}
	if v.IOSS != "" && !validIOSS(v.IOSS) {
		missing.add("ioss", "%q is not an IOSS number; it is IM and ten digits", v.IOSS)
	}
	missing.empty("signatory", v.Signatory, "nobody is named to sign the declaration; give the name and position of who is responsible")
	return missing
}

// gaps collects what customs will miss.
type gaps []courier.Warning

func (g *gaps) add(field, format string, args ...any) {
	*g = append(*g, courier.Warning{Field: field, Message: fmt.Sprintf(format, args...)})
}

func (g *gaps) empty(field, value, message string) {
	if strings.TrimSpace(value) == "" {
		g.add(field, "%s", message)
	}
}

func (g *gaps) party(path, name string, a postal.Address) {
	if a.Name == "" && a.CompanyName == "" {
		g.add(path+".name", "the %s has no name; give the full name or company", name)
	}
	if a.Address1 == "" || a.City == "" || (a.Postcode == "" && postal.NeedsPostcode(a.CountryISO)) {
		g.add(path+".address_1", "the %s's address is not complete; give street, city and postcode", name)
	}
	if !postal.KnownCountry(a.CountryISO) {
		g.add(path+".country_iso", "the %s's country is missing; give its two-letter code", name)
	}
	if a.Phone == "" && a.Email == "" {
		g.add(path+".phone", "the %s has neither telephone nor e-mail; customs asks for a contact", name)
	}
}

func (g *gaps) line(path string, l InvoiceLine) {
	description := strings.TrimSpace(strings.ToLower(l.Description))
	switch {
	case description == "":
		g.add(path+"description", "the description is missing; say what it is, of what material and for what use")
	case vague[strings.TrimRight(description, ".")]:
		g.add(path+"description", "%q is too vague for customs; say what it is, of what material and for what use", l.Description)
	}
	switch digits, ok := hsDigits(l.HSCode); {
	case strings.TrimSpace(l.HSCode) == "":
		g.add(path+"hs_code", "the HS code is missing; customs needs at least its first 6 digits")
	case !ok || digits < 6 || digits > 12:
		g.add(path+"hs_code", "%q is not an HS code; give 6 digits at least, 8 or 10 where the destination asks for them", l.HSCode)
	}
	if !postal.KnownCountry(l.Origin) {
		g.add(path+"origin", "the country of origin is missing; give the two-letter code of where it was made, not where it was bought")
	}
	if l.NetWeight == 0 {
		g.add(path+"net_weight", "the net weight is missing")
	}
	if l.UnitPrice.Minor == 0 {
		g.add(path+"unit_price", "the value is zero, which customs does not accept; give a nominal value for customs purposes")
	}
}

func (g *gaps) terms(v CommercialInvoice) {
	switch {
	case v.Incoterms == "":
		g.add("incoterms", "the Incoterms are missing; give one of %s", strings.Join(Incoterms, ", "))
	case !slices.Contains(Incoterms, v.Incoterms):
		g.add("incoterms", "%q is not a term of Incoterms 2020; give one of %s", v.Incoterms, strings.Join(Incoterms, ", "))
	case v.Place == "":
		g.add("place", "%s needs a named place beside it, such as the city of delivery", v.Incoterms)
	}
}

// hsDigits counts the digits of an HS code, which may be grouped by points or spaces.
func hsDigits(code string) (digits int, ok bool) {
	for _, r := range code {
		switch {
		case unicode.IsDigit(r) && r < 128:
			digits++
		case r != '.' && r != ' ':
			return digits, false
		}
	}
	return digits, true
}

// needsEORI reports whether a country's customs knows traders by an EORI number: the European Union's and the United
// Kingdom's.
func needsEORI(country string) bool {
	return country == "GB" || postal.InUnion(country)
}

func validIOSS(number string) bool {
	digits, found := strings.CutPrefix(strings.ReplaceAll(number, " ", ""), "IM")
	return found && len(digits) == 10 && strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
