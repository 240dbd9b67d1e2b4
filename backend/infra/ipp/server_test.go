package ipp

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/printing"
)

// fake is a printer, or a CUPS, whose behaviour is set by hand.
type fake struct {
	mu       sync.Mutex
	asked    []uint16
	jobs     []message // Print-Job requests
	sums     [][32]byte
	printer  group
	busy     int // how many jobs are turned away first
	status   uint16
	says     string
	state    int32 // of the job
	reason   string
	http     int           // an HTTP status instead of an answer
	hang     chan struct{} // Print-Job waits here
	breakOff bool
}

func newFake() *fake {
	return &fake{state: jobCompleted, printer: group{tagPrinter, []attribute{
		text(tagName, "printer-name", "Zebra"), text(tagText, "printer-info", "Zebra at dock 4"), text(tagText, "printer-make-and-model", "ZD421"),
		text(tagMimeType, "document-format-supported", "application/octet-stream", "application/pdf", "application/vnd.cups-raw"),
		{"printer-state", []value{{tagEnum, []byte{0, 0, 0, 3}}}}, text(tagKeyword, "printer-state-reasons", "none"),
		text(tagKeyword, "print-scaling-supported", "auto", "none"), text(tagKeyword, "media-supported", "iso_a4_210x297mm", "na_index-4x6_4x6in"),
		{"printer-resolution-supported", []value{{tagResolution, []byte("\x00\x00\x00\xcb\x00\x00\x00\xcb\x03")}}},
	}}}
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	m, err := decode(raw)
	if err != nil || r.Header.Get("Content-Type") != "application/ipp" {
		http.Error(w, "not IPP", http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, m.code)
	if f.http != 0 {
		w.WriteHeader(f.http)
		return
	}
	answer := message{groups: []group{{tagOperation, []attribute{text(tagCharset, "attributes-charset", "utf-8")}}}}
	job := group{tagJob, []attribute{integer("job-id", 12), {"job-state", []value{{tagEnum, binary.BigEndian.AppendUint32(nil, uint32(f.state))}}}, text(tagKeyword, "job-state-reasons", f.reason)}}
	switch m.code {
	case opGetPrinterAttributes, opCUPSGetPrinters:
		answer.groups = append(answer.groups, f.printer)
	case opGetJobAttributes:
		answer.groups = append(answer.groups, job)
	case opPrintJob:
		if f.hang != nil {
			f.mu.Unlock()
			<-f.hang
			f.mu.Lock()
		}
		if f.breakOff {
			panic(http.ErrAbortHandler)
		}
		if f.busy > 0 {
			f.busy--
			answer.code = statusServerErrorBusy
			break
		}
		f.jobs = append(f.jobs, m)
		f.sums = append(f.sums, sha256.Sum256(raw[len(m.encode()):]))
		answer.groups = append(answer.groups, job)
		if f.status != 0 {
			answer.code = f.status
			answer.groups[0].attrs = append(answer.groups[0].attrs, text(tagText, "status-message", f.says))
		}
	}
	_, _ = w.Write(answer.encode())
}

// start serves the fake, and gives it as a printer that takes the formats.
func (f *fake) start(t *testing.T, formats ...courier.Format) printing.Printer {
	t.Helper()
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return printing.Printer{Name: "Dock 4", Kind: printing.IPP, Formats: formats, Address: strings.Replace(server.URL, "http://", "ipp://", 1) + "/ipp/print"}
}

var pdfSheet = printing.Sheet{Name: "label-7", By: "sam", Format: courier.PDF, Bytes: []byte("%PDF-1.3\n/MediaBox [0 0 288 432]\n" + strings.Repeat("x", 30_000))}

func TestAJobAsksForItsOwnSize(t *testing.T) {
	f := newFake()
	p := f.start(t, courier.PDF)
	said, err := (&Driver{}).Send(t.Context(), p, pdfSheet)
	if err != nil || said != "Printed as job 12." {
		t.Fatalf("%q, %v", said, err)
	}
	operation, job := f.jobs[0].group(tagOperation), f.jobs[0].group(tagJob)
	for name, want := range map[string]string{
		"printer-uri": p.Address, "requesting-user-name": "sam", "job-name": "label-7", "document-format": "application/pdf",
	} {
		if got := operation.text(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if job.text("print-scaling") != "none" || job.text("media") != "na_index-4x6_4x6in" {
		t.Errorf("job = %+v, want it unscaled on 4×6", job)
	}
	if f.sums[0] != sha256.Sum256(pdfSheet.Bytes) {
		t.Error("other bytes arrived than were sent")
	}
	f.printer.attrs = append(f.printer.attrs[:6:6], text(tagKeyword, "media-supported", "iso_a4_210x297mm"))
	if _, err := (&Driver{}).Send(t.Context(), p, pdfSheet); err != nil || len(f.jobs[1].group(tagJob).attrs) != 0 {
		t.Errorf("%v, asked for what the printer does not offer: %+v", err, f.jobs[1].group(tagJob))
	}
}

func TestZPLGoesUnchanged(t *testing.T) {
	f := newFake()
	sheet := printing.Sheet{Format: courier.ZPL, Bytes: []byte("^XA^XZ")}
	if _, err := (&Driver{}).Send(t.Context(), f.start(t, courier.ZPL), sheet); err != nil {
		t.Fatal(err)
	}
	if got := f.jobs[0].group(tagOperation).text("document-format"); got != "application/vnd.cups-raw" {
		t.Errorf("sent as %q: a queue would print it as text", got)
	}
	if len(f.jobs[0].group(tagJob).attrs) != 0 || f.sums[0] != sha256.Sum256(sheet.Bytes) {
		t.Error("the label is changed on its way")
	}
}

func TestABusyPrinterIsWaitedFor(t *testing.T) {
	f := newFake()
	f.busy = 2
	p := f.start(t, courier.PDF)
	if _, err := (&Driver{}).Send(t.Context(), p, pdfSheet); err != nil || len(f.jobs) != 1 {
		t.Fatalf("%v, %d jobs", err, len(f.jobs))
	}
	f.busy = 1_000
	_, err := (&Driver{Busy: time.Millisecond}).Send(t.Context(), p, pdfSheet)
	if !errs.Is(err, errs.Rejected) || !strings.Contains(err.Error(), "it is busy with another job") || len(f.jobs) != 1 {
		t.Errorf("%v, %d jobs", err, len(f.jobs))
	}
}

func TestPrintersThatDoNotPrint(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*fake)
		want errs.Code
		says string
	}{
		"refuses in its own words": {func(f *fake) { f.status, f.says = 0x040a, "No filter for this" }, errs.Rejected, `it does not take this kind of document ("No filter for this")`},
		"an odd status":            {func(f *fake) { f.status = 0x0477 }, errs.Rejected, "status 0x0477"},
		"takes no such format": {func(f *fake) {
			f.printer.attrs = append(f.printer.attrs[:3:3], text(tagMimeType, "document-format-supported", "image/urf"))
		}, errs.Rejected, "does not take PDF; it takes image/urf"},
		"takes no jobs": {func(f *fake) {
			f.printer.attrs = append(f.printer.attrs, attribute{"printer-is-accepting-jobs", []value{{tagBoolean, []byte{0}}}}, text(tagText, "printer-state-message", "Out for repair"))
		}, errs.Rejected, "Out for repair"},
		"gives it up":      {func(f *fake) { f.state, f.reason = jobAborted, "document-format-error" }, errs.Unclear, "it could not read the document"},
		"no such path":     {func(f *fake) { f.http = http.StatusNotFound }, errs.Rejected, "Many printers use /ipp/print"},
		"wants a password": {func(f *fake) { f.http = http.StatusUnauthorized }, errs.Rejected, "wants somebody to sign in"},
		"wants TLS":        {func(f *fake) { f.http = http.StatusUpgradeRequired }, errs.Rejected, "ipps://"},
		"sends elsewhere":  {func(f *fake) { f.http = http.StatusFound }, errs.Rejected, "HTTP status 302"},
		"drops half-way":   {func(f *fake) { f.breakOff = true }, errs.Unclear, "broke off"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			p := f.start(t, courier.PDF)
			c.set(f)
			_, err := (&Driver{}).Send(t.Context(), p, pdfSheet)
			if !errs.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %s that says %q", err, c.want, c.says)
			}
		})
	}
}

