// Package contact holds the address book: whom parcels go to again and again, and the senders of this site.
package contact

import (
	"strings"

	"packbench/backend/base/clock"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/importing"
)

// ID names a contact.
type ID string

// Kind says what a contact is offered for.
type Kind string

// The kinds. As a filter, Recipient and Sender find Both as well.
const (
	Recipient Kind = "recipient"
	Sender    Kind = "sender"
	Both      Kind = "both"
)

// NoteLimit is the longest note, in characters.
const NoteLimit = 500

// Contact is an address that is kept. Its AddressName, where it has one, is what an order calls a saved sender by; no two
// contacts share one.
type Contact struct {
	ID        ID             `json:"id"`
	Kind      Kind           `json:"kind"`
	Address   postal.Address `json:"address"`
	Note      string         `json:"note"`
	Version   int64          `json:"version"`
	CreatedMs int64          `json:"created_ms"`
	UpdatedMs int64          `json:"updated_ms"`
}

// Key is what tells contacts apart: name, company, postcode and first line, looked through as people do (account.NameKey).
// Two contacts with the same key are one: saving the second changes the first.
func (c Contact) Key() string {
	a := c.Address
	parts := []string{a.Name, a.CompanyName, strings.ReplaceAll(a.Postcode, " ", ""), a.Address1}
	for i, part := range parts {
		parts[i] = account.NameKey(part)
	}
	return strings.Join(parts, "\n")
}

// Title is what the contact is called: its name, else its company.
func (c Contact) Title() string {
	if c.Address.Name != "" {
		return c.Address.Name
	}
	return c.Address.CompanyName
}

// Filter narrows a list; zero fields don't. Search is words, each of which begins a word of the contact's name, company,
// address, postcode, city, phone, e-mail or note.
type Filter struct {
	Search string `json:"search"`
	Kind   Kind   `json:"kind"`
}

// Repo is what contacts are kept in. Getters return errs.NotFound.
type Repo interface {
	AppendAudit(audit.Entry) error
	CreateContact(Contact) error // Conflict: the Key or the AddressName is taken
	UpdateContact(Contact) error // by ID and Version; raises Version; Conflict as for CreateContact
	DeleteContact(ID) error
	Contact(ID) (Contact, error)
	ContactOf(key string) (Contact, error)
	Contacts(Filter, page.Request) (page.Result[Contact], error) // by name
	CountContacts(Filter) (int64, error)
	ImportMapping(source string) (importing.Mapping, error)
	SaveImportMapping(source string, m importing.Mapping, nowMs int64) error
}

// Service is everything that can be done with the address book. All of it is for people at this machine.
type Service struct {
	Store  store.Store[Repo]
	Reader importing.Reader
	Clock  clock.Clock
}
