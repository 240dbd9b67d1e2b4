package sqldb

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
)

// query puts a list's statement together. "?" in a part stands for the next argument and becomes $n, so that the
// placeholders always first appear in order.
type query struct {
	text     strings.Builder
	args     []any
	filtered bool
}

func newQuery(text string) *query {
	q := &query{}
	q.text.WriteString(text)
	return q
}

// add appends a part with its arguments.
func (q *query) add(part string, args ...any) {
	for _, arg := range args {
		before, after, _ := strings.Cut(part, "?")
		q.args = append(q.args, arg)
		q.text.WriteString(before)
		q.text.WriteByte('$')
		q.text.WriteString(strconv.Itoa(len(q.args)))
		part = after
	}
	q.text.WriteString(part)
}

// where appends a condition; conditions hold together.
func (q *query) where(condition string, args ...any) {
	if q.filtered {
		q.text.WriteString(" AND ")
	} else {
		q.text.WriteString(" WHERE ")
		q.filtered = true
	}
	q.add(condition, args...)
}

// equal appends column = arg, when asked.
func (q *query) equal(column string, arg any, asked bool) {
	if asked {
		q.where(column+" = ?", arg)
	}
}

func (q *query) statement() statement { return steady(statement(q.text.String())) }

// cursor is where a page ended: the sort values of its last row.
type cursor []string

// integer reads a decimal number, and anything else as 0.
func integer(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// makeCursor writes the sort values of the last row of a page of a list.
func makeCursor(list string, values ...any) string {
	parts := []string{list}
	for _, v := range values {
		switch v := v.(type) {
		case string:
			parts = append(parts, v)
		case int64:
			parts = append(parts, decimal(v))
		}
	}
	raw, _ := json.Marshal(parts)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// readCursor reads a cursor of the list with n values; nil for the first page. Invalid: it is not one of this list.
func readCursor(text, list string, n int) (cursor, error) {
	if text == "" {
		return nil, nil
	}
	var parts []string
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, &parts)
	}
	if err != nil || len(parts) != n+1 || parts[0] != list {
		return nil, errs.OnField("cursor", "This cursor does not belong to this list; leave it out to start from the beginning.")
	}
	return parts[1:], nil
}

// paged cuts a list that was read one row further than the page, to know whether there is a next one.
func paged[X any](list []X, p page.Request, at func(X) string) page.Result[X] {
	size := p.Size()
	if len(list) <= size {
		return page.Result[X]{Items: list}
	}
	return page.Result[X]{Items: list[:size], Next: at(list[size-1])}
}

// escapeLike makes a text mean itself in LIKE … ESCAPE '\'.
func escapeLike(text string) string {
	return literalLike.Replace(text)
}

var literalLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func conflict(sentence string) error { return errs.New(errs.Conflict, "%s", sentence) }
func notFound(sentence string) error { return errs.New(errs.NotFound, "%s", sentence) }
