package tabular

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// allocated gives how much memory fn asked for in all, in bytes: never less than what it held at once.
func allocated(fn func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	fn()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// A file of a gigabyte takes less than a megabyte to refuse; the largest that is taken, at most eight times its size.
func TestMemoryIsBounded(t *testing.T) {
	folder := t.TempDir()
	huge, large := filepath.Join(folder, "huge.csv"), filepath.Join(folder, "large.csv")
	file, err := os.Create(huge)
	if err == nil {
		err = file.Truncate(1 << 30) // holes: it takes no room
	}
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	used := allocated(func() {
		_, err = Reader{}.Read(t.Context(), huge, importing.Format{})
	})
	if !errs.Is(err, errs.TooLarge) || !strings.Contains(err.Error(), "1024 MB and may have at most 32") || used > 1<<20 {
		t.Errorf("%v, with %d KB", err, used>>10)
	}

	row := strings.Repeat("Straße 1,", 40) + "\r\n"
	text := strings.Repeat(row, importing.MaxBytes/len(row))
	if err := os.WriteFile(large, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := 0
	used = allocated(func() {
		got, failed := Reader{}.Read(t.Context(), large, importing.Format{})
		rows, err = len(got.Rows), failed
	})
	if err != nil || rows != strings.Count(text, "\n")-1 || used > 8*importing.MaxBytes {
		t.Errorf("%v, %d rows with %d MB", err, rows, used>>20)
	}
	t.Logf("a file of %d MB with %d rows took %d MB", len(text)>>20, rows, used>>20)
}

// A workbook that unpacks to more than it may is refused by what it says of itself, before it is unpacked.
func TestAWorkbookThatGrowsIsRefused(t *testing.T) {
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	_, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, UncompressedSize64: maxUnzipped + 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	used := allocated(func() { _, err = Parse(t.Context(), "bomb.xlsx", book.Bytes(), importing.Format{}) })
	if !errs.Is(err, errs.TooLarge) || !strings.Contains(err.Error(), "256 MB") || used > 16<<20 {
		t.Errorf("%v, with %d MB", err, used>>20)
	}
}
