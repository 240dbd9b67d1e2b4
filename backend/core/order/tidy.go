package order

import (
	"strings"

	"packbench/backend/base/postal"
)

// tidy changes what can be changed safely in an address (format_address_default): the names of states and provinces
// become their postal codes. Country names have become codes already; what is not known stays as it came.
func (o *Order) tidy() {
	for _, a := range []*postal.Address{&o.From, &o.To, &o.Invoice.Billing} {
		if code, known := states[a.CountryISO][strings.ToLower(a.County)]; known {
			a.County = code
		}
	}
}

// states maps the names of states and provinces, lower case, to the codes that postal services use (USPS Publication 28,
// Canada Post, Australia Post).
var states = map[string]map[string]string{
	"US": {
		"alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
		"connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA", "hawaii": "HI",
		"idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
		"maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS",
		"missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ",
		"new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
		"oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC",
		"south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
		"washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
	},
	"CA": {
		"alberta": "AB", "british columbia": "BC", "manitoba": "MB", "new brunswick": "NB", "newfoundland and labrador": "NL",
		"northwest territories": "NT", "nova scotia": "NS", "nunavut": "NU", "ontario": "ON", "prince edward island": "PE",
		"quebec": "QC", "québec": "QC", "saskatchewan": "SK", "yukon": "YT",
	},
	"AU": {
		"australian capital territory": "ACT", "new south wales": "NSW", "northern territory": "NT", "queensland": "QLD",
		"south australia": "SA", "tasmania": "TAS", "victoria": "VIC", "western australia": "WA",
	},
}
