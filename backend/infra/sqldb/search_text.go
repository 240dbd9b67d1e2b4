package sqldb

import (
	"database/sql"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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