func TestAPrinterThatStalls(t *testing.T) {
	f := newFake()
	f.hang = make(chan struct{})
	p := f.start(t, courier.PDF)
	defer close(f.hang)
	ctx, cancel := contextOf(t, 300*time.Millisecond)
	defer cancel()
	_, err := (&Driver{}).Send(ctx, p, pdfSheet)
	if !errs.Is(err, errs.Unclear) || !strings.Contains(err.Error(), "stopped answering") {
		t.Error(err)
	}
}

func TestAPrinterThatIsOff(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "ipp://" + listener.Addr().String() + "/ipp/print"
	_ = listener.Close()
	_, err = (&Driver{}).Send(t.Context(), printing.Printer{Name: "Dock 4", Address: address}, pdfSheet)
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "No printer answers") {
		t.Error(err)
	}
	if _, err = (&Driver{}).Look(t.Context(), address); !errs.Is(err, errs.Unavailable) || strings.Contains(err.Error(), "printed") {
		t.Error(err)
	}
}

func TestAnUntrustedCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(newFake())
	server.Config.ErrorLog = nil
	server.StartTLS()
	defer server.Close()
	_, err := (&Driver{}).Send(t.Context(), printing.Printer{Address: strings.Replace(server.URL, "https://", "ipps://", 1)}, pdfSheet)
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "certificate") {
		t.Error(err)
	}
}

