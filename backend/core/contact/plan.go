package contact

import (
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/sheet"
	"packbench/backend/core/importing"
)

// plan is a table whose columns are matched with fields.
type plan struct {
	headings []string
	places   map[string]int // field → column
	kind     Kind
}

func newPlan(t importing.Table, columns map[string]string, kind Kind) (plan, error) {
	at := make(map[string]int, len(t.Headings))
	for i, heading := range t.Headings {
		at[heading] = i
	}
	p := plan{t.Headings, map[string]int{}, kind}
	known := make(map[string]bool, len(fields))
	for _, f := range fields {
		known[f.Key] = true
	}
	var wrong errs.Fields
	for key, heading := range columns {
		place, there := at[heading]
		switch {
		case !known[key]:
			wrong.Add("columns."+key, "There is no field %q in the address book.", key)
		case !there:
			wrong.Add("columns."+key, "The file has no column %q.", heading)
		default:
			p.places[key] = place
		}
	}
	_, name := p.places["address.name"]
	_, company := p.places["address.company_name"]
	if !name && !company && wrong.Len() == 0 {
		wrong.Add("columns.address.name", "Choose the column that holds the names, or the one that holds the companies.")
	}
	return p, wrong.Err()
}

// contact reads a row; problems are what is wrong with it.
func (p plan) contact(row importing.Row) (Contact, []importing.Problem) {
	if row.Problem != "" {
		return Contact{}, []importing.Problem{{Row: row.Number, Message: row.Problem}}
	}
	in := Contact{Kind: p.kind}
	texts := in.texts()
	for key, place := range p.places {
		text := cell(row.Cells[place])
		if key != "kind" {
			*texts[key] = text
		} else if text != "" {
			in.Kind = Kind(strings.ToLower(text))
		}
	}
	in, err := cleaned(in)
	if err != nil {
		return in, p.problems(row, err)
	}
	return in, nil
}

// cell takes off what programs put before a text to keep it one: an apostrophe before what would be a formula.
func cell(text string) string {
	text = strings.TrimSpace(text)
	if rest, marked := strings.CutPrefix(text, "'"); marked && sheet.Harmless(rest) == text {
		return rest
	}
	return text
}

// problems puts an error beside the cells it is about.
func (p plan) problems(row importing.Row, err error) []importing.Problem {
	e := errs.As(err)
	if len(e.Fields) == 0 {
		return []importing.Problem{{Row: row.Number, Message: e.Message}}
	}
	list := make([]importing.Problem, len(e.Fields))
	for i, f := range e.Fields {
		list[i] = importing.Problem{Row: row.Number, Field: f.Path, Message: f.Message}
		if place, there := p.places[f.Path]; there {
			list[i].Column = p.headings[place]
		}
	}
	return list
}
