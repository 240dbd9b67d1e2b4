package shipment

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
)

// Redo cancels a shipment at its courier and, once that is certain, buys its order again as a new shipment. Everything
// that could keep the order from being bought is looked at before the cancellation. The cancellation is committed with
// RedoDue, which ends with the new label and hands it the first one's request_id: an order system that repeats its request
// is given the new label, never a third one. Between the two, Redo again goes on where it stopped, and a repeat gives what
// was bought. Only at this machine. Conflict: it can't be cancelled, or not any more; Unclear: it is not known whether
// the courier cancelled, and nothing was bought, or whether it sold the new label; else as Create.
func (s *Service) Redo(ctx context.Context, h Handle) (Created, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Created{}, err
	}
	first, err := s.find(ctx, "", h)
	if err != nil {
		return Created{}, err
	}
	if out, done, err := s.redone(ctx, first); done || err != nil {
		return out, err
	}
	p, err := s.prepareAgain(ctx, first, RedoOf, "")
	if err != nil {
		return s.repeatedRedo(ctx, err)
	}
	if err := s.ready(ctx, &p, 0); err != nil {
		return Created{}, err
	}
	if !first.RedoDue {
		if first, _, err = s.cancel(ctx, "", Handle{ID: first.ID}, true); err != nil {
			return Created{}, nothingBought(err)
		}
		if out, done, err := s.redone(ctx, first); done || err != nil { // somebody else was quicker
			return out, err
		}
	}
	out, err := s.buy(ctx, p, Origin{})
	return out, cancelledOnly(first, err)
}

// redone answers a redo that has ended, with what it bought, and refuses one of what can't be cancelled.
func (s *Service) redone(ctx context.Context, first Shipment) (out Created, done bool, err error) {
	if first.RedoDue {
		return Created{}, false, nil
	}
	if first.State == Cancelled {
		for _, l := range slices.Backward(first.Links) {
			if l.Kind != RedoneAs {
				continue
			}
			if out, err := s.again(ctx, l.ID); err == nil && !out.Cancelled {
				return out, true, nil
			}
		}
		return Created{}, false, errs.New(errs.Conflict, "Shipment %d is cancelled, so there is nothing to redo. Make a new shipment from it instead.", first.Number)
	}
	if c := s.Cancellable(first); !c.Yes {
		return Created{}, false, nothingBought(errs.New(errs.Conflict, "%s", c.Why))
	}
	return Created{}, false, nil
}

// repeatedRedo answers a redo whose purchase was made before. One that was cancelled since is not the label that is wanted.
func (s *Service) repeatedRedo(ctx context.Context, err error) (Created, error) {
	out, err := s.repeated(ctx, err)
	if err == nil && out.Cancelled {
		return Created{}, errs.New(errs.Conflict, "It was bought again as shipment %d, which has been cancelled since.", out.Shipment.Number)
	}
	return out, err
}

// EndRedo leaves a shipment cancelled whose redo has not bought again. Only at this machine.
func (s *Service) EndRedo(ctx context.Context, h Handle) (Shipment, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Shipment{}, err
	}
	return s.change(ctx, "", h, func(sh *Shipment) (change, error) {
		if !sh.RedoDue {
			return change{none: true}, nil
		}
		sh.RedoDue = false
		return change{moments: []Moment{s.moment(ctx, StepRedoEnded, "")}, release: true, action: "shipment.end-redo"}, nil
	})
}

// nothingBought tells that a redo stopped before it bought.
func nothingBought(err error) error {
	return errs.Wrap(err, errs.CodeOf(err), "Nothing was bought. %s", errs.As(err).Message)
}

// cancelledOnly tells of a redo that cancelled and then was not sold a new label.
func cancelledOnly(first Shipment, err error) error {
	switch errs.CodeOf(err) {
	case errs.Rejected, errs.Unavailable:
		return errs.Wrap(err, errs.CodeOf(err), "Shipment %d is cancelled, and its new label was not bought: %s Redo it again to go on.",
			first.Number, errs.As(err).Message)
	}
	return err
}
