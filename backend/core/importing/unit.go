package importing

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/order"
)

// unit is one shipment of the file: a row, or all rows with the same reference.
type unit struct {
	rows  []Row
	items []int // row of each item, by its place in rows
}

func (u unit) numbers() []int {
	out := make([]int, len(u.rows))
	for i, row := range u.rows {
		out[i] = row.Number
	}
	return out
}

// plan is a table with a mapping, ready to become orders.
type plan struct {
	table  Table
	fixed  map[string]string
	values []binding
	ref    int // column of the reference, -1 for none
}

// binding is a field that has a column.
type binding struct {
	*Field
	column int
}

func newPlan(t Table, m Mapping) (plan, error) {
	if err := m.Check(t); err != nil {
		return plan{}, err
	}
	p := plan{table: t, fixed: m.Fixed, ref: -1}
	places := t.places()
	for _, key := range slices.Sorted(maps.Keys(m.Columns)) {
		p.values = append(p.values, binding{byKey[key], places[m.Columns[key]]})
		if key == "reference" {
			p.ref = places[m.Columns[key]]
		}
	}
	return p, nil
}

// units puts rows together, in the order of the file.
func (p plan) units() []unit {
	units := make([]unit, 0, len(p.table.Rows))
	known := map[string]int{}
	for _, row := range p.table.Rows {
		ref := ""
		if p.ref >= 0 && row.Problem == "" {
			ref = tidy(row.Cells[p.ref], asText)
		}
		if at, there := known[ref]; there && ref != "" {
			units[at].rows = append(units[at].rows, row)
			continue
		}
		if ref != "" {
			known[ref] = len(units)
		}
		units = append(units, unit{rows: []Row{row}})
	}
	return units
}

// Problem is one thing that is wrong with a row. Field and Column are "" where it is about the whole row.
type Problem struct {
	Row     int    `json:"row"`
	Field   string `json:"field"`
	Column  string `json:"column"`
	Message string `json:"message"`
}

// order reads a unit; problems are what has to be put right first.
func (p plan) order(u *unit) (order.Order, []Problem) {
	if u.rows[0].Problem != "" {
		return order.Order{}, []Problem{{Row: u.rows[0].Number, Message: u.rows[0].Problem}}
	}
	body, problems := p.body(u)
	if len(problems) > 0 {
		return order.Order{}, problems
	}
	o, err := order.Parse(body, "")
	if err != nil {
		return order.Order{}, p.problems(*u, err)
	}
	return o, nil
}

type object = map[string]any

// body writes a unit as a create-label body.
func (p plan) body(u *unit) ([]byte, []Problem) {
	var problems []Problem
	top, shipment, parcel := object{}, object{}, object{}
	to := object{}
	items := []object{}
	u.items = u.items[:0]
	said := map[string]Row{} // which row a value of the whole shipment comes from
	for n, row := range u.rows {
		item := object{}
		for _, b := range p.values {
			text := tidy(row.Cells[b.column], b.kind)
			if text == "" {
				continue
			}
			if sentence := problemOf(text); sentence != "" {
				problems = append(problems, p.problem(row, b.Key, sentence))
				continue
			}
			if b.Level == OfItem {
				item[strings.TrimPrefix(b.Key, "item.")] = text
				continue
			}
			into, name := place(b.Field, top, shipment, to, parcel)
			if before, there := into[name]; there && before != text {
				problems = append(problems, p.problem(row, b.Key, fmt.Sprintf(
					"Row %d has the same reference and says “%s” here. Rows of one shipment say the same, or leave the cell empty.", said[b.Key].Number, short(before.(string)))))
				continue
			}
			if _, there := into[name]; !there {
				into[name], said[b.Key] = text, row
			}
		}
		if len(item) > 0 {
			items = append(items, item)
			u.items = append(u.items, n)
		}
	}
	p.fill(top, shipment, to, parcel, items)
	if len(problems) > 0 {
		return nil, problems
	}
	if len(items) > 0 {
		parcel["items"] = items
	}
	if len(to) > 0 {
		shipment["ship_to"] = to
	}
	shipment["parcels"] = []object{parcel}
	top["shipment"] = shipment
	body, err := json.Marshal(top)
	if err != nil {
		return nil, []Problem{{Row: u.rows[0].Number, Message: err.Error()}} // texts always encode
	}
	return body, nil
}

// fill sets what holds for every row.
func (p plan) fill(top, shipment, to, parcel object, items []object) {
	for key, text := range p.fixed {
		f := byKey[key]
		text = tidy(text, f.kind)
		if text == "" {
			continue
		}
		if f.Level == OfItem {
			for _, item := range items {
				setMissing(item, strings.TrimPrefix(key, "item."), text)
			}
			continue
		}
		into, name := place(f, top, shipment, to, parcel)
		setMissing(into, name, text)
	}
}

func setMissing(into object, name, text string) {
	if _, there := into[name]; !there {
		into[name] = text
	}
}

// place is where a field stands in the body.
func place(f *Field, top, shipment, to, parcel object) (object, string) {
	switch f.Level {
	case OfRecipient:
		return to, strings.TrimPrefix(f.Key, "ship_to.")
	case OfParcel:
		return parcel, strings.TrimPrefix(f.Key, "parcel.")
	}
	switch f.Key {
	case "courier", "testing", "auth_company":
		return top, f.Key
	}
	return shipment, f.Key
}

func (p plan) problem(row Row, key, sentence string) Problem {
	out := Problem{Row: row.Number, Field: key, Message: sentence}
	for _, b := range p.values {
		if b.Key == key {
			out.Column = p.table.Headings[b.column]
		}
	}
	return out
}

// problems puts an error beside the cells it is about.
func (p plan) problems(u unit, err error) []Problem {
	e := errs.As(err)
	if len(e.Fields) == 0 {
		return []Problem{{Row: u.rows[0].Number, Message: e.Message}}
	}
	out := make([]Problem, 0, len(e.Fields))
	for _, f := range e.Fields {
		key, item := fieldOfPath(f.Path)
		row := u.rows[0]
		if strings.HasPrefix(key, "item.") && item < len(u.items) {
			row = u.rows[u.items[item]]
		}
		found := p.problem(row, key, f.Message)
		if !slices.Contains(out, found) {
			out = append(out, found)
		}
	}
	return out
}

// short cuts a text for a sentence.
func short(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
