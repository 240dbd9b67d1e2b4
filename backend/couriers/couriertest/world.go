package couriertest

import (
	"context"
	"io"
	"log"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/ident"
	"packbench/backend/base/postal"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/httpx"
	"packbench/backend/infra/sqldb"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// proved is longer than a purchase must be old before a courier that does not know it proves that it was not made.
const proved = 10 * time.Minute

// world is everything a purchase needs, with one auth of the courier.
type world struct {
	*shipment.Service
	suite   Suite
	ctx     context.Context
	clock   *clock.Manual
	ledger  *Ledger
	stand   *stand
	adapter courier.Adapter
	access  courier.Access
	account account.ID
	db      *sqldb.DB
	path    string
	calls   calls
	orders  int    // made so far
	said    []byte // everything that was told to anybody
}

func newWorld(t testing.TB, s Suite) *world {
	t.Helper()
	w := &world{suite: s, clock: clock.NewManual(monday), ledger: NewLedger(), path: filepath.Join(t.TempDir(), "packbench.db")}
	w.ctx = actor.With(t.Context(), actor.Actor{Door: actor.Window, Name: "tester"})
	w.stand = newStand(t, s, w.ledger, w.calls.expire)
	w.adapter = s.New(w.env())
	var err error
	if w.db, err = sqldb.Open(t.Context(), w.path, sqldb.Options{Clock: w.clock, Rehearse: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.db.Close() })
	w.db.UseAuditKeys(audit.NewRatchet(make([]byte, 32)))
	w.start(t)
	w.register(t)
	return w
}

// env is what the adapter is given: waits move the clock instead of passing time, time-outs come when the stand stalls.
func (w *world) env() httpx.Env {
	return httpx.Env{
		Clock: w.clock, Stand: w.stand.server.URL,
		Wait: func(ctx context.Context, d time.Duration) error {
			w.clock.Advance(d)
			return ctx.Err()
		},
		Deadline: func(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
			return w.calls.begin(ctx, w.stand.outOfReach())
		},
	}
}

// start makes the services anew on what is kept, as a new process does.
func (w *world) start(t testing.TB) {
	t.Helper()
	couriers, err := courier.NewRegistry(w.adapter)
	if err != nil {
		t.Fatal(err)
	}
	w.Service = &shipment.Service{
		Store: sqldb.As[shipment.Repo](w.db), Couriers: couriers, Clock: w.clock,
		Auths:     &auth.Service{Store: sqldb.As[auth.Repo](w.db), Vault: vault{}, Couriers: couriers, Clock: w.clock},
		Presets:   &preset.Service{Store: sqldb.As[preset.Repo](w.db), Couriers: couriers, Clock: w.clock},
		Documents: &document.Service{Store: sqldb.As[document.Repo](w.db), Clock: w.clock},
		Numbers:   &numbering.Service{Store: sqldb.As[numbering.Repo](w.db)},
	}
}

// register makes the account and stores the credentials.
func (w *world) register(t testing.TB) {
	t.Helper()
	w.account = account.ID(ident.New(monday))
	group := account.Group{ID: account.GroupID(ident.New(monday)), Name: "Clients", NameKey: account.NameKey("Clients"), Version: 1}
	err := sqldb.As[account.Repo](w.db).Write(w.ctx, func(r account.Repo) error {
		if err := r.CreateGroup(group); err != nil {
			return err
		}
		_, err := r.CreateAccount(account.Account{
			ID: w.account, GroupID: group.ID, Name: "North Dock", NameKey: account.NameKey("North Dock"), DataKey: []byte{1}, Version: 1,
			CreatedMs: monday.UnixMilli(), UpdatedMs: monday.UnixMilli(), DefaultSender: sender(),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Auths.Register(w.ctx, auth.Save{
		AccountID: w.account, Courier: w.adapter.Descriptor().Key, Company: "Main", Testing: !w.suite.Live, Fields: w.suite.Fields,
	})
	if err != nil {
		t.Fatalf("the suite's credentials are not taken: %v", err)
	}
	if w.access, err = w.Auths.Open(w.ctx, a.ID); err != nil {
		t.Fatal(err)
	}
}

func sender() postal.Address {
	return postal.Address{
		Name: "Dispatch", CompanyName: "North Dock Supplies", Address1: "Unit 7", Address2: "Quay Road", City: "Edinburgh", Postcode: "EH6 6AA",
		CountryISO: "GB", Phone: "+441314960000", Email: "dispatch@northdock.example",
	}
}

// calls are the calls to the courier that are under way.
type calls struct {
	mu   sync.Mutex
	open []context.CancelCauseFunc
}

func (c *calls) begin(ctx context.Context, cut bool) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	if cut {
		cancel(context.DeadlineExceeded)
	}
	c.mu.Lock()
	c.open = append(c.open, cancel)
	c.mu.Unlock()
	return ctx, func() { cancel(context.Canceled) }
}

func (c *calls) expire() {
	c.mu.Lock()
	open := slices.Clone(c.open)
	c.open = nil
	c.mu.Unlock()
	for _, cancel := range open {
		cancel(context.DeadlineExceeded)
	}
}

// vault seals by turning bits over: enough to see that nothing is kept in clear.
type vault struct{}

func (vault) NewDataKey() ([]byte, error) { return []byte{1}, nil }

func (vault) Seal(_ []byte, _ string, plain []byte) ([]byte, error) { return turned(plain), nil }

func (vault) Open(_ []byte, _ string, sealed []byte) ([]byte, error) { return turned(sealed), nil }

func (vault) Lookup(value string) ([]byte, error) { return turned([]byte(value)), nil }

func turned(b []byte) []byte {
	out := make([]byte, len(b))
	for i := range b {
		out[i] = ^b[i]
	}
	return out
}

func discard() *log.Logger { return log.New(io.Discard, "", 0) }
