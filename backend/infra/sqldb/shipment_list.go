package sqldb

import (
	"slices"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/shipment"
)

var (
	selectNumbersBelow = register(`SELECT number FROM shipments WHERE number < $1 ORDER BY number DESC LIMIT $2`)
	selectNumbersAbove = register(`SELECT number FROM shipments WHERE number > $1 ORDER BY number LIMIT $2`)
	selectDueNumbers   = register(`SELECT number FROM catalogue_due`)
)

// countLimit is where the count of a search stops.
const countLimit = 1_000

// chunk is how many hits are asked for at first; each further time it is twice as many.
const (
	chunk     = 128
	chunkMost = 4_096
)

// listName stands in the cursors of lists of shipments.
const listName = "shipments"

// listing is a filter and a place in its list.
type listing struct {
	tx     *Tx
	filter shipment.Filter
	by     sorting // no key: by number
	search finder
	also   finder // of a text, beside a search for what is named exactly
	after  *hit   // nil from the beginning
	due    set
	bytes  []byte // of within, once they were needed
	within set    // what the filters of the catalogue let through, without what is due; nil for everything
}

// Shipments gives rows in the order of the filter's sort.
func (tx *Tx) Shipments(f shipment.Filter, p page.Request) (page.Result[shipment.Row], error) {
	var none page.Result[shipment.Row]
	l, err := tx.listing(f, p.Cursor)
	if err != nil {
		return none, err
	}
	hits, err := l.take(f.Skip, p.Size()+1)
	if err != nil {
		return none, err
	}
	rows, err := tx.rowsOf(hits)
	if err != nil {
		return none, err
	}
	return paged(rows, p, func(r shipment.Row) string {
		at := l.hitOf(&r)
		return makeCursor(listName, string(f.Sort.By), string(l.search.way), at.key, at.number)
	}), nil
}

// CountShipments counts the rows of a filter, those of a search up to 1,000; more says that there are others.
func (tx *Tx) CountShipments(f shipment.Filter) (count int64, more bool, err error) {
	f.Sort = shipment.Sort{}
	l, err := tx.listing(f, "")
	if err != nil {
		return 0, false, err
	}
	if l.search.way != "" {
		hits, err := l.take(0, countLimit+1)
		return int64(min(len(hits), countLimit)), len(hits) > countLimit, err
	}
	all, err := l.everything()
	if err != nil {
		return 0, false, err
	}
	due, err := l.dueHits()
	return all.count() + int64(len(due)), false, err
}

// everything gives what the filters let through as a set, also where there are no filters.
func (l *listing) everything() (set, error) {
	if l.within != nil {
		return l.within, nil
	}
	all, err := l.tx.setOf(fieldAll, "")
	all.less(l.due)
	return all, err
}

// permits gives the bytes of what the filters let through.
func (l *listing) permits() []byte {
	if l.bytes == nil {
		l.bytes = l.within.bytes()
	}
	return l.bytes
}

func (tx *Tx) listing(f shipment.Filter, cursorText string) (*listing, error) {
	l := &listing{tx: tx, filter: f, by: sorts[f.Sort.By]}
	if l.by.key == nil && f.Sort.By != "" && f.Sort.By != shipment.FieldNumber {
		return nil, errs.OnField("sort", "Lists are not sorted by %q.", string(f.Sort.By))
	}
	after, err := readCursor(cursorText, listName, 4)
	if err != nil {
		return nil, err
	}
	if after != nil {
		if after[0] != string(f.Sort.By) {
			return nil, errs.OnField("cursor", "This cursor belongs to another order of the list; leave it out to start from the beginning.")
		}
		l.after = &hit{after[2], integer(after[3])}
	}
	due, err := all(tx, value[int64], selectDueNumbers)
	if err != nil {
		return nil, err
	}
	for _, number := range due {
		l.due.add(number)
	}
	if l.search = exactly(f); l.search.way != "" {
		if text := fold(f.Search); text != "" {
			l.also = finder{byText, text}
		}
		return l, nil
	}
	if l.within, err = tx.filtered(f, l.due); err != nil || fold(f.Search) == "" {
		return l, err
	}
	if after != nil {
		l.search, err = resumed(f, way(after[1]))
	} else {
		l.search, err = tx.finder(f, l.within)
	}
	return l, err
}

// take gives up to limit hits of the list, after skip of them.
func (l *listing) take(skip, limit int) ([]hit, error) {
	catalogued, err := l.stream()
	if err != nil {
		return nil, err
	}
	due, err := l.dueHits()
	if err != nil {
		return nil, err
	}
	if l.after != nil {
		due = slices.DeleteFunc(due, func(h hit) bool { return l.compare(h, *l.after) <= 0 })
	}
	return l.merge(catalogued, due, skip, limit)
}

