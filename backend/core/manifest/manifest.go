// Package manifest closes the day: what was booked with a registered auth is handed over to its courier, told to it where
// it wants to be told, and kept with a paper that can be printed again. A shipment is in one manifest at most.
package manifest

import (
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/measure"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/shipment"
)

// ID names a manifest.
type ID string

// State is where a manifest stands.
type State string

// The states. Closing is committed before the courier is asked. The shipments of an unknown manifest stay in it until the
// courier confirms or a person decides; those of a refused one are open again.
const (
	Closing State = "closing"
	Closed  State = "closed"
	Refused State = "refused"
	Unknown State = "unknown"
)

// Manifest is a day that was closed, or is being closed, for a registered auth.
type Manifest struct {
	ID          ID            `json:"id"`
	Number      int64         `json:"number"` // what people read out
	State       State         `json:"state"`
	AccountID   account.ID    `json:"account_id"`
	AccountName string        `json:"account"`
	AuthID      auth.ID       `json:"auth_id"`
	Courier     courier.Key   `json:"courier"`
	Company     string        `json:"company"`
	Testing     bool          `json:"testing"`
	Shipments   int           `json:"shipments"`
	Parcels     int           `json:"parcels"`
	Weight      measure.Grams `json:"weight_g"`
	CourierRef  string        `json:"courier_ref"` // what the courier calls it; "" for none
	Told        string        `json:"told"`        // why it was refused, or is not known; a sentence
	PaperKey    string        `json:"paper_key"`   // of the kept PDF; "" until it is closed
	OwnPaper    bool          `json:"own_paper"`   // Packbench drew it; else it is the courier's own, as it came
	By          string        `json:"by"`
	BegunMs     int64         `json:"begun_ms"`
	EndedMs     int64         `json:"ended_ms"` // when it was closed or refused; 0 before
}

// Left is what is left open with a registered auth: what closing the day would take. Unknown are the numbers of purchases
// that block it, Busy how many labels are being bought or cancelled at this moment.
type Left struct {
	AuthID      auth.ID       `json:"auth_id"`
	AccountID   account.ID    `json:"account_id"`
	AccountName string        `json:"account"`
	Courier     courier.Key   `json:"courier"`
	Company     string        `json:"company"`
	Testing     bool          `json:"testing"`
	Shipments   int           `json:"shipments"`
	Parcels     int           `json:"parcels"`
	Weight      measure.Grams `json:"weight_g"`
	OldestMs    int64         `json:"oldest_ms"`
	Unknown     []int64       `json:"unknown"`
	Busy        int           `json:"busy"`
	Asks        bool          `json:"asks"`    // the courier is told; else it is closed at this site alone
	Pending     *Manifest     `json:"pending"` // one that has to be settled first; nil for none
}

// Parcel is an open shipment, as far as closing the day needs to know it.
type Parcel struct {
	Number  int64
	Courier courier.Key // its own, where an upstream carries it
	Parcels int
	Weight  measure.Grams
}

// Flight is a shipment that is neither booked nor settled: queued, sending, unknown or cancelling.
type Flight struct {
	Number int64
	AuthID auth.ID
	State  shipment.State
}

// Filter narrows the list; zero fields don't.
type Filter struct {
	AccountID account.ID  `json:"account_id"`
	Courier   courier.Key `json:"courier"`
	FromMs    int64       `json:"from_ms"` // begun, included
	ToMs      int64       `json:"to_ms"`   // begun, excluded
}

// Repo is what manifests are kept in. Getters return errs.NotFound. Open is a shipment that is booked, in the auth's own
// mode and in no manifest; one whose auth is gone counts to the auth that has its account, courier, company and mode now.
type Repo interface {
	AppendAudit(audit.Entry) error
	document.Repo
	Auth(auth.ID) (auth.Auth, error)
	AccountRecord(account.ID) (account.Account, error)
	FindShipment(account.ID, shipment.Handle) (shipment.Shipment, error)

	LeftOpen(fromMs int64) ([]Left, error)                    // of each auth that has any, booked since
	OpenWith(a auth.Auth, fromMs int64) ([]Parcel, error)     // booked since, by number
	OpenAmong(a auth.Auth, numbers []int64) ([]Parcel, error) // those that are open of these, by number
	InFlight() ([]Flight, error)                              // of all auths, by number
	CreateManifest(m Manifest, numbers []int64) error         // Conflict: the auth has one closing or unknown, or a shipment is in one
	UpdateManifest(m Manifest, from State) error              // State to EndedMs by ID; Conflict: its state is another
	ReleaseManifest(ID) error                                 // its shipments are open again
	Manifest(ID) (Manifest, error)
	ManifestNumbered(number int64) (Manifest, error)
	ManifestOf(shipment.ID) (Manifest, error)                                 // NotFound: it is in none
	Manifests(Filter, page.Request) (page.Result[Manifest], error)            // newest first
	PendingManifests() ([]Manifest, error)                                    // closing or unknown, oldest first
	ManifestShipments(id ID, after int64, n int) ([]shipment.Shipment, error) // by number, behind after; without timeline and events
	AppendMoments(ID, shipment.Moment) error                                  // a step for each of its shipments
}

const (
	// Reach is how far back closing a day looks: a parcel that was booked before and is in no manifest was handed over
	// some other way. One that is named is taken whenever it was booked.
	Reach = 14 * 24 * time.Hour
	// Limit is how many shipments one manifest takes, the oldest first; what is left is taken by the next.
	Limit = 10_000
	// patience is after which time a courier that is still being asked counts as not having answered.
	patience = 10 * time.Minute
)

// Service closes days.
type Service struct {
	Store     store.Store[Repo]
	Auths     *auth.Service
	Shipments *shipment.Service
	Documents *document.Service
	Couriers  *courier.Registry
	Drawer    document.BatchDrawer
	Numbers   *numbering.Service
	Clock     clock.Clock
}
