package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"slices"
	"time"

	"packbench/backend/base/errs"
)

// maxGroup is how many callers' writes share one commit at most: it bounds how long the first one waits for the last.
const maxGroup = 64

// background is what the writer's statements run under. A caller's context is asked before its turn and never handed to
// the driver, which would interrupt the connection that everybody else's commit is on.
var background = context.Background()

// job is one caller's write and where its outcome goes.
type job struct {
	ctx  context.Context
	fn   func(*Tx) error
	err  error
	done chan struct{}
}

// writer owns the one connection that writes. Callers that come while it commits wait for the next group.
type writer struct {
	conn    *sql.Conn
	steps   steps
	queue   chan *job // unbuffered: what was taken is always answered
	stopped chan struct{}
	ended   chan error
	scrub   bool // secrets were deleted and are still in the write-ahead log
	audit   auditKeys
	behind  int // shipments that the catalogue is behind, as far as this writer knows
}

// steps are the statements of the group's transaction, prepared once.
type steps struct{ begin, save, undo, release, commit, rollback *sql.Stmt }

func startWriter(conn *sql.Conn) (*writer, error) {
	w, err := newWriter(conn)
	if err == nil {
		go w.serve()
	}
	return w, err
}

func newWriter(conn *sql.Conn) (*writer, error) {
	// What another program left due is looked for once.
	w := &writer{conn: conn, behind: 1, queue: make(chan *job), stopped: make(chan struct{}), ended: make(chan error, 1)}
	w.audit.appended = make(chan struct{}, 1)
	for _, step := range []struct {
		into **sql.Stmt
		text string
	}{
		{&w.steps.begin, "BEGIN IMMEDIATE"}, {&w.steps.save, "SAVEPOINT job"}, {&w.steps.undo, "ROLLBACK TO job"},
		{&w.steps.release, "RELEASE job"}, {&w.steps.commit, "COMMIT"}, {&w.steps.rollback, "ROLLBACK"},
	} {
		stmt, err := conn.PrepareContext(background, step.text) //nolint:sqlclosecheck // closed with the connection, when the writer ends
		if err != nil {
			return nil, classify(err)
		}
		*step.into = stmt
	}
	return w, nil
}

func step(s *sql.Stmt) error {
	_, err := s.ExecContext(background)
	return classify(err)
}

// do runs fn as part of a group and returns when the group's commit is on the disk, or fn's own error after undoing what
// fn did. Once fn was taken its outcome is waited for, whatever becomes of ctx, because only then it is known.
func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	if ctx.Err() != nil {
		return unavailable(ctx.Err())
	}
	select {
	case w.queue <- j:
	case <-ctx.Done():
		return unavailable(ctx.Err())
	case <-w.stopped:
		return errClosed
	}
	<-j.done
	return j.err
}

// whenClosed gives errClosed for the errors that come of closing.
func (w *writer) whenClosed(err error) error {
	select {
	case <-w.stopped:
		return errClosed
	default:
		return err
	}
}

func (w *writer) serve() {
	group := make([]*job, 0, maxGroup)
	for {
		var rest <-chan time.Time
		if w.behind > 0 {
			rest = time.After(catalogueRest)
		}
		select {
		case j := <-w.queue:
			group = w.gather(append(group[:0], j))
			w.commit(group)
			for _, j := range group {
				close(j.done)
			}
			if w.behind >= catalogueBatch {
				w.catalogue()
			}
		case <-rest:
			w.catalogue()
		case <-w.stopped:
			if w.behind > 0 {
				w.catalogue()
			}
			_, err := w.conn.ExecContext(background, "PRAGMA wal_checkpoint(TRUNCATE)")
			w.ended <- errors.Join(classify(err), w.conn.Close())
			return
		}
	}
}

