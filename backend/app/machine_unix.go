//go:build unix

package app

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// keepPrivate makes every file of this process its user's only, and keeps memory, which holds keys, out of core dumps.
func keepPrivate() {
	unix.Umask(0o077)
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // lowering a limit is always allowed
}

// freeSpace gives how many bytes this user may still write to the disk of a folder.
func freeSpace(dir string) (uint64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, fmt.Errorf("app: %w", err)
	}
	return uint64(fs.Bavail) * uint64(fs.Bsize), nil //nolint:unconvert // the fields' types differ between systems; none is negative
}
