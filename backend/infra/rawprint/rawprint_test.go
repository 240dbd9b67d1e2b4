package rawprint_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"packbench/backend/base/errs"
	"packbench/backend/core/courier"
	"packbench/backend/core/printing"
	"packbench/backend/infra/rawprint"
)

// listen starts a raw printer on loopback; serve has each connection.
func listen(t *testing.T, serve func(*net.TCPConn)) printing.Printer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	t.Cleanup(func() {
		_ = listener.Close()
		<-ended
	})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serve(conn.(*net.TCPConn))
			_ = conn.Close()
		}
	}()
	return printing.Printer{Name: "Dock 4", Kind: printing.Raw, Address: listener.Addr().String()}
}

func label(size int) printing.Sheet {
	return printing.Sheet{Name: "label-1", Format: courier.ZPL, Bytes: bytes.Repeat([]byte("^XA^FDlabel^FS^XZ\n"), size/18+1)}
}

func TestTheBytesArriveAsTheyAre(t *testing.T) {
	for _, size := range []int{1, 700, 300_000, 5_000_000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			got := make(chan [32]byte, 1)
			p := listen(t, func(conn *net.TCPConn) {
				hash := sha256.New()
				_, _ = io.Copy(hash, conn)
				got <- [32]byte(hash.Sum(nil))
			})
			sheet := label(size)
			said, err := rawprint.Driver{}.Send(t.Context(), p, sheet)
			if err != nil || said != "It took everything." {
				t.Fatalf("%q, %v", said, err)
			}
			if <-got != sha256.Sum256(sheet.Bytes) {
				t.Error("other bytes arrived than were sent")
			}
		})
	}
}

func TestWhatThePrinterSaysIsKept(t *testing.T) {
	p := listen(t, func(conn *net.TCPConn) {
		_, _ = io.Copy(io.Discard, conn)
		_, _ = conn.Write([]byte("\x02030,0,0\x03\r\n\xff" + strings.Repeat("x", 9_000)))
	})
	said, err := rawprint.Driver{}.Send(t.Context(), p, label(100))
	if err != nil || !strings.HasPrefix(said, "It answered: 030,0,0 x") || len(said) > 600 {
		t.Errorf("%q, %v", said, err)
	}
}

func TestPrintersThatDoNotPrint(t *testing.T) {
	stop := make(chan struct{})
	defer close(stop)
	for name, c := range map[string]struct {
		serve func(*net.TCPConn)
		size  int
		want  errs.Code
		says  string
	}{
		"drops half-way": {func(conn *net.TCPConn) {
			_, _ = io.ReadFull(conn, make([]byte, 100_000))
			_ = conn.SetLinger(0) // close with a reset
		}, 5_000_000, errs.Unclear, "broke off the connection"},
		"drops at the end": {func(conn *net.TCPConn) {
			_, _ = io.ReadFull(conn, make([]byte, 10))
			_ = conn.SetLinger(0)
		}, 700, errs.Unclear, "broke off the connection"},
		"stalls half-way": {func(*net.TCPConn) { <-stop }, 20_000_000, errs.Unclear, "stopped taking the document after"},
		"never confirms": {func(conn *net.TCPConn) {
			_, _ = io.Copy(io.Discard, conn)
			<-stop
		}, 700, errs.Unclear, "did not confirm it"},
	} {
		t.Run(name, func(t *testing.T) {
			held := make(chan struct{})
			p := listen(t, func(conn *net.TCPConn) {
				defer close(held)
				c.serve(conn)
			})
			driver := rawprint.Driver{Stall: 200 * time.Millisecond, Close: 200 * time.Millisecond}
			_, err := driver.Send(t.Context(), p, label(c.size))
			if !errs.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "Dock 4") {
				t.Errorf("%v, want %s that says %q", err, c.want, c.says)
			}
			if strings.HasPrefix(name, "drops") {
				<-held
			} else {
				stop <- struct{}{}
			}
		})
	}
	t.Run("off", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		p := printing.Printer{Name: "Dock 4", Address: listener.Addr().String()}
		_ = listener.Close()
		_, err = rawprint.Driver{}.Send(t.Context(), p, label(10))
		if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "No printer answers at "+p.Address) {
			t.Error(err)
		}
		if _, err = (rawprint.Driver{}).Look(t.Context(), p.Address); !errs.Is(err, errs.Unavailable) {
			t.Error(err)
		}
	})
}

func TestTheEndOfTheContextEndsASend(t *testing.T) {
	stop := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	p := listen(t, func(conn *net.TCPConn) {
		_, _ = io.ReadFull(conn, make([]byte, 10))
		cancel()
		<-stop
	})
	_, err := rawprint.Driver{}.Send(ctx, p, label(20_000_000))
	close(stop)
	if !errs.Is(err, errs.Unclear) {
		t.Errorf("%v, want it unclear", err)
	}
}

func TestLook(t *testing.T) {
	p := listen(t, func(*net.TCPConn) {})
	found, err := rawprint.Driver{}.Look(t.Context(), p.Address)
	if err != nil || !found.Ready || found.Address != p.Address {
		t.Errorf("%+v, %v", found, err)
	}
	if list, err := (rawprint.Driver{}).Find(t.Context()); len(list) != 0 || err != nil {
		t.Error(list, err)
	}
}
