package couriertest

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"packbench/backend/core/order"
	"packbench/backend/core/shipment"
)

// purchasesEnv names the environment variable with the number of purchases of each adapter's campaign.
const purchasesEnv = "PACKBENCH_PURCHASES"

// someHundreds are enough to meet every fault many times over; all adapters together make thousands.
const someHundreds = 300

func purchases(t *testing.T) int {
	given := os.Getenv(purchasesEnv)
	if given == "" {
		return someHundreds
	}
	n, err := strconv.Atoi(given)
	if err != nil || n <= 0 {
		t.Fatalf("%s=%q is no number of purchases", purchasesEnv, given)
	}
	return n
}

// stretch is how many purchases of a campaign one store holds. Of a courier that can't be asked, all that stay unknown are
// read at every look-up, so one store for a long campaign would take a time that grows with its square.
const stretch = 500

// campaign buys n times: the first stretch in the given world, each further one in a world of its own.
func campaign(t *testing.T, w *world, n int) {
	met := map[fault]int{}
	for done := 0; done < n && !t.Failed(); done += stretch {
		if done > 0 {
			w = newWorld(t, w.suite)
		}
		w.buyMany(t, min(stretch, n-done), rand.New(rand.NewPCG(20261123, uint64(done))), met)
	}
	for _, f := range faults {
		if _, lacking := w.suite.Lacks[string(f)]; !lacking && met[f] == 0 && n >= someHundreds {
			t.Errorf("the campaign never met %q", f)
		}
	}
}

// buyMany buys n times, half of them with a fault in the way, repeats requests, disturbs look-ups and starts the program
// again, then holds everything that is kept against the courier's ledger: nothing sold twice, nothing sent again, nothing
// lost, nothing thought bought that was not. It counts the faults it met.
func (w *world) buyMany(t *testing.T, n int, chance *rand.Rand, met map[fault]int) {
	t.Helper()
	w.calm()
	var last []order.Order
	for i := range n {
		f := fine
		if chance.IntN(2) == 0 {
			f = faults[chance.IntN(len(faults))]
		}
		if _, lacking := w.suite.Lacks[string(f)]; lacking {
			f = fine
		}
		o := w.suite.sample(w.serial(), 1)
		if len(last) > 0 && chance.IntN(8) == 0 {
			o = last[chance.IntN(len(last))]
		}
		w.stand.arm(f)
		w.try(o)
		if w.stand.disarm() {
			met[f]++
		}
		last = append(last[max(0, len(last)-15):], o)
		if f == tooManyUntil {
			w.calm()
		}
		if i%25 == 24 {
			w.between(t, chance)
		}
	}
	w.calm()
	if _, err := w.Recover(w.ctx); err != nil {
		t.Fatal(err)
	}
	w.audit(t)
}

// between is what happens between purchases: look-ups, disturbed or not, and now and then a start of the program.
func (w *world) between(t *testing.T, chance *rand.Rand) {
	w.clock.Advance(proved)
	if chance.IntN(2) == 0 {
		w.stand.disturb(noises[chance.IntN(len(noises))])
	}
	if chance.IntN(3) == 0 {
		w.start(t)
	}
	if _, err := w.Recover(w.ctx); err != nil {
		t.Fatal(err)
	}
	w.stand.disturb(quiet)
	w.checkLedger(t)
}

// audit holds every shipment that is kept against the ledger, and the ledger against them.
func (w *world) audit(t *testing.T) {
	t.Helper()
	w.checkLedger(t)
	kept := map[string]shipment.State{}
	err := w.Store.Read(w.ctx, func(r shipment.Repo) error {
		list, err := r.ShipmentsIn(shipment.Queued, shipment.Sending, shipment.Booked, shipment.Rejected, shipment.Unknown,
			shipment.NotBought, shipment.Cancelling, shipment.Cancelled)
		for _, sh := range list {
			kept[string(sh.ID)] = sh.State
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.ledger.mu.Lock()
	defer w.ledger.mu.Unlock()
	for reference := range w.ledger.sold {
		switch state := kept[reference]; state {
		case shipment.Booked, shipment.Cancelled:
		case shipment.Unknown:
			if w.capabilities().Find {
				t.Errorf("%s was sold, can be found, and is still unknown", reference)
			}
		default:
			t.Errorf("%s was sold and is lost: it is kept as %q", reference, state)
		}
	}
	for id, state := range kept {
		if bought := state == shipment.Booked || state == shipment.Cancelled; bought && w.ledger.sold[id] == 0 {
			t.Errorf("%s is kept as %s, and the courier never sold it", id, state)
		}
	}
}
