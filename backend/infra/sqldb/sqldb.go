// Package sqldb keeps everything Packbench stores in one SQLite database: one writer connection on which writes share
// commits, and a pool of connections that can only read. One Tx implements every repository of core.
package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/store"
)

// Options of Open. The zero value is good for everything but Clock, which is required.
type Options struct {
	Clock   clock.Clock // dates the copy that is made before a migration
	Readers int         // connections that read at the same time; 0 for DefaultReaders

	// Rehearse runs every function of a write once more before it, and undoes that: for tests, which then find a function
	// that is not fit to run again.
	Rehearse bool
}

// DefaultReaders is how many reads run at the same time.
const DefaultReaders = 4

// DB is an open database.
type DB struct {
	path    string
	write   *sql.DB // one connection, held by the writer
	read    *sql.DB
	writer  *writer
	memo    memo
	closing sync.Once

	rehearse bool
}

// Open opens the database at path, makes it and its folder where they are missing (0700, files 0600, which are repaired
// where they are wider), brings its schema up to date after a verified copy of it, and proves that every guarantee this
// package gives is switched on. It returns Unavailable when another program keeps it locked or a newer Packbench wrote it.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	return open(ctx, path, o, guarantees)
}

func open(ctx context.Context, path string, o Options, want parameters) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("sqldb: %w", err)
	}
	if o.Clock == nil {
		return nil, errors.New("sqldb: Options.Clock is needed")
	}
	if o.Readers <= 0 {
		o.Readers = DefaultReaders
	}
	if err := prepareFiles(path); err != nil {
		return nil, err
	}
	db := &DB{path: path, rehearse: o.Rehearse, write: openPool(path, want, writing, 1), read: openPool(path, want, reading, o.Readers)}
	if err := alone(ctx, path, func() error { return db.start(ctx, o) }); err != nil {
		return nil, errors.Join(err, db.write.Close(), db.read.Close())
	}
	return db, nil
}

func (db *DB) start(ctx context.Context, o Options) error {
	if err := verify(ctx, db.write, writing); err != nil {
		return err
	}
	if err := migrate(ctx, db.write, db.path, o.Clock.Now()); err != nil {
		return err
	}
	if err := verify(ctx, db.read, reading); err != nil {
		return err
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return classify(err)
	}
	db.writer, err = startWriter(conn)
	return err
}

// Close lets the writes that were taken finish, empties the write-ahead log into the database and closes it. Later calls
// of Read and Write return Unavailable.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		close(db.writer.stopped)
		err = errors.Join(db.read.Close(), <-db.writer.ended, db.write.Close())
	})
	return err
}

// Path gives the database's file.
func (db *DB) Path() string { return db.path }

// As gives the database as the store of a repository interface of core. It panics where Tx lacks a method of R: that is
// a mistake of the program, met when it is put together.
func As[R any](db *DB) store.Store[R] {
	if _, ok := any((*Tx)(nil)).(R); !ok {
		panic(fmt.Sprintf("sqldb: *Tx is no %T", *new(R)))
	}
	return view[R]{db}
}

type view[R any] struct{ db *DB }

func (v view[R]) Read(ctx context.Context, fn func(R) error) error {
	return v.db.readTx(ctx, func(tx *Tx) error { return fn(any(tx).(R)) })
}

func (v view[R]) Write(ctx context.Context, fn func(R) error) error {
	job := func(tx *Tx) error { return fn(any(tx).(R)) }
	if v.db.rehearse {
		_ = v.db.writer.do(ctx, func(tx *Tx) error { return errors.Join(guard(job, tx), errRehearsed) })
	}
	return v.db.writer.do(ctx, job)
}

var errRehearsed = errors.New("sqldb: rehearsed")

// readTx runs fn on one state of the data: the one that the identity version was read from. SQLite keeps a connection's state
// for as long as one of its statements has not come to its end, so the statement that asks for the version stays open meanwhile
// and is the transaction: a BEGIN and a COMMIT, each prepared anew, cost as much as most reads. The context stops fn's queries,
// never that statement, so that the connection goes back to the pool clean.
func (db *DB) readTx(ctx context.Context, fn func(*Tx) error) (err error) {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return db.writer.whenClosed(classify(err))
	}
	state, err := conn.QueryContext(background, string(selectIdentityVersion))
	if err != nil {
		return errors.Join(classify(err), conn.Close())
	}
	defer func() { err = errors.Join(err, classify(state.Close()), conn.Close()) }()
	tx := &Tx{ctx: ctx, conn: conn, memo: &db.memo}
	if !state.Next() {
		return errors.Join(errors.New("sqldb: the identity version can't be read"), classify(state.Err()))
	}
	if err := state.Scan(&tx.identity); err != nil {
		return classify(err)
	}
	defer tx.end()
	return guard(fn, tx)
}

// guard turns a panic of a caller's function into an error for that caller.
func guard(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errs.Wrap(fmt.Errorf("sqldb: panic in a transaction: %v", p), errs.Internal, "Something went wrong inside Packbench. The log has the details.")
		}
	}()
	return fn(tx)
}
