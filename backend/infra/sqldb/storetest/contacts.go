package storetest

import (
	"slices"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/contact"
)

// contacts are found by words, told apart by their keys, and listed by name.
func contacts(_ *testing.T, b *Bench) {
	made := func(kind contact.Kind, a postal.Address) contact.Contact {
		ms, id := b.moment()
		c := contact.Contact{ID: contact.ID(id), Kind: kind, Address: a, Note: "ring twice", Version: 1, CreatedMs: ms, UpdatedMs: ms}
		b.write(func(r Repo) error { return r.CreateContact(c) })
		return c
	}
	zoe := made(contact.Recipient, postal.Address{Name: "Zoë Åkesson", Address1: "Storgatan 1", City: "Malmö", Postcode: "211 22", CountryISO: "SE", Phone: "+46 40 123"})
	depot := made(contact.Sender, postal.Address{CompanyName: "Depot 100%", Address1: "2 Quay", City: "Hull", Postcode: "HU1 1AA", CountryISO: "GB", AddressName: "depot"})
	both := made(contact.Both, postal.Address{Name: "amber goods", Address1: "3 Quay", City: "Hull", Postcode: "HU1 1AB", CountryISO: "GB"})

	same(b, "a contact", get(b, func(r Repo) (contact.Contact, error) { return r.Contact(zoe.ID) }), zoe)
	same(b, "by its key", get(b, func(r Repo) (contact.Contact, error) { return r.ContactOf(depot.Key()) }), depot)
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.ContactOf("nobody"); return err })
	b.refuse(errs.NotFound, func(r Repo) error { _, err := r.Contact("nobody"); return err })

	list := func(f contact.Filter, size int) (ids []contact.ID) {
		for p := (page.Request{Limit: size}); ; {
			got := get(b, func(r Repo) (page.Result[contact.Contact], error) { return r.Contacts(f, p) })
			for _, c := range got.Items {
				ids = append(ids, c.ID)
			}
			if p.Cursor = got.Next; p.Cursor == "" {
				break
			}
		}
		same(b, "count", get(b, func(r Repo) (int64, error) { return r.CountContacts(f) }), int64(len(ids)))
		return ids
	}
	for why, c := range map[string]struct {
		f    contact.Filter
		want []contact.ID
	}{
		"by name":                  {contact.Filter{}, []contact.ID{both.ID, depot.ID, zoe.ID}},
		"senders":                  {contact.Filter{Kind: contact.Sender}, []contact.ID{both.ID, depot.ID}},
		"recipients":               {contact.Filter{Kind: contact.Recipient}, []contact.ID{both.ID, zoe.ID}},
		"without accents":          {contact.Filter{Search: "zoe ake"}, []contact.ID{zoe.ID}},
		"words in any order":       {contact.Filter{Search: "quay HU"}, []contact.ID{both.ID, depot.ID}},
		"a postcode in one piece":  {contact.Filter{Search: "hu11ab"}, []contact.ID{both.ID}},
		"a country":                {contact.Filter{Search: "sweden"}, []contact.ID{zoe.ID}},
		"a note":                   {contact.Filter{Search: "twice"}, []contact.ID{both.ID, depot.ID, zoe.ID}},
		"only where a word begins": {contact.Filter{Search: "uay"}, nil},
		"a sign of LIKE":           {contact.Filter{Search: "100%"}, []contact.ID{depot.ID}},
		"another sign":             {contact.Filter{Search: "1_0"}, nil},
	} {
		for _, size := range []int{1, 50} {
			if got := list(c.f, size); !slices.Equal(got, c.want) {
				b.Errorf("%s: %v, want %v", why, got, c.want)
			}
		}
	}

	twin := zoe
	twin.ID, twin.Note = "another", ""
	twin.Address.Phone = ""
	b.refuse(errs.Conflict, func(r Repo) error { return r.CreateContact(twin) })
	named := both
	named.Address.AddressName = "depot"
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateContact(named) })
	moved := both
	moved.Address = zoe.Address
	b.refuse(errs.Conflict, func(r Repo) error { return r.UpdateContact(moved) })

	depot.Address.Phone, depot.UpdatedMs = "+44 1482 1", depot.UpdatedMs+5
	b.write(func(r Repo) error { return r.UpdateContact(depot) })
	depot.Version++
	same(b, "a changed contact", get(b, func(r Repo) (contact.Contact, error) { return r.Contact(depot.ID) }), depot)
	same(b, "found by what it is now", len(list(contact.Filter{Search: "+441482"}, 9)), 1)
	b.refuse(errs.Conflict, func(r Repo) error { old := depot; old.Version--; return r.UpdateContact(old) })
	b.refuse(errs.NotFound, func(r Repo) error {
		none := depot
		none.ID, none.Address.Name, none.Address.AddressName = "none", "N", ""
		return r.UpdateContact(none)
	})
	b.refuse(errs.Invalid, func(r Repo) error { _, err := r.Contacts(contact.Filter{}, page.Request{Cursor: "x"}); return err })

	b.write(func(r Repo) error { return r.DeleteContact(depot.ID) })
	b.refuse(errs.NotFound, func(r Repo) error { return r.DeleteContact(depot.ID) })
	same(b, "what is left", len(list(contact.Filter{}, 2)), 2)
}
