package shipment

import (
	"cmp"
	"context"
	"errors"
	"strconv"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/order"
)

// order gives the order that a shipment was bought with, as it was settled then, without the ids of the first request.
func (sh Shipment) order(nowMs int64) order.Order {
	c, testing := sh.Consignment, sh.Testing
	o := order.Order{
		Courier: sh.Courier, Testing: &testing, AuthCompany: cmp.Or(c.Forward.Company, sh.Company),
		LabelSize: c.LabelSize, LabelFormat: c.LabelFormat, LabelDPI: c.LabelDPI,
		Invoice: sh.Invoice, PresetCode: sh.PresetCode, ServiceCode: sh.ServiceCode, Options: c.Options,
		Incoterms: c.Incoterms, Reason: c.ReasonForExport,
		Reference: sh.Reference, Reference2: sh.Reference2, OrderID: c.OrderID, OrderAltID: sh.OrderAltID,
		DeliveryInstructions: c.DeliveryInstructions, ParcelDescription: c.ParcelDescription, ShippingCharge: c.ShippingCharge,
		AccountNumber: sh.AccountNumber, AccountName: sh.CustomerName, GiftNote: sh.GiftNote,
		From: c.From, To: c.To, Parcels: c.Parcels, Raw: sh.Request,
	}
	if c.CollectionMs > nowMs { // a day that is over is asked for by nobody
		o.CollectionMs = c.CollectionMs
	}
	return o
}

// prepareAgain prepares a second purchase of a shipment's order. claim, which no caller of the API can send because it
// holds a control character, makes the same click one purchase: taken is returned for its repeat.
func (s *Service) prepareAgain(ctx context.Context, first Shipment, kind LinkKind, claim string) (purchase, error) {
	o := first.order(s.Clock.Now().UnixMilli())
	o.IdempotencyKey = string(kind) + "\x1f" + string(first.ID) + claim
	p, err := s.prepare(ctx, first.AccountID, o)
	if err != nil {
		return purchase{}, err
	}
	p.shipment.Links = []Link{{Kind: kind, ID: first.ID, Number: first.Number}}
	words := "redo of shipment "
	if kind == DuplicateOf {
		words = "duplicate of shipment "
	}
	p.shipment.Timeline[0].Note = words + strconv.FormatInt(first.Number, 10)
	return p, nil
}

// Duplicate buys a second label for the order of a shipment, which keeps its own. confirm is the shipment's number, typed
// by whoever wants it; click names this one wish, so that the same click twice buys once. Only at this machine.
// Invalid at confirm: another number; Conflict: what became of the first is not known; else as Create.
func (s *Service) Duplicate(ctx context.Context, h Handle, confirm int64, click string) (Created, error) {
	if err := actor.AllowManager(ctx); err != nil {
		return Created{}, err
	}
	first, err := s.find(ctx, "", h)
	if err != nil {
		return Created{}, err
	}
	switch {
	case confirm != first.Number:
		return Created{}, errs.OnField("confirm", "Type the number of the shipment, %d, to buy a second label for its order.", first.Number)
	case first.State == Queued, first.State == Sending, first.State == Unknown:
		return Created{}, errs.New(errs.Conflict, "It is not known yet whether shipment %d was bought. Settle that first: a second purchase could be one too many.", first.Number)
	}
	p, err := s.prepareAgain(ctx, first, DuplicateOf, "\x1f"+click)
	if err != nil {
		return s.repeated(ctx, err)
	}
	if err := s.ready(ctx, &p, 0); err != nil {
		return Created{}, err
	}
	return s.buy(ctx, p, Origin{})
}

// repeated answers a click that came before with what it bought; another error stays.
func (s *Service) repeated(ctx context.Context, err error) (Created, error) {
	var repeat taken
	if !errors.As(err, &repeat) {
		return Created{}, err
	}
	return s.replay(ctx, repeat, repeat.claim.Fingerprint)
}
