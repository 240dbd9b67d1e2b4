package sqldb

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/backend/core/shipment"
)

// Walking along the terms asks for each number whether the filters let it through, in the statement itself: a byte of the
// first argument for each number.
var (
	selectTermsBelow = register(`SELECT term, number FROM shipment_terms WHERE substr($1, number, 1) = $2
		AND (term, number) < ($3, $4) AND term >= $5 AND term < $6 ORDER BY term DESC, number DESC LIMIT $7`)
	selectTermsAbove = register(`SELECT term, number FROM shipment_terms WHERE substr($1, number, 1) = $2
		AND (term, number) > ($3, $4) AND term >= $5 AND term < $6 ORDER BY term, number LIMIT $7`)
)

// sorting is how lists are sorted by a field. A list runs by key, then by number, both in the direction of the sort; rows
// without a key come last in either.
type sorting struct {
	key  func(*shipment.Row) string
	mark string // the mark of the terms that have the keys; "" where the catalogue has a set for each value
}

// sorts has every field but the number, which needs no key.
var sorts = map[shipment.Field]sorting{
	shipment.FieldAccount:   {key: func(r *shipment.Row) string { return accountKey(r.AccountName, string(r.AccountID)) }},
	shipment.FieldCourier:   {key: func(r *shipment.Row) string { return string(r.Courier) }},
	shipment.FieldService:   {key: func(r *shipment.Row) string { return r.ServiceName }},
	shipment.FieldStatus:    {key: stageOf},
	shipment.FieldCountry:   {key: func(r *shipment.Row) string { return r.CountryISO }},
	shipment.FieldTesting:   {key: func(r *shipment.Row) string { return yesNo(r.Testing) }},
	shipment.FieldPrinted:   {key: func(r *shipment.Row) string { return yesNo(r.PrintedMs > 0) }},
	shipment.FieldParcels:   {key: func(r *shipment.Row) string { return fmt.Sprintf("%06d", r.Parcels) }},
	shipment.FieldWeight:    byTermsOf(markWeight),
	shipment.FieldReference: byTermsOf(markReference),
	shipment.FieldRecipient: byTermsOf(markName),
	shipment.FieldPostcode:  byTermsOf(markPostcode),
	shipment.FieldTracking:  byTermsOf(markTracking),
}

// keys gives what a shipment has behind each mark that lists are sorted by.
var keys = map[string]func(*shipment.Row) string{
	markWeight:    weightKey,
	markReference: func(r *shipment.Row) string { return fold(r.Reference) },
	markName:      func(r *shipment.Row) string { return fold(cmp.Or(r.RecipientOrg, r.Recipient)) },
	markPostcode:  func(r *shipment.Row) string { return compact(r.Postcode) },
	markTracking: func(r *shipment.Row) string {
		if len(r.TrackingCodes) == 0 {
			return ""
		}
		return compact(r.TrackingCodes[0])
	},
}

func byTermsOf(mark string) sorting { return sorting{keys[mark], mark} }

func weightKey(r *shipment.Row) string { return fmt.Sprintf("%012d", r.Weight) }

// termSorted are the fields of sorts with a mark.
var termSorted = []shipment.Field{
	shipment.FieldPostcode, shipment.FieldRecipient, shipment.FieldReference, shipment.FieldTracking, shipment.FieldWeight,
}

func accountKey(name, id string) string { return fold(name) + "\x00" + id }

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// stages is the order of the states in a list sorted by status: what needs somebody first.
var stages = []shipment.State{
	shipment.Unknown, shipment.Rejected, shipment.Queued, shipment.Sending, shipment.Cancelling, shipment.Booked, shipment.Cancelled, shipment.NotBought,
}

// stageOf gives state and tracking status as a text that sorts.
func stageOf(r *shipment.Row) string {
	return fmt.Sprintf("%d/%03d", slices.Index(stages, r.State)+1, r.Status)
}

// hit is a shipment in a list, by what the list runs by.
type hit struct {
	key    string
	number int64
}

// compare gives the order of two hits of a list.
func (l *listing) compare(a, b hit) int {
	if l.by.key != nil && (a.key == "") != (b.key == "") {
		return strings.Compare(b.key, a.key) // the blank ones last
	}
	order := cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.number, b.number))
	if l.filter.Sort.Ascending {
		return order
	}
	return -order
}

// hitOf gives what a row is in the list.
func (l *listing) hitOf(r *shipment.Row) hit {
	if l.by.key == nil {
		return hit{number: r.Number}
	}
	return hit{l.by.key(r), r.Number}
}

// stream gives the next hits of a list, about as many as asked; more is false at its end.
type stream func(about int) (hits []hit, more bool, err error)

// ofNumbers streams numbers that next gives from a number on, itself not included.
func ofNumbers(key string, from int64, next func(from int64, limit int) ([]int64, error)) stream {
	return func(about int) ([]hit, bool, error) {
		numbers, err := next(from, about)
		if err != nil || len(numbers) == 0 {
			return nil, false, err
		}
		from = numbers[len(numbers)-1]
		hits := make([]hit, len(numbers))
		for i, number := range numbers {
			hits[i] = hit{key, number}
		}
		return hits, len(numbers) == about, nil
	}
}

