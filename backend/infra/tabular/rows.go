package tabular

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"packbench/backend/base/errs"
	"packbench/backend/core/importing"
)

// maxCell is the longest text of a cell, in characters: what Excel allows.
const maxCell = 32_767

// add takes the next record of the file: the heading first, then rows. Empty ones are passed over.
func add(t *importing.Table, number int, cells []string, problem string) error {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) == 0 && problem == "":
		return nil
	case len(t.Headings) == 0:
		return head(t, cells, problem)
	case len(t.Rows) >= importing.MaxRows:
		return errs.New(errs.TooLarge, "The file has more than %d rows. Split it into several files.", importing.MaxRows)
	case problem == "" && len(cells) > len(t.Headings):
		problem = fmt.Sprintf("The row has %d cells, and there are %d columns. A text with the delimiter or a quotation mark in it must stand in quotation marks.",
			len(cells), len(t.Headings))
	}
	row := importing.Row{Number: number, Cells: make([]string, len(t.Headings)), Problem: problem}
	copy(row.Cells, cells)
	for i, cell := range row.Cells {
		if len(cell) <= maxCell {
			continue
		}
		if n := utf8.RuneCountInString(cell); n > maxCell {
			row.Cells[i] = ""
			row.Problem = fmt.Sprintf("The cell in column “%s” has %d characters and may have at most %d.", t.Headings[i], n, maxCell)
		}
	}
	t.Rows = append(t.Rows, row)
	return nil
}

// head takes the headings: none is empty, none comes twice.
func head(t *importing.Table, cells []string, problem string) error {
	switch {
	case problem != "":
		return errs.New(errs.Malformed, "The headings can't be read. %s", problem)
	case len(cells) > importing.MaxColumns:
		return errs.New(errs.TooLarge, "The file has %d columns and may have at most %d. Take out those that no order needs.", len(cells), importing.MaxColumns)
	}
	seen := map[string]bool{}
	for i, cell := range cells {
		name := strings.Join(strings.Fields(cell), " ")
		if runes := []rune(name); len(runes) > 100 {
			name = string(runes[:100]) + "…"
		}
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		base := name
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s (%d)", base, n)
		}
		seen[name] = true
		t.Headings = append(t.Headings, name)
	}
	return nil
}

// whole refuses a table without rows.
func whole(t *importing.Table) error {
	switch {
	case len(t.Headings) == 0:
		return errs.New(errs.Malformed, "The file is empty.")
	case len(t.Rows) == 0:
		return errs.New(errs.Malformed, "The file has headings and no rows below them.")
	}
	return nil
}
