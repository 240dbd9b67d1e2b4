package app

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"packbench/backend/doors/httpapi"
)

// DefaultListen is where the window serves the local API.
const DefaultListen = "127.0.0.1:47615"

// patience is how long requests under way may take when the program ends.
const patience = 10 * time.Second

// Serve holds the folder and runs the local API until ctx ends; ready is told once it answers.
func Serve(ctx context.Context, o Options, listen string, ready func(url, notice string)) (err error) {
	o.Holder = "serve"
	a, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	server, _, err := a.Listen(ctx, listen)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve() }()
	a.log.Info("serving", "url", server.URL(), "version", o.Version)
	ready(server.URL(), a.notice)
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return stop(server)
	}
}

// A quiet program's heap is about 10 MB, which a busy server would collect twenty times a second: a tenth of its work. It
// may grow to five times what is live, and is collected as usual near heapLimit.
const (
	garbagePercent = 400
	heapLimit      = 128 << 20
)

// Listen takes the port and settles what a crash left; it gives how many purchases still have no known outcome. Requests
// are answered once Serve runs.
func (a *App) Listen(ctx context.Context, address string) (server *httpapi.Server, unknown int, err error) {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(heapLimit)
	if server, err = httpapi.Listen(address, a.api(), a.log); err != nil {
		return nil, 0, err
	}
	if err = a.Drafts.Recover(system(ctx)); err != nil {
		return nil, 0, errors.Join(err, stop(server))
	}
	if unknown, err = a.Shipments.Recover(system(ctx)); err != nil {
		return nil, 0, errors.Join(err, stop(server))
	}
	unclosed, err := a.Manifests.Recover(system(ctx))
	if err != nil {
		return nil, 0, errors.Join(err, stop(server))
	}
	if unclosed > 0 {
		a.log.Warn("there are manifests of which it is not known whether the courier closed the day", "count", unclosed)
	}
	if unknown > 0 {
		a.log.Warn("there are purchases whose outcome is not known", "count", unknown)
	}
	if err = a.Health.Begin(system(ctx)); err != nil {
		return nil, 0, errors.Join(err, stop(server))
	}
	a.beginBehind()
	return server, unknown, nil
}

func stop(server *httpapi.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return server.Shutdown(ctx)
}
