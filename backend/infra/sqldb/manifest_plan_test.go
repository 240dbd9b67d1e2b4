package sqldb

import (
	"path/filepath"
	"strings"
	"testing"
)

// What is open is read by its numbers, whichever auth is asked for: the account of one may have a million others.
func TestThePlanOfWhatIsOpen(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	q := openWith("a")
	q.where("s.number IN (?, ?)", 7, 8)
	placeholders(t, q.statement())
	mustBePlain(t, q.statement())
	steps := plan(t, db, q.statement(), q.args)
	if !strings.HasPrefix(steps[0], "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)") {
		t.Errorf("it begins elsewhere:\n%s", strings.Join(steps, "\n"))
	}
}
