package desktop

import (
	"context"
	"fmt"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/page"
	"packbench/backend/core/draft"
)

// Drafts is orders that are not bought yet. The topic "drafts" tells when they change.
type Drafts struct {
	door *Door

	mu   sync.Mutex
	stop context.CancelFunc // of the run under way; nil while there is none
}

// DraftPage is a page of drafts. Next is "" on the last one.
type DraftPage struct {
	Items []draft.Draft `json:"items"`
	Next  string        `json:"next"`
}

// DraftPick is the drafts of a filter, in the order of the list; More says that the limit left others out.
type DraftPick struct {
	IDs  []draft.ID `json:"ids"`
	More bool       `json:"more"`
}

// Save keeps a new draft (id ""), or changes one by id and version. What could not be bought yet comes back as problems.
func (d *Drafts) Save(in draft.Draft) (draft.Draft, error) {
	return ask(d.door, "Drafts.Save", func(ctx context.Context, s *Services) (draft.Draft, error) { return s.Drafts.Save(ctx, in) })
}

// Get gives a draft. It is not found once it was bought.
func (d *Drafts) Get(id string) (draft.Draft, error) {
	return ask(d.door, "Drafts.Get", func(ctx context.Context, s *Services) (draft.Draft, error) { return s.Drafts.Get(ctx, draft.ID(id)) })
}

// List gives drafts, newest first.
func (d *Drafts) List(filter draft.Filter, p page.Request) (DraftPage, error) {
	return ask(d.door, "Drafts.List", func(ctx context.Context, s *Services) (DraftPage, error) {
		got, err := s.Drafts.List(ctx, filter, p)
		return DraftPage(got), err
	})
}

// Count gives how many drafts a filter has, counted up to 1,000.
func (d *Drafts) Count(filter draft.Filter) (ShipmentCount, error) {
	return ask(d.door, "Drafts.Count", func(ctx context.Context, s *Services) (ShipmentCount, error) {
		count, more, err := s.Drafts.Count(ctx, filter)
		return ShipmentCount{Count: count, More: more}, err
	})
}

// Pick gives the ids of a filter's drafts.
func (d *Drafts) Pick(filter draft.Filter) (DraftPick, error) {
	return ask(d.door, "Drafts.Pick", func(ctx context.Context, s *Services) (DraftPick, error) {
		ids, more, err := s.Drafts.Pick(ctx, filter)
		return DraftPick{IDs: ids, More: more}, err
	})
}

// Delete deletes drafts and gives how many there were.
func (d *Drafts) Delete(ids []string) (int, error) {
	return ask(d.door, "Drafts.Delete", func(ctx context.Context, s *Services) (int, error) { return s.Drafts.Delete(ctx, draftIDs(ids)) })
}

// Buy buys the label of a draft of that version (0 for any); the draft is a shipment then.
func (d *Drafts) Buy(id string, version int64) (CreatedShipment, error) {
	return ask(d.door, "Drafts.Buy", func(ctx context.Context, s *Services) (CreatedShipment, error) {
		made, err := s.Drafts.Buy(ctx, draft.ID(id), version)
		return CreatedShipment{Shipment: seen(s, made.Shipment), Duplicate: made.Duplicate}, err
	})
}

// BuyAll buys many. On the way the event "drafts-bought" says "done/total". Conflict: a run is under way.
func (d *Drafts) BuyAll(ids []string) (draft.Report, error) {
	return ask(d.door, "Drafts.BuyAll", func(ctx context.Context, s *Services) (draft.Report, error) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		d.mu.Lock()
		if d.stop != nil {
			d.mu.Unlock()
			return draft.Report{}, errs.New(errs.Conflict, "Drafts are being bought already. Wait for the end, or stop it.")
		}
		d.stop = stop
		d.mu.Unlock()
		defer func() {
			d.mu.Lock()
			d.stop = nil
			d.mu.Unlock()
		}()
		return s.Drafts.BuyAll(ctx, draftIDs(ids), func(done, total int) {
			d.door.Changed("drafts-bought", fmt.Sprintf("%d/%d", done, total))
		})
	})
}

// Stop ends the run under way before its next draft, if there is one.
func (d *Drafts) Stop() error {
	_, err := answer(d.door, "Drafts.Stop", func(context.Context) (struct{}, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.stop != nil {
			d.stop()
		}
		return struct{}{}, nil
	})
	return err
}

func draftIDs(texts []string) []draft.ID {
	ids := make([]draft.ID, len(texts))
	for i, text := range texts {
		ids[i] = draft.ID(text)
	}
	return ids
}
