package health

import (
	"context"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/store"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
)

// Repo keeps how lines were last, for the next start and for the terminal.
type Repo interface {
	KeepHealth(Report) error   // in place of the one before; passed over where there is no such auth
	Health() ([]Report, error) // with Company and Account
}

// Auths opens registered auths, as auth.Service does.
type Auths interface {
	Open(ctx context.Context, id auth.ID) (courier.Access, error)
}

// Service tells people of lines, and asks couriers that were away whether they are back.
type Service struct {
	*Monitor
	Store    store.Store[Repo]
	Auths    Auths
	Couriers *courier.Registry
}

// List gives the lines of every auth that was asked in this process, by courier. Only at this machine.
func (s *Service) List(ctx context.Context) ([]Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	return s.reports(), nil
}

// Last gives how lines were when the process that holds the data folder last kept it, by courier. Only at this machine.
func (s *Service) Last(ctx context.Context) ([]Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	var list []Report
	err := s.Store.Read(ctx, func(r Repo) (err error) { list, err = r.Health(); return err })
	inOrder(list)
	return list, err
}

// Begin takes over how lines were when the program last closed. One that was away is asked at once.
func (s *Service) Begin(ctx context.Context) error {
	list, err := s.Last(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lines == nil {
		s.lines = map[Line]*line{}
	}
	for _, r := range list {
		r.Company, r.Account = "", ""
		l := &line{Report: r, told: r.State, kept: r}
		l.KeptMs = 0
		switch {
		case r.State == Away:
			l.absent = Threshold
		case r.LastFailureMs > r.LastSuccessMs:
			l.absent, l.SinceMs = 1, r.LastFailureMs
		}
		s.lines[Line{AuthID: r.AuthID, Testing: r.Testing}] = l
	}
	return nil
}

// keepEvery is how often a line is kept whose state is the same.
const keepEvery = time.Minute

// Keep stores what changed: a state at once, the last success and failure once a minute.
func (s *Service) Keep(ctx context.Context) error {
	now := s.Clock.Now().UnixMilli()
	var list []Report
	s.mu.Lock()
	for _, l := range s.lines {
		r := l.report()
		r.Calls, r.Failures, r.Slow, r.NextMs, r.KeptMs = 0, 0, false, 0, l.kept.KeptMs
		if r == l.kept || r.State == l.kept.State && now-r.KeptMs < keepEvery.Milliseconds() {
			continue
		}
		r.KeptMs = now
		l.kept = r
		list = append(list, r)
	}
	s.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	return s.Store.Write(ctx, func(repo Repo) error {
		for _, r := range list {
			if err := repo.KeepHealth(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// askTime is how long a courier that was away has to answer a check.
const askTime = 20 * time.Second

// AskDue asks the couriers whose turn it is whether they are back, by the check of their connection, which costs nothing.
// What comes of it is noted by the call itself.
func (s *Service) AskDue(ctx context.Context) {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
	var all sync.WaitGroup
	for _, r := range s.due() {
		all.Go(func() { s.ask(ctx, r) })
	}
	all.Wait()
}

func (s *Service) ask(ctx context.Context, r Report) {
	access, err := s.Auths.Open(ctx, auth.ID(r.AuthID))
	if errs.Is(err, errs.NotFound) || err == nil && access.Testing != r.Testing {
		s.forget(Line{AuthID: r.AuthID, Testing: r.Testing}) // deleted, or never saved so
		return
	}
	if err != nil {
		return
	}
	adapter, err := s.Couriers.Find(r.Courier)
	if err != nil {
		return
	}
	defer func() { _ = recover() }() // an adapter's panic says nothing of its courier
	ctx, done := context.WithTimeout(ctx, askTime)
	defer done()
	_, _ = adapter.Check(ctx, access)
}
