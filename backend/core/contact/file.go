package contact

import (
	"context"
	"io"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/base/sheet"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/importing"
)

// Field is a value of a contact that a column of a file can fill. Key is its path.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	order string // the same field of an order, whose headings are known to core/importing
}

// Fields gives every field, in the order of an exported file.
func Fields() []Field { return fields }

var fields = []Field{
	{"address.name", "Name", "ship_to.name"}, {"address.company_name", "Company", "ship_to.company_name"},
	{"address.address_1", "Address line 1", "ship_to.address_1"}, {"address.address_2", "Address line 2", "ship_to.address_2"},
	{"address.address_3", "Address line 3", "ship_to.address_3"}, {"address.city", "City", "ship_to.city"},
	{"address.county", "County or state", "ship_to.county"}, {"address.postcode", "Postcode", "ship_to.postcode"},
	{"address.country_iso", "Country", "ship_to.country_iso"}, {"address.phone", "Phone", "ship_to.phone"},
	{"address.email", "E-mail", "ship_to.email"}, {"address.tax_id", "Tax or VAT number", "ship_to.tax_id"},
	{"address.eori_id", "EORI number", "ship_to.eori_id"}, {"address.ioss_number", "IOSS number", ""},
	{"address.address_name", "Saved as", ""}, {"note", "Note", "delivery_instructions"}, {"kind", "Kind", ""},
}

// Guess matches columns with fields by their headings; a field without a column is left out.
func Guess(t importing.Table) map[string]string {
	known := importing.Guess(t).Columns
	columns := map[string]string{}
	for _, f := range fields {
		if heading := known[f.order]; heading != "" && f.order != "" {
			columns[f.Key] = heading
			continue
		}
		for _, heading := range t.Headings {
			if strings.EqualFold(heading, f.Label) {
				columns[f.Key] = heading
			}
		}
	}
	return columns
}

// Report says what came of each row of a file.
type Report struct {
	Added    int                 `json:"added"`
	Changed  int                 `json:"changed"`
	Same     int                 `json:"same"` // in the book already, word for word
	Wrong    int                 `json:"wrong"`
	Problems []importing.Problem `json:"problems"` // of the wrong rows
}

func (r *Report) count(result Result) {
	switch result {
	case Added:
		r.Added++
	case Changed:
		r.Changed++
	default:
		r.Same++
	}
}

// rowsAtOnce is how many rows share one commit.
const rowsAtOnce = 250

// Import saves each row of a table as Save does; kind holds where no column says it. A wrong row never stops the rest, and
// the same file twice changes nothing. Each commit takes whole rows with one entry of the audit; when ctx ends, it stops
// before the next. Invalid: columns name a field or a heading that is not there, or neither name nor company has a column.
func (s *Service) Import(ctx context.Context, t importing.Table, columns map[string]string, kind Kind) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	p, err := newPlan(t, columns, kind)
	if err != nil {
		return Report{}, err
	}
	report := Report{}
	for from := 0; from < len(t.Rows) && ctx.Err() == nil; from += rowsAtOnce {
		rows := t.Rows[from:min(from+rowsAtOnce, len(t.Rows))]
		var done Report
		err := s.Store.Write(ctx, func(r Repo) (err error) {
			done, err = s.rows(ctx, r, p, rows)
			if err != nil || done.Added+done.Changed == 0 {
				return err
			}
			told := struct {
				From    int `json:"from_row"`
				To      int `json:"to_row"`
				Added   int `json:"added"`
				Changed int `json:"changed"`
			}{rows[0].Number, rows[len(rows)-1].Number, done.Added, done.Changed}
			return audit.Record(ctx, r, s.Clock.Now(), "contact.import", audit.Subject{Kind: "contact", Name: t.Name}, "", nil, told)
		})
		if err != nil {
			return report, err
		}
		report.Added, report.Changed, report.Same = report.Added+done.Added, report.Changed+done.Changed, report.Same+done.Same
		report.Wrong, report.Problems = report.Wrong+done.Wrong, append(report.Problems, done.Problems...)
	}
	return report, ctx.Err()
}

func (s *Service) rows(ctx context.Context, r Repo, p plan, rows []importing.Row) (Report, error) {
	silent := func(context.Context, Repo, string, *Contact, *Contact) error { return nil } // one entry tells of all rows
	var report Report
	for _, row := range rows {
		in, problems := p.contact(row)
		if len(problems) == 0 {
			saved, err := s.add(ctx, r, in, silent)
			switch {
			case err == nil:
				report.count(saved.Result)
				continue
			case !errs.Is(err, errs.Conflict): // a name it is saved under that another contact has
				return report, err
			}
			problems = p.problems(row, err)
		}
		report.Wrong++
		report.Problems = append(report.Problems, problems...)
	}
	return report, nil
}

// Export writes every contact that fits as a table that Import reads back.
func (s *Service) Export(ctx context.Context, f Filter, to io.Writer) (rows int64, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return 0, err
	}
	heading := make([]string, len(fields))
	for i, field := range fields {
		heading[i] = field.Label
	}
	w, err := sheet.NewWriter(to, heading...)
	if err != nil {
		return 0, err
	}
	for p := (page.Request{Limit: page.MaxLimit}); ; {
		list, err := s.List(ctx, f, p)
		if err != nil {
			return rows, err
		}
		for _, c := range list.Items {
			texts := c.texts()
			cells := make([]string, len(fields))
			for i, field := range fields {
				if field.Key == "kind" {
					cells[i] = string(c.Kind)
				} else {
					cells[i] = *texts[field.Key]
				}
			}
			if err := w.Write(cells); err != nil {
				return rows, err
			}
			rows++
		}
		if p.Cursor = list.Next; p.Cursor == "" {
			break
		}
	}
	if err := w.Flush(); err != nil {
		return rows, err
	}
	return rows, s.Store.Write(ctx, func(r Repo) error {
		return audit.Record(ctx, r, s.Clock.Now(), "contact.export", audit.Subject{Kind: "contact", Name: "contacts.csv"}, "", nil, map[string]int64{"contacts": rows})
	})
}
