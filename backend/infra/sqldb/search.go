package sqldb

import (
	"database/sql"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// What a shipment is found by is folded text (lower case) in pieces, each behind a capital that marks its kind:
// "I1042Rso-4711T340123…". So one text holds all pieces, and no search runs across two of them.
const (
	markNumber    = "I"
	markReference = "R"
	markTracking  = "T"
	markPostcode  = "P"
	markName      = "N"
	markEmail     = "E"
	markSKU       = "S"
	markSpaced    = "A" // a postcode with its space

	termMarks = markReference + markTracking + markPostcode + markName + markEmail // kept in shipment_terms too
)

// searchTextLimit bounds the text of one shipment, in bytes: an order of a thousand lines is found by its first ones.
const searchTextLimit = 8_000

var (
	insertTerms      = registerRows(`INSERT INTO shipment_terms (term, number)`, 2, " ON CONFLICT DO NOTHING")
	deleteTerm       = register(`DELETE FROM shipment_terms WHERE term = $1 AND number = $2`)
	insertSearchText = register(`INSERT INTO shipment_search (number, text) VALUES ($1, $2)`)
	selectSearchText = register(`SELECT text FROM shipment_search WHERE number = $1`)
	updateSearchText = register(`UPDATE shipment_search SET text = $1 WHERE number = $2`)
)

// searchText is a change to the trigrams of a shipment. The writer applies it when the savepoints of its group are gone,
// because each of those would make the index write out what it has gathered.
type searchText struct {
	number   int64
	old, new string // "" for none
}

// addSearch makes a new shipment found.
func (tx *Tx) addSearch(s *shipment.Shipment) error {
	text := searchTextOf(s)
	if _, err := tx.exec(insertSearchText, s.Number, text); err != nil {
		return err
	}
	tx.search = append(tx.search, searchText{number: s.Number, new: text})
	return tx.insertTerms(s.Number, text)
}

func (tx *Tx) insertTerms(number int64, text string) error {
	terms := termsIn(text)
	values := make([]any, 0, 2*len(terms))
	for _, term := range terms {
		values = append(values, term, number)
	}
	return tx.insert(insertTerms, values)
}

// changeSearch makes a changed shipment found by what it is now.
func (tx *Tx) changeSearch(s *shipment.Shipment) error {
	text := searchTextOf(s)
	old, err := one(tx, noShipment, value[string], selectSearchText, s.Number)
	if err != nil || old == text {
		return err
	}
	for _, term := range termsIn(old) {
		if _, err := tx.exec(deleteTerm, term, s.Number); err != nil {
			return err
		}
	}
	if err := tx.insertTerms(s.Number, text); err != nil {
		return err
	}
	_, err = tx.exec(updateSearchText, text, s.Number)
	tx.search = append(tx.search, searchText{s.Number, old, text})
	return err
}

// searchTextOf puts together what a shipment is found by.
func searchTextOf(s *shipment.Shipment) string {
	pieces := make([]string, 0, 16)
	add := func(mark, text string) {
		if text == "" {
			return
		}
		piece := mark + text
		for _, other := range pieces {
			if other == piece {
				return
			}
		}
		pieces = append(pieces, piece)
	}
	add(markNumber, decimal(s.Number))
	add(markReference, fold(s.Reference))
	add(markReference, fold(s.Reference2))
	add(markReference, fold(s.Consignment.OrderID))
	add(markName, fold(s.Recipient))
	add(markName, fold(s.RecipientOrg))
	add(markPostcode, compact(s.Postcode))
	if spaced := fold(s.Postcode); spaced != compact(s.Postcode) {
		add(markSpaced, spaced)
	}
	add(markEmail, fold(s.Consignment.To.Email))
	size := 0
	for _, code := range s.TrackingCodes {
		add(markTracking, compact(code))
	}
	for _, parcel := range s.Consignment.Parcels {
		for _, item := range parcel.Items {
			if size += len(item.SKU); size < searchTextLimit {
				add(markSKU, fold(item.SKU))
			}
		}
	}
	return strings.Join(pieces, "")
}

// termsIn gives the pieces of a search text that are kept in shipment_terms, marks included.
func termsIn(text string) []string {
	terms := make([]string, 0, 8)
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && (text[end] < 'A' || text[end] > 'Z') {
			end++
		}
		if strings.IndexByte(termMarks, text[start]) >= 0 {
			terms = append(terms, text[start:end])
		}
		start = end
	}
	return terms
}

var (
	// letters that Unicode does not take apart, as people without them on the keyboard type them
	plainLetters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")
	joinBlocks   = strings.NewReplacer(" ", "", "-", "")
)

// fold gives a text as it is compared: lower case, without accents and control characters, with single spaces.
func fold(text string) string {
	ascii := true
	for i := 0; i < len(text) && ascii; i++ {
		ascii = text[i] >= ' ' && text[i] <= '~'
	}
	text = strings.ToLower(text)
	if !ascii {
		text = plainLetters.Replace(strings.Map(foldRune, norm.NFKD.String(text)))
	}
	if !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

func foldRune(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Mn, r), unicode.IsControl(r), r == utf8.RuneError:
		return -1
	}
	return r
}

