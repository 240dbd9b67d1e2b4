package shipment

import (
	"context"
	"errors"
	"fmt"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/health"
	"packbench/backend/core/numbering"
	"packbench/backend/core/order"
	"packbench/backend/core/requestlog"
)

// Origin is the request a purchase comes from. The zero value is a purchase nobody logs a request of.
type Origin struct {
	Number int64 // its number in the request log; 0 to take one

	// Entry makes the request-log entry of what the caller is about to be told. Where a purchase is one commit, its entry
	// becomes part of that commit and Created.Logged is set; everywhere else the caller appends it. May be nil.
	Entry func(Created) (requestlog.Entry, error)
}

// Create buys a label for the order, once.
// Invalid: nothing was sent and nothing is kept. Rejected: the courier refused, nothing was bought. Conflict: the same
// id with another order, or still in progress (RetryAfter). Unavailable: nothing was sent. Unclear: kept as unknown,
// never sent again (Created.Shipment is set beside the error).
func (s *Service) Create(ctx context.Context, accountID account.ID, o order.Order, from Origin) (Created, error) {
	p, err := s.prepare(ctx, accountID, o)
	var repeat taken
	if errors.As(err, &repeat) {
		return s.replay(ctx, repeat, o.Fingerprint())
	}
	if err != nil {
		return Created{}, err
	}
	if dup, found, err := s.liveDuplicate(ctx, p); found || err != nil {
		return dup, err
	}
	if err := s.ready(ctx, &p, from.Number); err != nil {
		return Created{}, err
	}
	return s.buy(ctx, p, from)
}

// ready makes sure that the courier is there and the purchase can be kept, and numbers it.
func (s *Service) ready(ctx context.Context, p *purchase, requestNumber int64) error {
	if d := p.adapter.Descriptor(); s.Health != nil && !d.Local {
		if err := s.Health.MayBuy(health.LineOf(p.access), d.Name); err != nil {
			return err
		}
	}
	if s.Reserve != nil {
		if err := s.Reserve(); err != nil {
			return err
		}
	}
	return s.number(ctx, &p.shipment, requestNumber)
}

// buy buys what is prepared and ready; where another was quicker with one of its claims, it answers with theirs.
func (s *Service) buy(ctx context.Context, p purchase, from Origin) (out Created, err error) {
	if p.adapter.Descriptor().Local {
		out, err = s.buyHere(ctx, p, from)
	} else {
		out, err = s.buyThere(ctx, p)
	}
	var repeat taken
	if errors.As(err, &repeat) {
		return s.replay(ctx, repeat, p.fingerprint)
	}
	return out, err
}

// Check says what Create would refuse, without buying or keeping anything.
func (s *Service) Check(ctx context.Context, accountID account.ID, o order.Order) error {
	_, err := s.prepare(ctx, accountID, o)
	var repeat taken
	if errors.As(err, &repeat) {
		if repeat.wish.kind != byReference && repeat.claim.Fingerprint != o.Fingerprint() {
			return sameIDOtherOrder(repeat.wish)
		}
		return nil
	}
	return err
}

func (s *Service) number(ctx context.Context, sh *Shipment, requestNumber int64) (err error) {
	if sh.Number, err = s.Numbers.Next(ctx, numbering.SiteSeries(numbering.Shipments)); err != nil {
		return err
	}
	if sh.RequestNumber = requestNumber; requestNumber == 0 {
		sh.RequestNumber, err = s.Numbers.Next(ctx, numbering.SiteSeries(numbering.Requests))
	}
	return err
}

// liveDuplicate answers return_duplicate and cancel_or_return_duplicate: found with the live label of the same reference
// and courier, after trying to cancel it where that was asked for.
func (s *Service) liveDuplicate(ctx context.Context, p purchase) (Created, bool, error) {
	if p.order.Reference == "" || !p.order.ReturnDuplicate && !p.order.CancelOrReturnDuplicate {
		return Created{}, false, nil
	}
	first, found, err := s.liveByReference(ctx, p)
	if err != nil || !found {
		return Created{}, false, err
	}
	if p.order.CancelOrReturnDuplicate {
		_, _, err := s.Cancel(ctx, p.shipment.AccountID, Handle{ID: first})
		if err == nil {
			return Created{}, false, nil
		}
		if !errs.Is(err, errs.Conflict) && !errs.Is(err, errs.NotOffered) {
			return Created{}, false, err
		}
	}
	out, err := s.again(ctx, first)
	return out, true, err
}

