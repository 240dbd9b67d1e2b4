package shipment

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/base/ident"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
	"packbench/backend/core/settings"
)

// purchase is an order with everything it needs, ready to be bought.
type purchase struct {
	order       order.Order
	fingerprint [32]byte
	wishes      []wish
	auths       []auth.Auth // the account's with the order's courier; nil where they were not read, as for one that an upstream carries
	adapter     courier.Adapter
	access      courier.Access
	shipment    Shipment
}

// prepare resolves auth, preset and sender and checks the courier's limits. It returns taken where a claim of the order is
// another purchase's, before anything else is looked at: a repeat is answered even when it could not be bought again.
func (s *Service) prepare(ctx context.Context, accountID account.ID, o order.Order) (purchase, error) {
	if err := actor.Allow(ctx, string(accountID), actor.Ship); err != nil {
		return purchase{}, err
	}
	if n := utf8.RuneCountInString(o.IdempotencyKey); n > keyLimit {
		return purchase{}, errs.OnField("Idempotency-Key", "Idempotency-Key has %d characters and may have at most %d.", n, keyLimit)
	}
	p := purchase{order: o, fingerprint: o.Fingerprint()}
	acc, err := s.repeat(ctx, accountID, &p)
	if err != nil {
		return purchase{}, err
	}
	f, err := s.fit(ctx, s, acc, &p)
	if err != nil {
		return purchase{}, err
	}
	p.shipment = s.draft(ctx, acc, f, p.order)
	if o.WantInvoice || o.WantSlip {
		if err := drawable(p.shipment, o); err != nil {
			return purchase{}, err
		}
	}
	p.wishes = append(p.wishes, referenceWish(&p.order, p.shipment.Testing)...)
	return p, nil
}

// sources is where an order's courier, auth, preset and sender come from.
type sources interface {
	carrier(ctx context.Context, id account.ID, key courier.Key) (courier.Adapter, error)
	auth(context.Context, auth.Query) (auth.Auth, courier.Access, error)
	preset(ctx context.Context, id account.ID, key courier.Key, code, serviceCode string) (preset.Preset, courier.ServiceOffer, error)
	site(context.Context) (settings.Settings, error)
}

func (s *Service) carrier(ctx context.Context, id account.ID, key courier.Key) (courier.Adapter, error) {
	return s.Auths.Carrier(ctx, id, key)
}

func (s *Service) auth(ctx context.Context, q auth.Query) (auth.Auth, courier.Access, error) {
	return s.Auths.Resolve(ctx, q)
}

func (s *Service) preset(ctx context.Context, id account.ID, key courier.Key, code, serviceCode string) (preset.Preset, courier.ServiceOffer, error) {
	return s.Presets.Resolve(ctx, id, key, code, serviceCode)
}

// fitted is what an order is bought with.
type fitted struct {
	login   auth.Auth
	choice  preset.Preset
	offer   courier.ServiceOffer
	options map[string]string
	forward courier.Forward
}

// fit finds what an order is bought with and holds it to what that takes.
func (s *Service) fit(ctx context.Context, from sources, acc account.Account, p *purchase) (f fitted, err error) {
	o := &p.order
	if p.adapter, err = from.carrier(ctx, acc.ID, o.Courier); err != nil {
		return f, err
	}
	var wrong errs.Fields
	d := p.adapter.Descriptor()
	forwarded := d.Key != o.Courier
	f.login, p.access, err = from.auth(ctx, auth.Query{
		AccountID: acc.ID, Owner: &acc, Auths: p.auths, Courier: d.Key, Company: o.AuthCompany, Testing: o.Testing, Forwards: forwarded,
	})
	if err := onField(&wrong, "auth_company", err); err != nil {
		return f, err
	}
	if forwarded {
		f.passOn(d, *o, &wrong)
	} else {
		f.choice, f.offer, err = from.preset(ctx, acc.ID, o.Courier, o.PresetCode, o.ServiceCode)
		if err := onField(&wrong, "shipment.dc_service_id", err); err != nil {
			return f, err
		}
		f.options = merge(d, f.choice.Options, o.Options)
		wrong.AddError("", d.CheckOptions(f.options, "shipment.courier"))
		if d.Named != nil {
			f.offer.Name = d.Named(f.offer, f.options)
		}
	}
	if err := s.resolveSender(ctx, from, acc, o, &wrong); err != nil {
		return f, err
	}
	checkLimits(&wrong, d, *o)
	chooseLabel(d, o)
	if o.From.CountryISO != "" { // which settles what currency amounts are in
		wrong.AddError("", o.SettleCurrency(o.From.CountryISO))
	}
	checkRules(&wrong, f.choice, *o)
	return f, wrong.Err()
}

// repeat reads the account and looks whether the order has been sent before. The auths that it may be bought with are read
// beside, because another look into the database costs more than they do.
func (s *Service) repeat(ctx context.Context, id account.ID, p *purchase) (account.Account, error) {
	var acc account.Account
	err := s.Store.Read(ctx, func(r Repo) (err error) {
		if acc, err = usable(r, id); err != nil {
			return err
		}
		p.wishes = wishes(&p.order, p.fingerprint, acc.StrictIDs) // a reference is looked up later
		if err := held(r, id, p.wishes); err != nil {
			return err
		}
		if _, unknown := s.Couriers.Find(p.order.Courier); unknown == nil {
			p.auths, err = r.AuthsFor(id, p.order.Courier)
		}
		return err
	})
	return acc, err
}

