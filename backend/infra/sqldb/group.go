package sqldb

import "packbench/backend/core/account"

// A group's counts are made from its living accounts, of which there are few.
const groupColumns = `g.id, g.name, g.name_key, g.version, g.created_ms, g.updated_ms,
	(SELECT count(*) FROM accounts a WHERE a.group_id = g.id AND a.deleted_ms = 0),
	(SELECT coalesce(max(u.last_used_ms), 0) FROM accounts a JOIN account_usage u ON u.account_id = a.id WHERE a.group_id = g.id AND a.deleted_ms = 0)`

var (
	insertGroup = register(`INSERT INTO account_groups (id, name, name_key, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`)
	updateGroup = register(`UPDATE account_groups SET name = $1, name_key = $2, updated_ms = $3, version = version + 1
		WHERE id = $4 AND version = $5`)
	deleteGroup = register(`DELETE FROM account_groups WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.group_id = account_groups.id)`)
	selectGroup       = register(`SELECT ` + groupColumns + ` FROM account_groups g WHERE g.id = $1`)
	selectGroupByName = register(`SELECT ` + groupColumns + ` FROM account_groups g WHERE g.name = $1`)
	selectGroups      = register(`SELECT ` + groupColumns + ` FROM account_groups g ORDER BY g.name_key`)
)

const noGroup = "There is no such API group."

func scanGroup(row scanner) (account.Group, error) {
	var g account.Group
	err := row.Scan(&g.ID, &g.Name, &g.NameKey, &g.Version, &g.CreatedMs, &g.UpdatedMs, &g.Accounts, &g.LastUsedMs)
	return g, err
}

// CreateGroup stores a new group. Conflict: its NameKey is taken.
func (tx *Tx) CreateGroup(g account.Group) error {
	return tx.create("There is already an API group with this name.", insertGroup, g.ID, g.Name, g.NameKey, g.Version, g.CreatedMs, g.UpdatedMs)
}

// UpdateGroup changes a group by ID and Version. Conflict: its NameKey is taken, or Version is not the stored one.
func (tx *Tx) UpdateGroup(g account.Group) error {
	exists := func() error { _, err := tx.Group(g.ID); return err }
	return tx.update(exists, updateGroup, g.Name, g.NameKey, g.UpdatedMs, g.ID, g.Version)
}

// DeleteGroup deletes a group. Conflict while it holds accounts.
func (tx *Tx) DeleteGroup(id account.GroupID) error {
	n, err := tx.exec(deleteGroup, id)
	if err != nil || n > 0 {
		return err
	}
	if _, err := tx.Group(id); err != nil {
		return err
	}
	return conflict("The API group still holds accounts.")
}

// Group gives a group with its counts.
func (tx *Tx) Group(id account.GroupID) (account.Group, error) {
	return one(tx, noGroup, scanGroup, selectGroup, id)
}

// GroupByName gives the group of exactly this name.
func (tx *Tx) GroupByName(name string) (account.Group, error) {
	return one(tx, noGroup, scanGroup, selectGroupByName, name)
}

// Groups gives all groups by NameKey, with their counts.
func (tx *Tx) Groups() ([]account.Group, error) { return all(tx, scanGroup, selectGroups) }
