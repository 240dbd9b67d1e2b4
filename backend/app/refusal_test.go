package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

type refusal struct {
	Error struct {
		Code, Message string
		Fields        []struct{ Path, Message string }
	}
}

// Whatever is refused ends with status 1, one sentence on standard error and the same as JSON on standard output.
func TestRefusalsOfTheTerminal(t *testing.T) {
	f := apptest.NewFolder(t).Terminal(t)
	f.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	f.JSON(t, &struct{}{}, "", "account", "create", "--group", "North wing", "--name", "Web shop")
	f.JSON(t, &struct{}{}, "", "token", "create", "--account", "Web shop", "--name", "Orders")
	f.JSON(t, &struct{}{}, "{}", "auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	for _, x := range []struct {
		name, stdin string
		args        []string
		code, path  string
	}{
		{"no such courier", "", []string{"courier", "show", "ownfleet"}, "not_found", ""},
		{"no such preset", "", []string{"preset", "delete", "--account", "Web shop", "--code", "B"}, "not_found", ""},
		{"order that is no JSON", "{", []string{"shipment", "create", "--account", "Web shop", "--file", "-"}, "malformed", ""},
		{"order without a place", `{"courier":"OwnFleet","shipment":{}}`, []string{"shipment", "create", "--account", "Web shop", "--file", "-"}, "invalid", "shipment.parcels"},
		{"order of an unknown courier", setup.SampleOrder, []string{"shipment", "create", "--account", "Web shop", "--courier", "Nobody", "--file", "-"}, "not_found", ""},
		{"order file that is not there", "", []string{"shipment", "create", "--account", "Web shop", "--file", "/nowhere/order.json"}, "not_found", ""},
		{"no such shipment", "", []string{"shipment", "show", "7"}, "not_found", ""},
		{"number that is none", "", []string{"shipment", "cancel", "seven"}, "invalid", "NUMBER"},
		{"document of no shipment", "", []string{"doc", "label", "7", "--out", filepath.Join(t.TempDir(), "l.pdf")}, "not_found", ""},
		{"seed of nothing", "", []string{"dev", "seed", "--account", "Web shop", "--shipments", "0"}, "invalid", "shipments"},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := f.Run(t, x.stdin, append(x.args, "--json")...)
			var told refusal
			decode(t, r.Out, &told)
			if r.Status != 1 || told.Error.Code != x.code || told.Error.Message == "" {
				t.Fatalf("status %d, code %q, wanted 1 and %q: %s%s", r.Status, told.Error.Code, x.code, r.Out, r.Err)
			}
			if x.path != "" && !hasField(told, x.path) {
				t.Errorf("no field %q: %s", x.path, r.Out)
			}
			if !strings.HasPrefix(r.Err, "packbench: ") || !strings.Contains(r.Err, told.Error.Message) && len(told.Error.Fields) != 1 {
				t.Errorf("standard error does not say it: %q", r.Err)
			}
			if len(told.Error.Fields) < 2 && strings.Count(r.Err, "\n") != 1 {
				t.Errorf("standard error is not one line: %q", r.Err)
			}
			if strings.Contains(r.Out+r.Err, "pka_live_secret") {
				t.Error("the refusal repeats a secret")
			}
		})
	}
	var list []struct{}
	f.JSON(t, &list, "", "shipment", "list")
	if len(list) != 0 {
		t.Errorf("refused orders left %d shipments", len(list))
	}
}

func hasField(r refusal, path string) bool {
	for _, f := range r.Error.Fields {
		if f.Path == path {
			return true
		}
	}
	return false
}

// A command that is called wrongly ends with status 2, before anything is opened.
func TestWrongUsage(t *testing.T) {
	f := apptest.NewFolder(t)
	for _, args := range [][]string{
		{"ship"}, {"group"}, {"group", "make"}, {"group", "create"}, {"group", "create", "a", "b"}, {"group", "rename", "a"},
		{"account", "create", "--group", "g"}, {"token", "create", "--nonsense"}, {"serve", "now"}, {"doc", "label", "1"},
		{"key", "regenerate", "--account", "a", "--grace", "tomorrow"}, {"dev", "seed", "--shipments", "many"}, {"version", "1"},
		{"import", "--account", "a"}, {"export", "labels"}, {"backup", "to.zip"}, // backup: of a later version
	} {
		r := f.Run(t, "", args...)
		if r.Status != 2 || r.Out != "" || !strings.Contains(r.Err, "--help") || strings.Count(r.Err, "\n") != 1 {
			t.Errorf("%v: %+v", args, r)
		}
		var told refusal
		decode(t, f.Run(t, "", append(args, "--json")...).Out, &told)
		if told.Error.Code != "usage" {
			t.Errorf("%v --json: code %q", args, told.Error.Code)
		}
	}
	if _, err := os.Stat(f.Dir); !os.IsNotExist(err) {
		t.Errorf("the data folder was made: %v", err)
	}
}

func TestHelpAndVersionNeedNoFolder(t *testing.T) {
	f := apptest.NewFolder(t)
	if r := f.Run(t, "", "--help"); r.Status != 0 || !strings.Contains(r.Out, "Without a command it opens the window.") {
		t.Errorf("--help: %+v", r)
	}
	var version struct{ Version string }
	f.JSON(t, &version, "", "version")
	if version.Version != "test" {
		t.Errorf("version: %+v", version)
	}
	if _, err := os.Stat(f.Dir); !os.IsNotExist(err) {
		t.Errorf("the data folder was made: %v", err)
	}
}

func TestDoctor(t *testing.T) {
	f := apptest.NewFolder(t)
	var report struct {
		OK       bool
		Findings []struct {
			Name, Detail string
			OK           bool
		}
	}
	f.JSON(t, &report, "", "doctor")
	if _, err := os.Stat(f.Dir); !os.IsNotExist(err) || !report.OK {
		t.Fatalf("the doctor must change nothing: %v %+v", err, report)
	}
	f.JSON(t, &struct{}{}, "", "group", "create", "North wing")
	f.JSON(t, &report, "", "doctor")
	if !report.OK {
		t.Fatalf("a fresh folder is not well: %+v", report)
	}
	if err := os.Chmod(filepath.Join(f.Dir, "packbench.db"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := f.Run(t, "", "doctor"); r.Status != 1 || !strings.Contains(r.Out, "BAD  private") || !strings.Contains(r.Err, "1 of ") {
		t.Errorf("a database that others may read went unseen: %+v", r)
	}
	if err := os.Remove(filepath.Join(f.Dir, "packbench.key")); err != nil {
		t.Fatal(err)
	}
	if r := f.Run(t, "", "doctor"); r.Status != 1 || !strings.Contains(r.Out, "BAD  secrets") {
		t.Errorf("a missing key went unseen: %+v", r)
	}
}
