// Package wholefile writes files that are there whole or not at all: what stood under the name stays until the new content
// is on the disk.
package wholefile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write writes a file that only this user can read. Where write fails, or the disk is full, or the power goes, the path holds
// what it held before, and nothing else is left in its folder. A path that is no file, such as a device, is written straight
// to; one that is a link keeps being one.
func Write(path string, write func(io.Writer) error) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return straight(path, write)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".packbench-*.part") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	err = fill(file, write)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return settle(filepath.Dir(path))
}

func straight(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(fill(file, write), file.Close())
}

func fill(file *os.File, write func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(file, 64<<10)
	if err := write(buffered); err != nil {
		return err
	}
	return buffered.Flush()
}

// settle makes the name last as well as the content, where folders can be synced.
func settle(folder string) error {
	dir, err := os.Open(folder)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a folder one may write to and not read
	}
	if err != nil {
		return err
	}
	_ = dir.Sync() // Windows has no such thing
	return dir.Close()
}