func TestSomethingElseBehindTheAddress(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("<html>"), 100))
	}))
	defer web.Close()
	_, err := (&Driver{}).Look(t.Context(), strings.Replace(web.URL, "http://", "ipp://", 1))
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "did not answer as an IPP printer does") {
		t.Error(err)
	}
}

func TestTheQueuesOfThisMachine(t *testing.T) {
	f := newFake()
	server := httptest.NewServer(f)
	defer server.Close()
	d := &Driver{Local: Server{"tcp", server.Listener.Addr().String()}}
	found, err := d.Find(t.Context())
	if err != nil || len(found) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	got := found[0]
	if got.Address != "ipp://localhost/printers/Zebra" || got.Name != "Zebra at dock 4" || got.Model != "ZD421" || got.DPI != 203 || !got.Ready || len(got.Formats) != 1 || got.Formats[0] != courier.PDF {
		t.Errorf("found %+v", got)
	}
	if _, err := d.Send(t.Context(), printing.Printer{Name: "Zebra", Address: got.Address}, pdfSheet); err != nil || len(f.jobs) != 1 {
		t.Errorf("a queue of this machine is not reached: %v", err)
	}
	f.printer.attrs[4] = attribute{"printer-state", []value{{tagEnum, []byte{0, 0, 0, printerStopped}}}}
	f.printer.attrs[5] = text(tagKeyword, "printer-state-reasons", "paused")
	stopped, err := d.Look(t.Context(), got.Address)
	if err != nil || stopped.Ready || stopped.Says != "it is paused" {
		t.Errorf("%+v, %v", stopped, err)
	}
	f.printer.attrs[2] = text(tagText, "printer-make-and-model", rawQueue)
	if raw, err := d.Look(t.Context(), got.Address); err != nil || len(raw.Formats) != 0 {
		t.Errorf("%+v, %v: what a queue without a driver names is not what its printer takes", raw, err)
	}
	server.Close()
	for name, d := range map[string]*Driver{"no CUPS": {}, "CUPS is off": d} {
		if found, err := d.Find(t.Context()); len(found) != 0 || err != nil {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

func TestWhereCUPSIs(t *testing.T) {
	for named, want := range map[string]Server{
		"/run/own.sock": {"unix", "/run/own.sock"}, "print.lan": {"tcp", "print.lan:631"}, "print.lan:8631/version=1.1": {"tcp", "print.lan:8631"}, "[::1]": {"tcp", "[::1]:631"},
	} {
		t.Setenv("CUPS_SERVER", named)
		if got := LocalServer(); got != want {
			t.Errorf("%s = %+v, want %+v", named, got, want)
		}
	}
}
