package postal_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
)

func dock() postal.Address {
	return postal.Address{Name: "Dock 4", CompanyName: "North Ltd", Address1: "1 Quay", City: "Leeds", Postcode: "LS1 1AA", CountryISO: "GB"}
}

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*postal.Address)
		from   string
		want   []string
	}{
		"at home": {func(*postal.Address) {}, "GB", []string{"Dock 4", "North Ltd", "1 Quay", "Leeds LS1 1AA"}},
		"abroad":  {func(*postal.Address) {}, "DE", []string{"Dock 4", "North Ltd", "1 Quay", "Leeds LS1 1AA", "United Kingdom"}},
		"all lines": {func(a *postal.Address) { a.Address2, a.Address3, a.County = "Unit 2", " Gate B ", "West Yorkshire" }, "GB",
			[]string{"Dock 4", "North Ltd", "1 Quay", "Unit 2", "Gate B", "Leeds LS1 1AA", "West Yorkshire"}},
		"company is the name": {func(a *postal.Address) { a.CompanyName = "Dock 4" }, "GB", []string{"Dock 4", "1 Quay", "Leeds LS1 1AA"}},
		"no postcode":         {func(a *postal.Address) { a.Postcode, a.CountryISO = "", "HK" }, "GB", []string{"Dock 4", "North Ltd", "1 Quay", "Leeds", "Hong Kong"}},
		"unknown country":     {func(a *postal.Address) { a.CountryISO = "ZZ" }, "GB", []string{"Dock 4", "North Ltd", "1 Quay", "Leeds LS1 1AA", "ZZ"}},
		"no country":          {func(a *postal.Address) { a.CountryISO = "" }, "GB", []string{"Dock 4", "North Ltd", "1 Quay", "Leeds LS1 1AA"}},
	} {
		a := dock()
		c.change(&a)
		if got := a.Lines(c.from); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if lines := (postal.Address{}).Lines("GB"); len(lines) != 0 {
		t.Errorf("nothing has the lines %q", lines)
	}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(*postal.Address)
		path, says string // "" for right
	}{
		"complete":                {func(*postal.Address) {}, "", ""},
		"none":                    {func(a *postal.Address) { *a = postal.Address{} }, "", ""},
		"no country":              {func(a *postal.Address) { a.CountryISO = "" }, "", ""},
		"no need of one":          {func(a *postal.Address) { a.CountryISO, a.Postcode = "AE", "" }, "", ""},
		"no name":                 {func(a *postal.Address) { a.Name = "" }, "name", "required"},
		"white space":             {func(a *postal.Address) { a.City = "  " }, "city", "required"},
		"no street":               {func(a *postal.Address) { a.Address1 = "" }, "address_1", "required"},
		"no postcode":             {func(a *postal.Address) { a.Postcode = "" }, "postcode", "required"},
		"small letters":           {func(a *postal.Address) { a.CountryISO = "gb" }, "country_iso", "ISO 3166-1"},
		"unknown country":         {func(a *postal.Address) { a.CountryISO = "ZZ" }, "country_iso", "ISO 3166-1"},
		"no e-mail":               {func(a *postal.Address) { a.Email = "dock" }, "email", "@example.com"},
		"long line":               {func(a *postal.Address) { a.Address2 = strings.Repeat("é", 101) }, "address_2", "101 characters"},
		"100 characters":          {func(a *postal.Address) { a.Address2 = strings.Repeat("é", 100) }, "", ""},
		"long e-mail":             {func(a *postal.Address) { a.Email = strings.Repeat("x", 250) + "@e.com" }, "email", "at most 254"},
		"line break":              {func(a *postal.Address) { a.Phone = "1\n2" }, "phone", "control"},
		"another control":         {func(a *postal.Address) { a.Phone = "1\u00852" }, "phone", "control"},
		"not UTF-8":               {func(a *postal.Address) { a.TaxID = "\xff" }, "tax_id", "plain text"},
		"every field has a limit": {func(a *postal.Address) { a.AddressName = strings.Repeat("x", 101) }, "address_name", "at most 100"},
	} {
		a := dock()
		c.change(&a)
		err := a.Check()
		if c.path == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if !errs.Is(err, errs.Invalid) || errs.As(err).Fields[0].Path != c.path || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want Invalid at %s that says %q", name, err, c.path, c.says)
		}
	}
	err := errs.As(postal.Address{Phone: "1"}.Check())
	if len(err.Fields) != 4 {
		t.Errorf("%d fields are told at once: %v", len(err.Fields), err)
	}
}

// A field that Check does not look at would be one that anything passes through.
func TestCheckLooksAtEveryField(t *testing.T) {
	fields := reflect.TypeFor[postal.Address]()
	for i := range fields.NumField() {
		a := dock()
		reflect.ValueOf(&a).Elem().Field(i).SetString("\x00")
		name, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
		err := a.Check()
		if !errs.Is(err, errs.Invalid) || !slices.ContainsFunc(errs.As(err).Fields, func(f errs.Field) bool { return f.Path == name }) {
			t.Errorf("a NUL in %s: %v", name, err)
		}
	}
	raw, err := json.Marshal(postal.Address{})
	if err != nil || string(raw) != "{}" || !(postal.Address{}).IsZero() || dock().IsZero() {
		t.Errorf("nothing is written %s, %v", raw, err)
	}
}

func TestCountries(t *testing.T) {
	all := postal.Countries()
	if len(all) != 250 { // ISO 3166-1 has 249, and Kosovo
		t.Errorf("%d countries", len(all))
	}
	for code, name := range all {
		if len(code) != 2 || strings.ToUpper(code) != code || name == "" || !postal.KnownCountry(code) || postal.CountryName(code) != name {
			t.Errorf("%s %q", code, name)
		}
	}
	delete(all, "GB")
	if !postal.KnownCountry("GB") {
		t.Error("the map that is given away is the program's own")
	}
	for _, code := range []string{"", "UK", "gb", "ZZ", "GBR", "EU"} {
		if postal.KnownCountry(code) {
			t.Errorf("%q is known", code)
		}
	}
}

func TestNeedsPostcode(t *testing.T) {
	if postal.NeedsPostcode("HK") || !postal.NeedsPostcode("GB") || !postal.NeedsPostcode("") {
		t.Error("postcodes are asked for where there are none, or not where there are")
	}
}
