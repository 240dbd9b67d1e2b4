package printing_test

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/numbering"
	"packbench/backend/core/order"
	"packbench/backend/core/printing"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/couriers/ownfleet"
	"packbench/backend/infra/label"
	"packbench/backend/infra/pdf"
	"packbench/backend/infra/sqldb"
	"packbench/backend/testkit"
)

// paper is what a printer was sent.
type paper struct {
	printer string
	format  courier.Format
	sum     [32]byte
}

// driver keeps what it is sent and answers what it is told to.
type driver struct {
	mu     sync.Mutex
	sheets []paper
	answer error
	gate   chan struct{} // when set, each sheet waits here
	begun  chan string   // when set, tells of each sheet's printer
	inside map[string]int
	most   int // sheets that one printer had at the same time
}

func (d *driver) Find(context.Context) ([]printing.Found, error) {
	return []printing.Found{{Kind: printing.IPP, Address: "ipp://localhost/printers/a", Name: "a"}}, d.answer
}

func (d *driver) Look(_ context.Context, address string) (printing.Found, error) {
	return printing.Found{Address: address, Ready: true}, d.answer
}

func (d *driver) Send(ctx context.Context, p printing.Printer, sheet printing.Sheet) (string, error) {
	d.mu.Lock()
	d.inside[p.Name]++
	d.most = max(d.most, d.inside[p.Name])
	d.sheets = append(d.sheets, paper{p.Name, sheet.Format, sha256.Sum256(sheet.Bytes)})
	answer, gate, begun := d.answer, d.gate, d.begun
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		d.inside[p.Name]--
		d.mu.Unlock()
	}()
	if begun != nil {
		begun <- p.Name
	}
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "It took everything.", answer
}

func (d *driver) says(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = err
}

func (d *driver) sent() []paper {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]paper(nil), d.sheets...)
}

// world is a bench that prints.
type world struct {
	*testkit.Bench
	ctx       context.Context
	printing  *printing.Service
	shipments *shipment.Service
	driver    *driver
	begun     setup.Begun
}

// newWorld opens a bench that has Own fleet and no printer.
func newWorld(t testing.TB) *world {
	t.Helper()
	fleet := &ownfleet.Courier{Labels: label.Drawer{}}
	b := testkit.New(t, fleet)
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](b.DB)}
	fleet.Numbers, fleet.Clock = numbers, b.Clock
	documents := &document.Service{Store: sqldb.As[document.Repo](b.DB), Drawer: pdf.Drawer{}, Clock: b.Clock}
	w := &world{Bench: b, ctx: testkit.Manager(t), driver: &driver{inside: map[string]int{}}}
	w.shipments = &shipment.Service{
		Store: sqldb.As[shipment.Repo](b.DB), Auths: b.Auths, Presets: b.Presets, Couriers: b.Auths.Couriers,
		Documents: documents, Numbers: numbers, Clock: b.Clock,
	}
	w.printing = w.service(documents)
	begin := &setup.Service{Accounts: b.Accounts, Auths: b.Auths, Couriers: b.Auths.Couriers}
	var err error
	w.begun, err = begin.Begin(w.ctx, setup.Begin{Group: "g", Account: "shop", Sender: postal.Address{
		Name: "Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	testkit.OK(t, err)
	testkit.OK(t, w.printing.Start(w.ctx))
	t.Cleanup(w.printing.Stop)
	return w
}

// service makes the service as a program would at its next start.
func (w *world) service(documents *document.Service) *printing.Service {
	return &printing.Service{
		Store: sqldb.As[printing.Repo](w.DB), Shipments: w.shipments, Documents: documents, Clock: w.Clock,
		Drivers: map[printing.Kind]printing.Driver{printing.Raw: w.driver, printing.IPP: w.driver, printing.Spooler: w.driver},
		Log:     slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

// ship buys a label in a format.
func (w *world) ship(t testing.TB, reference, format string) shipment.Shipment {
	t.Helper()
	body := strings.Replace(setup.SampleOrder, "SAMPLE-1001", reference, 1)
	body = strings.Replace(body, `"label_format": "pdf"`, `"label_format": "`+format+`"`, 1)
	o, err := order.Parse([]byte(body), "")
	testkit.OK(t, err)
	made, err := w.shipments.Create(w.ctx, w.begun.Account.ID, o, shipment.Origin{})
	testkit.OK(t, err)
	return made.Shipment
}

// printer adds a printer that takes the formats.
func (w *world) printer(t testing.TB, name string, formats ...courier.Format) printing.Printer {
	t.Helper()
	p, err := w.printing.AddPrinter(w.ctx, printing.Printer{
		Name: name, Kind: printing.IPP, Address: "ipp://" + strings.ReplaceAll(strings.ToLower(name), " ", "-") + "/ipp/print", Formats: formats, DPI: 203,
	})
	testkit.OK(t, err)
	return p
}

// print prints to the end.
func (w *world) print(t testing.TB, ask printing.Ask) printing.Job {
	t.Helper()
	job, err := w.printing.Print(w.ctx, ask)
	testkit.OK(t, err)
	return w.settled(t, job)
}

func (w *world) settled(t testing.TB, job printing.Job) printing.Job {
	t.Helper()
	job, err := w.printing.Settled(w.ctx, job.ID)
	testkit.OK(t, err)
	return job
}

func (w *world) get(t testing.TB, sh shipment.Shipment) shipment.Shipment {
	t.Helper()
	sh, err := w.shipments.Get(w.ctx, "", shipment.Handle{ID: sh.ID})
	testkit.OK(t, err)
	return sh
}
