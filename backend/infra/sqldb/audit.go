package sqldb

import (
	"encoding/json"

	"packbench/backend/base/page"
	"packbench/backend/core/audit"
)

const auditColumns = `id, at_ms, door, actor, sender, action, subject_kind, subject_id, subject_name, account_id, before, after`

var insertAudit = register(`INSERT INTO audit (` + auditColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)

func scanAudit(row scanner) (audit.Entry, error) {
	var e audit.Entry
	var before, after string
	err := row.Scan(&e.ID, &e.AtMs, &e.Door, &e.Actor, &e.From, &e.Action, &e.Subject.Kind, &e.Subject.ID, &e.Subject.Name, &e.AccountID, &before, &after)
	if before != "" {
		e.Before = json.RawMessage(before)
	}
	if after != "" {
		e.After = json.RawMessage(after)
	}
	return e, err
}

// AppendAudit adds an entry, which is never changed again.
func (tx *Tx) AppendAudit(e audit.Entry) error {
	_, err := tx.exec(insertAudit, e.ID, e.AtMs, e.Door, e.Actor, e.From, e.Action, e.Subject.Kind, e.Subject.ID, e.Subject.Name,
		e.AccountID, string(e.Before), string(e.After))
	return err
}

// ListAudit gives entries, newest first.
func (tx *Tx) ListAudit(f audit.Filter, p page.Request) (page.Result[audit.Entry], error) {
	var none page.Result[audit.Entry]
	after, err := readCursor(p.Cursor, "audit", 1)
	if err != nil {
		return none, err
	}
	w := newQuery(`SELECT ` + auditColumns + ` FROM audit`)
	w.equal("account_id", f.AccountID, f.AccountID != "")
	w.equal("action", f.Action, f.Action != "")
	w.equal("subject_id", f.SubjectID, f.SubjectID != "")
	if after != nil {
		w.where("id < ?", after[0])
	}
	w.add(" ORDER BY id DESC LIMIT ?", p.Size()+1)
	list, err := all(tx, scanAudit, w.statement(), w.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(e audit.Entry) string { return makeCursor("audit", e.ID) }), nil
}
