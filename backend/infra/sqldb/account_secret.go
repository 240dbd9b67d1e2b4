package sqldb

import (
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
)

// The columns of keys and tokens, in the order in which rows are read.
const (
	keyColumns = `s.id, s.account_id, s.hint, s.created_ms, s.ends_ms, s.mark_ms, s.last_used_ms, s.last_used_from, s.lookup, s.sealed`
	//nolint:gosec // names of columns, no secrets
	tokenColumns = `s.id, s.account_id, s.name, s.hint, s.scopes, s.testing, s.brought, s.ends_ms, s.created_ms,
		s.last_used_ms, s.last_used_from, s.lookup, s.sealed`
)

var (
	insertSecret = register(`INSERT INTO secrets (id, account_id, kind, name, name_key, hint, scopes, testing, brought, ends_ms, mark_ms,
		lookup, sealed, created_ms, last_used_ms, last_used_from)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`)
	selectKeys        = register(`SELECT ` + keyColumns + ` FROM secrets s WHERE s.account_id = $1 AND s.kind = 'key' ORDER BY s.created_ms DESC, s.id DESC`)
	updateKeyEnd      = register(`UPDATE secrets SET ends_ms = $1, mark_ms = 0 WHERE id = $2 AND kind = 'key'`)
	deleteKey         = register(`DELETE FROM secrets WHERE id = $1 AND kind = 'key'`)
	deleteKeys        = register(`DELETE FROM secrets WHERE account_id = $1 AND kind = 'key'`)
	selectTokens      = register(`SELECT ` + tokenColumns + ` FROM secrets s WHERE s.account_id = $1 AND s.kind = 'token' ORDER BY s.created_ms, s.id`)
	selectToken       = register(`SELECT ` + tokenColumns + ` FROM secrets s WHERE s.id = $1 AND s.kind = 'token'`)
	deleteToken       = register(`DELETE FROM secrets WHERE id = $1 AND kind = 'token'`)
	deleteSecrets     = register(`DELETE FROM secrets WHERE account_id = $1`)
	deleteSealedAuths = register(`UPDATE auths SET sealed = NULL WHERE account_id = $1`)
	selectBearer      = register(`SELECT s.kind, s.mark_ms, ` + tokenColumns + `, ` + recordColumns + ` FROM accounts a LEFT JOIN account_groups g ON g.id = a.group_id
		JOIN secrets s ON s.account_id = a.id WHERE s.lookup = $1 AND a.deleted_ms = 0`)
	touchSecret  = register(`UPDATE secrets SET last_used_ms = $1, last_used_from = $2 WHERE id = $3 AND last_used_ms < $4`)
	touchAccount = register(`UPDATE account_usage SET last_used_ms = $1, last_used_from = $2 WHERE account_id = $3 AND last_used_ms < $4`)
	markTime     = register(`UPDATE secrets SET mark_ms = $1 WHERE kind = 'key' AND ends_ms > 0 AND mark_ms < $2`)
)

const (
	noKey   = "There is no such account key."
	noToken = "There is no such token."
)

func scanKey(row scanner) (account.Key, error) {
	var k account.Key
	err := row.Scan(&k.ID, &k.AccountID, &k.Hint, &k.CreatedMs, &k.EndsMs, &k.MarkMs, &k.LastUsedMs, &k.LastUsedFrom, &k.Lookup, &k.Sealed)
	return k, err
}

func tokenFields(t *account.Token, scopes *string) []any {
	return []any{
		&t.ID, &t.AccountID, &t.Name, &t.Hint, scopes, &t.Testing, &t.BroughtAlong, &t.ExpiresMs, &t.CreatedMs,
		&t.LastUsedMs, &t.LastUsedFrom, &t.Lookup, &t.Sealed,
	}
}

func scanToken(row scanner) (account.Token, error) {
	var t account.Token
	var scopes string
	if err := row.Scan(tokenFields(&t, &scopes)...); err != nil {
		return t, err
	}
	return t, decode(scopes, &t.Scopes)
}

// CreateKey stores an account key. Conflict: its value is a key or a token already.
func (tx *Tx) CreateKey(k account.Key) error {
	noScopes, err := encode([]actor.Scope{})
	if err != nil {
		return err
	}
	return tx.create("This value is already in use as a key or token. Choose another.", insertSecret, k.ID, k.AccountID, "key", "", "", k.Hint,
		noScopes, false, false, k.EndsMs, k.MarkMs, k.Lookup, k.Sealed, k.CreatedMs, k.LastUsedMs, k.LastUsedFrom)
}

