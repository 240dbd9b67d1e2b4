package sqldb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/document"
	"packbench/backend/core/draft"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/printing"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/settings"
	"packbench/backend/core/shipment"
	"packbench/backend/core/template"
)

// Tx is one transaction and every repository of core on it.
type Tx struct {
	ctx      context.Context
	conn     *sql.Conn // nil once the transaction has ended
	memo     *memo     // nil in a transaction that writes
	identity int64     // the version of what memo holds that this transaction sees

	audit *auditKeys // nil in a transaction that only reads
	effects
}

// effects are what is left to do once a transaction is on the disk.
type effects struct {
	behind  int  // shipments that the catalogue falls behind
	scrub   bool // secrets were deleted: the write-ahead log has to be emptied
	audited bool // entries were added to the audit
}

func (e *effects) add(more effects) {
	e.behind += more.behind
	e.scrub = e.scrub || more.scrub
	e.audited = e.audited || more.audited
}

var (
	_ account.Repo      = (*Tx)(nil)
	_ account.VaultRepo = (*Tx)(nil)
	_ audit.Repo        = (*Tx)(nil)
	_ auth.Repo         = (*Tx)(nil)
	_ document.Repo     = (*Tx)(nil)
	_ draft.Repo        = (*Tx)(nil)
	_ numbering.Repo    = (*Tx)(nil)
	_ preset.Repo       = (*Tx)(nil)
	_ printing.Repo     = (*Tx)(nil)
	_ requestlog.Repo   = (*Tx)(nil)
	_ settings.Repo     = (*Tx)(nil)
	_ shipment.Repo     = (*Tx)(nil)
	_ template.Repo     = (*Tx)(nil)
)

func (tx *Tx) end() { tx.conn = nil }

// statement is SQL that both SQLite and PostgreSQL take: $n placeholders that first appear in order, no clock, no rowid.
type statement string

// statements lists every fixed statement, for the test that prepares them all.
var statements []statement

func register(text statement) statement {
	text = steady(text)
	statements = append(statements, text)
	return text
}

// exec runs a statement and gives how many rows it touched.
func (tx *Tx) exec(s statement, args ...any) (int64, error) {
	if tx.conn == nil {
		return 0, errUsedLater
	}
	result, err := tx.conn.ExecContext(tx.ctx, string(s), args...)
	if err != nil {
		return 0, classify(err)
	}
	return result.RowsAffected()
}

// rows is an INSERT that takes any number of rows at once: each is a statement less to run while others wait.
type rows struct {
	columns int
	byCount [rowsAtOnce + 1]statement
}

// rowsAtOnce is the most rows of one INSERT; more take several.
const rowsAtOnce = 8

// registerRows makes the statements of one INSERT for each count of rows.
func registerRows(head string, columns int, tail string) *rows {
	r := &rows{columns: columns}
	for count := 1; count <= rowsAtOnce; count++ {
		q := newQuery(head + " VALUES ")
		for i := range count {
			if i > 0 {
				q.add(", ")
			}
			q.add("(?"+strings.Repeat(", ?", columns-1)+")", make([]any, columns)...)
		}
		q.add(tail)
		r.byCount[count] = register(q.statement())
	}
	return r
}

// insert writes rows, whose values come one after another.
func (tx *Tx) insert(r *rows, values []any) error {
	for len(values) > 0 {
		count := min(len(values)/r.columns, rowsAtOnce)
		if _, err := tx.exec(r.byCount[count], values[:count*r.columns]...); err != nil {
			return err
		}
		values = values[count*r.columns:]
	}
	return nil
}

// create runs an INSERT … ON CONFLICT DO NOTHING; a row that was not written is a Conflict with the sentence.
func (tx *Tx) create(taken string, s statement, args ...any) error {
	n, err := tx.exec(s, args...)
	if err == nil && n == 0 {
		return conflict(taken)
	}
	return err
}

// must runs a statement that touches one row; none is a NotFound with the sentence.
func (tx *Tx) must(missing string, s statement, args ...any) error {
	n, err := tx.exec(s, args...)
	if err == nil && n == 0 {
		return notFound(missing)
	}
	return err
}

// scanner is a row to read from.
type scanner interface{ Scan(dest ...any) error }

// one reads the only row of a query; none is a NotFound with the sentence.
func one[T any](tx *Tx, missing string, scan func(scanner) (T, error), s statement, args ...any) (T, error) {
	var none T
	if tx.conn == nil {
		return none, errUsedLater
	}
	value, err := scan(tx.conn.QueryRowContext(tx.ctx, string(s), args...))
	if errors.Is(err, sql.ErrNoRows) {
		return none, notFound(missing)
	}
	return value, classify(err)
}

// unwatched is the transaction for a statement that is over before anybody could give it up, such as one row by its key. What
// watches a context while a statement runs, a goroutine of database/sql and a callback of the driver, costs as much as the row.
func (tx *Tx) unwatched() *Tx {
	if tx.ctx.Err() != nil {
		return tx
	}
	quick := *tx
	quick.ctx = background
	return &quick
}

// all reads every row of a query; none is an empty list.
func all[T any](tx *Tx, scan func(scanner) (T, error), s statement, args ...any) ([]T, error) {
	if tx.conn == nil {
		return nil, errUsedLater
	}
	rows, err := tx.conn.QueryContext(tx.ctx, string(s), args...)
	if err != nil {
		return nil, classify(err)
	}
	defer func() { _ = rows.Close() }()
	list := []T{}
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, classify(err)
		}
		list = append(list, value)
	}
	return list, classify(rows.Err())
}

// value reads one column.
func value[T any](row scanner) (T, error) {
	var v T
	err := row.Scan(&v)
	return v, err
}

// update runs an UPDATE … WHERE id and version. Nothing touched is a Conflict where the thing exists, else the error of
// looking for it.
func (tx *Tx) update(exists func() error, s statement, args ...any) error {
	n, err := tx.exec(s, args...)
	if err != nil || n > 0 {
		return err
	}
	if err := exists(); err != nil {
		return err
	}
	return errs.New(errs.Conflict, "Somebody has changed this in the meantime. Look at it again, then make your change.")
}

// jsonVersion is the schema of the JSON columns that this package encodes.
const jsonVersion = 1

// encode gives a value as the JSON of a column, which carries its schema version.
func encode(v any) (string, error) {
	raw, err := json.Marshal(struct {
		V     int `json:"v"`
		Value any `json:"value"`
	}{jsonVersion, v})
	if err != nil {
		return "", fmt.Errorf("sqldb: %w", err)
	}
	return string(raw), nil
}

// nothing is how encode writes a struct whose fields are all left out, such as an address that was never given.
const nothing = `{"v":1,"value":{}}`

// decode reads what encode made.
func decode[T any](text string, into *T) error {
	if text == nothing {
		return nil
	}
	envelope := struct {
		V     int `json:"v"`
		Value *T  `json:"value"`
	}{Value: into}
	if err := json.Unmarshal([]byte(text), &envelope); err != nil {
		return fmt.Errorf("sqldb: %w", err)
	}
	if envelope.V != jsonVersion {
		return fmt.Errorf("sqldb: a JSON column has version %d, this program reads %d", envelope.V, jsonVersion)
	}
	return nil
}
