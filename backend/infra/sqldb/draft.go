package sqldb

import (
	"strconv"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/draft"
)

const (
	draftColumns = `d.id, d.account_id, a.name, d.body, d.reference, d.recipient, d.country_iso, d.source, d.import_file, d.import_rows,
		d.problems, d.created_ms, d.updated_ms, d.version, d.waits_for, d.waiting_ms, coalesce(w.courier, '')`
	draftTables = ` FROM drafts d JOIN accounts a ON a.id = d.account_id LEFT JOIN auths w ON w.id = d.waits_for`

	// notClaimed leaves out what a purchase has claimed: it is a shipment, or about to be one.
	notClaimed = `NOT EXISTS (SELECT 1 FROM claims c WHERE c.account_id = d.account_id AND c.key = 'key|' || d.claim)`
)

var (
	insertDraft = register(`INSERT INTO drafts (id, account_id, claim, reference, recipient, country_iso, source, import_file, import_rows,
		search, created_ms, updated_ms, version, problems, body)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
		WHERE NOT EXISTS (SELECT 1 FROM claims WHERE account_id = $16 AND key = $17) ON CONFLICT DO NOTHING`)
	updateDraft = register(`UPDATE drafts SET account_id = $1, reference = $2, recipient = $3, country_iso = $4, search = $5, problems = $6,
		body = $7, updated_ms = $8, source = $9, waits_for = '', waiting_ms = 0, version = version + 1 WHERE id = $10 AND version = $11`)
	noteProblems = register(`UPDATE drafts SET problems = $1 WHERE id = $2`)
	deleteDraft  = register(`DELETE FROM drafts WHERE id = $1`)
	setWaiting   = register(`UPDATE drafts SET waits_for = $1, waiting_ms = $2 WHERE id = $3`)
	waitingFor   = register(`SELECT DISTINCT d.waits_for FROM drafts d WHERE d.waits_for <> '' AND ` + notClaimed)
	nextWaiting  = register(`SELECT ` + draftColumns + draftTables + ` WHERE d.waits_for <> '' AND d.waits_for = $1 AND ` + notClaimed +
		` ORDER BY d.waiting_ms, d.id LIMIT 1`)
	selectDraft  = register(`SELECT ` + draftColumns + draftTables + ` WHERE d.id = $1 AND ` + notClaimed)
	boughtDrafts = register(`SELECT s.number, ` + draftColumns + draftTables + ` JOIN claims c ON c.account_id = d.account_id AND c.key = 'key|' || d.claim
		JOIN shipments s ON s.id = c.shipment_id WHERE s.state NOT IN ('queued', 'sending') OR c.created_ms < $1`)
	selectDraftedRows = register(`SELECT import_rows FROM drafts WHERE account_id = $1 AND claim > $2 AND claim < $3`)
)

const noDraft = "There is no such draft any more: it was bought, is being bought, or was deleted."

func draftFields(d *draft.Draft, rows, problems *string) []any {
	return []any{
		&d.ID, &d.AccountID, &d.Account, &d.Order, &d.Reference, &d.Recipient, &d.CountryISO, &d.Source, &d.From.File, rows,
		problems, &d.CreatedMs, &d.UpdatedMs, &d.Version, &d.WaitsFor, &d.WaitingMs, &d.WaitsCourier,
	}
}

func scanDraft(row scanner) (draft.Draft, error) {
	var d draft.Draft
	var rows, problems string
	if err := row.Scan(draftFields(&d, &rows, &problems)...); err != nil {
		return d, err
	}
	d.From.Rows = rowNumbers(rows)
	return d, decode(problems, &d.Problems)
}

// rowNumbers reads "2,3,7".
func rowNumbers(text string) (rows []int) {
	for number := range strings.SplitSeq(text, ",") {
		if n := integer(number); n > 0 {
			rows = append(rows, int(n))
		}
	}
	return rows
}

func rowsText(rows []int) string {
	var text []byte
	for i, row := range rows {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(row), 10)
	}
	return string(text)
}

// encodeProblems spares most drafts of an import the encoder: they have none.
func encodeProblems(list []errs.Field) (string, error) {
	if len(list) == 0 {
		return `{"v":1,"value":[]}`, nil
	}
	return encode(list)
}

func draftSearch(d draft.Draft) string {
	return fold(d.Reference) + "\n" + fold(d.Recipient) + "\n" + fold(d.CountryISO)
}

// CreateDraft stores a draft. Conflict: another draft, or a purchase, has its Key.
func (tx *Tx) CreateDraft(d draft.Draft) error {
	problems, err := encodeProblems(d.Problems)
	if err != nil {
		return err
	}
	key := d.Key()
	return tx.create("This is a draft or a shipment already.", insertDraft, d.ID, d.AccountID, key, d.Reference, d.Recipient, d.CountryISO, d.Source,
		d.From.File, rowsText(d.From.Rows), draftSearch(d), d.CreatedMs, d.UpdatedMs, d.Version, problems, d.Order, d.AccountID, "key|"+key)
}

