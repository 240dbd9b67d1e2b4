package shipment

import (
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// MarkPacked notes that the parcel is packed; from Booked only. Marking a packed one again changes nothing.
func (s *Service) MarkPacked(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	if err := allow(ctx, accountID, actor.Ship); err != nil {
		return Shipment{}, err
	}
	return s.change(ctx, accountID, h, func(sh *Shipment) (change, error) {
		switch {
		case sh.State != Booked || sh.Status != courier.StatusBooked:
			return change{}, errs.New(errs.Conflict, "Only a booked shipment can be packed; this one is %s.", standing(*sh))
		case sh.Packed:
			return change{none: true}, nil
		}
		sh.Packed = true
		return change{moments: []Moment{s.moment(ctx, StepPacked, "")}}, nil
	})
}

// standing says in a word where a shipment is.
func standing(sh Shipment) string {
	if sh.State == Booked && sh.Status != 0 {
		return sh.Status.Word()
	}
	return string(sh.State)
}

// skew is how far ahead of this machine's clock an event may be, in milliseconds.
const skew = 24 * 60 * 60 * 1000

// Scan adds a tracking event by hand: Own fleet's way of tracking, and update-tracking-status. An empty tracking code is
// every parcel, a zero time is now. Invalid: the fields of the event; Conflict: the shipment is not on its way.
func (s *Service) Scan(ctx context.Context, accountID account.ID, h Handle, e courier.Event) (Shipment, error) {
	if err := allow(ctx, accountID, actor.Ship); err != nil {
		return Shipment{}, err
	}
	return s.change(ctx, accountID, h, func(sh *Shipment) (change, error) {
		if err := s.checkScan(*sh, e); err != nil {
			return change{}, err
		}
		e := e
		now := s.Clock.Now()
		e.ID = ident.New(now)
		if e.AtMs == 0 {
			e.AtMs = now.UnixMilli()
		}
		if e.Description == "" {
			e.Description = e.Status.Word()
		}
		sh.Status = overall(sh.TrackingCodes, append(slices.Clone(sh.Events), e))
		return change{events: []courier.Event{e}}, nil
	})
}

func (s *Service) checkScan(sh Shipment, e courier.Event) error {
	var wrong errs.Fields
	switch {
	case !e.Status.Known():
		wrong.Add("tracking_status_code", "%d is not a tracking status. 2 is collected, 4 in transit, 5 out for delivery, 7 delivered.", e.Status)
	case e.Status == courier.StatusCancelled:
		wrong.Add("tracking_status_code", "A scan can't cancel a shipment. Cancel it, or mark it as cancelled.")
	}
	if e.TrackingCode != "" && !slices.Contains(sh.TrackingCodes, e.TrackingCode) {
		wrong.Add("tracking_code", "%q is not a tracking code of this shipment.", e.TrackingCode)
	}
	if e.AtMs < 0 || e.AtMs > s.Clock.Now().UnixMilli()+skew {
		wrong.Add("event_date", "The event lies in the future. Give the moment it happened, or none for now.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if sh.State != Booked {
		return errs.New(errs.Conflict, "Only a booked shipment can be scanned; this one is %s.", standing(sh))
	}
	return nil
}

// overall is a shipment's status: Delivered when every parcel is, else that of the newest event of a parcel that is not.
// A parcel that has been delivered stays delivered, whatever comes after or late.
func overall(codes []string, events []courier.Event) courier.Status {
	if len(codes) == 0 {
		codes = []string{""}
	}
	var newest *courier.Event
	open := false
	for _, code := range codes {
		latest, delivered := latestOf(code, events)
		if delivered {
			continue
		}
		open = true
		if latest != nil && (newest == nil || latest.AtMs >= newest.AtMs) {
			newest = latest
		}
	}
	switch {
	case !open:
		return courier.StatusDelivered
	case newest == nil:
		return courier.StatusBooked
	}
	return newest.Status
}

// latestOf gives the newest event of a parcel; of two at one moment the later one told.
func latestOf(code string, events []courier.Event) (latest *courier.Event, delivered bool) {
	for i := range events {
		e := &events[i]
		if e.TrackingCode != "" && e.TrackingCode != code {
			continue
		}
		if e.Status == courier.StatusDelivered {
			return e, true
		}
		if latest == nil || e.AtMs >= latest.AtMs {
			latest = e
		}
	}
	return latest, false
}

// Track asks the courier for news, where it can be asked, and gives the events, oldest first.
func (s *Service) Track(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	if err := allow(ctx, accountID, actor.Track); err != nil {
		return Shipment{}, err
	}
	sh, err := s.find(ctx, accountID, h)
	if err != nil {
		return Shipment{}, err
	}
	adapter, err := s.Adapter(sh)
	tracker, can := adapter.(courier.Tracker)
	if err == nil && can && sh.State == Booked && sh.Status != courier.StatusDelivered {
		if sh, err = s.ask(ctx, tracker, sh); err != nil {
			return sh, err
		}
	}
	slices.SortStableFunc(sh.Events, func(a, b courier.Event) int { return int(a.AtMs - b.AtMs) })
	return sh, nil
}

// ask takes the courier's events over that are not known yet.
func (s *Service) ask(ctx context.Context, tracker courier.Tracker, sh Shipment) (Shipment, error) {
	access, err := s.Auths.Open(ctx, sh.AuthID)
	if err != nil {
		return sh, err
	}
	var told []courier.Event
	for _, code := range sh.TrackingCodes {
		events, err := tracker.Track(ctx, access, code, sh.Postcode)
		if err != nil {
			return sh, err
		}
		told = append(told, events...)
	}
	return s.change(ctx, sh.AccountID, Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
		news := unknownOf(sh.Events, told)
		if len(news) == 0 || sh.State != Booked {
			return change{none: true}, nil
		}
		for i := range news {
			news[i].ID = ident.New(s.Clock.Now())
		}
		sh.Status = overall(sh.TrackingCodes, append(slices.Clone(sh.Events), news...))
		return change{events: news}, nil
	})
}

// unknownOf gives the events of told that are not among known.
func unknownOf(known, told []courier.Event) []courier.Event {
	seen := make(map[courier.Event]bool, len(known))
	for _, e := range known {
		e.ID = ""
		seen[e] = true
	}
	var news []courier.Event
	for _, e := range told {
		e.ID = ""
		if !seen[e] {
			seen[e] = true
			news = append(news, e)
		}
	}
	return news
}
