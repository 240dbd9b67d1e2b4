package shipment

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/page"
	"packbench/backend/base/postal"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/health"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/settings"
	"packbench/backend/core/template"
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
	AccountRecord(account.ID) (account.Account, error) // without counts and use, a deleted one too
	AuthsFor(account.ID, courier.Key) ([]auth.Auth, error)

	SavedSender(name string) (postal.Address, error) // from the address book, by its address_name
	Settings() (settings.Settings, error)
	template.Finder

	CreateShipment(Shipment) error // all of it: row, payload, timeline, events, search
	UpdateShipment(Shipment) error // row, payload, search by ID and Version; raises Version; timeline and events stay
	Shipment(ID) (Shipment, error)
	FindShipment(accountID account.ID, h Handle) (Shipment, error) // accountID "": any; newest where several match
	Shipments(Filter, page.Request) (page.Result[Row], error)      // in the order of Filter.Sort
	ShipmentFacets(Filter, Field) ([]Facet, error)                 // most frequent first
	CountShipments(Filter) (count int64, more bool, err error)     // stopped at 1,001
	ShipmentsIn(states ...State) ([]Shipment, error)

	CreateClaim(Claim) error // Conflict: it is taken
	Claim(accountID account.ID, key string) (Claim, error)
	ReleaseClaims(id ID, keysToo bool) error // of a cancelled shipment; of one that was not bought Idempotency-Key claims too
	MoveClaims(from, to ID) error            // all but Idempotency-Key claims
	PruneClaims(beforeMs int64) error

	AppendEvent(ID, courier.Event) error
	AppendMoment(ID, Moment) error

	AppendRequest(requestlog.Entry) error

	document.Repo
}

// Service buys, cancels, tracks and finds shipments.
type Service struct {
	Store     store.Store[Repo]
	Auths     *auth.Service
	Presets   *preset.Service
	Couriers  *courier.Registry
	Documents *document.Service
	Previewer document.Previewer
	Numbers   *numbering.Service
	Clock     clock.Clock
	Health    *health.Monitor // which couriers are away; nil: none is
	Reserve   func() error    // R7: Unavailable when the disk is too full to start a purchase; nil checks nothing

	questions questions // what couriers said of unknown purchases
}
