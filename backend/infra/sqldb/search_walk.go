package sqldb

import (
	"cmp"
	"slices"
	"strings"
)

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
		q.where("t.shipment_trigrams MATCH ?", matchTrigrams(l.search.texts()...))
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
