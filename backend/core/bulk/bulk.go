// Package bulk does one thing to many shipments: documents in one file, printing, cancelling, packing, a manifest. One bad
// shipment never stops the rest: it is parked with the reason. What was done stays done, whatever comes after.
//
// There is one run at a time. It is kept until it is dismissed: a screen that was left shows on its return where the run
// stands, and one that the end of the program has stopped, even in the middle of a shipment, goes on after the next start
// without doing anything twice.
package bulk

import (
	"context"
	"log/slog"
	"sync"

	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/printing"
	"packbench/backend/core/shipment"
)

// Limit is how many shipments one run takes.
const Limit = 1_000

// Action is what is done.
type Action string

// The actions.
const (
	Documents Action = "documents" // labels, slips and invoices as one PDF; labels in ZPL as one file beside it
	Print     Action = "print"     // the same, each to its printer
	Cancel    Action = "cancel"
	Pack      Action = "pack"
	Manifest  Action = "manifest" // what couriers collect, as a PDF to sign
)

// Arrangement is the order of documents in a file; shipments are in the order of the selection in both.
type Arrangement string

// The arrangements.
const (
	Collated Arrangement = "collated" // label, slip and invoice of each shipment together
	ByKind   Arrangement = "by_kind"  // all labels, then all slips, then all invoices
)

// Ask says what to do to which shipments. Kinds and Arrangement are for Documents, Kinds for Print, too.
type Ask struct {
	Action      Action          `json:"action"`
	IDs         []shipment.ID   `json:"ids"` // in the order of the screen
	Kinds       []document.Kind `json:"kinds"`
	Arrangement Arrangement     `json:"arrangement"`
}

// State is where a run stands.
type State string

// The states.
const (
	Working State = "working"
	Stopped State = "stopped" // by a person, or by itself when nothing came through; it can go on
	Done    State = "done"
)

// Parked is a shipment that the run could not do, and why.
type Parked struct {
	ID      shipment.ID `json:"id"`
	Number  int64       `json:"number"` // 0 where there is no such shipment
	Name    string      `json:"name"`   // whom it goes to
	Code    string      `json:"code"`   // of base/errs
	Message string      `json:"message"`
	Again   bool        `json:"again"` // it may be tried again from here; an unclear print is looked at first
}

// File is what a run made. Pages is 0 for ZPL.
type File struct {
	Name      string            `json:"name"`
	Media     string            `json:"media"`
	Size      int64             `json:"size"`
	Pages     int               `json:"pages"`
	Shipments int               `json:"shipments"`
	Warnings  []courier.Warning `json:"warnings"` // what could not be drawn as it was given
	Bytes     []byte            `json:"-"`

	left  []shipment.Left // what of which shipment is in it; nothing for a manifest
	rows  []int           // whose documents are in it
	given bool            // it has left, and that is noted
}

// Run is a run as it stands.
type Run struct {
	ID       string   `json:"id"` // "" for none
	Action   Action   `json:"action"`
	State    State    `json:"state"`
	Total    int      `json:"total"`
	Done     int      `json:"done"`
	Binding  bool     `json:"binding"` // every shipment is through, the file is being put together
	Stopping bool     `json:"stopping"`
	Why      string   `json:"why"` // a sentence where it stopped by itself or could not make its file
	Parked   []Parked `json:"parked"`
	Files    []File   `json:"files"`
}

// Service runs.
type Service struct {
	Store     store.Store[Repo]
	Shipments *shipment.Service
	Printing  *printing.Service
	Drawer    document.BatchDrawer
	Clock     clock.Clock
	Log       *slog.Logger
	Changed   func() // called when a run has moved on; nil for nobody

	mu       sync.Mutex
	run      *run
	recalled bool               // what an earlier start left was looked for
	cancel   context.CancelFunc // of the worker's context
	ended    sync.WaitGroup
	closed   bool
}
