//go:build bridge

// Command packbench-bridge runs the program with its screens in a browser instead of a window, for end-to-end tests. Its
// first line on standard output is {"event":"ready","url":…,"token":…,"data_dir":…}; it ends with its standard
// input, so that it never outlives the test that started it.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"packbench/backend/app"
	"packbench/backend/core/courier"
	"packbench/backend/doors/bridge"
	"packbench/backend/doors/desktop"
)

func main() {
	screens := flag.String("screens", "frontend/dist", "folder of the built screens")
	dataDir := flag.String("data-dir", "", "data folder; without it a new one, removed at the end")
	locked := flag.Bool("locked", false, "start without a passphrase where there is no keyring, as a window may")
	withSample := flag.Bool("sample-courier", false, "have a courier with credentials beside Own fleet: Sample Parcels")
	withPrices := flag.Bool("sample-prices", false, "have Sample Parcels tell prices")
	stand := flag.String("courier-stand", "", "address on this machine that answers for every courier")
	flag.Parse()
	o := app.Options{DataDir: *dataDir, Version: "test", Stand: *stand}
	if *withSample {
		o.Couriers = []courier.Adapter{&sample{}}
	}
	if *withPrices {
		o.Couriers = []courier.Adapter{priced{&sample{}}}
	}
	if err := run(*screens, o, *locked); err != nil {
		fmt.Fprintln(os.Stderr, "packbench-bridge:", err)
		os.Exit(1)
	}
}

func run(screens string, o app.Options, locked bool) error {
	temp, err := os.MkdirTemp("", "packbench-bridge-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if o.DataDir == "" {
		o.DataDir = filepath.Join(temp, "data")
	}
	if !locked {
		o.PassphraseFile = filepath.Join(temp, "passphrase")
		if err := os.WriteFile(o.PassphraseFile, []byte("a passphrase for tests only\n"), 0o600); err != nil {
			return err
		}
	}
	window := app.NewWindow(o, "127.0.0.1:0")
	server, err := bridge.Listen(bridge.Config{Screens: os.DirFS(screens), Bound: window.Bound(), Secure: desktop.Secure})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	window.Start(ctx, frame{server})
	go func() { _ = server.Serve() }() // ends with Close
	ready := map[string]string{"event": "ready", "url": server.URL(), "token": server.Token(), "data_dir": o.DataDir}
	if err := json.NewEncoder(os.Stdout).Encode(ready); err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	cancel()
	if err := server.Close(); err != nil {
		return err
	}
	return window.Close()
}

// frame gives the window the bridge's frame; its dialogs are answered by the test.
type frame struct{ *bridge.Bridge }

func (f frame) OpenFile(string, ...desktop.FileKind) (string, error) { return f.Answer(), nil }

func (f frame) SaveFile(string, string, desktop.FileKind) (string, error) { return f.Answer(), nil }
