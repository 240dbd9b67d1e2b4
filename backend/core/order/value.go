package order

import (
	"slices"
	"strings"
	"time"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
)

var (
	weightUnits = []string{"kg", "g", "lb", "oz"}
	lengthUnits = []string{"cm", "mm", "in", "m"}
)

// unitOf reads the unit under key. Where none is given beside a number, the usual one is taken and told.
func unitOf(o object, key, usual, name string, units []string, numbers ...string) string {
	unit := o.text(key, codeLimit)
	if unit == "" && slices.ContainsFunc(numbers, func(n string) bool { return strings.Trim(o.plain(n), "0. ") != "" }) {
		o.r.warn(o.at(key), "No unit was given; %s were taken.", name)
	}
	return checkUnit(o, key, unit, usual, units)
}

func checkUnit(o object, key, unit, usual string, units []string) string {
	unit = strings.ToLower(unit)
	switch {
	case unit == "":
		return usual
	case slices.Contains(units, unit):
		return unit
	case len(unit) > 2 && slices.Contains(units, strings.TrimSuffix(unit, "s")): // kgs, lbs
		return strings.TrimSuffix(unit, "s")
	}
	o.wrong(key, "%s must be one of: %s.", title(key), strings.Join(units, ", "))
	return usual
}

func readWeight(o object, key, unit string) measure.Grams {
	text := o.decimal(key)
	if text == "" {
		return 0
	}
	grams, err := measure.ParseWeight(text, unit)
	if err != nil {
		o.wrong(key, "%s: %s.", title(key), err)
	}
	return grams
}

func readLength(o object, key, unit string) measure.Millimetres {
	text := o.decimal(key)
	if text == "" {
		return 0
	}
	length, err := measure.ParseLength(text, unit)
	if err != nil {
		o.wrong(key, "%s: %s.", title(key), err)
	}
	return length
}

// noCurrency is ISO 4217's code for "no currency", which stands until the sender's country settles it.
const noCurrency = "XXX"

// currency is the one currency of a shipment.
type currency struct{ code string }

// find settles the currency before amounts are read: every one that is named must be the same.
func (c *currency) find(parcels []object) {
	for _, p := range parcels {
		c.take(p)
		items, _ := p.objects("items")
		for _, i := range items {
			c.take(i)
		}
	}
}

func (c *currency) take(o object) {
	code := strings.ToUpper(o.text("value_currency", codeLimit))
	switch {
	case code == "":
	case !money.ValidCurrency(code):
		o.wrong("value_currency", "%q is not a currency code of three letters (ISO 4217), like GBP.", code)
	case c.code == "":
		c.code = code
	case c.code != code:
		o.wrong("value_currency", "%s stands beside %s; one shipment has one currency.", code, c.code)
	}
}

// readAmount reads what may be a price or a charge; the zero Amount when absent.
func readAmount(o object, key string, c *currency) money.Amount {
	text := o.decimal(key)
	if text == "" {
		return money.Amount{}
	}
	code := c.code
	if code == "" {
		code = noCurrency
	}
	amount, err := money.Parse(text, code)
	switch {
	case err != nil:
		o.wrong(key, "%s: %s.", title(key), err)
	case amount.Minor < 0:
		o.wrong(key, "%s must not be less than zero.", title(key))
	}
	return amount
}

// dateForms are the forms of a date that programs in the field send. Those without a zone are local time.
var dateForms = []string{
	"2006-01-02 15:04:05", "2006-01-02", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
	"2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00",
}

// readDate reads a moment as Unix ms UTC; 0 when absent.
func readDate(o object, key string) int64 {
	text := o.text(key, codeLimit)
	if text == "" {
		return 0
	}
	for _, form := range dateForms {
		if at, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return at.UnixMilli()
		}
	}
	o.wrong(key, "%q is not a date, like 2026-03-31, 2026-03-31 14:00:00 or 2026-03-31T14:00:00Z.", text)
	return 0
}
