-- The first schema. Times are Unix milliseconds UTC, money is minor units beside an ISO 4217 code, weights are grams,
-- booleans are 0 or 1, ids are lower-case UUIDv7 text. JSON values carry their schema version as "v".

-- +goose Up

-- How far each run of numbers has been taken. A number below next is never given again.
CREATE TABLE number_series (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT;

-- One row each: the site's settings, and under which root key the sealed columns stand.
CREATE TABLE settings (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    value      TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE vault_meta (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    key_id     TEXT    NOT NULL,
    holder     TEXT    NOT NULL,
    check_mac  BLOB    NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE account_groups (
    id         TEXT    PRIMARY KEY,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    version    INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;

-- group_id is null once the account is deleted; its row stays so that its shipments can be read under its name.
CREATE TABLE accounts (
    id             TEXT    PRIMARY KEY,
    api_user_id    INTEGER NOT NULL UNIQUE,
    group_id       TEXT    REFERENCES account_groups (id),
    name           TEXT    NOT NULL,
    name_key       TEXT    NOT NULL,
    disabled       INTEGER NOT NULL,
    strict_ids     INTEGER NOT NULL,
    default_sender TEXT    NOT NULL,
    data_key       BLOB,
    deleted_ms     INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    created_ms     INTEGER NOT NULL,
    updated_ms     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_living_name ON accounts (name_key) WHERE deleted_ms = 0;
CREATE INDEX accounts_group ON accounts (group_id);

-- What changes with every use of an account, apart from the row whose version people edit.
CREATE TABLE account_usage (
    account_id     TEXT    PRIMARY KEY REFERENCES accounts (id),
    shipments      INTEGER NOT NULL,
    last_used_ms   INTEGER NOT NULL,
    last_used_from TEXT    NOT NULL
) STRICT;

-- Account keys and tokens together, so that one value never stands for two of them. Keys have no name.
CREATE TABLE secrets (
    id             TEXT    PRIMARY KEY,
    account_id     TEXT    NOT NULL REFERENCES accounts (id),
    kind           TEXT    NOT NULL CHECK (kind IN ('key', 'token')),
    name           TEXT    NOT NULL,
    name_key       TEXT    NOT NULL,
    hint           TEXT    NOT NULL,
    scopes         TEXT    NOT NULL,
    testing        INTEGER NOT NULL,
    brought        INTEGER NOT NULL,
    ends_ms        INTEGER NOT NULL,
    mark_ms        INTEGER NOT NULL,
    lookup         BLOB    NOT NULL UNIQUE,
    sealed         BLOB,
    created_ms     INTEGER NOT NULL,
    last_used_ms   INTEGER NOT NULL,
    last_used_from TEXT    NOT NULL
) STRICT;
CREATE INDEX secrets_account ON secrets (account_id, kind, created_ms, id);
CREATE UNIQUE INDEX secrets_token_name ON secrets (account_id, name_key) WHERE kind = 'token';
CREATE INDEX secrets_ending_keys ON secrets (mark_ms) WHERE kind = 'key' AND ends_ms > 0;

CREATE TABLE auths (
    id             TEXT    PRIMARY KEY,
    account_id     TEXT    NOT NULL REFERENCES accounts (id),
    courier        TEXT    NOT NULL,
    company        TEXT    NOT NULL,
    testing        INTEGER NOT NULL,
    tracking_only  INTEGER NOT NULL,
    fields         TEXT    NOT NULL,
    sealed         BLOB,
    last_test_ms   INTEGER NOT NULL,
    last_test_ok   INTEGER NOT NULL,
    last_test_note TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    created_ms     INTEGER NOT NULL,
    updated_ms     INTEGER NOT NULL,
    UNIQUE (account_id, courier, company, testing)
) STRICT;

CREATE TABLE presets (
    id           TEXT    PRIMARY KEY,
    number       INTEGER NOT NULL UNIQUE,
    account_id   TEXT    NOT NULL REFERENCES accounts (id),
    name         TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    courier      TEXT    NOT NULL,
    service_code TEXT    NOT NULL,
    detail       TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    created_ms   INTEGER NOT NULL,
    updated_ms   INTEGER NOT NULL,
    UNIQUE (account_id, code)
) STRICT;

-- What lists show and filters ask for, and nothing fat. number is what people read out; the tables below hang on it.
CREATE TABLE shipments (
    number            INTEGER PRIMARY KEY,
    id                TEXT    NOT NULL UNIQUE,
    request_number    INTEGER NOT NULL,
    account_id        TEXT    NOT NULL REFERENCES accounts (id),
    auth_id           TEXT    NOT NULL,
    courier           TEXT    NOT NULL,
    company           TEXT    NOT NULL,
    service_name      TEXT    NOT NULL,
    preset_code       TEXT    NOT NULL,
    testing           INTEGER NOT NULL,
    reference         TEXT    NOT NULL,
    reference_2       TEXT    NOT NULL,
    recipient         TEXT    NOT NULL,
    recipient_company TEXT    NOT NULL,
    city              TEXT    NOT NULL,
    postcode          TEXT    NOT NULL,
    country_iso       TEXT    NOT NULL,
    parcels           INTEGER NOT NULL,
    weight_g          INTEGER NOT NULL,
    tracking_codes    TEXT    NOT NULL,
    tracking_hash     INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    status            INTEGER NOT NULL,
    packed            INTEGER NOT NULL,
    printed_ms        INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    created_ms        INTEGER NOT NULL,
    updated_ms        INTEGER NOT NULL
) STRICT;
CREATE INDEX shipments_created ON shipments (created_ms, id);
CREATE INDEX shipments_account ON shipments (account_id, created_ms, id);
CREATE INDEX shipments_account_state ON shipments (account_id, state, created_ms, id);
CREATE INDEX shipments_state ON shipments (state, created_ms, id);
CREATE INDEX shipments_courier ON shipments (courier, created_ms, id);
CREATE INDEX shipments_country ON shipments (country_iso, created_ms, id);
CREATE INDEX shipments_testing ON shipments (created_ms, id) WHERE testing = 1;
CREATE INDEX shipments_unprinted ON shipments (created_ms, id) WHERE printed_ms = 0;
CREATE INDEX shipments_request ON shipments (request_number);
CREATE INDEX shipments_in_flight ON shipments (account_id, auth_id) WHERE state IN ('queued', 'sending', 'unknown', 'cancelling');

-- The rest of a shipment as core/shipment encodes it.
CREATE TABLE shipment_payloads (
    number INTEGER PRIMARY KEY REFERENCES shipments (number),
    value  TEXT    NOT NULL
) STRICT;

CREATE TABLE shipment_moments (
    number INTEGER NOT NULL REFERENCES shipments (number),
    seq    INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    step   TEXT    NOT NULL,
    note   TEXT    NOT NULL,
    who    TEXT    NOT NULL,
    PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE tracking_events (
    number        INTEGER NOT NULL REFERENCES shipments (number),
    seq           INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    tracking_code TEXT    NOT NULL,
    at_ms         INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    description   TEXT    NOT NULL,
    location      TEXT    NOT NULL,
    PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;

-- What a shipment is found by from its beginning: folded text behind a capital that marks its kind (search_text.go).
-- Derived and written seven at a time, hence without a look at their shipment for each.
CREATE TABLE shipment_terms (
    term   TEXT    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (term, number)
) STRICT, WITHOUT ROWID;

-- All the marked text of a shipment and the trigrams of it. detail=none is a third of the size at the same speed; the
-- text itself settles what the trigrams only suggest.
CREATE TABLE shipment_search (
    number INTEGER PRIMARY KEY REFERENCES shipments (number),
    text   TEXT    NOT NULL
) STRICT;
CREATE VIRTUAL TABLE shipment_trigrams USING fts5 (
    text, content = 'shipment_search', content_rowid = 'number', detail = none, columnsize = 0,
    tokenize = 'trigram case_sensitive 1'
);

-- Idempotency claims. They may be written before their shipment, within its transaction, hence no reference to it.
CREATE TABLE claims (
    account_id  TEXT    NOT NULL REFERENCES accounts (id),
    key         TEXT    NOT NULL,
    fingerprint BLOB    NOT NULL,
    shipment_id TEXT    NOT NULL,
    created_ms  INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_shipment ON claims (shipment_id);

-- Files by the SHA-256 of their bytes, each kept once however many documents are it.
CREATE TABLE blobs (
    sha256 BLOB PRIMARY KEY,
    bytes  BLOB NOT NULL
) STRICT;

-- Like claims, a label's record may be written before its shipment.
CREATE TABLE documents (
    key         TEXT    PRIMARY KEY,
    shipment_id TEXT    NOT NULL,
    account_id  TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    media       TEXT    NOT NULL,
    sha256      BLOB    NOT NULL REFERENCES blobs (sha256),
    size        INTEGER NOT NULL,
    variant     TEXT    NOT NULL,
    created_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_shipment ON documents (shipment_id);

CREATE TABLE requests (
    number     INTEGER PRIMARY KEY,
    at_ms      INTEGER NOT NULL,
    account_id TEXT    NOT NULL,
    token_name TEXT    NOT NULL,
    request_id TEXT    NOT NULL,
    method     TEXT    NOT NULL,
    path       TEXT    NOT NULL,
    status     INTEGER NOT NULL,
    took_us    INTEGER NOT NULL,
    sender     TEXT    NOT NULL,
    request    TEXT    NOT NULL,
    response   TEXT    NOT NULL
) STRICT;
CREATE INDEX requests_account ON requests (account_id, number);
CREATE INDEX requests_request_id ON requests (request_id, number) WHERE request_id <> '';
CREATE INDEX requests_failed ON requests (number) WHERE status >= 400;

-- Who did what. Rows are added and never changed. Ids are UUIDv7 of at_ms, so their order is the order of time.
CREATE TABLE audit (
    id           TEXT    PRIMARY KEY,
    at_ms        INTEGER NOT NULL,
    door         TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    sender       TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject_id   TEXT    NOT NULL,
    subject_name TEXT    NOT NULL,
    account_id   TEXT    NOT NULL,
    before       TEXT    NOT NULL,
    after        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_account ON audit (account_id, id);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_subject ON audit (subject_id, id);

-- +goose StatementBegin
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never deleted from'); END;
-- +goose StatementEnd
