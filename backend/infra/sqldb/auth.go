package sqldb

import (
	"slices"

	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

const authColumns = `id, account_id, courier, company, testing, tracking_only, fields, sealed, last_test_ms, last_test_ok, last_test_note,
	version, created_ms, updated_ms`

var (
	insertAuth = register(`INSERT INTO auths (` + authColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`)
	updateAuth = register(`UPDATE auths SET courier = $1, company = $2, testing = $3, tracking_only = $4, fields = $5, sealed = $6,
		last_test_ms = $7, last_test_ok = $8, last_test_note = $9, updated_ms = $10, version = version + 1 WHERE id = $11 AND version = $12`)
	updateVerdict     = register(`UPDATE auths SET last_test_ms = $1, last_test_ok = $2, last_test_note = $3 WHERE id = $4`)
	deleteAuth        = register(`DELETE FROM auths WHERE id = $1`)
	selectAuth        = register(`SELECT ` + authColumns + ` FROM auths WHERE id = $1`)
	selectAuths       = register(`SELECT ` + authColumns + ` FROM auths WHERE account_id = $1 ORDER BY courier, company, testing`)
	selectAuthsFor    = register(`SELECT ` + authColumns + ` FROM auths WHERE account_id = $1 AND courier = $2 ORDER BY company, testing`)
	countInFlightWith = register(`SELECT count(*) FROM shipments WHERE auth_id = $1 AND account_id = (SELECT account_id FROM auths WHERE id = $2)
		AND state IN ('queued', 'sending', 'unknown', 'cancelling')`)
	selectPresetNames = register(`SELECT name FROM presets WHERE account_id = $1 AND courier = $2 ORDER BY number`)
)

const (
	noAuth    = "There is no such registered auth."
	authTaken = "This courier, company and testing are registered on the account already."
)

func scanAuth(row scanner) (auth.Auth, error) {
	var a auth.Auth
	var fields string
	err := row.Scan(&a.ID, &a.AccountID, &a.Courier, &a.Company, &a.Testing, &a.TrackingOnly, &fields, &a.Sealed,
		&a.LastTestMs, &a.LastTestOK, &a.LastTestNote, &a.Version, &a.CreatedMs, &a.UpdatedMs)
	if err != nil {
		return a, err
	}
	return a, decode(fields, &a.Fields)
}

// CreateAuth stores a registered auth. Conflict: courier, company and testing are taken on the account.
func (tx *Tx) CreateAuth(a auth.Auth) error {
	fields, err := encode(a.Fields)
	if err != nil {
		return err
	}
	return tx.create(authTaken, insertAuth, a.ID, a.AccountID, a.Courier, a.Company, a.Testing, a.TrackingOnly, fields, a.Sealed,
		a.LastTestMs, a.LastTestOK, a.LastTestNote, a.Version, a.CreatedMs, a.UpdatedMs)
}

// UpdateAuth changes an auth by ID and Version. Conflict as CreateAuth, or Version is not the stored one. The sealed
// fields it replaces leave the write-ahead log too.
func (tx *Tx) UpdateAuth(a auth.Auth) error {
	fields, err := encode(a.Fields)
	if err != nil {
		return err
	}
	tx.scrub = true
	exists := func() error { _, err := tx.Auth(a.ID); return err }
	return tx.update(exists, updateAuth, a.Courier, a.Company, a.Testing, a.TrackingOnly, fields, a.Sealed,
		a.LastTestMs, a.LastTestOK, a.LastTestNote, a.UpdatedMs, a.ID, a.Version)
}

// SaveAuthVerdict keeps the result of a connection test and leaves Version as it is.
func (tx *Tx) SaveAuthVerdict(id auth.ID, atMs int64, ok bool, note string) error {
	return tx.must(noAuth, updateVerdict, atMs, ok, note, id)
}

// DeleteAuth deletes an auth and what is sealed in it.
func (tx *Tx) DeleteAuth(id auth.ID) error {
	tx.scrub = true
	return tx.must(noAuth, deleteAuth, id)
}

// Auth gives one auth.
func (tx *Tx) Auth(id auth.ID) (auth.Auth, error) { return one(tx, noAuth, scanAuth, selectAuth, id) }

// AuthsOf gives an account's auths by courier, company, testing.
func (tx *Tx) AuthsOf(id account.ID) ([]auth.Auth, error) { return all(tx, scanAuth, selectAuths, id) }

// AuthsFor gives an account's auths with one courier.
func (tx *Tx) AuthsFor(id account.ID, key courier.Key) ([]auth.Auth, error) {
	return remember(tx, memoKey{selectAuthsFor, string(id) + " " + string(key)}, slices.Clone[[]auth.Auth], func() ([]auth.Auth, error) {
		return all(tx, scanAuth, selectAuthsFor, id, key)
	})
}

// ShipmentsInFlightWith counts the shipments bought with the auth whose courier may be at work.
func (tx *Tx) ShipmentsInFlightWith(id auth.ID) (int, error) {
	return one(tx, noAuth, value[int], countInFlightWith, id, id)
}

// PresetNames gives the names of an account's own presets with a courier, the oldest first.
func (tx *Tx) PresetNames(id account.ID, key courier.Key) ([]string, error) {
	return all(tx, value[string], selectPresetNames, id, key)
}
