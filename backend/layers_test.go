package backend_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// The floors of docs/ARCHITECTURE.md, lowest first: a package may use its own floor's allowed rooms and those below.
var floors = map[string]int{"base": 0, "core": 1, "couriers": 2, "infra": 2, "doors": 3, "app": 4}

// rooms of one floor that may know one another.
var neighbours = map[string]bool{
	"core>core":         true, // core's nouns know each other as docs/ARCHITECTURE.md lists them
	"base>base":         true,
	"infra>infra":       true, // drawing: label and pdf stand on typeset
	"app>app":           true,
	"couriers>couriers": true, // the shared HTTP client
}

// foreign packages that a floor must not reach by any path.
var forbidden = map[string][]string{
	"base": {"github.com/", "golang.org/x/", "pgregory.net/", "net/http", "database/sql"},
	"core": {
		"database/sql", "net/http", "github.com/wailsapp", "github.com/99designs/keyring", "github.com/jung-kurt/gofpdf",
		"github.com/mattn/go-sqlite3",
	},
	"couriers": {"database/sql", "github.com/wailsapp", "github.com/99designs/keyring", "github.com/jung-kurt/gofpdf"},
	"doors":    {"database/sql", "github.com/99designs/keyring", "github.com/jung-kurt/gofpdf", "github.com/mattn/go-sqlite3", "github.com/wailsapp"},
}

// forTests tries couriers on the real store. It may know every floor, and nothing but tests may know it.
const forTests = "packbench/backend/couriers/couriertest"

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func TestEachFloorUsesOnlyThoseBelow(t *testing.T) {
	for _, p := range packages(t) {
		floor := floorOf(p.ImportPath)
		if floor == "" || p.ImportPath == forTests {
			continue
		}
		for _, dep := range p.Imports {
			below := floorOf(dep)
			if dep == forTests {
				t.Errorf("%s imports %s, which is for tests alone", p.ImportPath, dep)
			}
			switch {
			case below == "" || floors[below] < floors[floor]:
			case floors[below] > floors[floor]:
				t.Errorf("%s is on floor %q and imports %s above it", p.ImportPath, floor, dep)
			case !neighbours[floor+">"+below] && room(dep) != room(p.ImportPath):
				t.Errorf("%s imports %s: rooms of this floor don't know each other", p.ImportPath, dep)
			}
			if floor == "doors" && (below == "infra" || below == "couriers") {
				t.Errorf("%s imports %s: doors reach technology and couriers through core only", p.ImportPath, dep)
			}
		}
		for _, dep := range p.Deps {
			for _, prefix := range forbidden[floor] {
				if dep == prefix || strings.HasPrefix(dep, strings.TrimSuffix(prefix, "/")+"/") {
					t.Errorf("%s depends on %s, which floor %q must not", p.ImportPath, dep, floor)
				}
			}
		}
	}
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps=false", "-json=ImportPath,Imports,Deps", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var list []listed
	decoder := json.NewDecoder(bytes.NewReader(out))
	for decoder.More() {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 20 {
		t.Fatalf("go list gave %d packages; the test looks at the wrong place", len(list))
	}
	return list
}

func floorOf(path string) string {
	rest, ours := strings.CutPrefix(path, "packbench/backend/")
	if !ours {
		return ""
	}
	floor, _, _ := strings.Cut(rest, "/")
	if _, known := floors[floor]; !known {
		return ""
	}
	return floor
}

// room gives floor and first folder: packbench/backend/doors/cli/x → doors/cli.
func room(path string) string {
	parts := strings.SplitN(strings.TrimPrefix(path, "packbench/backend/"), "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}
