// Package savedview keeps saved views of the list of shipments: a name, and what is listed under it. They stand as tabs.
package savedview

import (
	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/shipment"
)

// ID names a view; it stands in the address of its tab.
type ID string

// View is a saved view. Views stand in the order of Place, which counts from 1 and may have gaps.
type View struct {
	ID        ID     `json:"id"`
	Name      string `json:"name"`
	Place     int64  `json:"place"`
	Query     Query  `json:"query"`
	Version   int64  `json:"version"`
	CreatedMs int64  `json:"created_ms"`
	UpdatedMs int64  `json:"updated_ms"`
}

// Query is what a view lists; zero fields don't narrow it.
type Query struct {
	Search  string           `json:"q"`
	Account account.ID       `json:"account"`
	Courier courier.Key      `json:"courier"`
	Status  []shipment.State `json:"status"`
	Country string           `json:"country"` // ISO 3166-1 alpha-2
	Testing string           `json:"testing"` // yes or no
	Printed string           `json:"printed"` // yes or no
	// Since is the first day: Today, Yesterday, Week, Month or a day like 2026-03-02, in the reader's own time zone.
	Since string `json:"since"`
	// Until is the last day, included, like 2026-03-02. Only with a day in Since or with none.
	Until   string        `json:"until"`
	Sort    shipment.Sort `json:"sort"`
	Columns []string      `json:"columns"` // in their order; none for those of the reader
}

// The days that move with the calendar.
const (
	Today     = "today"
	Yesterday = "yesterday"
	Week      = "7d"  // today and the six days before
	Month     = "30d" // today and the 29 days before
)

// Limits: of a name in characters, of views, and of what a query holds.
const (
	NameLimit    = 40
	Most         = 30
	searchLimit  = 200 // characters
	columnsLimit = 30
)

// Repo is what views are kept in.
type Repo interface {
	AppendAudit(audit.Entry) error
	Views() ([]View, error) // by Place
	View(ID) (View, error)
	CreateView(View) error // Conflict: the id or the name is taken
	UpdateView(View) error // name, place and query, by ID and Version; raises Version. Conflict: the name is taken, or Version is old
	DeleteView(ID) error
}

// Service is everything that can be done with views. All of it only at this machine.
type Service struct {
	Store store.Store[Repo]
	Clock clock.Clock
}
