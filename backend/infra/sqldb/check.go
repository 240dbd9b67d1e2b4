package sqldb

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Files are read 64 in one transaction: a reader that stays holds the write-ahead log.
const filesAtOnce = 64

var selectFilesAfter = register(`SELECT number, sha256, bytes FROM files WHERE number > $1 ORDER BY number LIMIT 64`)

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

// maxWrongFiles is how many damaged files CheckFiles names.
const maxWrongFiles = 100

// CheckFiles reads every kept file and compares it with its SHA-256. It gives how many there are and names the damaged
// ones by the digest they should have, 100 at most.
func (db *DB) CheckFiles(ctx context.Context) (checked int64, wrong []string, err error) {
	type file struct {
		number       int64
		sum, content []byte
	}
	scan := func(row scanner) (f file, err error) { return f, row.Scan(&f.number, &f.sum, &f.content) }
	for after := int64(0); ; {
		var list []file
		err := db.readTx(ctx, func(tx *Tx) (err error) {
			list, err = all(tx, scan, selectFilesAfter, after)
			return err
		})
		if err != nil {
			return checked, wrong, err
		}
		for _, f := range list {
			checked++
			actual := sha256.Sum256(f.content)
			if !bytes.Equal(actual[:], f.sum) && len(wrong) < maxWrongFiles {
				wrong = append(wrong, hex.EncodeToString(f.sum))
			}
		}
		if len(list) < filesAtOnce {
			return checked, wrong, nil
		}
		after = list[len(list)-1].number
	}
}
