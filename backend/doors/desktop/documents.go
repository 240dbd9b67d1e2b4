package desktop

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// DocumentAsk names a document of a shipment. Format and DPI (203 or 300) are for labels, "" and 0 for what was bought;
// Copies (0 for one) for slips and invoices. With Key, it is the kept document of that key, and the rest counts nothing.
type DocumentAsk struct {
	Key        string         `json:"key,omitempty"`
	ShipmentID shipment.ID    `json:"shipment_id"`
	Kind       document.Kind  `json:"kind"`
	Format     courier.Format `json:"format"`
	DPI        int            `json:"dpi"`
	Copies     int            `json:"copies"`
}

// DocumentData is a document for showing it in the window.
type DocumentData struct {
	Name     string            `json:"name"`
	Media    string            `json:"media"`
	Base64   string            `json:"base64"`
	Warnings []courier.Warning `json:"warnings"`
}

// SavedDocument tells where a document was saved; Path is "" where the dialog was closed.
type SavedDocument struct {
	Path     string            `json:"path"`
	Warnings []courier.Warning `json:"warnings"`
}

// Document gives a document's bytes.
func (s *Shipments) Document(in DocumentAsk) (DocumentData, error) {
	return ask(s.door, "Shipments.Document", func(ctx context.Context, on *Services) (DocumentData, error) {
		file, name, err := fetch(ctx, on, in)
		if err != nil {
			return DocumentData{}, err
		}
		return DocumentData{
			Name: name, Media: file.Media, Base64: base64.StdEncoding.EncodeToString(file.Bytes), Warnings: file.Warnings,
		}, nil
	})
}

// SaveDocument asks where to and saves a document there.
func (s *Shipments) SaveDocument(in DocumentAsk) (SavedDocument, error) {
	return ask(s.door, "Shipments.SaveDocument", func(ctx context.Context, on *Services) (SavedDocument, error) {
		file, name, err := fetch(ctx, on, in)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := s.door.frame().SaveFile("Save "+name, name, fileKind(file.Media))
		if err != nil || path == "" {
			return SavedDocument{}, err
		}
		if err := os.WriteFile(path, file.Bytes, 0o600); err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The file could not be written to %s. Choose another folder.", path)
		}
		return SavedDocument{Path: path, Warnings: file.Warnings}, nil
	})
}

// OpenDocument hands a document to the system's viewer, from which it can be printed.
func (s *Shipments) OpenDocument(in DocumentAsk) (SavedDocument, error) {
	return ask(s.door, "Shipments.OpenDocument", func(ctx context.Context, on *Services) (SavedDocument, error) {
		file, name, err := fetch(ctx, on, in)
		if err != nil {
			return SavedDocument{}, err
		}
		path, err := s.door.viewed.write(name, file.Bytes)
		if err != nil {
			return SavedDocument{}, errs.Wrap(err, errs.Unavailable, "The document could not be put down for the viewer: the temporary folder does not take files.")
		}
		s.door.frame().OpenURL("file://" + filepath.ToSlash(path))
		return SavedDocument{Path: path, Warnings: file.Warnings}, nil
	})
}

// fetch makes or finds the document and names its file after what it is and the shipment's number.
func fetch(ctx context.Context, on *Services, in DocumentAsk) (document.File, string, error) {
	handle, copies := shipment.Handle{ID: in.ShipmentID}, max(in.Copies, 1)
	sh, err := on.Shipments.Get(ctx, "", handle)
	if err != nil {
		return document.File{}, "", err
	}
	var file document.File
	switch {
	case in.Key != "":
		file, err = on.Shipments.KeptFile(ctx, in.ShipmentID, in.Key)
		in.Kind = file.Kind
	case in.Kind == document.KindLabel:
		file, err = on.Shipments.Label(ctx, "", handle, in.Format, in.DPI)
	case in.Kind == document.KindPackingSlip:
		file, err = on.Shipments.PackingSlip(ctx, "", handle, copies)
	case in.Kind == document.KindInvoice:
		file, err = on.Shipments.CommercialInvoice(ctx, "", handle, copies)
	default:
		err = errs.OnField("kind", "There is no document %q; it is label, packing-slip or commercial-invoice.", string(in.Kind))
	}
	return file, fmt.Sprintf("%s-%d.%s", in.Kind, sh.Number, fileKind(file.Media).Extension), err
}

func fileKind(media string) FileKind {
	switch media {
	case "application/zpl":
		return FileKind{Name: "ZPL label", Extension: "zpl"}
	case "image/png":
		return FileKind{Name: "PNG picture", Extension: "png"}
	}
	return FileKind{Name: "PDF document", Extension: "pdf"}
}
