package app

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"gopkg.in/natefinch/lumberjack.v2"

	"packbench/backend/base/errs"
)

// What a data folder holds.
const (
	databaseFile = "packbench.db"
	lockFile     = "packbench.lock"
	logFolder    = "logs"
)

// reserve is how much of the disk stays free: no purchase starts with less, because its result must find room
// (security §2.4, R7).
const reserve = 200 << 20

// makeFolder makes the data folder where it is missing, readable by its owner only.
func makeFolder(dir string) error {
	for _, path := range []string{dir, filepath.Join(dir, logFolder)} {
		err := os.MkdirAll(path, 0o700)
		if err == nil {
			err = os.Chmod(path, 0o700) //nolint:gosec // G302: a folder needs its x bit
		}
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "The data folder %s can't be used. Choose one that is yours to read and write: --data-dir DIR.", path)
		}
	}
	return nil
}

// hold takes the folder for a window or serve. Unavailable: another one has it.
func hold(dir, holder string) (*flock.Flock, error) {
	path := filepath.Join(dir, lockFile)
	lock := flock.New(path, flock.SetPermissions(0o600))
	got, err := lock.TryLock()
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "The lock file %s can't be used. Check the folder's permissions.", path)
	}
	if !got {
		_ = lock.Close()
		return nil, errs.New(errs.Unavailable, "The data folder %s is in use by %s. Only one window or serve holds a folder at a time; commands work beside it.", dir, heldBy(path))
	}
	if err := os.WriteFile(path, fmt.Appendf(nil, "%s %d\n", holder, os.Getpid()), 0o600); err != nil {
		slog.Warn("the lock file can't say who holds it", "error", err)
	}
	return lock, nil
}

// heldBy reads who holds the folder.
func heldBy(path string) string {
	text, err := os.ReadFile(path)
	holder, pid, ok := strings.Cut(strings.TrimSpace(string(text)), " ")
	if err != nil || !ok {
		return "another Packbench"
	}
	if holder == "window" {
		return "a Packbench window (process " + pid + ")"
	}
	return "packbench " + holder + " (process " + pid + ")"
}

// openLog opens the folder's log. The holder and commands each have a file, because one program rotates a file.
func openLog(dir, holder string) (*slog.Logger, io.Closer) {
	name := "packbench.log"
	if holder == "" {
		name = "terminal.log"
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, logFolder, name), MaxSize: 5, MaxBackups: 5} // MB; made 0600
	return slog.New(slog.NewJSONHandler(file, &slog.HandlerOptions{Level: logLevel()})), file
}

// enoughRoom gives the check that no purchase starts without, on the disk of a folder.
func enoughRoom(dir string) func() error {
	return func() error {
		free, err := freeSpace(dir)
		if err != nil {
			return errs.Wrap(err, errs.Unavailable, "The free space of the disk can't be read. Nothing was bought.")
		}
		return roomWith(free)
	}
}

// roomWith refuses to start a purchase with less than the reserve free.
func roomWith(free uint64) error {
	if free >= reserve {
		return nil
	}
	return errs.New(errs.Unavailable, "The disk has %d MB free, and a purchase starts with %d MB or more, so that its label finds room. Nothing was bought; make some room and try again.",
		free>>20, reserve>>20)
}
