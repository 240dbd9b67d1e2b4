package couriertest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// writeEnv names the environment variable that has results written instead of compared: make conformance.
const writeEnv = "PACKBENCH_WRITE"

// row is one case's outcome.
type row struct {
	Case   string `json:"case"`
	Result result `json:"result"`
	Why    string `json:"why,omitempty"`
}

// column is one adapter's outcome as it is kept in its folder.
type column struct {
	Courier  string `json:"courier"`
	Name     string `json:"name"`
	Contract string `json:"contract"`
	Rows     []row  `json:"rows"`
}

const columnFile = "conformance.json"

// kept prints the outcome and holds it against the one in testdata, from which docs/couriers/README.md is made.
func kept(t *testing.T, s Suite, rows []row) {
	d := s.descriptor()
	c := column{Courier: string(d.Key), Name: d.Name, Contract: d.Checked.Name + " " + d.Checked.Version, Rows: rows}
	for _, r := range rows {
		t.Logf("%-60s %s %s", r.Case, r.Result, r.Why)
	}
	now, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join("testdata", columnFile), append(now, '\n'))
}

// compare holds a generated file against what was generated, or writes it.
func compare(t *testing.T, path string, now []byte) {
	t.Helper()
	if os.Getenv(writeEnv) != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, now, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	before, err := os.ReadFile(path)
	if err != nil || string(before) != string(now) {
		t.Errorf("%s is not what the tests found (%v). Run: make conformance", path, err)
	}
}
