package postal_test

import (
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/postal"
)

func at(country, postcode string) postal.Address {
	return postal.Address{CountryISO: country, Postcode: postcode}
}

func TestCustomsBetween(t *testing.T) {
	for _, c := range []struct {
		why      string
		from, to postal.Address
		want     postal.Customs
	}{
		{"within a country", at("GB", "BS1 1AA"), at("GB", "M1 1AA"), postal.NoCustoms},
		{"Great Britain to the Union", at("GB", "BS1 1AA"), at("FR", "75001"), postal.Papers},
		{"and back", at("FR", "75001"), at("GB", "BS1 1AA"), postal.Papers},
		{"Great Britain to the United States", at("GB", "BS1 1AA"), at("US", "10001"), postal.Papers},
		{"within the Union", at("DE", "10115"), at("FR", "75001"), postal.NoCustoms},
		{"to Monaco", at("DE", "10115"), at("MC", "98000"), postal.NoCustoms},
		{"Great Britain to Northern Ireland", at("GB", "BS1 1AA"), at("GB", "bt1 5gs"), postal.Northern},
		{"Northern Ireland to Great Britain", at("GB", "BT1 5GS"), at("GB", "BS1 1AA"), postal.NoCustoms},
		{"within Northern Ireland", at("GB", "BT1 5GS"), at("GB", "BT48 6DQ"), postal.NoCustoms},
		{"Northern Ireland to Ireland", at("GB", "BT1 5GS"), at("IE", "D02 AF30"), postal.NoCustoms},
		{"Ireland to Northern Ireland", at("IE", "D02 AF30"), at("GB", "BT1 5GS"), postal.NoCustoms},
		{"Ireland to Great Britain", at("IE", "D02 AF30"), at("GB", "BS1 1AA"), postal.Papers},
		{"Northern Ireland to the United States", at("GB", "BT1 5GS"), at("US", "10001"), postal.Papers},
		{"the United States to Northern Ireland", at("US", "10001"), at("GB", "BT1 5GS"), postal.Papers},
		{"to the Isle of Man", at("GB", "BS1 1AA"), at("IM", "IM1 1AA"), postal.NoCustoms},
		{"to Jersey", at("GB", "BS1 1AA"), at("JE", "JE2 3AB"), postal.Papers},
		{"to the Canary Islands", at("ES", "28001"), at("ES", "35001"), postal.Papers},
		{"within them", at("ES", "35001"), at("ES", "35500"), postal.NoCustoms},
		{"to Ceuta", at("FR", "75001"), at("ES", "51001"), postal.Papers},
		{"to Büsingen", at("DE", "10115"), at("DE", "78266"), postal.Papers},
		{"near Büsingen", at("DE", "10115"), at("DE", "78224"), postal.NoCustoms},
		{"to Switzerland", at("DE", "10115"), at("CH", "8001"), postal.Papers},
		{"nobody knows where from", at("", ""), at("US", "10001"), postal.NoCustoms},
		{"nobody knows where to", at("GB", "BS1 1AA"), at("", ""), postal.NoCustoms},
	} {
		if got := postal.CustomsBetween(c.from, c.to); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// Without a place of its own rules, customs does not care which way goods go.
func TestCustomsLooksTheSameFromBothEnds(t *testing.T) {
	countries := rapid.SampledFrom([]string{"GB", "FR", "DE", "US", "IM", "MC", "CH", "JE", "IE"})
	rapid.Check(t, func(t *rapid.T) {
		a, b := at(countries.Draw(t, "a"), ""), at(countries.Draw(t, "b"), "")
		if there, back := postal.CustomsBetween(a, b), postal.CustomsBetween(b, a); there != back {
			t.Fatalf("%s to %s: %s, and back: %s", a.CountryISO, b.CountryISO, there, back)
		}
	})
}
