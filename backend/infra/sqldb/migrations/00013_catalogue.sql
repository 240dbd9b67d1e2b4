-- Lists and searches find shipments by a catalogue that is brought up to date behind the purchases, for many of them at
-- once: seven indexes less to write before a label is there, any filters together at the price of one, and true counts.

-- +goose Up
DROP INDEX shipments_created;
DROP INDEX shipments_account_state;
DROP INDEX shipments_state;
DROP INDEX shipments_courier;
DROP INDEX shipments_country;
DROP INDEX shipments_testing;
DROP INDEX shipments_unprinted;

-- Shipments of which the catalogue says nothing yet, or (entry) what they were before they changed. Lists look at them one
-- by one.
CREATE TABLE catalogue_due (
    number INTEGER PRIMARY KEY REFERENCES shipments (number),
    entry  TEXT    NOT NULL
) STRICT;

-- Which shipments have a value of a field: for each 16,384 numbers in a row a bit each, or the few that have it (sets.go).
CREATE TABLE catalogue_sets (
    field   TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    block   INTEGER NOT NULL,
    members BLOB    NOT NULL,
    PRIMARY KEY (field, value, block)
) STRICT;

-- What was indexed until now is indexed again, behind.
DELETE FROM shipment_terms;
INSERT INTO shipment_trigrams (shipment_trigrams) VALUES ('delete-all');
INSERT INTO catalogue_due (number, entry) SELECT number, '' FROM shipments;
