package sqldb

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/backend/base/page"
	"packbench/backend/core/account"
	"packbench/backend/core/shipment"
)

// plan asks SQLite how it goes about a statement.
func plan(t *testing.T, db *DB, s statement, args []any) []string {
	t.Helper()
	rows, err := db.writer.conn.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+string(s), args...)
	if err != nil {
		t.Fatalf("%s\n%v", s, err)
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// placeholders counts them; they must first appear in order, because SQLite numbers them so and PostgreSQL by their names.
func placeholders(t *testing.T, s statement) int {
	t.Helper()
	highest := 0
	for _, match := range placeholder.FindAllStringSubmatch(string(s), -1) {
		n, _ := strconv.Atoi(match[1])
		if n > highest+1 {
			t.Errorf("$%d stands before $%d in\n%s", n, highest+1, s)
		}
		highest = max(highest, n)
	}
	return highest
}

// scansAllowed are statements that may read a whole table: small ones, and what runs once a start.
var scansAllowed = []statement{
	selectGroups, selectAccountBriefs, selectPrintDefaults, pruneClaims, boughtDrafts, selectHealth, selectViews, selectDueNumbers, selectDue, selectAnyDue,
}

func TestEveryStatement(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	if len(statements) < 60 {
		t.Fatalf("only %d statements are registered", len(statements))
	}
	for _, s := range statements {
		stmt, err := db.writer.conn.PrepareContext(background, string(s))
		if err != nil {
			t.Errorf("%s\n%v", s, err)
			continue
		}
		_ = stmt.Close()
		args := make([]any, placeholders(t, s))
		for i := range args {
			args[i] = "x"
		}
		for _, step := range plan(t, db, s, args) {
			if tableScan(step) && !slices.Contains(scansAllowed, s) {
				t.Errorf("%s\nreads a whole table: %s", s, step)
			}
		}
	}
}

// tableScan reports a step that reads all of a table. Walking an index in its order is none: a LIMIT ends it.
func tableScan(step string) bool {
	return strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "USING") && !strings.Contains(step, "VIRTUAL TABLE INDEX") &&
		!strings.Contains(step, "CONSTANT ROW") && !strings.Contains(step, "VALUES CLAUSE")
}

// The accounts of all groups must come in the order of their index, so that a page costs the same among any number.
func TestPlansOfAccounts(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	for _, f := range []account.Filter{{}, {Search: "a"}, {Search: "a", InGroups: true}} {
		for _, after := range []cursor{nil, {"m"}} {
			q := accountList(f, after, page.Request{})
			placeholders(t, q.statement())
			mustBePlain(t, q.statement())
			steps := strings.Join(plan(t, db, q.statement(), q.args), "\n")
			if !strings.Contains(steps, "USING INDEX accounts_living_name") || strings.Contains(steps, "TEMP B-TREE") {
				t.Errorf("%+v behind %v:\n%s", f, after, steps)
			}
			if after != nil && !strings.Contains(steps, "accounts_living_name (name_key>?)") {
				t.Errorf("%+v does not begin at its cursor:\n%s", f, steps)
			}
		}
	}
	q := accountList(account.Filter{GroupID: "g"}, nil, page.Request{})
	if steps := strings.Join(plan(t, db, q.statement(), q.args), "\n"); !strings.Contains(steps, "USING INDEX accounts_group (group_id=?)") {
		t.Errorf("of a group:\n%s", steps)
	}
}

