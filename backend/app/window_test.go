package app_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app"
	"packbench/backend/app/apptest"
	"packbench/backend/base/page"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/doors/desktop"
)

// screens is a window with the structs its screens call.
type screens struct {
	*app.Window
	frame     *testFrame
	system    *desktop.System
	setup     *desktop.Setup
	accounts  *desktop.Accounts
	auths     *desktop.Auths
	presets   *desktop.Presets
	shipments *desktop.Shipments
}

func openWindow(t *testing.T, o app.Options, listen string) *screens {
	t.Helper()
	s := &screens{Window: app.NewWindow(o, listen), frame: &testFrame{changed: make(chan string, 64)}}
	for _, bound := range s.Bound() {
		switch bound := bound.(type) {
		case *desktop.System:
			s.system = bound
		case *desktop.Setup:
			s.setup = bound
		case *desktop.Accounts:
			s.accounts = bound
		case *desktop.Auths:
			s.auths = bound
		case *desktop.Presets:
			s.presets = bound
		case *desktop.Shipments:
			s.shipments = bound
		}
	}
	t.Cleanup(func() { s.close(t) })
	s.Start(t.Context(), s.frame)
	_, _ = s.setup.Needed() // waits for the folder; what became of it, State says
	return s
}

func (s *screens) close(t *testing.T) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func (s *screens) state(t *testing.T) desktop.State {
	t.Helper()
	state, err := s.system.State()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// testFrame answers every save dialog with one path and notes what happens.
type testFrame struct {
	frame
	save    string
	opened  string
	focused bool
	changed chan string
}

func (f *testFrame) Emit(topic, _ string) {
	select {
	case f.changed <- topic:
	default:
	}
}

func (f *testFrame) SaveFile(string, string, desktop.FileKind) (string, error) { return f.save, nil }
func (f *testFrame) OpenURL(url string)                                        { f.opened = url }
func (f *testFrame) Focus()                                                    { f.focused = true }

// A machine without a keyring: the window asks for a passphrase, first for a new one, then for that one.
func TestWindowWithoutAKeyring(t *testing.T) {
	needNoKeyring(t)
	o := app.Options{DataDir: filepath.Join(t.TempDir(), "data"), Version: "test"}
	w := openWindow(t, o, "127.0.0.1:0")
	if s := w.state(t); s.State != desktop.Locked || !s.NewKey {
		t.Fatalf("a new folder is %+v", s)
	}
	if err := w.system.Unlock("short"); err == nil || !strings.Contains(err.Error(), "8 or more") {
		t.Errorf("a short passphrase: %v", err)
	}
	if err := w.system.Unlock("a long passphrase"); err != nil {
		t.Fatal(err)
	}
	if s := w.state(t); s.State != desktop.Ready || s.Notice == "" || s.APIURL == "" {
		t.Errorf("after the first passphrase: %+v", s)
	}
	w.close(t)

	w = openWindow(t, o, "127.0.0.1:0")
	if s := w.state(t); s.State != desktop.Locked || s.NewKey {
		t.Fatalf("a folder under a passphrase is %+v", s)
	}
	if err := w.system.Unlock("another passphrase"); err == nil || !strings.Contains(err.Error(), "does not open") {
		t.Errorf("a wrong passphrase: %v", err)
	}
	if err := w.system.Unlock("a long passphrase"); err != nil {
		t.Fatal(err)
	}
	if needed, err := w.setup.Needed(); err != nil || !needed {
		t.Errorf("first run needed: %v %v", needed, err)
	}
}

// The first run of a packer: from nothing to a label in a file, and the screens hear of it.
func TestWindowFirstRun(t *testing.T) {
	f := apptest.NewFolder(t)
	w := openWindow(t, f.Options(), "127.0.0.1:0")
	begun, err := w.setup.Begin(desktop.FirstRun{Group: "North wing", Account: "Web shop"})
	if err != nil || begun.Key == "" || begun.Auth.Company != setup.Company {
		t.Fatalf("%+v %v", begun, err)
	}
	if _, err := w.setup.Begin(desktop.FirstRun{Group: "South wing", Account: "Web shop"}); err == nil {
		t.Error("an account's name was taken twice")
	}
	groups, err := w.accounts.Groups()
	if err != nil || len(groups) != 1 {
		t.Errorf("a first run that failed left its group: %+v %v", groups, err)
	}
	order, err := w.setup.SampleOrder()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.shipments.Create(string(begun.Account.ID), order); err == nil || !strings.Contains(err.Error(), "shipment.ship_from") {
		t.Errorf("without a sender: %v", err)
	}
	order = strings.Replace(order, `"shipment": {`, `"shipment": {"ship_from": {"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"},`, 1)
	made, err := w.shipments.Create(string(begun.Account.ID), order)
	if err != nil {
		t.Fatal(err)
	}
	w.frame.save = filepath.Join(t.TempDir(), "label.pdf")
	ask := desktop.DocumentAsk{ShipmentID: made.Shipment.Row.ID, Kind: "label"}
	saved, err := w.shipments.SaveDocument(ask)
	label, readErr := os.ReadFile(w.frame.save)
	if err != nil || readErr != nil || saved.Path != w.frame.save || !strings.HasPrefix(string(label), "%PDF-") {
		t.Errorf("saved %+v, %v, %v", saved, err, readErr)
	}
	if _, err := w.shipments.OpenDocument(ask); err != nil {
		t.Error(err)
	}
	viewed := strings.TrimPrefix(w.frame.opened, "file://")
	if info, err := os.Stat(viewed); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("opened %q: %v", w.frame.opened, err)
	}
	heard := map[string]bool{}
	for !heard["shipments"] || !heard["accounts"] || !heard["auths"] {
		heard[<-w.frame.changed] = true
	}
	w.Focus()
	if !w.frame.focused {
		t.Error("a second start does not bring the window to the front")
	}
	w.close(t)
	if _, err := os.Stat(viewed); !os.IsNotExist(err) {
		t.Errorf("what was opened outlives the window: %v", err)
	}
}

func TestSecondWindowSaysWhoHoldsTheFolder(t *testing.T) {
	f := apptest.NewFolder(t)
	first := openWindow(t, f.Options(), "127.0.0.1:0")
	if s := first.state(t); s.State != desktop.Ready {
		t.Fatalf("%+v", s)
	}
	second := openWindow(t, f.Options(), "127.0.0.1:0")
	if s := second.state(t); s.State != desktop.Failed || !strings.Contains(s.Error.Message, "in use by a Packbench window (process ") {
		t.Errorf("%+v", s)
	}
	if _, err := second.accounts.Briefs(); err == nil {
		t.Error("a second window works on the folder")
	}
}

// The local API's port may be taken by a program that waits for tokens: the window says so, and takes no other port.
func TestWindowOnATakenPort(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	w := openWindow(t, apptest.NewFolder(t).Options(), other.Addr().String())
	if s := w.state(t); s.State != desktop.Ready || s.APIURL != "" || !strings.Contains(s.APIError, "in use by another program") {
		t.Errorf("%+v", s)
	}
	if list, err := w.shipments.List(shipment.Filter{}, page.Request{}); err != nil || list.Items == nil {
		t.Errorf("without its API the window must work: %+v %v", list, err)
	}
}
