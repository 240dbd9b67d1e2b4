//go:build bridge

// Package bridge serves the window's screens to a browser, for tests: calls go to the same bound structs over HTTP, events
// come over a stream, and the test answers the file dialogs. It listens on 127.0.0.1 only, knows its own Host only and
// wants a token that is new for each run. No program that is shipped holds it: the build tag bridge is the tests'.
package bridge

import (
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"
)

//go:embed bridge.js
var script []byte

const (
	cookieName = "packbench-bridge"
	bodyLimit  = 16 << 20
)

// Config is what the bridge serves.
type Config struct {
	Screens fs.FS                                // the built screens
	Bound   []any                                // the window's structs
	Secure  func(next http.Handler) http.Handler // the window's headers
}

// Bridge is the server and the frame of its pages.
type Bridge struct {
	*Frame
	token    string
	structs  map[string]any
	listener net.Listener
	server   http.Server
}

// Listen takes a free port on 127.0.0.1.
func Listen(c Config) (*Bridge, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &Bridge{Frame: newFrame(), token: rand.Text(), structs: byName(c.Bound), listener: listener}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /bridge.js", b.script)
	mux.HandleFunc("POST /bridge/call", b.call)
	mux.HandleFunc("GET /bridge/events", b.events)
	mux.HandleFunc("POST /bridge/answer", b.answer)
	mux.HandleFunc("POST /bridge/open", b.open)
	mux.HandleFunc("GET /bridge/opened", b.opened)
	mux.Handle("GET /", page(c.Screens))
	b.server = http.Server{Handler: b.guard(c.Secure(mux)), ReadHeaderTimeout: 5 * time.Second}
	return b, nil
}

// URL is the page's address, with the token that lets the browser in.
func (b *Bridge) URL() string { return "http://" + b.listener.Addr().String() + "/?token=" + b.token }

// Token lets a test's own calls in (header X-Bridge-Token).
func (b *Bridge) Token() string { return b.token }

// Serve answers until Close.
func (b *Bridge) Serve() error { return b.server.Serve(b.listener) }

// Close ends it, open event streams too.
func (b *Bridge) Close() error { return b.server.Close() }

// guard lets in this browser only: the address names the token once, then a cookie does; tests' own calls show it in a
// header.
func (b *Bridge) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown := r.Header.Get("X-Bridge-Token")
		if cookie, err := r.Cookie(cookieName); err == nil && shown == "" {
			shown = cookie.Value
		}
		if token := r.URL.Query().Get("token"); token != "" {
			shown = token
		}
		origin := r.Header.Get("Origin")
		own := r.Host == b.listener.Addr().String() && (origin == "" || origin == "http://"+r.Host)
		if !own || subtle.ConstantTimeCompare([]byte(shown), []byte(b.token)) != 1 {
			http.Error(w, "refused", http.StatusForbidden)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: cookieName, Value: b.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}) //nolint:gosec // G124: plain HTTP on loopback
		next.ServeHTTP(w, r)
	})
}

// page serves the screens, with the bridge's script first in the page.
func page(screens fs.FS) http.Handler {
	files := http.FileServerFS(screens)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			files.ServeHTTP(w, r)
			return
		}
		html, err := fs.ReadFile(screens, "index.html")
		if err != nil {
			http.Error(w, "the screens are not built: make build", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(strings.Replace(string(html), "<head>", `<head><script src="/bridge.js"></script>`, 1)))
	})
}

func (b *Bridge) script(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(script)
}

func reply(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyLimit)).Decode(into); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}
