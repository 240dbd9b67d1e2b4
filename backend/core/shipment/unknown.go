package shipment

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
)

// Question is a purchase whose outcome is not known, with what its courier said when it was asked. Money rests on it, so
// only the courier's proof or a person closes it; time never does.
type Question struct {
	Shipment Row    `json:"shipment"`
	Failure  string `json:"failure"` // why it is not known
	Askable  bool   `json:"askable"` // its courier can be asked by our reference
	AskedMs  int64  `json:"asked_ms"`
	NextMs   int64  `json:"next_ms"` // when it is asked again by itself; 0 never
	Told     string `json:"told"`    // what came of asking, a sentence; "" before the first time
}

// questions remembers, while the program runs, when couriers were asked of unknown purchases.
type questions struct {
	mu sync.Mutex
	of map[ID]asked
}

type asked struct {
	atMs  int64
	times int
	told  string
}

const (
	firstPause   = time.Minute // between look-ups of one purchase; doubled each time
	longestPause = time.Hour
)

// next gives when a purchase is looked up again by itself.
func (a asked) next() int64 {
	pause := longestPause
	if a.times < 7 {
		pause = min(firstPause<<max(a.times-1, 0), longestPause)
	}
	return a.atMs + pause.Milliseconds()
}

func (q *questions) get(id ID) asked {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.of[id]
}

func (q *questions) note(id ID, atMs int64, told string, open bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !open {
		delete(q.of, id)
		return
	}
	if q.of == nil {
		q.of = map[ID]asked{}
	}
	q.of[id] = asked{atMs: atMs, times: q.of[id].times + 1, told: told}
}

// lookUpNow looks an unknown purchase up and remembers what came of it.
func (s *Service) lookUpNow(ctx context.Context, sh Shipment) (told string, open bool, err error) {
	told, open, err = s.lookUp(ctx, sh)
	if errors.Is(err, errSettled) {
		open, err = false, nil
	}
	s.questions.note(sh.ID, s.Clock.Now().UnixMilli(), told, open)
	return told, open, err
}

// LookUpDue asks couriers of the unknown purchases whose turn it is: after a minute, then at twice the pause each time, an
// hour at most. It gives how many stay unknown.
func (s *Service) LookUpDue(ctx context.Context) (unknown int, err error) {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
	list, err := s.unknowns(ctx)
	for _, sh := range list {
		if a := s.questions.get(sh.ID); a.times > 0 && s.Clock.Now().UnixMilli() < a.next() {
			unknown++
			continue
		}
		_, open, failed := s.lookUpNow(ctx, sh)
		if open {
			unknown++
		}
		err = errors.Join(err, failed)
	}
	return unknown, err
}

func (s *Service) unknowns(ctx context.Context) (list []Shipment, err error) {
	err = s.Store.Read(ctx, func(r Repo) (err error) {
		list, err = r.ShipmentsIn(Unknown)
		return err
	})
	return list, err
}

// Unknown gives the purchases whose outcome is not known, the oldest first. Only at this machine.
func (s *Service) Unknown(ctx context.Context) ([]Question, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	list, err := s.unknowns(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Question, 0, len(list))
	for _, sh := range list {
		out = append(out, s.question(sh))
	}
	slices.SortStableFunc(out, func(a, b Question) int { return int(a.Shipment.Number - b.Shipment.Number) })
	return out, nil
}

func (s *Service) question(sh Shipment) Question {
	a := s.questions.get(sh.ID)
	q := Question{Shipment: sh.Row, Failure: sh.Failure, AskedMs: a.atMs, Told: a.told}
	if adapter, err := s.Adapter(sh); err == nil {
		q.Askable = adapter.Descriptor().Capabilities.Find
	}
	if q.Askable && a.times > 0 {
		q.NextMs = a.next()
	}
	return q
}