// first is the number before all others in the direction of the list.
func (l *listing) first() int64 {
	if l.filter.Sort.Ascending {
		return 0
	}
	return 1<<63 - 1
}

// ofSet streams a set from a number on.
func (l *listing) ofSet(key string, s set, from int64) stream {
	return ofNumbers(key, from, func(from int64, limit int) ([]int64, error) {
		if l.filter.Sort.Ascending {
			return s.above(from, limit), nil
		}
		return s.below(from, limit), nil
	})
}

// then streams one list behind the other.
func then(streams ...func() (stream, error)) stream {
	var now stream
	return func(about int) ([]hit, bool, error) {
		if now == nil {
			if len(streams) == 0 {
				return nil, false, nil
			}
			var err error
			if now, err = streams[0](); err != nil {
				return nil, false, err
			}
			streams = streams[1:]
		}
		hits, more, err := now(about)
		if !more {
			now = nil
			more = len(streams) > 0
		}
		return hits, more, err
	}
}

// kept lets through what keep keeps.
func (s stream) kept(keep func([]hit) ([]hit, error)) stream {
	return func(about int) ([]hit, bool, error) {
		hits, more, err := s(about)
		if err == nil && len(hits) > 0 {
			hits, err = keep(hits)
		}
		return hits, more, err
	}
}

// inOrder streams what was found already, from the list's place on.
func (l *listing) inOrder(hits []hit) stream {
	if l.after != nil {
		hits = slices.DeleteFunc(hits, func(h hit) bool { return l.compare(h, *l.after) <= 0 })
	}
	slices.SortFunc(hits, l.compare)
	return func(int) ([]hit, bool, error) { return hits, false, nil }
}

// sorted streams a few numbers in the order of the list.
func (l *listing) sorted(numbers []int64) (stream, error) {
	hits := make([]hit, 0, len(numbers))
	err := l.tx.eachRow(numbers, func(r *shipment.Row) { hits = append(hits, l.hitOf(r)) })
	return l.inOrder(hits), err
}

// byTerm streams along the terms that have the keys of the list, then what has no key.
func (l *listing) byTerm() stream {
	rows := selectTermsBelow
	edge := hit{key: l.by.mark + "\U0010FFFF"}
	if l.filter.Sort.Ascending {
		rows, edge.key = selectTermsAbove, l.by.mark
	}
	blank := func() (stream, error) { return l.blank() }
	if l.after != nil && l.after.key == "" {
		return then(blank)
	}
	if l.after != nil {
		edge = hit{l.by.mark + l.after.key, l.after.number}
	}
	terms := func() (stream, error) {
		within, err := l.everything()
		if err != nil {
			return nil, err
		}
		permitted := within.bytes()
		return func(about int) ([]hit, bool, error) {
			hits, err := all(l.tx, func(row scanner) (h hit, err error) { return h, row.Scan(&h.key, &h.number) },
				rows, permitted, member, edge.key, edge.number, l.by.mark, l.by.mark+"\U0010FFFF", about)
			if err != nil || len(hits) == 0 {
				return nil, false, err
			}
			edge = hits[len(hits)-1]
			more := len(hits) == about
			for i := range hits {
				hits[i].key = hits[i].key[len(l.by.mark):]
			}
			return hits, more, nil
		}, nil
	}
	return then(terms, blank)
}

// blank streams what has no key.
func (l *listing) blank() (stream, error) {
	none, err := l.tx.setOf(fieldBlank, string(l.filter.Sort.By))
	if err != nil {
		return nil, err
	}
	return l.among("", none), nil
}

// among streams what is in a set and permitted under one key, from the list's place on where that is in it.
func (l *listing) among(key string, s set) stream {
	if l.within != nil {
		s.and(l.within)
	} else {
		s.less(l.due)
	}
	from := l.first()
	if l.after != nil && l.after.key == key {
		from = l.after.number
	}
	return l.ofSet(key, s, from)
}

// byValue streams the sets of the field's values one after another.
func (l *listing) byValue() (stream, error) {
	values, err := l.tx.valuesOf(l.filter.Sort.By)
	if err != nil {
		return nil, err
	}
	type keyed struct{ key, value string }
	list := make([]keyed, 0, len(values))
	for _, v := range values {
		list = append(list, keyed{keyOfValue(l.filter.Sort.By, v), v.value})
	}
	slices.SortFunc(list, func(a, b keyed) int { return l.compare(hit{key: a.key}, hit{key: b.key}) })
	var parts []func() (stream, error)
	for _, v := range list {
		if l.after != nil && v.key != l.after.key && l.compare(hit{key: v.key}, hit{key: l.after.key}) < 0 {
			continue
		}
		parts = append(parts, func() (stream, error) {
			s, err := l.tx.having(l.filter.Sort.By, v.value)
			if err != nil {
				return nil, err
			}
			return l.among(v.key, s), nil
		})
	}
	return then(parts...), nil
}
