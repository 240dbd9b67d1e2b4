// Package rawprint reaches network printers that print whatever arrives at a TCP port, usually 9100: label printers with
// ZPL. Such a printer answers nothing; it shows that it has everything by closing the connection after we did.
package rawprint

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"time"
	"unicode"

	"packbench/backend/base/errs"
	"packbench/backend/core/printing"
)

// How long a printer is given.
const (
	dialTime  = 5 * time.Second
	stallTime = 15 * time.Second // without taking a single byte
	closeTime = 15 * time.Second // to close the connection once it has everything
)

// chunk is how much is sent before the clock of a stall starts anew.
const chunk = 16 << 10

// saidLimit is how much of what a printer sends back is kept, in bytes.
const saidLimit = 500

// Driver is printing.Driver for raw printers. Zero times take their defaults.
type Driver struct {
	Stall, Close time.Duration
}

var _ printing.Driver = Driver{}

// Find gives none: a raw port does not tell what is behind it, so that these printers are added by a person.
func (Driver) Find(context.Context) ([]printing.Found, error) { return nil, nil }

// Look connects and closes again.
func (Driver) Look(ctx context.Context, address string) (printing.Found, error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return printing.Found{}, err
	}
	return printing.Found{Kind: printing.Raw, Address: address, Name: address, Ready: true}, conn.Close()
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: dialTime}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "No printer answers at %s. Check that it is on and connected.", address)
	}
	return conn, nil
}

// Send gives the printer all bytes, closes our side, and waits until it has closed its own.
func (d Driver) Send(ctx context.Context, p printing.Printer, sheet printing.Sheet) (string, error) {
	conn, err := dial(ctx, p.Address)
	if err != nil {
		return "", errs.Wrap(err, errs.Unavailable, "%s Nothing was printed.", errs.As(err).Message)
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })() // an end of ctx ends what is under way
	sent, err := write(ctx, conn, sheet.Bytes, or(d.Stall, stallTime))
	if err != nil {
		return "", broken(p, sent, len(sheet.Bytes), err)
	}
	if half, can := conn.(interface{ CloseWrite() error }); can {
		if err := half.CloseWrite(); err != nil {
			return "", broken(p, sent, len(sheet.Bytes), err)
		}
	}
	said, err := hear(ctx, conn, or(d.Close, closeTime))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "", errs.Wrap(err, errs.Unclear, "%s took everything and did not confirm it by closing the connection. Look whether it came out before you print it again.", p.Name)
	case err != nil:
		return "", broken(p, sent, len(sheet.Bytes), err)
	case said != "":
		return "It answered: " + said, nil
	}
	return "It took everything.", nil
}

func or(given, usual time.Duration) time.Duration {
	if given != 0 {
		return given
	}
	return usual
}

// write sends data by chunks, each of which has its own time.
func write(ctx context.Context, conn net.Conn, data []byte, stall time.Duration) (sent int, err error) {
	for sent < len(data) {
		if err := within(ctx, conn.SetWriteDeadline, stall); err != nil {
			return sent, err
		}
		n, err := conn.Write(data[sent:min(sent+chunk, len(data))])
		sent += n
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// within sets a deadline, unless the context has ended.
func within(ctx context.Context, set func(time.Time) error, d time.Duration) error {
	if err := set(time.Now().Add(d)); err != nil { //nolint:forbidigo // a socket's deadline is of the real clock
		return err
	}
	return ctx.Err()
}

// hear reads what the printer sends back until it closes the connection.
func hear(ctx context.Context, conn net.Conn, wait time.Duration) (string, error) {
	if err := within(ctx, conn.SetReadDeadline, wait); err != nil {
		return "", err
	}
	var heard bytes.Buffer
	_, err := io.Copy(&capped{&heard}, conn)
	return readable(heard.Bytes()), err
}

// capped keeps the beginning of what is written and drops the rest.
type capped struct{ kept *bytes.Buffer }

func (c *capped) Write(p []byte) (int, error) {
	c.kept.Write(p[:min(len(p), saidLimit-c.kept.Len())])
	return len(p), nil
}

func readable(said []byte) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(string(said), " "))
	return strings.Join(strings.Fields(plain), " ")
}

// broken tells of a connection that ended early. Where the system took no byte of ours, nothing was printed.
func broken(p printing.Printer, sent, all int, err error) error {
	switch {
	case sent == 0:
		return errs.Wrap(err, errs.Unavailable, "%s took the connection and not a byte of the document. Nothing was printed.", p.Name)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return errs.Wrap(err, errs.Unclear, "%s stopped taking the document after %d of %d bytes. Look whether it came out before you print it again.", p.Name, sent, all)
	}
	return errs.Wrap(err, errs.Unclear, "%s broke off the connection before it had confirmed the document. Look whether it came out before you print it again.", p.Name)
}
