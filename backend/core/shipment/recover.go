package shipment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// Recover settles what a crash left, at the start of the one process that buys: queued and sending become unknown, a
// cancellation under way becomes a booked shipment that can be cancelled again, and unknown ones are looked up where the
// courier can find by reference. Nothing is ever sent again. It gives how many are still unknown.
func (s *Service) Recover(ctx context.Context) (unknown int, err error) {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
	var left []Shipment
	err = s.Store.Read(ctx, func(r Repo) (err error) {
		left, err = r.ShipmentsIn(Queued, Sending, Unknown, Cancelling)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, sh := range left {
		open, err := s.recoverOne(ctx, sh)
		if err != nil {
			return unknown, err
		}
		if open {
			unknown++
		}
	}
	before := s.Clock.Now().Add(-ClaimsKept).UnixMilli()
	return unknown, s.Store.Write(ctx, func(r Repo) error { return r.PruneClaims(before) })
}

// recoverOne settles one shipment as far as it can; open is true when it stays unknown.
func (s *Service) recoverOne(ctx context.Context, sh Shipment) (open bool, err error) {
	if sh.State == Cancelling {
		_, err := s.change(ctx, "", Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
			sh.State = Booked
			return change{moments: []Moment{s.moment(ctx, StepNotCancelled, "not known: Packbench stopped while cancelling. Cancel again.")}}, nil
		})
		return false, err
	}
	if sh.State != Unknown {
		sh, err = s.change(ctx, "", Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
			sh.State, sh.Failure = Unknown, "Packbench stopped before the courier's answer was stored."
			return change{moments: []Moment{s.moment(ctx, StepUnknown, sh.Failure)}}, nil
		})
		if err != nil {
			return true, err
		}
	}
	_, open, err = s.lookUpNow(ctx, sh)
	return open, err
}

const (
	// lookUpTime is how long one look-up may take.
	lookUpTime = 30 * time.Second
	// proofAge is how old a purchase must be before a courier that does not know it proves that it was not made: until
	// then it may still be on its way, or be under way in another process of this site.
	proofAge = 5 * time.Minute
)

// lookUp asks the courier what became of an unknown purchase. told is a sentence about it while it stays open, for a
// person to go on with.
func (s *Service) lookUp(ctx context.Context, sh Shipment) (told string, open bool, err error) {
	adapter, err := s.Adapter(sh)
	if err != nil {
		return errs.As(err).Message, true, nil
	}
	name := adapter.Descriptor().Name
	finder, can := adapter.(courier.Finder)
	if !can {
		return name + " can't be asked what became of a purchase.", true, nil
	}
	access, err := s.Auths.Open(ctx, sh.AuthID)
	if err != nil {
		return errs.As(err).Message, true, nil
	}
	booked, found, err := find(ctx, finder, access, sh.Consignment)
	switch {
	case err != nil:
		return reason(err), true, nil
	case found && len(booked.TrackingCodes) > 0:
		_, err = s.keepBooked(ctx, sh, booked)
		return "", err != nil, err
	case found:
		return name + " knows it and names no tracking number yet.", true, nil
	case s.Clock.Now().UnixMilli()-sh.CreatedMs < proofAge.Milliseconds():
		return name + " does not know it so far. It may still be on its way there.", true, nil
	}
	return "", false, s.proveNotBought(ctx, sh)
}

// find calls the adapter. A panic is an error like any other, and proves nothing.
func find(ctx context.Context, finder courier.Finder, access courier.Access, c courier.Consignment) (b courier.Booked, found bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			b, found, err = courier.Booked{}, false, fmt.Errorf("courier: panic while looking up: %v", cause)
		}
	}()
	ctx, done := context.WithTimeout(ctx, lookUpTime)
	defer done()
	return finder.Find(ctx, access, c)
}

// errSettled ends a look-up whose purchase was settled while the courier was asked.
var errSettled = errors.New("shipment: settled meanwhile")

// proveNotBought closes an unknown purchase that the courier knows nothing of, and gives its claims back.
func (s *Service) proveNotBought(ctx context.Context, sh Shipment) error {
	sh.State, sh.Failure = NotBought, "The courier has no such purchase."
	m := s.moment(ctx, StepNotBought, sh.Failure)
	sh.add(m)
	return s.settle(ctx, &sh, []Moment{m}, func(r Repo, was State) error {
		if was != Unknown {
			return errSettled
		}
		return r.ReleaseClaims(sh.ID, true)
	})
}
