package desktop

import (
	"context"
	"errors"
	"io"
	"strconv"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/wholefile"
	"packbench/backend/core/shipment"
)

// Exports is saving lists as files.
type Exports struct {
	door *Door

	mu   sync.Mutex
	stop context.CancelFunc // of the export under way; nil while there is none
}

// Shipments asks where to and saves the filtered rows in the order of the list: format is "csv", or "json" for one JSON value
// a line. On the way the event "export" says how many rows are written. The path is "" where the user closed the dialog or
// stopped it: nothing was written then. Conflict: an export is under way.
func (e *Exports) Shipments(filter shipment.Filter, format string) (SavedFile, error) {
	return ask(e.door, "Exports.Shipments", func(ctx context.Context, on *Services) (SavedFile, error) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		e.mu.Lock()
		if e.stop != nil {
			e.mu.Unlock()
			return SavedFile{}, errs.New(errs.Conflict, "An export is under way. Wait for its end, or stop it.")
		}
		e.stop = stop
		e.mu.Unlock()
		defer func() {
			e.mu.Lock()
			e.stop = nil
			e.mu.Unlock()
		}()
		kind, name := FileKind{Name: "CSV table", Extension: "csv"}, "shipments.csv"
		if format == shipment.JSONLines {
			kind, name = FileKind{Name: "JSON lines", Extension: "jsonl"}, "shipments.jsonl"
		}
		out := SavedFile{}
		var err error
		out.Path, err = e.door.saveAs("Export shipments", name, kind, func(to io.Writer) (err error) {
			out.Rows, err = on.Shipments.Export(ctx, filter, format, to, func(rows int64) {
				e.door.Changed("export", strconv.FormatInt(rows, 10))
			})
			return err
		})
		if ctx.Err() != nil {
			return SavedFile{}, nil
		}
		return out, err
	})
}

// Stop ends the export under way, if there is one; no file is left of it.
func (e *Exports) Stop() error {
	_, err := answer(e.door, "Exports.Stop", func(context.Context) (struct{}, error) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.stop != nil {
			e.stop()
		}
		return struct{}{}, nil
	})
	return err
}

// saveAs asks where to and writes a file there, "" where the user closed the dialog. Nothing half-written stays behind, and
// what stood there stays until the new file is whole.
func (d *Door) saveAs(title, name string, kind FileKind, write func(io.Writer) error) (string, error) {
	path, err := d.frame().SaveFile(title, name, kind)
	if err != nil || path == "" {
		return "", err
	}
	err = wholefile.Write(path, write)
	var own *errs.Error
	if errors.As(err, &own) { // what was to be written could not be made
		return "", err
	}
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder, or make some room.", path)
	}
	return path, nil
}
