package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

	"packbench/backend/base/errs"
)

// Bounds of what a connection may cost (security §3, A8).
const (
	maxConnections = 256
	maxHeader      = 16 << 10
	headerTime     = 5 * time.Second
	requestTime    = 30 * time.Second // header and body
	answerTime     = 3 * time.Minute  // longer than any courier is waited for
	idleTime       = 2 * time.Minute
	readSlop       = 4 << 10 // net/http reads this much more than MaxHeaderBytes
)

// Server serves the API on a loopback address.
type Server struct {
	http     http.Server
	listener net.Listener
}

// Listen takes the address "127.0.0.1:PORT", "localhost:PORT" or "[::1]:PORT"; port 0 is any free one. Invalid at listen:
// another address, because the API is for this machine only. Unavailable: the port is in use, which is never worked
// around with another port, or a program that took ours would be sent the tokens of others.
func Listen(address string, handler http.Handler, log *slog.Logger) (*Server, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, errs.OnField("listen", "%q is not an address such as 127.0.0.1:47615.", address)
	}
	switch host {
	case "127.0.0.1", "::1":
	case "localhost":
		host = "127.0.0.1"
	default:
		return nil, errs.OnField("listen", "The local API is for this machine only: it listens on 127.0.0.1, [::1] or localhost, not on %q.", host)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, errs.Wrap(err, errs.Unavailable, "The port %s is in use by another program, or by another Packbench. End that, or choose another port.", port)
	case err != nil:
		return nil, errs.Wrap(err, errs.Unavailable, "The local API could not listen on %s.", address)
	}
	return &Server{
		listener: netutil.LimitListener(listener, maxConnections),
		http: http.Server{
			Handler:                      handler,
			DisableGeneralOptionsHandler: true, // OPTIONS * goes past the guard otherwise
			MaxHeaderBytes:               maxHeader - readSlop,
			ReadHeaderTimeout:            headerTime,
			ReadTimeout:                  requestTime,
			WriteTimeout:                 answerTime,
			IdleTimeout:                  idleTime,
			ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
	}, nil
}

// URL is where the server is reached: http://127.0.0.1:PORT.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Serve answers until Shutdown, after which it returns nil.
func (s *Server) Serve() error {
	err := s.http.Serve(s.listener)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Shutdown takes no more requests and returns when those under way are answered, or with the error of ctx.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		_ = s.http.Close() // what is still open is cut off; ctx's error says so
	}
	return err
}
