package shipment

import (
	"context"
	"slices"
	"strconv"

	"packbench/backend/core/audit"
)

// LinkKind is how two shipments of one order belong together.
type LinkKind string

// The kinds of link, each with its other end.
const (
	RedoOf       LinkKind = "redo_of" // the other was cancelled, this one was bought in its place
	RedoneAs     LinkKind = "redone_as"
	DuplicateOf  LinkKind = "duplicate_of" // bought beside the other
	DuplicatedAs LinkKind = "duplicated_as"
)

// otherEnd says what a first shipment is called by the second that names it.
var otherEnd = map[LinkKind]LinkKind{RedoOf: RedoneAs, DuplicateOf: DuplicatedAs}

// Link names another shipment of the same order.
type Link struct {
	Kind   LinkKind `json:"kind"`
	ID     ID       `json:"id"`
	Number int64    `json:"number"`
}

// origin gives the shipment that this one was bought again from.
func (sh Shipment) origin() (Link, bool) {
	i := slices.IndexFunc(sh.Links, func(l Link) bool { return otherEnd[l.Kind] != "" })
	if i < 0 {
		return Link{}, false
	}
	return sh.Links[i], true
}

// toldOrigin writes into the shipment that this one was bought again from that it was, in the transaction of what it
// tells: the link when this one is kept, and the end of a redo when its label is bought.
func (s *Service) toldOrigin(ctx context.Context, r Repo, sh Shipment) error {
	from, any := sh.origin()
	if !any {
		return nil
	}
	first, err := r.Shipment(from.ID)
	if err != nil {
		return err
	}
	back := Link{Kind: otherEnd[from.Kind], ID: sh.ID, Number: sh.Number}
	linked := slices.Contains(first.Links, back)
	done := sh.State == Booked && from.Kind == RedoOf && first.RedoDue
	if linked && !done {
		return nil
	}
	if done {
		first.RedoDue = false
		if err := r.MoveClaims(first.ID, sh.ID); err != nil {
			return err
		}
	}
	if !linked {
		first.Links = append(first.Links, back)
		if err := s.tellLinked(ctx, r, first, back); err != nil {
			return err
		}
	}
	first.UpdatedMs = s.Clock.Now().UnixMilli()
	if err := first.pack(); err != nil {
		return err
	}
	return r.UpdateShipment(first)
}

// tellLinked puts a purchase that was made again into the timeline and the audit of the first.
func (s *Service) tellLinked(ctx context.Context, r Repo, first Shipment, back Link) error {
	step, action := StepDuplicated, "shipment.duplicate"
	if back.Kind == RedoneAs {
		step, action = StepRedone, "shipment.redo"
	}
	if err := r.AppendMoment(first.ID, s.moment(ctx, step, "as shipment "+strconv.FormatInt(back.Number, 10))); err != nil {
		return err
	}
	after := map[string]any{"number": first.Number, "state": first.State, string(back.Kind): back.Number}
	return audit.Record(ctx, r, s.Clock.Now(), action, subject(&first), string(first.AccountID), state(first.Row), after)
}