// UpdateDraft changes a draft by ID and Version. Conflict: Version is not the stored one.
func (tx *Tx) UpdateDraft(d draft.Draft) error {
	problems, err := encodeProblems(d.Problems)
	if err != nil {
		return err
	}
	exists := func() error { _, err := tx.Draft(d.ID); return err }
	return tx.update(exists, updateDraft, d.AccountID, d.Reference, d.Recipient, d.CountryISO, draftSearch(d), problems, d.Order, d.UpdatedMs, d.Source, d.ID, d.Version)
}

// NoteProblems keeps what a try has found.
func (tx *Tx) NoteProblems(id draft.ID, list []errs.Field) error {
	problems, err := encodeProblems(list)
	if err != nil {
		return err
	}
	return tx.must(noDraft, noteProblems, problems, id)
}

// SetWaiting makes a draft wait for an auth, or no longer.
func (tx *Tx) SetWaiting(id draft.ID, waitsFor auth.ID, sinceMs int64) error {
	return tx.must(noDraft, setWaiting, waitsFor, sinceMs, id)
}

// WaitingFor gives the auths that drafts wait for.
func (tx *Tx) WaitingFor() ([]auth.ID, error) { return all(tx, value[auth.ID], waitingFor) }

// NextWaiting gives the draft that waits longest for an auth.
func (tx *Tx) NextWaiting(id auth.ID) (draft.Draft, error) {
	return one(tx, noDraft, scanDraft, nextWaiting, id)
}

// DeleteDraft deletes a draft, a claimed one too.
func (tx *Tx) DeleteDraft(id draft.ID) error { return tx.must(noDraft, deleteDraft, id) }

// Draft gives a draft that no purchase has claimed.
func (tx *Tx) Draft(id draft.ID) (draft.Draft, error) {
	return one(tx, noDraft, scanDraft, selectDraft, id)
}

// BoughtDrafts gives what a purchase has claimed and is settled, or was claimed before a time.
func (tx *Tx) BoughtDrafts(beforeMs int64) ([]draft.Bought, error) {
	return all(tx, func(row scanner) (draft.Bought, error) {
		var b draft.Bought
		var rows, problems string
		if err := row.Scan(append([]any{&b.Number}, draftFields(&b.Draft, &rows, &problems)...)...); err != nil {
			return b, err
		}
		b.From.Rows = rowNumbers(rows)
		return b, decode(problems, &b.Problems)
	}, boughtDrafts, beforeMs)
}

// The lists' names in their cursors.
const (
	draftList   = "drafts"
	waitingList = "waiting"
)

// Drafts gives the drafts that no purchase has claimed, newest first; those that wait in the order they are bought in.
func (tx *Tx) Drafts(f draft.Filter, p page.Request) (page.Result[draft.Draft], error) {
	var none page.Result[draft.Draft]
	name, width := draftList, 1
	if f.Waiting {
		name, width = waitingList, 2
	}
	after, err := readCursor(p.Cursor, name, width)
	if err != nil {
		return none, err
	}
	q := draftsQuery(draftColumns, f, after, p.Size()+1)
	list, err := all(tx, scanDraft, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(d draft.Draft) string {
		if f.Waiting {
			return makeCursor(waitingList, decimal(d.WaitingMs), string(d.ID))
		}
		return makeCursor(draftList, string(d.ID))
	}), nil
}

// CountDrafts counts the drafts of a filter up to 1,000; more says that there are others.
func (tx *Tx) CountDrafts(f draft.Filter) (count int64, more bool, err error) {
	inner := draftsQuery("d.id", f, nil, countLimit+1)
	q := newQuery("SELECT count(*) FROM (" + inner.text.String() + ") found")
	count, err = one(tx, "", value[int64], q.statement(), inner.args...)
	return min(count, countLimit), count > countLimit, err
}

func draftsQuery(columns string, f draft.Filter, after cursor, limit int) *query {
	q := newQuery("SELECT " + columns + draftTables)
	q.where(notClaimed)
	q.equal("d.account_id", f.AccountID, f.AccountID != "")
	switch {
	case f.Source == strings.TrimSuffix(draft.FromImport, ":"):
		q.where("d.source >= ? AND d.source < ?", draft.FromImport, f.Source+";") // the character behind the colon
	case f.Source != "":
		q.where("d.source = ?", f.Source)
	}
	if part := fold(f.Search); part != "" {
		q.where("instr(d.search, ?) > 0", part)
	}
	if f.Waiting {
		q.where("d.waits_for <> ''")
		if after != nil {
			q.where("(d.waiting_ms, d.id) > (?, ?)", integer(after[0]), after[1])
		}
		q.add(" ORDER BY d.waiting_ms, d.id LIMIT ?", limit)
		return q
	}
	if after != nil {
		q.where("d.id < ?", after[0])
	}
	q.add(" ORDER BY d.id DESC LIMIT ?", limit)
	return q
}

// DraftedRows gives which rows of a file are drafts on an account.
func (tx *Tx) DraftedRows(accountID account.ID, file string) ([]int, error) {
	key := "import:" + file
	list, err := all(tx, value[string], selectDraftedRows, accountID, key+":", key+";") // the character behind the colon
	var rows []int
	for _, text := range list {
		rows = append(rows, rowNumbers(text)...)
	}
	return rows, err
}
