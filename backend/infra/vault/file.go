package vault

import (
	"os"
	"path/filepath"
)

// writeWhole writes a file of mode 0600 that appears whole or not at all: place (os.Link, which refuses to replace, or
// os.Rename) gives it its name after its bytes are on the disk.
func writeWhole(path string, content []byte, place func(from, to string) error) error {
	dir := filepath.Dir(path)
	temp, err := os.CreateTemp(dir, ".packbench-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err == nil {
		err = temp.Sync()
	}
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = place(temp.Name(), path)
	}
	if err != nil {
		return err
	}
	return syncDir(dir)
}
