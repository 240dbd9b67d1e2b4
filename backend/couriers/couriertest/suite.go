package couriertest

import (
	"testing"

	"packbench/backend/base/clock"
	"packbench/backend/base/postal"
	"packbench/backend/core/courier"
	"packbench/backend/couriers/httpx"
)

// Suite is what an adapter brings to be tried.
type Suite struct {
	// New makes the adapter as the program does.
	New func(httpx.Env) courier.Adapter
	// Mock makes the stand-in for its courier's service.
	Mock func(*Ledger) Mock
	// Fields are credentials the mock takes. Each Secret among them has 12 characters or more, found nowhere else.
	Fields map[string]string
	// Live registers them as live credentials: for a courier without a test service.
	Live bool

	Service       string            // a service's code, for up to three parcels within one country
	ServiceAbroad string            // a service's code, for parcels that need customs data; "": the courier has none
	Options       map[string]string // of shipment.courier
	From, To      postal.Address    // within one country; zero: from Edinburgh to Leeds
	Abroad        postal.Address    // zero: Boston

	// Papers are those that come with a parcel by ServiceAbroad, as PDF: Booked.Papers.
	Papers []courier.PaperKind

	// Contracts are the courier's own contracts, files below $CARRIER_SPECS, that every request of every case is held to,
	// and every answer of the mock. Where the files are not there, that is skipped and said.
	Contracts []string
	// Breaks names places where the courier's contract contradicts what its service does: a part of the sentence that
	// tells the breach, and why it is right all the same.
	Breaks map[string]string

	// Lacks says of cases that this courier honestly has not why that is so; everything else has to pass. Names are those
	// of the matrix.
	Lacks map[string]string
}

func (s Suite) key() courier.Key { return s.descriptor().Key }

func (s Suite) descriptor() *courier.Descriptor {
	return s.New(httpx.Env{Clock: clock.System{}}).Descriptor()
}

// result is what a case came to, a word for the matrix.
type result string

const (
	yes    result = "yes"
	lacks  result = "–"
	person result = "person" // right, and what became of the purchase is left to a person to find out
)

// Run tries the adapter in every case, buys under faults (see campaign), looks for secrets where none may be, and holds
// the outcome against what is kept in testdata/conformance.json (see kept).
func Run(t *testing.T, s Suite) {
	checkSuite(t, s)
	w := newWorld(t, s)
	var rows []row
	names := map[string]bool{}
	for _, c := range cases() {
		names[c.name] = true
		if why, lacking := s.Lacks[c.name]; lacking {
			rows = append(rows, row{c.name, lacks, why})
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			w.calm()
			got := c.run(t, w)
			if got == lacks {
				rows = append(rows, row{c.name, lacks, "not among the courier's capabilities"})
				return
			}
			rows = append(rows, row{c.name, got, ""})
			w.checkLedger(t)
		})
	}
	for name := range s.Lacks {
		if !names[name] {
			t.Errorf("Suite.Lacks names %q, which is no case", name)
		}
	}
	t.Run("purchases under faults", func(t *testing.T) { campaign(t, w, purchases(t)) })
	t.Run("secrets", func(t *testing.T) { w.checkSecrets(t) })
	if len(s.Contracts) > 0 {
		t.Run("contract", func(t *testing.T) { w.stand.checkContract(t, s) })
	}
	if !t.Failed() {
		kept(t, s, rows)
	}
}

// checkSuite finds mistakes of a suite that would make its cases prove nothing.
func checkSuite(t *testing.T, s Suite) {
	t.Helper()
	d := s.descriptor()
	secrets := 0
	for _, f := range d.Fields {
		if f.Kind != courier.Secret || s.Fields[f.Key] == "" {
			continue
		}
		secrets++
		if len(s.Fields[f.Key]) < 12 {
			t.Fatalf("Suite.Fields[%q] is too short to be found again: give 12 characters or more", f.Key)
		}
	}
	if secrets == 0 {
		t.Fatal("Suite.Fields has no Secret field: nothing would prove that secrets are kept")
	}
	if _, known := d.Service(s.Service); !known {
		t.Fatalf("Suite.Service %q is no service of %s", s.Service, d.Key)
	}
	if d.Checked.Name == "" {
		t.Fatalf("the descriptor of %s does not say which contract it was checked against", d.Key)
	}
	if s.ServiceAbroad != "" {
		if _, known := d.Service(s.ServiceAbroad); !known {
			t.Fatalf("Suite.ServiceAbroad %q is no service of %s", s.ServiceAbroad, d.Key)
		}
	}
}
