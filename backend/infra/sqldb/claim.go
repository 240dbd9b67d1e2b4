package sqldb

import (
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

var (
	insertClaim = register(`INSERT INTO claims (account_id, key, fingerprint, shipment_id, created_ms)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`)
	selectClaim  = register(`SELECT account_id, key, fingerprint, shipment_id, created_ms FROM claims WHERE account_id = $1 AND key = $2`)
	deleteClaims = register(`DELETE FROM claims WHERE shipment_id = $1 AND ($2 = 1 OR key NOT LIKE 'key|%')`)
	moveClaims   = register(`UPDATE claims SET shipment_id = $1 WHERE shipment_id = $2 AND key NOT LIKE 'key|%'`)
	pruneClaims  = register(`DELETE FROM claims WHERE created_ms < $1`)
)

// CreateClaim stores a claim. Conflict: it is taken.
func (tx *Tx) CreateClaim(c shipment.Claim) error {
	return tx.create("This request is claimed already.", insertClaim, c.AccountID, c.Key, c.Fingerprint[:], c.ShipmentID, c.CreatedMs)
}

// Claim gives the living claim of an account's key.
func (tx *Tx) Claim(accountID account.ID, key string) (shipment.Claim, error) {
	return one(tx.unwatched(), "This request is not claimed.", func(row scanner) (shipment.Claim, error) {
		var c shipment.Claim
		var print []byte
		if err := row.Scan(&c.AccountID, &c.Key, &print, &c.ShipmentID, &c.CreatedMs); err != nil {
			return c, err
		}
		if copy(c.Fingerprint[:], print) != len(c.Fingerprint) {
			return c, errs.New(errs.Internal, "A claim's fingerprint is damaged.")
		}
		return c, nil
	}, selectClaim, accountID, key)
}

// ReleaseClaims frees what a shipment claimed; its Idempotency-Key claims only with keysToo.
func (tx *Tx) ReleaseClaims(id shipment.ID, keysToo bool) error {
	_, err := tx.exec(deleteClaims, id, keysToo)
	return err
}

// MoveClaims makes another shipment the answer to what one claimed; its Idempotency-Key claims stay.
func (tx *Tx) MoveClaims(from, to shipment.ID) error {
	_, err := tx.exec(moveClaims, to, from)
	return err
}

// PruneClaims deletes the claims made before a time.
func (tx *Tx) PruneClaims(beforeMs int64) error {
	_, err := tx.exec(pruneClaims, beforeMs)
	return err
}
