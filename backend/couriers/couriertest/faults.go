package couriertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// fault is what goes wrong with one purchase on its way.
type fault string

// The faults of a purchase. Those that buy first let the courier sell, then keep its answer from us.
const (
	fine            fault = ""
	unreachable     fault = "out of reach before anything was sent"
	dropAtOnce      fault = "connection dropped before the request was read"
	dropRead        fault = "connection dropped after the request was read"
	dropBought      fault = "connection dropped after buying, before the answer"
	dropBody        fault = "connection dropped in the middle of the answer"
	stall           fault = "stall after buying"
	errorBefore     fault = "500 without buying"
	errorAfter      fault = "500 after buying"
	tooMany         fault = "429 without Retry-After"
	tooManyUntil    fault = "429 with Retry-After"
	wrongType       fault = "wrong content type after buying"
	wrongShape      fault = "JSON of another shape after buying"
	giant           fault = "giant answer after buying"
	redirect        fault = "redirect to another host"
	refused         fault = "courier's refusal"
	failsInside     fault = "200 that is a failure"
	echo            fault = "refusal that repeats our credentials"
	elsewhere             = "elsewhere.example" // where the redirect leads
	retryAfterHours       = "7200"
)

// faults are all of them; each campaign meets every one.
var faults = []fault{
	unreachable, dropAtOnce, dropRead, dropBought, dropBody, stall, errorBefore, errorAfter, tooMany, tooManyUntil, wrongType,
	wrongShape, giant, redirect, refused, failsInside, echo,
}

// noise is what goes wrong with calls that don't buy; it comes and goes.
type noise string

const (
	quiet       noise = ""
	noiseDrop   noise = "dropped"
	noiseError  noise = "500"
	noisePage   noise = "a proxy's page that says 404"
	noiseBroken noise = "half a JSON"
)

var noises = []noise{noiseDrop, noiseError, noisePage, noiseBroken}

// stand is the server that stands in for the courier, with a fault for the next purchase.
type stand struct {
	mock   Mock
	ledger *Ledger
	server *httptest.Server
	expire func() // ends the calls under way as their time-out would

	serving sync.Mutex // the mock sees one request at a time
	mu      sync.Mutex
	next    fault
	noise   noise
	cut     bool                // a call was cut off before anything was sent
	seen    map[string]exchange // by method, path and status: the first of each kind, for the contract
	strayed atomic.Int64        // requests that followed the redirect
	drop    atomic.Bool         // the next connection
}

func newStand(t testing.TB, s Suite, ledger *Ledger, expire func()) *stand {
	st := &stand{mock: s.Mock(ledger), ledger: ledger, expire: expire, seen: map[string]exchange{}}
	st.server = httptest.NewUnstartedServer(st)
	st.server.Listener = dropping{st.server.Listener, &st.drop}
	st.server.Config.ErrorLog = discard()
	st.server.Start()
	t.Cleanup(st.server.Close)
	return st
}

// dropping hangs up on a connection before anything is read from it.
type dropping struct {
	net.Listener
	next *atomic.Bool
}

func (d dropping) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil || !d.next.CompareAndSwap(true, false) {
			return conn, err
		}
		if err := conn.Close(); err != nil {
			return nil, err
		}
	}
}

// arm puts a fault on the next purchase.
func (st *stand) arm(f fault) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.next = f
	switch f {
	case dropAtOnce:
		st.drop.Store(true)
	case refused:
		st.ledger.be(Refusing)
	case failsInside:
		st.ledger.be(Failing)
	}
}

// disarm gives whether the armed fault was met, and takes it back where it was not.
func (st *stand) disarm() (met bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	met = st.next == fine
	switch st.next {
	case dropAtOnce:
		met = !st.drop.Swap(false)
	case unreachable:
		met = st.cut
	}
	st.next, st.cut = fine, false
	st.ledger.be(Willing)
	return met
}

func (st *stand) take() fault {
	st.mu.Lock()
	defer st.mu.Unlock()
	f := st.next
	st.next = fine
	return f
}

