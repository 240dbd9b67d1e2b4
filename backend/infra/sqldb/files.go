package sqldb

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"packbench/backend/base/errs"
)

const (
	folderMode = 0o700
	fileMode   = 0o600
	openRetry  = 5 * time.Millisecond
)

// prepareFiles makes the folder and the empty database file where they are missing, and takes every right from other
// users where somebody gave them one. SQLite gives its -wal and -shm files the mode of the database.
func prepareFiles(path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, folderMode); err != nil {
		return fileTrouble(err, folder)
	}
	if err := os.Chmod(folder, folderMode); err != nil {
		return fileTrouble(err, folder)
	}
	if err := makeFile(path); err != nil {
		return fileTrouble(err, path)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Chmod(path+suffix, fileMode); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fileTrouble(err, path+suffix)
		}
	}
	return nil
}

func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, fileMode)
	if err != nil {
		return err
	}
	return f.Close()
}

func fileTrouble(err error, path string) error {
	return errs.Wrap(err, errs.Unavailable, "The data folder can't be used: %s needs to be yours to read and write.", path)
}

// alone runs fn while no other process opens the same database. SQLite's own locks don't cover an opening: the change to
// write-ahead logging, the table of schema versions and the copy before a migration are several steps each.
func alone(ctx context.Context, path string, fn func() error) error {
	lock := flock.New(path+".opening", flock.SetPermissions(fileMode))
	if _, err := lock.TryLockContext(ctx, openRetry); err != nil {
		return fileTrouble(err, lock.Path())
	}
	return errors.Join(fn(), lock.Close())
}
