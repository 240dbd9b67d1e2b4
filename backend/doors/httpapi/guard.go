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

// every lets so many events through per period and counts the others, so that one who keeps trying can't fill a log.
type every struct {
	clock  clock.Clock
	period time.Duration
	most   int

	mu              sync.Mutex
	next            time.Time
	passed, skipped int
}

// pass reports whether the event goes through, and how many did not in the periods before, told once.
func (e *every) pass() (skipped int, ok bool) {
	now := e.clock.Now()
	e.mu.Lock()
	defer e.mu.Unlock()
	if !now.Before(e.next) || e.next.Sub(now) > e.period { // a clock set back must not silence the log
		e.next = now.Add(e.period)
		skipped, e.passed, e.skipped = e.skipped, 0, 0
	}
	if e.passed >= e.most {
		e.skipped++
		return 0, false
	}
	e.passed++
	return skipped, true
}

// strangersPerMinute is how many requests of unknown callers get a line of their own in the request log.
const strangersPerMinute = 60

// hasLine reports whether a request gets a line in the request log. Whoever has no secret that is known here gets only so
// many, and the others are counted: nobody fills the disk without a token.
func (a *api) hasLine(c *call) bool {
	if c.account() != "" {
		return true
	}
	skipped, ok := a.strangers.pass()
	if skipped > 0 {
		a.Log.Warn("requests of unknown callers were counted instead of logged", "count", skipped)
	}
	return ok
}
