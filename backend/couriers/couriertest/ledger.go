// Package couriertest is what every adapter of a courier is tried with: a stand-in for the courier whose ledger is the
// truth of what was sold, faults put on the way to it, and the real purchase of core/shipment on the real store. Only
// tests import it. docs/adding-a-courier.md tells how an adapter plugs in.
package couriertest

import (
	"fmt"
	"net/http"
	"sync"
)

// Mock is a stand-in for a courier's service, written by hand for its adapter. It need not mind concurrency: requests
// come to it one at a time.
type Mock interface {
	http.Handler
	// Buys reports whether a request is the one that buys, and for which of our references (Consignment.ShipmentID).
	Buys(r *http.Request, body []byte) (reference string, yes bool)
}

// Mood is how a mock shall answer a purchase.
type Mood int

// The moods. A mock whose courier has no such way of answering says so in Suite.Lacks.
const (
	Willing  Mood = iota
	Refusing      // with an error status, the courier's own shape, and the words Refusal
	Failing       // with a status of success and a failure inside, and the words Refusal
)

// Refusal is what a mock that refuses says.
const Refusal = "This postcode is outside the area we serve"

// Ledger is what the courier sold. A mock writes it; the suite reads it.
type Ledger struct {
	mu        sync.Mutex
	mood      Mood
	prices    Mood
	serial    int64
	sold      map[string]int // our reference → how often a label of it was sold
	cancelled map[string]bool
	asked     map[string]int // our reference → how often a purchase of it reached the courier's door
	collected bool
}

// NewLedger gives an empty ledger, for a test of an adapter's own beside the suite.
func NewLedger() *Ledger {
	return &Ledger{sold: map[string]int{}, cancelled: map[string]bool{}, asked: map[string]int{}}
}

// Mood gives how the purchase at hand shall be answered; the one after it is answered willingly again.
func (l *Ledger) Mood() Mood {
	l.mu.Lock()
	defer l.mu.Unlock()
	mood := l.mood
	l.mood = Willing
	return mood
}

// PriceMood gives how a question for prices shall be answered: Willing or Refusing.
func (l *Ledger) PriceMood() Mood {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.prices
}

// Sell notes a sale under our reference and gives a serial number for its tracking code. A mock calls it once for a
// purchase, whatever the number of parcels.
func (l *Ledger) Sell(reference string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sold[reference]++
	l.serial++
	return l.serial
}

// Standing is what became of a sale.
type Standing int

// The standings of a sale.
const (
	NeverSold Standing = iota
	Live
	Cancelled
	Collected // too late to be cancelled
)

// Standing gives what became of the sale under our reference.
func (l *Ledger) Standing(reference string) Standing {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.sold[reference] == 0:
		return NeverSold
	case l.cancelled[reference]:
		return Cancelled
	case l.collected:
		return Collected
	}
	return Live
}

// Cancel notes that a sale was cancelled. A mock asks Standing first.
func (l *Ledger) Cancel(reference string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cancelled[reference] = true
}

func (l *Ledger) be(m Mood) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mood = m
}

func (l *Ledger) priced(m Mood) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.prices = m
}

func (l *Ledger) collect(yes bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.collected = yes
}

func (l *Ledger) door(reference string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[reference]++
}

// sales gives how many sales there were, and what is wrong with them whoever asks: sold or asked for twice.
func (l *Ledger) sales() (n int, wrong []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for reference, times := range l.asked {
		if times > 1 {
			wrong = append(wrong, fmt.Sprintf("%s was asked for %d times", reference, times))
		}
	}
	for reference, times := range l.sold {
		n += times
		if times > 1 {
			wrong = append(wrong, fmt.Sprintf("%s was sold %d times", reference, times))
		}
	}
	return n, wrong
}
