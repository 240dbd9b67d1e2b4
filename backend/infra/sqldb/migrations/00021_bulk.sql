-- What is done to many shipments, so that it can be gone on with after the program was closed, or ended in the middle.

-- +goose Up

-- The run begun last, until it is dismissed; ask is JSON.
CREATE TABLE bulk_run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  TEXT    NOT NULL,
    ask TEXT    NOT NULL
) STRICT;

-- How its shipments stand, by their places in ask, once something has been done to them; state is JSON.
CREATE TABLE bulk_rows (
    one   INTEGER NOT NULL REFERENCES bulk_run (one) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    state TEXT    NOT NULL,
    PRIMARY KEY (one, place)
) STRICT, WITHOUT ROWID;
