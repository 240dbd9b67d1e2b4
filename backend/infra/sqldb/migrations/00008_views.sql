-- Saved views of the list of shipments, in the order of their tabs.

-- +goose Up

-- name_key is what two names share that people would take for one; query is JSON.
CREATE TABLE views (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    place      INTEGER NOT NULL,
    query      TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
