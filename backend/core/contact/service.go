package contact

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// Result is what became of a contact that was saved.
type Result string

// The results.
const (
	Added   Result = "added"
	Changed Result = "changed"
	Same    Result = "same" // it was in the book already, word for word
)

// Saved is a contact as it is kept now.
type Saved struct {
	Contact Contact `json:"contact"`
	Result  Result  `json:"result"`
}

// List gives contacts by name.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Contact], error) {
	var out page.Result[Contact]
	if err := actor.AllowManager(ctx); err != nil {
		return out, err
	}
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.Contacts(f, p); return err })
	return out, err
}

// Count gives how many contacts fit.
func (s *Service) Count(ctx context.Context, f Filter) (int64, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	var n int64
	err := s.Store.Read(ctx, func(r Repo) (err error) { n, err = r.CountContacts(f); return err })
	return n, err
}

// Standing says without saving what Save would make of an address that is typed into an order: Added, Changed or Same.
// Errors as for Save.
func (s *Service) Standing(ctx context.Context, kind Kind, a postal.Address) (Result, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return "", err
	}
	in, err := cleaned(Contact{Kind: kind, Address: a})
	if err != nil {
		return "", err
	}
	result := Added
	err = s.Store.Read(ctx, func(r Repo) error {
		before, err := r.ContactOf(in.Key())
		if errs.Is(err, errs.NotFound) {
			return nil
		}
		if err == nil {
			_, result = before.joined(in)
		}
		return err
	})
	return result, err
}

// Save keeps a contact. Without an ID, one with the same Key is changed instead of added twice: it takes over what the new
// one says and keeps what that leaves out. With an ID, exactly that one is replaced, by the Version that was read. Invalid:
// the wrong fields by path; Conflict: it was changed meanwhile, or what it became is in the book already; NotFound.
func (s *Service) Save(ctx context.Context, in Contact) (Saved, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Saved{}, err
	}
	in, err := cleaned(in)
	if err != nil {
		return Saved{}, err
	}
	var out Saved
	err = s.Store.Write(ctx, func(r Repo) (err error) {
		if in.ID != "" {
			out, err = s.replace(ctx, r, in)
		} else {
			out, err = s.add(ctx, r, in, s.record)
		}
		return err
	})
	if err != nil {
		return Saved{}, err
	}
	return out, nil
}

func (s *Service) replace(ctx context.Context, r Repo, in Contact) (Saved, error) {
	before, err := r.Contact(in.ID)
	if err != nil {
		return Saved{}, err
	}
	after := before
	after.Kind, after.Address, after.Note, after.Version = in.Kind, in.Address, in.Note, in.Version
	if after == before {
		return Saved{before, Same}, nil
	}
	after.UpdatedMs = s.Clock.Now().UnixMilli()
	if err := r.UpdateContact(after); err != nil {
		return Saved{}, err
	}
	after.Version++
	return Saved{after, Changed}, s.record(ctx, r, "contact.update", &before, &after)
}

type record func(ctx context.Context, r Repo, action string, before, after *Contact) error

// add adds a contact or joins it with the one that has its Key.
func (s *Service) add(ctx context.Context, r Repo, in Contact, tell record) (Saved, error) {
	now := s.Clock.Now()
	before, err := r.ContactOf(in.Key())
	if errs.Is(err, errs.NotFound) {
		in.ID, in.Version, in.CreatedMs, in.UpdatedMs = ID(ident.New(now)), 1, now.UnixMilli(), now.UnixMilli()
		if err := r.CreateContact(in); err != nil {
			return Saved{}, err
		}
		return Saved{in, Added}, tell(ctx, r, "contact.create", nil, &in)
	}
	if err != nil {
		return Saved{}, err
	}
	after, result := before.joined(in)
	if result == Same {
		return Saved{before, Same}, nil
	}
	after.UpdatedMs = now.UnixMilli()
	if err := r.UpdateContact(after); err != nil {
		return Saved{}, err
	}
	after.Version++
	return Saved{after, Changed}, tell(ctx, r, "contact.update", &before, &after)
}

// joined is a contact with what a newer saying of it adds or changes. What the Key looks through stays as it was written.
func (c Contact) joined(in Contact) (Contact, Result) {
	after := c
	given := in.texts()
	for path, text := range after.texts() {
		if said := *given[path]; said != "" {
			*text = said
		}
	}
	a, b := &after.Address, c.Address
	a.Name, a.CompanyName, a.Postcode, a.Address1 = b.Name, b.CompanyName, b.Postcode, b.Address1
	if in.Kind != c.Kind {
		after.Kind = Both
	}
	if after == c {
		return c, Same
	}
	return after, Changed
}

// Delete takes a contact out of the book and gives it as it was. NotFound.
func (s *Service) Delete(ctx context.Context, id ID) (Contact, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Contact{}, err
	}
	var before Contact
	err := s.Store.Write(ctx, func(r Repo) (err error) {
		if before, err = r.Contact(id); err != nil {
			return err
		}
		if err := r.DeleteContact(id); err != nil {
			return err
		}
		return s.record(ctx, r, "contact.delete", &before, nil)
	})
	return before, err
}

func (s *Service) record(ctx context.Context, r Repo, action string, before, after *Contact) error {
	of := after
	if of == nil {
		of = before
	}
	said := func(c *Contact) any {
		if c == nil {
			return nil
		}
		return c
	}
	return audit.Record(ctx, r, s.Clock.Now(), action, audit.Subject{Kind: "contact", ID: string(of.ID), Name: of.Title()}, "", said(before), said(after))
}
