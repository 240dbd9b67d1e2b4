package importing

import (
	"context"
	"runtime"
	"sync"
)

// pace is how the units of a file are worked on: by how many at the same time, how many each takes at once, and how many
// are noted in one commit.
type pace struct{ workers, step, batch int }

// each works on all units, several at a time, and hands what is done to note (where it is not nil) in batches. It stops
// before the next ones when ctx ends; what was begun is finished and noted.
func (r *run) each(ctx context.Context, p pace, tell Progress, work func(ctx context.Context, at int), note func(done []int) error) error {
	begun := context.WithoutCancel(ctx)
	var mu sync.Mutex
	next := 0
	take := func() (from, to int) {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() != nil {
			return 0, 0
		}
		from, to = next, min(next+p.step, len(r.units))
		next = to
		return from, to
	}
	done := make(chan [2]int, p.workers)
	var all sync.WaitGroup
	for range p.workers {
		all.Go(func() {
			for from, to := take(); from < to; from, to = take() {
				for at := from; at < to; at++ {
					work(begun, at)
				}
				done <- [2]int{from, to}
			}
		})
	}
	go func() { all.Wait(); close(done) }()
	var err error
	var finished []int
	count, told := 0, 0
	settle := func() {
		if note != nil && len(finished) > 0 {
			if noted := note(finished); err == nil {
				err = noted
			}
		}
		finished, told = nil, count
		if tell != nil {
			tell(count, len(r.units))
		}
	}
	for span := range done {
		for at := span[0]; at < span[1]; at++ {
			finished = append(finished, at)
		}
		count += span[1] - span[0]
		if count-told >= p.batch {
			settle()
		}
	}
	settle()
	return err
}

var (
	// single is for work that waits for others: a courier, a commit that is shared.
	single = pace{workers: 16, step: 1, batch: 100}
	// shared is for work that only needs a processor.
	shared = pace{workers: runtime.GOMAXPROCS(0), step: 50, batch: 500}
)
