package manifest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/errs"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/manifest"
	"packbench/backend/core/numbering"
	"packbench/backend/core/order"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/ownfleet"
	"packbench/backend/infra/label"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

// mood is how the depot answers when it is told that the day ends.
type mood int

const (
	fine        mood = iota
	refuses          // says no
	unreachable      // proven that nothing was sent
	losesBefore      // fails without having closed, and nobody can tell
	losesAfter       // closes, then times out
	panics           // closes, then the adapter panics
)

// depot is a courier that wants to be told when the day ends; its ledger is the truth of what it closed.
type depot struct {
	*ownfleet.Courier
	mu       sync.Mutex
	whole    bool
	strict   bool // refuses what it has closed before, instead of giving the same answer
	bare     bool // gives no paper of its own
	mood     mood
	serial   int
	closedIn map[string]string // shipment → the depot's number
	unsure   map[string]bool   // booked, and the answer was lost
	during   func()            // called once, in the middle of being told
	asked    int
}

const depotPaper = "%PDF-1.4 the depot's own list"

func (d *depot) Descriptor() *courier.Descriptor {
	own := *d.Courier.Descriptor()
	own.Key, own.Name, own.Initials, own.Local = "Depot", "Depot", "DP", false
	own.Capabilities = courier.Capabilities{Cancel: true, Track: own.Capabilities.Track, Manifest: true, WholeDay: d.whole, Relabel: own.Capabilities.Relabel}
	return &own
}

func (d *depot) Book(ctx context.Context, access courier.Access, c courier.Consignment) (courier.Booked, error) {
	b, err := d.Courier.Book(ctx, access, c)
	if err == nil && d.unsure[c.Reference] {
		return courier.Booked{}, errors.New("read tcp: time-out")
	}
	return b, err
}

