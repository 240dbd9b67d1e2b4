package ipp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"packbench/backend/base/errs"
)

// Times and sizes of one exchange.
const (
	dialTime    = 5 * time.Second
	answerLimit = 8 << 20 // bytes; the answer of a server with hundreds of printers
)

// defaultPort is IPP's (RFC 8011 §9).
const defaultPort = "631"

// Server is where CUPS listens on this machine.
type Server struct {
	Network string // unix or tcp; "" for no CUPS
	Address string
}

// LocalServer gives where CUPS listens, as its own clients find it: CUPS_SERVER, else its socket, else its port.
func LocalServer() Server {
	if named := os.Getenv("CUPS_SERVER"); strings.HasPrefix(named, "/") {
		return Server{"unix", named}
	} else if named != "" {
		host, _, _ := strings.Cut(named, "/version=")
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), defaultPort)
		}
		return Server{"tcp", host}
	}
	for _, socket := range []string{"/run/cups/cups.sock", "/private/var/run/cupsd"} {
		if _, err := os.Stat(socket); err == nil {
			return Server{"unix", socket}
		}
	}
	return Server{"tcp", net.JoinHostPort("localhost", defaultPort)}
}

// localHost stands for the CUPS of this machine in the addresses of its queues.
const localHost = "localhost"

// client sends requests to printers and to the CUPS of this machine. It follows no redirects, uses no proxy and keeps no
// connection: what was sent is then always known.
func (d *Driver) client() *http.Client {
	dialer := &net.Dialer{Timeout: dialTime}
	return &http.Client{
		Transport: &http.Transport{
			DisableKeepAlives: true, DisableCompression: true,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				if address == net.JoinHostPort(localHost, defaultPort) && d.Local.Network != "" {
					network, address = d.Local.Network, d.Local.Address
				}
				conn, err := dialer.DialContext(ctx, network, address)
				if err != nil {
					return nil, &unreached{err}
				}
				return conn, nil
			},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// unreached is an error of before the connection: nothing was sent.
type unreached struct{ error }

func (u *unreached) Unwrap() error { return u.error }

// ask sends a request, with a document behind it, and gives the answer. Unavailable: nothing was sent, or the answer
// proves that nothing was taken; Unclear: it is not known whether it was.
func (d *Driver) ask(ctx context.Context, address string, m message, document []byte) (message, error) {
	target, host, err := webAddress(address)
	if err != nil {
		return message{}, err
	}
	head := m.encode()
	body := io.MultiReader(bytes.NewReader(head), bytes.NewReader(document))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, body)
	if err != nil {
		return message{}, errs.Wrap(err, errs.Unavailable, "The printer's address %s can't be used. Correct it under Print queue.", address)
	}
	request.ContentLength = int64(len(head) + len(document))
	request.Header.Set("Content-Type", "application/ipp")
	answer, err := d.client().Do(request)
	if err != nil {
		return message{}, notAnswered(ctx, err, host)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return message{}, notIPP(answer.StatusCode, host)
	}
	raw, err := io.ReadAll(io.LimitReader(answer.Body, answerLimit))
	if err != nil {
		return message{}, notAnswered(ctx, err, host)
	}
	got, err := decode(raw)
	if err != nil {
		return message{}, errs.Wrap(err, errs.Unclear, "The printer at %s gave an answer that can't be read. Look whether it came out before you print it again.", host)
	}
	return got, nil
}

// webAddress turns ipp:// and ipps:// into what HTTP knows (RFC 3510, RFC 7472).
func webAddress(address string) (target, host string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", "", errs.New(errs.Unavailable, "The printer's address %s can't be used. Correct it under Print queue.", address)
	}
	port := u.Port()
	if port == "" {
		port = defaultPort
	}
	u.Host = net.JoinHostPort(u.Hostname(), port)
	u.Scheme = map[string]string{"ipp": "http", "ipps": "https"}[u.Scheme]
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), u.Host, nil
}

func notAnswered(ctx context.Context, err error, host string) error {
	var before *unreached
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &before):
		return errs.Wrap(err, errs.Unavailable, "No printer answers at %s. Check that it is on and connected. Nothing was printed.", host)
	case errors.As(err, &untrusted):
		return errs.Wrap(err, errs.Unavailable, "The printer at %s shows a certificate that this machine does not trust. On your own network use its ipp:// address. Nothing was printed.", host)
	case ctx.Err() != nil, os.IsTimeout(err):
		return errs.Wrap(err, errs.Unclear, "The printer at %s stopped answering. Look whether it came out before you print it again.", host)
	}
	return errs.Wrap(err, errs.Unclear, "The connection to the printer at %s broke off. Look whether it came out before you print it again.", host)
}

func notIPP(status int, host string) error {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return errs.New(errs.Rejected, "The printer at %s wants somebody to sign in, which Packbench does not. Allow printing without it, or use another printer.", host)
	case http.StatusNotFound:
		return errs.New(errs.Rejected, "There is no printer under this address at %s. Many printers use /ipp/print.", host)
	case http.StatusUpgradeRequired:
		return errs.New(errs.Rejected, "The printer at %s wants a protected connection. Use its ipps:// address.", host)
	}
	return errs.Wrap(fmt.Errorf("ipp: HTTP status %d", status), errs.Rejected, "The printer at %s refused with the HTTP status %d.", host, status)
}
