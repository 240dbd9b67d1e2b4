package desktop

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// SaveList asks where to and saves the filtered rows: format is "csv", or "json" for one JSON value a line.
func (s *Shipments) SaveList(filter shipment.Filter, format string) (SavedFile, error) {
	return ask(s.door, "Shipments.SaveList", func(ctx context.Context, on *Services) (SavedFile, error) {
		kind, name := FileKind{Name: "CSV table", Extension: "csv"}, "shipments.csv"
		if format == shipment.JSONLines {
			kind, name = FileKind{Name: "JSON lines", Extension: "jsonl"}, "shipments.jsonl"
		}
		out := SavedFile{}
		var err error
		out.Path, err = s.door.saveAs("Export shipments", name, kind, func(to io.Writer) (err error) {
			out.Rows, err = on.Shipments.Export(ctx, filter, format, to)
			return err
		})
		return out, err
	})
}

// saveAs asks where to and writes a file there, "" where the user closed the dialog. Nothing half-written stays behind.
func (d *Door) saveAs(title, name string, kind FileKind, write func(io.Writer) error) (string, error) {
	path, err := d.frame().SaveFile(title, name, kind)
	if err != nil || path == "" {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder.", path)
	}
	buffered := bufio.NewWriter(file)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path)
		return "", errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder, or make some room.", path)
	}
	return path, nil
}
