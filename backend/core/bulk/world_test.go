package bulk_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"packbench/backend/base/postal"
	"packbench/backend/core/bulk"
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

// driver is a printer that keeps the names of what it was sent, and answers what it is told to.
type driver struct {
	printing.Driver
	mu     sync.Mutex
	sheets []string
	answer error
	after  func() // called when a sheet is out, before the answer
}

func (d *driver) Send(_ context.Context, _ printing.Printer, sheet printing.Sheet) (string, error) {
	d.mu.Lock()
	d.sheets = append(d.sheets, sheet.Name)
	answer := d.answer
	d.mu.Unlock()
	if d.after != nil {
		d.after()
	}
	return "", answer
}

func (d *driver) says(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = err
}

func (d *driver) sent() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.sheets...)
}

// world is a bench with Own fleet on which much is done at once.
type world struct {
	*testkit.Bench
	ctx       context.Context
	bulk      *bulk.Service
	shipments *shipment.Service
	printing  *printing.Service
	driver    *driver
	begun     setup.Begun
	moved     chan struct{} // gets one each time a run tells that it moved
	fleet     *fleet
}

// fleet is Own fleet that can be made to fail.
type fleet struct {
	*ownfleet.Courier
	mu      sync.Mutex
	refusal map[string]error // by shipment
	before  func()           // called before each cancellation
}

func (f *fleet) Cancel(ctx context.Context, access courier.Access, b courier.Reference) error {
	f.mu.Lock()
	refusal, before := f.refusal[b.ShipmentID], f.before
	f.mu.Unlock()
	if before != nil {
		before()
	}
	if refusal != nil {
		return refusal
	}
	return f.Courier.Cancel(ctx, access, b)
}

func newWorld(t testing.TB) *world {
	t.Helper()
	own := &fleet{Courier: &ownfleet.Courier{Labels: label.Drawer{}}, refusal: map[string]error{}}
	b := testkit.New(t, own)
	numbers := &numbering.Service{Store: sqldb.As[numbering.Repo](b.DB)}
	own.Numbers, own.Clock = numbers, b.Clock
	documents := &document.Service{Store: sqldb.As[document.Repo](b.DB), Drawer: pdf.Drawer{}, Clock: b.Clock}
	w := &world{Bench: b, ctx: testkit.Manager(t), driver: &driver{}, fleet: own, moved: make(chan struct{}, 10_000)}
	w.shipments = &shipment.Service{
		Store: sqldb.As[shipment.Repo](b.DB), Auths: b.Auths, Presets: b.Presets, Couriers: b.Auths.Couriers,
		Documents: documents, Numbers: numbers, Clock: b.Clock,
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	w.printing = &printing.Service{
		Store: sqldb.As[printing.Repo](b.DB), Shipments: w.shipments, Documents: documents, Clock: b.Clock, Log: log,
		Drivers: map[printing.Kind]printing.Driver{printing.IPP: w.driver},
	}
	w.bulk = w.start()
	begin := &setup.Service{Accounts: b.Accounts, Auths: b.Auths, Couriers: b.Auths.Couriers}
	var err error
	w.begun, err = begin.Begin(w.ctx, setup.Begin{Group: "g", Account: "shop", Sender: postal.Address{
		Name: "Desk", Address1: "1 Sample Quay", City: "Bristol", Postcode: "BS1 5AH", CountryISO: "GB",
	}})
	testkit.OK(t, err)
	testkit.OK(t, w.printing.Start(w.ctx))
	t.Cleanup(func() { w.printing.Stop() })
	t.Cleanup(func() { w.bulk.Close() })
	return w
}

// start gives the service as another start of the program would have it.
func (w *world) start() *bulk.Service {
	return &bulk.Service{
		Store: sqldb.As[bulk.Repo](w.DB), Shipments: w.shipments, Printing: w.printing, Drawer: pdf.Drawer{}, Clock: w.Clock, Log: w.printing.Log,
		Changed: func() {
			select {
			case w.moved <- struct{}{}:
			default:
			}
		},
	}
}

// ship buys a label in a format.
func (w *world) ship(t testing.TB, reference, format string, change ...string) shipment.Shipment {
	t.Helper()
	body := strings.Replace(setup.SampleOrder, "SAMPLE-1001", reference, 1)
	body = strings.Replace(body, `"label_format": "pdf"`, `"label_format": "`+format+`"`, 1)
	for i := 0; i+1 < len(change); i += 2 {
		body = strings.Replace(body, change[i], change[i+1], 1)
	}
	o, err := order.Parse([]byte(body), "")
	testkit.OK(t, err)
	made, err := w.shipments.Create(w.ctx, w.begun.Account.ID, o, shipment.Origin{})
	testkit.OK(t, err)
	return made.Shipment
}

// shipMany buys labels whose references end in their place.
func (w *world) shipMany(t testing.TB, n int, format string) (list []shipment.Shipment) {
	t.Helper()
	for i := range n {
		list = append(list, w.ship(t, "REF-"+format+"-"+strconv.Itoa(i), format))
	}
	return list
}

func ids(list ...shipment.Shipment) (out []shipment.ID) {
	for _, sh := range list {
		out = append(out, sh.ID)
	}
	return out
}

// done starts a run and waits for its end.
func (w *world) done(t testing.TB, ask bulk.Ask) bulk.Run {
	t.Helper()
	_, err := w.bulk.Start(w.ctx, ask)
	testkit.OK(t, err)
	return w.end(t)
}

// end waits until the run works no more.
func (w *world) end(t testing.TB) bulk.Run {
	t.Helper()
	for {
		run, err := w.bulk.Now(w.ctx)
		testkit.OK(t, err)
		if run.State != bulk.Working {
			return run
		}
		select {
		case <-w.moved:
		case <-t.Context().Done():
			t.Fatal("the run does not end")
		}
	}
}

func (w *world) get(t testing.TB, id shipment.ID) shipment.Shipment {
	t.Helper()
	sh, err := w.shipments.Get(w.ctx, "", shipment.Handle{ID: id})
	testkit.OK(t, err)
	return sh
}

// file gives the bytes of a file of the run.
func (w *world) file(t testing.TB, place int) bulk.File {
	t.Helper()
	f, err := w.bulk.Take(w.ctx, place)
	testkit.OK(t, err)
	return f
}

// pages gives the text of each page of a PDF that qpdf finds sound.
func pages(t testing.TB, content []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bound.pdf")
	testkit.OK(t, os.WriteFile(path, content, 0o600))
	run := func(program string, args ...string) string {
		if _, err := exec.LookPath(program); err != nil {
			sentence := program + " is missing, so documents can't be read back. Run: make setup-test"
			if os.Getenv("PACKBENCH_TOOLS") == "optional" {
				t.Skip(sentence)
			}
			t.Fatal(sentence)
		}
		var stderr bytes.Buffer
		cmd := exec.Command(program, args...)
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s%s", program, err, out, stderr.String())
		}
		return string(out)
	}
	if said := run("qpdf", "--check", path); strings.Contains(said, "WARNING") {
		t.Errorf("qpdf: %s", said)
	}
	return strings.Split(strings.TrimSuffix(run("pdftotext", "-layout", path, "-"), "\f"), "\f")
}
