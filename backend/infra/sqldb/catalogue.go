package sqldb

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// The catalogue is what lists and searches find shipments by: sets of numbers for the values of a few fields, terms and
// trigrams. It is written behind the shipments, for many of them at once, because writing it is most of what keeping a
// shipment costs. Until then a shipment is due, and lists look at those that are due one by one.

// catalogueBatch is from how many due shipments on the writer catalogues them at once: larger ones cost a little less, and all
// who wait meanwhile wait longer (256 held a crowd up for 20 ms). Fewer wait until it has had nothing to do for catalogueRest.
const (
	catalogueBatch = 64
	catalogueRest  = 25 * time.Millisecond
)

var (
	insertDue    = register(`INSERT INTO catalogue_due (number, entry) VALUES ($1, $2) ON CONFLICT DO NOTHING`)
	deleteDue    = register(`DELETE FROM catalogue_due WHERE number <= $1`)
	selectAnyDue = register(`SELECT count(*) FROM (SELECT number FROM catalogue_due LIMIT 1) due`)
	selectDue    = register(`SELECT ` + rowColumns + `, x.text, d.entry FROM catalogue_due d CROSS JOIN shipments s
		CROSS JOIN shipment_search x CROSS JOIN accounts a
		WHERE s.number = d.number AND x.number = d.number AND a.id = s.account_id ORDER BY d.number LIMIT $1`)
	selectListed = register(`SELECT ` + rowColumns + `, x.text, '' FROM shipments s CROSS JOIN shipment_search x CROSS JOIN accounts a
		WHERE s.number = $1 AND x.number = s.number AND a.id = s.account_id`)

	selectBlock = register(`SELECT members FROM catalogue_sets WHERE field = $1 AND value = $2 AND block = $3`)
	putBlock    = register(`INSERT INTO catalogue_sets (field, value, block, members) VALUES ($1, $2, $3, $4)
		ON CONFLICT (field, value, block) DO UPDATE SET members = excluded.members`)
	deleteBlock = register(`DELETE FROM catalogue_sets WHERE field = $1 AND value = $2 AND block = $3`)

	insertTerms = registerRows(`INSERT INTO shipment_terms (term, number)`, 2, " ON CONFLICT DO NOTHING")
	deleteTerm  = register(`DELETE FROM shipment_terms WHERE term = $1 AND number = $2`)
)

// Fields of the catalogue that are no fields of a list.
const (
	fieldAll   = "all"   // every shipment, under ""
	fieldState = "state" // and FieldStatus by its code
	fieldDay   = "day"   // days of Unix time
	fieldSpan  = "span"  // spanDays of them in a row
	fieldBlank = "blank" // the fields that are sorted by their terms and have none
)

const (
	dayMs    = 24 * 60 * 60 * 1_000
	spanDays = 32
)

// entry is what the catalogue says of a shipment.
type entry struct {
	Values []pair   `json:"values"`
	Terms  []string `json:"terms"`
	Text   string   `json:"text"`
}

// pair is a field and its value.
type pair struct{ Field, Value string }

func entryOf(r *shipment.Row, text string) entry {
	e := entry{Text: text, Terms: termsOfRow(r, text)}
	is := func(field, value string) { e.Values = append(e.Values, pair{field, value}) }
	is(fieldAll, "")
	is(string(shipment.FieldAccount), string(r.AccountID))
	is(string(shipment.FieldCourier), string(r.Courier))
	is(string(shipment.FieldService), r.ServiceName)
	is(fieldState, string(r.State))
	is(string(shipment.FieldStatus), stageOf(r))
	is(string(shipment.FieldCountry), r.CountryISO)
	is(string(shipment.FieldParcels), fmt.Sprintf("%06d", r.Parcels))
	is(fieldDay, dated(r.CreatedMs/dayMs))
	is(fieldSpan, dated(r.CreatedMs/dayMs/spanDays))
	if r.Testing {
		is(string(shipment.FieldTesting), "yes")
	}
	if r.PrintedMs > 0 {
		is(string(shipment.FieldPrinted), "yes")
	}
	for _, by := range termSorted {
		if sorts[by].key(r) == "" {
			is(fieldBlank, string(by))
		}
	}
	return e
}

func dated(days int64) string { return fmt.Sprintf("%08d", days) }

// same reports entries that say the same.
func (e entry) same(other entry) bool {
	return e.Text == other.Text && slices.Equal(e.Values, other.Values) && slices.Equal(e.Terms, other.Terms)
}

// due notes that the catalogue is behind a shipment, of which it says what was, nil for nothing.
func (tx *Tx) due(number int64, was *entry) error {
	text := ""
	if was != nil {
		var err error
		if text, err = encode(was); err != nil {
			return err
		}
	}
	_, err := tx.exec(insertDue, number, text)
	tx.behind++
	return err
}

// listed is a shipment's row with the text it is found by, and what the catalogue says of it where it is due.
type listed struct {
	row       shipment.Row
	text, was string
}

