package manifest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/numbering"
	"packbench/backend/core/shipment"
)

// Close closes the day for an auth: all that is open with it, or the shipments that are named by number.
// Conflict: there is nothing to close, purchases of the auth are not settled, or a manifest of it is pending; nothing was
// changed. Rejected, Invalid, Unavailable: the courier did not close, the shipments are open again. Unclear: the manifest
// is kept as unknown; Again asks for the same one.
func (s *Service) Close(ctx context.Context, id auth.ID, only []int64) (Manifest, error) {
	a, access, err := s.open(ctx, id)
	if err != nil {
		return Manifest{}, err
	}
	return s.close(ctx, a, access, only)
}

// open gives an auth and what its courier is asked with.
func (s *Service) open(ctx context.Context, id auth.ID) (auth.Auth, courier.Access, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return auth.Auth{}, courier.Access{}, err
	}
	a, err := s.Auths.Auth(ctx, id)
	if err != nil {
		return a, courier.Access{}, err
	}
	access, err := s.Auths.Open(ctx, id)
	return a, access, err
}

func (s *Service) close(ctx context.Context, a auth.Auth, access courier.Access, only []int64) (Manifest, error) {
	adapter, err := s.Couriers.Find(a.Courier)
	if err != nil {
		return Manifest{}, err
	}
	m, err := s.begin(ctx, a, adapter.Descriptor(), only)
	if err != nil {
		return Manifest{}, err
	}
	return s.carryOut(ctx, m, adapter, access)
}

// begin commits that the day is being closed, with which shipments, before anybody is told.
func (s *Service) begin(ctx context.Context, a auth.Auth, d *courier.Descriptor, only []int64) (Manifest, error) {
	var parcels []Parcel
	take := func(r Repo) (err error) {
		if err = settled(r, a.ID); err == nil {
			parcels, err = s.taken(r, a, d, only)
		}
		return err
	}
	if err := s.Store.Read(ctx, take); err != nil { // so that a refusal uses no number up
		return Manifest{}, err
	}
	number, err := s.Numbers.Next(ctx, numbering.SiteSeries(numbering.Manifests))
	if err != nil {
		return Manifest{}, err
	}
	now := s.Clock.Now()
	who, _ := actor.From(ctx)
	m := Manifest{
		ID: ID(ident.New(now)), Number: number, State: Closing, AccountID: a.AccountID, AuthID: a.ID, Courier: a.Courier, Company: a.Company,
		Testing: a.Testing, By: who.Name, BegunMs: now.UnixMilli(),
	}
	err = s.Store.Write(ctx, func(r Repo) error {
		if err := take(r); err != nil {
			return err
		}
		owner, err := r.AccountRecord(a.AccountID)
		if err != nil {
			return err
		}
		numbers := make([]int64, len(parcels))
		m.AccountName, m.Shipments, m.Parcels, m.Weight = owner.Name, len(parcels), 0, 0
		for i, p := range parcels {
			numbers[i] = p.Number
			m.Parcels += p.Parcels
			m.Weight += p.Weight
		}
		if err := r.CreateManifest(m, numbers); err != nil {
			return err
		}
		return s.record(ctx, r, "manifest.begin", m)
	})
	return m, err
}

// taken gives the shipments that a manifest is to have. Conflict says why there are none, or which are not open.
func (s *Service) taken(r Repo, a auth.Auth, d *courier.Descriptor, only []int64) ([]Parcel, error) {
	all, err := r.OpenWith(a, s.since())
	if err != nil {
		return nil, err
	}
	if len(only) == 0 {
		if len(all) == 0 {
			return nil, nothing()
		}
		return all[:min(len(all), Limit)], nil
	}
	if only = slices.Compact(slices.Sorted(slices.Values(only))); len(only) > Limit {
		return nil, errs.New(errs.Conflict, "One manifest takes up to %d shipments. Close the day in several parts.", Limit)
	}
	some, err := r.OpenAmong(a, only)
	if err != nil {
		return nil, err
	}
	open := map[int64]bool{}
	for _, p := range some {
		open[p.Number] = true
	}
	var shut []int64
	for _, n := range only {
		if !open[n] {
			shut = append(shut, n)
		}
	}
	if len(shut) > 0 {
		return nil, errs.New(errs.Conflict, "Not open with this auth, so that nothing was closed: %s. They are cancelled, in a manifest already, or of another auth.", named(shut))
	}
	others := slices.ContainsFunc(all, func(p Parcel) bool { return !open[p.Number] })
	if d.Capabilities.WholeDay && others {
		return nil, errs.New(errs.Conflict, "%s closes everything that is open and nothing less. Leave no shipment out.", d.Name)
	}
	return some, nil
}

