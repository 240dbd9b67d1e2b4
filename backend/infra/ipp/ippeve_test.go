package ipp

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/printing"
)

func contextOf(t *testing.T, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), d)
}

// TestIPPEvePrinter prints to the reference printer of the standard's own authors, and compares what it spooled.
func TestIPPEvePrinter(t *testing.T) {
	address, spool := ippeve(t)
	d := &Driver{}
	ctx, cancel := contextOf(t, time.Minute)
	defer cancel()
	found, err := d.Look(ctx, address)
	if err != nil || !found.Ready || len(found.Formats) == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	p := printing.Printer{Name: "Reference", Kind: printing.IPP, Address: address, Formats: []courier.Format{courier.PDF}}
	for range 2 { // the second one meets a busy printer
		said, err := d.Send(ctx, p, pdfSheet)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(said, "Printed as job ") {
			t.Errorf("said %q", said)
		}
	}
	files, err := filepath.Glob(filepath.Join(spool, "*.pdf"))
	if err != nil || len(files) != 2 {
		t.Fatalf("%d spooled files, %v", len(files), err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil || sha256.Sum256(content) != sha256.Sum256(pdfSheet.Bytes) {
			t.Errorf("%s holds other bytes than were sent (%v)", filepath.Base(name), err)
		}
	}
	_, err = d.Send(ctx, p, printing.Sheet{Name: "zpl", Format: courier.ZPL, Bytes: []byte("^XA^XZ")})
	if !errs.Is(err, errs.Rejected) || !strings.Contains(err.Error(), "Nothing was printed.") {
		t.Errorf("ZPL to a printer of PDF: %v", err)
	}
}

// ippeve starts ippeveprinter on loopback, with a message bus and an mDNS daemon of its own, which it insists on.
func ippeve(t *testing.T) (address, spool string) {
	t.Helper()
	for _, tool := range []string{"ippeveprinter", "dbus-daemon", "avahi-daemon"} {
		if _, err := lookTool(tool); err != nil {
			t.Skipf("%s is not installed (build/setup.sh test installs it)", tool)
		}
	}
	if os.Geteuid() != 0 {
		t.Skip("avahi-daemon, without which ippeveprinter does not start, only runs as root")
	}
	dir := t.TempDir()
	spool = filepath.Join(dir, "spool")
	bus := "unix:path=" + filepath.Join(dir, "bus")
	write(t, filepath.Join(dir, "bus.conf"), `<busconfig><type>system</type><listen>`+bus+`</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/></policy></busconfig>`)
	write(t, filepath.Join(dir, "avahi.conf"), "[server]\nallow-interfaces=lo\nuse-ipv6=no\n[wide-area]\nenable-wide-area=no\n[publish]\ndisable-publishing=no\n")
	if err := os.Mkdir(spool, 0o700); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	env := append(os.Environ(), "DBUS_SYSTEM_BUS_ADDRESS="+bus)
	run(t, env, "unix:path=", "dbus-daemon", "--config-file="+filepath.Join(dir, "bus.conf"), "--nofork", "--print-address=1")
	run(t, env, "Server startup complete", "avahi-daemon", "--no-rlimits", "--no-drop-root", "--no-chroot", "-f", filepath.Join(dir, "avahi.conf"))
	run(t, env, "", "ippeveprinter", "-p", port, "-n", "localhost", "-k", "-c", "/bin/true", "-d", spool, "-f", "application/pdf", "Reference")
	address = "ipp://localhost:" + port + "/ipp/print"
	ctx, cancel := contextOf(t, 20*time.Second)
	defer cancel()
	for {
		_, err := (&Driver{}).Look(ctx, address)
		if err == nil {
			return address, spool
		}
		if !sleep(ctx, 50*time.Millisecond) {
			t.Fatalf("ippeveprinter did not start: %v", err)
		}
	}
}

// lookTool finds a program also where only an administrator's path looks.
func lookTool(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		return path, nil
	}
	return exec.LookPath("/usr/sbin/" + name)
}

// run starts a program that ends with the test, and waits until it says that it is ready.
func run(t *testing.T, env []string, ready, name string, args ...string) {
	t.Helper()
	path, err := lookTool(name)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = env
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = in, in
	err = cmd.Start()
	_ = in.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		defer time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() }).Stop()
		_ = cmd.Wait()
		_ = out.Close()
	})
	lines := bufio.NewScanner(out)
	var said []string
	for ready != "" && lines.Scan() {
		said = append(said, lines.Text())
		if strings.Contains(lines.Text(), ready) {
			ready = ""
		}
	}
	if ready != "" {
		t.Fatalf("%s ended: %s", name, strings.Join(said, "; "))
	}
	go func() {
		for lines.Scan() { // what nobody reads would stop it
		}
	}()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return fmt.Sprint(listener.Addr().(*net.TCPAddr).Port)
}
