package bulk

import (
	"context"
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/core/shipment"
)

// manifests makes the PDF that couriers' drivers sign, from what they may collect.
func (s *Service) manifests(ctx context.Context, r *run) (why string) {
	for {
		rows := s.next(ctx, r, drawnTogether)
		if len(rows) == 0 {
			break
		}
		for _, i := range rows {
			if ctx.Err() != nil {
				return ""
			}
			sh, err := s.Shipments.Get(ctx, "", shipment.Handle{ID: r.rows[i].id})
			if err == nil {
				err = sh.Collectable()
			}
			r.rows[i].bought = sh
			s.settle(r, i, sh, err)
		}
	}
	if s.stopped(ctx, r) {
		return ""
	}
	var list []shipment.Shipment
	var rows []int
	for i := range r.rows {
		if w := &r.rows[i]; w.state == through && !w.filed {
			list, rows = append(list, w.bought), append(rows, i)
			w.bought = shipment.Shipment{}
		}
	}
	if len(list) == 0 {
		return ""
	}
	f, err := s.manifest(ctx, list)
	if err != nil {
		s.unbind(r)
		return errs.As(err).Message
	}
	f.rows = rows
	s.file(r, f, "manifest", "pdf")
	s.filed(r)
	return ""
}

func (s *Service) manifest(ctx context.Context, list []shipment.Shipment) (File, error) {
	all, err := s.Shipments.ManifestsOf(ctx, list)
	if err != nil {
		return File{}, err
	}
	drawn, err := s.Drawer.DrawManifests(ctx, all)
	if err != nil {
		return File{}, err
	}
	f := File{Bytes: drawn.Bytes, Media: "application/pdf", Shipments: len(list), Warnings: drawn.Warnings}
	for _, pages := range drawn.Pages {
		f.Pages += pages
	}
	for i, w := range f.Warnings {
		f.Warnings[i].Message = fmt.Sprintf("Manifest: %s", w.Message)
	}
	return f, nil
}