func (l *listing) merge(catalogued stream, due []hit, skip, limit int) ([]hit, error) {
	var out []hit
	put := func(h hit) {
		if skip > 0 {
			skip--
			return
		}
		out = append(out, h)
	}
	for about, more := max(chunk, min(skip+limit, chunkMost)), true; more && len(out) < limit; about = min(2*about, chunkMost) {
		var hits []hit
		var err error
		if hits, more, err = catalogued(about); err != nil {
			return nil, err
		}
		for _, h := range hits {
			for len(due) > 0 && l.compare(due[0], h) < 0 {
				put(due[0])
				due = due[1:]
			}
			put(h)
		}
	}
	for _, h := range due {
		put(h) // behind all that came, and left off where the list goes on
	}
	return out[:min(limit, len(out))], nil
}

// stream gives the catalogued hits of the list behind its place, in its order.
func (l *listing) stream() (stream, error) {
	if l.search.direct() {
		return l.found()
	}
	if l.search.way != "" {
		return l.searched()
	}
	return l.ordered()
}

// ordered streams all that the filters let through in the order of the list.
func (l *listing) ordered() (stream, error) {
	switch {
	case l.by.key == nil:
		return l.byNumber(), nil
	case l.by.mark == "":
		return l.byValue()
	case l.within != nil && l.within.count() <= sortLimit:
		return l.sorted(l.within.above(0, sortLimit))
	}
	return l.byTerm(), nil
}

// byNumber streams what the filters let through by number.
func (l *listing) byNumber() stream {
	from := l.first()
	if l.after != nil {
		from = l.after.number
	}
	if l.within != nil {
		return l.ofSet("", l.within, from)
	}
	next := selectNumbersBelow
	if l.filter.Sort.Ascending {
		next = selectNumbersAbove
	}
	return ofNumbers("", from, func(from int64, limit int) ([]int64, error) {
		return all(l.tx, value[int64], next, from, limit)
	}).kept(l.notDue)
}

// kept hits are those that are not due: what the catalogue says of those is what they were.
func (l *listing) notDue(hits []hit) ([]hit, error) {
	if l.due == nil {
		return hits, nil
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return l.due.has(h.number) }), nil
}

// permitted hits are those that the filters let through.
func (l *listing) permitted(hits []hit) ([]hit, error) {
	if l.within == nil {
		return l.notDue(hits)
	}
	return slices.DeleteFunc(hits, func(h hit) bool { return !l.within.has(h.number) }), nil
}

// conditions appends what the filters ask of a row.
func (l *listing) conditions(q *query) {
	f := l.filter
	q.equal("s.account_id", f.AccountID, f.AccountID != "")
	q.equal("s.courier", f.Courier, f.Courier != "")
	q.equal("s.country_iso", strings.ToUpper(f.CountryISO), f.CountryISO != "")
	q.equal("s.number", f.Number, f.Number != 0)
	q.equal("s.request_number", f.RequestNumber, f.RequestNumber != 0)
	q.in("s.state", f.States)
	q.condition(f.Testing, "s.testing = 1", "s.testing = 0")
	q.condition(f.Printed, "s.printed_ms > 0", "s.printed_ms = 0")
	if f.FromMs != 0 {
		q.where("s.created_ms >= ?", f.FromMs)
	}
	if f.ToMs != 0 {
		q.where("s.created_ms < ?", f.ToMs)
	}
	q.equal("s.reference", f.Reference, f.Reference != "") // its term is the folded text
}

// dueHits looks through what is due for what the filters and the search let through, in the order of the list.
func (l *listing) dueHits() ([]hit, error) {
	if l.due == nil || l.search.way == byRequest || l.search.way == byNumber {
		return nil, nil // nothing is due, or these look at all of the shipments
	}
	q := newQuery(dueShipments)
	q.filtered = true
	l.conditions(q)
	rows, err := all(l.tx, scanListed, q.statement(), q.args...)
	if err != nil {
		return nil, err
	}
	var hits []hit
	for i := range rows {
		if r := &rows[i]; l.search.finds(r.row.Number, r.text, l.filter) && l.also.finds(r.row.Number, r.text, l.filter) {
			hits = append(hits, l.hitOf(&r.row))
		}
	}
	slices.SortFunc(hits, l.compare)
	return hits, nil
}

// dueShipments selects what is due as listed.
const dueShipments = `SELECT ` + rowColumns + `, x.text, '' FROM catalogue_due d CROSS JOIN shipments s CROSS JOIN shipment_search x
	CROSS JOIN accounts a WHERE s.number = d.number AND x.number = d.number AND a.id = s.account_id`

// condition appends one of two conditions, when asked.
func (q *query) condition(asked *bool, yes, no string) {
	switch {
	case asked == nil:
	case *asked:
		q.where(yes)
	default:
		q.where(no)
	}
}

// in appends column = one of the states; none asks for nothing.
func (q *query) in(column string, states []shipment.State) {
	if len(states) == 0 {
		return
	}
	args := make([]any, len(states))
	for i, state := range states {
		args[i] = state
	}
	q.where(column+" IN (?"+strings.Repeat(", ?", len(states)-1)+")", args...)
}