// buyHere buys from a courier without any effect outside this machine: the label is made first, then everything is
// committed at once. A lost race on a claim throws the label away.
func (s *Service) buyHere(ctx context.Context, p purchase, from Origin) (Created, error) {
	sh := p.shipment
	booked, err := book(ctx, p)
	if err != nil {
		return Created{}, err
	}
	s.setBooked(ctx, &sh, booked)
	label := s.Documents.Label(owner(sh), booked.Label)
	sh.LabelKey = label.Key
	if err := sh.pack(); err != nil {
		return Created{}, err
	}
	// What is kept is named by itself: of p and out, which are large, it would take all to the heap.
	wishes, fingerprint, logged := p.wishes, p.fingerprint, from.Entry != nil
	out := Created{Shipment: sh, Label: label, Logged: logged}
	var entry requestlog.Entry
	if logged {
		if entry, err = from.Entry(out); err != nil {
			return Created{}, err
		}
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := r.CreateShipment(sh); err != nil {
			return err
		}
		if err := r.PutDocument(label.Document, label.Bytes); err != nil {
			return err
		}
		if logged {
			if err := r.AppendRequest(entry); err != nil {
				return err
			}
		}
		if err := s.toldOrigin(ctx, r, sh); err != nil {
			return err
		}
		return claim(r, wishes, &sh, fingerprint)
	})
	if err != nil {
		return Created{}, err
	}
	return out, nil
}

// buyThere buys from a courier: the intent is committed before the first byte leaves, the result after (R1, R6). From the
// intent on, a caller that hangs up changes nothing.
func (s *Service) buyThere(ctx context.Context, p purchase) (Created, error) {
	sh := p.shipment
	sh.State = Sending
	sh.add(s.moment(ctx, StepSending, ""))
	if err := sh.pack(); err != nil {
		return Created{}, err
	}
	err := s.Store.Write(ctx, func(r Repo) error {
		if err := r.CreateShipment(sh); err != nil {
			return err
		}
		if err := s.toldOrigin(ctx, r, sh); err != nil {
			return err
		}
		return claim(r, p.wishes, &sh, p.fingerprint)
	})
	if err != nil {
		return Created{}, err
	}
	ctx = context.WithoutCancel(ctx)
	booked, err := book(ctx, p)
	switch {
	case err == nil:
		return s.keepBooked(ctx, sh, booked)
	case errs.Is(err, errs.Rejected), errs.Is(err, errs.Invalid):
		return Created{}, s.keepFailed(ctx, sh, Rejected, StepRejected, err)
	case errs.Is(err, errs.Unavailable):
		return Created{}, s.keepFailed(ctx, sh, NotBought, StepNotBought, err)
	}
	return s.keepUnknown(ctx, sh, err)
}

// book calls the adapter. A panic and an answer without a tracking code or a label are errors like any other: of an
// outcome that is not known.
func book(ctx context.Context, p purchase) (b courier.Booked, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("courier %s: panic while booking: %v", p.shipment.Courier, cause)
		}
	}()
	b, err = p.adapter.Book(ctx, p.access, p.shipment.Consignment)
	if err == nil && (len(b.TrackingCodes) == 0 || b.TrackingCodes[0] == "") {
		err = fmt.Errorf("courier %s: the answer has no tracking code", p.shipment.Courier)
	}
	return b, err
}

// labelMissing is what a purchase without a readable label file is told with.
const labelMissing = "It was bought, and its label has not come yet. Open the label to fetch it; it is not bought again."