// outOfReach reports whether calls can't leave at all.
func (st *stand) outOfReach() bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.cut = st.next == unreachable
	return st.cut
}

func (st *stand) disturb(n noise) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.noise = n
}

func (st *stand) disturbed() noise {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.noise
}

// ServeHTTP answers as the courier, or as what stands in the way does.
func (st *stand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Host == elsewhere {
		st.strayed.Add(1)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	st.serving.Lock()
	reference, buys := st.mock.Buys(r, body)
	st.serving.Unlock()
	if !buys {
		st.passing(w, r, body)
		return
	}
	st.ledger.door(reference)
	st.purchase(w, r, body, st.take())
}

// ask lets the mock answer.
func (st *stand) ask(r *http.Request, body []byte) *httptest.ResponseRecorder {
	st.serving.Lock()
	defer st.serving.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	st.mock.ServeHTTP(answer, r)
	st.note(r, body, answer)
	return answer
}

// passing answers a call that does not buy.
func (st *stand) passing(w http.ResponseWriter, r *http.Request, body []byte) {
	switch st.disturbed() {
	case noiseDrop:
		panic(http.ErrAbortHandler)
	case noiseError:
		http.Error(w, "internal", http.StatusInternalServerError)
		return
	case noisePage:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, "<html>The page could not be found.</html>")
		return
	case noiseBroken:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"half`)
		return
	}
	forward(w, st.ask(r, body))
}

func forward(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for key, values := range answer.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

// purchase answers the call that buys, with a fault.
func (st *stand) purchase(w http.ResponseWriter, r *http.Request, body []byte, f fault) {
	switch f {
	case dropRead:
		panic(http.ErrAbortHandler)
	case errorBefore:
		http.Error(w, `{"message":"internal"}`, http.StatusInternalServerError)
	case tooManyUntil:
		w.Header().Set("Retry-After", retryAfterHours)
		w.WriteHeader(http.StatusTooManyRequests)
	case tooMany:
		w.WriteHeader(http.StatusTooManyRequests)
	case redirect:
		w.Header().Set("Location", "https://"+elsewhere+r.URL.Path)
		w.WriteHeader(http.StatusTemporaryRedirect)
	case echo:
		st.repeat(w, r, body)
	default:
		st.bought(w, r, st.ask(r, body), f)
	}
}

// bought answers a purchase that the courier made.
func (st *stand) bought(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder, f fault) {
	switch f {
	case dropBought:
		panic(http.ErrAbortHandler)
	case dropBody:
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		w.Header().Set("Content-Length", fmt.Sprint(answer.Body.Len()))
		w.Write(answer.Body.Bytes()[:answer.Body.Len()/2])
		panic(http.ErrAbortHandler)
	case stall:
		st.expire()
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case errorAfter:
		http.Error(w, `{"message":"internal"}`, http.StatusInternalServerError)
	case wrongType:
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html>Welcome</html>")
	case wrongShape:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"welcome":[{"to":"another service"}]}`)
	case giant:
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"padding":"`))
		chunk := bytes.Repeat([]byte("x"), 1<<20)
		for range 12 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	default:
		forward(w, answer)
	}
}

// repeat refuses and says everything that we sent, in the places where couriers put their words.
func (st *stand) repeat(w http.ResponseWriter, r *http.Request, body []byte) {
	var words strings.Builder
	for key, values := range r.Header {
		if key != "User-Agent" && !strings.HasPrefix(key, "Accept") && !strings.HasPrefix(key, "Content-") {
			fmt.Fprintf(&words, "%s: %s ", key, values)
		}
	}
	fmt.Fprintf(&words, "are not understood: %s %s", r.URL, body)
	said := words.String()
	item := map[string]any{"code": "E1", "message": said, "detail": said, "errorMessage": said, "title": said}
	out, err := json.Marshal(map[string]any{
		"message": said, "detail": said, "title": said, "code": "E1", "errors": []any{item}, "error": item,
		"response": map[string]any{"errors": []any{item}},
	})
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	w.Write(out)
}
