package app

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/errs"
)

func TestRoomForAPurchase(t *testing.T) {
	if err := roomWith(200 << 20); err != nil {
		t.Errorf("200 MB free: %v", err)
	}
	err := roomWith(200<<20 - 1)
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "199 MB free") || !strings.Contains(err.Error(), "Nothing was bought") {
		t.Errorf("less than 200 MB free: %v", err)
	}
	if err := enoughRoom(filepath.Join(t.TempDir(), "nowhere"))(); !errs.Is(err, errs.Unavailable) {
		t.Errorf("a disk that can't be read: %v", err)
	}
}

// Many start at once; one holds the folder.
func TestOneHolder(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	var mu sync.Mutex
	held := 0
	for range 20 {
		group.Go(func() {
			lock, err := hold(dir, "serve")
			if err != nil {
				if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "in use") {
					t.Errorf("the others are told %v", err)
				}
				return
			}
			t.Cleanup(func() { _ = lock.Close() })
			mu.Lock()
			held++
			mu.Unlock()
		})
	}
	group.Wait()
	if held != 1 {
		t.Errorf("%d hold the folder", held)
	}
}

func TestTheFolderIsItsOwnersOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := makeFolder(dir); err != nil {
		t.Fatal(err)
	}
	log, file := openLog(dir, "serve")
	log.Info("hello")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "logs"): 0o700, filepath.Join(dir, "logs", "packbench.log"): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, wanted %v", path, info.Mode(), err, want)
		}
	}
	if err := makeFolder("/proc/packbench"); !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "--data-dir") {
		t.Errorf("a folder that can't be made: %v", err)
	}
}

func TestUserDataDir(t *testing.T) {
	t.Setenv("HOME", "/home/packer")
	t.Setenv("XDG_DATA_HOME", "")
	if o, err := (Options{}).normal(); err != nil || o.DataDir != "/home/packer/.local/share/packbench" {
		t.Errorf("without XDG_DATA_HOME: %s %v", o.DataDir, err)
	}
	t.Setenv("XDG_DATA_HOME", "/data")
	if o, err := (Options{}).normal(); err != nil || o.DataDir != "/data/packbench" {
		t.Errorf("with XDG_DATA_HOME: %s %v", o.DataDir, err)
	}
	if a, b := (Options{DataDir: "/a"}).FolderID(), (Options{DataDir: "/a/../a"}).FolderID(); a != b {
		t.Errorf("one folder has two names: %s %s", a, b)
	}
}
