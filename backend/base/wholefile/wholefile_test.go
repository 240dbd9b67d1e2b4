package wholefile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func TestTheOldContentStaysUntilTheNewIsWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "list.csv")
	if err := Write(path, text("old")); err != nil {
		t.Fatal(err)
	}
	stopped := errors.New("stopped")
	err := Write(path, func(w io.Writer) error {
		for range 100_000 {
			if _, err := io.WriteString(w, "half"); err != nil {
				return err
			}
		}
		now, err := os.ReadFile(path)
		if err != nil || string(now) != "old" {
			t.Errorf("while it is written, the file is %q, %v", now, err)
		}
		return stopped
	})
	if !errors.Is(err, stopped) {
		t.Error(err)
	}
	left, _ := os.ReadDir(dir)
	kept, err := os.ReadFile(path)
	if err != nil || string(kept) != "old" || len(left) != 1 {
		t.Errorf("%q, %v, %d files in the folder", kept, err, len(left))
	}
	if err := Write(path, text("new")); err != nil {
		t.Fatal(err)
	}
	kept, _ = os.ReadFile(path)
	info, err := os.Stat(path)
	if string(kept) != "new" || err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v", kept, err, info.Mode())
	}
}

func TestLinksAndDevicesStayWhatTheyAre(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "list.csv"), filepath.Join(dir, "link.csv")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, text("new")); err != nil {
		t.Fatal(err)
	}
	kept, _ := os.ReadFile(path)
	if info, err := os.Lstat(link); string(kept) != "new" || err != nil || info.Mode().IsRegular() {
		t.Errorf("%q, %v", kept, err)
	}
	if err := Write(os.DevNull, text("new")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device is a file now: %v", err)
	}
	if err := Write(filepath.Join(dir, "none", "x.csv"), text("new")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