func nothing() error {
	return errs.New(errs.Conflict, "There is nothing to close: no shipment of this auth is open.")
}

// since is how far back closing a day looks.
func (s *Service) since() int64 { return s.Clock.Now().Add(-Reach).UnixMilli() }

// settled refuses a new manifest of an auth while what became of purchases or of a manifest is not known.
func settled(r Repo, id auth.ID) error {
	pending, err := r.PendingManifests()
	if err != nil {
		return err
	}
	for _, m := range pending {
		if m.AuthID == id {
			return errs.New(errs.Conflict, "Manifest %d of this auth is %s. Settle it first.", m.Number, words[m.State])
		}
	}
	flights, err := r.InFlight()
	if err != nil {
		return err
	}
	unknown, busy := split(flights, id)
	switch {
	case len(unknown) > 0:
		return errs.New(errs.Conflict, "It is not known whether these were bought, and the courier may bill them: %s. Settle them under “Needs a look” first.", named(unknown))
	case busy > 0:
		return &errs.Error{Code: errs.Conflict, Message: fmt.Sprintf("%d of this auth are being bought or cancelled at this moment. Close the day when they are through.", busy), RetryAfter: retryAfter}
	}
	return nil
}

// split tells purchases of an auth whose outcome is not known from what is under way.
func split(flights []Flight, id auth.ID) (unknown []int64, busy int) {
	for _, f := range flights {
		switch {
		case f.AuthID != id:
		case f.State == shipment.Unknown:
			unknown = append(unknown, f.Number)
		case f.State != shipment.Queued: // of which nothing has been sent
			busy++
		}
	}
	return unknown, busy
}

// namedAtMost is how many shipments a sentence names.
const namedAtMost = 10

// named lists shipments for a sentence: "shipments 12, 15 and 3 more".
func named(numbers []int64) string {
	word := "shipments "
	if len(numbers) == 1 {
		word = "shipment "
	}
	var list []string
	for _, n := range numbers[:min(len(numbers), namedAtMost)] {
		list = append(list, strconv.FormatInt(n, 10))
	}
	text := word + strings.Join(list, ", ")
	if more := len(numbers) - namedAtMost; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// carryOut tells the courier, where it wants to be told, and keeps what came of it.
func (s *Service) carryOut(ctx context.Context, m Manifest, adapter courier.Adapter, access courier.Access) (Manifest, error) {
	ctx = context.WithoutCancel(ctx)
	again := m.State == Unknown
	list, err := s.shipmentsOf(ctx, m.ID)
	if err == nil && len(list) == 0 {
		err = errs.New(errs.Conflict, "All of its shipments were cancelled meanwhile.")
	}
	if err != nil {
		return s.fail(ctx, m, err, again)
	}
	var given courier.Manifest
	manifester, asked := adapter.(courier.Manifester)
	if asked {
		if given, err = ask(ctx, manifester, access, courier.Day{AtMs: m.BegunMs, Shipments: references(list)}); err != nil {
			return s.fail(ctx, m, err, again)
		}
	}
	return s.keep(ctx, m, given, asked, list, "manifest.close")
}

// ask calls the adapter. A panic is an error like any other: of an outcome that is not known.
func ask(ctx context.Context, c courier.Manifester, access courier.Access, day courier.Day) (m courier.Manifest, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			m, err = courier.Manifest{}, fmt.Errorf("courier: panic while closing the day: %v", cause)
		}
	}()
	return c.Manifest(ctx, access, day)
}

