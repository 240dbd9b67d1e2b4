// Package app puts the program together: configuration, then infra, then core, then the doors. It is the only package
// that knows them all.
package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"

	"github.com/gofrs/flock"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/infra/sqldb"
	"packbench/backend/infra/vault"
)

// App is an open data folder with the services on it.
type App struct {
	Services
	options Options
	log     *slog.Logger
	notice  string

	lock    *flock.Flock // nil where nobody holds the folder through this App
	logFile io.Closer
	db      *sqldb.DB
	vault   *vault.Vault
	anchor  *anchoring // nil until the audit is kept

	begun []func() // each ends what runs behind
}

// Open opens a data folder, makes it where it is missing, and unlocks its secrets. Unavailable, with what to do: another
// window or serve holds it, the folder can't be used, the secrets can't be unlocked.
func Open(ctx context.Context, o Options) (*App, error) {
	o, err := o.normal()
	if err != nil {
		return nil, err
	}
	if err := makeFolder(o.DataDir); err != nil {
		return nil, err
	}
	a := &App{options: o}
	if err := a.open(ctx); err != nil {
		if a.log != nil {
			a.log.Error("the data folder could not be opened", "error", err, "cause", errors.Unwrap(errs.As(err)))
		}
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context) (err error) {
	dir := a.options.DataDir
	if a.options.Holder != "" {
		if a.lock, err = hold(dir, a.options.Holder); err != nil {
			return err
		}
	}
	a.log, a.logFile = openLog(dir, a.options.Holder)
	now := clock.System{}
	a.db, err = sqldb.Open(ctx, filepath.Join(dir, databaseFile), sqldb.Options{Clock: now, Rehearse: a.options.Rehearse})
	if err != nil {
		return err
	}
	a.vault = vault.New(vault.Config{
		Store: sqldb.As[account.VaultRepo](a.db), Clock: now, DataDir: dir, PassphraseFile: a.options.PassphraseFile,
		Passphrase: a.options.Passphrase,
	})
	unlocked, err := a.vault.Unlock(ctx)
	if err != nil {
		return err
	}
	if unlocked.KeyFile != "" {
		debug.FreeOSMemory() // Argon2id took 64 MiB for a moment, which would stay with this process
	}
	a.notice = noticeOf(unlocked)
	if a.anchor, err = keepAudit(ctx, a.db, a.vault, now, a.log); err != nil {
		return err
	}
	a.Services, err = compose(a.db, a.vault, now, a.log, a.options)
	return err
}

func noticeOf(u vault.Unlocked) string {
	switch {
	case !u.Made:
		return ""
	case u.KeyFile != "":
		return "A root key was made, sealed under your passphrase in " + u.KeyFile + ". It opens the secrets of this data folder: keep file and passphrase safe, without either they are lost."
	}
	return "A root key was made and is kept in the keyring of the operating system. It opens the secrets of this data folder."
}

// Close ends everything in order: what was written is on the disk and the folder is free.
func (a *App) Close() error {
	var err error
	for _, end := range a.begun {
		end()
	}
	if a.anchor != nil {
		a.anchor.close()
	}
	if a.Bulk != nil {
		a.Bulk.Close()
	}
	if a.Printing != nil {
		a.Printing.Stop()
	}
	if a.db != nil {
		err = a.db.Close()
	}
	if a.logFile != nil {
		err = errors.Join(err, a.logFile.Close())
	}
	if a.lock != nil {
		err = errors.Join(err, a.lock.Close())
	}
	return err
}

// system is the context in which the program acts by itself.
func system(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
}