// gather takes whoever is waiting, and lets whoever else has work to do get here first, for as long as that brings somebody:
// a crowd comes back in a crowd, and every commit less is a sync and some thirty pages less to write. With nothing else to
// run it returns at once, so a caller by itself never waits.
func (w *writer) gather(group []*job) []*job {
	for {
		before := len(group)
		runtime.Gosched()
		for waiting := true; waiting && len(group) < maxGroup; {
			select {
			case j := <-w.queue:
				group = append(group, j)
			default:
				waiting = false
			}
		}
		if len(group) == before || len(group) == maxGroup {
			return group
		}
	}
}

// commit writes what the group's jobs write, all in one commit, and sets each job's err.
//
// Jobs hardly ever fail, and to be able to undo one of several SQLite keeps a copy of every page that each touches: a tenth
// of what a purchase costs. So they first run as one. Where one of them fails everything is undone, and they run again,
// each in a savepoint.
func (w *writer) commit(group []*job) {
	waiting := slices.DeleteFunc(slices.Clone(group), func(j *job) bool {
		if err := j.ctx.Err(); err != nil {
			j.err = unavailable(err)
		}
		return j.err != nil
	})
	if len(waiting) > 0 && !w.together(waiting) {
		w.apart(waiting)
	}
}

// together runs jobs that are undone together. It reports false where one of several failed, and then nothing is written.
func (w *writer) together(jobs []*job) bool {
	if !w.begin(jobs) {
		return true
	}
	var done effects
	for _, j := range jobs {
		if j.err = w.run(j, &done); j.err != nil {
			_ = step(w.steps.rollback) // refused where SQLite has done it already
			return len(jobs) == 1
		}
	}
	w.end(jobs, done)
	return true
}

// apart runs jobs of which each succeeds or fails by itself.
func (w *writer) apart(jobs []*job) {
	if !w.begin(jobs) {
		return
	}
	var done effects
	for _, j := range jobs {
		if j.err = step(w.steps.save); j.err != nil {
			continue
		}
		if j.err = w.run(j, &done); j.err != nil {
			j.err = errors.Join(j.err, step(w.steps.undo))
		}
		if err := step(w.steps.release); err != nil {
			j.err = errors.Join(j.err, err)
		}
	}
	w.end(jobs, done)
}

// begin begins the transaction of the jobs; where that fails, they all fail.
func (w *writer) begin(jobs []*job) bool {
	err := step(w.steps.begin)
	if err != nil {
		fail(jobs, err)
	}
	return err == nil
}

// run runs a job's function, and notes what it did where it succeeds.
func (w *writer) run(j *job, done *effects) error {
	tx := &Tx{ctx: background, conn: w.conn, audit: &w.audit}
	defer tx.end()
	err := guard(j.fn, tx)
	if err == nil {
		done.add(tx.effects)
	}
	return err
}

// end commits what the jobs did; where that fails, they all fail.
func (w *writer) end(jobs []*job, done effects) {
	if err := step(w.steps.commit); err != nil {
		// A transaction that SQLite has already rolled back refuses the second one: all the same.
		_ = step(w.steps.rollback)
		fail(jobs, err)
		return
	}
	w.behind += done.behind
	if done.audited {
		w.audit.tell()
	}
	if w.scrub = w.scrub || done.scrub; w.scrub {
		w.scrubLog()
	}
}

// fail gives every job that did not fail by itself the group's error.
func fail(group []*job, err error) {
	for _, j := range group {
		if j.err == nil {
			j.err = err
		}
	}
}

// scrubLog empties the write-ahead log, where deleted secrets outlive their rows. While a reader still needs the log it
// stays, and the next commit tries again; a second's patience is enough, since reads are short.
func (w *writer) scrubLog() {
	var busy, frames, done int64
	if _, err := w.conn.ExecContext(background, "PRAGMA busy_timeout = 1000"); err != nil {
		return
	}
	err := w.conn.QueryRowContext(background, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
	w.scrub = err != nil || busy != 0
	if _, err := w.conn.ExecContext(background, "PRAGMA busy_timeout = 10000"); err != nil {
		w.scrub = true
	}
}

// errUsedLater is what a repository answers after its transaction has ended.
var errUsedLater = errs.New(errs.Internal, "A repository was used after its transaction had ended.")
