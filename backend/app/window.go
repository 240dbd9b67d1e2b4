package app

import (
	"context"
	"errors"
	"sync"

	"packbench/backend/base/errs"
	"packbench/backend/base/secret"
	"packbench/backend/doors/desktop"
	"packbench/backend/doors/httpapi"
	"packbench/backend/infra/vault"
)

// Frame is what the window's frame does for the program: a desktop.Shell that can come to the front.
type Frame interface {
	desktop.Shell
	Focus()
}

// Window is the program behind a window: it opens the data folder, serves the local API and tells the screens of changes.
type Window struct {
	listen string
	door   *desktop.Door
	news   news

	mu      sync.Mutex // held while the folder opens, which may wait for a person
	options Options
	app     *App
	server  *httpapi.Server
	closed  bool

	frameMu sync.Mutex // never held for long
	frame   Frame
	cancel  context.CancelFunc
}

// NewWindow makes it; nothing is opened before Start, because the structs are bound first. listen is the local API's
// address, "" for DefaultListen.
func NewWindow(o Options, listen string) *Window {
	if listen == "" {
		listen = DefaultListen
	}
	w := &Window{listen: listen, door: desktop.New(userName(), o.Version)}
	w.news.emit = func(topic string) { w.door.Changed(topic, "") }
	o.Holder, o.Changed = "window", w.news.tell
	w.options = o
	return w
}

// Bound gives the structs to bind.
func (w *Window) Bound() []any { return w.door.Bound() }

// Start opens the data folder beside the screens' first paint; ctx ends with the window.
func (w *Window) Start(ctx context.Context, frame Frame) {
	ctx, cancel := context.WithCancel(ctx)
	w.frameMu.Lock()
	w.frame, w.cancel = frame, cancel
	w.frameMu.Unlock()
	w.door.Attach(ctx, frame)
	go w.start(ctx)
}

func (w *Window) start(ctx context.Context) {
	state, services, err := w.open(ctx)
	var needed *vault.PassphraseNeeded
	switch {
	case errors.As(err, &needed):
		state.NewKey = needed.New
		w.door.Locked(state, func(passphrase string) error { return w.unlock(ctx, passphrase) })
	case err != nil:
		w.door.Failed(state, err)
	default:
		w.door.Opened(services, state)
	}
}

// unlock opens the folder with a typed passphrase.
func (w *Window) unlock(ctx context.Context, passphrase string) error {
	w.mu.Lock()
	w.options.Passphrase = secret.New(passphrase)
	w.mu.Unlock()
	state, services, err := w.open(ctx)
	if err != nil {
		return err
	}
	w.door.Opened(services, state)
	return nil
}

// open opens the folder and serves the API. A port that is taken is told, loudly, and never swapped for another.
func (w *Window) open(ctx context.Context) (desktop.State, desktop.Services, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, err := w.options.normal()
	state := desktop.State{DataDir: o.DataDir}
	if err != nil {
		return state, desktop.Services{}, err
	}
	if w.closed || w.app != nil {
		return state, desktop.Services{}, errs.New(errs.Conflict, "Packbench is closing, or open already.")
	}
	a, err := Open(ctx, o)
	if err != nil {
		return state, desktop.Services{}, err
	}
	w.app = a
	state.Notice = a.notice
	if err := a.Printing.Start(ctx); err != nil {
		a.log.Error("nothing can be printed", "error", err)
	}
	server, unknown, err := a.Listen(ctx, w.listen)
	state.Unknown = unknown
	if err != nil {
		a.log.Error("the local API is not running", "error", err)
		state.APIError = errs.As(err).Message
	} else {
		w.server, state.APIURL = server, server.URL()
		go func() {
			if err := server.Serve(); err != nil {
				a.log.Error("the local API ended", "error", err)
			}
		}()
	}
	return state, desktop.Services{
		Accounts: a.Accounts, Auths: a.Auths, Couriers: a.Couriers, Presets: a.Presets, Shipments: a.Shipments, Imports: a.Imports, Drafts: a.Drafts, Health: a.Health, Manifests: a.Manifests,
		Requests: a.Requests, Audit: a.Audit, Settings: a.Settings, Setup: a.Setup, Views: a.Views, Printing: a.Printing, Bulk: a.Bulk, Contacts: a.Contacts, Templates: a.Templates, Log: a.log,
	}, nil
}

func (w *Window) stopCalls() {
	w.frameMu.Lock()
	defer w.frameMu.Unlock()
	if w.cancel != nil {
		w.cancel()
	}
}

// Focus brings the window to the front: somebody started the program a second time.
func (w *Window) Focus() {
	w.frameMu.Lock()
	defer w.frameMu.Unlock()
	if w.frame != nil {
		w.frame.Focus()
	}
}

// Close ends calls under way (an opening that waits for a keyring, too), the API, then everything else. The second call
// does nothing.
func (w *Window) Close() error {
	w.stopCalls()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	err := w.door.Close()
	if w.server != nil {
		err = errors.Join(err, stop(w.server))
	}
	if w.app != nil {
		err = errors.Join(err, w.app.Close())
	}
	w.server, w.app = nil, nil
	return err
}
