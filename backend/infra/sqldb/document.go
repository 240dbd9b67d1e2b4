package sqldb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"packbench/backend/base/errs"
	"packbench/backend/core/document"
)

const documentColumns = `key, shipment_id, account_id, kind, media, sha256, size, variant, created_ms`

var (
	insertFile     = register(`INSERT INTO files (owner, sha256, bytes) VALUES ($1, $2, $3) ON CONFLICT (owner, sha256) DO NOTHING`)
	selectFile     = register(`SELECT bytes FROM files WHERE owner = $1 AND sha256 = $2`)
	insertDocument = register(`INSERT INTO documents (` + documentColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`)
	selectDocument  = register(`SELECT ` + documentColumns + ` FROM documents WHERE key = $1`)
	selectDocuments = register(`SELECT ` + documentColumns + ` FROM documents WHERE shipment_id = $1 ORDER BY created_ms, key`)
)

const noDocument = "There is no such document."

func scanDocument(row scanner) (document.Document, error) {
	var d document.Document
	var sum []byte
	err := row.Scan(&d.Key, &d.ShipmentID, &d.AccountID, &d.Kind, &d.Media, &sum, &d.Size, &d.Variant, &d.CreatedMs)
	d.SHA256 = hex.EncodeToString(sum)
	return d, err
}

// PutDocument keeps a document and, unless its shipment has them already, its bytes, which the caller has hashed: it does not
// happen here, where others wait. Conflict: the key is taken.
func (tx *Tx) PutDocument(d document.Document, content []byte) error {
	sum, err := digest(d.SHA256)
	if err != nil {
		return err
	}
	if content == nil {
		content = []byte{}
	}
	if _, err := tx.exec(insertFile, d.ShipmentID, sum, content); err != nil {
		return err
	}
	return tx.create("A document with this key is kept already.", insertDocument, d.Key, d.ShipmentID, d.AccountID, d.Kind, d.Media,
		sum, d.Size, d.Variant, d.CreatedMs)
}

// Document gives the record of a document.
func (tx *Tx) Document(key string) (document.Document, error) {
	return one(tx, noDocument, scanDocument, selectDocument, key)
}

// DocumentsOf gives a shipment's documents, oldest first.
func (tx *Tx) DocumentsOf(shipmentID string) ([]document.Document, error) {
	return all(tx, scanDocument, selectDocuments, shipmentID)
}

// Bytes gives the bytes of a document. Internal: they are no longer those that were kept.
func (tx *Tx) Bytes(d document.Document) ([]byte, error) {
	sum, err := digest(d.SHA256)
	if err != nil {
		return nil, err
	}
	content, err := one(tx, noDocument, value[[]byte], selectFile, d.ShipmentID, sum)
	if err != nil {
		return nil, err
	}
	if actual := sha256.Sum256(content); !bytes.Equal(actual[:], sum) {
		return nil, errs.New(errs.Internal, "The document is damaged: its bytes no longer match their digest. Restore it from a backup, or make it again.")
	}
	return content, nil
}

func digest(name string) ([]byte, error) {
	sum, err := hex.DecodeString(name)
	if err != nil || len(sum) != sha256.Size {
		return nil, errs.New(errs.Internal, "A document's digest is not a SHA-256 in hexadecimal digits.")
	}
	return sum, nil
}
