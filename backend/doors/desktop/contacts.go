package desktop

import (
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/core/contact"
	"packbench/backend/core/importing"
)

// Contacts is the address book. The topic "contacts" tells when it changes. One file is open for import at a time.
type Contacts struct {
	door *Door

	mu   sync.Mutex
	file *importing.Table
}

// ContactPage is a page of contacts. Next is "" on the last one.
type ContactPage struct {
	Items []contact.Contact `json:"items"`
	Next  string            `json:"next"`
}

// ContactFile is a file that was read for import: its first rows, and columns to begin with, by field. Name is "" where no
// file was chosen.
type ContactFile struct {
	Name     string            `json:"name"`
	Headings []string          `json:"headings"`
	Rows     []ImportRow       `json:"rows"`
	Total    int               `json:"total"`
	Columns  map[string]string `json:"columns"`
	Fields   []contact.Field   `json:"fields"`
}

// Country is a country by its code.
type Country struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// List gives contacts by name.
func (c *Contacts) List(filter contact.Filter, p page.Request) (ContactPage, error) {
	return ask(c.door, "Contacts.List", func(ctx context.Context, s *Services) (ContactPage, error) {
		got, err := s.Contacts.List(ctx, filter, p)
		return ContactPage(got), err
	})
}

// Count gives how many contacts fit.
func (c *Contacts) Count(filter contact.Filter) (int64, error) {
	return ask(c.door, "Contacts.Count", func(ctx context.Context, s *Services) (int64, error) { return s.Contacts.Count(ctx, filter) })
}

// Standing says what saving an address would do: "added", "changed" or "same".
func (c *Contacts) Standing(kind string, a postal.Address) (string, error) {
	return ask(c.door, "Contacts.Standing", func(ctx context.Context, s *Services) (string, error) {
		got, err := s.Contacts.Standing(ctx, contact.Kind(kind), a)
		return string(got), err
	})
}

// Save keeps a new contact (id ""), or changes one by id and version.
func (c *Contacts) Save(in contact.Contact) (contact.Saved, error) {
	return ask(c.door, "Contacts.Save", func(ctx context.Context, s *Services) (contact.Saved, error) { return s.Contacts.Save(ctx, in) })
}

// Delete takes a contact out of the book and gives it as it was, for undo.
func (c *Contacts) Delete(id string) (contact.Contact, error) {
	return ask(c.door, "Contacts.Delete", func(ctx context.Context, s *Services) (contact.Contact, error) {
		return s.Contacts.Delete(ctx, contact.ID(id))
	})
}

// Countries gives every country, by name.
func (c *Contacts) Countries() ([]Country, error) {
	return answer(c.door, "Contacts.Countries", func(context.Context) ([]Country, error) {
		var list []Country
		for code, name := range postal.Countries() {
			list = append(list, Country{code, name})
		}
		slices.SortFunc(list, func(a, b Country) int { return strings.Compare(a.Name, b.Name) })
		return list, nil
	})
}

// Choose asks for a file and reads it.
func (c *Contacts) Choose() (ContactFile, error) {
	return ask(c.door, "Contacts.Choose", func(ctx context.Context, s *Services) (ContactFile, error) {
		path, err := c.door.frame().OpenFile("Import contacts", FileKind{Name: "CSV table", Extension: "csv"},
			FileKind{Name: "Excel workbook", Extension: "xlsx"}, FileKind{Name: "Text table", Extension: "txt"})
		if err != nil || path == "" {
			return ContactFile{}, err
		}
		t, err := s.Contacts.Load(ctx, path)
		if err != nil {
			return ContactFile{}, err
		}
		c.mu.Lock()
		c.file = &t
		c.mu.Unlock()
		out := ContactFile{Name: t.Name, Headings: t.Headings, Total: len(t.Rows), Columns: contact.Guess(t), Fields: contact.Fields()}
		for _, row := range t.Rows[:min(len(t.Rows), shownRows)] {
			out.Rows = append(out.Rows, ImportRow(row))
		}
		return out, nil
	})
}

// Import saves the rows of the open file; columns gives a heading by field, and kind holds where no column says it. The
// first problems are told.
func (c *Contacts) Import(columns map[string]string, kind string) (contact.Report, error) {
	return ask(c.door, "Contacts.Import", func(ctx context.Context, s *Services) (contact.Report, error) {
		c.mu.Lock()
		file := c.file
		c.mu.Unlock()
		if file == nil {
			return contact.Report{}, errs.New(errs.NotFound, "No file is open. Choose one first.")
		}
		report, err := s.Contacts.Import(ctx, *file, columns, contact.Kind(kind))
		report.Problems = report.Problems[:min(len(report.Problems), shownLines)]
		return report, err
	})
}

// SaveList asks where to and saves the contacts that fit as CSV.
func (c *Contacts) SaveList(filter contact.Filter) (SavedFile, error) {
	return ask(c.door, "Contacts.SaveList", func(ctx context.Context, s *Services) (out SavedFile, err error) {
		out.Path, err = c.door.saveAs("Export contacts", "contacts.csv", FileKind{Name: "CSV table", Extension: "csv"}, func(to io.Writer) (err error) {
			out.Rows, err = s.Contacts.Export(ctx, filter, to)
			return err
		})
		return out, err
	})
}
