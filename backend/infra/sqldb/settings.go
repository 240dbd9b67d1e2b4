package sqldb

import (
	"packbench/backend/core/account"
	"packbench/backend/core/settings"
)

var (
	selectSettings  = register(`SELECT value, version, updated_ms FROM settings WHERE one = 1`)
	insertSettings  = register(`INSERT INTO settings (one, value, version, updated_ms) VALUES (1, $1, 1, $2) ON CONFLICT DO NOTHING`)
	updateSettings  = register(`UPDATE settings SET value = $1, updated_ms = $2, version = version + 1 WHERE one = 1 AND version = $3`)
	selectVaultMeta = register(`SELECT key_id, holder, check_mac, created_ms FROM vault_meta WHERE one = 1`)
	insertVaultMeta = register(`INSERT INTO vault_meta (one, key_id, holder, check_mac, created_ms) VALUES (1, $1, $2, $3, $4) ON CONFLICT DO NOTHING`)
)

const settingsChanged = "Somebody has changed the settings in the meantime. Look at them again, then make your change."

// Settings gives the site's settings. NotFound before the first SaveSettings.
func (tx *Tx) Settings() (settings.Settings, error) {
	return one(tx, "No settings have been saved yet.", func(row scanner) (settings.Settings, error) {
		var s settings.Settings
		var text string
		var version, updatedMs int64
		if err := row.Scan(&text, &version, &updatedMs); err != nil {
			return s, err
		}
		err := decode(text, &s)
		s.Version, s.UpdatedMs = version, updatedMs
		return s, err
	}, selectSettings)
}

// SaveSettings replaces the settings. Conflict: Version is not the stored one, 0 where none are stored.
func (tx *Tx) SaveSettings(s settings.Settings) error {
	text, err := encode(s)
	if err != nil {
		return err
	}
	if s.Version == 0 {
		return tx.create(settingsChanged, insertSettings, text, s.UpdatedMs)
	}
	n, err := tx.exec(updateSettings, text, s.UpdatedMs, s.Version)
	if err == nil && n == 0 {
		return conflict(settingsChanged)
	}
	return err
}

// VaultMeta says under which root key the sealed data stands. NotFound before the first.
func (tx *Tx) VaultMeta() (account.VaultMeta, error) {
	return one(tx, "Nothing has been sealed yet.", func(row scanner) (account.VaultMeta, error) {
		var m account.VaultMeta
		err := row.Scan(&m.KeyID, &m.Holder, &m.Check, &m.CreatedMs)
		return m, err
	}, selectVaultMeta)
}

// SaveVaultMeta writes it once. Conflict where one exists.
func (tx *Tx) SaveVaultMeta(m account.VaultMeta) error {
	return tx.create("This database already belongs to a root key.", insertVaultMeta, m.KeyID, m.Holder, m.Check, m.CreatedMs)
}
