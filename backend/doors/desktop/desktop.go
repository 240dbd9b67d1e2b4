// Package desktop is the door of the window: structs by noun whose methods the screens call. They decode, ask a service
// and map the answer; no rule lives here. The same structs serve the Wails window and, in tests, the bridge, so nothing
// here knows Wails: what the window's frame can do comes in as a Shell.
//
// Every method answers an error as JSON text {"code","message","fields":[{"path","message"}],"request"}, never panics, and never
// gives null for an empty list.
package desktop

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	"packbench/backend/base/errs"
	"packbench/backend/core/account"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/core/auth"
	"packbench/backend/core/bulk"
	"packbench/backend/core/contact"
	"packbench/backend/core/courier"
	"packbench/backend/core/draft"
	"packbench/backend/core/health"
	"packbench/backend/core/importing"
	"packbench/backend/core/manifest"
	"packbench/backend/core/preset"
	"packbench/backend/core/printing"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/savedview"
	"packbench/backend/core/settings"
	"packbench/backend/core/setup"
	"packbench/backend/core/shipment"
	"packbench/backend/core/template"
)

// Services is what the screens work with.
type Services struct {
	Accounts  *account.Service
	Auths     *auth.Service
	Bulk      *bulk.Service
	Contacts  *contact.Service
	Couriers  *courier.Registry
	Drafts    *draft.Service
	Health    *health.Service
	Imports   *importing.Service
	Manifests *manifest.Service
	Presets   *preset.Service
	Printing  *printing.Service
	Shipments *shipment.Service
	Templates *template.Service
	Requests  *requestlog.Service
	Audit     *audit.Service
	Settings  *settings.Service
	Setup     *setup.Service
	Views     *savedview.Service
	Log       *slog.Logger
}

// FileKind is a kind of file a dialog offers: "PDF document", "pdf".
type FileKind struct{ Name, Extension string }

// Shell is what the window's frame does for the program. Paths are "" where the user closed the dialog.
type Shell interface {
	Emit(topic, id string)
	OpenFile(title string, kinds ...FileKind) (path string, err error)
	SaveFile(title, suggestion string, kind FileKind) (path string, err error)
	OpenURL(url string)
}

// Door is the way in. Its structs are bound before the data folder is open, because the window comes first: calls wait
// until Opened, Locked or Failed has been told.
type Door struct {
	actor    actor.Actor
	requests atomic.Int64

	mu       sync.Mutex
	ctx      context.Context
	shell    Shell
	services *Services
	state    State
	unlock   func(passphrase string) error
	settled  chan struct{} // closed once state is no longer "starting"
	viewed   viewed
}

// New makes the door. user is the operating system's user, for the audit.
func New(user, version string) *Door {
	return &Door{
		actor: actor.Actor{Door: actor.Window, Name: user, From: "Packbench window"},
		ctx:   context.Background(), state: State{State: Starting, Version: version}, settled: make(chan struct{}),
	}
}

// Bound gives the structs to bind, in the order of the menu.
func (d *Door) Bound() []any {
	return []any{
		&System{d}, &Setup{d}, &Shipments{d}, &Views{d}, &Drafts{door: d}, &Bulk{d}, &Manifests{d}, &Contacts{door: d}, &Imports{door: d}, &Exports{door: d}, &Prices{door: d}, &Accounts{d}, &Auths{d}, &Couriers{d}, &Presets{d}, &Printing{d}, &Templates{d}, &Activity{door: d},
	}
}

// Attach tells the door of the frame; ctx ends with the window.
func (d *Door) Attach(ctx context.Context, shell Shell) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ctx, d.shell = ctx, shell
}

// Opened lets calls through to the services.
func (d *Door) Opened(s Services, state State) {
	state.State = Ready
	d.settle(state, &s, nil)
}

// Locked makes every call but System's answer that a passphrase is needed; unlock is what System.Unlock calls.
func (d *Door) Locked(state State, unlock func(passphrase string) error) {
	state.State = Locked
	d.settle(state, nil, unlock)
}

// Failed makes every call but System's answer why the data folder could not be opened.
func (d *Door) Failed(state State, err error) {
	state.State, state.Error = Failed, view(err)
	d.settle(state, nil, nil)
}

func (d *Door) settle(state State, s *Services, unlock func(string) error) {
	d.mu.Lock()
	first := d.state.State == Starting
	state.Version = d.state.Version
	d.state, d.services, d.unlock = state, s, unlock
	d.mu.Unlock()
	if first {
		close(d.settled)
	}
	d.Changed("system", "")
}

// Close clears what the window left behind.
func (d *Door) Close() error { return d.viewed.clear() }

// Changed tells the screens that things of a topic changed; id is "" where it may be any of them.
func (d *Door) Changed(topic, id string) {
	if shell := d.frame(); shell != nil {
		shell.Emit(topic, id)
	}
}

// log gives the data folder's log; what happens before it is open goes to the system's.
func (d *Door) log() *slog.Logger {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.services == nil {
		return slog.Default()
	}
	return d.services.Log
}

func (d *Door) frame() Shell {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shell
}

// ready waits for the data folder and gives the services, or why there are none.
func (d *Door) ready(ctx context.Context) (*Services, error) {
	select {
	case <-d.settled:
	case <-ctx.Done():
		return nil, errs.New(errs.Unavailable, "Packbench is closing.")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch d.state.State {
	case Ready:
		return d.services, nil
	case Locked:
		return nil, errs.New(errs.Unavailable, "Packbench is locked. Type the passphrase first.")
	}
	return nil, errs.New(errs.Unavailable, "%s", d.state.Error.Message)
}
