package sqldb

import (
	"packbench/backend/core/account"
	"packbench/backend/core/importing"
)

var (
	selectImportMapping = register(`SELECT mapping FROM import_mappings WHERE source = $1`)
	saveImportMapping   = register(`INSERT INTO import_mappings (source, mapping, updated_ms) VALUES ($1, $2, $3)
		ON CONFLICT (source) DO UPDATE SET mapping = excluded.mapping, updated_ms = excluded.updated_ms`)
	selectImportedRows = register(`SELECT row, shipment_number FROM imported_rows WHERE account_id = $1 AND file = $2`)
	selectClaimedRows  = register(`SELECT c.key, s.number FROM claims c JOIN shipments s ON s.id = c.shipment_id
		WHERE c.account_id = $1 AND c.key > $2 AND c.key < $3`)
	insertImportedRow = register(`INSERT INTO imported_rows (account_id, file, row, shipment_number, created_ms) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`)
)

// ImportMapping gives how columns of files with these headings are matched. NotFound: never saved.
func (tx *Tx) ImportMapping(source string) (importing.Mapping, error) {
	return one(tx, "No mapping is saved for these headings.", func(row scanner) (importing.Mapping, error) {
		var m importing.Mapping
		var text string
		if err := row.Scan(&text); err != nil {
			return m, err
		}
		return m, decode(text, &m)
	}, selectImportMapping, source)
}

// SaveImportMapping keeps it, instead of an earlier one.
func (tx *Tx) SaveImportMapping(source string, m importing.Mapping, nowMs int64) error {
	text, err := encode(m)
	if err != nil {
		return err
	}
	_, err = tx.exec(saveImportMapping, source, text, nowMs)
	return err
}

// ImportedRows gives the numbers of the shipments that a file's rows became on an account.
func (tx *Tx) ImportedRows(accountID account.ID, file string) (map[int]int64, error) {
	type made struct {
		row    int
		number int64
	}
	list, err := all(tx, func(row scanner) (m made, err error) { err = row.Scan(&m.row, &m.number); return m, err },
		selectImportedRows, accountID, file)
	rows := make(map[int]int64, len(list))
	for _, m := range list {
		rows[m.row] = m.number
	}
	return rows, err
}

// ClaimedRows gives the numbers of the shipments that purchases of a file's rows have claimed, by the first row of each.
func (tx *Tx) ClaimedRows(accountID account.ID, file string) (map[int]int64, error) {
	type made struct {
		key    string
		number int64
	}
	prefix := "key|import:" + file
	list, err := all(tx, func(row scanner) (m made, err error) { err = row.Scan(&m.key, &m.number); return m, err },
		selectClaimedRows, accountID, prefix+":", prefix+";") // the character behind the colon
	rows := make(map[int]int64, len(list))
	for _, m := range list {
		rows[int(integer(m.key[len(prefix)+1:]))] = m.number
	}
	return rows, err
}

// AddImportedRows notes what rows became; a row that is noted already stays as it is.
func (tx *Tx) AddImportedRows(accountID account.ID, file string, rows map[int]int64, nowMs int64) error {
	for row, number := range rows {
		if _, err := tx.exec(insertImportedRow, accountID, file, row, number, nowMs); err != nil {
			return err
		}
	}
	return nil
}
