package draft

import (
	"context"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
)

// Queue buys the drafts that wait for a courier once it answers: one at a time for each auth, in order, each once. It stops
// where the courier goes away again. A process that holds the data folder has one.
type Queue struct {
	Drafts  *Service
	Answers func(authID string) bool // nothing speaks against the auth's courier

	mu    sync.Mutex
	under map[auth.ID]bool
	rests map[auth.ID]rest
	all   sync.WaitGroup
}

// rest is how long an auth is left alone after a purchase that could not be made.
type rest struct {
	untilMs int64
	pause   time.Duration
}

const (
	firstRest   = 15 * time.Second // doubled each time
	longestRest = 5 * time.Minute
)

// Go begins to buy what can be bought now, and does not wait for its end. What is being bought already goes on. It ends
// with ctx before the next purchase.
func (q *Queue) Go(ctx context.Context) error {
	ctx = actor.With(ctx, actor.Actor{Door: actor.System, Name: "Packbench"})
	var list []auth.ID
	err := q.Drafts.Store.Read(ctx, func(r Repo) (err error) { list, err = r.WaitingFor(); return err })
	if err != nil {
		return err
	}
	for _, id := range list {
		if q.Answers(string(id)) && q.take(id) {
			q.all.Go(func() {
				defer q.leave(id)
				q.buy(ctx, id)
			})
		}
	}
	return nil
}

// Wait waits until nothing is being bought.
func (q *Queue) Wait() { q.all.Wait() }

func (q *Queue) take(id auth.ID) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.under[id] || q.Drafts.Clock.Now().UnixMilli() < q.rests[id].untilMs {
		return false
	}
	if q.under == nil {
		q.under, q.rests = map[auth.ID]bool{}, map[auth.ID]rest{}
	}
	q.under[id] = true
	return true
}

func (q *Queue) leave(id auth.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.under, id)
}

// buy buys what waits for one auth, until something stands in the way.
func (q *Queue) buy(ctx context.Context, id auth.ID) {
	for ctx.Err() == nil && q.Answers(string(id)) {
		var d Draft
		err := q.Drafts.Store.Read(ctx, func(r Repo) (err error) { d, err = r.NextWaiting(id); return err })
		if err != nil { // nothing waits, or the store can't be read
			return
		}
		made, err := q.Drafts.buy(ctx, d)
		switch {
		case err == nil:
			q.rested(id)
		case made.Shipment.Number != 0: // nobody knows whether it was bought; it is a shipment, and waits no longer
			q.restAfter(id, err)
			return
		case passes(err):
			q.restAfter(id, err)
			return
		default:
			if q.refused(ctx, d, err) != nil {
				q.restAfter(id, err)
				return
			}
		}
	}
}

// passes reports an error of the moment: the order may be bought later as it is.
func passes(err error) bool {
	switch errs.CodeOf(err) {
	case errs.Unavailable, errs.RateLimited, errs.Internal:
		return true
	}
	return errs.As(err).RetryAfter > 0
}

// refused takes a draft out of the queue that can't be bought as it is, with what has to be put right.
func (q *Queue) refused(ctx context.Context, d Draft, why error) error {
	return q.Drafts.Store.Write(context.WithoutCancel(ctx), func(r Repo) error {
		err := r.SetWaiting(d.ID, "", 0)
		if err == nil {
			err = r.NoteProblems(d.ID, fieldsOf(why))
		}
		if errs.Is(err, errs.NotFound) { // deleted meanwhile
			return nil
		}
		return err
	})
}

func (q *Queue) rested(id auth.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.rests, id)
}

func (q *Queue) restAfter(id auth.ID, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	pause := min(max(2*q.rests[id].pause, firstRest), longestRest)
	wait := max(pause, errs.As(err).RetryAfter)
	q.rests[id] = rest{untilMs: q.Drafts.Clock.Now().Add(wait).UnixMilli(), pause: pause}
}
