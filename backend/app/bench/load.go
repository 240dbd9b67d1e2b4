package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load is what a run of many clients is: each holds one connection and sends its next request when it has its answer.
type load struct {
	address string        // host:port
	user    string        // api-user
	token   string        // api-token
	format  string        // label_format
	clients int           // connections
	warm    time.Duration // not counted
	counted time.Duration
}

// outcome is what a run gave.
type outcome struct {
	perSecond float64
	p50, p99  time.Duration
	answers   int64 // with those of the warm-up
}

// serials make every order of a run another one, also in a folder that other runs have sent orders to.
var serials atomic.Int64

func init() { serials.Store(rand.Int64N(9_000_000_000)) }

// run sends create-label from all clients. The client shares the machine with the server, so it is built to cost next to
// nothing: one request whose digits change, and an answer of which only the status and the length are read.
func (l load) run() (outcome, error) {
	began, first := now(), serials.Load()
	from, until := began.Add(l.warm), began.Add(l.warm+l.counted)
	took := make([][]time.Duration, l.clients)
	failed := make(chan error, l.clients)
	var wg sync.WaitGroup
	for i := range l.clients {
		wg.Go(func() {
			var err error
			if took[i], err = l.client(from, until); err != nil {
				failed <- err
			}
		})
	}
	wg.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return outcome{}, err
	}
	all := slices.Concat(took...)
	if len(all) == 0 {
		return outcome{}, fmt.Errorf("no answer came in %s", l.counted)
	}
	slices.Sort(all)
	return outcome{
		perSecond: float64(len(all)) / l.counted.Seconds(), answers: serials.Load() - first,
		p50: all[len(all)/2], p99: all[len(all)*99/100],
	}, nil
}

func (l load) client(from, until time.Time) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", l.address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	request := l.request()
	var took []time.Duration
	in := bufio.NewReaderSize(conn, 8<<10)
	for {
		number(request, serials.Add(1))
		sent := now()
		if sent.After(until) {
			return took, nil
		}
		if _, err := conn.Write(request); err != nil {
			return nil, err
		}
		if err := readAnswer(in); err != nil {
			return nil, err
		}
		if done := now(); sent.After(from) && done.Before(until) {
			took = append(took, done.Sub(sent))
		}
	}
}

// mark stands where a request's number goes.
var mark = []byte("##########")

// request is a whole create-label request, as an order system sends it.
func (l load) request() []byte {
	body := `{"auth_company":"Main","request_id":"` + string(mark) + `","shipment":{"label_size":"6x4","label_format":"` + l.format +
		`","dc_service_id":"OF-NEXTDAY","reference":"SO-` + string(mark) + `",` +
		`"ship_from":{"name":"Bench One","company_name":"Example Goods Ltd","address_1":"1 Mill Lane","city":"Leeds","postcode":"LS1 4AP","country_iso":"GB","phone":"0113 496 0000"},` +
		`"ship_to":{"name":"Robin Example","company_name":"","address_1":"7 Harbour Street","address_2":"Flat 3","city":"Whitstable","county":null,"postcode":"CT5 1AQ","country_iso":"GB","phone":"01632 960 000","email":"robin@example.com"},` +
		`"parcels":[{"dim_length":"30","dim_width":"20","dim_height":"10","dim_unit":"cm","items":[` +
		`{"description":"Stoneware mug, blue","quantity":2,"value":"12.50","value_currency":"GBP","weight":"0.4","weight_unit":"kg","sku":"MUG-BLUE","hs_code":"691200","origin_country":"GB"},` +
		`{"description":"Tea towel, linen","quantity":1,"value":"8.00","value_currency":"GBP","weight":"0.12","weight_unit":"kg","sku":"TOWEL-01","hs_code":"630260","origin_country":"PT"}]}]}}`
	return []byte("POST /api/couriers/v1/OwnFleet/create-label HTTP/1.1\r\nHost: " + l.address + "\r\napi-user: " + l.user + "\r\napi-token: " + l.token +
		"\r\nUser-Agent: bench\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}

// number writes a number, ten digits, over the marks of the request, and over the number that stood there before.
func number(request []byte, n int64) {
	digits := fmt.Appendf(nil, "%010d", n)
	for _, at := range places(request) {
		copy(request[at:], digits)
	}
}

// places finds where a request's numbers stand.
func places(request []byte) []int {
	id := bytes.Index(request, []byte(`"request_id":"`)) + len(`"request_id":"`)
	reference := bytes.Index(request, []byte(`"SO-`)) + len(`"SO-`)
	return []int{id, reference}
}

// readAnswer reads one answer to its end. Anything but 200 is an error.
func readAnswer(in *bufio.Reader) error {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	good := bytes.HasPrefix(line, []byte("HTTP/1.1 200"))
	status := string(bytes.TrimSpace(line))
	length := 0
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if rest, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(rest))); err != nil {
				return err
			}
		}
	}
	if !good {
		body, err := io.ReadAll(io.LimitReader(in, int64(length)))
		return fmt.Errorf("the server answered %s: %s %w", status, body, err)
	}
	_, err = in.Discard(length)
	return err
}
