package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"sync/atomic"
	"syscall"
)

// tooBig is an answer above the line's cap, in bytes.
type tooBig int64

func (n tooBig) Error() string {
	return fmt.Sprintf("httpx: the answer has more than %d bytes", int64(n))
}

// exchange sends one request and reads its answer. sent is false where it is proven that no byte of the request left:
// there never was a connection to send it on.
func (t *Talk) exchange(ctx context.Context, c Call, once bool) (a *Answer, sent bool, err error) {
	for hops := 0; ; hops++ {
		a, sent, err = t.hop(ctx, c, once)
		if err != nil || once || c.method() != http.MethodGet || hops == 3 || !a.redirects() {
			return a, sent, err
		}
		if c.URL, err = sameHost(c.URL, a.Header.Get("Location")); err != nil {
			return a, true, nil // it is an answer like any other
		}
	}
}

func (t *Talk) hop(ctx context.Context, c Call, once bool) (a *Answer, sent bool, err error) {
	meant, to, err := t.line.target(c.URL)
	if err != nil {
		return nil, false, err
	}
	body, contentType, err := c.body()
	if err != nil {
		return nil, false, err
	}
	config := t.line.config
	way, bound := t.line.asking, config.AskTime
	if once {
		way, bound = t.line.buying, config.OnceTime
	}
	caller := ctx
	ctx, done := t.line.env.Deadline(ctx, bound)
	defer done()
	var connected atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})
	// The body is a plain reader, so that net/http has no way to send it a second time.
	r, err := http.NewRequestWithContext(traced, c.method(), to.String(), struct{ io.Reader }{bytes.NewReader(body)})
	if err != nil {
		return nil, false, err
	}
	r.ContentLength, r.Host = int64(len(body)), meant.Host
	if len(body) == 0 {
		r.Body = http.NoBody
	}
	r.Header = c.header(contentType)

	began := t.line.env.Clock.Now()
	log := t.wire.begin(c.method()+" "+t.hide(meant.String()), t.logged(contentType, body))
	defer func() {
		took := t.line.env.Clock.Now().Sub(began)
		log.end(t, a, err, took)
		t.heard.end(caller, a, err, took)
	}()
	response, err := way.RoundTrip(r)
	if err != nil {
		return nil, connected.Load(), ended(ctx, err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, config.MaxAnswer+1))
	if err == nil && int64(len(content)) > config.MaxAnswer {
		err = tooBig(config.MaxAnswer)
	}
	if err != nil {
		return nil, true, ended(ctx, err)
	}
	a = &Answer{Status: response.StatusCode, Header: response.Header, Body: content, talk: t, once: once}
	t.heed(a)
	return a, true, nil
}

// heed does what an answer asks for whatever the call was: waits out Retry-After, forgets a token that no longer holds.
func (t *Talk) heed(a *Answer) {
	if a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable {
		if pause := a.retryAfter(); pause > 0 {
			t.gate.hold(t.line.env.Clock.Now().Add(pause))
		}
	}
	if a.Status == http.StatusUnauthorized {
		t.line.forget(t.used)
	}
}

func (c Call) method() string {
	if c.Method == "" {
		return http.MethodGet
	}
	return c.Method
}

func (c Call) body() ([]byte, string, error) {
	switch {
	case c.JSON != nil:
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(c.JSON); err != nil {
			return nil, "", err
		}
		return bytes.TrimSuffix(out.Bytes(), []byte("\n")), or(c.Type, "application/json"), nil
	case c.Form != nil:
		return []byte(c.Form.Encode()), or(c.Type, "application/x-www-form-urlencoded"), nil
	}
	return c.Body, c.Type, nil
}

func (c Call) header(contentType string) http.Header {
	h := c.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	h.Set("Accept", or(c.Accept, "application/json"))
	h.Set("User-Agent", "Packbench")
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	return h
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// sameHost gives where a redirect leads, unless that is another host.
func sameHost(from, location string) (string, error) {
	base, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	next, err := base.Parse(location)
	if err != nil {
		return "", err
	}
	if next.Host != base.Host || next.Scheme != base.Scheme {
		return "", errors.New("httpx: the redirect leads to another host")
	}
	return next.String(), nil
}

// plain says in a few words for people what went wrong on the way.
func plain(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return "its name could not be found; is this machine online?"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "it took too long"
	case errors.Is(err, context.Canceled):
		return "the wait for it was cut short"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return "the connection broke"
	}
	return "the connection failed"
}
