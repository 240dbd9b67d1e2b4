package sqldb

import "packbench/backend/core/account"

// A group's counts are made from its living accounts, of which there are few.
const groupColumns = `g.id, g.name, g.name_key, g.version, g.created_ms, g.updated_ms,
	(SELECT count(*) FROM accounts a WHERE a.group_id = g.id AND a.deleted_ms = 0),
	(SELECT count(*) FROM accounts a WHERE a.group_id = g.id AND a.deleted_ms = 0 AND a.disabled <> 0),
	(SELECT coalesce(max(u.last_used_ms), 0) FROM accounts a JOIN account_usage u ON u.account_id = a.id WHERE a.group_id = g.id AND a.deleted_ms = 0)`

var (
	insertGroup = register(`INSERT INTO account_groups (id, name, name_key, version, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`)
	updateGroup = register(`UPDATE account_groups SET name = $1, name_key = $2, updated_ms = $3, version = version + 1
		WHERE id = $4 AND version = $5`)
	deleteGroup = register(`DELETE FROM account_groups WHERE id = $1
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.group_id = account_groups.id)`)
	selectGroup       = register(`SELECT ` + groupColumns + ` FROM account_groups g WHERE g.id = $1`)
	selectGroupByName = register(`SELECT ` + groupColumns + ` FROM account_groups g WHERE g.name_key = $1 AND g.name = $2`) // by the index of name_key
	// All groups at once read every account once.
	selectGroups = register(`SELECT g.id, g.name, g.name_key, g.version, g.created_ms, g.updated_ms, coalesce(c.accounts, 0), coalesce(c.disabled, 0),
		coalesce(c.used, 0) FROM account_groups g LEFT JOIN (SELECT a.group_id, count(*) AS accounts, CAST(sum(a.disabled) AS BIGINT) AS disabled,
		max(u.last_used_ms) AS used FROM accounts a JOIN account_usage u ON u.account_id = a.id WHERE a.deleted_ms = 0 GROUP BY a.group_id) c
		ON c.group_id = g.id ORDER BY g.name_key`)
	// A range of the accounts' own index for each of them, however many shipments there are.
	countGroupShipments = register(`SELECT a.group_id, CAST(sum((SELECT count(*) FROM shipments s
		WHERE s.account_id = a.id AND s.created_ms >= $1 AND s.created_ms < $2)) AS BIGINT)
		FROM accounts a WHERE a.deleted_ms = 0 AND a.group_id IS NOT NULL GROUP BY a.group_id`)
)

const noGroup = "There is no such API group."

func scanGroup(row scanner) (account.Group, error) {
	var g account.Group
	err := row.Scan(&g.ID, &g.Name, &g.NameKey, &g.Version, &g.CreatedMs, &g.UpdatedMs, &g.Accounts, &g.Disabled, &g.LastUsedMs)
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
	return one(tx, noGroup, scanGroup, selectGroupByName, account.NameKey(name), name)
}

// Groups gives all groups by NameKey, with their counts.
func (tx *Tx) Groups() ([]account.Group, error) { return all(tx, scanGroup, selectGroups) }

// groupCount is one line of countGroupShipments.
type groupCount struct {
	group account.GroupID
	count int64
}

// GroupShipments counts the shipments made from one moment until before another, by group.
func (tx *Tx) GroupShipments(fromMs, untilMs int64) (map[account.GroupID]int64, error) {
	scan := func(row scanner) (c groupCount, err error) { err = row.Scan(&c.group, &c.count); return c, err }
	list, err := all(tx, scan, countGroupShipments, fromMs, untilMs)
	if err != nil {
		return nil, err
	}
	counts := make(map[account.GroupID]int64, len(list))
	for _, c := range list {
		counts[c.group] = c.count
	}
	return counts, nil
}
