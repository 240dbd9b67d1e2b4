package sqldb

import (
	"packbench/backend/core/account"
	"packbench/backend/core/savedview"
)

const viewSelect = `SELECT id, name, place, query, version, created_ms, updated_ms FROM views`

var (
	selectViews = register(viewSelect + ` ORDER BY place, id`)
	selectView  = register(viewSelect + ` WHERE id = $1`)
	insertView  = register(`INSERT INTO views (id, name, name_key, place, query, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`)
	updateView = register(`UPDATE views SET name = $1, name_key = $2, place = $3, query = $4, updated_ms = $5, version = version + 1
		WHERE id = $6 AND version = $7`)
	deleteView = register(`DELETE FROM views WHERE id = $1`)

	_ savedview.Repo = (*Tx)(nil)
)

const noView = "There is no such view."

func scanView(row scanner) (savedview.View, error) {
	var v savedview.View
	var query string
	if err := row.Scan(&v.ID, &v.Name, &v.Place, &query, &v.Version, &v.CreatedMs, &v.UpdatedMs); err != nil {
		return v, err
	}
	return v, decode(query, &v.Query)
}

// Views gives the saved views by Place.
func (tx *Tx) Views() ([]savedview.View, error) { return all(tx, scanView, selectViews) }

// View gives a saved view.
func (tx *Tx) View(id savedview.ID) (savedview.View, error) {
	return one(tx, noView, scanView, selectView, id)
}

// CreateView stores a view. Conflict: its id or name is taken.
func (tx *Tx) CreateView(v savedview.View) error {
	query, err := encode(v.Query)
	if err != nil {
		return err
	}
	return tx.create("There is a view with this name already.", insertView, v.ID, v.Name, account.NameKey(v.Name), v.Place, query, v.Version, v.CreatedMs, v.UpdatedMs)
}

// UpdateView changes a view by ID and Version. Conflict: Version is not the stored one, or the name is taken.
func (tx *Tx) UpdateView(v savedview.View) error {
	query, err := encode(v.Query)
	if err != nil {
		return err
	}
	exists := func() error { _, err := tx.View(v.ID); return err }
	return tx.update(exists, updateView, v.Name, account.NameKey(v.Name), v.Place, query, v.UpdatedMs, v.ID, v.Version)
}

// DeleteView deletes a view.
func (tx *Tx) DeleteView(id savedview.ID) error { return tx.must(noView, deleteView, id) }
