package httpx

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	dialTime   = 10 * time.Second
	maxHeaders = 64 << 10 // bytes
)

// transport makes a way out that follows nothing, keeps no cookie and knows no proxy. HTTP/1.1 only: its failures say
// plainly what was sent.
func transport(env Env) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTime, Control: guard(env.Stand != "")}
	t := &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: dialTime, MaxResponseHeaderBytes: maxHeaders,
		MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, Protocols: new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	return t
}

// guard looks at the address a name was resolved to: a courier's name that leads into the local network is refused, and
// a stand-in is at this machine alone.
func guard(stand bool) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("httpx: %w", err)
		}
		ip := at.Addr().Unmap()
		local := ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified()
		if stand && !ip.IsLoopback() || !stand && local {
			return fmt.Errorf("httpx: %s is no address a courier may have", ip)
		}
		return nil
	}
}

// target checks that the line may ask an address, and gives where the request really goes.
func (l *Line) target(raw string) (meant, real *url.URL, err error) {
	meant, err = url.Parse(raw)
	switch {
	case err != nil:
		return nil, nil, errors.New("httpx: the address can't be read")
	case meant.Scheme != "https" || meant.User != nil || meant.Port() != "" && meant.Port() != "443":
		return nil, nil, fmt.Errorf("httpx: only plain https addresses are asked, not %s://%s", meant.Scheme, meant.Host)
	case !slices.ContainsFunc(l.config.Hosts, func(host string) bool { return within(host, meant.Hostname()) }):
		return nil, nil, fmt.Errorf("httpx: %s is no host of %s", meant.Hostname(), l.config.Courier.Key)
	case l.env.Stand == "":
		return meant, meant, nil
	}
	stand, err := url.Parse(l.env.Stand)
	if err != nil {
		return nil, nil, fmt.Errorf("httpx: %w", err)
	}
	to := *meant
	to.Scheme, to.Host = stand.Scheme, stand.Host
	return meant, &to, nil
}

// within reports whether a name is the host, or below it where the host begins with a dot.
func within(host, name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(host, ".") {
		return strings.HasSuffix(name, host)
	}
	return name == host
}

// ended gives why a context is over, for the log.
func ended(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
