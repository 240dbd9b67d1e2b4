package contact_test

import (
	"fmt"
	"testing"

	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/contact"
	"packbench/backend/core/importing"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

// BenchmarkSearch looks in a book of 20,000 for what somebody types: much, little and nothing fits.
func BenchmarkSearch(b *testing.B) {
	bench := testkit.New(b)
	s := &contact.Service{Store: sqldb.As[contact.Repo](bench.DB), Clock: bench.Clock}
	ctx := testkit.Manager(b)
	table := importing.Table{Name: "many.csv", Headings: []string{"Name", "Company", "Address", "Postcode", "City", "Country"}}
	for i := range 20_000 {
		table.Rows = append(table.Rows, importing.Row{Number: i + 2, Cells: []string{
			fmt.Sprintf("Person %d", i), fmt.Sprintf("Company %c %d", 'A'+i%26, i), fmt.Sprintf("%d High Street", i), "BS8 1AA", "Bristol", "GB",
		}})
	}
	if report, err := s.Import(ctx, table, contact.Guess(table), contact.Recipient); err != nil || report.Added != 20_000 {
		b.Fatal(report, err)
	}
	if _, err := s.Save(ctx, contact.Contact{Kind: contact.Sender, Address: postal.Address{Name: "Zoe", Address1: "1", City: "Hull", Postcode: "HU1 1AA", CountryISO: "GB"}}); err != nil {
		b.Fatal(err)
	}
	for _, search := range []string{"p", "person 19999", "zoe", "nobody"} {
		b.Run(search, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.List(ctx, contact.Filter{Search: search}, page.Request{Limit: 8}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
