package sqldb

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"packbench/backend/core/audit"
	"packbench/backend/core/document"
)

// opened gives the database as it is opened now, that statements made on the schema of then.
func opened(t *testing.T, schema string, statements ...string) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "packbench.db")
	if err := prepareFiles(path); err != nil {
		t.Fatal(err)
	}
	then := fstest.MapFS{}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if base := filepath.Base(name); base[:len(schema)] <= schema {
			then[base] = &fstest.MapFile{Data: text}
		}
	}
	pool := openPool(path, guarantees, writing, 1)
	defer func() { _ = pool.Close() }()
	if err := migrateTo(t.Context(), pool, path, testOptions.Clock.Now(), then); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return mustOpen(t, path)
}

// The audit of a database of before the chain keeps its entries, in their order, numbered and not yet sealed.
func TestTheAuditOfAnOlderDatabaseIsNumbered(t *testing.T) {
	db := opened(t, "00001", `INSERT INTO audit VALUES ('b', 2, 'api', 'x', '', 'a.b', 'token', '', '', '', '', '{"n":2}'), ('a', 1, 'api', 'x', '', 'a.b', 'token', '', '', '', '', '{"n":1}')`)
	err := As[audit.Repo](db).Write(t.Context(), func(r audit.Repo) error {
		rows, err := r.AuditRows(0, 10)
		if err != nil {
			return err
		}
		if len(rows) != 2 || rows[0].ID != "a" || rows[0].Seq != 1 || rows[1].Seq != 2 || string(rows[1].After) != `{"n":2}` || len(rows[0].Hash) != 0 {
			t.Errorf("found %+v", rows)
		}
		rows[0].Hash, rows[0].MAC = []byte("hash"), []byte("mac")
		return r.SealAudit(rows[0])
	})
	if err != nil {
		t.Error(err)
	}
}

// The documents of a database of before keep their bytes, also where two shipments shared them.
func TestTheDocumentsOfAnOlderDatabaseKeepTheirBytes(t *testing.T) {
	row := func(key, shipment, sum string) string {
		return `INSERT INTO documents VALUES ('` + key + `', '` + shipment + `', 'a', 'label', 'application/zpl', unhex('` + sum + `'), 3, 'zpl', 5)`
	}
	digests := map[string]string{}
	var statements []string
	for _, text := range []string{"one", "two"} {
		sum := sha256.Sum256([]byte(text))
		digests[text] = hex.EncodeToString(sum[:])
		statements = append(statements, `INSERT INTO blobs VALUES (unhex('`+digests[text]+`'), CAST('`+text+`' AS BLOB))`)
	}
	db := opened(t, "00021", append(statements, row("k1", "b", digests["one"]), row("k2", "a", digests["one"]), row("k3", "a", digests["two"]), row("k4", "a", digests["one"]))...)
	err := As[document.Repo](db).Read(t.Context(), func(r document.Repo) error {
		for key, want := range map[string]string{"k1": "one", "k2": "one", "k3": "two", "k4": "one"} {
			d, err := r.Document(key)
			if err != nil {
				return err
			}
			if got, err := r.Bytes(d); err != nil || string(got) != want || d.SHA256 != digests[want] {
				t.Errorf("%s: %q, %v", key, got, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if checked, wrong, err := db.CheckFiles(t.Context()); checked != 3 || len(wrong) > 0 || err != nil {
		t.Errorf("%d files, %v wrong, %v", checked, wrong, err)
	}
}
