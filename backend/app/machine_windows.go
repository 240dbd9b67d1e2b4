package app

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// keepPrivate has nothing to do: a user's folders are that user's only.
func keepPrivate() {}

// freeSpace gives how many bytes this user may still write to the disk of a folder.
func freeSpace(dir string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, fmt.Errorf("app: %w", err)
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(path, &free, nil, nil); err != nil {
		return 0, fmt.Errorf("app: %w", err)
	}
	return free, nil
}
