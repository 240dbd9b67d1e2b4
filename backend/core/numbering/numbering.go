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

// Service hands numbers out; it is safe for use by many goroutines.
type Service struct {
	Store store.Store[Repo]

	mu     sync.Mutex
	leases map[string]*lease
}

type lease struct {
	next, end int64 // numbers in hand: next … end-1
	size      int64
}

// MaxLease bounds how many numbers a crash can waste.
const MaxLease = 64

// Next gives a number of the series that nobody else has or will get. Conflict: the series is used up.
func (s *Service) Next(ctx context.Context, series Series) (int64, error) { panic("") }

// Left gives how many numbers of the series nobody has taken yet.
func (s *Service) Left(ctx context.Context, series Series) (int64, error) { panic("") }
