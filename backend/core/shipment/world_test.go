package shipment

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
)

// fault is what goes wrong at the courier with one purchase.
type fault int

const (
	fine        fault = iota
	refuses           // says no
	unreachable       // proven that nothing was sent
	losesBefore       // fails without having bought, and nobody can tell
	losesAfter        // buys, then times out
	panics            // buys, then the adapter panics
	answersBad        // buys, then answers without a tracking code
)

var faults = []fault{fine, refuses, unreachable, losesBefore, losesAfter, panics, answersBad}

// depot is a courier whose ledger is the truth of what was sold. Its behaviour is set by hand.
type depot struct {
	mu        sync.Mutex
	local     bool
	blind     bool  // can't look a purchase up
	bare      bool  // sells, and gives no label yet
	says      error // instead of selling
	next      fault
	ledger    map[string][]string // our reference → codes, one for each time it was sold
	sent      map[string]int      // our reference → how often it was asked for
	cancelled map[string]int
	asked     func() // called once, in the middle of the next look-up
	late      error  // what Cancel answers
	serial    int
	during    func()          // called once, in the middle of the next purchase
	papers    []courier.Paper // come with every purchase
	offers    []courier.Offer
	quoted    []courier.Consignment // what prices were asked for
}

func newDepot() *depot {
	return &depot{ledger: map[string][]string{}, sent: map[string]int{}, cancelled: map[string]int{}}
}

func (d *depot) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Depot", Name: "Depot", Initials: "DP", Local: d.local,
		Services: []courier.ServiceOffer{{Code: "STD", PresetCode: "D-STD", Name: "Standard"}},
		Formats:  []courier.Format{courier.PDF, courier.ZPL}, Sizes: []courier.Size{courier.Size4x6},
		Options:      []courier.Field{{Key: "signature", Label: "Signature", Kind: courier.Bool}},
		Capabilities: courier.Capabilities{Cancel: true, Find: true, Relabel: true, Track: true, Price: true},
		Limits:       courier.Limits{AddressLine: 35, Parcels: 5, ParcelWeight: 30_000, ParcelLength: 1200},
	}
}

func (d *depot) Check(context.Context, courier.Access) (courier.Verdict, error) {
	return courier.Verdict{}, nil
}

func (d *depot) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	if act := d.during; act != nil {
		d.during = nil
		act()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent[c.ShipmentID]++
	if d.says != nil {
		return courier.Booked{}, d.says
	}
	switch d.next {
	case refuses:
		return courier.Booked{}, errs.New(errs.Rejected, "Depot does not go there.")
	case unreachable:
		return courier.Booked{}, errs.New(errs.Unavailable, "Depot can't be reached.")
	case losesBefore:
		return courier.Booked{}, fmt.Errorf("read tcp: reset")
	}
	d.serial++
	code := fmt.Sprintf("DP%06d", d.serial)
	d.ledger[c.ShipmentID] = append(d.ledger[c.ShipmentID], code)
	switch d.next {
	case losesAfter:
		return courier.Booked{}, fmt.Errorf("read tcp: time-out")
	case panics:
		panic("depot: index out of range")
	case answersBad:
		return courier.Booked{Label: label(code)}, nil
	}
	if d.bare {
		b := sold(code)
		b.Label.Bytes = []byte("<html>try again later</html>")
		return b, nil
	}
	b := sold(code)
	b.Papers = d.papers
	return b, nil
}

func sold(code string) courier.Booked {
	return courier.Booked{CourierRef: "ref-" + code, TrackingCodes: []string{code}, Label: label(code)}
}

// label is the courier's own file, which does not say for what resolution it is.
func label(code string) courier.Label {
	return courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF- label of " + code)}
}

func (d *depot) Find(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, bool, error) {
	if act := d.asked; act != nil {
		d.asked = nil
		act()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.blind {
		return courier.Booked{}, false, errs.New(errs.Unavailable, "Depot can't be reached.")
	}
	if codes := d.ledger[c.ShipmentID]; len(codes) > 0 {
		b := sold(codes[0])
		b.Papers = d.papers
		return b, true, nil
	}
	return courier.Booked{}, false, nil
}

func (d *depot) Cancel(_ context.Context, _ courier.Access, b courier.Reference) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.late != nil {
		return d.late
	}
	d.cancelled[b.ShipmentID]++
	return nil
}

func (d *depot) Relabel(_ context.Context, _ courier.Access, c courier.Consignment, b courier.Reference) (courier.Label, []courier.Warning, error) {
	return courier.Label{
		Format: c.LabelFormat, Size: c.LabelSize, DPI: c.LabelDPI,
		Bytes: fmt.Appendf(nil, "^XA %s %d ^XZ", b.TrackingCodes[0], c.LabelDPI),
	}, nil, nil
}

