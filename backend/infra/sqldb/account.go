package sqldb

import (
	"database/sql"

	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/numbering"
)

// The columns of an account, alone and with its use.
const (
	recordColumns = `a.id, a.api_user_id, coalesce(a.group_id, ''), coalesce(g.name, ''), a.name, a.name_key, a.disabled, a.strict_ids,
	a.default_sender, a.data_key, a.deleted_ms, a.version, a.created_ms, a.updated_ms`
	accountColumns = recordColumns + `, u.shipments, u.last_used_ms, u.last_used_from`
)

const accountCounts = `,
	(SELECT count(*) FROM secrets s WHERE s.account_id = a.id AND s.kind = 'token'),
	(SELECT count(*) FROM auths x WHERE x.account_id = a.id)`

const accountTables = ` FROM accounts a JOIN account_usage u ON u.account_id = a.id LEFT JOIN account_groups g ON g.id = a.group_id`

var (
	insertAccount = register(`INSERT INTO accounts (id, api_user_id, group_id, name, name_key, disabled, strict_ids, default_sender,
		data_key, deleted_ms, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`)
	insertUsage = register(`INSERT INTO account_usage (account_id, shipments, last_used_ms, last_used_from) VALUES ($1, 0, 0, '')`)
	// group_id becomes null with deleted_ms, so that the group can go while the account's shipments stay.
	updateAccount = register(`UPDATE accounts SET group_id = $1, name = $2, name_key = $3, disabled = $4, strict_ids = $5, default_sender = $6,
		data_key = $7, deleted_ms = $8, updated_ms = $9, version = version + 1 WHERE id = $10 AND version = $11`)
	selectAccount       = register(`SELECT ` + accountColumns + accountCounts + accountTables + ` WHERE a.id = $1`)
	selectAccountByUser = register(`SELECT ` + accountColumns + accountCounts + accountTables + ` WHERE a.api_user_id = $1 AND a.deleted_ms = 0`)
	// The name_key is what is indexed.
	selectAccountByName = register(`SELECT ` + accountColumns + accountCounts + accountTables + ` WHERE a.name_key = $1 AND a.name = $2 AND a.deleted_ms = 0`)
	selectAccountBriefs = register(`SELECT a.id, a.name, g.id, g.name, (SELECT count(*) FROM auths x WHERE x.account_id = a.id)
		FROM accounts a JOIN account_groups g ON g.id = a.group_id WHERE a.deleted_ms = 0 ORDER BY a.name_key`)
	selectAccountRecord = register(`SELECT ` + recordColumns + ` FROM accounts a LEFT JOIN account_groups g ON g.id = a.group_id WHERE a.id = $1`)
	countInFlight       = register(`SELECT count(*) FROM shipments WHERE account_id = $1 AND state IN ('queued', 'sending', 'unknown', 'cancelling')`)
)

const noAccount = "There is no such API account."

func recordFields(a *account.Account, sender *string) []any {
	return []any{
		&a.ID, &a.APIUserID, &a.GroupID, &a.GroupName, &a.Name, &a.NameKey, &a.Disabled, &a.StrictIDs,
		sender, &a.DataKey, &a.DeletedMs, &a.Version, &a.CreatedMs, &a.UpdatedMs,
	}
}

func accountFields(a *account.Account, sender *string) []any {
	return append(recordFields(a, sender), &a.Shipments, &a.LastUsedMs, &a.LastUsedFrom)
}

func scanAccountRecord(row scanner) (account.Account, error) {
	var a account.Account
	var sender string
	if err := row.Scan(recordFields(&a, &sender)...); err != nil {
		return a, err
	}
	return a, decode(sender, &a.DefaultSender)
}

func scanAccount(row scanner) (account.Account, error) {
	var a account.Account
	var sender string
	if err := row.Scan(append(accountFields(&a, &sender), &a.Tokens, &a.Auths)...); err != nil {
		return a, err
	}
	return a, decode(sender, &a.DefaultSender)
}

// CreateAccount stores a new account and gives it its APIUserID. Conflict: its NameKey is taken.
func (tx *Tx) CreateAccount(a account.Account) (account.Account, error) {
	sender, err := encode(a.DefaultSender)
	if err != nil {
		return a, err
	}
	if a.APIUserID, _, err = tx.Reserve(numbering.SiteSeries("api-user"), 1); err != nil {
		return a, err
	}
	err = tx.create("There is already an API account with this name.", insertAccount, a.ID, a.APIUserID, groupOf(a), a.Name, a.NameKey,
		a.Disabled, a.StrictIDs, sender, a.DataKey, a.DeletedMs, a.Version, a.CreatedMs, a.UpdatedMs)
	if err != nil {
		return a, err
	}
	_, err = tx.exec(insertUsage, a.ID)
	return a, err
}

