-- How columns of imported files are matched, and which rows of which file became which shipment.

-- +goose Up

-- source names files with the same headings; mapping is JSON.
CREATE TABLE import_mappings (
    source     TEXT    PRIMARY KEY,
    mapping    TEXT    NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- file names a content, live or test. Rows stay for good: the same file is never bought twice.
CREATE TABLE imported_rows (
    account_id      TEXT    NOT NULL REFERENCES accounts (id),
    file            TEXT    NOT NULL,
    row             INTEGER NOT NULL,
    shipment_number INTEGER NOT NULL,
    created_ms      INTEGER NOT NULL,
    PRIMARY KEY (account_id, file, row)
) STRICT, WITHOUT ROWID;