// keepBooked commits a purchase's result: answer, tracking, label and state together.
func (s *Service) keepBooked(ctx context.Context, sh Shipment, b courier.Booked) (Created, error) {
	moments, from := len(sh.Timeline), sh.State
	if !b.Label.Format.Matches(b.Label.Bytes) {
		b.Label = courier.Label{}
		b.Warnings = append(b.Warnings, courier.Warning{Field: "label", Message: labelMissing})
	}
	s.setBooked(ctx, &sh, b)
	var label document.File
	if len(b.Label.Bytes) > 0 {
		label = s.Documents.Label(owner(sh), b.Label)
	}
	sh.LabelKey = label.Key
	papers := s.Documents.Papers(owner(sh), b.Papers)
	err := s.settle(ctx, &sh, sh.Timeline[moments:], func(r Repo, was State) error {
		if from == Unknown && was != Unknown {
			return errSettled
		}
		for _, e := range sh.Events {
			if err := r.AppendEvent(sh.ID, e); err != nil {
				return err
			}
		}
		if err := s.toldOrigin(ctx, r, sh); err != nil {
			return err
		}
		for i := range papers {
			if err := document.Keep(r, &papers[i]); err != nil {
				return err
			}
		}
		if label.Key == "" {
			return nil
		}
		return document.Keep(r, &label)
	})
	if errors.Is(err, errSettled) {
		return Created{}, err
	}
	if err != nil {
		sh.Failure = "The label was bought, but could not be stored."
		return Created{Shipment: sh}, unclear(sh, err)
	}
	return Created{Shipment: sh, Label: label}, nil
}

// keepFailed commits that nothing was bought, gives every claim back and returns the courier's error.
func (s *Service) keepFailed(ctx context.Context, sh Shipment, state State, step string, cause error) error {
	sh.State, sh.Failure, sh.Answer = state, errs.As(cause).Message, courier.WireOf(cause)
	m := s.moment(ctx, step, sh.Failure)
	sh.add(m)
	err := s.settle(ctx, &sh, []Moment{m}, func(r Repo, _ State) error { return r.ReleaseClaims(sh.ID, true) })
	if err != nil {
		return err
	}
	return cause
}

// keepUnknown commits that the outcome is not known; claims stay, so that no repeat is sent.
func (s *Service) keepUnknown(ctx context.Context, sh Shipment, cause error) (Created, error) {
	sh.State, sh.Failure, sh.Answer = Unknown, reason(cause), courier.WireOf(cause)
	m := s.moment(ctx, StepUnknown, sh.Failure)
	sh.add(m)
	err := s.settle(ctx, &sh, []Moment{m}, func(Repo, State) error { return nil })
	if err != nil {
		cause = errors.Join(cause, err)
	}
	return Created{Shipment: sh}, unclear(sh, cause)
}

// reason is why an outcome is not known, in a sentence for people: an adapter's own, else one that gives nothing away.
func reason(cause error) string {
	var e *errs.Error
	if errors.As(cause, &e) && e.Code != errs.Internal {
		return e.Message
	}
	return "The courier's answer was not understood or did not come in time."
}

// tries is how often the result of a purchase is written before it is left to the next start.
const tries = 3

// settle commits how a purchase ended, whatever happened to its record meanwhile: the courier's answer is the truth.
func (s *Service) settle(ctx context.Context, sh *Shipment, moments []Moment, more func(r Repo, was State) error) error {
	if err := sh.pack(); err != nil {
		return err
	}
	var err error
	for range tries {
		err = s.Store.Write(ctx, func(r Repo) error {
			now, err := r.Shipment(sh.ID)
			if err != nil {
				return err
			}
			sh.Version = now.Version
			if err := r.UpdateShipment(*sh); err != nil {
				return err
			}
			for _, m := range moments {
				if err := r.AppendMoment(sh.ID, m); err != nil {
					return err
				}
			}
			return more(r, now.State)
		})
		if err == nil {
			sh.Version++
			return nil
		}
		if errors.Is(err, errSettled) {
			return err
		}
	}
	return err
}

// setBooked takes the courier's answer over.
func (s *Service) setBooked(ctx context.Context, sh *Shipment, b courier.Booked) {
	sh.State, sh.Status, sh.Failure = Booked, courier.StatusBooked, ""
	sh.CourierRef, sh.TrackingCodes, sh.TrackingURLs = b.CourierRef, b.TrackingCodes, b.TrackingURLs
	sh.Price, sh.CancelUntilMs = b.Price, b.CancelUntilMs
	if len(b.Raw) > 0 { // a look-up gives none, and what the purchase was answered with stays
		sh.Answer = b.Raw
	}
	sh.Warnings = append(sh.Warnings, b.Warnings...)
	if b.Label.Format != "" {
		sh.Consignment.LabelFormat, sh.Consignment.LabelSize = b.Label.Format, b.Label.Size
	}
	sh.add(s.moment(ctx, StepBooked, ""))
	for _, code := range b.TrackingCodes {
		sh.Events = append(sh.Events, s.event(code, courier.StatusBooked, "Label made"))
	}
}
