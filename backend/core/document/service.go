package document

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// Service makes, keeps and gives documents.
type Service struct {
	Store  store.Store[Repo]
	Drawer Drawer
	Clock  clock.Clock
}

// Owner is what a document belongs to.
type Owner struct{ ShipmentID, AccountID string }

// MaxCopies is how often one document may be drawn into one file.
const MaxCopies = 100

// LabelVariant names what tells two labels of one shipment apart.
func LabelVariant(format courier.Format, size courier.Size, dpi int) string {
	return fmt.Sprintf("%s %s %d", format, size, dpi)
}

var mediaTypes = map[courier.Format]string{courier.PDF: "application/pdf", courier.ZPL: "application/zpl", courier.PNG: "image/png"}

// Label describes a label for keeping.
func (s *Service) Label(owner Owner, l courier.Label) File {
	return s.file(owner, KindLabel, mediaTypes[l.Format], LabelVariant(l.Format, l.Size, l.DPI), l.Bytes)
}

// Papers describes a courier's own papers for keeping; those of one kind are numbered from 1.
func (s *Service) Papers(owner Owner, papers []courier.Paper) []File {
	var list []File
	count := map[courier.PaperKind]int{}
	for _, p := range papers {
		count[p.Kind]++
		list = append(list, s.file(owner, Kind(p.Kind), mediaTypes[p.Format], fmt.Sprintf("%s %d", p.Format, count[p.Kind]), p.Bytes))
	}
	return list
}

// PackingSlip draws a slip; nothing is kept yet. Invalid: the copies, or the fields that can't be drawn.
func (s *Service) PackingSlip(ctx context.Context, owner Owner, slip PackingSlip, copies int) (File, error) {
	return s.draw(owner, KindPackingSlip, copies, func() ([]byte, []courier.Warning, error) {
		return s.Drawer.DrawPackingSlip(ctx, slip, copies)
	})
}

// CommercialInvoice draws an invoice; nothing is kept yet. Invalid: the copies, or the fields that can't be drawn.
func (s *Service) CommercialInvoice(ctx context.Context, owner Owner, invoice CommercialInvoice, copies int) (File, error) {
	return s.draw(owner, KindInvoice, copies, func() ([]byte, []courier.Warning, error) {
		return s.Drawer.DrawCommercialInvoice(ctx, invoice, copies)
	})
}

// Manifest describes the paper of a closed day for keeping.
func (s *Service) Manifest(owner Owner, pdf []byte) File {
	return s.file(owner, KindManifest, "application/pdf", "pdf 1", pdf)
}

func (s *Service) draw(owner Owner, kind Kind, copies int, draw func() ([]byte, []courier.Warning, error)) (File, error) {
	if copies < 1 || copies > MaxCopies {
		return File{}, errs.OnField("copy_count", "Copy count must be a whole number from 1 to %d.", MaxCopies)
	}
	bytes, warnings, err := draw()
	if err != nil {
		return File{}, err
	}
	f := s.file(owner, kind, "application/pdf", fmt.Sprintf("pdf %d", copies), bytes)
	f.Warnings = warnings
	return f, nil
}

func (s *Service) file(owner Owner, kind Kind, media, variant string, bytes []byte) File {
	now := s.Clock.Now()
	return File{Bytes: bytes, Document: Document{
		Key: newKey(now), ShipmentID: owner.ShipmentID, AccountID: owner.AccountID, Kind: kind, Media: media, Variant: variant,
		SHA256: digest(bytes), Size: int64(len(bytes)), CreatedMs: now.UnixMilli(),
	}}
}

// Keep stores the file in the caller's transaction. Where the same document of the shipment is kept already, nothing is
// stored and the file takes that one's key, so that a reprint does not pile copies up.
func Keep(r Repo, f *File) error {
	kept, err := r.DocumentsOf(f.ShipmentID)
	if err != nil {
		return err
	}
	for _, d := range kept {
		if d.Kind == f.Kind && d.Variant == f.Variant && d.SHA256 == f.SHA256 {
			f.Document = d
			return nil
		}
	}
	return r.PutDocument(f.Document, f.Bytes)
}

// Open gives a kept document by its key. NotFound; Internal when the bytes no longer match their digest.
func (s *Service) Open(ctx context.Context, key string) (File, error) {
	var f File
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if f.Document, err = r.Document(key); err != nil {
			return err
		}
		if err = actor.Allow(ctx, f.AccountID, actor.Documents); err != nil {
			return err
		}
		f, err = Read(r, f.Document)
		return err
	})
	if err != nil {
		return File{}, err
	}
	return f, nil
}

// Read gives the bytes of a document that a transaction has found.
func Read(r Repo, d Document) (File, error) {
	bytes, err := r.Bytes(d)
	if err != nil {
		return File{}, err
	}
	f := File{Document: d, Bytes: bytes}
	return f, f.whole()
}

// whole returns Internal when the bytes are not those that were kept.
func (f File) whole() error {
	if digest(f.Bytes) != f.SHA256 {
		return errs.New(errs.Internal, "This file has been damaged on the disk. Restore a backup, or buy the label again.")
	}
	return nil
}

func digest(bytes []byte) string {
	sum := sha256.Sum256(bytes)
	return hex.EncodeToString(sum[:])
}

// newKey makes a URL-safe key of the moment and 96 random bits: keys of one time are neighbours in the store, where keys of
// chance would each lie on a page of their own.
func newKey(now time.Time) string {
	var b [20]byte
	binary.BigEndian.PutUint64(b[:8], uint64(now.UnixMilli()))
	if _, err := rand.Read(b[8:]); err != nil {
		panic("document: the system's random source failed: " + err.Error()) // crypto/rand never returns an error since Go 1.24
	}
	return base64.RawURLEncoding.EncodeToString(b[2:]) // the first two bytes are zero until the year 10889
}
