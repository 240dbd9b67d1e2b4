package importing

import (
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
	values []binding
	fixed  []fixed
	ref    int // column of the reference, -1 for none
	to     int // column of the recipient's name, -1 for none
}

// binding is a field that has a column.
type binding struct {
	*Field
	place
	column int
}

// fixed is a field that has a value of its own.
type fixed struct {
	place
	text string
}

func newPlan(t Table, m Mapping) (plan, error) {
	if err := m.Check(t); err != nil {
		return plan{}, err
	}
	p := plan{table: t, ref: -1, to: -1}
	places := t.places()
	for _, key := range slices.Sorted(maps.Keys(m.Columns)) {
		column := places[m.Columns[key]]
		p.values = append(p.values, binding{byKey[key], placeOf(byKey[key]), column})
		switch key {
		case "reference":
			p.ref = column
		case "ship_to.name":
			p.to = column
		}
	}
	for key, text := range m.Fixed {
		if text = tidy(text, byKey[key].kind); text != "" {
			p.fixed = append(p.fixed, fixed{placeOf(byKey[key]), text})
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

// order reads a unit, as an order and as the body it was read from; problems are what has to be put right first.
func (p plan) order(u *unit) (order.Order, object, []Problem) {
	if u.rows[0].Problem != "" {
		return order.Order{}, nil, []Problem{{Row: u.rows[0].Number, Message: u.rows[0].Problem}}
	}
	body, problems := p.body(u)
	if len(problems) > 0 {
		return order.Order{}, nil, problems
	}
	o, err := order.FromValues(body)
	if err != nil {
		return order.Order{}, nil, p.problems(*u, err)
	}
	return o, body, nil
}

type object = map[string]any

// spot is an object of a body.
type spot int

const (
	inTop spot = iota
	inShipment
	inRecipient
	inParcel
	inItem
	spots
)

// place is where a field stands in a body.
type place struct {
	in   spot
	name string
}

func placeOf(f *Field) place {
	switch f.Level {
	case OfRecipient:
		return place{inRecipient, strings.TrimPrefix(f.Key, "ship_to.")}
	case OfParcel:
		return place{inParcel, strings.TrimPrefix(f.Key, "parcel.")}
	case OfItem:
		return place{inItem, strings.TrimPrefix(f.Key, "item.")}
	}
	switch f.Key {
	case "courier", "testing", "auth_company":
		return place{inTop, f.Key}
	}
	return place{inShipment, f.Key}
}

// body writes a unit as a create-label body.
func (p plan) body(u *unit) (object, []Problem) {
	var problems []Problem
	var parts [spots]object // of inItem, the one of the row
	for i := range parts[:inItem] {
		parts[i] = make(object, 8)
	}
	items := make([]any, 0, len(u.rows))
	u.items = u.items[:0]
	var said map[string]int // of several rows, which one a value of the whole shipment comes from
	if len(u.rows) > 1 {
		said = map[string]int{}
	}
	for n, row := range u.rows {
		parts[inItem] = nil
		for i := range p.values {
			b := &p.values[i]
			text := tidy(row.Cells[b.column], b.kind)
			if text == "" {
				continue
			}
			if sentence := problemOf(text); sentence != "" {
				problems = append(problems, p.problem(row, b.Key, sentence))
				continue
			}
			if b.in == inItem && parts[inItem] == nil {
				parts[inItem] = make(object, 8)
			}
			into := parts[b.in]
			before, there := into[b.name]
			if there && before != text {
				problems = append(problems, p.problem(row, b.Key, fmt.Sprintf(
					"Row %d has the same reference and says “%s” here. Rows of one shipment say the same, or leave the cell empty.", said[b.Key], short(before.(string)))))
				continue
			}
			if !there {
				into[b.name] = text
				if said != nil {
					said[b.Key] = row.Number
				}
			}
		}
		if item := parts[inItem]; item != nil {
			items = append(items, item)
			u.items = append(u.items, n)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	p.fill(parts, items)
	top, shipment, parcel := parts[inTop], parts[inShipment], parts[inParcel]
	if len(items) > 0 {
		parcel["items"] = items
	}
	if to := parts[inRecipient]; len(to) > 0 {
		shipment["ship_to"] = to
	}
	shipment["parcels"] = []any{parcel}
	top["shipment"] = shipment
	return top, nil
}

// fill sets what holds for every row.
func (p plan) fill(parts [spots]object, items []any) {
	for _, f := range p.fixed {
		if f.in != inItem {
			setMissing(parts[f.in], f.name, f.text)
			continue
		}
		for _, item := range items {
			setMissing(item.(object), f.name, f.text)
		}
	}
}

func setMissing(into object, name, text string) {
	if _, there := into[name]; !there {
		into[name] = text
	}
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