// LookUp asks the courier of one purchase now. told says what came of it where it stays unknown, "" where it is settled.
// Conflict: its outcome is known.
func (s *Service) LookUp(ctx context.Context, h Handle) (sh Shipment, told string, err error) {
	if sh, err = s.doubtful(ctx, h); err != nil {
		return sh, "", err
	}
	told, _, err = s.lookUpNow(ctx, sh)
	if err != nil {
		return sh, told, err
	}
	sh, err = s.find(ctx, "", Handle{ID: sh.ID})
	return sh, told, err
}

// doubtful finds a shipment whose outcome is not known.
func (s *Service) doubtful(ctx context.Context, h Handle) (Shipment, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Shipment{}, err
	}
	sh, err := s.find(ctx, "", h)
	if err == nil && sh.State != Unknown {
		err = known(sh)
	}
	return sh, err
}

func known(sh Shipment) error {
	return errs.New(errs.Conflict, "Shipment %d is no longer unknown; it is %s. Nothing was changed.", sh.Number, standing(sh))
}

// SettleBought closes an unknown purchase that a person found to have been bought: with its tracking numbers, one for each
// parcel or one for all. Only at this machine. Invalid at tracking_codes; Conflict: its outcome is known.
func (s *Service) SettleBought(ctx context.Context, h Handle, codes []string) (Shipment, error) {
	sh, err := s.doubtful(ctx, h)
	if err != nil {
		return sh, err
	}
	if codes, err = trackingCodes(codes, sh.Parcels); err != nil {
		return sh, err
	}
	sh, err = s.change(ctx, "", Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
		if sh.State != Unknown {
			return change{}, known(*sh)
		}
		sh.State, sh.Status, sh.Failure, sh.TrackingCodes = Booked, courier.StatusBooked, "", codes
		step := change{action: "shipment.settle-bought", moments: []Moment{s.moment(ctx, StepBooked, "a person found it at the courier")}}
		for _, code := range codes {
			step.events = append(step.events, s.event(code, courier.StatusBooked, "Label made"))
		}
		return step, nil
	})
	s.closed(sh, err)
	return sh, err
}

// SettleNotBought closes an unknown purchase that a person found not to have been bought: its order can be bought again.
// Only at this machine. Conflict: its outcome is known.
func (s *Service) SettleNotBought(ctx context.Context, h Handle) (Shipment, error) {
	sh, err := s.doubtful(ctx, h)
	if err != nil {
		return sh, err
	}
	sh, err = s.change(ctx, "", Handle{ID: sh.ID}, func(sh *Shipment) (change, error) {
		if sh.State != Unknown {
			return change{}, known(*sh)
		}
		sh.State, sh.Failure = NotBought, "A person found that it was not bought."
		return change{
			action: "shipment.settle-not-bought", moments: []Moment{s.moment(ctx, StepNotBought, sh.Failure)}, release: true, keysToo: true,
		}, nil
	})
	s.closed(sh, err)
	return sh, err
}

// closed forgets what was asked of a purchase that is settled.
func (s *Service) closed(sh Shipment, err error) {
	if err == nil {
		s.questions.note(sh.ID, 0, "", false)
	}
}

// codeLimit is the longest tracking number, in characters.
const codeLimit = 60

func trackingCodes(given []string, parcels int) ([]string, error) {
	const path = "tracking_codes"
	var codes []string
	for _, code := range given {
		code = strings.TrimSpace(code)
		switch {
		case code == "":
			continue
		case utf8.RuneCountInString(code) > codeLimit || strings.ContainsFunc(code, unicode.IsControl):
			return nil, errs.OnField(path, "A tracking number has at most %d characters and no line break in it.", codeLimit)
		case slices.Contains(codes, code):
			return nil, errs.OnField(path, "The tracking number %s is there twice.", code)
		}
		codes = append(codes, code)
	}
	switch {
	case len(codes) == 0:
		return nil, errs.OnField(path, "A tracking number is required: the one on the courier's page of this shipment.")
	case len(codes) > max(parcels, 1):
		return nil, errs.OnField(path, "There are %d tracking numbers and only %d parcels.", len(codes), max(parcels, 1))
	}
	return codes, nil
}
