package sqldb

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Files are read 64 in one transaction: a reader that stays holds the write-ahead log.
const blobsAtOnce = 64

var selectBlobsAfter = register(`SELECT sha256, bytes FROM blobs WHERE sha256 > $1 ORDER BY sha256 LIMIT 64`)

// Check asks SQLite whether the file is whole, and gives what it found wrong, 100 things at most.
func (db *DB) Check(ctx context.Context) (wrong []string, err error) {
	err = db.readTx(ctx, func(tx *Tx) error {
		said, err := all(tx, value[string], "PRAGMA quick_check(100)")
		if err == nil && (len(said) != 1 || said[0] != "ok") {
			wrong = said
		}
		return err
	})
	return wrong, err
}

// maxWrongBlobs is how many damaged files CheckBlobs names.
const maxWrongBlobs = 100

// CheckBlobs reads every kept file and compares it with its SHA-256. It gives how many there are and names the damaged
// ones by the digest they should have, 100 at most.
func (db *DB) CheckBlobs(ctx context.Context) (checked int64, wrong []string, err error) {
	type blob struct{ sum, content []byte }
	scan := func(row scanner) (b blob, err error) { return b, row.Scan(&b.sum, &b.content) }
	for after := []byte{}; ; {
		var list []blob
		err := db.readTx(ctx, func(tx *Tx) (err error) {
			list, err = all(tx, scan, selectBlobsAfter, after)
			return err
		})
		if err != nil {
			return checked, wrong, err
		}
		for _, b := range list {
			checked++
			actual := sha256.Sum256(b.content)
			if !bytes.Equal(actual[:], b.sum) && len(wrong) < maxWrongBlobs {
				wrong = append(wrong, hex.EncodeToString(b.sum))
			}
		}
		if len(list) < blobsAtOnce {
			return checked, wrong, nil
		}
		after = list[len(list)-1].sum
	}
}
