package shipment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// bought reports whether there is a label that was paid for, cancelled or not.
func (s State) bought() bool { return s == Booked || s == Cancelling || s == Cancelled }

// Cancellable says whether and until when the shipment can be cancelled.
func (s *Service) Cancellable(sh Shipment) Cancellable {
	no := func(format string, args ...any) Cancellable { return Cancellable{Why: fmt.Sprintf(format, args...)} }
	adapter, err := s.Adapter(sh)
	switch {
	case sh.State == Cancelled:
		return no("It has been cancelled already.")
	case sh.State == Rejected, sh.State == NotBought:
		return no("It was never bought.")
	case !sh.State.bought():
		return no("It is not known yet whether it was bought.")
	case err != nil || !adapter.Descriptor().Capabilities.Cancel:
		return no("%s can't be told to cancel from here. Cancel it with the courier, then mark it as cancelled.", sh.Courier)
	case sh.Status.Collected():
		return no("It can't be cancelled any more: its status is %q.", sh.Status.Word())
	case sh.CancelUntilMs != 0 && s.Clock.Now().UnixMilli() > sh.CancelUntilMs:
		return no("It could be cancelled until %s.", time.UnixMilli(sh.CancelUntilMs).Format("15:04 on 2 January 2006"))
	}
	return Cancellable{Yes: true, UntilMs: sh.CancelUntilMs}
}

// Cancel cancels at the courier. already is true where it had been cancelled before. Conflict says why it is too late.
// Unclear: it is not known whether the courier cancelled; it may be tried again, because cancelling buys nothing.
func (s *Service) Cancel(ctx context.Context, accountID account.ID, h Handle) (sh Shipment, already bool, err error) {
	if err := allow(ctx, accountID, actor.Ship); err != nil {
		return Shipment{}, false, err
	}
	return s.cancel(ctx, accountID, h, false)
}

// cancel is Cancel, for a redo with the note that it is to be bought again.
func (s *Service) cancel(ctx context.Context, accountID account.ID, h Handle, redo bool) (sh Shipment, already bool, err error) {
	sh, err = s.find(ctx, accountID, h)
	if err != nil {
		return Shipment{}, false, err
	}
	if sh.State == Cancelled {
		return sh, true, nil
	}
	if c := s.Cancellable(sh); !c.Yes {
		return sh, false, errs.New(errs.Conflict, "%s", c.Why)
	}
	adapter, err := s.Adapter(sh)
	if err != nil {
		return sh, false, err
	}
	access, err := s.Auths.Open(ctx, sh.AuthID)
	if err != nil {
		return sh, false, err
	}
	if adapter.Descriptor().Local {
		return s.cancelHere(ctx, adapter.(courier.Canceller), access, sh.ID, redo)
	}
	return s.cancelThere(ctx, adapter.(courier.Canceller), access, sh.ID, redo)
}

// cancelHere cancels at a courier without any effect outside this machine: one commit.
func (s *Service) cancelHere(ctx context.Context, c courier.Canceller, access courier.Access, id ID, redo bool) (Shipment, bool, error) {
	already := false
	sh, err := s.change(ctx, "", Handle{ID: id}, func(sh *Shipment) (change, error) {
		if already = sh.State == Cancelled; already {
			return change{none: true}, nil
		}
		if err := c.Cancel(ctx, access, reference(*sh)); err != nil {
			return change{}, err
		}
		sh.RedoDue = redo
		return s.cancelled(ctx, sh, "shipment.cancel", ""), nil
	})
	return sh, already, err
}

