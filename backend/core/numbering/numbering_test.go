package numbering_test

import (
	"context"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/core/numbering"
)

// shelf is a store in memory: one number per series, as far as it has been taken.
type shelf struct {
	mu    sync.Mutex
	next  map[string]int64
	asked []int64
	fail  error
}

func newShelf() *shelf { return &shelf{next: map[string]int64{}} }

func (s *shelf) Read(_ context.Context, fn func(numbering.Repo) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fn(s)
}

func (s *shelf) Write(ctx context.Context, fn func(numbering.Repo) error) error {
	if s.fail != nil {
		return s.fail
	}
	return s.Read(ctx, fn)
}

func (s *shelf) Reserve(series numbering.Series, n int64) (first, got int64, err error) {
	s.asked = append(s.asked, n)
	first = max(s.next[series.Name], series.First)
	if first > series.Last {
		return 0, 0, errs.New(errs.Conflict, "used up")
	}
	got = min(n, series.Last-first+1)
	s.next[series.Name] = first + got
	return first, got, nil
}

func (s *shelf) Reserved(series numbering.Series) (int64, error) {
	return max(s.next[series.Name], series.First) - series.First, nil
}

func TestLeasesDoubleUpToTheBound(t *testing.T) {
	store := newShelf()
	service := &numbering.Service{Store: store}
	series := numbering.SiteSeries(numbering.Shipments)
	for want := int64(1); want <= 200; want++ {
		got, err := service.Next(t.Context(), series)
		if err != nil || got != want {
			t.Fatalf("Next = %d, %v; want %d", got, err, want)
		}
	}
	want := []int64{1, 2, 4, 8, 16, 32, 64, 64, 64}
	if len(store.asked) != len(want) {
		t.Fatalf("leases %v, want %v", store.asked, want)
	}
	for i := range want {
		if store.asked[i] != want[i] {
			t.Fatalf("leases %v, want %v", store.asked, want)
		}
	}
}

func TestUsedUp(t *testing.T) {
	service := &numbering.Service{Store: newShelf()}
	series := numbering.Series{Name: "vans", First: 7, Last: 9}
	for want := int64(7); want <= 9; want++ {
		left, err := service.Left(t.Context(), series)
		if err != nil || left != 10-want {
			t.Fatalf("Left = %d, %v; want %d", left, err, 10-want)
		}
		if got, err := service.Next(t.Context(), series); err != nil || got != want {
			t.Fatalf("Next = %d, %v; want %d", got, err, want)
		}
	}
	if _, err := service.Next(t.Context(), series); !errs.Is(err, errs.Conflict) {
		t.Fatalf("Next of a used-up series: %v, want a conflict", err)
	}
	if left, err := service.Left(t.Context(), series); err != nil || left != 0 {
		t.Fatalf("Left of a used-up series = %d, %v", left, err)
	}
	series.Last = 11
	if got, err := service.Next(t.Context(), series); err != nil || got != 10 {
		t.Fatalf("Next after the range was lengthened = %d, %v; want 10", got, err)
	}
}

func TestAFailedReservationWastesNothing(t *testing.T) {
	store := newShelf()
	service := &numbering.Service{Store: store}
	series := numbering.SiteSeries(numbering.Requests)
	store.fail = errs.New(errs.Unavailable, "locked")
	if _, err := service.Next(t.Context(), series); !errs.Is(err, errs.Unavailable) {
		t.Fatalf("Next = %v, want the store's error", err)
	}
	store.fail = nil
	if got, err := service.Next(t.Context(), series); err != nil || got != 1 {
		t.Fatalf("Next = %d, %v; want 1", got, err)
	}
}

// Whatever the order of calls, restarts and changed bounds: no number twice, none out of bounds, and Left tells the truth.
func TestNoNumberTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := newShelf()
		services := []*numbering.Service{{Store: store}, {Store: store}}
		series := numbering.Series{Name: "n", First: rapid.Int64Range(0, 5).Draw(t, "first"), Last: rapid.Int64Range(20, 200).Draw(t, "last")}
		given := map[int64]bool{}
		for range rapid.IntRange(1, 300).Draw(t, "calls") {
			i := rapid.IntRange(0, 1).Draw(t, "service")
			switch rapid.IntRange(0, 20).Draw(t, "what") {
			case 0:
				services[i] = &numbering.Service{Store: store} // a crash
			case 1:
				series.First = rapid.Int64Range(0, 30).Draw(t, "new first")
			case 2:
				series.Last = rapid.Int64Range(series.First, 250).Draw(t, "new last")
			}
			left, err := services[i].Left(context.Background(), series)
			if err != nil {
				t.Fatal(err)
			}
			n, err := services[i].Next(context.Background(), series)
			switch {
			case errs.Is(err, errs.Conflict):
				if left != 0 {
					t.Fatalf("used up, but Left said %d", left)
				}
			case err != nil:
				t.Fatal(err)
			case left == 0:
				t.Fatalf("gave %d, but Left said none", n)
			case given[n]:
				t.Fatalf("gave %d twice", n)
			case n < series.First || n > series.Last:
				t.Fatalf("gave %d outside of %d to %d", n, series.First, series.Last)
			}
			if err == nil {
				given[n] = true
			}
		}
	})
}

func TestManyGoroutines(t *testing.T) {
	store := newShelf()
	services := []*numbering.Service{{Store: store}, {Store: store}}
	series := numbering.SiteSeries(numbering.Requests)
	var mu sync.Mutex
	given := map[int64]bool{}
	var all sync.WaitGroup
	for worker := range 32 {
		all.Go(func() {
			for range 200 {
				n, err := services[worker%2].Next(t.Context(), series)
				mu.Lock()
				if err != nil || given[n] {
					t.Errorf("Next = %d, %v; given before: %v", n, err, given[n])
				}
				given[n] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(given) != 32*200 {
		t.Fatalf("%d numbers, want %d", len(given), 32*200)
	}
}
