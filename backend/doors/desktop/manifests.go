package desktop

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/auth"
	"packbench/backend/core/document"
	"packbench/backend/core/manifest"
	"packbench/backend/core/shipment"
)

// Manifests closes days; the topic "manifests" tells when one has moved.
type Manifests struct{ door *Door }

// ManifestPage is a page of manifests. Next is "" on the last one.
type ManifestPage struct {
	Items []manifest.Manifest `json:"items"`
	Next  string              `json:"next"`
}

// Left gives what is left open, for each registered auth that has any.
func (m *Manifests) Left() ([]manifest.Left, error) {
	return ask(m.door, "Manifests.Left", func(ctx context.Context, on *Services) ([]manifest.Left, error) {
		return on.Manifests.Left(ctx)
	})
}

// Close closes the day for an auth: all that is open with it.
func (m *Manifests) Close(authID string) (manifest.Manifest, error) {
	return ask(m.door, "Manifests.Close", func(ctx context.Context, on *Services) (manifest.Manifest, error) {
		return on.Manifests.Close(ctx, auth.ID(authID), nil)
	})
}

// Again asks the courier for an unknown manifest once more.
func (m *Manifests) Again(id string) (manifest.Manifest, error) {
	return ask(m.door, "Manifests.Again", func(ctx context.Context, on *Services) (manifest.Manifest, error) {
		return on.Manifests.Again(ctx, manifest.ID(id))
	})
}

// SettleClosed closes an unknown manifest that a person found to be closed at the courier.
func (m *Manifests) SettleClosed(id, courierRef string) (manifest.Manifest, error) {
	return ask(m.door, "Manifests.SettleClosed", func(ctx context.Context, on *Services) (manifest.Manifest, error) {
		return on.Manifests.SettleClosed(ctx, manifest.ID(id), courierRef)
	})
}

// SettleOpen ends an unknown manifest that a person found not to be closed at the courier.
func (m *Manifests) SettleOpen(id string) (manifest.Manifest, error) {
	return ask(m.door, "Manifests.SettleOpen", func(ctx context.Context, on *Services) (manifest.Manifest, error) {
		return on.Manifests.SettleOpen(ctx, manifest.ID(id))
	})
}

// List gives manifests, newest first.
func (m *Manifests) List(filter manifest.Filter, p page.Request) (ManifestPage, error) {
	return ask(m.door, "Manifests.List", func(ctx context.Context, on *Services) (ManifestPage, error) {
		got, err := on.Manifests.List(ctx, filter, p)
		return ManifestPage(got), err
	})
}

// Numbered gives the manifest with a number.
func (m *Manifests) Numbered(number int64) (manifest.Manifest, error) {
	return ask(m.door, "Manifests.Numbered", func(ctx context.Context, on *Services) (manifest.Manifest, error) {
		return on.Manifests.Numbered(ctx, number)
	})
}

// Contents gives up to 500 of a manifest's shipments behind a number.
func (m *Manifests) Contents(id string, after int64) ([]shipment.Row, error) {
	return ask(m.door, "Manifests.Contents", func(ctx context.Context, on *Services) ([]shipment.Row, error) {
		return on.Manifests.Contents(ctx, manifest.ID(id), after)
	})
}

// SavePaper asks where to and saves a manifest's paper there.
func (m *Manifests) SavePaper(id string) (SavedDocument, error) {
	return ask(m.door, "Manifests.SavePaper", func(ctx context.Context, on *Services) (SavedDocument, error) {
		f, name, err := paperOf(ctx, on, id)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := m.door.frame().SaveFile("Save "+name, name, fileKind(f.Media))
		if err != nil || path == "" {
			return SavedDocument{}, err
		}
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder.", path)
		}
		return SavedDocument{Path: path}, nil
	})
}

// OpenPaper hands a manifest's paper to the system's viewer, from which it can be printed.
func (m *Manifests) OpenPaper(id string) (SavedDocument, error) {
	return ask(m.door, "Manifests.OpenPaper", func(ctx context.Context, on *Services) (SavedDocument, error) {
		f, name, err := paperOf(ctx, on, id)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := m.door.viewed.write(name, f.Bytes)
		if err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The document could not be put down for the viewer: the temporary folder does not take files.")
		}
		m.door.frame().OpenURL("file://" + filepath.ToSlash(path))
		return SavedDocument{Path: path}, nil
	})
}

// paperOf gives a manifest's paper and names its file after the manifest's number.
func paperOf(ctx context.Context, on *Services, id string) (document.File, string, error) {
	m, f, err := on.Manifests.Paper(ctx, manifest.ID(id))
	return f, fmt.Sprintf("manifest-%d.pdf", m.Number), err
}