// cancelThere commits the intent, asks the courier, and commits the answer.
func (s *Service) cancelThere(ctx context.Context, c courier.Canceller, access courier.Access, id ID, redo bool) (Shipment, bool, error) {
	already := false
	sh, err := s.change(ctx, "", Handle{ID: id}, func(sh *Shipment) (change, error) {
		if already = sh.State == Cancelled; already {
			return change{none: true}, nil
		}
		sh.State = Cancelling
		return change{moments: []Moment{s.moment(ctx, StepCancelling, "")}}, nil
	})
	if err != nil || already {
		return sh, already, err
	}
	ctx = context.WithoutCancel(ctx)
	refusal := cancelAt(ctx, c, access, reference(sh))
	sh, err = s.change(ctx, "", Handle{ID: id}, func(sh *Shipment) (change, error) {
		switch errs.CodeOf(refusal) {
		case "":
			if sh.State == Cancelled {
				return change{none: true}, nil
			}
			sh.RedoDue = redo
			return s.cancelled(ctx, sh, "shipment.cancel", ""), nil
		case errs.Conflict, errs.Rejected, errs.Invalid, errs.NotFound, errs.Unavailable:
			if sh.State == Cancelling {
				sh.State = Booked
			}
			return change{moments: []Moment{s.moment(ctx, StepNotCancelled, errs.As(refusal).Message)}}, nil
		}
		return change{moments: []Moment{s.moment(ctx, StepNotCancelled, "not known: "+reason(refusal))}}, nil
	})
	if err != nil {
		return sh, false, err
	}
	return sh, false, refusedCancel(refusal)
}

func cancelAt(ctx context.Context, c courier.Canceller, access courier.Access, b courier.Reference) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("courier: panic while cancelling: %v", cause)
		}
	}()
	return c.Cancel(ctx, access, b)
}

// refusedCancel turns a courier's error into the caller's.
func refusedCancel(err error) error {
	switch errs.CodeOf(err) {
	case "", errs.Conflict, errs.Unavailable:
		return err
	case errs.Rejected, errs.Invalid, errs.NotFound:
		var e *errs.Error
		errors.As(err, &e)
		return errs.Wrap(err, errs.Conflict, "%s", e.Message)
	}
	return errs.Wrap(err, errs.Unclear, "It is not known whether the courier cancelled this shipment: %s Try again: cancelling twice costs nothing.", reason(err))
}

// cancelled is the change that makes a shipment cancelled.
func (s *Service) cancelled(ctx context.Context, sh *Shipment, action, note string) change {
	sh.State, sh.Status = Cancelled, courier.StatusCancelled
	return change{
		moments: []Moment{s.moment(ctx, StepCancelled, note)},
		events:  []courier.Event{s.event("", courier.StatusCancelled, courier.StatusCancelled.Word())},
		release: !sh.RedoDue, action: action, // a redo hands them to what it buys
	}
}

func reference(sh Shipment) courier.Reference {
	return courier.Reference{ShipmentID: string(sh.ID), CourierRef: sh.CourierRef, TrackingCodes: sh.TrackingCodes, Status: sh.Status}
}

// MarkCancelled sets the status only; the courier is not told. It is also how a person settles a purchase whose outcome
// nobody can find out. Conflict: it was delivered, never bought, or is being bought now.
func (s *Service) MarkCancelled(ctx context.Context, accountID account.ID, h Handle) (sh Shipment, already bool, err error) {
	if err := allow(ctx, accountID, actor.Ship); err != nil {
		return Shipment{}, false, err
	}
	sh, err = s.change(ctx, accountID, h, func(sh *Shipment) (change, error) {
		switch {
		case sh.State == Cancelled:
			already = true
			return change{none: true}, nil
		case sh.State == Rejected || sh.State == NotBought:
			return change{}, errs.New(errs.Conflict, "It was never bought, so there is nothing to cancel.")
		case sh.State == Queued || sh.State == Sending:
			return change{}, &errs.Error{Code: errs.Conflict, Message: "It is being bought at this moment. Ask again in a moment.", RetryAfter: 2 * time.Second}
		case sh.Status == courier.StatusDelivered:
			return change{}, errs.New(errs.Conflict, "It has been delivered, so it can't be marked as cancelled.")
		}
		return s.cancelled(ctx, sh, "shipment.mark-cancelled", "status only; the courier was not told"), nil
	})
	return sh, already, err
}