// Keys gives an account's keys, newest first.
func (tx *Tx) Keys(id account.ID) ([]account.Key, error) { return all(tx, scanKey, selectKeys, id) }

// EndKey sets when a key stops working.
func (tx *Tx) EndKey(id account.KeyID, endsMs int64) error {
	return tx.must(noKey, updateKeyEnd, endsMs, id)
}

// DeleteKey deletes one key for good.
func (tx *Tx) DeleteKey(id account.KeyID) error {
	tx.scrub = true
	return tx.must(noKey, deleteKey, id)
}

// DeleteKeys deletes an account's keys for good.
func (tx *Tx) DeleteKeys(id account.ID) error {
	tx.scrub = true
	_, err := tx.exec(deleteKeys, id)
	return err
}

// CreateToken stores a token. Conflict: the account has a token of that name, or the value is a key or a token already.
func (tx *Tx) CreateToken(t account.Token) error {
	scopes, err := encode(t.Scopes)
	if err != nil {
		return err
	}
	return tx.create("The account has a token with this name, or the value is already in use.", insertSecret, t.ID, t.AccountID, "token",
		t.Name, account.NameKey(t.Name), t.Hint, scopes, t.Testing, t.BroughtAlong, t.ExpiresMs, 0, t.Lookup, t.Sealed, t.CreatedMs, t.LastUsedMs, t.LastUsedFrom)
}

// Tokens gives an account's tokens, oldest first.
func (tx *Tx) Tokens(id account.ID) ([]account.Token, error) {
	return all(tx, scanToken, selectTokens, id)
}

// Token gives one token.
func (tx *Tx) Token(id account.TokenID) (account.Token, error) {
	return one(tx, noToken, scanToken, selectToken, id)
}

// DeleteToken deletes a token for good.
func (tx *Tx) DeleteToken(id account.TokenID) error {
	tx.scrub = true
	return tx.must(noToken, deleteToken, id)
}

// DeleteAccountSecrets deletes an account's keys and tokens and what is sealed in its auths.
func (tx *Tx) DeleteAccountSecrets(id account.ID) error {
	tx.scrub = true
	if _, err := tx.exec(deleteSecrets, id); err != nil {
		return err
	}
	_, err := tx.exec(deleteSealedAuths, id)
	return err
}

// Bearer gives the living account that a looked-up secret stands for, without its use, and the secret's record.
func (tx *Tx) Bearer(lookup []byte) (account.Bearer, error) {
	scan := func(row scanner) (account.Bearer, error) {
		var b account.Bearer
		var t account.Token
		var kind, scopes, sender string
		var markMs int64
		if err := row.Scan(append(append([]any{&kind, &markMs}, tokenFields(&t, &scopes)...), recordFields(&b.Account, &sender)...)...); err != nil {
			return b, err
		}
		if kind == "key" {
			b.Key = &account.Key{
				ID: account.KeyID(t.ID), AccountID: t.AccountID, Hint: t.Hint, CreatedMs: t.CreatedMs, EndsMs: t.ExpiresMs, MarkMs: markMs,
				LastUsedMs: t.LastUsedMs, LastUsedFrom: t.LastUsedFrom, Lookup: t.Lookup, Sealed: t.Sealed,
			}
		} else {
			b.Token = &t
			if err := decode(scopes, &t.Scopes); err != nil {
				return b, err
			}
		}
		return b, decode(sender, &b.Account.DefaultSender)
	}
	return remember(tx, memoKey{selectBearer, string(lookup)}, ownBearer, func() (account.Bearer, error) {
		return one(tx, noToken, scan, selectBearer, lookup)
	})
}

// ownBearer gives a bearer whose records are the caller's.
func ownBearer(b account.Bearer) account.Bearer {
	if b.Token != nil {
		own := *b.Token
		b.Token = &own
	}
	if b.Key != nil {
		own := *b.Key
		b.Key = &own
	}
	return b
}

// Touch raises when and from where a key or token, and its account, were last used.
func (tx *Tx) Touch(u account.Use) error {
	id := string(u.TokenID)
	if id == "" {
		id = string(u.KeyID)
	}
	if _, err := tx.exec(touchSecret, u.AtMs, u.From, id, u.AtMs); err != nil {
		return err
	}
	_, err := tx.exec(touchAccount, u.AtMs, u.From, u.AccountID, u.AtMs)
	return err
}

// MarkTime raises the latest time seen on every key that ends.
func (tx *Tx) MarkTime(ms int64) error {
	_, err := tx.exec(markTime, ms, ms)
	return err
}
