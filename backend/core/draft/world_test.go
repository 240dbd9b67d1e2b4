package draft_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/draft"
	"packbench/backend/core/numbering"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/ownfleet"
	"packbench/backend/infra/label"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

// depot is a courier outside of this machine. Its ledger is the truth of what was sold.
type depot struct {
	mu     sync.Mutex
	ledger map[string]string // our reference → its code
	refuse error             // what the next purchases are answered
	during func()            // called once, in the middle of the next purchase
}

func (d *depot) Descriptor() *courier.Descriptor {
	return &courier.Descriptor{
		Key: "Depot", Name: "Depot", Initials: "DP", Services: []courier.ServiceOffer{{Code: "STD", PresetCode: "D-STD", Name: "Standard"}},
		Formats: []courier.Format{courier.PDF}, Sizes: []courier.Size{courier.Size4x6}, Capabilities: courier.Capabilities{Find: true},
	}
}

func (d *depot) Check(context.Context, courier.Access) (courier.Verdict, error) {
	return courier.Verdict{}, nil
}

func (d *depot) Book(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if act := d.during; act != nil {
		d.during = nil
		act()
	}
	if d.refuse != nil {
		return courier.Booked{}, d.refuse
	}
	if d.ledger[c.ShipmentID] != "" {
		return courier.Booked{}, errors.New("sold twice")
	}
	d.ledger[c.ShipmentID] = fmt.Sprint("DP", len(d.ledger)+1)
	return d.sold(c), nil
}

func (d *depot) sold(c courier.Consignment) courier.Booked {
	code := d.ledger[c.ShipmentID]
	return courier.Booked{CourierRef: code, TrackingCodes: []string{code}, Label: courier.Label{Format: courier.PDF, Size: courier.Size4x6, Bytes: []byte("%PDF " + code)}}
}

func (d *depot) Find(_ context.Context, _ courier.Access, c courier.Consignment) (courier.Booked, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sold(c), d.ledger[c.ShipmentID] != "", nil
}

// power is what every store of a process hangs on: it fails in the write dieAt, before its commit or behind it.
type power struct {
	mu     sync.Mutex
	writes int
	dieAt  int // 0 never
	behind bool
	off    bool
}

var errPower = errors.New("the power is off")

type wired[R any] struct {
	store.Store[R]
	p *power
}

func (w wired[R]) Read(ctx context.Context, fn func(R) error) error {
	w.p.mu.Lock()
	off := w.p.off
	w.p.mu.Unlock()
	if off {
		return errPower
	}
	return w.Store.Read(ctx, fn)
}

func (w wired[R]) Write(ctx context.Context, fn func(R) error) error {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	if w.p.off {
		return errPower
	}
	w.p.writes++
	if w.p.writes != w.p.dieAt {
		return w.Store.Write(ctx, fn)
	}
	w.p.off = true
	if w.p.behind {
		_ = w.Store.Write(ctx, fn)
	}
	return errPower
}

// world is a bench that keeps drafts.
type world struct {
	*testkit.Bench
	ctx       context.Context
	owner     account.ID
	depot     *depot
	fleet     *ownfleet.Courier
	power     *power
	shipments *shipment.Service
	drafts    *draft.Service
}

func newWorld(t testing.TB) *world {
	t.Helper()
	fleet, away := &ownfleet.Courier{Labels: label.Drawer{}}, &depot{ledger: map[string]string{}}
	w := &world{Bench: testkit.New(t, fleet, away), ctx: testkit.Manager(t), depot: away, fleet: fleet}
	begin := &setup.Service{Accounts: w.Accounts, Auths: w.Auths, Couriers: w.Auths.Couriers}
	begun, err := begin.Begin(w.ctx, setup.Begin{Group: "g", Account: "shop", Sender: postal.Address{
		Name: "Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	testkit.OK(t, err)
	w.owner = begun.Account.ID
	_, err = w.Auths.Register(w.ctx, auth.Save{AccountID: w.owner, Courier: "Depot", Company: "Main", Fields: map[string]string{}})
	testkit.OK(t, err)
	w.start()
	return w
}

// start makes the services anew on what is stored, as a new process does.
func (w *world) start() {
	w.power = &power{}
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](w.DB)}
	w.fleet.Numbers, w.fleet.Clock = numbers, w.Clock
	w.shipments = &shipment.Service{
		Store: wired[shipment.Repo]{sqldb.As[shipment.Repo](w.DB), w.power}, Auths: w.Auths, Presets: w.Presets, Couriers: w.Auths.Couriers,
		Documents: &document.Service{Store: sqldb.As[document.Repo](w.DB), Drawer: pdf.Drawer{}, Clock: w.Clock}, Numbers: numbers, Clock: w.Clock,
	}
	w.drafts = &draft.Service{Store: wired[draft.Repo]{sqldb.As[draft.Repo](w.DB), w.power}, Shipments: w.shipments, Clock: w.Clock}
}

// restart starts again, long enough after for every purchase to have ended, and settles what the crash left.
func (w *world) restart(t testing.TB) {
	t.Helper()
	w.Clock.Advance(10 * time.Minute)
	w.start()
	testkit.OK(t, w.drafts.Recover(w.ctx))
	unknown, err := w.shipments.Recover(w.ctx)
	testkit.OK(t, err)
	if unknown != 0 {
		t.Fatalf("%d purchases are not known", unknown)
	}
}

// body is the worked order with another reference and courier.
func body(key courier.Key, reference string) string {
	text := strings.Replace(setup.SampleOrder, "SAMPLE-1001", reference, 1)
	if key == "Depot" {
		text = strings.Replace(strings.Replace(text, `"OwnFleet"`, `"Depot"`, 1), `"OF-NEXTDAY"`, `"D-STD"`, 1)
	}
	return text
}

func (w *world) save(t testing.TB, text string) draft.Draft {
	t.Helper()
	d, err := w.drafts.Save(w.ctx, draft.Draft{AccountID: w.owner, Order: text})
	testkit.OK(t, err)
	return d
}

// bought gives the live shipments of a reference.
func (w *world) bought(t testing.TB, reference string) []shipment.Row {
	t.Helper()
	got, err := w.shipments.List(w.ctx, shipment.Filter{Reference: reference, States: []shipment.State{shipment.Booked, shipment.Sending, shipment.Unknown}}, page(100))
	testkit.OK(t, err)
	return got.Items
}

func (w *world) list(t testing.TB, f draft.Filter) []draft.Draft {
	t.Helper()
	got, err := w.drafts.List(w.ctx, f, page(100))
	testkit.OK(t, err)
	return got.Items
}

func wantCode(t testing.TB, err error, code errs.Code) {
	t.Helper()
	if errs.CodeOf(err) != code {
		t.Fatalf("error %v (%s), want %s", err, errs.CodeOf(err), code)
	}
}
