package template

import (
	"strings"

	"packbench/backend/core/document"
)

// Letterhead is the business in one line: its name, address and numbers; "" where nothing is known of it.
func (b Business) Letterhead(language document.Language) string {
	var parts []string
	add := func(text string) {
		if text = strings.TrimSpace(text); text != "" {
			parts = append(parts, text)
		}
	}
	add(b.Name)
	street := []string{b.Address.Address1, b.Address.Address2, b.Address.Address3, strings.TrimSpace(b.Address.Postcode + " " + b.Address.City)}
	add(strings.Join(filled(street), ", "))
	add(b.Address.Phone)
	add(b.Address.Email)
	for _, number := range []struct{ name, value string }{
		{language.Words().VATNumber, b.VATNumber}, {"EORI", b.EORI}, {language.Words().CompanyNumber, b.CompanyNumber},
	} {
		if number.value != "" {
			add(number.name + " " + number.value)
		}
	}
	return strings.Join(parts, " · ")
}

func filled(parts []string) []string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
