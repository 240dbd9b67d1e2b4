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
	busy bool // a pass over it is under way
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
	Kind     contact.Kind      `json:"kind"`
	Saved    bool              `json:"saved"` // the mapping was saved for files with these headings
	Fields   []contact.Field   `json:"fields"`
}

// ContactReport is what came of a file, or would come of it. Problems is the first of them, with what stands in the cells.
type ContactReport struct {
	Added    int             `json:"added"`
	Changed  int             `json:"changed"`
	Same     int             `json:"same"`
	Wrong    int             `json:"wrong"`
	Problems []ImportProblem `json:"problems"`
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
		opened, err := s.Contacts.Open(ctx, path)
		if err != nil {
			return ContactFile{}, err
		}
		t := opened.Table
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.busy {
			return ContactFile{}, errs.New(errs.Conflict, contactsBusy)
		}
		c.file = &t
		out := ContactFile{
			Name: t.Name, Headings: t.Headings, Total: len(t.Rows), Columns: opened.Columns, Kind: opened.Kind, Saved: opened.Saved, Fields: contact.Fields(),
		}
		for _, row := range t.Rows[:min(len(t.Rows), shownRows)] {
			out.Rows = append(out.Rows, ImportRow(row))
		}
		return out, nil
	})
}

const contactsBusy = "The file is being gone through. Wait until that is done."

// Fix puts another value into a cell of the open file, which on the disk stays as it is.
func (c *Contacts) Fix(row int, heading, value string) error {
	return do(c.door, "Contacts.Fix", func(context.Context, *Services) error {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch {
		case c.file == nil:
			return errs.New(errs.NotFound, "No file is open. Choose one first.")
		case c.busy:
			return errs.New(errs.Conflict, contactsBusy)
		}
		return c.file.Fix(row, heading, value)
	})
}

// Try says what Import would make of each row, without saving anything.
func (c *Contacts) Try(columns map[string]string, kind string) (ContactReport, error) {
	return ask(c.door, "Contacts.Try", func(ctx context.Context, s *Services) (ContactReport, error) {
		return c.pass(func(t importing.Table) (contact.Report, error) {
			return s.Contacts.Try(ctx, t, columns, contact.Kind(kind))
		})
	})
}

// Import saves the mapping, then the rows of the open file; columns gives a heading by field, and kind holds where no column
// says it. The first problems are told.
func (c *Contacts) Import(columns map[string]string, kind string) (ContactReport, error) {
	return ask(c.door, "Contacts.Import", func(ctx context.Context, s *Services) (ContactReport, error) {
		return c.pass(func(t importing.Table) (contact.Report, error) {
			if err := s.Contacts.SaveMapping(ctx, t, columns, contact.Kind(kind)); err != nil {
				return contact.Report{}, err
			}
			return s.Contacts.Import(ctx, t, columns, contact.Kind(kind))
		})
	})
}

// pass goes through the open file, which stays as it is meanwhile.
func (c *Contacts) pass(work func(importing.Table) (contact.Report, error)) (ContactReport, error) {
	c.mu.Lock()
	file := c.file
	switch {
	case file == nil:
		c.mu.Unlock()
		return ContactReport{}, errs.New(errs.NotFound, "No file is open. Choose one first.")
	case c.busy:
		c.mu.Unlock()
		return ContactReport{}, errs.New(errs.Conflict, contactsBusy)
	}
	c.busy = true
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.busy = false
		c.mu.Unlock()
	}()
	report, err := work(*file)
	cells := valuesOf(*file)
	out := ContactReport{Added: report.Added, Changed: report.Changed, Same: report.Same, Wrong: report.Wrong, Problems: []ImportProblem{}}
	for _, p := range report.Problems[:min(len(report.Problems), shownLines)] {
		out.Problems = append(out.Problems, ImportProblem{Problem: p, Value: cells(p)})
	}
	return out, err
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
