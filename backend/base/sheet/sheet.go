// Package sheet writes tables that people open in a spreadsheet program: CSV as RFC 4180 has it, in UTF-8 with a byte order
// mark, and without a cell that would be taken for a formula.
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// byteOrderMark tells spreadsheet programs that the text is UTF-8.
const byteOrderMark = "\uFEFF"

// Writer writes one table, row by row.
type Writer struct{ csv *csv.Writer }

// NewWriter begins a table with its heading.
func NewWriter(to io.Writer, heading ...string) (*Writer, error) {
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return nil, err
	}
	w := &Writer{csv.NewWriter(to)}
	w.csv.UseCRLF = true
	return w, w.csv.Write(heading)
}

// Write writes a row; cells are made harmless, in place.
func (w *Writer) Write(cells []string) error {
	for i, text := range cells {
		cells[i] = Harmless(text)
	}
	return w.csv.Write(cells)
}

// Flush ends the table; it tells of what could not be written.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// formulaStarts are what spreadsheet programs take a formula by (OWASP ASVS 5, 1.2.10), with their full-width forms.
const formulaStarts = "=+-@\t\r\n\x00＝＋－＠"

// Harmless keeps a spreadsheet from running a text: what begins as a formula does gets an apostrophe before it.
func Harmless(text string) string {
	if first, size := utf8.DecodeRuneInString(text); size > 0 && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}
	return text
}
