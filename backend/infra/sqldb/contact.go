package sqldb

import (
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/contact"
)

var _ contact.Repo = (*Tx)(nil)

const contactColumns = `id, kind, address, note, version, created_ms, updated_ms`

var (
	insertContact = register(`INSERT INTO contacts (id, same_key, saved_as, kind, name, words, address, note, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`)
	updateContact = register(`UPDATE contacts SET same_key = $1, saved_as = $2, kind = $3, name = $4, words = $5, address = $6, note = $7,
		updated_ms = $8, version = version + 1 WHERE id = $9 AND version = $10`)
	deleteContact   = register(`DELETE FROM contacts WHERE id = $1`)
	selectContact   = register(`SELECT ` + contactColumns + ` FROM contacts WHERE id = $1`)
	selectContactOf = register(`SELECT ` + contactColumns + ` FROM contacts WHERE same_key = $1`)
	selectSavedAs   = register(`SELECT ` + contactColumns + ` FROM contacts WHERE saved_as = $1 AND saved_as <> ''`)
)

const (
	noContact    = "There is no such contact."
	contactThere = "There is a contact with this name, company, postcode and first line already."
	contactsList = "contacts"
)

func scanContact(row scanner) (contact.Contact, error) {
	var c contact.Contact
	var address string
	if err := row.Scan(&c.ID, &c.Kind, &address, &c.Note, &c.Version, &c.CreatedMs, &c.UpdatedMs); err != nil {
		return c, err
	}
	return c, decode(address, &c.Address)
}

// CreateContact stores a new contact. Conflict: its Key or its AddressName is taken.
func (tx *Tx) CreateContact(c contact.Contact) error {
	if err := tx.savedAsFree(c); err != nil {
		return err
	}
	address, err := encode(c.Address)
	if err != nil {
		return err
	}
	return tx.create(contactThere, insertContact, c.ID, c.Key(), c.Address.AddressName, c.Kind, fold(c.Title()), contactWords(c), address,
		c.Note, c.Version, c.CreatedMs, c.UpdatedMs)
}

// UpdateContact changes a contact by ID and Version. Conflict: Version is not the stored one, or as for CreateContact.
func (tx *Tx) UpdateContact(c contact.Contact) error {
	if err := tx.savedAsFree(c); err != nil {
		return err
	}
	switch other, err := tx.ContactOf(c.Key()); {
	case err == nil && other.ID != c.ID:
		return conflict(contactThere)
	case err != nil && !errs.Is(err, errs.NotFound):
		return err
	}
	address, err := encode(c.Address)
	if err != nil {
		return err
	}
	exists := func() error { _, err := tx.Contact(c.ID); return err }
	return tx.update(exists, updateContact, c.Key(), c.Address.AddressName, c.Kind, fold(c.Title()), contactWords(c), address, c.Note,
		c.UpdatedMs, c.ID, c.Version)
}

func (tx *Tx) savedAsFree(c contact.Contact) error {
	if c.Address.AddressName == "" {
		return nil
	}
	other, err := one(tx, noContact, scanContact, selectSavedAs, c.Address.AddressName)
	if errs.Is(err, errs.NotFound) || err == nil && other.ID == c.ID {
		return nil
	}
	if err != nil {
		return err
	}
	return &errs.Error{Code: errs.Conflict, Message: "Another contact is saved under this name.", Fields: []errs.Field{
		{Path: "address.address_name", Message: "Another contact, " + other.Title() + ", is saved under this name. Choose another one."},
	}}
}

// DeleteContact deletes a contact.
func (tx *Tx) DeleteContact(id contact.ID) error { return tx.must(noContact, deleteContact, id) }

// Contact gives a contact.
func (tx *Tx) Contact(id contact.ID) (contact.Contact, error) {
	return one(tx, noContact, scanContact, selectContact, id)
}

// ContactOf gives the contact with a Key.
func (tx *Tx) ContactOf(key string) (contact.Contact, error) {
	return one(tx, noContact, scanContact, selectContactOf, key)
}

// SavedSender gives the address that is saved under a name.
func (tx *Tx) SavedSender(name string) (postal.Address, error) {
	c, err := one(tx, noContact, scanContact, selectSavedAs, name)
	return c.Address, err
}

// Contacts gives contacts by name.
func (tx *Tx) Contacts(f contact.Filter, p page.Request) (page.Result[contact.Contact], error) {
	var none page.Result[contact.Contact]
	after, err := readCursor(p.Cursor, contactsList, 2)
	if err != nil {
		return none, err
	}
	q := contactsQuery(f, after, p.Size()+1)
	list, err := all(tx, scanContact, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(c contact.Contact) string { return makeCursor(contactsList, fold(c.Title()), string(c.ID)) }), nil
}

// contactsQuery finds a page in the index alone before it reads a contact.
func contactsQuery(f contact.Filter, after cursor, limit int) *query {
	q := newQuery(`SELECT ` + contactColumns + ` FROM contacts WHERE id IN (SELECT id FROM contacts`)
	writeContacts(q, f)
	if after != nil {
		q.where("(name, id) > (?, ?)", after[0], after[1])
	}
	q.add(" ORDER BY name, id LIMIT ?) ORDER BY name, id", limit)
	return q
}

// CountContacts counts contacts.
func (tx *Tx) CountContacts(f contact.Filter) (int64, error) {
	q := newQuery("SELECT count(*) FROM contacts")
	writeContacts(q, f)
	return one(tx, noContact, value[int64], q.statement(), q.args...)
}

func writeContacts(q *query, f contact.Filter) {
	if f.Kind != "" {
		q.where("kind IN (?, ?)", f.Kind, contact.Both)
	}
	for word := range strings.FieldsSeq(fold(f.Search)) {
		q.where(`words LIKE ? ESCAPE '\'`, "% "+escapeLike(word)+"%")
	}
}

// contactWords is what a contact is found by: folded words, each behind a space. Codes stand there in one piece too.
func contactWords(c contact.Contact) string {
	a := c.Address
	text := fold(strings.Join([]string{
		a.Name, a.CompanyName, a.Address1, a.Address2, a.Address3, a.City, a.County, a.Postcode, a.CountryISO, postal.CountryName(a.CountryISO),
		a.Phone, a.Email, a.AddressName, c.Note,
	}, " "))
	return " " + text + " " + compact(a.Postcode) + " " + compact(a.Phone)
}
