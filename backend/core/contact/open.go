package contact

import (
	"context"
	"reflect"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/importing"
)

// Opened is a file that was read, with the mapping to begin with: the one saved for files with these headings (Saved), or a
// guess. Kind holds where no column says it.
type Opened struct {
	Table   importing.Table
	Columns map[string]string // field → heading
	Kind    Kind
	Saved   bool
}

// Open reads a file. Errors are those of importing.Reader.
func (s *Service) Open(ctx context.Context, path string) (Opened, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Opened{}, err
	}
	t, err := s.Reader.Read(ctx, path, importing.Format{})
	if err != nil {
		return Opened{}, err
	}
	saved, err := s.mapping(ctx, t)
	if err == nil {
		kind := Kind(saved.Fixed["kind"])
		if _, err := newPlan(t, saved.Columns, kind); err == nil {
			return Opened{Table: t, Columns: saved.Columns, Kind: kind, Saved: true}, nil
		}
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return Opened{}, err
	}
	return Opened{Table: t, Columns: Guess(t), Kind: Recipient}, nil
}

// source names files of contacts with the same headings. Files of orders have mappings of their own.
func source(t importing.Table) string { return "contacts:" + t.Source() }

func (s *Service) mapping(ctx context.Context, t importing.Table) (m importing.Mapping, err error) {
	err = s.Store.Read(ctx, func(r Repo) (err error) { m, err = r.ImportMapping(source(t)); return err })
	return m, err
}

// SaveMapping keeps what columns hold for files with the table's headings. Invalid: as for Import.
func (s *Service) SaveMapping(ctx context.Context, t importing.Table, columns map[string]string, kind Kind) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	if _, err := newPlan(t, columns, kind); err != nil {
		return err
	}
	m := importing.Mapping{Columns: columns, Fixed: map[string]string{"kind": string(kind)}}
	before, err := s.mapping(ctx, t)
	if err == nil && reflect.DeepEqual(before, m) {
		return nil
	}
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	now := s.Clock.Now()
	return s.Store.Write(ctx, func(r Repo) error {
		if err := r.SaveImportMapping(source(t), m, now.UnixMilli()); err != nil {
			return err
		}
		return audit.Record(ctx, r, now, "contact.mapping", audit.Subject{Kind: "contact", ID: source(t), Name: t.Name}, "", nil, m)
	})
}

// Try says what Import would make of each row, without saving anything. Errors are Import's. That a name to be saved under
// is another contact's is told by Import.
func (s *Service) Try(ctx context.Context, t importing.Table, columns map[string]string, kind Kind) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	p, err := newPlan(t, columns, kind)
	if err != nil {
		return Report{}, err
	}
	var report Report
	book := map[string]Contact{} // as it would be after the rows so far
	for from := 0; from < len(t.Rows) && ctx.Err() == nil; from += rowsAtOnce {
		rows := t.Rows[from:min(from+rowsAtOnce, len(t.Rows))]
		err := s.Store.Read(ctx, func(r Repo) error {
			for _, row := range rows {
				if err := report.try(r, p, row, book); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return report, err
		}
	}
	return report, ctx.Err()
}

func (r *Report) try(repo Repo, p plan, row importing.Row, book map[string]Contact) error {
	in, problems := p.contact(row)
	if len(problems) > 0 {
		r.Wrong++
		r.Problems = append(r.Problems, problems...)
		return nil
	}
	key := in.Key()
	before, known := book[key]
	if !known {
		var err error
		before, err = repo.ContactOf(key)
		if errs.Is(err, errs.NotFound) {
			book[key] = in
			r.count(Added)
			return nil
		}
		if err != nil {
			return err
		}
	}
	after, result := before.joined(in)
	book[key] = after
	r.count(result)
	return nil
}
