package shipment

import (
	"cmp"
	"context"
	"slices"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
)

// Alternative is a preset of another courier that takes an order as far as it is known.
type Alternative struct {
	AuthID   auth.ID     `json:"auth_id"`
	Courier  courier.Key `json:"courier"`
	Company  string      `json:"company"`
	Testing  bool        `json:"testing"`
	Code     string      `json:"dc_service_id"`
	Name     string      `json:"name"`
	LeadDays int         `json:"lead_days"` // working days until delivery; 0 is the same day
}

// How many alternatives are offered, and how many of one auth: a choice, not a catalogue.
const (
	alternativesOffered = 4
	alternativesOfOne   = 2
)

// Alternatives offers presets of couriers other than the order's, for when that is away: those that answer, in the order's
// mode, which take the order with nothing more to fill in. The ones that arrive nearest to the time it was to arrive come
// first. Nothing is bought. Only at this machine. Malformed: not JSON; NotFound: the account.
func (s *Service) Alternatives(ctx context.Context, accountID account.ID, body []byte) ([]Alternative, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	o, err := order.ParseSoFar(body, "")
	var unsaid errs.Fields // what is wrong with the order is told beside its fields
	if err := onField(&unsaid, "shipment", err); err != nil {
		return nil, err
	}
	if _, err := s.outlookSender(ctx, accountID, &o); err != nil {
		return nil, err
	}
	auths, err := s.Auths.List(ctx, accountID)
	if err != nil {
		return nil, err
	}
	wanted := s.leadOf(ctx, accountID, o)
	away := func(a Alternative) int { return max(a.LeadDays-wanted, wanted-a.LeadDays) }
	nearest := func(a, b Alternative) int { return cmp.Compare(away(a), away(b)) }
	var all []Alternative
	for _, a := range auths {
		if a.Courier == o.Courier || a.TrackingOnly || o.Testing != nil && a.Testing != *o.Testing || s.Health != nil && !s.Health.Answers(string(a.ID)) {
			continue
		}
		list, err := s.alternativesOf(ctx, a, o)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(list, nearest)
		all = append(all, list[:min(len(list), alternativesOfOne)]...)
	}
	slices.SortStableFunc(all, nearest)
	return all[:min(len(all), alternativesOffered)], nil
}

// leadOf gives how many days the order was to take, 0 where its service is not known.
func (s *Service) leadOf(ctx context.Context, id account.ID, o order.Order) int {
	if _, err := s.Couriers.Find(o.Courier); err != nil {
		return 0
	}
	_, offer, err := s.Presets.Resolve(ctx, id, o.Courier, o.PresetCode, o.ServiceCode)
	if err != nil {
		return 0
	}
	return offer.LeadDays
}

// alternativesOf gives the presets of an auth that take the order, custom ones first.
func (s *Service) alternativesOf(ctx context.Context, a auth.Auth, o order.Order) ([]Alternative, error) {
	adapter, err := s.Couriers.Find(a.Courier)
	if err != nil {
		return nil, nil // one of a courier that this program no longer has
	}
	d := adapter.Descriptor()
	var wrong errs.Fields
	o.From = postal.Address{} // the sender is this house
	if checkLimits(&wrong, d, o); wrong.Len() > 0 {
		return nil, nil
	}
	custom, system, err := s.Presets.List(ctx, a.AccountID, a.Courier)
	if err != nil {
		return nil, err
	}
	c := courier.Consignment{To: o.To, Parcels: o.Parcels}
	var list []Alternative
	for _, p := range append(custom, system...) {
		offer, sold := d.Service(p.ServiceCode)
		if !sold || d.CheckOptions(merge(d, p.Options, nil), "") != nil || !takes(p, c) {
			continue
		}
		list = append(list, Alternative{
			AuthID: a.ID, Courier: a.Courier, Company: a.Company, Testing: a.Testing, Code: p.Code, Name: p.Name, LeadDays: offer.LeadDays,
		})
	}
	return list, nil
}

// takes reports whether a preset's restrictions hold for what the order says so far.
func takes(p preset.Preset, c courier.Consignment) bool {
	return !slices.ContainsFunc(p.Rules.Judge(c), func(f preset.Finding) bool { return !f.Fits && said(f.Rule, c) })
}
