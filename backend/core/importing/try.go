package importing

import (
	"context"
	"maps"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/draft"
	"packbench/backend/core/order"
)

// Progress is told how many shipments of a file are done.
type Progress func(done, total int)

// Job is a table to be bought on an account.
type Job struct {
	AccountID account.ID
	Table     Table
	Mapping   Mapping
	Content   string // what Content gave for the table as it was read; "" where nothing was fixed in it since
}

// Content names what a table holds. Fixing cells afterwards does not make another file of it.
func (t Table) Content() string { return t.digest() }

func (j Job) content() string {
	if j.Content != "" {
		return j.Content
	}
	return j.Table.digest()
}

// Try says what Run would refuse, row by row, without buying anything. Invalid: the mapping does not fit the table.
func (s *Service) Try(ctx context.Context, j Job, tell Progress) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	r, err := s.begin(ctx, j)
	if err != nil {
		return Report{}, err
	}
	check, err := s.Shipments.Checks(ctx, j.AccountID)
	if err != nil {
		return Report{}, err
	}
	err = r.each(ctx, shared, tell, func(ctx context.Context, at int) { r.try(ctx, check, at) }, nil)
	return Report{Lines: r.lines}, err
}

// run is one pass over a file.
type run struct {
	*Service
	job    Job
	plan   plan
	file   string // the content's name
	units  []unit
	lines  []Line
	before map[string]map[int]int64 // by mode: row → shipment, 0 for a draft
}

func (s *Service) begin(ctx context.Context, j Job) (*run, error) {
	p, err := newPlan(j.Table, j.Mapping)
	if err != nil {
		return nil, err
	}
	r := &run{Service: s, job: j, plan: p, file: j.content(), units: p.units(), before: map[string]map[int]int64{}}
	r.lines = make([]Line, len(r.units))
	for i, u := range r.units {
		r.lines[i] = Line{Rows: u.numbers(), Result: Stopped, Reference: u.first(p.ref), Recipient: u.first(p.to)}
	}
	return r, s.Store.Read(ctx, func(repo Repo) error {
		for _, mode := range []string{live, test} {
			rows, err := repo.ImportedRows(j.AccountID, r.file+mode)
			if err != nil {
				return err
			}
			drafted, err := repo.DraftedRows(j.AccountID, r.file+mode)
			if err != nil {
				return err
			}
			for _, row := range drafted {
				if _, made := rows[row]; !made {
					rows[row] = 0
				}
			}
			claimed, err := repo.ClaimedRows(j.AccountID, r.file+mode) // where the note of them was lost in a crash
			if err != nil {
				return err
			}
			maps.Copy(rows, claimed)
			r.before[mode] = rows
		}
		return nil
	})
}

// first gives what a unit says first in a column, -1 for none.
func (u unit) first(column int) string {
	if column < 0 {
		return ""
	}
	for _, row := range u.rows {
		if row.Problem == "" {
			if text := tidy(row.Cells[column], asText); text != "" {
				return text
			}
		}
	}
	return ""
}

// Labels for testing and live ones are different imports of a file.
const (
	live = ":live"
	test = ":test"
)

func modeOf(o order.Order) string {
	if o.Testing != nil && *o.Testing {
		return test
	}
	return live
}

// read reads a unit into its line, with the body it was read from: false where there is nothing to make.
func (r *run) read(at int) (order.Order, object, bool) {
	line := &r.lines[at]
	o, body, problems := r.plan.order(&r.units[at])
	if len(problems) > 0 {
		line.Result, line.Problems = Wrong, problems
		return o, nil, false
	}
	before := r.before[modeOf(o)]
	for _, row := range line.Rows {
		if number, made := before[row]; made {
			line.Result, line.Number = Before, number
			return o, nil, false
		}
	}
	return o, body, true
}

// origin names the rows of a line for the purchase, or the draft, that is made of them.
func (r *run) origin(at int, o order.Order) draft.Imported {
	return draft.Imported{File: r.file + modeOf(o), Rows: r.lines[at].Rows}
}

func (r *run) try(ctx context.Context, check func(context.Context, order.Order) error, at int) {
	o, _, ok := r.read(at)
	if !ok {
		return
	}
	if err := check(ctx, o); err != nil {
		r.refuse(at, err)
		return
	}
	r.lines[at].Result = Ready
}

// refuse notes why a unit can't be bought.
func (r *run) refuse(at int, err error) {
	line := &r.lines[at]
	line.Result = Wrong
	if errs.Is(err, errs.Unavailable) {
		line.Result = Away
	}
	if e := errs.As(err); e.Code == errs.Conflict && e.RetryAfter == 0 {
		line.Problems = []Problem{{Row: line.Rows[0], Message: "A label was made for this row before, with other values; nothing was bought now. Look it up in Shipments."}}
		return
	}
	line.Problems = r.plan.problems(r.units[at], err)
}
