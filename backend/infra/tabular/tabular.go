// Package tabular reads tables out of files that people and shop systems make: text with a delimiter in several encodings,
// and Excel workbooks. Nothing in a file is trusted: sizes are bounded before anything is read, and what is not a table
// gets a sentence.
package tabular

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// Reader is an importing.Reader of files on this machine.
type Reader struct{}

// Read reads the file at path.
func (Reader) Read(ctx context.Context, path string, how importing.Format) (importing.Table, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return importing.Table{}, errs.New(errs.NotFound, "There is no file %s.", path)
	}
	if err != nil {
		return importing.Table{}, errs.Wrap(err, errs.Unavailable, "The file %s can't be read.", path)
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return importing.Table{}, errs.Wrap(err, errs.Unavailable, "The file %s can't be read.", path)
	case !info.Mode().IsRegular():
		return importing.Table{}, errs.New(errs.Malformed, "%s is not a file.", path)
	case info.Size() > importing.MaxBytes:
		return importing.Table{}, errs.New(errs.TooLarge, "The file has %d MB and may have at most %d. Split it into several files.", info.Size()>>20, importing.MaxBytes>>20)
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(file, data); err != nil { // what is added to it meanwhile is the next file's
		return importing.Table{}, errs.Wrap(err, errs.Unavailable, "The file %s can't be read.", path)
	}
	return Parse(ctx, filepath.Base(path), data, how)
}

// Parse reads the bytes of a file. Malformed: it is not a table; TooLarge.
func Parse(ctx context.Context, name string, data []byte, how importing.Format) (importing.Table, error) {
	if len(data) > importing.MaxBytes {
		return importing.Table{}, errs.New(errs.TooLarge, "The file has more than %d MB. Split it into several files.", importing.MaxBytes>>20)
	}
	t := importing.Table{Name: name, Format: how}
	if sentence := notATable(data); sentence != "" {
		return t, errs.New(errs.Malformed, "%s", sentence)
	}
	var err error
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		err = readWorkbook(ctx, &t, data)
	} else {
		err = readText(ctx, &t, data)
	}
	return t, err
}

// notATable recognises what people take for a table by mistake.
func notATable(data []byte) string {
	start := bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\xef\xbb\xbf")))
	switch {
	case len(start) == 0:
		return "The file is empty."
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password, or as CSV."
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "This is a PDF. Export the orders as CSV or XLSX instead."
	case bytes.HasPrefix(start, []byte("<")):
		return "This is a web page or XML, whatever its name says. Open it in a spreadsheet program and save it as .xlsx or CSV."
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[{")):
		return "This is JSON, not a table. Export the orders as CSV or XLSX instead."
	}
	return ""
}
