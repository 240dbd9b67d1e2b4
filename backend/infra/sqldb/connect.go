package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"

	"packbench/backend/base/errs"
)

// parameters are DSN parameters of the driver. They hold on every connection, unlike a PRAGMA run once on a pool.
type parameters map[string]string

// guarantees are what no connection goes without. synchronous=FULL: a commit is on the disk when it returns, which the
// driver's default (NORMAL) does not give. secure_delete: deleted secrets are overwritten.
var guarantees = parameters{
	"_journal_mode":    "WAL",
	"_synchronous":     "FULL",
	"_foreign_keys":    "1",
	"_busy_timeout":    "10000", // ms another process may keep the database locked
	"_secure_delete":   "1",
	"_stmt_cache_size": "160", // prepared statements kept per connection
	"_mutex":           "no",  // database/sql gives a connection to one goroutine at a time
}

// use is what a connection is for.
type use string

const (
	writing use = "writing"
	reading use = "reading"
)

func (u use) parameters() parameters {
	if u == writing {
		return parameters{"mode": "rwc", "_txlock": "immediate", "_cache_size": "-16000"}
	}
	return parameters{"mode": "ro", "_query_only": "1", "_txlock": "deferred", "_cache_size": "-4000"}
}

// connector opens connections to one data source name, so that no global driver has to be registered.
type connector struct {
	driver *sqlite3.SQLiteDriver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }

func openPool(path string, want parameters, u use, size int) *sql.DB {
	pool := sql.OpenDB(connector{&sqlite3.SQLiteDriver{ConnectHook: tune}, sourceName(path, want, u)})
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	return pool
}

// tune sets what has no parameter of the driver. Temporary pages stay in memory: those that a savepoint may have to put
// back would otherwise be written to files. The log is emptied into the database every 4,000 pages
// (16 MB) and not every 1,000, because a page that many shipments touched in between is then written once for all of them.
func tune(conn *sqlite3.SQLiteConn) error {
	_, err := conn.Exec("PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000", nil)
	return err
}

func sourceName(path string, want parameters, u use) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/Users/… is file:///C:/Users/…
	}
	query := url.Values{}
	for _, set := range []parameters{want, u.parameters()} {
		for key, value := range set {
			query.Set(key, value)
		}
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// readBack is what verify asks a connection for and must hear.
var readBack = []struct{ pragma, want, why string }{
	{"journal_mode", "wal", "readers would block the writer"},
	{"synchronous", "2", "a power cut could take back a shipment that was acknowledged"},
	{"foreign_keys", "1", "rows could be left without what they belong to"},
	{"busy_timeout", "10000", "a command beside the window would fail instead of waiting"},
	{"secure_delete", "1", "deleted secrets would stay in the file"},
}

// verify asks a connection of the pool what is switched on and refuses to go on with less than the guarantees.
func verify(ctx context.Context, pool *sql.DB, u use) error {
	checks := readBack
	if u == reading {
		checks = append(checks[:len(checks):len(checks)], struct{ pragma, want, why string }{"query_only", "1", "a reader could write"})
	}
	for _, check := range checks {
		var got string
		if err := pool.QueryRowContext(ctx, "PRAGMA "+check.pragma).Scan(&got); err != nil {
			return classify(err)
		}
		if got != check.want {
			return errs.New(errs.Internal, "The database runs with %s=%s where %s is needed (%s: %s). Packbench does not start like this.",
				check.pragma, got, check.want, u, check.why)
		}
	}
	var fts5 bool
	if err := pool.QueryRowContext(ctx, "SELECT sqlite_compileoption_used('ENABLE_FTS5')").Scan(&fts5); err != nil {
		return classify(err)
	}
	if !fts5 {
		return errors.New("sqldb: this program was built without full-text search; build it with -tags sqlite_fts5")
	}
	return nil
}

// classify gives driver errors the codes of core, by the driver's numbers, never by its texts.
func classify(err error) error {
	if err == nil {
		return nil
	}
	var own *errs.Error
	if errors.As(err, &own) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return unavailable(err)
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("sqldb: %w", err)
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return errs.Wrap(err, errs.Unavailable, "Another program has kept the database locked for too long. Nothing was changed; try again.")
	case sqlite3.ErrFull:
		return errs.Wrap(err, errs.Unavailable, "The disk is full. Nothing was changed; make some room and try again.")
	case sqlite3.ErrIoErr, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return errs.Wrap(err, errs.Unavailable, "The database's disk can't be read or written. Check the disk and the rights of the data folder, then try again.")
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return errs.Wrap(err, errs.Unavailable, "The database is damaged. Keep the file as it is and restore the latest backup.")
	case sqlite3.ErrConstraint:
		if e.ExtendedCode == sqlite3.ErrConstraintUnique || e.ExtendedCode == sqlite3.ErrConstraintPrimaryKey || e.ExtendedCode == sqlite3.ErrConstraintRowID {
			return errs.Wrap(err, errs.Conflict, "That already exists.")
		}
	}
	return fmt.Errorf("sqldb: %w", err)
}

// unavailable tells that a caller's context ended before anything was done for it.
func unavailable(err error) error {
	if errors.Is(err, context.Canceled) {
		return errs.Wrap(err, errs.Unavailable, "It was given up before it was done. Nothing was changed.")
	}
	return errs.Wrap(err, errs.Unavailable, "It took too long to get its turn. Nothing was changed; try again.")
}

var errClosed = errs.New(errs.Unavailable, "The database is closed.")
