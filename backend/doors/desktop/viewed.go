package desktop

import (
	"os"
	"path/filepath"
	"sync"
)

// viewed keeps the files that were handed to the system's viewer in one folder of their own (0700), which goes with the
// window.
type viewed struct {
	mu     sync.Mutex
	folder string
}

func (v *viewed) write(name string, data []byte) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.folder == "" {
		folder, err := os.MkdirTemp("", "packbench-")
		if err != nil {
			return "", err
		}
		v.folder = folder
	}
	path := filepath.Join(v.folder, name)
	return path, os.WriteFile(path, data, 0o600)
}

func (v *viewed) clear() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.folder == "" {
		return nil
	}
	folder := v.folder
	v.folder = ""
	return os.RemoveAll(folder)
}
