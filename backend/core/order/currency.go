package order

import (
	"packbench/backend/base/errs"
	"packbench/backend/base/money"
	"packbench/backend/core/courier"
)

// currencies maps countries to what is paid in there (ISO 4217).
var currencies = map[string]string{
	"GB": "GBP", "GG": "GBP", "JE": "GBP", "IM": "GBP", "US": "USD", "PR": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD",
	"AT": "EUR", "BE": "EUR", "BG": "EUR", "CY": "EUR", "DE": "EUR", "EE": "EUR", "ES": "EUR", "FI": "EUR", "FR": "EUR",
	"GR": "EUR", "HR": "EUR", "IE": "EUR", "IT": "EUR", "LT": "EUR", "LU": "EUR", "LV": "EUR", "MT": "EUR", "NL": "EUR",
	"PT": "EUR", "SI": "EUR", "SK": "EUR", "CH": "CHF", "LI": "CHF", "NO": "NOK", "SE": "SEK", "DK": "DKK", "IS": "ISK",
	"PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "TR": "TRY", "UA": "UAH", "JP": "JPY", "CN": "CNY", "HK": "HKD",
	"KR": "KRW", "SG": "SGD", "IN": "INR", "AE": "AED", "IL": "ILS", "ZA": "ZAR", "BR": "BRL", "MX": "MXN",
}

// SettleCurrency names the currency of amounts that came without one: that of the country the sender is in, with a
// warning. Invalid where there are such amounts and the country's currency is not known.
func (o *Order) SettleCurrency(country string) error {
	amounts := o.unnamed()
	if len(amounts) == 0 {
		return nil
	}
	const path = "shipment.parcels.0.value_currency"
	code, known := currencies[country]
	if !known {
		return errs.OnField(path, "Currency is required: three letters (ISO 4217), like GBP.")
	}
	for _, a := range amounts {
		named, err := money.Parse(a.Decimal(), code)
		if err != nil {
			return errs.OnField(path, "%s.", err)
		}
		*a = named
	}
	o.Warnings = append(o.Warnings, courier.Warning{Field: path, Message: "No currency was given; " + code + ", the sender's, was taken."})
	return nil
}

// unnamed gives the amounts that have no currency yet.
func (o *Order) unnamed() []*money.Amount {
	var list []*money.Amount
	add := func(a *money.Amount) {
		if a.Currency == noCurrency {
			list = append(list, a)
		}
	}
	add(&o.ShippingCharge)
	for p := range o.Parcels {
		add(&o.Parcels[p].Value)
		for i := range o.Parcels[p].Items {
			add(&o.Parcels[p].Items[i].Value)
		}
	}
	return list
}
