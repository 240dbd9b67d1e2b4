-- Orders that are not bought yet.

-- +goose Up

-- claim is the Idempotency-Key it is bought with: once that is in claims, the draft is a shipment. search is folded text.
-- import_file and import_rows say what file it came from, "" for none; problems is JSON. body, the order, comes last, so
-- that the other columns are read without it.
CREATE TABLE drafts (
    id          TEXT    PRIMARY KEY,
    account_id  TEXT    NOT NULL REFERENCES accounts (id),
    claim       TEXT    NOT NULL,
    reference   TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    country_iso TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    import_file TEXT    NOT NULL,
    import_rows TEXT    NOT NULL,
    search      TEXT    NOT NULL,
    created_ms  INTEGER NOT NULL,
    updated_ms  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    problems    TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    UNIQUE (account_id, claim)
) STRICT;
CREATE INDEX drafts_account ON drafts (account_id, id);