// fail keeps that the courier did not close, or that this is not known, and gives the caller's error. A refusal of a
// manifest that is asked for again proves nothing: the first time may have closed it.
func (s *Service) fail(ctx context.Context, m Manifest, cause error, again bool) (Manifest, error) {
	from := m.State
	known := errs.Is(cause, errs.Rejected) || errs.Is(cause, errs.Invalid) || errs.Is(cause, errs.Unavailable) || errs.Is(cause, errs.Conflict)
	m.Told = reason(cause)
	m.State = Unknown
	action := "manifest.unknown"
	if known && !again {
		m.State, m.EndedMs, action = Refused, s.Clock.Now().UnixMilli(), "manifest.refuse"
	}
	err := s.Store.Write(ctx, func(r Repo) error {
		if err := r.UpdateManifest(m, from); err != nil {
			return err
		}
		if m.State == Refused {
			if err := r.ReleaseManifest(m.ID); err != nil {
				return err
			}
		}
		return s.record(ctx, r, action, m)
	})
	switch {
	case err != nil:
		return m, unclear(m, errors.Join(cause, err))
	case m.State == Refused:
		return m, cause
	}
	return m, unclear(m, cause)
}

// reason is why a day was not closed, in a sentence for people: an adapter's own, else one that gives nothing away.
func reason(cause error) string {
	var e *errs.Error
	if errors.As(cause, &e) && e.Code != errs.Internal {
		return e.Message
	}
	return "The courier's answer was not understood or did not come in time."
}

func unclear(m Manifest, cause error) error {
	return errs.Wrap(cause, errs.Unclear, "It is not known whether the courier closed the day: %s Manifest %d is kept; ask again for it. What is closed is not closed twice.", reason(cause), m.Number)
}

// tries is how often the result is written before it is left to the next start.
const tries = 3

// keep commits that the day is closed, with its paper. asked tells that more than this machine knows of it.
func (s *Service) keep(ctx context.Context, m Manifest, given courier.Manifest, asked bool, list []shipment.Shipment, action string) (Manifest, error) {
	from := m.State
	paper, own, err := s.paper(ctx, m, given.Paper, list)
	if err != nil && from == Closing && !asked {
		return s.fail(ctx, m, errs.Wrap(err, errs.Invalid, "%s", reason(err)), false) // nobody but this machine knows of it
	}
	m.State, m.Told, m.CourierRef, m.EndedMs = Closed, "", given.Number, s.Clock.Now().UnixMilli()
	m.PaperKey, m.OwnPaper = paper.Key, own // none where it can't be drawn: Paper tries again
	who, _ := actor.From(ctx)
	step := shipment.Moment{AtMs: m.EndedMs, Step: shipment.StepClosed, Note: fmt.Sprintf("manifest %d", m.Number), By: who.Name}
	for range tries {
		err = s.Store.Write(ctx, func(r Repo) error {
			if err := r.UpdateManifest(m, from); err != nil {
				return err
			}
			if m.PaperKey != "" {
				if err := r.PutDocument(paper.Document, paper.Bytes); err != nil {
					return err
				}
			}
			if err := r.AppendMoments(m.ID, step); err != nil {
				return err
			}
			return s.record(ctx, r, action, m)
		})
		if err == nil {
			return m, nil
		}
	}
	return m, unclear(m, err)
}

// record writes what happened to a manifest into the audit.
func (s *Service) record(ctx context.Context, r Repo, action string, m Manifest) error {
	subject := audit.Subject{Kind: "manifest", ID: string(m.ID), Name: strconv.FormatInt(m.Number, 10)}
	told := map[string]any{
		"number": m.Number, "state": m.State, "courier": m.Courier, "auth_company": m.Company, "testing": m.Testing, "shipments": m.Shipments,
		"courier_ref": m.CourierRef, "told": m.Told,
	}
	return audit.Record(ctx, r, s.Clock.Now(), action, subject, string(m.AccountID), nil, told)
}
