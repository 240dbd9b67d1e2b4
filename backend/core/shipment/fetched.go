package shipment

import (
	"context"

	"packbench/backend/core/actor"
	"packbench/backend/core/document"
)

// Fetched notes that somebody with its link fetched a document: a label counts as taken out from the first time on. What
// is fetched again, and other documents, change nothing. NotFound.
func (s *Service) Fetched(ctx context.Context, d document.Document) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	if d.Kind != document.KindLabel {
		return nil
	}
	sh, err := s.find(ctx, "", Handle{ID: ID(d.ShipmentID)})
	if err != nil || sh.PrintedMs != 0 {
		return err
	}
	return s.noted(ctx, sh, nil, s.moment(ctx, StepLabel, d.Variant))
}
