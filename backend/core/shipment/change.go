package shipment

import (
	"context"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// change is what one step does to a shipment, besides its row and payload.
type change struct {
	moments []Moment
	events  []courier.Event
	release bool           // give the claims of a cancelled shipment back
	keysToo bool           // with release: Idempotency-Key claims too, because it was not bought
	action  string         // of the audit; "" for none
	file    *document.File // kept where it is new
	none    bool           // there is nothing to change
}

// change reads a shipment, lets decide change it, and stores it. Where somebody else was quicker, it begins again with
// what they left.
func (s *Service) change(ctx context.Context, accountID account.ID, h Handle, decide func(*Shipment) (change, error)) (Shipment, error) {
	for {
		sh, err := s.find(ctx, accountID, h)
		if err != nil {
			return Shipment{}, err
		}
		was := sh.Row
		step, err := decide(&sh)
		if err != nil || step.none {
			return sh, err
		}
		stored, err := s.store(ctx, &sh, was, step)
		if err != nil || stored {
			return sh, err
		}
		h = Handle{ID: sh.ID}
	}
}

// store commits a changed shipment; stored is false where its version is no longer the one that was read.
func (s *Service) store(ctx context.Context, sh *Shipment, was Row, step change) (stored bool, err error) {
	sh.UpdatedMs = s.Clock.Now().UnixMilli()
	if err := sh.pack(); err != nil {
		return false, err
	}
	outdated := false
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := r.UpdateShipment(*sh); err != nil {
			outdated = errs.Is(err, errs.Conflict)
			return err
		}
		if sh.State == Booked && was.State != Booked { // a person settled it
			if err := s.toldOrigin(ctx, r, *sh); err != nil {
				return err
			}
		}
		for _, m := range step.moments {
			if err := r.AppendMoment(sh.ID, m); err != nil {
				return err
			}
		}
		for _, e := range step.events {
			if err := r.AppendEvent(sh.ID, e); err != nil {
				return err
			}
		}
		if step.file != nil {
			if err := document.Keep(r, step.file); err != nil {
				return err
			}
		}
		if step.release {
			if err := r.ReleaseClaims(sh.ID, step.keysToo); err != nil {
				return err
			}
		}
		if step.action == "" {
			return nil
		}
		return audit.Record(ctx, r, s.Clock.Now(), step.action, subject(sh), string(sh.AccountID), state(was), state(sh.Row))
	})
	if outdated {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sh.Version++
	sh.Timeline = append(sh.Timeline, step.moments...)
	sh.Events = append(sh.Events, step.events...)
	return true, nil
}

func subject(sh *Shipment) audit.Subject {
	return audit.Subject{Kind: "shipment", ID: string(sh.ID), Name: sh.Reference}
}

func state(r Row) any {
	return map[string]any{"number": r.Number, "state": r.State, "status_code": r.Status}
}

// add puts a moment into the shipment's timeline.
func (sh *Shipment) add(m Moment) { sh.Timeline = append(sh.Timeline, m) }

func (s *Service) moment(ctx context.Context, step, note string) Moment {
	a, _ := actor.From(ctx)
	return Moment{AtMs: s.Clock.Now().UnixMilli(), Step: step, Note: note, By: a.Name}
}

func (s *Service) event(code string, status courier.Status, description string) courier.Event {
	now := s.Clock.Now()
	return courier.Event{ID: ident.New(now), TrackingCode: code, AtMs: now.UnixMilli(), Status: status, Description: description}
}
