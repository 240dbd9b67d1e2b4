-- Printers, which documents go to which, and the jobs they were sent.

-- +goose Up

-- formats is the words of core/courier with commas between them.
CREATE TABLE printers (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('raw', 'ipp', 'spooler')),
    address    TEXT    NOT NULL,
    formats    TEXT    NOT NULL,
    dpi        INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    UNIQUE (kind, address)
) STRICT;

CREATE TABLE print_defaults (
    kind       TEXT NOT NULL,
    format     TEXT NOT NULL,
    printer_id TEXT NOT NULL REFERENCES printers (id),
    PRIMARY KEY (kind, format)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_defaults_printer ON print_defaults (printer_id);

-- A job outlives its printer, whose name it keeps. Ids are UUIDv7 of created_ms, so their order is the order of time.
CREATE TABLE print_jobs (
    id              TEXT    PRIMARY KEY,
    printer_id      TEXT    NOT NULL,
    printer_name    TEXT    NOT NULL,
    shipment_id     TEXT    NOT NULL,
    shipment_number INTEGER NOT NULL,
    account_id      TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    format          TEXT    NOT NULL,
    document_key    TEXT    NOT NULL,
    reprint         INTEGER NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'failed', 'unclear', 'cancelled')),
    attempts        INTEGER NOT NULL,
    said            TEXT    NOT NULL,
    who             TEXT    NOT NULL,
    created_ms      INTEGER NOT NULL,
    updated_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX print_jobs_state ON print_jobs (state, id);
CREATE INDEX print_jobs_shipment ON print_jobs (shipment_id, id);
-- One job at a time goes to a printer.
CREATE UNIQUE INDEX print_jobs_sending ON print_jobs (printer_id) WHERE state = 'sending';
