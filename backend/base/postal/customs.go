package postal

import "strings"

// union lists the member states of the European Union, between which goods move without customs papers, and Monaco, which
// is part of its customs territory (Regulation (EU) No 952/2013, article 4).
var union = map[string]bool{
	"AT": true, "BE": true, "BG": true, "HR": true, "CY": true, "CZ": true, "DK": true, "EE": true, "FI": true, "FR": true,
	"DE": true, "GR": true, "HU": true, "IE": true, "IT": true, "LV": true, "LT": true, "LU": true, "MT": true, "NL": true,
	"PL": true, "PT": true, "RO": true, "SK": true, "SI": true, "ES": true, "SE": true, "MC": true,
}

// InUnion reports whether a country belongs to the customs territory of the European Union.
func InUnion(code string) bool { return union[code] }

// apart are places of member states by how their postcodes begin, that are outside the union's customs or tax territory, so
// that parcels there carry customs papers: the Canary Islands, Ceuta and Melilla, Heligoland and Büsingen, Livigno, Åland,
// Mount Athos (the same article, and article 6 of Directive 2006/112/EC).
var apart = map[string][]string{
	"ES": {"35", "38", "51", "52"}, "DE": {"27498", "78266"}, "IT": {"23041"}, "FI": {"22"}, "GR": {"63086", "63087"},
}

// Customs is what customs wants of goods on a lane.
type Customs string

// What customs may want. Northern is goods from Great Britain to Northern Ireland under the Windsor Framework: less than
// full papers, but what is in the parcel has to be told.
const (
	NoCustoms Customs = "none"
	Papers    Customs = "papers"
	Northern  Customs = "northern_ireland"
)

// CustomsBetween says what customs wants of goods sent from one address to another; NoCustoms while a country is not known.
// Goods move freely within a country, within the European Union, between it and Northern Ireland, and from Northern Ireland
// and the Isle of Man to Great Britain.
func CustomsBetween(from, to Address) Customs {
	if from.CountryISO == "" || to.CountryISO == "" {
		return NoCustoms
	}
	a, b := customsArea(from), customsArea(to)
	switch {
	case a == b:
		return NoCustoms
	case a == britain && b == northern:
		return Northern
	case a == northern && (b == britain || b == europe), a == europe && b == northern:
		return NoCustoms
	}
	return Papers
}

// The areas in which goods move freely; another one is called by its country, or by country and postcode.
const (
	britain  = "Great Britain"
	northern = "Northern Ireland"
	europe   = "European Union"
)

func customsArea(a Address) string {
	postcode := strings.ReplaceAll(strings.ToUpper(a.Postcode), " ", "")
	for _, start := range apart[a.CountryISO] {
		if strings.HasPrefix(postcode, start) {
			return a.CountryISO + start
		}
	}
	switch {
	case union[a.CountryISO]:
		return europe
	case a.CountryISO == "GB" && strings.HasPrefix(postcode, "BT"):
		return northern
	case a.CountryISO == "GB", a.CountryISO == "IM":
		return britain
	}
	return a.CountryISO
}
