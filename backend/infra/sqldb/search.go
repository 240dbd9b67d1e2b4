package sqldb

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// way is how a search goes about it. "" is none.
type way string

const (
	byNumber   way = "number"   // a number, whole
	byRequest  way = "request"  // a request number
	byTerm     way = "term"     // a whole term, marked
	byPrefix   way = "prefix"   // few terms begin like this: they are the answer
	byTrigrams way = "trigrams" // anywhere in the text
	byText     way = "text"     // what the filters leave is looked through, text by text
)

// prefixLimit is how many hits by prefix are still read; the texts themselves give more than that in order soon enough.
const prefixLimit = 10_000

// narrowLimit is how many shipments the filters may leave for a search to look through all of their texts. Else a search
// that much fits would walk past everything the filters keep out.
const narrowLimit = 5_000

// sortLimit is how many shipments are read to sort them. With more of them than that a list walks along an index in its
// order, and they are frequent enough there.
const sortLimit = 4_000

// referenceLength is from how many characters on a text with a digit is taken for a reference or a code, which people
// type or scan from its beginning.
const referenceLength = 6

// finder is a search that knows its way. Zero: there is nothing to search for.
type finder struct {
	way  way
	term string // folded; marked where it is whole
}

// direct reports a search that reads what it finds at once, whatever filters there are.
func (f finder) direct() bool {
	return f.way == byNumber || f.way == byRequest || f.way == byTerm
}

