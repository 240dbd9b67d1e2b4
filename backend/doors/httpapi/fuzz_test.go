package httpapi_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A whole request, whatever its bytes, is answered in HTTP or not at all; never with a stack, never with 500, and nothing
// it says of browsers or foreign hosts gets it past the guard.
func FuzzRequest(f *testing.F) {
	const credentials = "api-user: " + user + "\r\napi-token: " + token + "\r\n"
	for _, seed := range []string{
		"GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /api/couriers/v1/list-couriers HTTP/1.1\r\nHost: HOST\r\n" + credentials + "\r\n",
		"GET /api/couriers/v1/Carrier/courier-specifics?x=%zz HTTP/1.0\r\nHost: HOST\r\n" + credentials + "\r\n",
		"POST /api/couriers/v1/Carrier/create-label/ HTTP/1.1\r\nHost: HOST\r\n" + credentials + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
		"POST /api/couriers/v1/Carrier/track HTTP/1.1\r\nHost: HOST\r\n" + credentials + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"POST /api/couriers/v1/bulk/create-label HTTP/1.1\r\nHost: HOST\r\nAuthorization: Basic QWNtZTp4\r\nContent-Length: 0\r\n\r\n",
		"GET /api/files/abc?expires=1&signature=zz HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /status/1/%2e%2e HTTP/1.1\r\nHost: HOST\r\nOrigin: null\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	r := serve(f)
	address := strings.TrimPrefix(r.url, "http://")
	f.Fuzz(func(t *testing.T, request []byte) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		sent := bytes.ReplaceAll(request, []byte("HOST"), []byte(address))
		if _, err := conn.Write(sent); err != nil {
			return // the server hung up on it
		}
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			return
		}
		first, _, _ := bytes.Cut(bytes.ReplaceAll(sent, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
		forbidden := bytes.Contains(bytes.ToLower(first), []byte("\norigin:")) || !bytes.Contains(sent, []byte(address))
		in := bufio.NewReader(conn)
		for answers := 0; ; answers++ {
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				return
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				return
			}
			if res.StatusCode >= 500 && res.StatusCode != http.StatusNotImplemented && res.StatusCode != http.StatusHTTPVersionNotSupported {
				t.Fatalf("%q: %d %s", sent, res.StatusCode, body)
			}
			if bytes.Contains(body, []byte("goroutine ")) {
				t.Fatalf("%q: a stack: %s", sent, body)
			}
			if answers == 0 && forbidden && res.StatusCode == http.StatusOK {
				t.Fatalf("%q passed the guard: %s", sent, body)
			}
		}
	})
}
