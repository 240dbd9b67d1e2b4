package postal_test

import (
	"strings"
	"testing"

	"packbench/backend/base/postal"
)

func TestPostcodesOfACountry(t *testing.T) {
	for country, c := range map[string]struct{ right, wrong []string }{
		"GB": {[]string{"EH6 6AA", "EH66AA", "W1A 0AX", "M1 1AE", "SW1A 1AA", "BFPO 801", "GIR 0AA"}, []string{"EH6", "10115", "6EH 6AA", "EH6 AA6", "EH66 66AA"}},
		"US": {[]string{"10118", "10118-0110", "101180110"}, []string{"1011", "10118-01", "EH6 6AA", "10118-"}},
		"DE": {[]string{"10115", "01067", "D-10115", "DE-10115"}, []string{"1011", "101155", "10 115", "-10115"}},
		"FR": {[]string{"75008", "20000", "97100"}, []string{"7500", "7500A"}},
		"NL": {[]string{"1012 AB", "1012AB"}, []string{"0012 AB", "1012", "1012 A"}},
		"ES": {[]string{"28013", "01001", "52001"}, []string{"00001", "53001", "2801"}},
		"IT": {[]string{"00184"}, []string{"0184", "I 00184"}},
		"PL": {[]string{"00-950", "00950"}, []string{"0095", "000-95"}},
		"IE": {[]string{"D02 AF30", "T12AB34", "D6W X285"}, []string{"D2", "DUBLIN 2", "D02 AF3"}},
		"CA": {[]string{"K1A 0B1"}, []string{"D1A 0B1", "K1A"}},
		"PT": {[]string{"1100-148", "1100"}, []string{"0100-148", "1100-1"}},
		"SE": {[]string{"111 22", "11122"}, []string{"011 22"}},
		"AT": {[]string{"1010"}, []string{"0101"}},
		"ZZ": {[]string{"whatever", "1"}, nil}, // no form is known
		"":   {[]string{"EH6 6AA"}, nil},
	} {
		for _, code := range append(c.right, "") {
			if told := postal.CheckPostcode(country, code); told != "" {
				t.Errorf("%s %q: %s", country, code, told)
			}
		}
		for _, code := range c.wrong {
			told := postal.CheckPostcode(country, code)
			if !strings.Contains(told, code) || !strings.Contains(told, postal.CountryName(country)) || !strings.Contains(told, "look like") {
				t.Errorf("%s %q: %q", country, code, told)
			}
		}
	}
}

func TestEmails(t *testing.T) {
	for _, right := range []string{"", "a@example.com", "goods.in+dock@mail.example.co.uk", "büro@münchen.example"} {
		if told := postal.CheckEmail(right); told != "" {
			t.Errorf("%q: %s", right, told)
		}
	}
	for _, wrong := range []string{"none", "@example.com", "a@", "a@example", "a@example.", "a b@example.com", "a@example.com, b@example.com", "Desk <a@example.com>", "a@[10.0.0.1]", "a@@example.com"} {
		if told := postal.CheckEmail(wrong); !strings.Contains(told, "like goods.in@example.com") {
			t.Errorf("%q is let through: %q", wrong, told)
		}
	}
}

func TestAreas(t *testing.T) {
	for text, c := range map[string]struct {
		country string
		in, out []string
	}{
		"BT":          {"GB", []string{"BT1 1AA", "bt93 8ad"}, []string{"B1 1AA", "TB1 1AA", ""}},
		"B":           {"GB", []string{"B1 1AA", "B33 8TH"}, []string{"BT1 1AA", "BS1 5AH"}},
		"eh1":         {"GB", []string{"EH1 2AB", "EH12AB"}, []string{"EH12 8AB", "EH11 1AA"}},
		"EC1":         {"GB", []string{"EC1A 1BB"}, []string{"EC2A 1BB", "EC11 1BB"}},
		"EC1A":        {"GB", []string{"EC1A 1BB"}, []string{"EC1V 1BB"}},
		"EH6 6":       {"GB", []string{"EH6 6AA", "EH66BC"}, []string{"EH6 5AA", "EH66 6AA"}},
		"EH6 6AA":     {"GB", []string{"EH6 6AA"}, []string{"EH6 6AB"}},
		"EH66AA":      {"GB", []string{"EH6 6AA"}, []string{"EH6 6AB"}},
		"75":          {"FR", []string{"75008"}, []string{"76000", "07500"}},
		"FR:20":       {"FR", []string{"20000", "20290"}, []string{"21000"}},
		"fr: 20":      {"DE", nil, []string{"20095"}},
		"10000-19999": {"DE", []string{"10000", "10115", "19999"}, []string{"20095", "09999", "1"}},
		"35-39":       {"ES", []string{"35001", "38999"}, []string{"34001", "40001"}},
		"00-950":      {"PL", []string{"00-950"}, []string{"00-951"}},
		"1011 A":      {"NL", []string{"1011 AB"}, []string{"1011 BA"}},
		"H91":         {"IE", []string{"H91 AAAA"}, []string{"H92 AAAA"}},
		"K":           {"CA", []string{"K1A 0B1"}, []string{"L1A 0B1"}},
	} {
		a, err := postal.ParseArea(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if again, err := postal.ParseArea(a.String()); err != nil || again != a {
			t.Errorf("%q is written %q: %v", text, a, err)
		}
		for _, code := range c.in {
			if !a.Holds(c.country, code) {
				t.Errorf("%q does not hold %s", text, code)
			}
		}
		for _, code := range c.out {
			if a.Holds(c.country, code) {
				t.Errorf("%q holds %s", text, code)
			}
		}
	}
	for _, wrong := range []string{"", " ", "QQ:20", "FR:", "19999-10000", "BT*", "EH6_6", "12345678901", "é"} {
		if a, err := postal.ParseArea(wrong); err == nil {
			t.Errorf("%q is read as %q", wrong, a)
		}
	}
}
