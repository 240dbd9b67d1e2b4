package sqldb

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-sqlite3"

	"packbench/backend/core/shipment"
)

// No statement is prepared again when it runs again. SQLite asks its authorizer while it prepares, and only then.
func TestStatementsArePreparedOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "packbench.db")
	mustOpen(t, path)
	asked := 0
	hook := func(conn *sqlite3.SQLiteConn) error {
		conn.RegisterAuthorizer(func(int, string, string, string) int { asked++; return sqlite3.SQLITE_OK })
		return tune(conn)
	}
	pool := sql.OpenDB(connector{&sqlite3.SQLiteDriver{ConnectHook: hook}, sourceName(path, guarantees, writing)})
	t.Cleanup(func() { _ = pool.Close() })
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })

	tx := &Tx{ctx: t.Context(), conn: conn}
	list, err := tx.listing(shipment.Filter{AccountID: "x", Reference: "SO-1", States: []shipment.State{shipment.Booked}}, "")
	if err != nil {
		t.Fatal(err)
	}
	q := list.direct(rowColumns)
	built := map[statement][]any{q.statement(): q.args}
	for _, s := range statements {
		args := make([]any, placeholders(t, s))
		for i := range args {
			args[i] = "1"
		}
		built[s] = args
	}
	for s, args := range built {
		if !strings.HasPrefix(strings.TrimSpace(string(s)), "SELECT") {
			continue // a row that breaks a constraint says nothing about preparing
		}
		for run := range 3 {
			before := asked
			rows, err := conn.QueryContext(t.Context(), string(s), args...)
			if err != nil {
				t.Fatalf("%s\n%v", s, err)
			}
			for rows.Next() {
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
			if again := asked - before; run > 0 && again > 0 {
				t.Errorf("run %d prepares again:\n%s", run+1, s)
			}
		}
	}
	if asked == 0 {
		t.Error("the authorizer was never asked")
	}
}
