package sqldb

import (
	"encoding/json"
	"strings"
	"sync/atomic"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/audit"
)

const auditColumns = `seq, id, at_ms, door, actor, sender, action, subject_kind, subject_id, subject_name, account_id, before, after, hash, mac`

var (
	insertAudit = register(`INSERT INTO audit (` + auditColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`)
	sealAudit         = register(`UPDATE audit SET hash = $1, mac = $2 WHERE seq = $3`)
	selectAuditHead   = register(`SELECT seq, at_ms, hash, mac FROM audit WHERE seq = (SELECT max(seq) FROM audit)`)
	selectAuditLink   = register(`SELECT seq, at_ms, hash, mac FROM audit WHERE seq = $1`)
	selectAuditActors = register(`SELECT DISTINCT actor FROM audit ORDER BY actor LIMIT 200`)
)

const noAuditRow = "There is no such entry of the audit."

// auditKeys is what the writer seals the audit with, and whom it tells of a commit that holds new entries.
type auditKeys struct {
	ratchet  atomic.Pointer[audit.Ratchet]
	appended chan struct{}
}

// UseAuditKeys gives the keys that entries are sealed with. Before, whatever would be audited is refused.
func (db *DB) UseAuditKeys(keys *audit.Ratchet) { db.writer.audit.ratchet.Store(keys) }

// AuditAppended tells of commits with new entries, several at once where nobody listened.
func (db *DB) AuditAppended() <-chan struct{} { return db.writer.audit.appended }

// tell says that entries are on the disk.
func (k *auditKeys) tell() {
	select {
	case k.appended <- struct{}{}:
	default: // told already
	}
}

func scanAudit(row scanner) (audit.Row, error) {
	var r audit.Row
	var before, after string
	err := row.Scan(&r.Seq, &r.ID, &r.AtMs, &r.Door, &r.Actor, &r.From, &r.Action, &r.Subject.Kind, &r.Subject.ID, &r.Subject.Name,
		&r.AccountID, &before, &after, &r.Hash, &r.MAC)
	if before != "" {
		r.Before = json.RawMessage(before)
	}
	if after != "" {
		r.After = json.RawMessage(after)
	}
	return r, err
}

func scanLink(row scanner) (audit.Link, error) {
	var l audit.Link
	err := row.Scan(&l.Seq, &l.AtMs, &l.Hash, &l.MAC)
	return l, err
}

// AppendAudit adds an entry as the next row of the chain, which is never changed again.
func (tx *Tx) AppendAudit(e audit.Entry) error {
	if tx.audit == nil || tx.audit.ratchet.Load() == nil {
		return errs.New(errs.Unavailable, "The audit can't be written: its key is not there. Nothing was done; unlock the data folder and try again.")
	}
	head, err := tx.AuditHead()
	if err != nil {
		return err
	}
	r, err := audit.Next(head, e, tx.audit.ratchet.Load())
	if err != nil {
		return err
	}
	tx.audited = true
	_, err = tx.exec(insertAudit, r.Seq, r.ID, r.AtMs, r.Door, r.Actor, r.From, r.Action, r.Subject.Kind, r.Subject.ID, r.Subject.Name,
		r.AccountID, string(r.Before), string(r.After), r.Hash, r.MAC)
	return err
}

// SealAudit gives a row of before the chain its hash and MAC; any other is never changed.
func (tx *Tx) SealAudit(r audit.Row) error {
	tx.audited = true
	return tx.must(noAuditRow, sealAudit, r.Hash, r.MAC, r.Seq)
}

// AuditHead gives the link of the last row; zero where there is none.
func (tx *Tx) AuditHead() (audit.Link, error) {
	head, err := one(tx, noAuditRow, scanLink, selectAuditHead)
	if errs.Is(err, errs.NotFound) {
		return audit.Link{}, nil
	}
	return head, err
}

// AuditLink gives the link of a row.
func (tx *Tx) AuditLink(seq int64) (audit.Link, error) {
	return one(tx, noAuditRow, scanLink, selectAuditLink, seq)
}

// AuditRows gives the rows behind one, in the order of the chain.
func (tx *Tx) AuditRows(after int64, limit int) ([]audit.Row, error) {
	q := newQuery(`SELECT ` + auditColumns + ` FROM audit`)
	q.where("seq > ?", after)
	q.add(" ORDER BY seq LIMIT ?", limit)
	return all(tx, scanAudit, q.statement(), q.args...)
}

// AuditActors gives who ever did something, by name, 200 at most.
func (tx *Tx) AuditActors() ([]string, error) { return all(tx, value[string], selectAuditActors) }

// ListAudit gives rows, newest first.
func (tx *Tx) ListAudit(f audit.Filter, p page.Request) (page.Result[audit.Row], error) {
	var none page.Result[audit.Row]
	after, err := readCursor(p.Cursor, "audit", 1)
	if err != nil {
		return none, err
	}
	q := auditList(f, after, p)
	list, err := all(tx, scanAudit, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(r audit.Row) string { return makeCursor("audit", r.Seq) }), nil
}

func auditList(f audit.Filter, after cursor, p page.Request) *query {
	q := newQuery(`SELECT ` + auditColumns + ` FROM audit`)
	q.equal("account_id", f.AccountID, f.AccountID != "")
	q.equal("actor", f.Actor, f.Actor != "")
	q.equal("door", f.Door, f.Door != "")
	q.equal("subject_id", f.SubjectID, f.SubjectID != "")
	switch {
	case strings.Contains(f.Action, "."):
		q.where("action = ?", f.Action)
	case f.Action != "":
		q.where("action > ? AND action < ?", f.Action+".", f.Action+"/") // "/" comes behind "."
	}
	if f.Subject != "" {
		q.where(`lower(subject_name) LIKE lower(?) ESCAPE '\'`, "%"+escapeLike(f.Subject)+"%")
	}
	if f.FromMs != 0 {
		q.where("at_ms >= ?", f.FromMs)
	}
	if f.ToMs != 0 {
		q.where("at_ms < ?", f.ToMs)
	}
	if after != nil {
		q.where("seq < ?", integer(after[0]))
	}
	q.add(" ORDER BY seq DESC LIMIT ?", p.Size()+1)
	return q
}
