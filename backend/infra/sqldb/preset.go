package sqldb

import (
	"strconv"

	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
)

const (
	presetColumns = `id, number, account_id, name, code, courier, service_code, detail, version, created_ms, updated_ms`
	presetSelect  = `SELECT p.id, p.number, p.account_id, a.name, a.api_user_id, p.name, p.code, p.courier, p.service_code, p.detail,
		p.version, p.created_ms, p.updated_ms FROM `
)

var (
	insertPreset = register(`INSERT INTO presets (` + presetColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`)
	updatePreset = register(`UPDATE presets SET name = $1, code = $2, service_code = $3, detail = $4, updated_ms = $5, version = version + 1
		WHERE id = $6 AND version = $7`)
	deletePreset = register(`DELETE FROM presets WHERE id = $1`)
	selectPreset = register(presetSelect + `presets p JOIN accounts a ON a.id = p.account_id WHERE p.id = $1`)
	selectOwn    = register(presetSelect + `presets p JOIN accounts a ON a.id = p.account_id
		WHERE p.account_id = $1 AND ($2 = '' OR p.courier = $3) ORDER BY p.number`)
	selectShared = register(presetSelect + `preset_shares s JOIN presets p ON p.id = s.preset_id JOIN accounts a ON a.id = p.account_id
		WHERE s.account_id = $1 AND a.deleted_ms = 0 AND ($2 = '' OR p.courier = $3) ORDER BY p.number`)
	insertShare  = register(`INSERT INTO preset_shares (preset_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`)
	deleteShares = register(`DELETE FROM preset_shares WHERE preset_id = $1`)
	selectShares = register(`SELECT s.preset_id, s.account_id, a.name FROM presets p JOIN preset_shares s ON s.preset_id = p.id
		JOIN accounts a ON a.id = s.account_id WHERE p.account_id = $1 AND a.deleted_ms = 0 ORDER BY a.name_key`)
	// From the oldest of the account's latest shipments on.
	selectUse = register(statement(`SELECT count(*), coalesce(max(created_ms), 0) FROM shipments WHERE account_id = $1 AND created_ms >= coalesce((
		SELECT created_ms FROM shipments WHERE account_id = $2 ORDER BY created_ms DESC, id DESC LIMIT 1 OFFSET ` +
		strconv.Itoa(preset.UseWindow-1) + `), 0) AND courier = $3 AND preset_code = $4`))
)

const (
	noPreset   = "There is no such preset."
	codeIsHere = "The account has a preset with this code already."
)

// presetDetail is the JSON of what no query asks for.
type presetDetail struct {
	Options map[string]string `json:"options"`
	Rules   preset.Rules      `json:"rules"`
}

// presetNumbers end where the API's system presets begin.
var presetNumbers = numbering.Series{Name: "preset", First: 1, Last: 1<<30 - 1}

func scanPreset(row scanner) (preset.Preset, error) {
	var p preset.Preset
	var text string
	err := row.Scan(&p.ID, &p.Number, &p.AccountID, &p.Account, &p.APIUserID, &p.Name, &p.Code, &p.Courier, &p.ServiceCode, &text,
		&p.Version, &p.CreatedMs, &p.UpdatedMs)
	if err != nil {
		return p, err
	}
	var d presetDetail
	if err := decode(text, &d); err != nil {
		return p, err
	}
	p.Options, p.Rules = d.Options, d.Rules
	return p, nil
}

// CreatePreset stores a custom preset and gives it its Number. Conflict: the code is taken on the account.
func (tx *Tx) CreatePreset(p preset.Preset) (preset.Preset, error) {
	detail, err := encode(presetDetail{p.Options, p.Rules})
	if err != nil {
		return p, err
	}
	if p.Number, _, err = tx.Reserve(presetNumbers, 1); err != nil {
		return p, err
	}
	err = tx.create(codeIsHere, insertPreset, p.ID, p.Number, p.AccountID, p.Name, p.Code,
		p.Courier, p.ServiceCode, detail, p.Version, p.CreatedMs, p.UpdatedMs)
	return p, err
}

// UpdatePreset changes a preset by ID and Version. Conflict: Version is not the stored one, or the code is taken.
func (tx *Tx) UpdatePreset(p preset.Preset) error {
	detail, err := encode(presetDetail{p.Options, p.Rules})
	if err != nil {
		return err
	}
	exists := func() error { _, err := tx.Preset(p.ID); return err }
	return tx.update(exists, updatePreset, p.Name, p.Code, p.ServiceCode, detail, p.UpdatedMs, p.ID, p.Version)
}

// DeletePreset deletes a custom preset with its shares.
func (tx *Tx) DeletePreset(id preset.ID) error { return tx.must(noPreset, deletePreset, id) }

// Preset gives a custom preset.
func (tx *Tx) Preset(id preset.ID) (preset.Preset, error) {
	return one(tx, noPreset, scanPreset, selectPreset, id)
}

// PresetsFor gives the custom presets an account may use, of one courier or ("") of all: its own, then those that living
// accounts share with it, each by Number.
func (tx *Tx) PresetsFor(id account.ID, key courier.Key) ([]preset.Preset, error) {
	own, err := all(tx, scanPreset, selectOwn, id, key, key)
	if err != nil {
		return nil, err
	}
	shared, err := all(tx, scanPreset, selectShared, id, key, key)
	return append(own, shared...), err
}

// PresetShares gives whom the presets of an account are shared with, living accounts by name.
func (tx *Tx) PresetShares(id account.ID) (map[preset.ID][]preset.Share, error) {
	type row struct {
		of   preset.ID
		with preset.Share
	}
	list, err := all(tx, func(s scanner) (r row, err error) {
		err = s.Scan(&r.of, &r.with.AccountID, &r.with.Account)
		return r, err
	}, selectShares, id)
	shares := make(map[preset.ID][]preset.Share, len(list))
	for _, r := range list {
		shares[r.of] = append(shares[r.of], r.with)
	}
	return shares, err
}

// SharePreset shares a preset with exactly these accounts.
func (tx *Tx) SharePreset(id preset.ID, with []account.ID) error {
	if _, err := tx.exec(deleteShares, id); err != nil {
		return err
	}
	for _, other := range with {
		if _, err := tx.exec(insertShare, id, other); err != nil {
			return err
		}
	}
	return nil
}

// PresetUse counts an account's latest preset.UseWindow shipments that were made with the code.
func (tx *Tx) PresetUse(id account.ID, key courier.Key, code string) (preset.Use, error) {
	return one(tx, noPreset, func(s scanner) (u preset.Use, err error) {
		err = s.Scan(&u.Shipments, &u.LastMs)
		return u, err
	}, selectUse, id, id, key, code)
}
