package shipment

import (
	"context"
	"strconv"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/measure"
	"packbench/backend/base/money"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
)

// Outlook is what can be said of an order while a person fills it in.
type Outlook struct {
	Fields  []errs.Field   `json:"fields"`  // what Create would refuse so far, by path
	Presets []Fitting      `json:"presets"` // custom ones first, as preset.Service.List has them
	Customs postal.Customs `json:"customs"`
	Missing []string       `json:"missing"` // what customs will miss on the papers; where it wants papers
	Items   int64          `json:"items"`
	Weight  measure.Grams  `json:"weight_g"`
	Value   money.Amount   `json:"value"` // zero where nothing or two currencies say it
}

// Fitting is whether a preset takes the order as far as it is known.
type Fitting struct {
	Code string   `json:"dc_service_id"`
	Why  []string `json:"why"` // not; empty where it fits
}

// Outlook looks at a create-label body that need not be complete. Without an account or a courier it says what it can.
// Malformed: not JSON; NotFound: the account.
func (s *Service) Outlook(ctx context.Context, accountID account.ID, body []byte) (Outlook, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Outlook{}, err
	}
	o, err := order.ParseSoFar(body, "")
	var wrong errs.Fields
	if err := onField(&wrong, "shipment", err); err != nil {
		return Outlook{}, err
	}
	sender, err := s.outlookSender(ctx, accountID, &o)
	if err != nil {
		return Outlook{}, err
	}
	out := Outlook{Customs: postal.CustomsBetween(o.From, o.To)}
	c := courier.Consignment{From: o.From, To: o.To, Parcels: o.Parcels, Incoterms: o.Incoterms, ReasonForExport: o.Reason, ShippingCharge: o.ShippingCharge}
	if adapter, err := s.Couriers.Find(o.Courier); err == nil {
		d := adapter.Descriptor()
		wrong.AddError("", d.CheckOptions(o.Options, "shipment.courier"))
		own := o
		if sender { // what is wrong with a saved one is not to be put right here
			own.From = postal.Address{}
		}
		checkLimits(&wrong, d, own)
		if accountID != "" {
			if out.Presets, err = s.fittings(ctx, accountID, o.Courier, c); err != nil {
				return Outlook{}, err
			}
		}
	}
	if err := wrong.Err(); err != nil {
		out.Fields = firstOfEach(errs.As(err).Fields)
	}
	if out.Customs == postal.Papers {
		if out.Missing, err = s.customsMisses(ctx, c, o); err != nil {
			return Outlook{}, err
		}
	}
	for _, p := range o.Parcels {
		for _, item := range p.Items {
			out.Items += item.Quantity
		}
	}
	out.Weight = c.Weight()
	out.Value, _ = preset.Value(o.Parcels) // two currencies have a sentence at their field
	return out, nil
}

// outlookSender fills the sender in as a purchase does; saved tells that it is not the order's own.
func (s *Service) outlookSender(ctx context.Context, id account.ID, o *order.Order) (saved bool, err error) {
	saved = o.From.IsZero()
	if id == "" {
		return saved, nil
	}
	var acc account.Account
	if err := s.Store.Read(ctx, func(r Repo) (err error) { acc, err = r.AccountRecord(id); return err }); err != nil {
		return saved, err
	}
	var unsaid errs.Fields // that no sender is set up has a place of its own on the screen
	if err := s.resolveSender(ctx, s, acc, o, &unsaid); err != nil {
		return saved, err
	}
	_ = o.SettleCurrency(o.From.CountryISO) // its sentence comes with the purchase
	return saved, nil
}

func (s *Service) fittings(ctx context.Context, id account.ID, key courier.Key, c courier.Consignment) ([]Fitting, error) {
	custom, system, err := s.Presets.List(ctx, id, key)
	if err != nil {
		return nil, err
	}
	presets := append(custom, system...)
	list := make([]Fitting, 0, len(presets))
	for _, p := range presets {
		fit := Fitting{Code: p.Code}
		for _, f := range p.Rules.Judge(c) {
			if !f.Fits && said(f.Rule, c) {
				fit.Why = append(fit.Why, f.Sentence(p.Code))
			}
		}
		list = append(list, fit)
	}
	return list, nil
}

// said reports whether the order tells yet what a restriction asks for.
func said(rule string, c courier.Consignment) bool {
	switch rule {
	case "weight":
		return c.Weight() > 0
	case "length", "width", "height", "longest":
		for _, p := range c.Parcels {
			if p.Length == 0 || p.Width == 0 || p.Height == 0 {
				return false
			}
		}
		return true
	case "value":
		value, err := preset.Value(c.Parcels)
		return err == nil && !value.IsZero()
	case "countries":
		return c.To.CountryISO != ""
	}
	return c.To.Postcode != ""
}

// customsMisses says what the commercial invoice would miss. A line is named by what it is.
func (s *Service) customsMisses(ctx context.Context, c courier.Consignment, o order.Order) ([]string, error) {
	sh := Shipment{Row: Row{Number: 1, CreatedMs: s.Clock.Now().UnixMilli(), Weight: c.Weight()}, Consignment: c, Invoice: o.Invoice}
	b, err := s.brand(ctx, sh)
	if err != nil {
		return nil, err
	}
	v := commercialInvoice(sh, b)
	var list []string
	for _, gap := range v.Missing() {
		sentence := sentence(gap.Message) + "."
		if rest, ok := strings.CutPrefix(gap.Field, "lines."); ok {
			place, _, _ := strings.Cut(rest, ".")
			if n, err := strconv.Atoi(place); err == nil && n < len(v.Lines) && v.Lines[n].Description != "" {
				sentence = v.Lines[n].Description + ": " + gap.Message + "."
			}
		}
		list = append(list, sentence)
	}
	return list, nil
}

// firstOfEach keeps the first sentence on a field.
func firstOfEach(list []errs.Field) []errs.Field {
	seen := map[string]bool{}
	out := make([]errs.Field, 0, len(list))
	for _, f := range list {
		if !seen[f.Path] {
			seen[f.Path] = true
			out = append(out, f)
		}
	}
	return out
}
