-- Days that were closed, and which shipments they took.

-- +goose Up

-- number is what people read out. paper is the key of the kept document, '' for none.
CREATE TABLE manifests (
    number      INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    account_id  TEXT    NOT NULL REFERENCES accounts (id),
    auth_id     TEXT    NOT NULL,
    courier     TEXT    NOT NULL,
    company     TEXT    NOT NULL,
    testing     INTEGER NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('closing', 'closed', 'refused', 'unknown')),
    shipments   INTEGER NOT NULL,
    parcels     INTEGER NOT NULL,
    weight_g    INTEGER NOT NULL,
    courier_ref TEXT    NOT NULL,
    told        TEXT    NOT NULL,
    paper       TEXT    NOT NULL,
    own_paper   INTEGER NOT NULL,
    who         TEXT    NOT NULL,
    begun_ms    INTEGER NOT NULL,
    ended_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX manifests_account ON manifests (account_id);
CREATE INDEX manifests_begun ON manifests (begun_ms);
-- An auth has one at a time whose courier has not answered.
CREATE UNIQUE INDEX manifests_pending ON manifests (auth_id) WHERE state IN ('closing', 'unknown');

-- A shipment is in one manifest at most. Nothing is written here when a label is bought: what is open is what the catalogue
-- has as booked, less its set of what is in a manifest (manifest.go).
CREATE TABLE manifest_shipments (
    shipment INTEGER PRIMARY KEY REFERENCES shipments (number),
    manifest INTEGER NOT NULL REFERENCES manifests (number)
) STRICT;
CREATE INDEX manifest_shipments_manifest ON manifest_shipments (manifest);
