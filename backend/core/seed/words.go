package seed

import (
	"fmt"

	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
)

// Words that addresses and goods are put together from. They name nobody and no place that can be written to.
var (
	desks   = []string{"Goods In", "Reception", "Stores", "Workshop", "Front Desk", "Post Room", "Site Office", "Warehouse Team"}
	firms   = []string{"Clinic", "Bakery", "Joinery", "Garden Centre", "Print Works", "Cycle Shop", "School", "Bookshop", "Pharmacy", "Studio"}
	places  = []string{"Hillside", "Riverbank", "Old Mill", "Northgate", "Lakeview", "Orchard", "Station", "Harbour", "Meadow", "Castle"}
	streets = []string{"Sample Rise", "Example Street", "Test Lane", "Model Road", "Specimen Way", "Pattern Close", "Trial Avenue"}
	goods   = []string{"Desk lamp, oak", "Linen apron", "Steel bottle, 750 ml", "Notebook, dotted", "Garden twine", "Enamel mug", "Wool blanket", "Brass hook", "Tea towel", "Cutting board"}
)

// countries holds where parcels go, with how a postcode looks there: 9 is any digit, A any letter. Most stay at home.
var countries = []struct {
	iso, postcode string
	towns         []string
	share         int // per cent
}{
	{"GB", "QX9 9AA", []string{"Quexbridge", "Norbury Vale", "Eastmere", "Walford Cross"}, 70},
	{"IE", "T99 AA99", []string{"Baile Sampla", "Rathmodel"}, 8},
	{"DE", "99999", []string{"Musterstadt", "Beispielhausen"}, 8},
	{"FR", "99999", []string{"Exempleville", "Saint-Modèle"}, 6},
	{"NL", "9999 AA", []string{"Voorbeelddam"}, 4},
	{"US", "99999", []string{"Sampleton", "Exampleville"}, 4},
}

func (m *maker) address() postal.Address {
	where, chance := countries[0], m.IntN(100)
	for _, c := range countries {
		if where = c; chance < c.share {
			break
		}
		chance -= c.share
	}
	place := one(m, places)
	return postal.Address{
		Name: one(m, desks), CompanyName: place + " " + one(m, firms),
		Address1: fmt.Sprintf("%d %s", 1+m.IntN(180), one(m, streets)), City: one(m, where.towns), Postcode: m.fill(where.postcode),
		CountryISO: where.iso, Phone: m.fill("+00 999 999 999"), Email: fmt.Sprintf("desk%d@example.com", m.IntN(100_000)),
	}
}

// fill replaces each 9 by a digit and each A by a letter.
func (m *maker) fill(pattern string) string {
	out := []byte(pattern)
	for i, c := range out {
		switch c {
		case '9':
			out[i] = byte('0' + m.IntN(10))
		case 'A':
			out[i] = byte('A' + m.IntN(26))
		}
	}
	return string(out)
}

func (m *maker) parcels() []courier.Parcel {
	list := make([]courier.Parcel, 1+m.IntN(5)/4) // every fifth has two
	for i := range list {
		p := &list[i]
		p.Length, p.Width, p.Height = m.length(), m.length(), m.length()
		for range 1 + m.IntN(4) {
			item := courier.Item{
				Description: one(m, goods), Quantity: int64(1 + m.IntN(3)), Value: money.Amount{Minor: int64(199 + m.IntN(5000)), Currency: "GBP"},
				Weight: measure.Grams(40 + m.IntN(1500)), SKU: fmt.Sprintf("SKU-%05d", m.IntN(100_000)), HSCode: "940521", Origin: "GB",
			}
			p.Items = append(p.Items, item)
			p.Weight += item.Weight * measure.Grams(item.Quantity)
		}
		p.Weight += 120
	}
	return list
}

func (m *maker) length() measure.Millimetres { return measure.Millimetres(100 + 10*m.IntN(40)) }
