package sqldb

import (
	"strings"

	"packbench/backend/base/page"
	"packbench/backend/core/shipment"
)

// The columns of shipment.Row.
const (
	rowColumns = `s.id, s.number, s.request_number, s.created_ms, s.account_id, a.name, s.courier, s.company, s.service_name, s.preset_code,
	s.testing, s.reference, s.reference_2, s.recipient, s.recipient_company, s.city, s.postcode, s.country_iso, s.parcels, s.weight_g,
	s.tracking_codes, s.state, s.status, s.packed, s.printed_ms, s.version, s.updated_ms`
)

func rowFields(r *shipment.Row, codes *string) []any {
	return []any{
		&r.ID, &r.Number, &r.RequestNumber, &r.CreatedMs, &r.AccountID, &r.AccountName, &r.Courier, &r.Company, &r.ServiceName, &r.PresetCode,
		&r.Testing, &r.Reference, &r.Reference2, &r.Recipient, &r.RecipientOrg, &r.City, &r.Postcode, &r.CountryISO, &r.Parcels, &r.Weight,
		codes, &r.State, &r.Status, &r.Packed, &r.PrintedMs, &r.Version, &r.UpdatedMs,
	}
}

func scanRow(row scanner) (shipment.Row, error) {
	var r shipment.Row
	var codes string
	if err := row.Scan(rowFields(&r, &codes)...); err != nil {
		return r, err
	}
	return r, decode(codes, &r.TrackingCodes)
}

// countLimit is where CountShipments stops counting.
const countLimit = 1_000

var noPage page.Request

// order is how a list runs, and what stands behind a cursor in it.
type order struct{ by, behind string }

var byCreation = order{"s.created_ms DESC, s.number DESC", "(s.created_ms, s.number) < (?, ?)"}

// The names of the two lists in their cursors.
const (
	plainList  = "shipments"
	searchList = "shipment search"
)

// Shipments gives rows, newest first: by creation, and a search by number.
func (tx *Tx) Shipments(f shipment.Filter, p page.Request) (page.Result[shipment.Row], error) {
	var none page.Result[shipment.Row]
	list, err := tx.listing(f, p)
	if err != nil {
		return none, err
	}
	q := list.query(rowColumns, p.Size()+1, f.Skip)
	rows, err := all(tx, scanRow, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(rows, p, list.cursorAt), nil
}

// CountShipments counts the rows of a filter up to 1,000; more says that there are others.
func (tx *Tx) CountShipments(f shipment.Filter) (count int64, more bool, err error) {
	list, err := tx.listing(f, page.Request{})
	if err != nil {
		return 0, false, err
	}
	inner := list.query("s.number, s.created_ms", countLimit+1, 0)
	q := newQuery("SELECT count(*) FROM (" + inner.text.String() + ") found")
	count, err = one(tx, "", value[int64], q.statement(), inner.args...)
	return min(count, countLimit), count > countLimit, err
}

// ShipmentsIn gives all of the shipments in these states, oldest first.
func (tx *Tx) ShipmentsIn(states ...shipment.State) ([]shipment.Shipment, error) {
	found := []shipment.Shipment{}
	for _, state := range states {
		q := newQuery(fullShipment)
		q.where("s.state = ?", state)
		q.add(" ORDER BY s.created_ms, s.number")
		list, err := all(tx, scanShipment, q.statement(), q.args...)
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	for i := range found {
		if err := tx.addHistory(&found[i]); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// listing is a filter and a place in its list, ready to become a statement.
type listing struct {
	order
	filter shipment.Filter
	search finder
	after  cursor
}

func (tx *Tx) listing(f shipment.Filter, p page.Request) (l listing, err error) {
	l.filter = f
	if fold(f.Search) != "" {
		if l.after, err = readCursor(p.Cursor, searchList, 2); err != nil {
			return l, err
		}
		l.search, err = tx.finder(f, l.after)
	} else {
		l.after, err = readCursor(p.Cursor, plainList, 2)
		if terms := termsOf(f); len(terms) > 0 {
			l.search = finder{byTerm, terms[0]}
		} else if f.RequestNumber != 0 {
			l.search = finder{byRequest, decimal(f.RequestNumber)}
		}
	}
	l.order = l.search.order()
	return l, err
}

// termsOf gives the whole terms that a filter asks for.
func termsOf(f shipment.Filter) (terms []string) {
	if f.TrackingCode != "" {
		terms = append(terms, markTracking+compact(f.TrackingCode))
	}
	if f.Reference != "" {
		terms = append(terms, markReference+fold(f.Reference))
	}
	if f.Email != "" {
		terms = append(terms, markEmail+fold(f.Email))
	}
	return terms
}

func (l listing) cursorAt(r shipment.Row) string {
	if l.order == byCreation {
		return makeCursor(plainList, r.CreatedMs, r.Number)
	}
	return makeCursor(searchList, string(l.search.way), r.Number)
}

// query selects columns of up to limit rows. In a list without a search each of several states is read by its own index
// and the results are put together, because no index gives the rows of two states in order.
func (l listing) query(columns string, limit, skip int) *query {
	states := l.filter.States
	if len(states) <= 1 || l.search.way != "" {
		q := newQuery("")
		l.write(q, columns, states)
		q.add(" LIMIT ? OFFSET ?", limit, skip)
		return q
	}
	q := newQuery("SELECT * FROM (")
	for i := range states {
		if i > 0 {
			q.add(" UNION ALL ")
		}
		q.add("SELECT * FROM (")
		l.write(q, columns, states[i:i+1])
		q.add(" LIMIT ?) one_state", limit+skip)
	}
	q.add(") s ORDER BY "+l.by+" LIMIT ? OFFSET ?", limit, skip)
	return q
}

func (l listing) write(q *query, columns string, states []shipment.State) {
	f := l.filter
	q.filtered = false
	q.add("SELECT " + columns)
	l.search.write(q, f)
	q.equal("s.account_id", f.AccountID, f.AccountID != "")
	q.equal("s.courier", f.Courier, f.Courier != "")
	q.equal("s.country_iso", strings.ToUpper(f.CountryISO), f.CountryISO != "")
	q.equal("s.number", f.Number, f.Number != 0)
	q.equal("s.request_number", f.RequestNumber, f.RequestNumber != 0)
	q.in("s.state", states)
	// Written out and not as arguments, so that the partial indexes serve.
	q.condition(f.Testing, "s.testing = 1", "s.testing = 0")
	q.condition(f.Printed, "s.printed_ms > 0", "s.printed_ms = 0")
	if f.FromMs != 0 {
		q.where("s.created_ms >= ?", f.FromMs)
	}
	if f.ToMs != 0 {
		q.where("s.created_ms < ?", f.ToMs)
	}
	q.equal("s.reference", f.Reference, f.Reference != "") // its term is the folded text
	for _, term := range termsOf(f) {
		if term != l.search.term {
			q.where("s.number IN (SELECT number FROM shipment_terms WHERE term = ?)", term)
		}
	}
	switch {
	case l.after == nil:
	case l.order == byCreation:
		q.where(l.behind, integer(l.after[0]), integer(l.after[1]))
	default:
		q.where(l.behind, integer(l.after[1]))
	}
	q.add(" ORDER BY " + l.by)
}

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
	switch len(states) {
	case 0:
		return
	case 1:
		q.where(column+" = ?", states[0])
		return
	}
	args := make([]any, len(states))
	for i, state := range states {
		args[i] = state
	}
	q.where(column+" IN (?"+strings.Repeat(", ?", len(states)-1)+")", args...)
}
