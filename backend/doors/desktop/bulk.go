package desktop

import (
	"context"
	"os"
	"path/filepath"

	"packbench/backend/base/errs"
	"packbench/backend/core/bulk"
	"packbench/backend/core/shipment"
)

// Bulk does one thing to many shipments. A run goes on behind the window; the topic "bulk" tells when it has moved.
type Bulk struct{ door *Door }

// Picked is the shipments of a filter, in the order of the list; More says that the limit left others out.
type Picked struct {
	IDs  []shipment.ID `json:"ids"`
	More bool          `json:"more"`
}

// Pick gives the shipments of a filter, up to the limit of a run.
func (b *Bulk) Pick(filter shipment.Filter) (Picked, error) {
	return ask(b.door, "Bulk.Pick", func(ctx context.Context, on *Services) (Picked, error) {
		ids, more, err := on.Bulk.Pick(ctx, filter)
		return Picked{IDs: ids, More: more}, err
	})
}

// Foresee says what a run would find: what can be cancelled and why not, which labels are PDF and which ZPL.
func (b *Bulk) Foresee(ids []string) (bulk.Foresight, error) {
	return ask(b.door, "Bulk.Foresee", func(ctx context.Context, on *Services) (bulk.Foresight, error) {
		list := make([]shipment.ID, len(ids))
		for i, id := range ids {
			list[i] = shipment.ID(id)
		}
		return on.Bulk.Foresee(ctx, list)
	})
}

// Start begins a run.
func (b *Bulk) Start(in bulk.Ask) (bulk.Run, error) {
	return ask(b.door, "Bulk.Start", func(ctx context.Context, on *Services) (bulk.Run, error) { return on.Bulk.Start(ctx, in) })
}

// Now gives the run as it stands; its id is "" where there is none.
func (b *Bulk) Now() (bulk.Run, error) {
	return ask(b.door, "Bulk.Now", func(ctx context.Context, on *Services) (bulk.Run, error) { return on.Bulk.Now(ctx) })
}

// Stop does no more after the shipment in hand.
func (b *Bulk) Stop() (bulk.Run, error) {
	return ask(b.door, "Bulk.Stop", func(ctx context.Context, on *Services) (bulk.Run, error) { return on.Bulk.Stop(ctx) })
}

// Continue goes on with what a stopped run left.
func (b *Bulk) Continue() (bulk.Run, error) {
	return ask(b.door, "Bulk.Continue", func(ctx context.Context, on *Services) (bulk.Run, error) { return on.Bulk.Continue(ctx) })
}

// Again tries what was parked once more.
func (b *Bulk) Again() (bulk.Run, error) {
	return ask(b.door, "Bulk.Again", func(ctx context.Context, on *Services) (bulk.Run, error) { return on.Bulk.Again(ctx) })
}

// Dismiss forgets the run and its files.
func (b *Bulk) Dismiss() error {
	return do(b.door, "Bulk.Dismiss", func(ctx context.Context, on *Services) error { return on.Bulk.Dismiss(ctx) })
}

// SaveFile asks where to and saves a file of the run there. Path is "" where the dialog was closed.
func (b *Bulk) SaveFile(place int) (SavedDocument, error) {
	return ask(b.door, "Bulk.SaveFile", func(ctx context.Context, on *Services) (SavedDocument, error) {
		f, err := on.Bulk.Take(ctx, place)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := b.door.frame().SaveFile("Save "+f.Name, f.Name, fileKind(f.Media))
		if err != nil || path == "" {
			return SavedDocument{}, err
		}
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder.", path)
		}
		return SavedDocument{Path: path, Warnings: f.Warnings}, on.Bulk.Gave(ctx, place)
	})
}

// OpenFile hands a file of the run to the system's viewer, from which it can be printed.
func (b *Bulk) OpenFile(place int) (SavedDocument, error) {
	return ask(b.door, "Bulk.OpenFile", func(ctx context.Context, on *Services) (SavedDocument, error) {
		f, err := on.Bulk.Take(ctx, place)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := b.door.viewed.write(f.Name, f.Bytes)
		if err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The file could not be put down for the viewer: the temporary folder does not take files.")
		}
		b.door.frame().OpenURL("file://" + filepath.ToSlash(path))
		return SavedDocument{Path: path, Warnings: f.Warnings}, on.Bulk.Gave(ctx, place)
	})
}