// usable gives an account that may buy.
func usable(r Repo, id account.ID) (account.Account, error) {
	acc, err := r.AccountRecord(id)
	switch {
	case err != nil:
		return acc, err
	case acc.DeletedMs != 0:
		return acc, errs.New(errs.NotFound, "There is no such API account.")
	case acc.Disabled:
		return acc, errs.New(errs.Forbidden, "The API account %q is disabled.", acc.Name)
	}
	return acc, nil
}

// onField collects an Invalid error with the other wrong fields, so that all are told at once; another error ends it.
func onField(wrong *errs.Fields, path string, err error) error {
	if !errs.Is(err, errs.Invalid) {
		return err
	}
	e := errs.As(err)
	if len(e.Fields) == 0 {
		wrong.Add(path, "%s", e.Message)
		return nil
	}
	wrong.AddError("", err)
	return nil
}

// resolveSender fills the sender in: the order's, else the account's default, else the site's; and its country likewise.
func (s *Service) resolveSender(ctx context.Context, from sources, acc account.Account, o *order.Order, wrong *errs.Fields) error {
	const path = "shipment.ship_from"
	named := postal.Address{AddressName: o.From.AddressName}
	if !o.From.IsZero() && o.From != named && o.From.CountryISO != "" {
		return nil
	}
	site, err := from.site(ctx)
	if err != nil {
		return err
	}
	saved := acc.DefaultSender
	if saved.IsZero() {
		saved = site.Sender
	}
	switch {
	case o.From == named && named.AddressName != "" && saved.AddressName != named.AddressName:
		err := s.Store.Read(ctx, func(r Repo) (err error) { o.From, err = r.SavedSender(named.AddressName); return err })
		if errs.Is(err, errs.NotFound) {
			wrong.Add(path+".address_name", "There is no saved sender %q.", named.AddressName)
			return nil
		}
		if err != nil {
			return err
		}
		if o.From.Name == "" {
			o.From.Name = o.From.CompanyName
		}
	case o.From == named && saved.IsZero():
		wrong.Add(path, "Sender is required: this API account has no default sender.")
		return nil
	case o.From == named:
		o.From = saved
	}
	for _, country := range []string{saved.CountryISO, site.CountryISO} {
		if o.From.CountryISO == "" {
			o.From.CountryISO = country
		}
	}
	if o.From.CountryISO == "" {
		wrong.Add(path+".country_iso", "Country code is required: two letters, like GB.")
	}
	return nil
}

// draft is the shipment before it is bought.
func (s *Service) draft(ctx context.Context, acc account.Account, f fitted, o order.Order) Shipment {
	now := s.Clock.Now()
	id := ID(ident.New(now))
	sh := Shipment{
		Row: Row{
			ID: id, CreatedMs: now.UnixMilli(), UpdatedMs: now.UnixMilli(), Version: 1,
			AccountID: acc.ID, AccountName: acc.Name, Courier: o.Courier, Company: f.login.Company,
			ServiceName: f.offer.Name, PresetCode: f.choice.Code, Testing: f.login.Testing,
			Reference: o.Reference, Reference2: o.Reference2,
			Recipient: o.To.Name, RecipientOrg: o.To.CompanyName, City: o.To.City, Postcode: o.To.Postcode, CountryISO: o.To.CountryISO,
			Parcels: len(o.Parcels), State: Queued,
		},
		AuthID: f.login.ID, ServiceCode: f.offer.Code, Invoice: o.Invoice, OrderAltID: o.OrderAltID,
		AccountNumber: o.AccountNumber, CustomerName: o.AccountName, GiftNote: o.GiftNote,
		TrackingHash: trackingHash(), Warnings: o.Warnings, Request: o.Raw,
		Consignment: courier.Consignment{
			ShipmentID: string(id), Service: f.offer, From: o.From, To: o.To, Parcels: o.Parcels,
			Reference: o.Reference, Reference2: o.Reference2, OrderID: o.OrderID,
			DeliveryInstructions: o.DeliveryInstructions, ParcelDescription: o.ParcelDescription,
			CreatedMs: now.UnixMilli(), CollectionMs: o.CollectionMs, Incoterms: o.Incoterms, ReasonForExport: o.Reason,
			ShippingCharge: o.ShippingCharge, Options: f.options, Testing: f.login.Testing,
			LabelFormat: o.LabelFormat, LabelSize: o.LabelSize, LabelDPI: o.LabelDPI, Forward: f.forward,
		},
	}
	sh.Weight = sh.Consignment.Weight()
	sh.add(s.moment(ctx, StepReceived, ""))
	return sh
}

// trackingHash is a random number from 1 below 2^53, which every client's JSON reads exactly.
func trackingHash() int64 {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic("shipment: the system's random source failed: " + err.Error()) // crypto/rand never returns an error since Go 1.24
	}
	return int64(binary.BigEndian.Uint64(b[:])>>11 | 1)
}

func owner(sh Shipment) document.Owner {
	return document.Owner{ShipmentID: string(sh.ID), AccountID: string(sh.AccountID)}
}
