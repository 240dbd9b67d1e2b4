package sqldb

import (
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

const digits = "0123456789"

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
	if f.short() || len(f.term) >= referenceLength && strings.ContainsAny(f.term, digits) {
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

// texts are what the search looks for anywhere in a text: itself, and where it has a digit, as postcodes and codes have, itself
// without the spaces and dashes that these are written with or without.
func (f finder) texts() []string {
	if c := compact(f.term); c != f.term && strings.ContainsAny(f.term, digits) {
		return []string{f.term, c}
	}
	return []string{f.term}
}

// inText reports the search in a search text: anywhere, or where a piece begins when it is short.
func (f finder) inText(text string) bool {
	if !f.short() {
		return slices.ContainsFunc(f.texts(), func(t string) bool { return strings.Contains(text, t) })
	}
	return slices.ContainsFunc(f.prefixes(), func(prefix string) bool { return strings.Contains(text, prefix) })
}

// writeText asks for the search in a search text, as inText does.
func (f finder) writeText(q *query, column string) {
	looked := f.texts()
	if f.short() {
		looked = f.prefixes()
	}
	parts := make([]string, 0, 4)
	args := make([]any, 0, 4)
	for _, text := range looked {
		parts, args = append(parts, "instr("+column+", ?) > 0"), append(args, text)
	}
	q.where("("+strings.Join(parts, " OR ")+")", args...)
}
