package sqldb

import (
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

	termMarks = markReference + markTracking + markPostcode + markName + markEmail + markSKU // kept in shipment_terms too
)

// Marks that only terms have. What lists are sorted by keeps the mark of its kind, others of the kind stand behind one of
// their own, so that walking along a mark meets each shipment once.
const (
	markOtherReference = "O"
	markOtherTracking  = "U"
	markOtherName      = "C"
	markWeight         = "W" // what parcels weigh is no text to search
)

// searchTextLimit bounds the text of one shipment, in bytes: an order of a thousand lines is found by its first ones.
const searchTextLimit = 8_000

var (
	insertSearchText = register(`INSERT INTO shipment_search (number, text) VALUES ($1, $2)`)
	updateSearchText = register(`UPDATE shipment_search SET text = $1 WHERE number = $2`)
)

// addSearch keeps what a new shipment is found by.
func (tx *Tx) addSearch(s *shipment.Shipment) error {
	if _, err := tx.exec(insertSearchText, s.Number, searchTextOf(s)); err != nil {
		return err
	}
	return tx.due(s.Number, nil)
}

// changeSearch keeps what a changed shipment is found by now; was is what it was catalogued as, or would have been.
func (tx *Tx) changeSearch(s *shipment.Shipment, was *entry) error {
	now := entryOf(&s.Row, searchTextOf(s))
	if was == nil || was.same(now) {
		return nil
	}
	if was.Text != now.Text {
		if _, err := tx.exec(updateSearchText, now.Text, s.Number); err != nil {
			return err
		}
	}
	return tx.due(s.Number, was)
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

// others are the marks for what lists are not sorted by.
var others = map[string]string{markReference: markOtherReference, markTracking: markOtherTracking, markName: markOtherName}

// termsOfRow gives the terms of a shipment with that search text.
func termsOfRow(r *shipment.Row, text string) []string {
	terms := termsIn(text)
	for i, term := range terms {
		mark := term[:1]
		if other := others[mark]; other != "" && term[1:] != keys[mark](r) {
			terms[i] = other + term[1:]
		}
	}
	return append(terms, markWeight+weightKey(r))
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

// changeTrigrams replaces the text of a shipment in the trigrams, "" for none.
func (tx *Tx) changeTrigrams(number int64, was, now string) error {
	if was == now {
		return nil
	}
	if was != "" {
		if _, err := tx.exec(deleteTrigrams, number, was); err != nil {
			return err
		}
	}
	_, err := tx.exec(insertTrigrams, number, now)
	return err
}