func scanListed(row scanner) (l listed, err error) {
	var codes string
	if err := row.Scan(append(rowFields(&l.row, &codes), &l.text, &l.was)...); err != nil {
		return l, err
	}
	return l, decode(codes, &l.row.TrackingCodes)
}

// listedAs gives what a stored shipment would be catalogued as; nil where it is none.
func (tx *Tx) listedAs(number int64) (*entry, error) {
	l, err := one(tx, noShipment, scanListed, selectListed, number)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e := entryOf(&l.row, l.text)
	return &e, nil
}

// place names a block of a set.
type place struct {
	pair
	block int64
}

func (p place) compare(other place) int {
	return cmp.Or(strings.Compare(p.Field, other.Field), strings.Compare(p.Value, other.Value), cmp.Compare(p.block, other.block))
}

// term is a term of a shipment.
type term struct {
	text   string
	number int64
}

// revision is what has to be written to bring the catalogue up to date. In blocks, true joins and false leaves.
type revision struct {
	blocks    map[place]map[int64]bool
	gone, new []term
}

func (r *revision) note(e entry, number int64, stays bool) {
	for _, value := range e.Values {
		at := place{value, number >> blockShift}
		if r.blocks[at] == nil {
			r.blocks[at] = map[int64]bool{}
		}
		r.blocks[at][number] = stays
	}
	for _, text := range e.Terms {
		if stays {
			r.new = append(r.new, term{text, number})
		} else {
			r.gone = append(r.gone, term{text, number})
		}
	}
}

// catchUp catalogues up to limit shipments that are due and gives how many it were.
func (tx *Tx) catchUp(limit int) (int, error) {
	list, err := all(tx, scanListed, selectDue, limit)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	todo := revision{blocks: map[place]map[int64]bool{}}
	for i := range list {
		l := &list[i]
		now, was := entryOf(&l.row, l.text), entry{}
		if l.was != "" {
			if err := decode(l.was, &was); err != nil {
				return 0, err
			}
			todo.note(was, l.row.Number, false)
		}
		todo.note(now, l.row.Number, true)
		if err := tx.changeTrigrams(l.row.Number, was.Text, now.Text); err != nil {
			return 0, err
		}
	}
	if err := tx.revise(todo); err != nil {
		return 0, err
	}
	_, err = tx.exec(deleteDue, list[len(list)-1].row.Number)
	return len(list), err
}

// revise writes in the order of the tables, so that neighbours are written together.
func (tx *Tx) revise(todo revision) error {
	for _, at := range slices.SortedFunc(maps.Keys(todo.blocks), place.compare) {
		if err := tx.reviseBlock(at, todo.blocks[at]); err != nil {
			return err
		}
	}
	for _, t := range todo.gone {
		if _, err := tx.exec(deleteTerm, t.text, t.number); err != nil {
			return err
		}
	}
	slices.SortFunc(todo.new, func(a, b term) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.number, b.number))
	})
	values := make([]any, 0, 2*len(todo.new))
	for _, t := range todo.new {
		values = append(values, t.text, t.number)
	}
	return tx.insert(insertTerms, values)
}

func (tx *Tx) reviseBlock(at place, changes map[int64]bool) error {
	block := new(members)
	text, err := one(tx, "", value[[]byte], selectBlock, at.Field, at.Value, at.block)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	if err := block.join(text); err != nil {
		return err
	}
	for number, joins := range changes {
		if joins {
			block.add(number)
		} else {
			block.remove(number)
		}
	}
	if text = block.encode(); text == nil {
		_, err = tx.exec(deleteBlock, at.Field, at.Value, at.block)
	} else {
		_, err = tx.exec(putBlock, at.Field, at.Value, at.block, text)
	}
	return err
}

// Settle catalogues all that is due now.
func (db *DB) Settle(ctx context.Context) error {
	for done := catalogueBatch; done > 0; {
		err := db.writer.do(ctx, func(tx *Tx) (err error) { done, err = tx.catchUp(catalogueBatch); return err })
		if err != nil {
			return err
		}
	}
	return nil
}

// catalogue catalogues what is due, a batch of it, in a transaction of its own. Where that fails everything stays due, and
// the next time tries again.
func (w *writer) catalogue() {
	tx := &Tx{ctx: background, conn: w.conn}
	defer tx.end()
	any, err := one(tx, "", value[int], selectAnyDue)
	if err != nil || any == 0 {
		w.behind = 0
		return
	}
	if err := step(w.steps.begin); err != nil {
		return
	}
	done := 0
	err = guard(func(tx *Tx) (err error) { done, err = tx.catchUp(catalogueBatch); return err }, tx)
	if err == nil {
		err = step(w.steps.commit)
	}
	if err != nil {
		err = errors.Join(err, step(w.steps.rollback))
	}
	switch {
	case err != nil:
		w.behind = 0 // until there is more
	case done == catalogueBatch:
		w.behind = max(w.behind-done, 1)
	default:
		w.behind = 0
	}
}
