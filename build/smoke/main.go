// Command smoke opens the real window on an empty data folder, asks the page itself what it shows, walks the first run
// with true key strokes, and takes a screenshot. It needs a display; build/smoke/run gives it a virtual one.
//
//	smoke PROGRAM SCREENSHOT
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: smoke PROGRAM SCREENSHOT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(1)
	}
	fmt.Println("smoke: the window opened, spoke to its program and shows the first run; picture in", os.Args[2])
}

const patience = 60 * time.Second

func run(program, picture string) (err error) {
	work, err := os.MkdirTemp("", "packbench-smoke-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	passphrase := filepath.Join(work, "passphrase")
	if err := os.WriteFile(passphrase, []byte("a passphrase for one smoke test\n"), 0o600); err != nil {
		return err
	}
	address, err := freeAddress()
	if err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(work, "output"))
	if err != nil {
		return err
	}
	defer log.Close()
	window := exec.Command(program, "--data-dir", filepath.Join(work, "data"), "--passphrase-file", passphrase)
	// What the window remembers of its looks is not this machine's: the picture is of a first start.
	window.Env = append(os.Environ(), "WEBKIT_INSPECTOR_HTTP_SERVER="+address, "XDG_DATA_HOME="+work, "XDG_CONFIG_HOME="+work, "XDG_CACHE_HOME="+work)
	window.Stdout, window.Stderr = log, log
	if err := window.Start(); err != nil {
		return err
	}
	gone := make(chan error, 1)
	go func() { gone <- window.Wait() }()
	defer func() {
		_ = window.Process.Kill() // it may have ended by itself; then err says so
		<-gone
		if err != nil {
			said, _ := os.ReadFile(log.Name())
			err = fmt.Errorf("%w\nthe program said:\n%s", err, said)
		}
	}()
	deadline := time.Now().Add(patience)
	page, err := connect(address, deadline)
	if err != nil {
		return err
	}
	defer page.conn.Close()
	if err := page.waitFor(`document.querySelector("h1")?.textContent.trim() ?? ""`, "Print your first label", deadline); err != nil {
		return err
	}
	if err := page.waitFor(`typeof window.go?.desktop?.Setup`, "object", deadline); err != nil {
		return errors.Join(errors.New("the page has no program behind it"), err)
	}
	if out, err := exec.Command("import", "-window", "root", picture).CombinedOutput(); err != nil {
		return fmt.Errorf("screenshot: %w: %s", err, out)
	}
	return nil
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}
