package httpapi_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"packbench/backend/doors/httpapi"
)

// raw sends bytes as they are and reads one answer.
func raw(t *testing.T, address, method, request string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	return res, string(body)
}

// The matrix of what browsers and name servers can make a request look like (reference: security, goal A6).
func TestBrowsersAreRefused(t *testing.T) {
	r := serve(t)
	address := strings.TrimPrefix(r.url, "http://")
	_, port, _ := net.SplitHostPort(address)

	type host struct {
		value  string
		status int // 0: ours
	}
	hosts := []host{
		{"127.0.0.1:" + port, 0}, {"localhost:" + port, 0}, {"[::1]:" + port, 0},
		{"evil.test", 403}, {"evil.test:" + port, 403}, {"127.0.0.1", 403}, {"localhost", 403}, {"[::1]", 403},
		{"127.0.0.1:1", 403}, {"localhost.:" + port, 403}, {"LOCALHOST:" + port, 403}, {"127.0.0.1.:" + port, 403},
		{"127.0.0.1.evil.test:" + port, 403}, {"localhost.evil.test:" + port, 403}, {"127.1:" + port, 403}, {"2130706433:" + port, 403},
		{"0x7f000001:" + port, 403}, {"127.0.0.2:" + port, 403}, {"0.0.0.0:" + port, 403}, {"[::]:" + port, 403},
		{"[::ffff:127.0.0.1]:" + port, 403}, {"[0:0:0:0:0:0:0:1]:" + port, 403}, {"", 403}, {":" + port, 403},
		{"127.0.0.1:" + port + ":" + port, 403}, {"127.0.0.1:0" + port, 403}, {"user@127.0.0.1:" + port, 400},
		{"packbench.localhost:" + port, 403}, {"127.0.0.1:" + port + "/", 400}, {"127.0.0.1 :" + port, 400},
	}
	marks := []struct {
		lines   string
		browser bool
	}{
		{"", false},
		{"Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nUser-Agent: Mozilla/5.0\r\n", false},
		{"Sec-Fetch-Mode: cors\r\n", false},
		{"Origin: http://127.0.0.1:" + port + "\r\n", true},
		{"Origin: null\r\n", true},
		{"Origin:\r\n", true},
		{"Origin: https://evil.test\r\nSec-Fetch-Site: cross-site\r\n", true},
		{"Sec-Fetch-Site: same-origin\r\n", true},
		{"Sec-Fetch-Site: same-site\r\n", true},
		{"Sec-Fetch-Site: cross-site\r\n", true},
		{"Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n", true},
		{"Sec-Fetch-Site:\r\n", true},
	}
	targets := []struct {
		line   string // "METHOD target version"
		passed int    // the status when nothing speaks against it
	}{
		{"GET /api/couriers/v1/list-couriers HTTP/1.1", 200},
		{"POST /api/couriers/v1/Carrier/track HTTP/1.1", 415},
		{"GET /nothing/here HTTP/1.1", 404},
		{"DELETE /api/shipments.json HTTP/1.1", 405},
		{"GET /healthz HTTP/1.1", 200},
		{"HEAD /api/couriers/v1/list-couriers HTTP/1.0", 200},
		{"OPTIONS /api/couriers/v1/list-couriers HTTP/1.1", 403},
		{"OPTIONS * HTTP/1.1", 403},
		{"TRACE /healthz HTTP/1.1", 403},
		{"GET http://127.0.0.1:" + port + "/healthz HTTP/1.1", 403},
		{"GET http://evil.test/healthz HTTP/1.1", 403},
	}
	sent, refusals, passed := 0, map[string]int{}, 0
	for _, h := range hosts {
		for _, m := range marks {
			for _, target := range targets {
				sent++
				method, _, _ := strings.Cut(target.line, " ")
				request := fmt.Sprintf("%s\r\nHost: %s\r\n%sapi-user: %s\r\napi-token: %s\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
					target.line, h.value, m.lines, user, token)
				res, body := raw(t, address, method, request)
				want := target.passed
				switch {
				case h.status == 400:
					want = 400
				case h.status == 403 || m.browser:
					want = 403
				}
				if res.StatusCode != want {
					t.Errorf("%q: %d %s, want %d", request, res.StatusCode, body, want)
				}
				if res.StatusCode == 403 && method != "HEAD" {
					refusals[body]++
				}
				if want != 403 && want != 400 && target.line != "GET /healthz HTTP/1.1" {
					passed++
				}
				for name := range res.Header {
					if strings.HasPrefix(name, "Access-Control-") || name == "Server" || name == "Allow" && want == 403 {
						t.Errorf("%q was answered with %s", request, name)
					}
				}
			}
		}
	}
	if sent < 400 {
		t.Errorf("only %d requests", sent)
	}
	if len(refusals) != 1 {
		t.Errorf("%d different refusals: %v", len(refusals), refusals)
	}
	if n := len(r.logged()); n != passed {
		t.Errorf("%d of %d requests are in the request log", n, passed)
	}
	if lines := strings.Count(r.log.String(), "refused before routing"); lines != 1 {
		t.Errorf("%d lines about refusals while the clock stood still", lines)
	}
	t.Logf("%d requests, %d let through", sent, passed)
}

func TestHTTP10NeedsAHost(t *testing.T) {
	r := serve(t)
	address := strings.TrimPrefix(r.url, "http://")
	if res, _ := raw(t, address, "GET", "GET /healthz HTTP/1.0\r\n\r\n"); res.StatusCode != 403 {
		t.Error(res.StatusCode)
	}
	if res, _ := raw(t, address, "GET", "GET /healthz HTTP/1.1\r\n\r\n"); res.StatusCode != 400 {
		t.Error(res.StatusCode)
	}
	if res, _ := raw(t, address, "GET", "GET /healthz HTTP/1.0\r\nHost: "+address+"\r\n\r\n"); res.StatusCode != 200 {
		t.Error(res.StatusCode)
	}
}

func TestHeadersAreBounded(t *testing.T) {
	r := serve(t)
	address := strings.TrimPrefix(r.url, "http://")
	request := func(n int) string {
		return "GET /healthz HTTP/1.1\r\nHost: " + address + "\r\nX: " + strings.Repeat("x", n) + "\r\n\r\n"
	}
	if res, _ := raw(t, address, "GET", request(15<<10)); res.StatusCode != 200 {
		t.Error("15 KiB:", res.StatusCode)
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request(16<<10)); err != nil {
		t.Fatal(err)
	}
	// The server hangs up on what it does not read, which may overtake its 431.
	if res, err := http.ReadResponse(bufio.NewReader(conn), nil); err == nil && res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Error("over 16 KiB:", res.StatusCode)
	}
}

func TestListenIsForThisMachineOnly(t *testing.T) {
	r := newRig(t)
	handler := httpapi.New(r.config)
	for _, address := range []string{
		"", "47615", ":0", "0.0.0.0:0", "[::]:0", "192.168.0.1:0", "127.0.0.2:0", "example.com:0", "127.0.0.1", "[::ffff:127.0.0.1]:0",
	} {
		if s, err := httpapi.Listen(address, handler, r.config.Log); err == nil {
			t.Errorf("%q is listened on: %s", address, s.URL())
		}
	}
	first, err := httpapi.Listen("localhost:0", handler, r.config.Log)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Shutdown(t.Context())
	_, err = httpapi.Listen(strings.TrimPrefix(first.URL(), "http://"), handler, r.config.Log)
	if err == nil || !strings.Contains(err.Error(), "is in use") {
		t.Error(err)
	}
}
