package app_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/backend/app/apptest"
	"packbench/backend/core/setup"
)

type verified struct {
	OK        bool
	Verdict   string
	Database  struct{ OK bool }
	Documents struct {
		OK      bool
		Checked int64
		Wrong   []string
	}
	Audit struct {
		OK      bool
		Detail  string
		Checked int64
		Faults  []struct {
			Kind     string
			From, To int64
		}
	}
}

// used is a folder with an account, a shipment and its label, in use by an open program; and a way into its database past
// the program.
func used(t *testing.T) (*apptest.Terminal, func(text string)) {
	t.Helper()
	folder := apptest.NewFolder(t)
	f := folder.Terminal(t)
	f.Run(t, "", "group", "create", "North wing")
	sender := `{"name":"Dispatch","address_1":"1 Example Yard","city":"Quexbridge","postcode":"QX1 0AA","country_iso":"GB"}`
	f.Run(t, sender, "account", "create", "--group", "North wing", "--name", "Web shop", "--sender", "-")
	f.Run(t, "{}", "auth", "add", "--account", "Web shop", "--courier", "OwnFleet", "--company", "Main", "--fields", "-")
	if bought := f.Run(t, setup.SampleOrder, "shipment", "create", "--account", "Web shop", "--file", "-"); bought.Status != 0 {
		t.Fatal(bought.Err)
	}
	db, err := sql.Open("sqlite3", filepath.Join(folder.Dir, "packbench.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return f, func(text string) {
		t.Helper()
		if _, err := db.Exec("DROP TRIGGER IF EXISTS audit_is_never_changed; DROP TRIGGER IF EXISTS audit_is_never_deleted; " + text); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	}
}

// Verify runs in a process of its own beside the program that has the folder open.
func TestVerifyBesideARunningProgram(t *testing.T) {
	f, _ := used(t)
	human := f.Folder.Run(t, "", "verify")
	if human.Status != 0 || !strings.HasSuffix(human.Out, "Everything is whole.\n") || !strings.Contains(human.Out, "entries checked, whole") {
		t.Fatalf("verify: %+v", human)
	}
	var v verified
	f.Folder.JSON(t, &v, "", "verify")
	if !v.OK || !v.Database.OK || !v.Documents.OK || v.Documents.Checked == 0 || !v.Audit.OK || v.Audit.Checked != 4 || v.Audit.Faults == nil || v.Documents.Wrong == nil {
		t.Errorf("verify --json: %+v", v)
	}
}

func TestVerifyTellsWhatIsNotWhole(t *testing.T) {
	f, outside := used(t)
	outside("UPDATE audit SET actor = 'nobody' WHERE seq = 2")
	outside("UPDATE files SET bytes = zeroblob(10) WHERE number = (SELECT min(number) FROM files)")
	human := f.Run(t, "", "verify")
	for _, want := range []string{"ok   database", "BAD  documents  1 of ", "entry 2 of ", " was changed outside Packbench"} {
		if !strings.Contains(human.Out, want) {
			t.Errorf("verify does not say %q:\n%s", want, human.Out)
		}
	}
	if human.Status != 1 || !strings.Contains(human.Err, "packbench: Not whole: documents, the audit.") {
		t.Errorf("status %d, %s", human.Status, human.Err)
	}
	var v verified
	machine := f.Run(t, "", "verify", "--json")
	decode(t, machine.Out, &v)
	if machine.Status != 1 || v.OK || v.Audit.OK || len(v.Audit.Faults) != 1 || v.Audit.Faults[0].From != 2 || len(v.Documents.Wrong) != 1 {
		t.Errorf("status %d, %+v", machine.Status, v)
	}
}

// Every command leaves the anchor at the end; what is cut off afterwards is found, with the anchor in the 0600 file that
// the vault sealed.
func TestVerifyFindsACutEnd(t *testing.T) {
	f, outside := used(t)
	f.Folder.Run(t, "", "group", "create", "South wing") // a process of its own: it ends, so its anchor is written
	anchor := filepath.Join(f.Folder.Dir, "packbench.anchor")
	info, err := os.Stat(anchor)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	raw, err := os.ReadFile(anchor)
	if err != nil || strings.Contains(string(raw), "seq") {
		t.Fatalf("the anchor is not sealed: %v", err)
	}
	outside("DELETE FROM audit WHERE seq = 5")
	cut := f.Folder.Run(t, "", "verify")
	if cut.Status != 1 || !strings.Contains(cut.Out, "entry 5 at the end was removed") {
		t.Errorf("verify: %+v", cut)
	}
	raw[len(raw)-1] ^= 1
	if err := os.WriteFile(anchor, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	forged := f.Folder.Run(t, "", "verify")
	if forged.Status != 1 || !strings.Contains(forged.Out, "kept outside the database, is gone") {
		t.Errorf("with a forged anchor: %+v", forged)
	}
}
