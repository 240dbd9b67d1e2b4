-- Whom an account lets use a preset of its own. Shares go with their preset.

-- +goose Up

CREATE TABLE preset_shares (
    preset_id  TEXT NOT NULL REFERENCES presets (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (preset_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX preset_shares_account ON preset_shares (account_id);
