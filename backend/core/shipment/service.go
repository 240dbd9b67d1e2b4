package shipment

import (
	"context"

	"packbench/backend/base/clock"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/order"
	"packbench/backend/core/preset"
	"packbench/backend/core/settings"
)

// Claim is an idempotency claim: who claims what, for which order. A claim is unique by account and key while it lives.
type Claim struct {
	AccountID   account.ID
	Key         string // see claims.go; Idempotency-Key claims begin with "key|"
	Fingerprint [32]byte
	ShipmentID  ID
	CreatedMs   int64
}

// Repo is what shipments are kept in. Getters return errs.NotFound. Updates compare Version.
type Repo interface {
	AppendAudit(audit.Entry) error
	Account(account.ID) (account.Account, error)

	Settings() (settings.Settings, error)

	CreateShipment(Shipment) error // all of it: row, payload, timeline, events, search
	UpdateShipment(Shipment) error // row, payload, search by ID and Version; raises Version; timeline and events stay
	Shipment(ID) (Shipment, error)
	FindShipment(accountID account.ID, h Handle) (Shipment, error) // accountID "": any; newest where several match
	Shipments(Filter, page.Request) (page.Result[Row], error)      // newest first by (created, id)
	CountShipments(Filter) (count int64, more bool, err error)     // stopped at 1,001
	ShipmentsIn(states ...State) ([]Shipment, error)

	CreateClaim(Claim) error // Conflict: it is taken
	Claim(accountID account.ID, key string) (Claim, error)
	ReleaseClaims(id ID, keysToo bool) error // of a cancelled shipment; of one that was not bought Idempotency-Key claims too
	PruneClaims(beforeMs int64) error

	AppendEvent(ID, courier.Event) error
	AppendMoment(ID, Moment) error

	document.Repo
}

// Service buys, cancels, tracks and finds shipments.
type Service struct {
	Store     store.Store[Repo]
	Auths     *auth.Service
	Presets   *preset.Service
	Couriers  *courier.Registry
	Documents *document.Service
	Numbers   *numbering.Service
	Clock     clock.Clock
	Reserve   func() error // R7: Unavailable when the disk is too full to start a purchase; nil checks nothing
}

// Create buys a label for the order, once. requestNumber is the caller's request-log number, 0 to take one.
// Invalid and Rejected: nothing was bought and nothing is kept; Conflict: the same id with another order, or still in
// progress (RetryAfter); Unclear: kept as unknown, never sent again (Created.Shipment is set beside the error).
func (s *Service) Create(ctx context.Context, accountID account.ID, o order.Order, requestNumber int64) (Created, error) {
	panic("")
}

// Check says what Create would refuse, without buying or keeping anything.
func (s *Service) Check(ctx context.Context, accountID account.ID, o order.Order) error { panic("") }

// Get gives one shipment. accountID "" (at this machine only) looks in all.
func (s *Service) Get(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	panic("")
}

// List gives rows, newest first.
func (s *Service) List(ctx context.Context, f Filter, p page.Request) (page.Result[Row], error) {
	panic("")
}

// Count gives how many rows a filter has, counted up to 1,000 and then "more".
func (s *Service) Count(ctx context.Context, f Filter) (count int64, more bool, err error) { panic("") }

// Cancellable says whether and until when the shipment can be cancelled.
func (s *Service) Cancellable(sh Shipment) Cancellable { panic("") }

// Cancel cancels at the courier. already is true where it had been cancelled before. Conflict says why it is too late.
func (s *Service) Cancel(ctx context.Context, accountID account.ID, h Handle) (sh Shipment, already bool, err error) {
	panic("")
}

// MarkCancelled sets the status only; the courier is not told.
func (s *Service) MarkCancelled(ctx context.Context, accountID account.ID, h Handle) (sh Shipment, already bool, err error) {
	panic("")
}

// MarkPacked notes that the parcel is packed; from Booked only.
func (s *Service) MarkPacked(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	panic("")
}

// Scan adds a tracking event by hand: Own fleet's way of tracking, and update-tracking-status.
func (s *Service) Scan(ctx context.Context, accountID account.ID, h Handle, e courier.Event) (Shipment, error) {
	panic("")
}

// Track asks the courier for news, where it can be asked, and gives the events, oldest first.
func (s *Service) Track(ctx context.Context, accountID account.ID, h Handle) (Shipment, error) {
	panic("")
}

// Recover settles what a crash left: queued and sending become unknown, unknown ones are looked up where the courier
// can find by reference. It gives how many are still unknown.
func (s *Service) Recover(ctx context.Context) (unknown int, err error) { panic("") }

// Label gives the label, in another format where the courier can (format "" for the one that was bought), and notes
// that it was taken out.
func (s *Service) Label(ctx context.Context, accountID account.ID, h Handle, format courier.Format, dpi int) (document.File, error) {
	panic("")
}

// PackingSlip makes or gives the packing slip.
func (s *Service) PackingSlip(ctx context.Context, accountID account.ID, h Handle, copies int) (document.File, error) {
	panic("")
}

// CommercialInvoice makes or gives the commercial invoice; copies 1 to 100.
func (s *Service) CommercialInvoice(ctx context.Context, accountID account.ID, h Handle, copies int) (document.File, error) {
	panic("")
}
