-- What waits until a courier answers again, and how couriers answered last.

-- +goose Up

-- waits_for is the registered auth that a draft is to be bought by once its courier is back, since waiting_ms; '' and 0 where
-- it does not wait.
ALTER TABLE drafts ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN waiting_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX drafts_waiting ON drafts (waits_for, waiting_ms, id) WHERE waits_for <> '';

CREATE TABLE courier_health (
    auth_id         TEXT    PRIMARY KEY REFERENCES auths (id) ON DELETE CASCADE,
    state           TEXT    NOT NULL,
    since_ms        INTEGER NOT NULL,
    last_success_ms INTEGER NOT NULL,
    last_failure_ms INTEGER NOT NULL,
    last_failure    TEXT    NOT NULL,
    kept_ms         INTEGER NOT NULL
) STRICT;
