-- The bytes of documents are kept beside those of the same shipment, once for each digest. Kept once for all shipments, they
-- were found by their digest alone: each label lay at a place of chance, and a page had to be written for it.

-- +goose Up

-- owner is the documents' shipment_id.
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    owner  TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes  BLOB NOT NULL,
    UNIQUE (owner, sha256)
) STRICT;
INSERT INTO files (owner, sha256, bytes)
SELECT d.shipment_id, d.sha256, b.bytes FROM documents d JOIN blobs b ON b.sha256 = d.sha256 WHERE true ORDER BY d.shipment_id
ON CONFLICT (owner, sha256) DO NOTHING;

ALTER TABLE documents RENAME TO documents_before;
DROP INDEX documents_shipment;
CREATE TABLE documents (
    key         TEXT    PRIMARY KEY,
    shipment_id TEXT    NOT NULL,
    account_id  TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    media       TEXT    NOT NULL,
    sha256      BLOB    NOT NULL,
    size        INTEGER NOT NULL,
    variant     TEXT    NOT NULL,
    created_ms  INTEGER NOT NULL,
    FOREIGN KEY (shipment_id, sha256) REFERENCES files (owner, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO documents SELECT * FROM documents_before;
CREATE INDEX documents_shipment ON documents (shipment_id);
DROP TABLE documents_before;
DROP TABLE blobs;
