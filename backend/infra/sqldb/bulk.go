package sqldb

import "packbench/backend/core/bulk"

var (
	selectBulkRun  = register(`SELECT id, ask FROM bulk_run WHERE one = 1`)
	selectBulkRows = register(`SELECT place, state FROM bulk_rows WHERE one = 1`)
	insertBulkRun  = register(`INSERT INTO bulk_run (one, id, ask) VALUES (1, $1, $2)`)
	deleteBulkRun  = register(`DELETE FROM bulk_run WHERE one = 1`)
	keepBulkRow    = register(`INSERT INTO bulk_rows (one, place, state) SELECT 1, $1, $2 WHERE EXISTS (SELECT 1 FROM bulk_run WHERE one = 1 AND id = $3)
		ON CONFLICT (one, place) DO UPDATE SET state = excluded.state`)

	_ bulk.Repo = (*Tx)(nil)
)

const noBulkRun = "Nothing is being done to many shipments."

// KeepBulkRun keeps a run instead of the one before.
func (tx *Tx) KeepBulkRun(k bulk.Kept) error {
	ask, err := encode(k.Ask)
	if err != nil {
		return err
	}
	if err := tx.ForgetBulkRun(); err != nil {
		return err
	}
	if _, err := tx.exec(insertBulkRun, k.ID, ask); err != nil {
		return err
	}
	return tx.KeepBulkRows(k.ID, k.Rows)
}

// KeepBulkRows keeps how shipments of the run stand, by their places. NotFound: another run is kept by now.
func (tx *Tx) KeepBulkRows(runID string, rows map[int]bulk.KeptRow) error {
	for place, row := range rows {
		state, err := encode(row)
		if err != nil {
			return err
		}
		if err := tx.must(noBulkRun, keepBulkRow, place, state, runID); err != nil {
			return err
		}
	}
	return nil
}

// ForgetBulkRun forgets the run, where there is one.
func (tx *Tx) ForgetBulkRun() error {
	_, err := tx.exec(deleteBulkRun)
	return err
}

// BulkRun gives the run that is kept. NotFound.
func (tx *Tx) BulkRun() (bulk.Kept, error) {
	k, err := one(tx, noBulkRun, func(row scanner) (bulk.Kept, error) {
		var k bulk.Kept
		var ask string
		if err := row.Scan(&k.ID, &ask); err != nil {
			return k, err
		}
		return k, decode(ask, &k.Ask)
	}, selectBulkRun)
	if err != nil {
		return k, err
	}
	type placed struct {
		place int
		row   bulk.KeptRow
	}
	rows, err := all(tx, func(row scanner) (p placed, err error) {
		var state string
		if err := row.Scan(&p.place, &state); err != nil {
			return p, err
		}
		return p, decode(state, &p.row)
	}, selectBulkRows)
	k.Rows = make(map[int]bulk.KeptRow, len(rows))
	for _, p := range rows {
		k.Rows[p.place] = p.row
	}
	return k, err
}