func (d *depot) Manifest(_ context.Context, _ courier.Access, day courier.Day) (courier.Manifest, error) {
	if act := d.during; act != nil {
		d.during = nil
		act()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked++
	switch d.mood {
	case refuses:
		return courier.Manifest{}, errs.New(errs.Rejected, "Depot is shut today.")
	case unreachable:
		return courier.Manifest{}, errs.New(errs.Unavailable, "Depot can't be reached.")
	case losesBefore:
		return courier.Manifest{}, errors.New("read tcp: reset")
	}
	number := ""
	for _, s := range day.Shipments {
		if before := d.closedIn[s.ShipmentID]; before != "" {
			number = before
		}
	}
	switch {
	case number != "" && d.strict:
		return courier.Manifest{}, errs.New(errs.Rejected, "A parcel is on a manifest already.")
	case number == "":
		d.serial++
		number = fmt.Sprintf("DEP-%d", d.serial)
	}
	for _, s := range day.Shipments {
		d.closedIn[s.ShipmentID] = number
	}
	switch d.mood {
	case losesAfter:
		return courier.Manifest{}, errors.New("read tcp: time-out")
	case panics:
		panic("depot: index out of range")
	}
	if d.bare {
		return courier.Manifest{Number: number}, nil
	}
	return courier.Manifest{Number: number, Paper: []byte(depotPaper)}, nil
}

// power is a store whose power fails in one of its writes.
type power struct {
	store.Store[manifest.Repo]
	writes, dieAt int // 0 never
	behind        bool
	dead          bool
}

var errPower = errors.New("the power is off")

func (p *power) Read(ctx context.Context, fn func(manifest.Repo) error) error {
	if p.dead {
		return errPower
	}
	return p.Store.Read(ctx, fn)
}

func (p *power) Write(ctx context.Context, fn func(manifest.Repo) error) error {
	if p.dead {
		return errPower
	}
	p.writes++
	if p.writes != p.dieAt {
		return p.Store.Write(ctx, fn)
	}
	p.dead = true
	if p.behind {
		return errors.Join(p.Store.Write(ctx, fn), errPower)
	}
	return errPower
}

// world is a site with an account that ships with Own fleet and with Depot.
type world struct {
	*testkit.Bench
	*manifest.Service
	ctx       context.Context
	shipments *shipment.Service
	power     *power
	depot     *depot
	account   account.ID
	own       auth.Auth
	live      auth.Auth // of Depot
	test      auth.Auth // of Depot
	orders    int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	own := &ownfleet.Courier{Labels: label.Drawer{}}
	d := &depot{Courier: own, closedIn: map[string]string{}, unsure: map[string]bool{}}
	b := testkit.New(t, own, d)
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](b.DB)}
	own.Numbers, own.Clock = numbers, b.Clock
	documents := &document.Service{Store: sqldb.As[document.Repo](b.DB), Drawer: pdf.Drawer{}, Clock: b.Clock}
	w := &world{Bench: b, ctx: testkit.Manager(t), depot: d}
	w.shipments = &shipment.Service{
		Store: sqldb.As[shipment.Repo](b.DB), Auths: b.Auths, Presets: b.Presets, Couriers: b.Auths.Couriers,
		Documents: documents, Numbers: numbers, Clock: b.Clock,
	}
	w.power = &power{Store: sqldb.As[manifest.Repo](b.DB)}
	w.Service = &manifest.Service{
		Store: w.power, Auths: b.Auths, Shipments: w.shipments, Documents: documents, Couriers: b.Auths.Couriers, Drawer: pdf.Drawer{},
		Numbers: numbers, Clock: b.Clock,
	}
	begin := &setup.Service{Accounts: b.Accounts, Auths: b.Auths, Couriers: b.Auths.Couriers}
	begun, err := begin.Begin(w.ctx, setup.Begin{Group: "g", Account: "shop", Sender: postal.Address{
		Name: "Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	testkit.OK(t, err)
	w.account, w.own = begun.Account.ID, begun.Auth
	w.live, w.test = w.register(t, "Main", false), w.register(t, "Main", true)
	return w
}

func (w *world) register(t testing.TB, company string, testing bool) auth.Auth {
	t.Helper()
	a, err := w.Bench.Auths.Register(w.ctx, auth.Save{AccountID: w.account, Courier: "Depot", Company: company, Testing: testing, Fields: map[string]string{}})
	testkit.OK(t, err)
	return a
}

// restart switches the power on again: a new process on what was committed.
func (w *world) restart() { w.power.dead, w.power.dieAt, w.power.writes = false, 0, 0 }

// book buys a label with an auth; unsure loses the answer, so that nobody knows whether it was bought.
func (w *world) book(t testing.TB, a auth.Auth, unsure bool) shipment.Shipment {
	t.Helper()
	w.orders++
	reference := fmt.Sprintf("SO-%d", w.orders)
	w.depot.unsure[reference] = unsure
	body := strings.Replace(setup.SampleOrder, "SAMPLE-1001", reference, 1)
	o, err := order.Parse([]byte(body), a.Courier)
	testkit.OK(t, err)
	o.AuthCompany, o.Testing = a.Company, &a.Testing
	made, err := w.shipments.Create(w.ctx, w.account, o, shipment.Origin{})
	if unsure != errs.Is(err, errs.Unclear) || !unsure && err != nil {
		t.Fatalf("booked with %v", err)
	}
	return made.Shipment
}

func (w *world) get(t testing.TB, id shipment.ID) shipment.Shipment {
	t.Helper()
	sh, err := w.shipments.Get(w.ctx, "", shipment.Handle{ID: id})
	testkit.OK(t, err)
	return sh
}

// left gives what is open with an auth; the zero value where the list does not name it.
func (w *world) left(t testing.TB, a auth.Auth) manifest.Left {
	t.Helper()
	list, err := w.Left(w.ctx)
	testkit.OK(t, err)
	for _, l := range list {
		if l.AuthID == a.ID {
			return l
		}
	}
	return manifest.Left{}
}

func (w *world) contents(t testing.TB, m manifest.Manifest) (numbers []int64) {
	t.Helper()
	rows, err := w.Contents(w.ctx, m.ID, 0)
	testkit.OK(t, err)
	for _, r := range rows {
		numbers = append(numbers, r.Number)
	}
	return numbers
}