func (d *depot) Quote(_ context.Context, _ courier.Access, c courier.Consignment) ([]courier.Offer, error) {
	d.quoted = append(d.quoted, c)
	return slices.Clone(d.offers), d.says
}

func (d *depot) Track(_ context.Context, _ courier.Access, code, _ string) ([]courier.Event, error) {
	return []courier.Event{{TrackingCode: code, AtMs: day.Add(time.Hour).UnixMilli(), Status: courier.StatusCollected, Description: "On the van"}}, nil
}

// pen draws papers as plain text, so that tests can read them.
type pen struct{}

func (pen) DrawPackingSlip(_ context.Context, s document.PackingSlip, copies int) ([]byte, []courier.Warning, error) {
	if err := s.Validate(); err != nil {
		return nil, nil, err
	}
	return fmt.Appendf(nil, "slip %+v %d", s, copies), nil, nil
}

func (pen) DrawCommercialInvoice(_ context.Context, v document.CommercialInvoice, copies int) ([]byte, []courier.Warning, error) {
	if err := v.Validate(); err != nil {
		return nil, nil, err
	}
	return fmt.Appendf(nil, "invoice %+v %d", v, copies), nil, nil
}

// tester is what of testing.TB both tests and rapid's tests have.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

var day = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

const owned account.ID = "account-1"

// world is everything a purchase needs.
type world struct {
	*Service
	m     *memory
	depot *depot
	clock *clock.Manual
	ctx   context.Context
}

func newWorld(t tester) *world {
	t.Helper()
	w := &world{m: newMemory(), depot: newDepot(), clock: clock.NewManual(day)}
	w.m.accounts[owned] = account.Account{ID: owned, Name: "North Dock", DefaultSender: postal.Address{
		Name: "Dispatch", Address1: "Unit 7", City: "Leith", Postcode: "EH6 6AA", CountryISO: "GB",
	}}
	w.m.auths["auth-1"] = auth.Auth{ID: "auth-1", AccountID: owned, Courier: "Depot", Company: "Main"}
	w.ctx = actor.With(context.Background(), actor.Actor{
		Door: actor.API, Name: "till", AccountID: string(owned), Scopes: actor.AllScopes(),
	})
	w.start(t)
	return w
}

// restart starts again on what was kept, long enough after for every purchase to have ended.
func (w *world) restart(t tester) {
	t.Helper()
	w.m.revive()
	w.clock.Advance(proofAge)
	w.start(t)
}

// start makes the services anew, as a new process does.
func (w *world) start(t tester) {
	t.Helper()
	couriers, err := courier.NewRegistry(w.depot)
	if err != nil {
		t.Fatal(err)
	}
	w.Service = &Service{
		Store: as[Repo](w.m), Couriers: couriers, Clock: w.clock,
		Auths:     &auth.Service{Store: as[auth.Repo](w.m), Couriers: couriers, Clock: w.clock},
		Presets:   &preset.Service{Store: as[preset.Repo](w.m), Couriers: couriers, Clock: w.clock},
		Documents: &document.Service{Store: as[document.Repo](w.m), Drawer: pen{}, Clock: w.clock},
		Numbers:   &numbering.Service{Store: as[numbering.Repo](w.m)},
	}
}

// sample is the worked order, for the depot; edit changes it.
func sample(t tester, edit func(*order.Order)) order.Order {
	t.Helper()
	body, err := os.ReadFile("../order/testdata/order.json")
	if err != nil {
		t.Fatal(err)
	}
	o, err := order.Parse(body, "Depot")
	if err != nil {
		t.Fatal(err)
	}
	o.AuthCompany, o.PresetCode, o.RequestID, o.Reference, o.Testing = "", "", nil, "", nil
	if edit != nil {
		edit(&o)
	}
	return o
}

func (w *world) buy(t tester, edit func(*order.Order)) Created {
	t.Helper()
	c, err := w.Create(w.ctx, owned, sample(t, edit), Origin{})
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	return c
}

func (w *world) reload(t tester, id ID) Shipment {
	t.Helper()
	sh, err := w.Get(w.ctx, owned, Handle{ID: id})
	if err != nil {
		t.Fatal(err)
	}
	return sh
}

func steps(sh Shipment) []string {
	var list []string
	for _, m := range sh.Timeline {
		list = append(list, m.Step)
	}
	return list
}

func wantCode(t tester, err error, code errs.Code) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Fatalf("error %v (%s), want %s", err, errs.CodeOf(err), code)
	}
}

func paths(err error) []string {
	var list []string
	for _, f := range errs.As(err).Fields {
		list = append(list, f.Path)
	}
	slices.Sort(list)
	return list
}
