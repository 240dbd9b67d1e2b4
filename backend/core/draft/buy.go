package draft

import (
	"context"
	"sync"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

const changedMeanwhile = "Somebody has changed this draft in the meantime. Look at it again, then buy it."

// Buy buys the label of a draft, once. The commit that makes the shipment claims the draft's Key, which takes the draft out
// of every list at the same moment; its row goes right after, or at the next start (Recover). Errors are those of
// shipment.Service.Create, and Conflict where Version is not the stored one (0 buys any); what is wrong is kept as the
// draft's Problems. NotFound: it is bought or deleted.
func (s *Service) Buy(ctx context.Context, id ID, version int64) (shipment.Created, error) {
	d, err := s.Get(ctx, id)
	if err != nil {
		return shipment.Created{}, err
	}
	if version != 0 && version != d.Version {
		return shipment.Created{}, errs.New(errs.Conflict, changedMeanwhile)
	}
	return s.buy(ctx, d)
}

func (s *Service) buy(ctx context.Context, d Draft) (shipment.Created, error) {
	var made shipment.Created
	o, err := order.Parse([]byte(d.Order), "")
	if err == nil {
		o.IdempotencyKey = d.Key()
		made, err = s.Shipments.Create(ctx, d.AccountID, o, shipment.Origin{})
	}
	sure := context.WithoutCancel(ctx)
	if made.Shipment.Number != 0 {
		// A failure here loses nothing: the claim is committed, and Recover does it again.
		_ = s.finish(sure, Bought{Draft: d, Number: made.Shipment.Number})
		return made, err
	}
	if keeps(err) {
		_ = s.Store.Write(sure, func(r Repo) error { return r.NoteProblems(d.ID, fieldsOf(err)) }) // it is told now, too
	}
	return made, err
}

// keeps reports an error that is about the order, and not about the moment.
func keeps(err error) bool {
	switch errs.CodeOf(err) {
	case errs.Invalid, errs.Malformed, errs.Rejected, errs.NotFound, errs.NotOffered:
		return true
	}
	return false
}

// finish removes what has become a shipment, and notes the rows of the file it came from, so that the file makes nothing
// again when the claim is forgotten.
func (s *Service) finish(ctx context.Context, b Bought) error {
	now := s.Clock.Now()
	return s.Store.Write(ctx, func(r Repo) error {
		if err := r.DeleteDraft(b.ID); err != nil {
			return err
		}
		if len(b.From.Rows) > 0 {
			rows := make(map[int]int64, len(b.From.Rows))
			for _, row := range b.From.Rows {
				rows[row] = b.Number
			}
			if err := r.AddImportedRows(b.AccountID, b.From.File, rows, now.UnixMilli()); err != nil {
				return err
			}
		}
		return audit.Record(ctx, r, now, "draft.buy", b.subject(), string(b.AccountID), b.told(), map[string]any{"shipment": b.Number})
	})
}

// certain is how old a claim is when no purchase can be under way behind it any more.
const certain = time.Hour

// Recover removes the drafts that a purchase has claimed and a crash left behind. It comes before
// shipment.Service.Recover, which forgets old claims.
func (s *Service) Recover(ctx context.Context) error {
	var left []Bought
	before := s.Clock.Now().Add(-certain).UnixMilli()
	err := s.Store.Read(ctx, func(r Repo) (err error) { left, err = r.BoughtDrafts(before); return err })
	if err != nil {
		return err
	}
	for _, b := range left {
		if err := s.finish(ctx, b); err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
	}
	return nil
}

// Line is what came of one draft that was to be bought. Fields and Message are empty where it was.
type Line struct {
	ID        ID           `json:"id"`
	Reference string       `json:"reference"`
	Recipient string       `json:"recipient"`
	Number    int64        `json:"number"` // of the shipment; 0 for none
	Tracking  string       `json:"tracking"`
	Code      string       `json:"code"` // of base/errs
	Message   string       `json:"message"`
	Fields    []errs.Field `json:"fields"`
}

// Report is what came of buying many: one Line for each draft that was bought or tried, in the order they were asked for.
type Report struct {
	Total  int    `json:"total"`
	Bought int    `json:"bought"`
	Failed int    `json:"failed"`
	Left   int    `json:"left"` // not tried: the run was stopped before them
	Lines  []Line `json:"lines"`
}

// buyers is how many labels are bought at the same time: their commits are shared.
const buyers = 16

// BuyAll buys drafts, each once. One that fails never stops the rest. When ctx ends it stops before the next one. tell, where
// it is not nil, is called with how many are done; never twice at the same time.
func (s *Service) BuyAll(ctx context.Context, ids []ID, tell func(done, total int)) (Report, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Report{}, err
	}
	lines, tried := make([]Line, len(ids)), make([]bool, len(ids))
	begun := context.WithoutCancel(ctx)
	var mu sync.Mutex
	next, done := 0, 0
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() != nil || next == len(ids) {
			return 0, false
		}
		next++
		return next - 1, true
	}
	var all sync.WaitGroup
	for range min(buyers, len(ids)) {
		all.Go(func() {
			for at, more := take(); more; at, more = take() {
				line := s.line(begun, ids[at])
				mu.Lock()
				lines[at], tried[at] = line, true
				if done++; tell != nil {
					tell(done, len(ids))
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	out := Report{Total: len(ids), Lines: []Line{}}
	for at, line := range lines {
		switch {
		case !tried[at]:
			out.Left++
			continue
		case line.Code == "":
			out.Bought++
		default:
			out.Failed++
		}
		out.Lines = append(out.Lines, line)
	}
	return out, nil
}

// line buys one draft of many.
func (s *Service) line(ctx context.Context, id ID) Line {
	d, err := s.Get(ctx, id)
	line := Line{ID: id, Reference: d.Reference, Recipient: d.Recipient}
	if err == nil {
		var made shipment.Created
		made, err = s.buy(ctx, d)
		line.Number = made.Shipment.Number
		if len(made.Shipment.TrackingCodes) > 0 {
			line.Tracking = made.Shipment.TrackingCodes[0]
		}
	}
	if err != nil {
		e := errs.As(err)
		line.Code, line.Message, line.Fields = string(e.Code), e.Message, e.Fields
	}
	return line
}
