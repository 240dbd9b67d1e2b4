// Package numbering hands out numbers that are never given twice: request-log numbers, shipment numbers, parcel serials.
//
// Numbers are taken from the store in leases that begin at one and double while they are used up quickly, so that a
// terminal command takes just what it needs and a busy server does not pay a commit per number. What a crash leaves
// unused of a lease is lost, never given again.
package numbering

import (
	"context"
	"sync"

	"packbench/backend/base/store"
)

// The site-wide series.
const (
	Requests  = "request"
	Shipments = "shipment"
	Manifests = "manifest"
)

// Series is a run of numbers from First to Last, both included.
type Series struct {
	Name  string
	First int64
	Last  int64
}

// SiteSeries is a site-wide series: 1 to 2^31−1, because API clients keep these numbers in 31 bits (voila-api §7).
func SiteSeries(name string) Series { return Series{Name: name, First: 1, Last: 1<<31 - 1} }

// Repo keeps how far each series has been taken.
type Repo interface {
	// Reserve takes up to n numbers of the series and gives the first and how many it got: fewer than n at the end of the
	// series, errs.Conflict when none is left.
	Reserve(s Series, n int64) (first, got int64, err error)
	// Reserved gives how many numbers of the series have been taken.
	Reserved(s Series) (int64, error)
}

// Service hands numbers out; it is safe for use by many goroutines. The zero value with a Store is ready.
type Service struct {
	Store store.Store[Repo]

	mu     sync.Mutex
	leases map[string]*lease
}

// lease is what is in hand of one series.
type lease struct {
	mu        sync.Mutex
	next, end int64 // next … end-1
	size      int64 // how many were asked for last
}

// MaxLease bounds how many numbers a crash can waste.
const MaxLease = 64

// Next gives a number of the series that nobody else has or will get. Conflict: the series is used up.
func (s *Service) Next(ctx context.Context, series Series) (int64, error) {
	l := s.lease(series.Name)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.inHand(series) == 0 {
		if err := s.renew(ctx, series, l); err != nil {
			return 0, err
		}
	}
	l.next++
	return l.next - 1, nil
}

// Left gives how many numbers of the series nobody has been given yet.
func (s *Service) Left(ctx context.Context, series Series) (int64, error) {
	l := s.lease(series.Name)
	l.mu.Lock()
	defer l.mu.Unlock()
	var reserved int64
	err := s.Store.Read(ctx, func(r Repo) (err error) { reserved, err = r.Reserved(series); return err })
	if err != nil {
		return 0, err
	}
	return max(series.Last-series.First+1-reserved, 0) + l.inHand(series), nil
}

// renew takes the next lease of the series, twice as long as the last one.
func (s *Service) renew(ctx context.Context, series Series, l *lease) error {
	size := min(max(2*l.size, 1), MaxLease)
	var first, got int64
	err := s.Store.Write(ctx, func(r Repo) (err error) { first, got, err = r.Reserve(series, size); return err })
	if err != nil {
		return err
	}
	l.next, l.end, l.size = first, first+got, size
	return nil
}

// inHand gives how many numbers of the lease may still be given. A series whose bounds were changed drops what lies
// outside of them.
func (l *lease) inHand(series Series) int64 {
	l.next = max(l.next, series.First)
	return max(min(l.end, series.Last+1)-l.next, 0)
}

func (s *Service) lease(name string) *lease {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.leases[name]
	if l == nil {
		l = &lease{}
		if s.leases == nil {
			s.leases = map[string]*lease{}
		}
		s.leases[name] = l
	}
	return l
}
