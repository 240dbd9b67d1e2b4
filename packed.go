//go:build packed && linux

package main

import (
	_ "embed"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"packbench/backend/app"
)

// The window's libraries (GTK, WebKit) take a third of a second and 58 MB to load, even for a program that opens no
// window. So the program that is shipped on Linux is built without them and carries its window half, the same program
// linked with them, inside: opening the window replaces this process by that one, and leaves no file behind.
//
//go:embed out/packbench-window
var windowHalf string

// openWindow replaces this process by the window half, with the same arguments; it only returns an error.
func openWindow(app.Options) error {
	fd, err := unix.MemfdCreate("packbench", unix.MFD_CLOEXEC)
	if err != nil {
		return fmt.Errorf("the window can't be started: %w", err)
	}
	half := os.NewFile(uintptr(fd), "packbench-window")
	if _, err := half.WriteString(windowHalf); err != nil {
		return fmt.Errorf("there is not enough memory to open the window: %w", err)
	}
	err = unix.Exec(fmt.Sprintf("/proc/self/fd/%d", fd), os.Args, os.Environ())
	return fmt.Errorf("this machine does not let the window start from memory (sysctl vm.memfd_noexec): %w", err)
}
