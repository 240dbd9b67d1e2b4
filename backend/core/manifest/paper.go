package manifest

import (
	"context"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// readTogether is how many shipments are read at once.
const readTogether = 500

// shipmentsOf gives the shipments of a manifest that are not cancelled, as far as it and its paper need them: what was sent
// over the wire for each would fill the memory.
func (s *Service) shipmentsOf(ctx context.Context, id ID) ([]shipment.Shipment, error) {
	var list []shipment.Shipment
	for after := int64(0); ; {
		var some []shipment.Shipment
		err := s.Store.Read(ctx, func(r Repo) (err error) { some, err = r.ManifestShipments(id, after, readTogether); return err })
		if err != nil {
			return nil, err
		}
		for _, sh := range some {
			after = sh.Number
			if sh.State != shipment.Cancelled {
				sh.Request, sh.Answer = nil, nil
				list = append(list, sh)
			}
		}
		if len(some) < readTogether {
			return list, nil
		}
	}
}

func references(list []shipment.Shipment) []courier.Reference {
	out := make([]courier.Reference, len(list))
	for i, sh := range list {
		out[i] = courier.Reference{ShipmentID: string(sh.ID), CourierRef: sh.CourierRef, TrackingCodes: sh.TrackingCodes, Status: sh.Status}
	}
	return out
}

// paper gives the file of a manifest: the courier's own as it came, else the list that its driver signs.
func (s *Service) paper(ctx context.Context, m Manifest, given []byte, list []shipment.Shipment) (f document.File, own bool, err error) {
	if !courier.PDF.Matches(given) {
		if given, err = s.draw(ctx, m, list); err != nil {
			return document.File{}, true, err
		}
		own = true
	}
	return s.Documents.Manifest(document.Owner{ShipmentID: string(m.ID), AccountID: string(m.AccountID)}, given), own, nil
}

// draw draws the list of a manifest, for each place that its parcels are collected from.
func (s *Service) draw(ctx context.Context, m Manifest, list []shipment.Shipment) ([]byte, error) {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"}) // whoever closes the day may have its paper
	all, err := s.Shipments.ManifestsOf(ctx, list)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Number = strconv.FormatInt(m.Number, 10)
	}
	drawn, err := s.Drawer.DrawManifests(ctx, all)
	return drawn.Bytes, err
}

// Paper gives the paper of a closed manifest as it is kept, and notes who took it. Only at this machine. Conflict: it is
// not closed.
func (s *Service) Paper(ctx context.Context, id ID) (m Manifest, f document.File, err error) {
	m, err = s.one(ctx, func(r Repo) (Manifest, error) { return r.Manifest(id) })
	if err == nil && m.State != Closed {
		err = errs.New(errs.Conflict, "Manifest %d has no paper: it is %s.", m.Number, m.State)
	}
	if err == nil && m.PaperKey == "" {
		err = s.drawLate(ctx, &m)
	}
	if err != nil {
		return m, f, err
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		d, err := r.Document(m.PaperKey)
		if err != nil {
			return err
		}
		if f, err = document.Read(r, d); err != nil {
			return err
		}
		return s.record(ctx, r, "manifest.paper", m)
	})
	return m, f, err
}

// drawLate draws and keeps the paper that could not be drawn when the day was closed.
func (s *Service) drawLate(ctx context.Context, m *Manifest) error {
	list, err := s.shipmentsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	f, own, err := s.paper(ctx, *m, nil, list)
	if err != nil {
		return err
	}
	m.PaperKey, m.OwnPaper = f.Key, own
	return s.Store.Write(ctx, func(r Repo) error {
		if err := r.PutDocument(f.Document, f.Bytes); err != nil {
			return err
		}
		return r.UpdateManifest(*m, Closed)
	})
}
