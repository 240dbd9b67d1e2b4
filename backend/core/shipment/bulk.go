package shipment

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/actor"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
)

// LabelOf gives the label without noting that it was taken out; TakenOutTogether does that once it has left. format and the
// errors are as with Label. Only at this machine, as everything in this file.
func (s *Service) LabelOf(ctx context.Context, sh Shipment, format courier.Format) (document.File, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.File{}, err
	}
	if err := sh.LabelUsable(); err != nil {
		return document.File{}, err
	}
	return s.labelAs(ctx, sh, format, 0)
}

// SlipOf says what the packing slip says, for drawing it with others. Invalid: the shipment has no items.
func (s *Service) SlipOf(ctx context.Context, sh Shipment) (document.PackingSlip, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.PackingSlip{}, err
	}
	b, err := s.brand(ctx, sh)
	if err != nil {
		return document.PackingSlip{}, err
	}
	slip := packingSlip(sh, b)
	return slip, onOrder(slip.Validate())
}

// InvoiceOf says what the commercial invoice says, for drawing it with others. Invalid: the shipment has no items.
func (s *Service) InvoiceOf(ctx context.Context, sh Shipment) (document.CommercialInvoice, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return document.CommercialInvoice{}, err
	}
	b, err := s.brand(ctx, sh)
	if err != nil {
		return document.CommercialInvoice{}, err
	}
	invoice := commercialInvoice(sh, b)
	return invoice, onOrder(invoice.Validate())
}

// Collectable returns Conflict unless a courier may collect the shipment: it is booked and not on its way yet.
func (sh Shipment) Collectable() error {
	switch {
	case sh.State == Cancelled:
		return errs.New(errs.Conflict, "It was cancelled; the courier must not collect it.")
	case sh.State != Booked || sh.Status.Collected():
		return errs.New(errs.Conflict, "Only a booked shipment can be collected; this one is %s.", standing(sh))
	}
	return nil
}

// ManifestsOf lists what is to be collected, one manifest for each courier, account and place of collection, live and test
// labels apart; couriers and shipments stay in their order.
func (s *Service) ManifestsOf(ctx context.Context, shipments []Shipment) ([]document.Manifest, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return nil, err
	}
	type pile struct {
		courier            courier.Key
		account, collected string
		testing            bool
	}
	at := map[pile]int{}
	var out []document.Manifest
	now := s.Clock.Now().UnixMilli()
	for _, sh := range shipments {
		p := pile{sh.Courier, sh.AccountName, oneLine(sh.Consignment.From), sh.Testing}
		i, begun := at[p]
		if !begun {
			b, err := s.brand(ctx, sh)
			if err != nil {
				return nil, err
			}
			i = len(out)
			at[p] = i
			out = append(out, b.manifest(sh, now))
		}
		out[i].Lines = append(out[i].Lines, manifestLine(sh))
	}
	return out, nil
}

// manifest says what stands above the lines of a manifest that the shipment is on.
func (b brand) manifest(sh Shipment, nowMs int64) document.Manifest {
	from, look := sh.Consignment.From, b.Manifest
	return document.Manifest{
		Paper: cmp.Or(look.Paper, paper(from)), Language: look.Language, Branding: b.branding(look.Language, true), CreatedMs: nowMs,
		Courier: b.courier, Account: sh.AccountName, Sender: cmp.Or(b.Business.Name, from.CompanyName, from.Name),
		Collected: oneLine(from), Date: b.day(look.Language, nowMs), Testing: sh.Testing,
	}
}

func manifestLine(sh Shipment) document.ManifestLine {
	return document.ManifestLine{
		Number: strconv.FormatInt(sh.Number, 10), Reference: sh.Reference, Recipient: cmp.Or(sh.RecipientOrg, sh.Recipient),
		Place: joined(" · ", sh.Postcode, sh.CountryISO), Service: sh.ServiceName, TrackingCodes: sh.TrackingCodes,
		Parcels: max(sh.Parcels, 1), Weight: sh.Weight,
	}
}

func oneLine(a postal.Address) string {
	return joined(", ", a.Address1, a.Address2, a.City, a.Postcode)
}

func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), by)
}

// together is how many shipments are noted in one transaction: few enough to be short.
const together = 25

// Left says which documents of a shipment left.
type Left struct {
	ID    ID
	Kinds []document.Kind
}

// TakenOutTogether notes that documents of many shipments left in one file; a label counts as taken out from then on. A
// shipment that is gone is passed over.
func (s *Service) TakenOutTogether(ctx context.Context, all []Left, note string) error {
	if err := actor.AllowManager(ctx); err != nil {
		return err
	}
	for some := range slices.Chunk(all, together) {
		err := s.Store.Write(ctx, func(r Repo) error {
			for _, left := range some {
				if err := s.takeOut(ctx, r, left, note); err != nil && !errs.Is(err, errs.NotFound) {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) takeOut(ctx context.Context, r Repo, left Left, note string) error {
	sh, err := r.Shipment(left.ID)
	if err != nil {
		return err
	}
	var moments []Moment
	for _, kind := range left.Kinds {
		text := outNote(kind, note)
		if sh.TakenOut(kind) {
			text = "reprint, " + text
		}
		moments = append(moments, s.moment(ctx, takenOutBy(kind), text))
	}
	if slices.Contains(left.Kinds, document.KindLabel) && sh.PrintedMs == 0 {
		sh.PrintedMs = s.Clock.Now().UnixMilli()
		sh.UpdatedMs = sh.PrintedMs
		if err := sh.pack(); err != nil {
			return err
		}
		if err := r.UpdateShipment(sh); err != nil {
			return err
		}
	}
	for _, m := range moments {
		if err := r.AppendMoment(left.ID, m); err != nil {
			return err
		}
	}
	return nil
}
