-- The address book.

-- +goose Up

-- same_key tells contacts apart; name and words are folded text: what the list is sorted by, and what it is searched in.
-- address is JSON. saved_as is what an order calls a saved sender by.
CREATE TABLE contacts (
    id         TEXT    PRIMARY KEY,
    same_key   TEXT    NOT NULL UNIQUE,
    saved_as   TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('recipient', 'sender', 'both')),
    name       TEXT    NOT NULL,
    words      TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX contacts_saved_as ON contacts (saved_as) WHERE saved_as <> '';
-- Holds all that a search asks for, so that thousands are looked through without reading them.
CREATE INDEX contacts_name ON contacts (name, id, kind, words);
