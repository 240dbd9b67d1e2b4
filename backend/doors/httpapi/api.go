// Package httpapi is the door for programs on this machine: Voila's courier API (reference: voila-api) over HTTP on
// loopback. It decodes, asks a service and maps the answer; no rule of the business lives here.
//
// A request passes the guard (browsers are refused), is authenticated, gets a number in the request log, is handled, and is
// answered only after its log entry is on the disk.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"packbench/backend/base/clock"
	"packbench/backend/base/ident"
	"packbench/backend/core/account"
	"packbench/backend/core/auth"
	"packbench/backend/core/courier"
	"packbench/backend/core/document"
	"packbench/backend/core/manifest"
	"packbench/backend/core/numbering"
	"packbench/backend/core/preset"
	"packbench/backend/core/requestlog"
	"packbench/backend/core/shipment"
)

// Config is what the API works with. All of it is needed.
type Config struct {
	Accounts  *account.Service
	Auths     *auth.Service
	Couriers  *courier.Registry
	Presets   *preset.Service
	Shipments *shipment.Service
	Documents *document.Service
	Manifests *manifest.Service
	Requests  *requestlog.Service
	Numbers   *numbering.Service
	Signer    account.Signer
	Clock     clock.Clock
	Zone      func(context.Context) *time.Location // the site's time zone, for whole days and times without one
	Log       *slog.Logger
}

// api is the handler. Everything it serves stands in routes.
type api struct {
	Config
	mux       http.ServeMux
	unknown   route
	slowdown  slowdown
	refusals  every // lines about what the guard refused
	strangers every // lines of the request log for unknown callers
}

// New makes the handler. It serves only over connections of net/http's server, whose local address the guard needs.
func New(c Config) http.Handler {
	a := &api{Config: c}
	a.slowdown.clock = c.Clock
	a.refusals = every{clock: c.Clock, period: 10 * time.Second, most: 1}
	a.strangers = every{clock: c.Clock, period: time.Minute, most: strangersPerMinute}
	a.unknown = route{body: unread, handle: a.notFound}
	for _, rt := range a.routes() {
		a.mux.HandleFunc(rt.method+" "+rt.path, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, rt) })
	}
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, a.unknown) })
	return a
}

// ServeHTTP lets a request past the guard to its route.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", ident.New(a.Clock.Now()))
	if why := suspicion(r); why != "" {
		if skipped, ok := a.refusals.pass(); ok {
			a.Log.Warn("a request was refused before routing", "because", why, "refused_since_last_line", skipped)
		}
		w.Header().Set("Connection", "close") // what else comes over it is not wanted either
		write(w, http.StatusForbidden, mediaJSON, refused)
		return
	}
	if r.URL.Path == healthPath {
		write(w, http.StatusOK, mediaJSON, healthy)
		return
	}
	r = withoutTrailingSlash(r)
	if !cleanPath(r) { // the mux would answer with a redirect, which is not JSON
		a.serve(w, r, a.unknown)
		return
	}
	a.mux.ServeHTTP(w, r)
}

func cleanPath(r *http.Request) bool {
	escaped := r.URL.EscapedPath()
	return path.Clean(escaped) == escaped
}

// withoutTrailingSlash gives the request as its route knows it: slashes at the end of a path mean nothing here. One that
// is written %2F belongs to a name.
func withoutTrailingSlash(r *http.Request) *http.Request {
	escaped := r.URL.EscapedPath()
	trimmed := strings.TrimRight(escaped, "/")
	if trimmed == escaped || trimmed == "" {
		return r
	}
	u, shallow := *r.URL, *r
	u.Path = u.Path[:len(u.Path)-(len(escaped)-len(trimmed))]
	if u.RawPath != "" {
		u.RawPath = trimmed
	}
	shallow.URL = &u
	return &shallow
}

const healthPath = "/healthz"

var (
	healthy = []byte(`{"status":"ok"}` + "\n")
	refused = []byte(`{"success":false,"message":"Refused.","errors":{}}` + "\n")
)
