// Package printing sends labels, packing slips and commercial invoices to printers: which printers there are, which one a
// kind of document goes to, and the jobs, each kept with what the printer said. How bytes reach a printer is infra's.
//
// A job is sent once for each time a person asks. What is not proved unprinted is unclear, and only a person prints it
// again.
package printing

import (
	"context"
	"log/slog"

	"packbench/backend/base/clock"
	"packbench/backend/base/page"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/shipment"
)

// PrinterID names a printer.
type PrinterID string

// JobID names a job; later jobs sort behind earlier ones.
type JobID string

// Kind is how a printer is reached.
type Kind string

// The kinds of printer.
const (
	Raw     Kind = "raw"     // bytes over TCP; Address is host:port, usually port 9100
	IPP     Kind = "ipp"     // a printer or a CUPS queue; Address is an ipp:// or ipps:// address
	Spooler Kind = "spooler" // the Windows spooler, unchanged bytes; Address is the printer's name there
)

// Printer is a printer that documents may be sent to.
type Printer struct {
	ID        PrinterID        `json:"id"`
	Name      string           `json:"name"`
	Kind      Kind             `json:"kind"`
	Address   string           `json:"address"`
	Formats   []courier.Format `json:"formats"` // what it understands; nothing else is ever sent to it
	DPI       int              `json:"dpi"`     // dots per inch of ZPL labels: 203 or 300; 0 where it takes no ZPL
	Version   int64            `json:"version"`
	CreatedMs int64            `json:"created_ms"`
	UpdatedMs int64            `json:"updated_ms"`
}

// Found is a printer as this machine or the printer itself describes it.
type Found struct {
	Kind    Kind             `json:"kind"`
	Address string           `json:"address"`
	Name    string           `json:"name"`
	Model   string           `json:"model"`
	Place   string           `json:"place"`
	Formats []courier.Format `json:"formats"` // what it says that it takes; a queue does not tell that a ZPL printer is behind it
	DPI     int              `json:"dpi"`     // the finest resolution it names; 0 where it names none
	Ready   bool             `json:"ready"`
	Says    string           `json:"says"` // why it is not ready, or what it warns of
}

// Default says which printer a kind of document goes to. Labels have one for each format, the other kinds are PDF.
type Default struct {
	Kind      document.Kind  `json:"kind"`
	Format    courier.Format `json:"format"`
	PrinterID PrinterID      `json:"printer_id"` // "" for none
}

// State is where a job stands.
type State string

// The states. Sending is committed before the first byte leaves.
const (
	Queued    State = "queued"
	Sending   State = "sending"
	Done      State = "done"      // the printer or its queue took all of it
	Failed    State = "failed"    // nothing came out
	Unclear   State = "unclear"   // something may have come out; never sent again by itself
	Cancelled State = "cancelled" // a person took it off the list
)

// next lists where each state may go. Only a person takes Failed and Unclear on.
var next = map[State][]State{
	Queued:  {Sending, Failed, Cancelled},
	Sending: {Done, Failed, Unclear},
	Failed:  {Queued, Cancelled},
	Unclear: {Queued, Cancelled},
}

// Settled reports that the job does nothing more by itself.
func (s State) Settled() bool { return s != Queued && s != Sending }

// Job is one document on its way to one printer.
type Job struct {
	ID             JobID          `json:"id"`
	PrinterID      PrinterID      `json:"printer_id"`
	PrinterName    string         `json:"printer"` // as it was called then
	ShipmentID     shipment.ID    `json:"shipment_id"`
	ShipmentNumber int64          `json:"shipment_number"`
	AccountID      account.ID     `json:"account_id"`
	Kind           document.Kind  `json:"kind"`
	Format         courier.Format `json:"format"`
	DocumentKey    string         `json:"document_key"`
	Reprint        bool           `json:"reprint"` // it had been printed or taken out before
	State          State          `json:"state"`
	Attempts       int            `json:"attempts"` // how often it was sent
	Said           string         `json:"said"`     // what the printer said, or why it failed
	By             string         `json:"by"`
	CreatedMs      int64          `json:"created_ms"`
	UpdatedMs      int64          `json:"updated_ms"`
}

// Filter narrows a list; zero fields don't.
type Filter struct {
	States     []State     `json:"states"`
	ShipmentID shipment.ID `json:"shipment_id"`
}

// Sheet is what a printer is sent.
type Sheet struct {
	Name   string // for the printer's own list of jobs
	By     string
	Format courier.Format
	Bytes  []byte
}

// Driver reaches the printers of one kind.
type Driver interface {
	// Find gives the printers that this machine knows; none is no error.
	Find(ctx context.Context) ([]Found, error)
	// Look asks one printer for itself. Unavailable: it does not answer.
	Look(ctx context.Context, address string) (Found, error)
	// Send gives a printer all of a sheet and returns what it said. Unavailable: nothing was sent; Rejected: the printer
	// refused, in its own words. With any other error something may have come out.
	Send(ctx context.Context, p Printer, sheet Sheet) (said string, err error)
}

// Repo is what printers and jobs are kept in. Getters return errs.NotFound. Updates of printers compare Version.
type Repo interface {
	AppendAudit(audit.Entry) error

	CreatePrinter(Printer) error // Conflict: the name or the address is another printer's, also for UpdatePrinter
	UpdatePrinter(Printer) error
	DeletePrinter(PrinterID) error // its defaults, too; its jobs stay
	Printer(PrinterID) (Printer, error)
	Printers() ([]Printer, error) // by name
	PrintDefaults() ([]Default, error)
	SavePrintDefault(Default) error

	CreatePrintJob(Job) error
	UpdatePrintJob(job Job, from State) error // Conflict: it is in another state by now, or its printer is sending another job
	PrintJob(JobID) (Job, error)
	PrintJobs(Filter, page.Request) (page.Result[Job], error) // newest first
	UnsettledPrintJobs() ([]Job, error)                       // oldest first
}

// Service knows printers, and prints. Nothing is sent before Start.
type Service struct {
	Store     store.Store[Repo]
	Shipments *shipment.Service
	Documents *document.Service
	Drivers   map[Kind]Driver
	Clock     clock.Clock
	Log       *slog.Logger

	lines lines
}
