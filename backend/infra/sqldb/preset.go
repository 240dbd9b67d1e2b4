package sqldb

import (
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
)

const presetColumns = `id, number, account_id, name, code, courier, service_code, detail, version, created_ms, updated_ms`

var (
	insertPreset = register(`INSERT INTO presets (` + presetColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`)
	deletePreset  = register(`DELETE FROM presets WHERE id = $1`)
	selectPreset  = register(`SELECT ` + presetColumns + ` FROM presets WHERE id = $1`)
	selectPresets = register(`SELECT ` + presetColumns + ` FROM presets WHERE account_id = $1 AND ($2 = '' OR courier = $3) ORDER BY number`)
)

const noPreset = "There is no such preset."

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
	err := row.Scan(&p.ID, &p.Number, &p.AccountID, &p.Name, &p.Code, &p.Courier, &p.ServiceCode, &text, &p.Version, &p.CreatedMs, &p.UpdatedMs)
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
	err = tx.create("The account has a preset with this code already.", insertPreset, p.ID, p.Number, p.AccountID, p.Name, p.Code,
		p.Courier, p.ServiceCode, detail, p.Version, p.CreatedMs, p.UpdatedMs)
	return p, err
}

// DeletePreset deletes a custom preset.
func (tx *Tx) DeletePreset(id preset.ID) error { return tx.must(noPreset, deletePreset, id) }

// Preset gives a custom preset.
func (tx *Tx) Preset(id preset.ID) (preset.Preset, error) {
	return one(tx, noPreset, scanPreset, selectPreset, id)
}

// PresetsOf gives an account's custom presets by Number, of one courier or ("") of all.
func (tx *Tx) PresetsOf(id account.ID, key courier.Key) ([]preset.Preset, error) {
	return all(tx, scanPreset, selectPresets, id, key, key)
}