// compact folds and takes out spaces and hyphens: codes are printed in blocks and scanned in one piece.
func compact(text string) string {
	text = fold(text)
	if !strings.ContainsAny(text, " -") {
		return text
	}
	return joinBlocks.Replace(text)
}

// way is how a search goes about it.
type way string

const (
	byTerm     way = "term"     // a whole term, marked: the list stays in its own order
	byRequest  way = "request"  // a request number
	byPrefix   way = "prefix"   // few terms begin like this: they are the answer
	byTrigrams way = "trigrams" // anywhere in the text, newest first
	byScan     way = "scan"     // one or two characters that much begins with: newest first until the page is full
)

// prefixLimit is how many hits by prefix are still sorted; the trigrams give more than that in order by themselves.
const prefixLimit = 1_000

// referenceLength is from how many characters on a text with a digit is taken for a reference or a code, which people
// type or scan from its beginning.
const referenceLength = 6

// finder is a search that knows its way. Zero: there is nothing to search for.
type finder struct {
	way  way
	term string // folded
}

// finder decides the way of a search, once for all of its pages.
func (tx *Tx) finder(term string, after cursor) (finder, error) {
	if number, ok := strings.CutPrefix(term, "#"); ok && integer(number) > 0 {
		term = number // "#1042" is how people write a shipment's number
	}
	f := finder{byTrigrams, term}
	if after != nil {
		f.way = way(after[0])
		if f.way != byPrefix && f.way != byTrigrams && f.way != byScan {
			return f, errs.OnField("cursor", "This cursor does not belong to this list; leave it out to start from the beginning.")
		}
		return f, nil
	}
	short := utf8.RuneCountInString(term) < 3
	if !short && (len(term) < referenceLength || !strings.ContainsAny(term, "0123456789")) {
		return f, nil
	}
	q := newQuery("SELECT count(*) FROM (")
	f.writePrefixes(q)
	q.add(" LIMIT ?) found", prefixLimit+1)
	hits, err := one(tx, "", value[int], q.statement(), q.args...)
	switch {
	case hits > prefixLimit && short:
		f.way = byScan
	case hits > 0 && hits <= prefixLimit, short:
		f.way = byPrefix
	}
	return f, err
}

// prefixes are the beginnings that the search looks for.
func (f finder) prefixes() []string {
	c := compact(f.term)
	return []string{markReference + f.term, markTracking + c, markPostcode + c, markName + f.term}
}

// writePrefixes selects the numbers of the shipments that a term of begins like the search, or that have its number.
func (f finder) writePrefixes(q *query) {
	for _, prefix := range f.prefixes() {
		q.add("SELECT number FROM shipment_terms WHERE term >= ? AND term < ? UNION ", prefix, prefix+"\U0010FFFF")
	}
	q.add("SELECT number FROM shipments WHERE number = ?", integer(f.term))
}

// write appends the tables of a list of shipments, and the search. CROSS JOIN keeps them in this order: what was found
// comes first, whatever other filters there are.
func (f finder) write(q *query) {
	const rest = " CROSS JOIN shipments s CROSS JOIN accounts a WHERE a.id = s.account_id"
	switch f.way {
	case byTerm:
		q.add(" FROM shipment_terms k"+rest+" AND s.number = k.number AND k.term = ?", f.term)
	case byRequest:
		q.add(" FROM shipments k"+rest+" AND s.number = k.number AND k.request_number = ?", integer(f.term))
	case byPrefix:
		q.add(" FROM (")
		f.writePrefixes(q)
		q.add(") k" + rest + " AND s.number = k.number")
	case byTrigrams:
		q.add(" FROM shipment_trigrams t"+rest+" AND s.number = t.rowid AND t.shipment_trigrams MATCH ?", matchTrigrams(f.term, compact(f.term)))
		q.add(" AND (instr(t.text, ?) > 0 OR instr(t.text, ?) > 0)", f.term, compact(f.term))
	case byScan:
		q.add(" FROM shipment_search x" + rest + " AND s.number = x.number AND (1 = 0")
		for _, prefix := range f.prefixes() {
			q.add(" OR instr(x.text, ?) > 0", prefix)
		}
		q.add(")")
	default:
		q.add(" FROM shipments s JOIN accounts a ON a.id = s.account_id")
		return
	}
	q.filtered = true
}

// order is how the results of a search run: along the index it uses.
func (f finder) order() order {
	switch f.way {
	case byTrigrams:
		return order{"t.rowid DESC", "t.rowid < ?"}
	case byScan:
		return order{"x.number DESC", "x.number < ?"}
	case byPrefix:
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

var (
	insertTrigrams = register(`INSERT INTO shipment_trigrams (rowid, text) VALUES ($1, $2)`)
	deleteTrigrams = register(`INSERT INTO shipment_trigrams (shipment_trigrams, rowid, text) VALUES ('delete', $1, $2)`)
)

// indexSearch applies a group's changes to the trigrams.
func indexSearch(conn *sql.Conn, changes []searchText) error {
	for _, c := range changes {
		if c.old != "" {
			if _, err := conn.ExecContext(background, string(deleteTrigrams), c.number, c.old); err != nil {
				return err
			}
		}
		if c.new != "" {
			if _, err := conn.ExecContext(background, string(insertTrigrams), c.number, c.new); err != nil {
				return err
			}
		}
	}
	return nil
}
