// Package importing turns a table of orders (CSV or XLSX, read by a Reader) into labels or drafts: its columns are matched with
// the fields of an order, every row is tried without buying, and each shipment is made once, however often the file comes.
package importing

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"packbench/backend/base/clock"
	"packbench/backend/base/store"
	"packbench/backend/core/account"
	"packbench/backend/core/audit"
	"packbench/backend/core/draft"
	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

// How much one file may hold. A Reader refuses more with TooLarge, before it has read it all.
const (
	MaxBytes   = 32 << 20
	MaxRows    = 100_000
	MaxColumns = 256
)

// Format says how a file is to be read; an empty field is found out by looking at it.
type Format struct {
	Delimiter string `json:"delimiter"` // one of Delimiters
	Encoding  string `json:"encoding"`  // one of Encodings
	Sheet     string `json:"sheet"`     // of a workbook; "" is the first
}

// Delimiters are what may stand between the cells of a text file.
func Delimiters() []string { return []string{",", ";", "\t", "|"} }

// The encodings of a text file.
const (
	UTF8        = "UTF-8"
	UTF16LE     = "UTF-16 LE"
	UTF16BE     = "UTF-16 BE"
	Windows1252 = "Windows-1252"
)

// Encodings are what a text file may be written in.
func Encodings() []string { return []string{UTF8, Windows1252, UTF16LE, UTF16BE} }

// Table is what a file holds. Headings are unique and never empty; every row has as many cells.
type Table struct {
	Name     string // of the file, without its folder
	Format   Format // how it was read: Delimiter and Encoding are "" for a workbook
	Sheets   []string
	Headings []string
	Rows     []Row
}

// Row is one row. Number is where a spreadsheet program shows it: the heading is row 1 where nothing stands above it.
type Row struct {
	Number  int
	Cells   []string
	Problem string // why the row can't be used at all; "" for none
}

// Reader reads files. Errors have sentences for people: NotFound, Malformed (not a table), TooLarge, Unavailable.
type Reader interface {
	Read(ctx context.Context, path string, how Format) (Table, error)
}

// Repo is what is kept of imports. Getters return errs.NotFound.
type Repo interface {
	AppendAudit(audit.Entry) error
	ImportMapping(source string) (Mapping, error)
	SaveImportMapping(source string, m Mapping, nowMs int64) error
	// ImportedRows gives the numbers of the shipments that rows of a file became on an account, by the row's number.
	ImportedRows(accountID account.ID, file string) (map[int]int64, error)
	// AddImportedRows notes rows; one that is noted already stays as it is.
	AddImportedRows(accountID account.ID, file string, rows map[int]int64, nowMs int64) error
	// ClaimedRows gives those that a purchase has claimed, by the first row of each shipment.
	ClaimedRows(accountID account.ID, file string) (map[int]int64, error)
	DraftedRows(accountID account.ID, file string) ([]int, error) // which rows are drafts
}

// Shipments is what imports ask of shipment.Service.
type Shipments interface {
	Checks(ctx context.Context, accountID account.ID) (func(context.Context, order.Order) error, error)
	Create(ctx context.Context, accountID account.ID, o order.Order, from shipment.Origin) (shipment.Created, error)
}

// Drafts is what imports ask of draft.Service.
type Drafts interface {
	Keep(ctx context.Context, accountID account.ID, list []draft.Draft) (isNew []bool, err error)
	Wait(ctx context.Context, ids []draft.ID) (draft.Waits, error)
}

// Service reads, tries and runs imports. All of it is for people at this machine.
type Service struct {
	Store     store.Store[Repo]
	Shipments Shipments
	Drafts    Drafts
	Reader    Reader
	Clock     clock.Clock
}

// Source names tables with the same headings, for which one mapping is saved.
func (t Table) Source() string {
	d := newDigest()
	d.add(t.Headings)
	return d.text()
}

// digest names the content of the table: a file that was only saved anew has the same.
func (t Table) digest() string {
	d := newDigest()
	d.add(t.Headings)
	for _, row := range t.Rows {
		d.add(row.Cells)
	}
	return d.text()
}

// digest hashes lists of texts so that no two different ones hash the same: each is written with its length.
type digest struct {
	sum [sha256.Size]byte
	buf []byte
}

func newDigest() *digest { return &digest{} }

func (d *digest) add(cells []string) {
	d.buf = append(d.buf[:0], d.sum[:]...)
	d.buf = binary.AppendUvarint(d.buf, uint64(len(cells)))
	for _, cell := range cells {
		d.buf = binary.AppendUvarint(d.buf, uint64(len(cell)))
		d.buf = append(d.buf, cell...)
	}
	d.sum = sha256.Sum256(d.buf)
}

func (d *digest) text() string { return hex.EncodeToString(d.sum[:16]) }
