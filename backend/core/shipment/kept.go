package shipment

import (
	"cmp"
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// Kept lists the documents that are kept of a shipment, oldest first. Only at this machine.
func (s *Service) Kept(ctx context.Context, id ID) ([]document.Document, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var out []document.Document
	err := s.Store.Read(ctx, func(r Repo) (err error) { out, err = r.DocumentsOf(string(id)); return err })
	return out, err
}

// KeptFile gives a document of a shipment as it is kept, by its key, and notes that it was taken out. Only at this
// machine. NotFound: the shipment has no such document; Conflict: it is a label that must not be used.
func (s *Service) KeptFile(ctx context.Context, id ID, key string) (document.File, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.File{}, err
	}
	sh, err := s.find(ctx, "", Handle{ID: id})
	if err != nil {
		return document.File{}, err
	}
	var f document.File
	err = s.Store.Read(ctx, func(r Repo) error {
		d, err := r.Document(key)
		if err != nil {
			return err
		}
		if d.ShipmentID != string(id) {
			return errs.New(errs.NotFound, "There is no such document.")
		}
		f, err = document.Read(r, d)
		return err
	})
	if err != nil {
		return document.File{}, err
	}
	if f.Kind == document.KindLabel {
		if err := sh.LabelUsable(); err != nil {
			return document.File{}, err
		}
	}
	return f, s.takenOut(ctx, sh, &f, takenOutBy(f.Kind))
}

// PapersOf gives a courier's own papers of a kind in the order they came, none where it gave none. Only at this machine.
func (s *Service) PapersOf(ctx context.Context, sh Shipment, kind document.Kind) (files []document.File, err error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	err = s.Store.Read(ctx, func(r Repo) error {
		list, err := papersOf(r, sh, kind)
		if err != nil {
			return err
		}
		for _, d := range list {
			f, err := document.Read(r, d)
			if err != nil {
				return err
			}
			files = append(files, f)
		}
		return nil
	})
	return files, err
}

// papersOf gives the records of a courier's own papers of a kind; they are numbered in their variants.
func papersOf(r Repo, sh Shipment, kind document.Kind) ([]document.Document, error) {
	if !kind.OfCourier() {
		return nil, nil
	}
	kept, err := r.DocumentsOf(string(sh.ID))
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(slices.Clone(kept), func(d document.Document) bool { return d.Kind != kind })
	slices.SortStableFunc(list, func(a, b document.Document) int {
		return cmp.Or(cmp.Compare(len(a.Variant), len(b.Variant)), cmp.Compare(a.Variant, b.Variant))
	})
	return list, nil
}

// courierPaper gives one of a courier's papers of a kind by its key, the first where that is "". NotFound: it gave none.
func (s *Service) courierPaper(ctx context.Context, sh Shipment, kind document.Kind, key string) (f document.File, err error) {
	err = s.Store.Read(ctx, func(r Repo) error {
		list, err := papersOf(r, sh, kind)
		if err != nil {
			return err
		}
		first := slices.IndexFunc(list, func(d document.Document) bool { return key == "" || d.Key == key })
		if first < 0 {
			return errs.New(errs.NotFound, "The courier gave no %s with this shipment.", courier.PaperKind(kind).Word())
		}
		f, err = document.Read(r, list[first])
		return err
	})
	return f, err
}
