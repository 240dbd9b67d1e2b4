package couriertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"testing"
)

const (
	readme = "../../../docs/couriers/README.md"
	begin  = "<!-- conformance: written by make conformance -->\n"
	end    = "<!-- end of conformance -->\n"
)

// TestMatrix prints the matrix of adapters and cases and holds docs/couriers/README.md against it.
func TestMatrix(t *testing.T) {
	table := matrix(t)
	t.Logf("\n%s", table)
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := bytes.Cut(page, []byte(begin))
	_, tail, closed := bytes.Cut(rest, []byte(end))
	if !found || !closed {
		t.Fatalf("%s has no place for the matrix", readme)
	}
	compare(t, readme, bytes.Join([][]byte{head, []byte(begin), table, []byte(end), tail}, nil))
}

func matrix(t *testing.T) []byte {
	files, err := filepath.Glob("../*/testdata/" + columnFile)
	if err != nil || len(files) == 0 {
		t.Fatal("no adapter has kept its outcome", err)
	}
	var columns []column
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var c column
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		columns = append(columns, c)
	}
	sort.Slice(columns, func(i, j int) bool { return columns[i].Name < columns[j].Name })
	var out bytes.Buffer
	fmt.Fprint(&out, "\n| case |")
	for _, c := range columns {
		fmt.Fprintf(&out, " [%s](%s.md) |", c.Name, c.Courier)
	}
	fmt.Fprint(&out, "\n|---|")
	for range columns {
		fmt.Fprint(&out, "---|")
	}
	for _, name := range cases() {
		fmt.Fprintf(&out, "\n| %s |", name.name)
		for _, c := range columns {
			fmt.Fprintf(&out, " %s |", c.of(t, name.name))
		}
	}
	fmt.Fprint(&out, "\n| **checked against** |")
	for _, c := range columns {
		fmt.Fprintf(&out, " %s |", c.Contract)
	}
	out.WriteString("\n\n")
	for _, c := range columns {
		for _, r := range c.Rows {
			if r.Result == lacks {
				fmt.Fprintf(&out, "- %s, %s: %s.\n", c.Name, r.Case, r.Why)
			}
		}
	}
	out.WriteString("\n")
	return out.Bytes()
}

func (c column) of(t *testing.T, name string) result {
	for _, r := range c.Rows {
		if r.Case == name {
			return r.Result
		}
	}
	t.Errorf("%s has no outcome of %q. Run: make conformance", c.Name, name)
	return ""
}
