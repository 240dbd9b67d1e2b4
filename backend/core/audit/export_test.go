package audit_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/backend/base/errs"
	"packbench/backend/core/actor"
	"packbench/backend/core/audit"
	"packbench/backend/testkit"
)

func TestExportWritesWhatIsFilteredAndTellsOfIt(t *testing.T) {
	h := started(t, 4)
	var out bytes.Buffer
	count, err := h.service().Export(testkit.Manager(t), audit.Filter{Action: "token.reveal"}, &out)
	if err != nil || count != 3 {
		t.Fatalf("%d, %v", count, err)
	}
	text, marked := strings.CutPrefix(out.String(), "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != 4 || !strings.HasSuffix(text, "\r\n") {
		t.Fatalf("%v\n%s", err, text)
	}
	want := `4 2026-03-02T09:00:00.000Z tester terminal  token.reveal token till    {"n":2}`
	if got := strings.Join(rows[1], " "); got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
	last := h.rows[len(h.rows)-1]
	if last.Action != "audit.export" || !strings.Contains(string(last.After), `"entries":3`) || !strings.Contains(string(last.After), "token.reveal") {
		t.Errorf("the audit tells %s %s", last.Action, last.After)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestExportFailsWithItsFile(t *testing.T) {
	h := started(t, 4)
	if _, err := h.service().Export(testkit.Manager(t), audit.Filter{}, fullDisk{}); err == nil || len(h.rows) != 4 {
		t.Errorf("%v, %d rows", err, len(h.rows))
	}
}

func TestOnlyAtThisMachine(t *testing.T) {
	h, caller := started(t, 2), testkit.Caller(t, "a", actor.AllScopes()...)
	if _, err := h.service().Export(caller, audit.Filter{}, &bytes.Buffer{}); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token exported: %v", err)
	}
	if _, err := h.service().Verify(caller, nil); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token verified: %v", err)
	}
	if _, err := h.service().Actors(caller); !errs.Is(err, errs.Forbidden) {
		t.Errorf("a token read who: %v", err)
	}
}

// Whatever stands in an entry, no cell begins as a formula does.
func TestNoCellIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠", "'", `"`, ","})
		text := rapid.Custom(func(t *rapid.T) string { return start.Draw(t, "start") + rapid.String().Draw(t, "rest") })
		h := newHouse()
		e := audit.Entry{
			ID: text.Draw(t, "id"), Actor: text.Draw(t, "actor"), Door: actor.Door(text.Draw(t, "door")), From: text.Draw(t, "from"), Action: text.Draw(t, "action"),
			Subject: audit.Subject{Kind: text.Draw(t, "kind"), ID: text.Draw(t, "thing"), Name: text.Draw(t, "name")}, AccountID: text.Draw(t, "account"),
			Before: []byte(text.Draw(t, "before")), After: []byte(text.Draw(t, "after")), AtMs: rapid.Int64Range(-1e12, 1e13).Draw(t, "at"),
		}
		if err := h.AppendAudit(e); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		ctx := actor.With(t.Context(), actor.Actor{Door: actor.Terminal})
		if _, err := h.service().Export(ctx, audit.Filter{}, &out); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 12 {
			t.Fatalf("%v: %d rows", err, len(rows))
		}
		for i, cell := range rows[1] {
			for _, bad := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"} {
				if strings.HasPrefix(cell, bad) {
					t.Fatalf("column %d begins with %q", i, bad)
				}
			}
		}
	})
}
