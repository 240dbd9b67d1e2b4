-- The audit becomes a chain: rows are numbered without gaps and carry the hash and the MAC that hold them. What stands
-- there already keeps its order and is sealed by the program's first start, hence the one change that is let through.

-- +goose Up

DROP TRIGGER audit_is_never_changed;
DROP TRIGGER audit_is_never_deleted;
DROP INDEX audit_account;
DROP INDEX audit_action;
DROP INDEX audit_subject;
ALTER TABLE audit RENAME TO audit_unnumbered;

CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL,
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
    after        TEXT    NOT NULL,
    hash         BLOB    NOT NULL,
    mac          BLOB    NOT NULL
) STRICT;
INSERT INTO audit SELECT row_number() OVER (ORDER BY id), id, at_ms, door, actor, sender, action, subject_kind, subject_id,
    subject_name, account_id, before, after, x'', x'' FROM audit_unnumbered;
DROP TABLE audit_unnumbered;

CREATE INDEX audit_account ON audit (account_id, seq);
CREATE INDEX audit_action ON audit (action, seq);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_subject ON audit (subject_id, seq);

-- +goose StatementBegin
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit WHEN length(OLD.hash) > 0
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never deleted from'); END;
-- +goose StatementEnd
