package importing

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
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
	err = r.each(ctx, runtime.GOMAXPROCS(0), tell, func(ctx context.Context, at int) { r.try(ctx, at) }, func([]int) error { return nil })
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
	before map[string]map[int]int64 // by file and mode: row → shipment
}

func (s *Service) begin(ctx context.Context, j Job) (*run, error) {
	p, err := newPlan(j.Table, j.Mapping)
	if err != nil {
		return nil, err
	}
	r := &run{Service: s, job: j, plan: p, file: j.content(), units: p.units(), before: map[string]map[int]int64{}}
	r.lines = make([]Line, len(r.units))
	for i, u := range r.units {
		r.lines[i] = Line{Rows: u.numbers(), Result: Stopped, Reference: p.first(u, "reference"), Recipient: p.first(u, "ship_to.name")}
	}
	return r, s.Store.Read(ctx, func(repo Repo) error {
		for _, mode := range []string{live, test} {
			rows, err := repo.ImportedRows(j.AccountID, r.file+mode)
			if err != nil {
				return err
			}
			r.before[mode] = rows
		}
		return nil
	})
}

// first gives what a unit says first of a field.
func (p plan) first(u unit, key string) string {
	for _, b := range p.values {
		for _, row := range u.rows {
			if b.Key != key || row.Problem != "" {
				continue
			}
			if text := tidy(row.Cells[b.column], asText); text != "" {
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

// read reads a unit into its line: false where there is nothing to buy.
func (r *run) read(at int) (order.Order, bool) {
	line := &r.lines[at]
	o, problems := r.plan.order(&r.units[at])
	if len(problems) > 0 {
		line.Result, line.Problems = Wrong, problems
		return o, false
	}
	mode := modeOf(o)
	for _, row := range line.Rows {
		if number, made := r.before[mode][row]; made {
			line.Result, line.Number = Before, number
			return o, false
		}
	}
	o.IdempotencyKey = fmt.Sprintf("import:%s%s:%d", r.file, mode, line.Rows[0])
	return o, true
}

func (r *run) try(ctx context.Context, at int) {
	o, ok := r.read(at)
	if !ok {
		return
	}
	if err := r.Shipments.Check(ctx, r.job.AccountID, o); err != nil {
		r.refuse(at, err)
		return
	}
	r.lines[at].Result = Ready
}

// refuse notes why a unit can't be bought.
func (r *run) refuse(at int, err error) {
	line := &r.lines[at]
	line.Result = Wrong
	if e := errs.As(err); e.Code == errs.Conflict && e.RetryAfter == 0 {
		line.Problems = []Problem{{Row: line.Rows[0], Message: "A label was made for this row before, with other values; nothing was bought now. Look it up in Shipments."}}
		return
	}
	line.Problems = r.plan.problems(r.units[at], err)
}

// batch is how many shipments are noted in one commit.
const batch = 100

// each works on all units, several at a time, and hands what is done to note in batches. It stops before the next unit
// when ctx ends; what was begun is finished and noted.
func (r *run) each(ctx context.Context, workers int, tell Progress, work func(ctx context.Context, at int), note func(done []int) error) error {
	begun := context.WithoutCancel(ctx)
	next, done := make(chan int), make(chan int, workers)
	go func() {
		defer close(next)
		for at := range r.units {
			select {
			case <-ctx.Done():
				return
			case next <- at:
			}
			if ctx.Err() != nil { // a select may take either where both are there
				return
			}
		}
	}()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for at := range next {
				work(begun, at)
				done <- at
			}
		})
	}
	go func() { all.Wait(); close(done) }()
	var err error
	var finished []int
	count := 0
	for at := range done {
		finished = append(finished, at)
		if count++; count%batch == 0 {
			if noted := note(finished); err == nil {
				err = noted
			}
			finished = nil
			if tell != nil {
				tell(count, len(r.units))
			}
		}
	}
	if noted := note(finished); err == nil {
		err = noted
	}
	if tell != nil {
		tell(count, len(r.units))
	}
	return err
}