// A direct search reads what it finds by an index, whatever filters there are, and what is due by its numbers.
func TestPlansOfLists(t *testing.T) {
	db := mustOpen(t, filepath.Join(t.TempDir(), "packbench.db"))
	yes := true
	narrow := shipment.Filter{AccountID: "a", Courier: "c", CountryISO: "GB", States: []shipment.State{"booked"}, Testing: &yes, Printed: &yes, FromMs: 1, ToMs: 2}
	for way, want := range map[way][]string{
		byNumber:  {"SEARCH s USING INTEGER PRIMARY KEY"},
		byRequest: {"SEARCH k USING COVERING INDEX shipments_request", "SEARCH s USING INTEGER PRIMARY KEY"},
		byTerm:    {"SEARCH k USING PRIMARY KEY (term=?", "SEARCH s USING INTEGER PRIMARY KEY"},
	} {
		l := &listing{filter: narrow, search: finder{way, "7"}}
		q := l.direct(rowColumns)
		placeholders(t, q.statement())
		mustBePlain(t, q.statement())
		steps := strings.Join(plan(t, db, q.statement(), q.args), "\n")
		for _, step := range want {
			if !strings.Contains(steps, step) {
				t.Errorf("search %s:\n%s\nwants %s", way, steps, step)
			}
		}
	}
	for want, write := range map[string]func() *query{
		"SEARCH shipment_terms USING PRIMARY KEY (term>? AND term<?)": func() *query {
			q := newQuery("")
			finder{byPrefix, "so-0001"}.writePrefixes(q)
			return q
		},
		"SCAN t VIRTUAL TABLE INDEX": func() *query {
			return (&listing{search: finder{byTrigrams, "so-0001"}, within: setOf([]int64{7})}).walk(9, 50)
		},
		"SEARCH x USING INTEGER PRIMARY KEY (rowid<?)": func() *query {
			return (&listing{search: finder{byText, "so"}}).walk(9, 50)
		},
	} {
		q := write()
		placeholders(t, q.statement())
		steps := strings.Join(plan(t, db, q.statement(), q.args), "\n")
		if !strings.Contains(steps, want) || strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s:\n%s\nwants %s", q.statement(), steps, want)
		}
	}
	q := newQuery(dueShipments)
	q.filtered = true
	(&listing{filter: narrow}).conditions(q)
	if steps := strings.Join(plan(t, db, q.statement(), q.args), "\n"); strings.Count(steps, "USING INTEGER PRIMARY KEY") != 2 || !strings.Contains(steps, "SCAN d") {
		t.Errorf("what is due:\n%s", steps)
	}
}

// banned is what SQLite and PostgreSQL do not both take, and what asks the database for the time.
var banned = regexp.MustCompile(`(?i)\b(datetime|strftime|julianday|unixepoch|current_timestamp|current_date|current_time|now|random|ifnull|glob|last_insert_rowid|autoincrement)\s*\(|\bcurrent_timestamp\b|'now'|\binsert\s+or\b|\breplace\s+into\b`)

// onlySearch is SQLite's own, kept to one file.
var onlySearch = regexp.MustCompile(`(?i)\b(rowid|match|instr|fts5)\b`)

func mustBePlain(t *testing.T, s statement) {
	t.Helper()
	if found := banned.FindString(string(s)) + onlySearch.FindString(string(s)); found != "" {
		t.Errorf("%q stands in\n%s", found, s)
	}
}

func TestTheSQLIsPlain(t *testing.T) {
	for _, s := range statements {
		if s != insertTrigrams && s != deleteTrigrams {
			mustBePlain(t, s)
		}
	}
	for _, s := range []string{"SELECT datetime('x')", "INSERT OR IGNORE INTO x", "DEFAULT CURRENT_TIMESTAMP", "SELECT random()"} {
		if !banned.MatchString(s) {
			t.Errorf("%q is let through", s)
		}
	}
	migration, err := migrations.ReadFile("migrations/00001_house.sql")
	if err != nil {
		t.Fatal(err)
	}
	if found := banned.FindString(string(migration)); found != "" {
		t.Errorf("migration: %q", found)
	}
	for _, table := range regexp.MustCompile(`(?s)CREATE TABLE (\w+).*?\n\)([^;]*);`).FindAllStringSubmatch(string(migration), -1) {
		if !strings.Contains(table[2], "STRICT") {
			t.Errorf("table %s is not strict", table[1])
		}
	}
}
