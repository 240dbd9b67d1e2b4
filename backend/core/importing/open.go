package importing

import (
	"context"
	"reflect"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
)

// Opened is a file that was read, with the mapping to begin with: the one saved for files with these headings (Saved), or
// a guess.
type Opened struct {
	Table   Table
	Mapping Mapping
	Saved   bool
}

// Open reads a file. Errors are those of Reader.
func (s *Service) Open(ctx context.Context, path string, how Format) (Opened, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Opened{}, err
	}
	t, err := s.Reader.Read(ctx, path, how)
	if err != nil {
		return Opened{}, err
	}
	saved, err := s.saved(ctx, t)
	if errs.Is(err, errs.NotFound) || err == nil && saved.Check(t) != nil {
		return Opened{Table: t, Mapping: Guess(t)}, nil
	}
	return Opened{Table: t, Mapping: saved, Saved: true}, err
}

func (s *Service) saved(ctx context.Context, t Table) (m Mapping, err error) {
	err = s.Store.Read(ctx, func(r Repo) (err error) { m, err = r.ImportMapping(t.Source()); return err })
	return m, err
}

// Save keeps the mapping for files with the table's headings. Invalid: it does not fit the table.
func (s *Service) Save(ctx context.Context, t Table, m Mapping) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	if err := m.Check(t); err != nil {
		return err
	}
	before, err := s.saved(ctx, t)
	if err == nil && reflect.DeepEqual(before, m) {
		return nil
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	now := s.Clock.Now()
	return s.Store.Write(ctx, func(r Repo) error {
		if err := r.SaveImportMapping(t.Source(), m, now.UnixMilli()); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "import.mapping", audit.Subject{Kind: "import", ID: t.Source(), Name: t.Name}, "", nil, m)
	})
}

// Fix puts another value into a cell of the table. Invalid: there is no such row, or no such column.
func (t Table) Fix(row int, heading, value string) error {
	column, there := t.places()[heading]
	if !there {
		return errs.OnField("column", "The file has no column %q.", heading)
	}
	for _, r := range t.Rows {
		if r.Number == row && r.Problem == "" {
			r.Cells[column] = value
			return nil
		}
	}
	return errs.OnField("row", "The file has no row %d that can be changed.", row)
}