// exactly gives the search for what a filter names exactly; zero where it names nothing.
func exactly(f shipment.Filter) finder {
	terms := termsOf(f)
	switch {
	case f.Number != 0:
		return finder{byNumber, decimal(f.Number)}
	case len(terms) > 0:
		return finder{byTerm, terms[0]}
	case f.RequestNumber != 0:
		return finder{byRequest, decimal(f.RequestNumber)}
	}
	return finder{}
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

// finder decides the way of a search, once for all of its pages. within is what the filters leave, nil for everything.
func (tx *Tx) finder(filter shipment.Filter, within set) (f finder, err error) {
	f = finder{byTrigrams, fold(filter.Search)}
	if number, ok := strings.CutPrefix(f.term, "#"); ok && integer(number) > 0 {
		// "#1042" is how people write a shipment's number, where there is one; else it stands in some field.
		there, err := tx.atMost(1, func(q *query) { q.add("SELECT number FROM shipments WHERE number = ?", integer(number)) })
		if err != nil {
			return f, err
		}
		if there > 0 {
			return finder{byNumber, number}, nil
		}
	}
	if f.short() || len(f.term) >= referenceLength && strings.ContainsAny(f.term, "0123456789") {
		hits, err := tx.atMost(prefixLimit, f.writePrefixes)
		switch {
		case err != nil:
			return f, err
		case hits > 0 && hits <= prefixLimit, hits == 0 && f.short():
			f.way = byPrefix
			return f, nil
		}
	}
	if f.short() || within != nil && within.count() <= narrowLimit {
		f.way = byText
	}
	return f, nil
}

// resumed gives the search of a page behind the first. Invalid: a cursor that no page gave.
func resumed(filter shipment.Filter, went way) (finder, error) {
	f := finder{went, fold(filter.Search)}
	switch went {
	case byNumber:
		f.term = strings.TrimPrefix(f.term, "#")
	case byPrefix, byTrigrams, byText:
	default:
		return f, errs.OnField("cursor", "This cursor does not belong to this list; leave it out to start from the beginning.")
	}
	if went == byTrigrams && f.short() {
		f.way = byText
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

// prefixes are the beginnings that the search looks for in texts.
func (f finder) prefixes() []string {
	c := compact(f.term)
	list := []string{markReference + f.term, markTracking + c, markPostcode + c, markName + f.term}
	if !f.short() {
		list = append(list, markSKU+f.term)
	}
	return list
}

// writePrefixes selects the numbers of the shipments that a term of begins like the search, or that have its number.
func (f finder) writePrefixes(q *query) {
	for _, prefix := range f.prefixes() {
		for _, begin := range []string{prefix, others[prefix[:1]] + prefix[1:]} {
			if begin != prefix[1:] {
				q.add("SELECT number FROM shipment_terms WHERE term >= ? AND term < ? UNION ALL ", begin, begin+"\U0010FFFF")
			}
		}
	}
	q.add("SELECT number FROM shipments WHERE number = ?", integer(f.term))
}

// finds reports whether the search finds a shipment by its number and its text. filter is asked for terms beside the
// search's own.
func (f finder) finds(number int64, text string, filter shipment.Filter) bool {
	for _, term := range termsOf(filter) {
		if !slices.Contains(termsIn(text), term) {
			return false
		}
	}
	switch f.way {
	case byNumber:
		return number == integer(f.term)
	case byPrefix:
		return number == integer(f.term) || slices.ContainsFunc(termsIn(text), func(term string) bool {
			return slices.ContainsFunc(f.prefixes(), func(prefix string) bool { return strings.HasPrefix(term, prefix) })
		})
	case byTrigrams, byText:
		return f.inText(text)
	}
	return true
}

// inText reports the search in a search text: anywhere, or where a piece begins when it is short.
func (f finder) inText(text string) bool {
	if !f.short() {
		return strings.Contains(text, f.term) || strings.Contains(text, compact(f.term))
	}
	return slices.ContainsFunc(f.prefixes(), func(prefix string) bool { return strings.Contains(text, prefix) })
}

// writeText asks for the search in a search text, as inText does.
func (f finder) writeText(q *query, column string) {
	if !f.short() {
		q.where("(instr("+column+", ?) > 0 OR instr("+column+", ?) > 0)", f.term, compact(f.term))
		return
	}
	parts := make([]string, 0, 4)
	args := make([]any, 0, 4)
	for _, prefix := range f.prefixes() {
		parts, args = append(parts, "instr("+column+", ?) > 0"), append(args, prefix)
	}
	q.where("("+strings.Join(parts, " OR ")+")", args...)
}

// direct selects the catalogued shipments that a direct search and the filters let through.
func (l *listing) direct(columns string) *query {
	const rest = " CROSS JOIN shipments s CROSS JOIN accounts a WHERE a.id = s.account_id"
	q := newQuery("SELECT " + columns)
	q.filtered = true
	switch l.search.way {
	case byNumber:
		q.add(" FROM shipments s CROSS JOIN accounts a WHERE a.id = s.account_id AND s.number = ?", integer(l.search.term))
	case byRequest:
		q.add(" FROM shipments k"+rest+" AND s.number = k.number AND k.request_number = ?", integer(l.search.term))
	case byTerm:
		q.add(" FROM shipment_terms k"+rest+" AND s.number = k.number AND k.term IN (?, ?)", l.search.term, otherTerm(l.search.term))
	}
	l.conditions(q)
	for _, term := range termsOf(l.filter) {
		if term != l.search.term {
			q.where("s.number IN (SELECT number FROM shipment_terms WHERE term IN (?, ?))", term, otherTerm(term))
		}
	}
	return q
}

// otherTerm gives a term as it is marked where lists are not sorted by it, or itself.
func otherTerm(term string) string { return cmp.Or(others[term[:1]], term[:1]) + term[1:] }

// found streams what a direct search finds.
func (l *listing) found() (stream, error) {
	q := l.direct(rowColumns)
	rows, err := all(l.tx, scanRow, q.statement(), q.args...)
	if err != nil {
		return nil, err
	}
	hits := make([]hit, len(rows))
	for i := range rows {
		hits[i] = l.hitOf(&rows[i])
	}
	if l.search.way == byTerm { // the others look at all of the shipments, due or not
		hits, _ = l.notDue(hits)
	}
	if l.also.way != "" {
		if hits, err = l.withText(hits); err != nil {
			return nil, err
		}
	}
	return l.inOrder(hits), nil
}

// searched streams what a search of texts finds.
func (l *listing) searched() (stream, error) {
	if l.search.way == byPrefix {
		return l.begun()
	}
	if l.by.key == nil {
		return l.candidates(), nil
	}
	// What is found is sorted where it is little; where it is much, it is frequent in any order.
	numbers, more, err := l.few()
	if err != nil {
		return nil, err
	}
	if !more {
		return l.sorted(numbers)
	}
	ordered, err := l.ordered()
	if err != nil {
		return nil, err
	}
	return ordered.kept(l.withText), nil
}

// begun streams what begins like the search.
func (l *listing) begun() (stream, error) {
	q := newQuery("")
	l.search.writePrefixes(q)
	numbers, err := all(l.tx, value[int64], q.statement(), q.args...)
	if err != nil {
		return nil, err
	}
	var s set
	for _, number := range numbers {
		s.add(number)
	}
	if l.within != nil {
		s.and(l.within)
	} else {
		s.less(l.due)
	}
	if l.by.key == nil {
		from := l.first()
		if l.after != nil {
			from = l.after.number
		}
		return l.ofSet("", s, from), nil
	}
	if l.within = s; s == nil {
		l.within = set{}
	}
	return l.ordered()
}

// few gives all that the search finds, unless it is more than is sorted.
func (l *listing) few() (numbers []int64, more bool, err error) {
	whole := *l
	whole.after = nil
	next := whole.candidates()
	for more = true; more && len(numbers) <= sortLimit; {
		var hits []hit
		if hits, more, err = next(chunkMost); err != nil {
			return nil, false, err
		}
		numbers = append(numbers, numbersOf(hits)...)
	}
	return numbers, len(numbers) > sortLimit, nil
}

// candidates streams what the search finds by number.
func (l *listing) candidates() stream {
	from := l.first()
	if l.after != nil {
		from = l.after.number
	}
	if l.search.way == byText && l.within != nil {
		return l.byNumber().kept(l.withText)
	}
	return ofNumbers("", from, func(from int64, limit int) ([]int64, error) {
		q := l.walk(from, limit)
		return all(l.tx, value[int64], q.statement(), q.args...)
	}).kept(l.permitted)
}

// walk asks for what the search finds by number from a number on.
func (l *listing) walk(from int64, limit int) *query {
	q := newQuery("SELECT x.number FROM shipment_search x WHERE 1 = 1")
	number := "x.number"
	q.filtered = true
	if l.search.way == byTrigrams {
		number = "t.rowid"
		q = newQuery("SELECT t.rowid FROM shipment_trigrams t CROSS JOIN shipment_search x WHERE x.number = t.rowid")
		q.filtered = true
		q.where("t.shipment_trigrams MATCH ?", matchTrigrams(l.search.term, compact(l.search.term)))
	}
	if l.within != nil {
		least, most := l.within.ends()
		q.where(number+" >= ?", least)
		q.where(number+" <= ?", most)
		q.where("substr(?, "+number+", 1) = ?", l.permits(), member)
	}
	l.search.writeText(q, "x.text")
	if l.filter.Sort.Ascending {
		q.where(number+" > ?", from)
		q.add(" ORDER BY "+number+" LIMIT ?", limit)
	} else {
		q.where(number+" < ?", from)
		q.add(" ORDER BY "+number+" DESC LIMIT ?", limit)
	}
	return q
}

// withText keeps the hits whose text has what is searched.
func (l *listing) withText(hits []hit) ([]hit, error) {
	found := make(map[int64]bool, len(hits))
	head := newQuery("SELECT x.number FROM shipment_search x WHERE 1 = 1")
	head.filtered = true
	cmp.Or(l.also, l.search).writeText(head, "x.text")
	err := l.tx.among(numbersOf(hits), head, "x.number", func(row scanner) error {
		number, err := value[int64](row)
		found[number] = true
		return err
	})
	return slices.DeleteFunc(hits, func(h hit) bool { return !found[h.number] }), err
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