// UpdateAccount changes an account by ID and Version. Conflict: its NameKey is taken, or Version is not the stored one.
// A data key that goes leaves the write-ahead log too.
func (tx *Tx) UpdateAccount(a account.Account) error {
	sender, err := encode(a.DefaultSender)
	if err != nil {
		return err
	}
	tx.scrub = tx.scrub || a.DataKey == nil
	exists := func() error { _, err := tx.Account(a.ID); return err }
	return tx.update(exists, updateAccount, groupOf(a), a.Name, a.NameKey, a.Disabled, a.StrictIDs, sender,
		a.DataKey, a.DeletedMs, a.UpdatedMs, a.ID, a.Version)
}

func groupOf(a account.Account) sql.NullString {
	return sql.NullString{String: string(a.GroupID), Valid: a.GroupID != ""}
}

// Account gives an account with its counts, a deleted one too.
func (tx *Tx) Account(id account.ID) (account.Account, error) {
	return one(tx, noAccount, scanAccount, selectAccount, id)
}

// AccountRecord gives an account without its counts and its use, a deleted one too.
func (tx *Tx) AccountRecord(id account.ID) (account.Account, error) {
	itself := func(a account.Account) account.Account { return a }
	return remember(tx, memoKey{selectAccountRecord, string(id)}, itself, func() (account.Account, error) {
		return one(tx, noAccount, scanAccountRecord, selectAccountRecord, id)
	})
}

// AccountByName gives the living account of exactly this name, with its counts.
func (tx *Tx) AccountByName(name string) (account.Account, error) {
	return one(tx, noAccount, scanAccount, selectAccountByName, account.NameKey(name), name)
}

// AccountByUser gives the living account of the number API clients see, with its counts.
func (tx *Tx) AccountByUser(apiUserID int64) (account.Account, error) {
	return one(tx, noAccount, scanAccount, selectAccountByUser, apiUserID)
}

// accountsList is the list's name in its cursors.
const accountsList = "accounts"

// Accounts gives the living accounts by NameKey, with their counts.
func (tx *Tx) Accounts(f account.Filter, p page.Request) (page.Result[account.Account], error) {
	var none page.Result[account.Account]
	after, err := readCursor(p.Cursor, accountsList, 1)
	if err != nil {
		return none, err
	}
	q := accountList(f, after, p)
	list, err := all(tx, scanAccount, q.statement(), q.args...)
	if err != nil {
		return none, err
	}
	return paged(list, p, func(a account.Account) string { return makeCursor(accountsList, a.NameKey) }), nil
}

func accountList(f account.Filter, after cursor, p page.Request) *query {
	q := newQuery(`SELECT ` + accountColumns + accountCounts + accountTables)
	q.where("a.deleted_ms = 0")
	q.equal("a.group_id", f.GroupID, f.GroupID != "")
	if part := account.NameKey(f.Search); part != "" {
		like := "%" + escapeLike(part) + "%"
		if f.InGroups {
			q.where(`(a.name_key LIKE ? ESCAPE '\' OR g.name_key LIKE ? ESCAPE '\')`, like, like)
		} else {
			q.where(`a.name_key LIKE ? ESCAPE '\'`, like)
		}
	}
	if after != nil {
		q.where("a.name_key > ?", after[0])
	}
	q.add(" ORDER BY a.name_key LIMIT ?", p.Size()+1)
	return q
}

// AccountBriefs gives the living accounts by NameKey, as choosers show them.
func (tx *Tx) AccountBriefs() ([]account.Brief, error) {
	return all(tx, func(row scanner) (b account.Brief, err error) {
		err = row.Scan(&b.ID, &b.Name, &b.GroupID, &b.GroupName, &b.Auths)
		return b, err
	}, selectAccountBriefs)
}

// ShipmentsInFlight counts an account's shipments whose courier may be at work: queued, sending, unknown, cancelling.
func (tx *Tx) ShipmentsInFlight(id account.ID) (int, error) {
	return one(tx, noAccount, value[int], countInFlight, id)
}
