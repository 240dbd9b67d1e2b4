package httpapi

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/backend/base/clock"
)

// suspicion says why a request can't come from a program that means this API, "" where nothing speaks against it
// (reference: security §2.2, T2). A web page can send requests to loopback, under a name of its own that points here too,
// so: only hosts that no public name server can point at this machine, and no mark of a browser's cross-origin request.
func suspicion(r *http.Request) string {
	site := r.Header["Sec-Fetch-Site"]
	switch {
	case r.URL.Host != "" || !strings.HasPrefix(r.RequestURI, "/"):
		return "absolute request target"
	case !ourHost(r):
		return "foreign Host"
	case r.Header["Origin"] != nil:
		return "Origin"
	case len(site) > 1 || len(site) == 1 && site[0] != "none":
		return "Sec-Fetch-Site"
	case r.Method == http.MethodOptions || r.Method == http.MethodConnect || r.Method == http.MethodTrace:
		return "method"
	}
	return ""
}

// ourHost reports whether Host is exactly one of 127.0.0.1:P, localhost:P, [::1]:P, where P is the port that took the
// connection. An empty Host (HTTP/1.0) is not.
func ourHost(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok {
		return false
	}
	colon := strings.LastIndexByte(r.Host, ':')
	if colon < 0 || r.Host[colon+1:] != strconv.Itoa(local.Port) {
		return false
	}
	switch r.Host[:colon] {
	case "127.0.0.1", "localhost", "[::1]":
		return true
	}
	return false
}

// every lets one event through per period and counts the others, so that a web page that keeps trying can't fill the log.
type every struct {
	clock  clock.Clock
	period time.Duration

	mu      sync.Mutex
	next    time.Time
	skipped int
}

// pass reports whether the event goes through, and how many did not since the last that did.
func (e *every) pass() (skipped int, ok bool) {
	now := e.clock.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	if now.Before(e.next) && e.next.Sub(now) <= e.period { // a clock set back must not silence the log
		e.skipped++
		return 0, false
	}
	skipped, e.skipped = e.skipped, 0
	e.next = now.Add(e.period)
	return skipped, true
}
