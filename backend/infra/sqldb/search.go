package sqldb

import (
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// way is how a search goes about it.
type way string

const (
	byTerm     way = "term"     // a whole term, marked: the list stays in its own order
	byRequest  way = "request"  // a request number
	byPrefix   way = "prefix"   // few terms begin like this: they are the answer
	byTrigrams way = "trigrams" // anywhere in the text, newest first
	byScan     way = "scan"     // one or two characters that much begins with: newest first until the page is full
	byFilter   way = "filter"   // the other filters leave few rows: their texts are looked through
)

// prefixLimit is how many hits by prefix are still sorted; the trigrams give more than that in order by themselves.
const prefixLimit = 1_000

// narrowLimit is how many rows account, states and days may leave for a search to look through all of their texts. Else a
// search that much fits would walk past everything the filters keep out.
const narrowLimit = 5_000

// referenceLength is from how many characters on a text with a digit is taken for a reference or a code, which people
// type or scan from its beginning.
const referenceLength = 6

// finder is a search that knows its way. Zero: there is nothing to search for.
type finder struct {
	way  way
	term string // folded
}

// finder decides the way of a search, once for all of its pages.
func (tx *Tx) finder(filter shipment.Filter, after cursor) (f finder, err error) {
	f = finder{byTrigrams, fold(filter.Search)}
	if number, ok := strings.CutPrefix(f.term, "#"); ok && integer(number) > 0 {
		// "#1042" is how people write a shipment's number, where there is one; else it stands in some field.
		there, err := tx.atMost(1, func(q *query) { q.add("SELECT number FROM shipments WHERE number = ?", integer(number)) })
		if err != nil {
			return f, err
		}
		if there > 0 {
			f.term = number
		}
	}
	if after != nil {
		f.way = way(after[0])
		if !slices.Contains([]way{byPrefix, byTrigrams, byScan, byFilter}, f.way) {
			return f, errs.OnField("cursor", "This cursor does not belong to this list; leave it out to start from the beginning.")
		}
		return f, nil
	}
	if f.short() || len(f.term) >= referenceLength && strings.ContainsAny(f.term, "0123456789") {
		hits, err := tx.atMost(prefixLimit, f.writePrefixes)
		switch {
		case err != nil:
			return f, err
		case hits > prefixLimit && f.short():
			f.way = byScan
		case hits > 0 && hits <= prefixLimit, f.short():
			f.way = byPrefix
			return f, nil
		}
	}
	if narrows(filter) {
		rows, err := tx.atMost(narrowLimit, func(q *query) {
			q.add("SELECT k.number FROM shipments k WHERE 1 = 1")
			writeNarrow(q, filter)
		})
		if err != nil {
			return f, err
		}
		if rows <= narrowLimit {
			f.way = byFilter
		}
	}
	return f, nil
}

// short reports a search that has no trigram.
func (f finder) short() bool { return utf8.RuneCountInString(f.term) < 3 }

// atMost counts the rows of a query, up to one more than the limit.
func (tx *Tx) atMost(limit int, write func(*query)) (int, error) {
	q := newQuery("SELECT count(*) FROM (")
	write(q)
	q.add(" LIMIT ?) found", limit+1)
	return one(tx, "", value[int], q.statement(), q.args...)
}

// narrows reports a filter by account, states or days.
func narrows(f shipment.Filter) bool {
	return f.AccountID != "" || len(f.States) > 0 || f.FromMs != 0 || f.ToMs != 0
}

// writeNarrow appends the conditions of a filter that one index answers by itself.
func writeNarrow(q *query, f shipment.Filter) {
	q.filtered = true
	q.equal("k.account_id", f.AccountID, f.AccountID != "")
	q.in("k.state", f.States)
	if f.FromMs != 0 {
		q.where("k.created_ms >= ?", f.FromMs)
	}
	if f.ToMs != 0 {
		q.where("k.created_ms < ?", f.ToMs)
	}
}

// prefixes are the beginnings that the search looks for.
func (f finder) prefixes() []string {
	c := compact(f.term)
	return []string{markReference + f.term, markTracking + c, markPostcode + c, markName + f.term}
}

// writePrefixes selects the numbers of the shipments that a term of begins like the search, or that have its number.
func (f finder) writePrefixes(q *query) {
	for _, prefix := range f.prefixes() {
		q.add("SELECT number FROM shipment_terms WHERE term >= ? AND term < ? UNION ALL ", prefix, prefix+"\U0010FFFF")
	}
	q.add("SELECT number FROM shipments WHERE number = ?", integer(f.term))
}

// write appends the tables of a list of shipments, and the search. CROSS JOIN keeps them in this order: what was found
// comes first, whatever other filters there are.
func (f finder) write(q *query, filter shipment.Filter) {
	const rest = " CROSS JOIN shipments s CROSS JOIN accounts a WHERE a.id = s.account_id"
	switch f.way {
	case byTerm:
		q.add(" FROM shipment_terms k"+rest+" AND s.number = k.number AND k.term = ?", f.term)
	case byRequest:
		q.add(" FROM shipments k"+rest+" AND s.number = k.number AND k.request_number = ?", integer(f.term))
	case byPrefix:
		q.add(" FROM (SELECT DISTINCT number FROM (")
		f.writePrefixes(q)
		q.add(") hits) k" + rest + " AND s.number = k.number")
	case byTrigrams:
		q.add(" FROM shipment_trigrams t"+rest+" AND s.number = t.rowid AND t.shipment_trigrams MATCH ?", matchTrigrams(f.term, compact(f.term)))
		f.writeText(q, "t.text")
	case byScan:
		q.add(" FROM shipment_search x" + rest + " AND s.number = x.number")
		f.writeText(q, "x.text")
	case byFilter:
		q.add(" FROM shipments k CROSS JOIN shipment_search x" + rest + " AND x.number = k.number AND s.number = k.number")
		writeNarrow(q, filter)
		f.writeText(q, "x.text")
	default:
		q.add(" FROM shipments s JOIN accounts a ON a.id = s.account_id")
		return
	}
	q.filtered = true
}

// writeText asks for the search in a search text: anywhere, or where a piece begins when it is short.
func (f finder) writeText(q *query, column string) {
	if !f.short() {
		q.add(" AND (instr("+column+", ?) > 0 OR instr("+column+", ?) > 0)", f.term, compact(f.term))
		return
	}
	q.add(" AND (1 = 0")
	for _, prefix := range f.prefixes() {
		q.add(" OR instr("+column+", ?) > 0", prefix)
	}
	q.add(")")
}

// order is how the results of a search run: along the index it uses.
func (f finder) order() order {
	switch f.way {
	case byTrigrams:
		return order{"t.rowid DESC", "t.rowid < ?"}
	case byScan:
		return order{"x.number DESC", "x.number < ?"}
	case byPrefix, byFilter:
		return order{"s.number DESC", "s.number < ?"}
	}
	return byCreation
}

// matchTrigrams asks for the trigrams of either text: every third one and the last, which together cover it. The text
// itself settles whether they stand in a row.
func matchTrigrams(texts ...string) string {
	var either []string
	for _, text := range texts {
		runes := []rune(text)
		runes = runes[:min(len(runes), 60)]
		var every []string
		for i := 0; i+3 <= len(runes); i += 3 {
			every = append(every, quoteTrigram(runes[i:i+3]))
		}
		if len(runes)%3 != 0 && len(runes) > 3 {
			every = append(every, quoteTrigram(runes[len(runes)-3:]))
		}
		if len(every) > 0 {
			either = append(either, "("+strings.Join(every, " AND ")+")")
		}
	}
	return strings.Join(either, " OR ")
}

func quoteTrigram(runes []rune) string {
	return `"` + strings.ReplaceAll(string(runes), `"`, `""`) + `"`
}
