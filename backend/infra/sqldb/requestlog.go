package sqldb

import (
	"packbench/backend/base/page"
	"packbench/backend/core/requestlog"
)

const requestColumns = `number, at_ms, account_id, token_name, request_id, method, path, status, took_us, sender`

var (
	insertRequest = register(`INSERT INTO requests (` + requestColumns + `, request, response)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	selectRequest = register(`SELECT ` + requestColumns + `, request, response FROM requests WHERE number = $1`)
)

func requestFields(e *requestlog.Entry) []any {
	return []any{&e.Number, &e.AtMs, &e.AccountID, &e.TokenName, &e.RequestID, &e.Method, &e.Path, &e.Status, &e.TookUs, &e.From}
}

// AppendRequest adds an entry.
func (tx *Tx) AppendRequest(e requestlog.Entry) error {
	_, err := tx.exec(insertRequest, e.Number, e.AtMs, e.AccountID, e.TokenName, e.RequestID, e.Method, e.Path, e.Status, e.TookUs, e.From,
		e.Request, e.Response)
	return err
}

// Requests gives entries without their bodies, newest number first.
func (tx *Tx) Requests(f requestlog.Filter, p page.Request) (page.Result[requestlog.Entry], error) {
	var none page.Result[requestlog.Entry]
	after, err := readCursor(p.Cursor, "requests", 1)
	if err != nil {
		return none, err
	}
	w := newQuery(`SELECT ` + requestColumns + ` FROM requests`)
	w.equal("account_id", f.AccountID, f.AccountID != "")
	if f.RequestID != "" {
		w.where("request_id <> ''") // lets the partial index serve
		w.where("request_id = ?", f.RequestID)
	}
	if f.Failed {
		w.where("status >= 400")
	}
	if after != nil {
		w.where("number < ?", integer(after[0]))
	}
	w.add(" ORDER BY number DESC LIMIT ?", p.Size()+1)
	list, err := all(tx, func(row scanner) (requestlog.Entry, error) {
		var e requestlog.Entry
		err := row.Scan(requestFields(&e)...)
		return e, err
	}, w.statement(), w.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(e requestlog.Entry) string { return makeCursor("requests", e.Number) }), nil
}

// Request gives one entry with its bodies.
func (tx *Tx) Request(number int64) (requestlog.Entry, error) {
	return one(tx, "There is no request with this number.", func(row scanner) (requestlog.Entry, error) {
		var e requestlog.Entry
		err := row.Scan(append(requestFields(&e), &e.Request, &e.Response)...)
		return e, err
	}, selectRequest, number)
}
